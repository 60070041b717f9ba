//! What mends a name or a value, where only one thing can have been meant.
//!
//! A fix keeps to what it mends: quotes stay as they are, and no line is added or taken away.

use std::collections::{HashMap, HashSet};

use toml_parser::decoder::Encoding;

use super::body::{Body, Node, NodeKind, Segment};
use super::meaning::{Meaning, Place};
use super::section::{Section, fill};
use crate::diagnostic::{Fix, Replacement};
use crate::model::{Misfit, Plan, TableName, Type, Value, Word};
use crate::text::{Span, only_near};

/// The keys that misspelt ones are to become, so that no key is written twice.
#[derive(Debug, Default)]
pub(super) struct Hopes {
    /// By the byte at which their table begins and their number: where the misspelt one stands.
    wanted: HashMap<(u32, usize), Span>,
    /// The misspelt ones that somebody else has the key of.
    void: HashSet<Span>,
}

impl Hopes {
    /// Takes note of a misspelt key, and returns whether it is the first for that key.
    fn begin(&mut self, table: u32, key: usize, span: Span) -> bool {
        match self.wanted.insert((table, key), span) {
            None => true,
            Some(other) => {
                self.void.insert(other);
                false
            }
        }
    }

    /// Takes note of a key that is there.
    pub(super) fn end(&mut self, table: u32, key: usize) {
        // Nearly every file has no misspelt keys.
        if !self.wanted.is_empty()
            && let Some(span) = self.wanted.get(&(table, key))
        {
            self.void.insert(*span);
        }
    }

    /// Returns whether the key at a place has no name to become.
    pub(super) fn is_void(&self, span: Span) -> bool {
        self.void.contains(&span)
    }
}

/// A name that means nothing where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stray<'a> {
    /// The name.
    pub(super) name: &'a str,
    /// Where it stands.
    pub(super) segment: &'a Segment,
    /// The byte at which its table begins, and which of the keys that the format knows are there.
    pub(super) table: (u32, u64),
    /// What stands behind it; nothing, where it is used as a table.
    pub(super) value: Option<&'a Value>,
}

/// Returns what gives a misspelt name its right spelling: one that is not there yet, and that takes
/// what stands behind it.
pub(super) fn name(
    text: &str,
    place: Place,
    stray: Stray<'_>,
    plan: &mut Plan,
    hopes: &mut Hopes,
) -> Option<Fix> {
    // What changes the check itself is not for the check to mend.
    let settles = |name: &str| matches!(name, "allow" | "check");
    if place.table() == Some(TableName::Check) {
        return None;
    }
    let near = only_near(stray.name, place.names()).filter(|near| !settles(near))?;
    let key = place.find(near);
    let fits = match (stray.value, key, place.table()) {
        (None, ..) => matches!(place.meaning(plan, near), Meaning::Table(_)),
        (Some(value), Some(key), Some(table)) => {
            let mut scratch = table.empty();
            scratch.field_mut(key).set(Some(value.clone())).is_ok()
        }
        (Some(value), ..) => matches!(value, Value::Table(_)),
    };
    if !fits {
        return None;
    }
    let (table, known) = stray.table;
    if let Some(key) = key
        && (known & (1 << key) != 0 || !hopes.begin(table, key, stray.segment.span))
    {
        return None;
    }
    let span = inside(text, stray.segment.span, stray.segment.encoding)?;
    Some(write(near, vec![(span, near)]))
}

/// Returns what makes a value fit its key: a closed word rightly spelt, a number, date, `true` or
/// `false` without quotes, an id with them.
pub(super) fn value(text: &str, body: &Body, node: usize, misfit: &Misfit) -> Option<Fix> {
    match misfit {
        Misfit::Word { words, .. } => {
            let all: Vec<usize> = match body.nodes[node].kind {
                NodeKind::Array => body.children(Some(node)).collect(),
                _ => vec![node],
            };
            let is_wrong = |node: &usize| {
                let value = body.value(text, *node, &mut Vec::new());
                !words.iter().any(|word| value == Value::from(word.name))
            };
            let wrong = all.into_iter().filter(is_wrong);
            let edits: Option<Vec<_>> = wrong.map(|node| word(text, body, node, words)).collect();
            let edits = edits?;
            let written: Vec<_> = edits.iter().map(|(_, word)| *word).collect();
            Some(write(&written.join("`, `"), edits))
        }
        Misfit::Kind { expected, .. } => bare(text, &body.nodes[node], *expected)
            .or_else(|| quoted(text, &body.nodes[node], *expected)),
        _ => None,
    }
}

/// Returns the place of a misspelt word and its right spelling.
fn word(text: &str, body: &Body, node: usize, words: &[Word]) -> Option<(Span, &'static str)> {
    let Value::Text(found) = body.value(text, node, &mut Vec::new()) else {
        return None;
    };
    let near = only_near(&found, words.iter().map(|word| word.name))?;
    let node = &body.nodes[node];
    Some((inside(text, node.span, node.encoding)?, near))
}

/// Takes the quotes off a text that is exactly what its key takes.
fn bare(text: &str, node: &Node, takes: Type) -> Option<Fix> {
    /// No number or date that people write is longer.
    const MOST: usize = 40;

    let written = text.get(inside(text, node.span, Some(node.encoding?))?.range())?;
    if written.len() > MOST {
        return None;
    }
    let line = format!("x = {written}");
    let mut body = Body::default();
    let span = Span::new(0, line.len());
    fill(&mut body, &line, Section { span });
    let is_alone = matches!(&body.nodes[..], [only] if only.span == Span::new(4, line.len()));
    if !is_alone || !body.errors.is_empty() {
        return None;
    }
    let mut errors = Vec::new();
    let value = body.value(&line, 0, &mut errors);
    let fits = matches!(
        (takes, value),
        (Type::Date, Value::Date(_))
            | (Type::Number { .. }, Value::Number(_))
            | (Type::Bool, Value::Bool(_))
    );
    (fits && errors.is_empty()).then(|| Fix {
        title: format!("write `{written}` without quotes"),
        edits: vec![Replacement {
            span: node.span,
            text: written.to_owned(),
        }],
    })
}

/// Puts quotes round a whole number that stands for an id.
fn quoted(text: &str, node: &Node, takes: Type) -> Option<Fix> {
    let written = text.get(node.span.range())?;
    let is_number = node.encoding.is_none() && written.bytes().all(|byte| byte.is_ascii_digit());
    (takes == Type::Id && is_number && !written.is_empty()).then(|| Fix {
        title: format!("write `{written}` in quotes"),
        edits: vec![Replacement {
            span: node.span,
            text: format!("\"{written}\""),
        }],
    })
}

/// Returns the place of what stands within quotes, if those are closed on the same line.
fn inside(text: &str, span: Span, encoding: Option<Encoding>) -> Option<Span> {
    let quotes = match encoding {
        None => "",
        Some(Encoding::BasicString) => "\"",
        Some(Encoding::LiteralString) => "'",
        Some(Encoding::MlBasicString) => "\"\"\"",
        Some(Encoding::MlLiteralString) => "'''",
    };
    let written = text.get(span.range())?;
    let within = written.strip_prefix(quotes)?.strip_suffix(quotes)?;
    let start = span.start as usize + quotes.len();
    (!within.contains('\n')).then(|| Span::new(start, start + within.len()))
}

fn write(words: &str, edits: Vec<(Span, &str)>) -> Fix {
    let edits = edits.into_iter();
    Fix {
        title: format!("write `{words}`"),
        edits: edits
            .map(|(span, text)| Replacement {
                span,
                text: text.to_owned(),
            })
            .collect(),
    }
}
