//! Merging by address: what two sides made of one text, brought together.
//!
//! Asks nobody and decides nothing by rank: where both gave one key different values, or one removed
//! what the other changed, both stand in the result, marked.

mod align;
mod blocks;
mod comments;
mod conflict;
mod cut;
mod definition;
mod draft;
mod entries;
mod ids;
mod keys;
mod kind;
mod lines;
mod merged;
mod model;
mod notice;
mod options;
mod order;
mod place;
mod prefer;
mod proof;
mod style;
mod value;
mod whole;

pub use conflict::{Conflict, Why};
pub use merged::{Marks, Merged, Part, Side};
pub use notice::Notice;
pub use options::{Options, Prefer};
pub use whole::{Texts, merge};
