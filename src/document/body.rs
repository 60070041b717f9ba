use std::borrow::Cow;

use chrono::NaiveDate;
use toml_parser::decoder::{Encoding, IntegerRadix, ScalarKind};
use toml_parser::lexer::Token;
use toml_parser::parser::{RecursionGuard, ValidateWhitespace};
use toml_parser::{Raw, Source as Toml};

use super::syntax::{Modern, SyntaxError, has_modern_escape, is_modern_time, left_open};
use crate::model::{Number, Value};
use crate::text::Span;

/// How deep arrays and inline tables may lie in each other; the `toml` crate draws the same line.
const MAX_DEPTH: u32 = 80;

/// One section taken apart: its header, and every key, `=` and value with its place, in file order.
///
/// Values lie flat, each before what it holds, so that a body can be filled again and again without
/// taking memory anew.
#[derive(Debug, Default)]
pub struct Body {
    /// The header's key segments; none where the section is what stands above the first header.
    pub header: Vec<Segment>,
    /// Whether the header stands in double brackets.
    pub is_row: bool,
    /// The header with its brackets.
    pub header_span: Span,
    /// The values; see [`Node::end`].
    pub nodes: Vec<Node>,
    /// The key segments of all entries, one run per entry.
    pub segments: Vec<Segment>,
    /// Where the text is not TOML, in file order.
    pub errors: Vec<SyntaxError>,
    /// For each error, how far it and those before it reach.
    reach: Vec<u32>,
    /// The first bracket that nothing closes: what follows it is not to be trusted.
    open_from: Option<u32>,
    /// Places that readers of TOML 1.0 refuse.
    pub modern: Vec<(Span, Modern)>,
    /// The open arrays and inline tables while a body is being filled.
    pub(super) open: Vec<usize>,
    /// The key run and `=` that wait for their value.
    pub(super) pending: Option<(u32, u32)>,
    pub(super) pending_eq: Span,
    pub(super) in_header: bool,
    pub(super) after_comma: Option<Span>,
}

/// One segment of a key, quotes included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// Where it stands.
    pub span: Span,
    pub(super) encoding: Option<Encoding>,
}

/// A value, and the key that it stands behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Where it stands, brackets and quotes included.
    pub span: Span,
    /// Its key segments, as a run of [`Body::segments`]; empty for the item of an array.
    pub key: (u32, u32),
    /// The `=` before it; empty for the item of an array.
    pub eq: Span,
    /// The number of the next value that this one does not hold.
    pub end: u32,
    pub(super) encoding: Option<Encoding>,
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeKind {
    /// A text, number, date, or `true` or `false`.
    Scalar,
    /// An array; what it holds follows it.
    Array,
    /// An inline table; its entries follow it.
    Inline,
}

impl Body {
    /// Takes one section apart.
    ///
    /// `toml` and `tokens` are of the whole text, or of a piece of it that begins at `base`.
    pub fn fill(&mut self, toml: Toml<'_>, tokens: &[Token], base: u32) {
        self.header.clear();
        self.is_row = false;
        self.header_span = Span::default();
        self.nodes.clear();
        self.segments.clear();
        self.errors.clear();
        self.reach.clear();
        self.open_from = None;
        self.modern.clear();
        self.open.clear();
        self.pending = None;
        self.in_header = false;
        self.after_comma = None;

        let mut errors = Vec::new();
        let mut receiver = ValidateWhitespace::new(self, toml);
        let mut receiver = RecursionGuard::new(&mut receiver, MAX_DEPTH);
        toml_parser::parser::parse_document(tokens, &mut receiver, &mut errors);
        self.errors.extend(errors.iter().map(SyntaxError::from));
        self.check_keys(toml);
        self.check_modern(toml);
        let open = if self.errors.is_empty() {
            None
        } else {
            left_open(tokens)
        };
        if let Some(open) = open {
            // What follows was read as part of the list, and says nothing.
            let from = open.span.start;
            self.open_from = Some(from + base);
            self.errors.retain(|error| error.span.start < from);
            self.modern.retain(|(span, _)| span.start < from);
            self.errors.push(open);
        }
        if base > 0 {
            self.shift(base);
        }
        self.errors.sort_by_key(|error| error.span);
        let mut reach = 0;
        self.reach.extend(self.errors.iter().map(|error| {
            reach = error.span.end.max(error.span.start + 1).max(reach);
            reach
        }));
    }

