//! Whether a change keeps what stood before it: one file for each thing that may be taken back.
//!
//! A plan is held against what it was at a revision, its base. Levels and allowances of these rules
//! are the base's, and what keeps them quiet makes the check fail by itself: no change excuses itself.
//! Knows no git: a [`Base`] is handed in.

mod base;
mod closed;
mod comparison;
mod days;
mod figures;
mod goalposts;
mod loosened;
mod note_changes;
mod notes;
mod removed;
mod reused;
mod said;
mod scores;

pub use base::{Base, new_ids};
pub(super) use comparison::Comparison;

use super::catalogue::Page;

/// The rules, file by file.
pub(super) const PAGES: [&[Page]; 7] = [
    removed::PAGES,
    goalposts::PAGES,
    notes::PAGES,
    scores::PAGES,
    closed::PAGES,
    reused::PAGES,
    loosened::PAGES,
];
