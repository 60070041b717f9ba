use super::layout::{Gaps, is_blank, is_comment, line_start, next_line, top};
use super::write::Quotes;
use super::{Change, Refusal, Splice};
use crate::document::{Body, Document, Entry, NodeKind, Outline, fill};
use crate::text::Span;

/// Finds the splices for one change in one text.
#[derive(Debug)]
pub(super) struct Editor<'a> {
    pub(super) document: &'a Document,
    pub(super) outline: Outline<'a>,
    pub(super) text: &'a str,
    pub(super) splices: Vec<Splice>,
    /// Whether lines end as on Windows, somewhere.
    has_returns: bool,
}

impl<'a> Editor<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self {
            document,
            outline: Outline::new(document),
            text: document.source.text(),
            splices: Vec::new(),
            has_returns: document.source.text().contains('\r'),
        }
    }

    /// Finds the splices for a change.
    pub(super) fn change(&mut self, change: &Change) -> Result<(), Refusal> {
        match change {
            Change::Set { at, key, value } => self.set(at, key, value.as_ref()),
            Change::AddItem { at, key, item } => self.add_item(at, key, item),
            Change::RemoveItem { at, key, item } => self.remove_item(at, key, item),
            Change::Add { at, values } => self.add(at, values),
            Change::AddNote { to, note } => self.add_note(to, note),
            Change::RemoveNote { of, note } => self.remove_note(of, note),
            Change::Remove { at } => self.remove(at),
            Change::Rename { from, to, line } => self.rename(from, to, *line),
        }
    }

    pub(super) fn splice(&mut self, start: usize, end: usize, text: impl Into<String>) {
        self.splices.push(Splice::new(start, end, text));
    }

    pub(super) fn slice(&self, span: Span) -> &'a str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Returns how many segments of an entry's path are written above it: in its header, or in what
    /// holds it.
    pub(super) fn above(entry: &Entry) -> usize {
        entry.path.len() - entry.segments.len()
    }

    /// Returns the entries that an array or inline table holds directly, in file order.
    pub(super) fn children(&self, container: Span, path: &[String]) -> Vec<Entry> {
        let mut entries = self.outline.entries(path);
        entries.retain(|entry| entry.within == Some(container));
        entries
    }

    /// Returns the header sections of a table at a path: those of its very path.
    pub(super) fn own_sections(&self, path: &[String]) -> Vec<usize> {
        let mut sections = self.outline.sections(path);
        sections.retain(|section| self.outline.header(*section).path == path);
        sections
    }

    /// Returns the inline table at a path.
    pub(super) fn inline(&self, path: &[String]) -> Option<Entry> {
        let entry = self.outline.entry(path)?;
        (entry.kind == NodeKind::Inline).then_some(entry)
    }

    /// Returns where the last line of a section begins that says something, or its first.
    fn last_word(&self, section: usize) -> usize {
        let mut body = Body::default();
        fill(&mut body, self.text, self.document.sections[section]);
        let header = self.outline.header(section).span;
        let ends = body.nodes.iter().map(|node| node.span.end as usize);
        ends.chain([header.end as usize]).max().unwrap_or(0)
    }

    /// Returns where what follows a section's own lines begins: blank lines, and the comments that
    /// belong to what comes next.
    pub(super) fn content_end(&self, section: usize) -> usize {
        let span = self.document.sections[section].span;
        let is_last = section + 1 == self.document.sections.len();
        let limit = if is_last {
            span.end as usize
        } else {
            line_start(self.text, span.end as usize)
        };
        let word = self.last_word(section);
        let is_empty = word == span.start as usize && self.outline.header(section).path.is_empty();
        let start = if is_empty {
            line_start(self.text, word)
        } else {
            next_line(self.text, word).min(limit.max(word))
        };
        if is_last {
            let rest = &self.text[start..limit];
            let kept = start + rest.trim_end().len();
            return if kept == start {
                start
            } else {
                next_line(self.text, kept)
            };
        }
        let mut at = start;
        while at < limit
            && self.text[line_start(self.text, at)..]
                .trim_start()
                .starts_with('#')
        {
            if !is_comment(self.text, at) && !is_empty {
                break;
            }
            at = next_line(self.text, at);
        }
        // Comments that run on to the next header are the next one's.
        if at >= limit && !is_empty { start } else { at }
    }

    /// Returns where a section's header begins, the comment block directly above it included.
    pub(super) fn lead(&self, section: usize) -> usize {
        let floor = match section.checked_sub(1) {
            Some(before) => self.floor(before),
            None => top(self.text),
        };
        let mut at = line_start(
            self.text,
            self.document.sections[section].span.start as usize,
        );
        while at > floor {
            let above = line_start(self.text, at - 1);
            if above < floor || !is_comment(self.text, above) {
                break;
            }
            at = above;
        }
        at
    }

    /// Returns where the first line after a section's last entry begins.
    fn floor(&self, section: usize) -> usize {
        let span = self.document.sections[section].span;
        let word = self.last_word(section);
        if word == span.start as usize {
            line_start(self.text, word)
        } else {
            next_line(self.text, word)
        }
    }

    /// Returns how many blank lines stand above a section, or `None` where nothing stands above it.
    pub(super) fn blank_lines(&self, section: usize) -> Option<usize> {
        let mut at = self.lead(section);
        let top = top(self.text);
        if at <= top {
            return None;
        }
        let mut count = 0;
        while at > top && is_blank(self.text, at - 1) && line_start(self.text, at - 1) < at {
            at = line_start(self.text, at - 1);
            count += 1;
        }
        Some(count)
    }

    /// Returns the gaps round the `=` of an entry.
    pub(super) fn gaps(&self, entry: &Entry) -> Gaps {
        let (Some(first), Some(last)) = (entry.segments.first(), entry.segments.last()) else {
            return Gaps::default();
        };
        let key = self.slice(first.join(*last));
        let between = |start: u32, end: u32| self.text.get(start as usize..end as usize);
        match (
            between(last.end, entry.eq.start),
            between(entry.eq.end, entry.value.start),
        ) {
            (Some(before), Some(after)) => Gaps::of(key, before, after),
            _ => Gaps::default(),
        }
    }

    /// Returns how the texts of neighbouring entries are quoted: as the one before a place, else as
    /// the first of all.
    pub(super) fn quotes(&self, neighbours: &[Entry], before: Option<usize>) -> Quotes {
        let is_text = |entry: &&Entry| self.slice(entry.value).starts_with(['"', '\'']);
        let upto = before.map_or(0, |before| before + 1);
        let near = neighbours[..upto].iter().rev().find(is_text);
        let near = near.or_else(|| neighbours.iter().find(is_text));
        Quotes {
            literal: near.is_some_and(|entry| entry.is_literal),
            lines: !self.has_returns,
        }
    }
}
