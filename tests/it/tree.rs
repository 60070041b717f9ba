//! The value tree of a document, built from what the reader says of each section: to be held against
//! what the `toml` crate makes of the same text.

use loti::diagnostic::Diagnostic;
use loti::document::{Body, Document, NodeKind, fill, rules};
use loti::model::{Number, Value};
use loti::text::Source;
use toml::Value as Toml;

/// Reads a text under a name that no test looks at.
pub(crate) fn read(text: &str) -> Document {
    Document::read(Source::new("okrs.toml", text))
}

/// Returns the problems that TOML itself has with a text, whatever the format thinks of it.
pub(crate) fn refusals(document: &Document) -> Vec<&Diagnostic> {
    let of_toml = [
        rules::TOML_SYNTAX,
        rules::DUPLICATE_ID,
        rules::CONFLICT_MARKERS,
    ];
    let problems = document.problems.iter();
    problems
        .filter(|problem| of_toml.contains(&problem.rule))
        .collect()
}

/// Builds the value tree of a text that TOML has no problem with.
pub(crate) fn build(document: &Document) -> toml::Table {
    let text = document.source.text();
    let mut root = toml::Table::new();
    let mut body = Body::default();
    for section in &document.sections {
        fill(&mut body, text, *section);
        let mut table = &mut root;
        if let Some((last, path)) = body.header.split_last() {
            for segment in path {
                table = below(table, &segment.decode(text));
            }
            let last = last.decode(text);
            if body.is_row {
                let rows = table
                    .entry(last)
                    .or_insert_with(|| Toml::Array(Vec::new()))
                    .as_array_mut()
                    .expect("rows");
                rows.push(Toml::Table(toml::Table::new()));
                table = rows.last_mut().and_then(Toml::as_table_mut).expect("row");
            } else {
                table = below(table, &last);
            }
        }
        entries(text, &body, None, table);
    }
    root
}

fn below<'a>(table: &'a mut toml::Table, name: &str) -> &'a mut toml::Table {
    let value = table
        .entry(name)
        .or_insert_with(|| Toml::Table(toml::Table::new()));
    match value {
        Toml::Array(rows) => rows.last_mut().and_then(Toml::as_table_mut).expect("row"),
        value => value.as_table_mut().expect("a table"),
    }
}

fn entries(text: &str, body: &Body, of: Option<usize>, table: &mut toml::Table) {
    for node in body.children(of) {
        let (last, path) = body.key(node).split_last().expect("an entry has a key");
        let mut table = &mut *table;
        for segment in path {
            table = below(table, &segment.decode(text));
        }
        let old = table.insert(last.decode(text).into_owned(), value(text, body, node));
        assert!(old.is_none(), "given twice");
    }
}

fn value(text: &str, body: &Body, node: usize) -> Toml {
    match body.nodes[node].kind {
        NodeKind::Array => body
            .children(Some(node))
            .map(|item| value(text, body, item))
            .collect::<Vec<_>>()
            .into(),
        NodeKind::Inline => {
            let mut table = toml::Table::new();
            entries(text, body, Some(node), &mut table);
            Toml::Table(table)
        }
        NodeKind::Scalar => {
            let mut errors = Vec::new();
            let value = body.value(text, node, &mut errors);
            assert_eq!(errors, [], "a sound text has sound values");
            match value {
                Value::Text(text) => Toml::String(text),
                Value::Number(Number::Integer(number)) => Toml::Integer(number),
                Value::Number(Number::Float(number)) => Toml::Float(number),
                Value::Bool(bool) => Toml::Boolean(bool),
                Value::Date(date) => Toml::Datetime(date.to_string().parse().expect("a date")),
                // No key takes these; that they stand where they should is all that is asked.
                _ => {
                    let written = &text[body.nodes[node].span.range()];
                    let alone: toml::Table =
                        toml::from_str(&format!("x = {written}")).expect("a value");
                    alone["x"].clone()
                }
            }
        }
    }
}
