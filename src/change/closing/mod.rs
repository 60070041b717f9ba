//! Closing a cycle: what is asked of its key results, the answers, and the changes they come to.
//!
//! Asks nobody and saves nothing: answers are values, and closing is a list of changes like any other.

mod ahead;
mod answers;
mod carry;
mod close;
mod counting;
mod following;
mod grade;
mod written;

pub use answers::{Answer, Answers, Fate, Misread, Sheet};
pub use carry::leads_on;
pub use close::{Closer, Problem, close, falls_short, may_close};
pub use following::{NewCycle, following, settle_cycle};
pub use grade::{grade, needs_grade};
