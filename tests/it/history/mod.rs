//! What is promised of histories.

mod course;
mod former;
mod log;
mod past;
mod reading;
