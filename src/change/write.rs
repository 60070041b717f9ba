use std::fmt::Write as _;

use super::apply::nothing;
use crate::model::{TableName, Type, Value};

/// How the texts around a place are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Quotes {
    /// In single quotes, where the text allows it.
    pub(super) literal: bool,
    /// Over several lines, where the text has several.
    pub(super) lines: bool,
}

/// Writes a value as TOML 1.0.
pub(super) fn value(value: &Value, takes: Type, quotes: Quotes) -> String {
    match (value, takes) {
        (Value::Text(given), _) => text(given, quotes),
        (Value::Number(crate::model::Number::Integer(number)), _) => number.to_string(),
        (Value::Number(crate::model::Number::Float(number)), _) => format!("{number:?}"),
        (Value::Bool(bool), _) => bool.to_string(),
        (Value::Date(date), _) => date.to_string(),
        (Value::List(items), _) => {
            let items = items.iter().map(|one| item(one, takes, quotes));
            format!("[{}]", items.collect::<Vec<_>>().join(", "))
        }
        (Value::Table(entries), Type::Rows(row)) => {
            let entries = complete(row, entries);
            inline(row.keys(), &entries, quotes)
        }
        (Value::Table(entries), _) => inline(&[], entries, quotes),
        // What no key takes never gets past the plan.
        (Value::Other(_), _) => String::new(),
    }
}

/// Writes one item of a list.
pub(super) fn item(one: &Value, takes: Type, quotes: Quotes) -> String {
    let quotes = Quotes {
        lines: false,
        ..quotes
    };
    value(one, takes, quotes)
}

/// Writes several keys and values as an inline table.
pub(super) fn inline(
    keys: &[crate::model::Key],
    entries: &[(String, Value)],
    quotes: Quotes,
) -> String {
    let quotes = Quotes {
        lines: false,
        ..quotes
    };
    let entries = entries.iter().map(|(name, given)| {
        let takes = keys.iter().find(|key| key.name == name);
        let takes = takes.map_or(Type::Text, |key| key.takes);
        format!("{} = {}", key(name), value(given, takes, quotes))
    });
    format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
}

/// Returns the entries of a row in the format's order, those included that have to be there and
/// say nothing.
pub(super) fn complete(row: TableName, entries: &[(String, Value)]) -> Vec<(String, Value)> {
    let keys = row.keys().iter();
    keys.filter_map(|key| {
        let given = entries.iter().find(|(name, _)| name == key.name);
        let value = given.map(|(_, value)| value.clone());
        let value = value.or_else(|| key.required.then(|| nothing(key.takes)).flatten())?;
        Some((key.name.to_owned(), value))
    })
    .collect()
}

/// Writes a key: bare where TOML allows it.
pub(super) fn key(name: &str) -> String {
    let bare = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if !name.is_empty() && name.bytes().all(bare) {
        return name.to_owned();
    }
    basic(name)
}

/// Writes a text.
pub(super) fn text(text: &str, quotes: Quotes) -> String {
    let fits_literal = |c: char| c != '\'' && (c == '\t' || !c.is_control());
    if quotes.literal && text.chars().all(fits_literal) {
        return format!("'{text}'");
    }
    if quotes.lines && text.contains('\n') {
        return over_lines(text);
    }
    basic(text)
}

fn basic(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 2);
    written.push('"');
    for character in text.chars() {
        match character {
            '"' => written.push_str("\\\""),
            '\n' => written.push_str("\\n"),
            other => plain(other, &mut written),
        }
    }
    written.push('"');
    written
}

fn over_lines(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 7);
    written.push_str("\"\"\"\n");
    let mut quotes = 0;
    for character in text.chars() {
        match character {
            // Two in a row may stand; a third would close the text.
            '"' => {
                quotes += 1;
                written.push_str(if quotes % 3 == 0 { "\\\"" } else { "\"" });
            }
            '\n' => written.push('\n'),
            other => plain(other, &mut written),
        }
        if character != '"' {
            quotes = 0;
        }
    }
    if quotes > 0 && written.ends_with('"') {
        written.pop();
        if !written.ends_with('\\') {
            written.push('\\');
        }
        written.push('"');
    }
    written.push_str("\"\"\"");
    written
}

fn plain(character: char, written: &mut String) {
    match character {
        '\\' => written.push_str("\\\\"),
        '\t' => written.push_str("\\t"),
        '\r' => written.push_str("\\r"),
        other if other.is_control() => {
            let _ = write!(written, "\\u{:04X}", other as u32);
        }
        other => written.push(other),
    }
}
