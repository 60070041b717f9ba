use std::cell::OnceCell;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::Document;
use super::body::{Body, NodeKind, Segment};
use super::section::{Section, fill};
use crate::model::Address;
use crate::text::Span;

/// Where things stand in a document: the way from an address to its bytes.
///
/// Paths are those of TOML, with a segment such as `#2` for the second of several rows:
/// `kr`, `3`, `note`, `#2`, `text`.
#[derive(Debug)]
pub struct Outline<'a> {
    document: &'a Document,
    /// The headers that were looked at so far: an edit asks for few of many.
    headers: Vec<OnceCell<Header>>,
    /// For each section what its header begins with.
    tops: Vec<Top>,
    /// Sections by what their headers begin with.
    by_top: Vec<(Top, usize)>,
}

/// The first two names of a header as one number, which others may share; 0 stands for a shorter
/// header: what its section holds may belong to anything.
type Top = u64;

/// The header of a section.
#[derive(Debug, Clone, Default)]
pub struct Header {
    /// Its absolute path; empty for what stands above the first header.
    pub path: Vec<String>,
    /// The places of its own segments.
    pub segments: Vec<Span>,
    /// The header with its brackets.
    pub span: Span,
    /// Whether it stands in double brackets.
    pub is_row: bool,
}

/// A key with its value, in whatever layout it stands.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The number of its section.
    pub section: usize,
    /// Its absolute path.
    pub path: Vec<String>,
    /// The places of the segments that are written at the entry itself: the last ones of the path.
    pub segments: Vec<Span>,
    /// The `=`.
    pub eq: Span,
    /// The value.
    pub value: Span,
    /// What the value is.
    pub kind: NodeKind,
    /// Whether the value is a text in single quotes.
    pub is_literal: bool,
    /// The inline table or array that holds it directly, if one does.
    pub within: Option<Span>,
}

impl Entry {
    /// Returns the place of the key and its value together.
    pub fn span(&self) -> Span {
        self.segments
            .first()
            .map_or(self.value, |key| key.join(self.value))
    }
}

impl<'a> Outline<'a> {
    /// Looks over a document's headers.
    pub fn new(document: &'a Document) -> Self {
        let text = document.source.text();
        let mut body = Body::default();
        let sections = document.sections.iter();
        let tops: Vec<Top> = sections
            .map(|section| top(text, *section, &mut body))
            .collect();
        let mut by_top: Vec<(Top, usize)> = tops.iter().copied().zip(0..).collect();
        by_top.sort_unstable();
        Self {
            document,
            headers: vec![OnceCell::new(); tops.len()],
            tops,
            by_top,
        }
    }

    /// Returns the header of a section by its number.
    pub fn header(&self, section: usize) -> &Header {
        self.headers[section].get_or_init(|| {
            let text = self.document.source.text();
            let mut body = Body::default();
            // Rows are counted among all that begin alike: so all of those are looked at once.
            let mut rows = HashMap::new();
            let mut own = Header::default();
            for alike in self.of(self.tops[section]) {
                let sections = &self.document.sections;
                let header = header(text, sections[alike], &mut body, &mut rows);
                if alike == section {
                    own = header;
                } else {
                    // None of them was looked at before.
                    let _ = self.headers[alike].set(header);
                }
            }
            own
        })
    }

    /// Returns the sections whose headers begin with the same, in file order.
    fn of(&self, top: Top) -> impl Iterator<Item = usize> {
        let from = self.by_top.partition_point(|(of, _)| *of < top);
        let all = self.by_top[from..].iter();
        all.take_while(move |(of, _)| *of == top)
            .map(|(_, section)| *section)
    }

    /// Returns the numbers of the sections whose header is this path or goes on from it.
    pub fn sections(&self, path: &[String]) -> Vec<usize> {
        self.sections_of(path).collect()
    }

    /// Returns whether a section's header is this path or goes on from it.
    pub fn has_section(&self, path: &[String], is: impl Fn(&Header) -> bool) -> bool {
        self.sections_of(path).any(|number| is(self.header(number)))
    }

    fn sections_of(&self, path: &[String]) -> impl Iterator<Item = usize> {
        let goes_on = |number: &usize| self.header(*number).path.starts_with(path);
        self.near(path).filter(goes_on)
    }

    /// Returns every entry whose path is this one or goes on from it, in file order.
    pub fn entries(&self, path: &[String]) -> Vec<Entry> {
        let leads_there = |number: &usize| {
            let header = &self.header(*number).path;
            path.starts_with(header) || header.starts_with(path)
        };
        self.entries_in(path, self.near(path).filter(leads_there))
    }

    fn entries_in(&self, path: &[String], sections: impl Iterator<Item = usize>) -> Vec<Entry> {
        let text = self.document.source.text();
        let mut body = Body::default();
        let mut found = Vec::new();
        for number in sections {
            fill(&mut body, text, self.document.sections[number]);
            self.collect(number, &body, text, path, &mut found);
        }
        found
    }

    /// Returns the entry at a path, if one stands there: the first, where one is given twice.
    pub fn entry(&self, path: &[String]) -> Option<Entry> {
        // It stands below a shorter header; where it is at the top of the file, in no other section.
        let is_above = |number: &usize| {
            let header = &self.header(*number).path;
            header.len() < path.len() && path.starts_with(header)
        };
        let near: Box<dyn Iterator<Item = usize>> = match path {
            [] | [_] => Box::new(self.of(0)),
            path => self.near(path),
        };
        let found = self.entries_in(path, near.filter(is_above));
        found.into_iter().find(|entry| entry.path == path)
    }

