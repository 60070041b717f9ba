//! The ways to merge that are held against each other.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;
use loti::change::merge::{Marks, Options, Texts, merge};

use crate::week::Merge;

/// A program that merges.
#[derive(Debug, Clone)]
pub(crate) enum Merger {
    /// `git merge-file`, as hosting sites merge.
    Git,
    /// Git's `union`: both sides' lines, one after the other.
    Union,
    /// Mergiraf, which knows the syntax of TOML.
    Mergiraf(PathBuf),
    /// `loti merge`.
    Loti,
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct Merged {
    pub(crate) text: String,
    /// Whether the program said that there is nothing left to decide.
    pub(crate) is_clean: bool,
}

impl Merger {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Git => "git",
            Self::Union => "union",
            Self::Mergiraf(_) => "mergiraf",
            Self::Loti => "loti",
        }
    }

    pub(crate) fn merge(&self, of: &Merge, folder: &Path) -> anyhow::Result<Merged> {
        let mut command = match self {
            Self::Loti => {
                let texts = Texts {
                    base: &of.base,
                    ours: &of.ours,
                    theirs: &of.theirs,
                };
                let merged = merge(texts, &Options::default());
                return Ok(Merged {
                    text: merged.text(&Marks::default()),
                    is_clean: merged.is_clean(),
                });
            }
            Self::Git => git(&[]),
            Self::Union => git(&["--union"]),
            Self::Mergiraf(path) => {
                let mut command = Command::new(path);
                command.args(["merge", "base.toml", "ours.toml", "theirs.toml"]);
                command
            }
        };
        for (name, text) in [
            ("base", &of.base),
            ("ours", &of.ours),
            ("theirs", &of.theirs),
        ] {
            std::fs::write(folder.join(name).with_extension("toml"), text)?;
        }
        let output = command.current_dir(folder).output();
        let output = output.with_context(|| format!("{} does not run", self.name()))?;
        Ok(Merged {
            text: String::from_utf8(output.stdout)?,
            is_clean: output.status.success(),
        })
    }
}

fn git(options: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.args(["merge-file", "-p"]).args(options);
    command.args(["ours.toml", "base.toml", "theirs.toml"]);
    command
}
