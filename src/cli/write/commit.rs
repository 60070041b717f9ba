//! What `--commit` asks of the user's own git: that the plan file holds nothing else to commit, and
//! then the commit of that file alone.

use std::ffi::OsStr;
use std::path::Path;

use anyhow::Context as _;

use super::Done;
use crate::cli::users_git;

/// How git knows the plan file before it is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// As it was last committed.
    Committed,
    /// Not at all, or as something to be added.
    New,
}

/// Looks before anything is written, and refuses where no commit can be made or it would hold more
/// than the change.
pub(super) fn ready(path: &Path) -> anyhow::Result<Known> {
    let words = [
        "status",
        "--porcelain",
        "--ignored",
        "--untracked-files=all",
    ];
    let said = git(path, &words)
        .context("nothing is changed: `--commit` needs a plan file in a git repository")?;
    match said.get(..2) {
        None => Ok(Known::Committed),
        // All of it is new, so there is no other change that could come along.
        Some("??" | "A " | "AM") => Ok(Known::New),
        Some("!!") => anyhow::bail!(
            "nothing is changed: `--commit` cannot commit a file that git is told to ignore"
        ),
        Some(_) => anyhow::bail!(
            "nothing is changed: the plan file has changes that are not committed, which `--commit` \
             would take along\n\
             hint: `git diff` shows them; commit them first, or leave `--commit` out"
        ),
    }
}

/// Commits the plan file alone, by the user's own git.
pub(super) fn commit(path: &Path, known: Known, done: &Done) -> anyhow::Result<&'static str> {
    let message = if let [line] = done.spoken.as_slice() {
        line.clone()
    } else {
        let all: Vec<_> = done.spoken.iter().map(|line| format!("- {line}")).collect();
        let subject = done.subject.as_deref().unwrap_or("Update the plan");
        let number = done.spoken.len();
        format!("{subject}: {number} changes\n\n{}", all.join("\n"))
    };
    git(path, &["add"])
        .and_then(|_| git(path, &["commit", "-m", &message]))
        .context("the change is written, but git did not commit it")?;
    Ok(match known {
        Known::Committed => "committed",
        Known::New => "added to git and committed",
    })
}

/// Runs the user's git on one file, and returns what it answers.
fn git(path: &Path, words: &[&str]) -> anyhow::Result<String> {
    // A link is one thing to git and the file it leads to is another.
    let real = path.is_symlink().then(|| path.canonicalize()).transpose()?;
    let path = real.as_deref().unwrap_or(path);
    let words = words.iter().map(OsStr::new);
    let file = [OsStr::new("--"), path.file_name().unwrap_or_default()];
    users_git::git(path.parent().unwrap_or(Path::new("")), words.chain(file))
}
