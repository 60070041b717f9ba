//! What `loti check` found, in the form of whoever reads it.

mod human;

pub use human::human;
