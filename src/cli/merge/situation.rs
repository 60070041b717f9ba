//! What git is in the middle of, in words: whose the two sides are, and what comes next.

use crate::git::{Operation, Repository};
use crate::history::Commit;
use crate::text::{count, shell_word};

/// Where a merge stopped.
pub(super) struct Situation {
    operation: Option<Operation>,
    branch: Option<String>,
    /// How many other files wait to be merged.
    others: usize,
}

impl Situation {
    /// Asks a repository.
    pub(super) fn of(repository: &Repository, others: usize) -> Self {
        Self {
            operation: repository.operation(),
            branch: repository.branch(),
            others,
        }
    }

    /// Returns what conflict markers call our side and theirs.
    pub(super) fn names(&self) -> (String, String) {
        let here = self.branch.clone().unwrap_or_else(|| "HEAD".to_owned());
        let told = |commit: &Option<Commit>, otherwise: &str| match commit {
            Some(commit) => format!("{} ({})", commit.short(), commit.subject),
            None => otherwise.to_owned(),
        };
        match &self.operation {
            Some(Operation::Merge(theirs)) => (here, told(theirs, "theirs")),
            Some(Operation::Rebase { own, onto }) => (told(onto, "onto"), told(own, "your commit")),
            Some(Operation::CherryPick(picked)) => (here, told(picked, "picked")),
            Some(Operation::Revert(reverted)) => (
                here,
                format!("parent of {}", told(reverted, "the reverted")),
            ),
            Some(Operation::Apply) => (here, "patch".to_owned()),
            None => (here, "what came in".to_owned()),
        }
    }

    /// Returns whose the sides are, in a line; in a rebase they are the other way round than people
    /// take them.
    pub(super) fn whose(&self) -> String {
        let (ours, theirs) = self.names();
        match &self.operation {
            Some(Operation::Rebase { .. }) => format!(
                "a rebase puts your commits onto others: ours is {ours}, theirs is your own {theirs}"
            ),
            Some(Operation::Merge(_)) => format!("a merge: ours is {ours}, theirs is {theirs}"),
            Some(Operation::CherryPick(_)) => {
                format!("a cherry-pick: ours is {ours}, theirs is {theirs}")
            }
            Some(Operation::Revert(_)) => format!(
                "a revert: ours is {ours}, theirs is what stood before the commit taken back"
            ),
            Some(Operation::Apply) => format!("a patch: ours is {ours}, theirs is the patch"),
            None => format!(
                "a stash, or the like: ours is what is checked out ({ours}), theirs is what came in"
            ),
        }
    }

    /// Returns what to do once the file is merged.
    pub(super) fn next(&self, file: &str) -> String {
        let add = format!("`git add {}`", shell_word(file));
        let then = match &self.operation {
            Some(Operation::Merge(_)) => "`git merge --continue`",
            Some(Operation::Rebase { .. }) => "`git rebase --continue`",
            Some(Operation::CherryPick(_)) => "`git cherry-pick --continue`",
            Some(Operation::Revert(_)) => "`git revert --continue`",
            Some(Operation::Apply) => "`git am --continue`",
            None => "`git stash drop` if it came from a stash, which keeps it until then",
        };
        if self.others > 0 {
            let wait = if self.others == 1 { "waits" } else { "wait" };
            let others = count(self.others, "other file");
            return format!("{add}; {others} {wait} to be merged, then {then}");
        }
        format!("{add}, then {then}")
    }
}
