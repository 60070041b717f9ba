//! Merging by address: what two sides made of one text, brought together.
//!
//! Asks nobody and decides nothing by rank: where both gave one key different values, or one removed
//! what the other changed, both stand in the result, marked.

mod conflict;
mod lines;
mod merged;
mod notice;
mod options;
mod whole;

pub use conflict::{Conflict, Why};
pub use merged::{Marks, Merged, Part, Side};
pub use notice::Notice;
pub use options::{Options, Prefer};
pub use whole::{Texts, merge};
