//! A check-in as questions and answers: what is asked next, what an answer means, and what all of them
//! together change in the plan.
//!
//! Reads no terminal and no clock, and lays out no question.

mod answers;
mod interview;
mod reading;

pub use answers::{Answers, Moved, Was};
pub use interview::{Ask, Interview, Question, Reaction};
pub(super) use reading::share;
