//! What `loti check` found, in the form of whoever reads it.
//!
//! Every form escapes what comes from the file for its own channel: nothing in a plan can act on a
//! terminal, start a command of a build log, or form a link in a comment.

mod fingerprint;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod lines;
mod markdown;
mod sarif;
mod totals;

pub use github::github;
pub use gitlab::gitlab;
pub use human::human;
pub use json::json;
pub use junit::junit;
pub(super) use lines::{brief, path};
pub(super) use markdown::LONGEST;
pub use markdown::markdown;
pub use sarif::sarif;
