//! What may change in a plan: one kind of value for a write, a line of a log and a diff, and the way
//! from it to the bytes of the file.
//!
//! Reads and saves no files, and knows no clock. The document is never written out anew: an edit
//! replaces the bytes it has to and no others, and is proved before it is handed back.

mod add;
mod apply;
mod clash;
mod closed;
pub mod closing;
mod describe;
mod diff;
mod edit;
mod editor;
mod insert;
mod keys;
mod kinds;
mod layout;
mod list;
pub mod merge;
mod prove;
mod refusal;
mod remove;
mod rename;
mod renames;
mod rounds;
mod splice;
mod trees;
mod unknown;
mod unsaid;
mod within;
mod write;

pub use apply::apply;
pub(crate) use closed::lacks;
pub use diff::diff;
pub use edit::{Edit, edit};
pub use kinds::Change;
pub use refusal::Refusal;
pub use renames::{after_renames, renames};
pub use splice::Splice;
pub use unsaid::{Unsaid, unsaid};

#[cfg(test)]
mod tests;
