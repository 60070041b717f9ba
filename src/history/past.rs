use std::hash::Hash;

use super::Commit;

/// Where the versions of a plan's file come from: the commits that changed it, newest first.
///
/// A commit that left the file as one of its parents had it is none of them, and of a merge's parents
/// only that one is followed: what a merge brings in is told where it was made.
pub trait Past {
    /// What names a commit, or the file as it stands in one: equal files have equal names.
    type Id: Copy + Eq + Hash + std::fmt::Debug;
    /// Why the past cannot be read on.
    type Error;

    /// Returns the next commit that changed the file.
    fn next_step(&mut self) -> Result<Option<Step<Self::Id>>, Self::Error>;

    /// Reads the file as it stood, in place of what `bytes` held.
    fn read(&mut self, file: Self::Id, bytes: &mut Vec<u8>) -> Result<(), Self::Error>;

    /// Returns the nearest commit on the line of first parents from `commit`, itself aside, in which
    /// the file is not as it is there.
    fn earlier(&mut self, commit: Self::Id) -> Result<Option<Version<Self::Id>>, Self::Error>;
}

/// A commit that changed the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Step<Id> {
    /// Who made it, when, and what they said.
    pub commit: Commit,
    /// The file as it stands there; none, where it was taken away.
    pub now: Version<Id>,
    /// The file in the commits before: one as a rule, none at the beginning, several at a merge.
    pub before: Vec<Version<Id>>,
    /// What the file was called before, where the commit gave it another name.
    pub was_called: Option<String>,
    /// Whether the commits before are not there: a shallow clone ends here.
    pub is_cut: bool,
}

/// The file in a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version<Id> {
    /// The commit.
    pub commit: Id,
    /// The file; none, where the commit has none.
    pub file: Option<Id>,
}
