//! Where teams run the check: the action, the workflows and the hook of this repository, on real
//! git repositories and with this build of the program.

mod action;
mod gitlab;
mod pages;
#[cfg(feature = "tools")]
mod pre_commit;
mod remind;
mod runner;
mod steps;

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde::de::DeserializeOwned;
use tempfile::TempDir;

use crate::frame::frame;

const LOTI: &str = env!("CARGO_BIN_EXE_loti");

/// A plan that nobody has anything to say about on [`TODAY`].
const SOUND: &str = concat!(
    frame!(),
    r#"
[kr.1]
objective = "outreach"
title = "Lend 400 books a month from the bus"
status = "on-track"
owner = "ana"
baseline = 120
current = 200
target = 400
"#
);

const TODAY: &str = "2024-01-15";

/// The sound plan with an error, in line 19.
fn with_error() -> String {
    SOUND.replace("on-track", "ontrack")
}

/// The sound plan with a warning: it was due five days ago.
fn with_warning() -> String {
    let close = SOUND.replace("current = 200", "current = 390");
    format!("{close}due = 2024-01-10\n")
}

/// Commits a change on a branch of its own, as a host checks a pull request out; what it goes into is
/// known by its name at the remote.
fn with_change(folder: &Path, path: &str, plan: &str) -> Result<()> {
    git(folder, "update-ref refs/remotes/origin/main main")?;
    git(folder, "checkout --quiet -b change")?;
    fs::write(folder.join(path), plan)?;
    git(folder, "commit --quiet --all --message=Change")
}

/// Reads a YAML file of this repository.
fn yaml<T: DeserializeOwned>(name: &str) -> Result<T> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let text = fs::read_to_string(path).with_context(|| name.to_owned())?;
    serde_saphyr::from_str(&text).with_context(|| name.to_owned())
}

/// Makes a git repository with a plan in it, committed.
fn repository(path: &str, plan: &str) -> Result<TempDir> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join(path);
    fs::create_dir_all(file.parent().context("a folder")?)?;
    fs::write(file, plan)?;
    git(folder.path(), "init --quiet --initial-branch=main")?;
    git(folder.path(), "add .")?;
    git(folder.path(), "commit --quiet --message=Plan")?;
    Ok(folder)
}

fn git(folder: &Path, words: &str) -> Result<()> {
    let mut git = Command::new("git");
    git.args(words.split(' ')).current_dir(folder);
    for (name, value) in GIT {
        git.env(name, value);
    }
    ensure!(git.status()?.success(), "git {words}");
    Ok(())
}

/// Somebody, with nobody's configuration.
const GIT: [(&str, &str); 6] = [
    ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ("GIT_CONFIG_NOSYSTEM", "1"),
    ("GIT_AUTHOR_NAME", "Ana"),
    ("GIT_AUTHOR_EMAIL", "ana@example.org"),
    ("GIT_COMMITTER_NAME", "Ana"),
    ("GIT_COMMITTER_EMAIL", "ana@example.org"),
];
