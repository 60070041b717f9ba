//! What is promised of git: what was before is read as git has it, and what is written git takes.

mod adding;
mod at;
mod author;
mod checking;
mod closing;
mod diff;
mod installing;
mod log;
mod looking;
mod merging;
mod places;
mod quarter;
mod refusals;
pub(crate) mod repo;
mod report;
mod resolving;
mod saving;
mod tips;
mod together;
mod trend;
mod users;
mod versions;
mod walking;
