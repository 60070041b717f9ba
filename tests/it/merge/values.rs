//! What a text says, as flat values: each table's keys, its notes counted, its lists as sets, read with
//! the `toml` crate alone and told from one another by who they are rather than by their ids.

use std::collections::{BTreeMap, BTreeSet};

use loti::model::{Address, Id, TableName, Type};
use toml::{Table, Value};

/// Who a table is: the address that it has in the base, else the one it was added under and by whom.
pub(super) type Who = String;

/// What a text says, by who it says it of.
pub(super) type Values = BTreeMap<Who, Said>;

/// What is said of one table.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Said {
    /// By the key's path within the table.
    pub(super) keys: BTreeMap<String, Given>,
    /// How often each note is there.
    pub(super) notes: BTreeMap<String, usize>,
}

/// What is behind a key.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Given {
    One(String),
    Set(BTreeSet<String>),
}

/// The addresses of a text's tables, and who each of them is.
pub(super) type Names = BTreeMap<String, Who>;

/// Reads a text, or returns `None` where it is no TOML.
pub(super) fn parse(text: &str) -> Option<Table> {
    text.trim_start_matches('\u{feff}').parse().ok()
}

/// Returns the addresses of all tables that have one of their own, each with its name or title.
pub(super) fn addresses(root: &Table) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for table in TableName::ALL {
        let Some(name) = table.root() else { continue };
        let Some(Value::Table(below)) = root.get(name) else {
            continue;
        };
        if !table.has_ids() {
            found.insert(name.to_owned(), String::new());
            continue;
        }
        for (id, value) in below {
            let Value::Table(table) = value else { continue };
            let address = format!("{name}.{id}");
            found.insert(address.clone(), title(table));
            let Some(Value::Table(steps)) = table.get("milestone").filter(|_| name == "kr") else {
                continue;
            };
            for (id, step) in steps {
                if let Value::Table(step) = step {
                    found.insert(format!("{address}.milestone.{id}"), title(step));
                }
            }
        }
    }
    found
}

fn title(table: &Table) -> String {
    let title = table.get("title").or_else(|| table.get("name"));
    let title = title.and_then(Value::as_str);
    title.unwrap_or_default().to_owned()
}

/// Returns what a text says.
pub(super) fn values(root: &Table, names: &Names) -> Values {
    let mut values = Values::new();
    for (name, value) in root {
        let Some(table) = TableName::of_root(name) else {
            // What the format does not know at the top of the file.
            let mut said = Said::default();
            key(&mut said, &Reading { names, table: None }, name, value);
            values.insert(format!("?{name}"), said);
            continue;
        };
        let Value::Table(below) = value else { continue };
        if !table.has_ids() {
            values.insert(name.clone(), said(below, table, names));
            continue;
        }
        for (id, value) in below {
            let Value::Table(inner) = value else { continue };
            let address = format!("{name}.{id}");
            values.insert(who(names, &address), said(inner, table, names));
            let Some(Value::Table(steps)) = inner.get("milestone").filter(|_| name == "kr") else {
                continue;
            };
            for (id, step) in steps {
                if let Value::Table(step) = step {
                    let address = format!("{address}.milestone.{id}");
                    let said = said(step, TableName::Milestone, names);
                    values.insert(who(names, &address), said);
                }
            }
        }
    }
    values
}

fn who(names: &Names, address: &str) -> Who {
    let known = names.get(address).cloned();
    known.unwrap_or_else(|| format!("stranger {address}"))
}

struct Reading<'a> {
    names: &'a Names,
    table: Option<TableName>,
}

fn said(table: &Table, name: TableName, names: &Names) -> Said {
    let reading = Reading {
        names,
        table: Some(name),
    };
    let mut said = Said::default();
    for (path, value) in table {
        match value {
            Value::Array(rows) if path == "note" && name.find("note").is_some() => {
                for row in rows {
                    let row = reading.row(TableName::Note, row);
                    *said.notes.entry(row).or_default() += 1;
                }
            }
            Value::Table(_) if path == "milestone" && name == TableName::KeyResult => {}
            _ => key(&mut said, &reading, path, value),
        }
    }
    said
}

fn key(said: &mut Said, reading: &Reading, path: &str, value: &Value) {
    let known = reading.table.and_then(|table| {
        let number = table.find(path)?;
        table.keys().get(number)
    });
    let given = match (known.map(|key| key.takes), value) {
        // A table within a table is as many keys.
        (_, Value::Table(table)) => {
            for (name, value) in table {
                key(said, reading, &format!("{path}.{name}"), value);
            }
            return;
        }
        (Some(takes), Value::Array(items)) if takes.is_list() => {
            let items = items.iter().map(|item| match takes {
                Type::Rows(row) => reading.row(row, item),
                Type::Addresses => item.as_str().map_or_else(String::new, |text| {
                    let address = text.parse::<Address>().ok();
                    reading.reference(address.as_ref(), text)
                }),
                _ => written(item),
            });
            let items: BTreeSet<String> = items.collect();
            // An empty list says as much as none.
            if items.is_empty() {
                return;
            }
            Given::Set(items)
        }
        _ => match (known.and_then(|key| key.refers), value) {
            (Some(table), Value::String(id)) => {
                let address = Id::new(id).and_then(|id| Address::of(table, id));
                Given::One(reading.reference(address.as_ref(), id))
            }
            _ => Given::One(written(value)),
        },
    };
    said.keys.insert(path.to_owned(), given);
}

impl Reading<'_> {
    /// Returns a small table in one form: a text among links is its URL.
    fn row(&self, name: TableName, row: &Value) -> String {
        let mut entries: BTreeMap<String, String> = BTreeMap::new();
        match row {
            Value::Table(table) => {
                for (key, value) in table {
                    let refers = name.find(key).and_then(|number| name.keys()[number].refers);
                    let value = match (refers, value) {
                        (Some(table), Value::String(id)) => {
                            let address = Id::new(id).and_then(|id| Address::of(table, id));
                            self.reference(address.as_ref(), id)
                        }
                        _ => written(value),
                    };
                    entries.insert(key.clone(), value);
                }
            }
            other => _ = entries.insert("url".to_owned(), written(other)),
        }
        format!("{entries:?}")
    }

    /// Returns whom a text names, else the text.
    fn reference(&self, address: Option<&Address>, text: &str) -> String {
        let Some(address) = address.map(Address::to_string) else {
            return written(&Value::from(text));
        };
        match self.names.get(&address) {
            Some(who) => format!("@{who}"),
            None => written(&Value::from(text)),
        }
    }
}

/// Returns a value in one form, whatever its layout: 1 is 1.0.
fn written(value: &Value) -> String {
    match value {
        Value::Integer(number) => format!("{:?}", *number as f64),
        Value::Float(number) => format!("{number:?}"),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(written).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Table(table) => {
            let entries: Vec<String> = table
                .iter()
                .map(|(key, value)| format!("{key} = {}", written(value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        // Within a text that goes over several lines, line endings are the file's.
        Value::String(text) => format!("{:?}", text.replace("\r\n", "\n")),
        other => other.to_string(),
    }
}
