//! What is published of a plan, in the forms that people ask for. Each is drawn from a plan that was
//! redacted before, and escapes what comes from the file for its own readers.

mod facts;
mod graph;
mod icalendar;
mod markdown;
mod schema;
mod svg;

pub use graph::{dot, mermaid};
pub use icalendar::icalendar;
pub use markdown::markdown;
pub use schema::schema;
pub use svg::{badge, summary};
