//! How things look: the format's schema and reference, and the words that `loti explain` knows.
//!
//! Lays out what it is given and never prints by itself.

mod reference;
mod schema;
mod terms;

pub use reference::format_reference;
pub use schema::schema;
pub use terms::{TERMS, Term};
