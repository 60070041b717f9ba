//! What was true of a plan before: its versions as plain values, who made them, when, and what they
//! changed.
//!
//! Knows no git: versions come from a [`Past`].

mod commit;
mod confidence;
mod course;
mod difference;
mod former;
mod lens;
mod log;
mod parts;
mod past;
mod reading;
mod unread;

pub use commit::{Author, Commit};
pub use confidence::{Confidences, confidences};
pub use course::{Course, DueMove, Flow, Mark, MarkId, MarkedCommit, Oldest, Span, State, Wanted};
pub use difference::Difference;
pub use former::former_titles;
pub use lens::Lens;
pub use log::{Entry, Event, Log};
pub use past::{Past, Step, Version};
pub use reading::Reading;
pub use unread::Unread;
