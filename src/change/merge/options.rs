use std::collections::HashSet;

use crate::model::Address;

/// How a merge is to go about what it cannot know.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What to do where the sides contradict each other; nothing marks it.
    pub prefer: Option<Prefer>,
    /// Addresses that may not be given anew, beside those of the three texts: such as those of other
    /// branches.
    pub taken: HashSet<Address>,
}

/// Whose value stands where both sides gave one key different ones; the other value is lost, and a
/// notice says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prefer {
    /// Ours.
    Ours,
    /// Theirs.
    Theirs,
    /// That of the side whose latest note on the same thing is the younger one; where neither is, the
    /// conflict stays.
    NewerNote,
}