    /// Returns whether an error touches a span.
    pub(super) fn is_broken(&self, span: Span) -> bool {
        let before = self
            .errors
            .partition_point(|error| error.span.start <= span.end);
        let is_touched = before > 0 && self.reach[before - 1] > span.start;
        is_touched || self.open_from.is_some_and(|open| span.end > open)
    }

    /// Returns the numbers of the values at the top of the section, or within an array or inline
    /// table.
    pub fn children(&self, of: Option<usize>) -> Children<'_> {
        let (at, end) = match of {
            None => (0, self.nodes.len()),
            Some(of) => (of + 1, self.nodes[of].end as usize),
        };
        Children {
            body: self,
            at,
            end,
        }
    }

    /// Returns the key segments of a value.
    pub fn key(&self, node: usize) -> &[Segment] {
        let (start, end) = self.nodes[node].key;
        &self.segments[start as usize..end as usize]
    }

    /// Returns the value of a node as the file has it, faults in it told in `errors`.
    pub fn value(&self, text: &str, node: usize, errors: &mut Vec<SyntaxError>) -> Value {
        match self.nodes[node].kind {
            NodeKind::Scalar => self.scalar(text, node, errors),
            NodeKind::Array => Value::List(
                self.children(Some(node))
                    .map(|item| self.value(text, item, errors))
                    .collect(),
            ),
            NodeKind::Inline => {
                let mut table = Vec::new();
                for entry in self.children(Some(node)) {
                    let key: Vec<_> = self.key(entry).iter().map(|s| s.decode(text)).collect();
                    table.push((key.join("."), self.value(text, entry, errors)));
                }
                Value::Table(table)
            }
        }
    }

    fn scalar(&self, text: &str, node: usize, errors: &mut Vec<SyntaxError>) -> Value {
        let node = &self.nodes[node];
        let mut faults = Vec::new();
        let mut decoded = Cow::Borrowed("");
        let kind = node.raw(text).decode_scalar(&mut decoded, &mut faults);
        errors.extend(faults.iter().map(SyntaxError::from));
        let mut refuse = |message: &str| {
            // What the lexer's decoder has refused is told once.
            if faults.is_empty() {
                errors.push(SyntaxError {
                    span: node.span,
                    message: message.to_owned(),
                });
            }
            Value::Other("a value that cannot be read")
        };
        match kind {
            ScalarKind::String => Value::Text(decoded.into_owned()),
            ScalarKind::Boolean(bool) => Value::Bool(bool),
            ScalarKind::Integer(radix) => match integer(&decoded, radix) {
                Some(number) => Value::Number(Number::Integer(number)),
                None => refuse("this whole number is too large: 64 bits hold 19 digits"),
            },
            ScalarKind::Float => match decoded.parse::<f64>() {
                Ok(number) if number.is_finite() => Value::Number(Number::Float(number)),
                Ok(_) if decoded.ends_with(['f', 'n']) => Value::Other("a number without end"),
                _ => refuse("this number is too large"),
            },
            ScalarKind::DateTime => match decoded.parse::<toml::value::Datetime>() {
                Ok(moment) => match (moment.date, moment.time) {
                    (Some(day), None) => {
                        let (year, month) = (i32::from(day.year), u32::from(day.month));
                        NaiveDate::from_ymd_opt(year, month, u32::from(day.day))
                            .map_or_else(|| refuse("there is no such day"), Value::Date)
                    }
                    (Some(_), Some(_)) => Value::Other("a date with a time of day"),
                    (None, _) => Value::Other("a time of day"),
                },
                Err(_) => refuse("there is no such day or time"),
            },
        }
    }

    /// Tells of keys that the lexer lets pass and TOML does not.
    fn check_keys(&mut self, toml: Toml<'_>) {
        let mut faults = Vec::new();
        for segment in self.header.iter().chain(&self.segments) {
            // A bare key of plain letters is sound by its looks: nearly all of them are.
            let text = &toml.input()[segment.span.range()];
            let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
            if text.is_empty() || !text.bytes().all(plain) {
                segment
                    .raw(toml.input())
                    .decode_key(&mut Cow::Borrowed(""), &mut faults);
            }
        }
        self.errors.extend(faults.iter().map(SyntaxError::from));
    }

    /// Marks what is younger than TOML 1.0 in keys and values.
    fn check_modern(&mut self, toml: Toml<'_>) {
        let text = |span: Span| toml.input().get(span.range()).unwrap_or_default();
        for segment in self.header.iter().chain(&self.segments) {
            if segment.encoding == Some(Encoding::BasicString)
                && has_modern_escape(text(segment.span))
            {
                self.modern.push((segment.span, Modern::Escape));
            }
        }
        for node in &self.nodes {
            let is_modern = match (node.kind, node.encoding) {
                (NodeKind::Scalar, None) => is_modern_time(text(node.span)).then_some(Modern::Time),
                (_, Some(Encoding::BasicString | Encoding::MlBasicString)) => {
                    has_modern_escape(text(node.span)).then_some(Modern::Escape)
                }
                _ => None,
            };
            self.modern.extend(is_modern.map(|what| (node.span, what)));
        }
    }

    /// Moves every place by the offset at which the piece began.
    fn shift(&mut self, base: u32) {
        let shift = |span: &mut Span| {
            span.start += base;
            span.end += base;
        };
        shift(&mut self.header_span);
        for segment in self.header.iter_mut().chain(&mut self.segments) {
            shift(&mut segment.span);
        }
        for node in &mut self.nodes {
            shift(&mut node.span);
            shift(&mut node.eq);
        }
        self.errors
            .iter_mut()
            .for_each(|error| shift(&mut error.span));
        self.modern.iter_mut().for_each(|(span, _)| shift(span));
    }
}

