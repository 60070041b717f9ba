//! What loti promises, held against it in one binary.

mod change;
mod check;
#[cfg(unix)]
mod ci;
mod editors;
mod frame;
mod layouts;
mod markdown;
mod model;
mod modules;
mod pipes;
mod reading;
mod readme;
mod reference;
mod schema;
mod sessions;
mod store;
mod toml_suite;
mod tools;
mod tree;
