//! Repositories made by the real `git`, in folders of their own: nobody's configuration, fixed days.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context as _, Result};
use loti::git::{Id, Repository, TreePath, Walk, WalkOptions};
use tempfile::TempDir;

/// A repository with a work tree, gone when it is dropped.
pub(crate) struct Repo {
    folder: TempDir,
    root: PathBuf,
}

impl Repo {
    /// Makes an empty one, whose branch is `main`.
    pub(crate) fn new() -> Result<Self> {
        Self::with(&["init", "-q", "-b", "main", "."])
    }

    /// Makes one by a git command that is run in a new folder, such as a clone.
    pub(crate) fn with(words: &[&str]) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let root = folder.path().join("work");
        fs::create_dir(&root)?;
        git(&root, words)?;
        Ok(Self { folder, root })
    }

    /// The top of its work tree.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A folder beside it, which is gone with it.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, with the folders it is in.
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) -> Result<()> {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().expect("a folder"))?;
        Ok(fs::write(path, text)?)
    }

    /// Commits all there is, at a time such as `2021-07-15T10:00:00+02:00`, and returns the commit.
    pub(crate) fn commit(&self, message: &str, time: &str) -> Result<String> {
        git(&self.root, &["add", "--all"])?;
        self.git_at(time, &["commit", "-q", "--allow-empty", "-m", message])?;
        self.git(&["rev-parse", "HEAD"])
    }

    /// Takes commits in that are written for `git fast-import`.
    pub(crate) fn import(&self, stream: &str) -> Result<()> {
        let mut import = command(&self.root, "git")
            .args(["fast-import", "--quiet"])
            .stdin(Stdio::piped())
            .spawn()?;
        let mut input = import.stdin.take().context("its input")?;
        input.write_all(stream.as_bytes())?;
        drop(input);
        anyhow::ensure!(import.wait()?.success(), "git fast-import");
        Ok(())
    }

    /// Merges branches into the one checked out, without asking, and returns the commit.
    pub(crate) fn merge(&self, branches: &[&str], time: &str) -> Result<String> {
        let message = format!("Merge {}", branches.join(" and "));
        let words = [&["merge", "-q", "--no-ff", "-m", &message], branches].concat();
        self.git_at(time, &words)?;
        self.git(&["rev-parse", "HEAD"])
    }

    /// Runs git at a time, and returns what it answers without the line break at the end.
    pub(crate) fn git_at(&self, time: &str, words: &[&str]) -> Result<String> {
        let mut command = command(&self.root, "git");
        for who in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{who}_DATE"), time);
        }
        answer(command.args(words), words)
    }

    /// Runs git, and returns what it answers without the line break at the end.
    pub(crate) fn git(&self, words: &[&str]) -> Result<String> {
        git(&self.root, words)
    }

    /// Runs loti at the top; its words are parted by spaces.
    pub(crate) fn loti(&self, words: &str) -> Result<Output> {
        loti(&self.root, words)
    }

    /// Opens it as loti does.
    pub(crate) fn open(&self) -> Result<Repository> {
        Repository::around(&self.root)
    }

    /// Returns what is told of the commits that changed a file, newest first, and of each what it
    /// names the commits before.
    pub(crate) fn told(&self, path: &str, options: WalkOptions) -> Result<Vec<String>> {
        let repository = self.open()?;
        let path = repository.place(&self.root.join(path))?;
        let head = repository.head()?.expect("a commit");
        told(repository.walk(head, &path, options)?)
    }
}

/// Returns the subjects of the commits of a walk.
pub(crate) fn told(mut walk: Walk<'_>) -> Result<Vec<String>> {
    use loti::history::Past as _;

    let mut told = Vec::new();
    while let Some(step) = walk.next_step()? {
        let mut words = step.commit.subject;
        if let Some(name) = step.was_called {
            words = format!("{words}, was {name}");
        }
        if step.now.file.is_none() {
            words += ", gone";
        }
        if step.is_cut {
            words += ", cut";
        }
        if step.before.len() > 1 {
            words = format!("{words}, {} before", step.before.len());
        }
        told.push(words);
    }
    Ok(told)
}

/// Returns the text of a file in a commit.
pub(crate) fn text(repository: &Repository, commit: Id, path: &TreePath) -> Result<Option<String>> {
    let Some(file) = repository.file(commit, path)? else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    repository.read(file, &mut bytes)?;
    Ok(Some(String::from_utf8(bytes)?))
}

/// Makes a command in a folder, in nobody's configuration.
pub(crate) fn command(folder: &Path, program: &str) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(folder)
        .env_remove("LOTI_FILE")
        .env_remove("CI")
        .env("LOTI_TODAY", "2021-09-20")
        .env("LC_ALL", "C.UTF-8")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1");
    for who in ["AUTHOR", "COMMITTER"] {
        command
            .env(format!("GIT_{who}_NAME"), "Ana Lima")
            .env(format!("GIT_{who}_EMAIL"), "ana@example.org");
    }
    command
}

/// Runs loti in a folder; its words are parted by spaces.
pub(crate) fn loti(folder: &Path, words: &str) -> Result<Output> {
    let loti = env!("CARGO_BIN_EXE_loti");
    Ok(command(folder, loti).args(words.split(' ')).output()?)
}

/// Returns what a command said, the answer first, and how it ended.
pub(crate) fn said(output: &Output) -> (Option<i32>, String) {
    let said = [&output.stdout[..], &output.stderr[..]].concat();
    (
        output.status.code(),
        String::from_utf8_lossy(&said).into_owned(),
    )
}

/// Runs git in a folder, and returns what it answers without the line break at the end.
pub(crate) fn git(folder: &Path, words: &[&str]) -> Result<String> {
    answer(command(folder, "git").args(words), words)
}

fn answer(command: &mut Command, words: &[&str]) -> Result<String> {
    let output = command.output()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    anyhow::ensure!(output.status.success(), "git {words:?}: {said}");
    Ok(String::from_utf8(output.stdout)?.trim_end().to_owned())
}
