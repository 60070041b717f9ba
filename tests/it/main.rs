//! What loti promises, held against it in one binary.

mod change;
mod layouts;
mod model;
mod modules;
mod reading;
mod readme;
mod schema;
mod store;
mod toml_suite;
mod tree;
