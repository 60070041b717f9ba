//! What changed in a plan, in the form of whoever reads it.
//!
//! Every form escapes what comes from the file for its own channel.

mod beside;
mod counts;
mod github;
mod human;
mod markdown;
mod words;

pub use github::github;
pub use human::{human, stat};
pub(super) use markdown::item;
pub use markdown::{markdown, stat_markdown};
pub use words::{Words, words, words_on};
