//! What loti promises, held against it in one binary.

mod asking;
#[cfg(unix)]
mod board;
#[cfg(feature = "tools")]
mod browser;
mod change;
mod changes;
mod check;
mod checkin;
#[cfg(unix)]
mod ci;
mod closing;
#[cfg(unix)]
mod completion;
#[cfg(feature = "tools")]
mod editors;
mod frame;
mod git;
mod history;
mod layouts;
mod man;
mod markdown;
mod merge;
mod model;
mod modules;
mod pages;
mod pipes;
mod publication;
mod reading;
mod readme;
mod reference;
mod remind;
mod schema;
mod sessions;
mod store;
#[cfg(unix)]
mod terminal;
mod toml_suite;
#[cfg(feature = "tools")]
mod tools;
mod tree;
