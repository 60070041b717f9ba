//! How what stands behind a name is merged, and what of it is only spelling.

use toml::{Table, Value};

use super::super::within::{Meaning, Within};
use crate::model::{TableName, Type};

/// How the values of a name are merged where both sides changed them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A table that says nothing by being there: absent, it is empty.
    Holder,
    /// A list of which each item counts for itself, by its value.
    Items(Item),
    /// A day of which the later one counts.
    Later,
    /// One value, or a table of such.
    Plain,
}

/// What the items of a list are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    Text,
    /// Addresses, of which a bare id is a key result.
    Address,
    /// Small tables.
    Row(TableName),
}

/// Returns how a name within a table is merged, and where in the format it leads.
pub(super) fn step(within: Option<Within>, name: &str) -> (Kind, Option<Within>) {
    let Some(meaning) = within.and_then(|within| within.meaning(name)) else {
        return (Kind::Plain, None);
    };
    match meaning {
        Meaning::Table(below @ Within::Ids(_)) => (Kind::Holder, Some(below)),
        Meaning::Table(below @ Within::Table(table)) if is_row(table) => {
            (Kind::Items(Item::Row(table)), Some(below))
        }
        Meaning::Table(below) => (Kind::Plain, Some(below)),
        Meaning::Value(key) => match key.takes {
            Type::Levels => (Kind::Holder, None),
            Type::Addresses => (Kind::Items(Item::Address), None),
            takes if takes.is_list() => (Kind::Items(Item::Text), None),
            _ if key.name == "checked" => (Kind::Later, None),
            _ => (Kind::Plain, None),
        },
    }
}

/// Returns how what stands at a path is merged, and where in the format it is.
pub(super) fn at_path(path: &[String]) -> (Kind, Option<Within>) {
    let mut at = (Kind::Plain, Some(Within::Root));
    for name in path {
        at = step(at.1, name);
    }
    at
}

fn is_row(table: TableName) -> bool {
    matches!(
        table,
        TableName::Note | TableName::Link | TableName::Allowance
    )
}

/// Returns a table with one spelling for each meaning: whole numbers without a point, key results
/// with their `kr.`, a link that has nothing but its address as that, no empty lists.
pub(super) fn plain_table(table: Table, within: Option<Within>) -> Table {
    let mut plain = Table::new();
    for (name, value) in table {
        let (kind, below) = step(within, &name);
        let value = plain_value(value, kind, below);
        let is_nothing = match (kind, &value) {
            (Kind::Items(_), Value::Array(items)) => items.is_empty(),
            (Kind::Holder, Value::Table(table)) => table.is_empty(),
            _ => false,
        };
        if !is_nothing {
            plain.insert(name, value);
        }
    }
    plain
}

/// Returns a value in its one spelling.
pub(super) fn plain_value(value: Value, kind: Kind, below: Option<Within>) -> Value {
    /// Up to here, every whole number is a float of its own.
    const EXACT: f64 = 9_007_199_254_740_992.0;

    match (value, kind) {
        (Value::Float(number), _) if number.fract() == 0.0 && number.abs() < EXACT => {
            Value::Integer(number as i64)
        }
        (Value::Table(table), _) => Value::Table(plain_table(table, below)),
        (Value::Array(items), Kind::Items(item)) => {
            let items = items.into_iter();
            Value::Array(items.map(|value| plain_item(value, item, below)).collect())
        }
        (Value::Array(items), _) => {
            let items = items.into_iter();
            let items = items.map(|value| plain_value(value, Kind::Plain, None));
            Value::Array(items.collect())
        }
        (value, _) => value,
    }
}

fn plain_item(value: Value, item: Item, below: Option<Within>) -> Value {
    match (value, item) {
        (Value::String(id), Item::Address) if !id.contains('.') && id != "plan" => {
            Value::String(format!("kr.{id}"))
        }
        (Value::Table(mut row), Item::Row(TableName::Link))
            if row.len() == 1 && row.get("url").is_some_and(Value::is_str) =>
        {
            row.remove("url").unwrap_or(Value::Table(row))
        }
        (value, _) => plain_value(value, Kind::Plain, below),
    }
}
