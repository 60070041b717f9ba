//! A text cut into blocks: what is merged as one thing and moves as one.

use std::borrow::Cow;

use hashbrown::HashSet;

use super::super::layout::{is_blank, is_comment, line_start, next_line};
use crate::document::{Body, Section, fill, sections, sections_like};
use crate::model::TableName;

/// A text cut into blocks; together with the tail they are the whole text.
#[derive(Debug)]
pub(super) struct Cut<'t> {
    pub(super) text: &'t str,
    sections: Vec<Section>,
    /// The first is what stands above all headers, and may be empty.
    pub(super) blocks: Vec<Block<'t>>,
    /// Blank lines and comments behind the last block.
    pub(super) tail: &'t str,
}

/// A section with the comments directly above its header, and what stands alone above those.
#[derive(Debug)]
pub(super) struct Block<'t> {
    /// Blank lines, and comments that belong to no header.
    pub(super) before: &'t str,
    /// The comments directly above the header.
    pub(super) lead: &'t str,
    /// The header and all that it holds.
    pub(super) text: &'t str,
    /// Both.
    pub(super) whole: &'t str,
    /// Where the text stands.
    pub(super) section: Section,
    /// The table at the top of the file that it is part of: `kr.3`, `plan`; `kr` where it may be
    /// about all of a kind, and empty for what stands above the first header.
    pub(super) table: Cow<'t, str>,
}

/// Why a text is not cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Uncut {
    /// It is no TOML.
    Broken,
    /// Tables stand below the rows of a list: where they stand says what they belong to.
    BelowRows,
}

impl<'t> Cut<'t> {
    /// Cuts a text.
    pub(super) fn of(text: &'t str) -> Result<Self, Uncut> {
        Self::at(text, sections(text).ok_or(Uncut::Broken)?)
    }

    /// Cuts a text that has much of another.
    pub(super) fn like(text: &'t str, other: &Cut<'_>) -> Result<Self, Uncut> {
        let sections = sections_like(text, other.text, &other.sections);
        Self::at(text, sections.ok_or(Uncut::Broken)?)
    }

    fn at(text: &'t str, sections: Vec<Section>) -> Result<Self, Uncut> {
        let has_long_texts = text.contains("\"\"\"") || text.contains("'''");
        let mut blocks = Vec::with_capacity(sections.len());
        // Where the block begins whose section comes next.
        let (mut before, mut lead) = (0, 0);
        let mut rows = HashSet::new();
        for (at, section) in sections.iter().enumerate() {
            let (start, end) = (section.span.start as usize, section.span.end as usize);
            // An indented header begins with its line.
            let line = if at == 0 { 0 } else { line_start(text, start) };
            let is_last = at + 1 == sections.len();
            let end = if is_last { end } else { line_start(text, end) };
            let floor = if has_long_texts {
                after_texts(text, *section).clamp(line, end)
            } else {
                line
            };
            let (content, next_lead) = split(text, floor, end, is_last);
            let header = &text[start..];
            if header.starts_with("[[") {
                rows.extend(inner_names(header).last());
            }
            blocks.push(Block {
                before: &text[before..lead],
                lead: &text[lead..line],
                text: &text[line..content],
                whole: &text[lead..content],
                section: Section {
                    span: crate::text::Span::new(line, content),
                },
                table: table(text, *section),
            });
            (before, lead) = (content, next_lead);
        }
        let below_rows = |block: &Block<'_>| {
            let header = block.text.trim_start();
            let mut names = inner_names(header).peekable();
            let mut is_below = false;
            while let Some(name) = names.next() {
                is_below |= names.peek().is_some() && rows.contains(name);
            }
            is_below && header.starts_with('[')
        };
        if !rows.is_empty() && blocks.iter().any(below_rows) {
            return Err(Uncut::BelowRows);
        }
        Ok(Self {
            text,
            sections,
            blocks,
            tail: &text[before..],
        })
    }
}

/// Returns where what a section holds ends, and where the comments directly above the next header
/// begin.
fn split(text: &str, floor: usize, end: usize, is_last: bool) -> (usize, usize) {
    let mut lead = end;
    let mut at = end;
    while at > floor {
        let above = line_start(text, at - 1);
        if above < floor || !is_note(text, above) {
            break;
        }
        if lead == at && !is_blank(text, above) && is_comment(text, above) && !is_last {
            lead = above;
        }
        at = above;
    }
    // Comments that follow the last line at once belong to it, unless they run on to the header.
    while at < lead && !is_blank(text, at) {
        at = next_line(text, at);
    }
    (at, lead)
}

/// Returns where the first line begins that may be a comment: a text over several lines may end with
/// a line that looks like one.
fn after_texts(text: &str, section: Section) -> usize {
    let (start, end) = (section.span.start as usize, section.span.end as usize);
    let lines = &text[start..end];
    if !lines.contains("\"\"\"") && !lines.contains("'''") {
        return start;
    }
    let mut body = Body::default();
    fill(&mut body, text, section);
    let ends = body.nodes.iter().map(|node| node.span.end as usize);
    next_line(text, ends.max().unwrap_or(start)).min(end)
}

/// Returns whether a line says nothing to a reader of TOML.
fn is_note(text: &str, at: usize) -> bool {
    let line = text[at..next_line(text, at)].trim();
    line.is_empty() || line.starts_with('#')
}

/// Returns the names of a header as they are written, quotes and blanks aside.
fn inner_names(header: &str) -> impl Iterator<Item = &str> {
    let inner = header.trim_start_matches('[');
    let inner = &inner[..inner.find([']', '\n']).unwrap_or(inner.len())];
    let blank = |c: char| matches!(c, '"' | '\'' | ' ' | '\t');
    inner.split('.').map(move |name| name.trim_matches(blank))
}

/// Returns the table that a section is part of.
fn table(text: &str, section: Section) -> Cow<'_, str> {
    let whole = &text[section.span.range()];
    if !whole.starts_with('[') {
        return Cow::Borrowed("");
    }
    let inner = whole.trim_start_matches('[');
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let end = inner.bytes().position(|byte| !is_plain(byte));
    if let Some(end) = end.filter(|end| inner[*end..].starts_with(']')) {
        let path = &inner[..end];
        let mut dots = path.match_indices('.').map(|(dot, _)| dot);
        let first = dots.next().unwrap_or(path.len());
        let second = dots.next().unwrap_or(path.len());
        let has_ids = TableName::of_root(&path[..first]).is_some_and(TableName::has_ids);
        return Cow::Borrowed(&path[..if has_ids { second } else { first }]);
    }
    let mut body = Body::default();
    fill(&mut body, text, section);
    let mut names = body.header.iter().map(|segment| segment.decode(text));
    let root = names.next().unwrap_or_default();
    let has_ids = TableName::of_root(&root).is_some_and(TableName::has_ids);
    match names.next().filter(|_| has_ids) {
        Some(id) => Cow::Owned(format!("{root}.{id}")),
        None => Cow::Owned(root.into_owned()),
    }
}

impl Block<'_> {
    /// Returns whether it may be about any table of a kind, or of all kinds.
    pub(super) fn is_about_many(&self) -> bool {
        let is_head = self.table.is_empty() && self.has_entries();
        is_head || TableName::of_root(&self.table).is_some_and(TableName::has_ids)
    }

    fn has_entries(&self) -> bool {
        let mut lines = self.text.lines().map(str::trim);
        lines.any(|line| !line.is_empty() && !line.starts_with('#'))
    }
}
