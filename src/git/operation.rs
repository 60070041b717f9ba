use std::fs;

use gix::bstr::ByteSlice as _;
use gix::state::InProgress;

use super::{Id, Repository};
use crate::history::Commit;

/// What git is in the middle of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    /// `git merge`: a commit comes into the one that is checked out.
    Merge(Option<Commit>),
    /// `git rebase`: a commit of one's own is put onto others.
    Rebase {
        /// The commit that is put there.
        own: Option<Commit>,
        /// What it is put onto.
        onto: Option<Commit>,
    },
    /// `git cherry-pick`: a commit from elsewhere is made again here.
    CherryPick(Option<Commit>),
    /// `git revert`: a commit is taken back.
    Revert(Option<Commit>),
    /// `git am`: a patch from a mail is applied.
    Apply,
}

impl Repository {
    /// Returns what git is in the middle of; nothing, where it waits for no continuation.
    pub fn operation(&self) -> Option<Operation> {
        let head = |name: &str| self.commit(self.named_in(name)?).ok();
        Some(match self.gix.state()? {
            InProgress::Merge => Operation::Merge(head("MERGE_HEAD")),
            InProgress::Rebase | InProgress::RebaseInteractive => Operation::Rebase {
                own: head("REBASE_HEAD"),
                onto: head("rebase-merge/onto").or_else(|| head("rebase-apply/onto")),
            },
            InProgress::CherryPick | InProgress::CherryPickSequence => {
                Operation::CherryPick(head("CHERRY_PICK_HEAD"))
            }
            InProgress::Revert | InProgress::RevertSequence => {
                Operation::Revert(head("REVERT_HEAD"))
            }
            InProgress::ApplyMailbox | InProgress::ApplyMailboxRebase => Operation::Apply,
            InProgress::Bisect => return None,
        })
    }

    /// Returns the branch that is checked out, or that is being rebased.
    pub fn branch(&self) -> Option<String> {
        let rebased = ["rebase-merge/head-name", "rebase-apply/head-name"];
        let rebased = rebased
            .iter()
            .find_map(|name| fs::read_to_string(self.gix.git_dir().join(name)).ok());
        let name = match rebased {
            Some(name) => name.trim().to_owned(),
            None => self
                .gix
                .head_name()
                .ok()??
                .as_bstr()
                .to_str_lossy()
                .into_owned(),
        };
        name.strip_prefix("refs/heads/").map(str::to_owned)
    }

    /// Returns the commit whose id a file of the repository holds in its first line.
    fn named_in(&self, name: &str) -> Option<Id> {
        let bytes = fs::read(self.gix.git_dir().join(name)).ok()?;
        Id::from_hex(bytes.lines().next()?.trim()).ok()
    }
}
