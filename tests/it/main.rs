//! What loti promises, held against the library as a whole.

mod reading;
mod toml_suite;
mod tree;
