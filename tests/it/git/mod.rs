//! What is promised of git: what was before is read as git has it, and what is written git takes.

mod at;
mod log;
mod looking;
mod places;
pub(crate) mod repo;
mod saving;
mod walking;
