//! What was true of a plan before: its versions as plain values, who made them, when, and what they
//! changed.
//!
//! Knows no git: versions come from a [`Past`].

mod commit;
mod past;

pub use commit::{Author, Commit};
pub use past::{Past, Step, Version};
