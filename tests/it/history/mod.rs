//! What is promised of histories.

mod reading;