    /// Returns the place that stands for an address, or for one of its keys: the value, else the
    /// header or the first key that names it.
    pub fn place(&self, address: &Address, key: Option<&str>) -> Option<Span> {
        let mut path = path_of(address);
        if let Some(key) = key {
            let mut with_key = path.clone();
            with_key.push(key.to_owned());
            if let Some(entry) = self.entry(&with_key) {
                return Some(entry.value);
            }
        }
        loop {
            if let Some(section) = self.sections(&path).first() {
                return Some(self.header(*section).span);
            }
            if let Some(entry) = self.entries(&path).first() {
                return Some(entry.segments.first().copied().unwrap_or(entry.value));
            }
            path.pop()?;
        }
    }

    fn near(&self, path: &[String]) -> Box<dyn Iterator<Item = usize> + '_> {
        match path {
            [table, id, ..] => {
                let mut near: Vec<usize> = self.of(0).chain(self.of(hash(table, id))).collect();
                near.sort_unstable();
                Box::new(near.into_iter())
            }
            _ => Box::new(0..self.headers.len()),
        }
    }

    fn collect(
        &self,
        section: usize,
        body: &Body,
        text: &str,
        wanted: &[String],
        found: &mut Vec<Entry>,
    ) {
        let mut walk = Walk {
            section,
            body,
            text,
            wanted,
            found,
        };
        walk.entries(None, &self.header(section).path, None);
    }
}

struct Walk<'a> {
    section: usize,
    body: &'a Body,
    text: &'a str,
    wanted: &'a [String],
    found: &'a mut Vec<Entry>,
}

impl Walk<'_> {
    fn entries(&mut self, of: Option<usize>, path: &[String], within: Option<Span>) {
        for (at, node) in self.body.children(of).enumerate() {
            let is_item = of.is_some_and(|of| self.body.nodes[of].kind == NodeKind::Array);
            let keys = self.body.key(node);
            let mut path = path.to_vec();
            if is_item {
                path.push(format!("#{}", at + 1));
            } else {
                path.extend(keys.iter().map(|key| key.decode(self.text).into_owned()));
            }
            let leads_there = path.starts_with(self.wanted) || self.wanted.starts_with(&path);
            if !leads_there || (keys.is_empty() && !is_item) {
                continue;
            }
            let value = self.body.nodes[node];
            if path.starts_with(self.wanted) {
                self.found.push(Entry {
                    section: self.section,
                    path: path.clone(),
                    segments: keys.iter().map(|key: &Segment| key.span).collect(),
                    eq: value.eq,
                    value: value.span,
                    kind: value.kind,
                    is_literal: value.is_literal(),
                    within,
                });
            }
            if value.kind != NodeKind::Scalar {
                self.entries(Some(node), &path, Some(value.span));
            }
        }
    }
}

/// Returns the path of an address, the number of a note included.
pub fn path_of(address: &Address) -> Vec<String> {
    let mut path: Vec<String> = address.path().into_iter().map(str::to_owned).collect();
    if let Address::Note(_, number) = address {
        path.push(format!("#{number}"));
    }
    path
}

fn top(text: &str, section: Section, body: &mut Body) -> Top {
    let whole = &text[section.span.range()];
    if !whole.starts_with('[') {
        return 0;
    }
    let inner = whole.trim_start_matches('[');
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let end = inner.bytes().position(|byte| !is_plain(byte));
    let end = end.filter(|end| inner[*end..].starts_with(']'));
    let Some(end) = end else {
        let line = header_line(text, section);
        fill(body, text, line);
        return match body.header.as_slice() {
            [table, id, ..] => hash(&table.decode(text), &id.decode(text)),
            _ => 0,
        };
    };
    let mut names = inner[..end].split('.');
    match (names.next(), names.next()) {
        (Some(table), Some(id)) => hash(table, id),
        _ => 0,
    }
}

fn hash(table: &str, id: &str) -> Top {
    let mut hasher = DefaultHasher::new();
    (table, id).hash(&mut hasher);
    hasher.finish().max(1)
}

fn header_line(text: &str, section: Section) -> Section {
    let whole = &text[section.span.range()];
    let line = whole.split('\n').next().unwrap_or_default();
    Section {
        span: Span {
            start: section.span.start,
            end: section.span.start + line.len() as u32,
        },
    }
}

fn header(
    text: &str,
    section: Section,
    body: &mut Body,
    rows: &mut HashMap<Vec<String>, usize>,
) -> Header {
    let whole = &text[section.span.range()];
    if !whole.starts_with('[') {
        return Header {
            path: Vec::new(),
            segments: Vec::new(),
            span: Span::at(section.span.start),
            is_row: false,
        };
    }
    fill(body, text, header_line(text, section));
    let mut path = Vec::with_capacity(body.header.len() + 1);
    for segment in &body.header {
        path.push(segment.decode(text).into_owned());
        // What stands below a row belongs to the last one.
        if path.len() < body.header.len()
            && path.len() > 2
            && let Some(number) = rows.get(&path)
        {
            path.push(format!("#{number}"));
        }
    }
    if body.is_row {
        let number = rows.entry(path.clone()).or_default();
        *number += 1;
        path.push(format!("#{number}"));
    }
    Header {
        path,
        segments: body.header.iter().map(|segment| segment.span).collect(),
        span: body.header_span,
        is_row: body.is_row,
    }
}
