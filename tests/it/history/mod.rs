//! What is promised of histories.

mod course;
mod former;
mod log;
pub(crate) mod past;
mod reading;
