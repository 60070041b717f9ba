//! A block taken apart into the lines of its keys.

use super::super::layout::{line_start, next_line};
use super::cut::Cut;
use super::definition::Path;
use crate::document::{Body, fill};

/// The lines of a block; one after the other they are its text.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    /// The line of the header; empty for what stands above the first.
    pub(super) header: &'t str,
    pub(super) entries: Vec<Entry<'t>>,
    /// What follows the last key.
    pub(super) foot: &'t str,
}

/// A key with its value, and the lines that are its own.
#[derive(Debug)]
pub(super) struct Entry<'t> {
    /// Its names, from the header's table on.
    pub(super) name: Path,
    /// Blank lines and comments above it.
    pub(super) above: &'t str,
    /// Its line up to the value: the key and the `=`.
    pub(super) key: &'t str,
    /// Its value as it is written.
    pub(super) value: &'t str,
    /// What follows the value: a comment, the line's end.
    pub(super) after: &'t str,
    /// All three: its line, or several where the value has several.
    pub(super) line: &'t str,
}

impl<'t> Lines<'t> {
    /// Takes a block apart; `None` where it gives one key twice.
    pub(super) fn of(cut: &Cut<'t>, at: usize) -> Option<Self> {
        let block = &cut.blocks[at];
        let (text, span) = (cut.text, block.section.span);
        let mut body = Body::default();
        fill(&mut body, text, block.section);
        if !body.errors.is_empty() {
            return None;
        }
        let (start, end) = (span.start as usize, span.end as usize);
        let mut at = start;
        if !body.header.is_empty() {
            at = next_line(text, body.header_span.end as usize).min(end);
        }
        let header = &text[start..at];
        let mut entries: Vec<Entry<'t>> = Vec::new();
        for node in body.children(None) {
            let keys = body.key(node);
            let names = keys.iter().map(|key| key.decode(text).into_owned());
            let name: Path = names.collect();
            let value = body.nodes[node].span;
            let first = keys.first()?.span.start as usize;
            let line = line_start(text, first).max(at);
            let line_end = next_line(text, value.end as usize).min(end);
            if entries.iter().any(|other| other.name == name) {
                return None;
            }
            entries.push(Entry {
                name,
                above: &text[at..line],
                key: &text[line..value.start as usize],
                value: &text[value.range()],
                after: &text[value.end as usize..line_end],
                line: &text[line..line_end],
            });
            at = line_end;
        }
        Some(Self {
            header,
            entries,
            foot: &text[at..end],
        })
    }
}
