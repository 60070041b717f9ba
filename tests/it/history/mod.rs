//! What is promised of histories.

mod former;
mod log;
mod past;
mod reading;
