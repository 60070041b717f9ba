//! Reports as JSON: types of their own with a version, so that the model may move.
//!
//! Only ever grows. Keys are named as in the file; what is absent is `null`, days are ISO dates,
//! progress is whole and rounded down.

mod changes;
mod cycles;
mod days;
mod due;
mod export;
mod key_result;
mod keys;
mod list;
mod log;
mod remind;
mod report;
mod rollup;
mod show;
mod status;
mod trend;
mod write;

pub use changes::changes;
pub use cycles::cycles;
pub use days::days;
pub use due::due;
pub use export::export;
pub(super) use key_result::MEASURES;
pub use keys::value;
pub use list::list;
pub use log::log;
pub use remind::remind;
pub use report::report;
pub use show::show;
pub use status::status;
pub use trend::trend;
pub use write::write;

/// The version of what is written here: it counts up when a key is taken away or changes its
/// meaning.
pub(super) const VERSION: u32 = 1;
