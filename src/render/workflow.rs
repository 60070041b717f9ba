//! Commands of a GitHub workflow, which mark something in a file.
//!
//! The runner looks for commands at the start of a line and, in their old form (`##[`), anywhere in
//! one: whatever comes from a file stands in a command, escaped, and nowhere else.

use super::findings::brief;

/// So many of a kind are shown for one step of a job; what comes after them is dropped in silence.
pub(super) const MOST: usize = 10;

/// Returns a command: its name, its properties, and what is to be said.
pub(super) fn command(name: &str, properties: &[(&str, &str)], message: &str) -> String {
    let properties: Vec<_> = properties
        .iter()
        .map(|(name, value)| format!("{name}={}", property(value)))
        .collect();
    format!("::{name} {}::{}", properties.join(","), data(message))
}

/// Escapes what stands after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes the value of a property.
fn property(text: &str) -> String {
    data(&brief(text)).replace(':', "%3A").replace(',', "%2C")
}
