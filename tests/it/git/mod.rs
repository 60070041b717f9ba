//! What is promised of git: what was before is read as git has it, and what is written git takes.

mod adding;
mod at;
mod author;
mod checking;
mod diff;
mod log;
mod looking;
mod places;
mod refusals;
pub(crate) mod repo;
mod report;
mod saving;
mod tips;
mod trend;
mod users;
mod versions;
mod walking;
