//! Where a name that is given twice was given before.

use super::body::{Body, Segment};
use crate::text::Span;

/// Where an entry stands within its section: what holds it, and its number.
#[derive(Debug, Clone, Copy)]
pub(super) struct At<'b> {
    pub(super) body: &'b Body,
    pub(super) of: Option<usize>,
    pub(super) node: usize,
}

/// Looks among an entry's elder neighbours for the first that names the same, up to a segment.
pub(super) fn earlier(text: &str, at: At<'_>, segment: &Segment) -> Option<u32> {
    let own = at.body.key(at.node);
    let depth = own.iter().position(|of| of == segment)?;
    let own = &own[..=depth];
    for elder in at.body.children(at.of).take_while(|of| *of < at.node) {
        let keys = at.body.key(elder);
        let names_same = keys.len() > depth
            && keys
                .iter()
                .zip(own)
                .rev()
                .all(|(a, b)| a.decode(text) == b.decode(text));
        if names_same {
            return Some(keys[depth].span.start);
        }
    }
    None
}

/// Looks for the first line that gives a key, by its looks: it stands in another section.
pub(super) fn earlier_line(text: &str, key: &str) -> Option<u32> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start();
        let rest = trimmed.strip_prefix(key).map(str::trim_start);
        if rest.is_some_and(|rest| rest.starts_with(['=', '.'])) {
            return Some((at + line.len() - trimmed.len()) as u32);
        }
        at += line.len();
    }
    None
}

/// Returns the span of the name that begins at a byte, or of one character where none does.
pub(super) fn name_at(text: &str, at: u32) -> Span {
    let rest = &text[at as usize..];
    let length = match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => rest[1..].find([quote, '\n']).map_or(1, |end| end + 2),
        Some(first) => rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
            .unwrap_or(rest.len())
            .max(first.len_utf8()),
        None => 0,
    };
    Span::new(at as usize, at as usize + length.min(rest.len()))
}