/// The numbers of neighbouring values.
#[derive(Debug)]
pub struct Children<'a> {
    body: &'a Body,
    at: usize,
    end: usize,
}

impl Iterator for Children<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let at = self.at;
        if at >= self.end {
            return None;
        }
        self.at = self.body.nodes[at].end as usize;
        Some(at)
    }
}

impl Segment {
    /// Returns the name that the segment spells, quotes and escapes undone.
    pub fn decode<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.encoding.is_none() {
            return Cow::Borrowed(text.get(self.span.range()).unwrap_or_default());
        }
        let mut name = Cow::Borrowed("");
        self.raw(text).decode_key(&mut name, &mut ());
        name
    }

    fn raw<'a>(&self, text: &'a str) -> Raw<'a> {
        raw(text, self.span, self.encoding)
    }
}

impl Node {
    fn raw<'a>(&self, text: &'a str) -> Raw<'a> {
        raw(text, self.span, self.encoding)
    }

    /// Returns whether the value is a text written in single quotes.
    pub fn is_literal(&self) -> bool {
        matches!(
            self.encoding,
            Some(Encoding::LiteralString | Encoding::MlLiteralString)
        )
    }
}

fn raw(text: &str, span: Span, encoding: Option<Encoding>) -> Raw<'_> {
    let whole = toml_parser::Span::new_unchecked(span.start as usize, span.end as usize);
    Raw::new_unchecked(text.get(span.range()).unwrap_or_default(), encoding, whole)
}

fn integer(digits: &str, radix: IntegerRadix) -> Option<i64> {
    i64::from_str_radix(digits, radix.value()).ok()
}
