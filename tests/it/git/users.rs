//! Who is at the keyboard, as git has it.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use loti::git::{Signing, user};

use super::repo::{Repo, command, git};
use crate::frame::frame;

/// Returns the mail address by which loti knows whoever types in a folder: a plan that declares nobody
/// makes it say so.
fn asked(folder: &Path, environment: &[(&str, &str)]) -> Result<String> {
    let plan = folder.join("plan.toml");
    fs::write(&plan, frame!())?;
    let mut command = command(folder, env!("CARGO_BIN_EXE_loti"));
    for name in ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "EMAIL"] {
        command.env_remove(name);
    }
    if environment.iter().any(|(name, _)| *name == "HOME") {
        command.env_remove("GIT_CONFIG_GLOBAL");
    }
    let output = command
        .args(["list", "--mine", "-f", "plan.toml"])
        .envs(environment.iter().copied())
        .output()?;
    fs::remove_file(plan)?;
    let said = String::from_utf8(output.stderr)?;
    let line = said.lines().next().unwrap_or_default();
    Ok(match line.rsplit_once(", ") {
        Some((_, address)) if address.contains('@') => address.to_owned(),
        _ if line.contains("git knows none here") => "nobody".to_owned(),
        _ => anyhow::bail!("no answer: {said}"),
    })
}

#[test]
fn the_nearest_configuration_says_who() -> Result<()> {
    let repo = Repo::new()?;
    let global = repo.beside("global");
    let global = ("GIT_CONFIG_GLOBAL", global.to_str().context("text")?);
    assert_eq!(asked(repo.root(), &[global])?, "nobody");

    fs::write(
        repo.beside("included"),
        "[user]\n\tname = Ana Lima\n\temail = ana@example.org\n",
    )?;
    fs::write(global.1, "[include]\n\tpath = included\n")?;
    let ana = "ana@example.org";
    assert_eq!(asked(repo.root(), &[global])?, ana);
    let outside = repo.beside("outside");
    fs::create_dir(&outside)?;
    assert_eq!(asked(&outside, &[global])?, ana);

    repo.git(&["config", "user.email", "ana@home.example"])?;
    assert_eq!(asked(repo.root(), &[global])?, "ana@home.example");
    let linked = repo.beside("linked");
    repo.commit("One", "2021-07-15T10:00:00+02:00")?;
    repo.git(&["worktree", "add", "-q", linked.to_str().context("text")?])?;
    assert_eq!(asked(&linked, &[global])?, "ana@home.example");

    repo.git(&["config", "author.email", "author@example.org"])?;
    assert_eq!(asked(repo.root(), &[global])?, "author@example.org");
    Ok(())
}

#[test]
fn the_home_folder_is_looked_into_as_git_does() -> Result<()> {
    let folder = tempfile::tempdir()?;
    fs::write(
        folder.path().join(".gitconfig"),
        "[user]\n\tname = Ben\n\temail = ben@example.org\n",
    )?;
    let home = folder.path().to_str().context("text")?;
    let environment = [("HOME", home), ("USERPROFILE", home)];
    assert_eq!(asked(folder.path(), &environment)?, "ben@example.org");
    Ok(())
}

#[test]
fn the_environment_counts_before_what_is_configured() -> Result<()> {
    let repo = Repo::new()?;
    git(repo.root(), &["config", "user.email", "ana@example.org"])?;
    git(repo.root(), &["config", "user.name", "Ana Lima"])?;
    let email = |signing: &Signing| user(repo.root(), signing).map(|who| who.email);
    let mut signing = Signing {
        email: Some("mail@example.org".to_owned()),
        ..Signing::default()
    };
    assert_eq!(email(&signing).as_deref(), Some("ana@example.org"));
    signing.author_email = Some(String::new());
    assert_eq!(email(&signing).as_deref(), Some("ana@example.org"));
    signing.author_email = Some("author@example.org".to_owned());
    assert_eq!(email(&signing).as_deref(), Some("author@example.org"));
    Ok(())
}
