//! What is promised of histories.

mod log;
mod past;
mod reading;
