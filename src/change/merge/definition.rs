//! What a merge has to say, by definition: the values of three texts brought together key by key, as
//! a second reader of TOML sees them, whatever the layout. The text of a merge is held against it.

use std::collections::{HashMap, HashSet};

use toml::{Table, Value};

use super::super::trees::{drop_empty, equal};
use super::super::within::Within;
use super::Why;
use super::kind::{Kind, plain_table, step};

/// A place in a file, name by name.
pub(super) type Path = Vec<String>;

/// What is to be marked although the values alone would not ask for it, and why.
pub(super) type Forced = HashMap<Path, Why>;

/// What a merge has to say with all conflicts decided for one side, and where they are.
#[derive(Debug, Default)]
pub(super) struct Definition {
    pub(super) ours: Table,
    pub(super) theirs: Table,
    pub(super) clashes: Vec<Path>,
}

/// Merges what three texts say.
pub(super) fn define([base, ours, theirs]: [&Table; 3], forced: &Forced) -> Definition {
    let mut merge = Merge {
        forced,
        leads_to_forced: forced
            .keys()
            .flat_map(|path| (0..path.len()).map(|to| &path[..to]))
            .collect(),
        clashes: Vec::new(),
    };
    let tables = [Some(base), Some(ours), Some(theirs)];
    let [ours, theirs] = merge.tables(&mut Vec::new(), Some(Within::Root), tables);
    Definition {
        ours,
        theirs,
        clashes: merge.clashes,
    }
}

/// Reads a text in the one spelling of each meaning.
pub(super) fn read(text: &str) -> Option<Table> {
    let table: Table = text.parse().ok()?;
    Some(plain_table(table, Some(Within::Root)))
}

/// Returns whether two tables say the same, in whatever order their lists are.
pub(super) fn says_same(a: &Table, b: &Table) -> bool {
    let settled = |table: &Table| {
        let mut table = table.clone();
        settle(&mut table, Some(Within::Root));
        drop_empty(&mut table);
        Value::Table(table)
    };
    equal(&settled(a), &settled(b))
}

/// Puts the lists of the format into one order.
fn settle(table: &mut Table, within: Option<Within>) {
    for (name, value) in table.iter_mut() {
        let (kind, below) = step(within, name);
        match (value, kind) {
            (Value::Array(items), Kind::Items(_)) => items.sort_by_key(ToString::to_string),
            (Value::Table(table), _) => settle(table, below),
            _ => {}
        }
    }
}

struct Merge<'f> {
    forced: &'f Forced,
    leads_to_forced: HashSet<&'f [String]>,
    clashes: Vec<Path>,
}

impl Merge<'_> {
    /// Merges tables, an absent one being empty.
    fn tables(
        &mut self,
        path: &mut Path,
        within: Option<Within>,
        tables: [Option<&Table>; 3],
    ) -> [Table; 2] {
        let mut merged = [Table::new(), Table::new()];
        let mut names: Vec<&String> = Vec::new();
        for table in tables.into_iter().flatten() {
            names.extend(table.keys());
        }
        names.sort();
        names.dedup();
        for name in names {
            let values = tables.map(|table| table?.get(name));
            let (kind, below) = step(within, name);
            path.push(name.clone());
            let values = self.values(path, kind, below, values);
            path.pop();
            for (side, value) in merged.iter_mut().zip(values) {
                if let Some(value) = value {
                    side.insert(name.clone(), value);
                }
            }
        }
        merged
    }

    fn values(
        &mut self,
        path: &mut Path,
        kind: Kind,
        below: Option<Within>,
        values: [Option<&Value>; 3],
    ) -> [Option<Value>; 2] {
        let [base, ours, theirs] = values;
        let both = |value: Option<&Value>| [value.cloned(), value.cloned()];
        if self.forced.contains_key(path) {
            return self.clash(path, values);
        }
        let is_table = |value: Option<&Value>| value.is_none_or(Value::is_table);
        let are_tables = [ours, theirs].into_iter().all(is_table);
        let is_gone = base.is_some() && (ours.is_none() || theirs.is_none());
        let tables = values.map(|value| value?.as_table());
        let some_table = |table: Table| (!table.is_empty()).then_some(Value::Table(table));
        if self.leads_to_forced.contains(path.as_slice()) && are_tables && !is_gone {
            return self.tables(path, below, tables).map(some_table);
        }
        let are_lists = values.iter().flatten().all(|value| value.is_array());
        if self.leads_to_forced.contains(path.as_slice()) && are_lists {
            return self.rows(path, values);
        }
        if same(ours, theirs) || same(base, theirs) {
            return both(ours);
        }
        if same(base, ours) {
            return both(theirs);
        }
        match (kind, ours, theirs) {
            (_, Some(Value::Table(_)), Some(Value::Table(_))) => {
                self.tables(path, below, tables).map(Value::Table).map(Some)
            }
            (Kind::Holder, ..) if are_tables => self.tables(path, below, tables).map(some_table),
            (Kind::Items(_), ..) if are_lists => {
                let list = list(items(values.map(rows_of)));
                [list.clone(), list]
            }
            (Kind::Later, Some(Value::Datetime(our)), Some(Value::Datetime(their))) => {
                both(if our < their { theirs } else { ours })
            }
            _ => self.clash(path, values),
        }
    }

    /// Merges rows of which some name what the other side removed: those stand on their own side.
    fn rows(&mut self, path: &mut Path, values: [Option<&Value>; 3]) -> [Option<Value>; 2] {
        let [_, ours, theirs] = values.map(rows_of);
        let all = items(values.map(rows_of));
        let names_removed = |row: &Value| {
            let mut path = path.clone();
            path.push(row.to_string());
            self.forced.contains_key(&path)
        };
        let sides = [ours, theirs].map(|own| {
            let rows = all.iter();
            let rows = rows.filter(|row| own.contains(row) || !names_removed(row));
            list(rows.cloned().collect())
        });
        self.clashes.push(path.clone());
        sides
    }

    fn clash(&mut self, path: &Path, [_, ours, theirs]: [Option<&Value>; 3]) -> [Option<Value>; 2] {
        self.clashes.push(path.clone());
        [ours.cloned(), theirs.cloned()]
    }
}

/// Returns whether two values are the same, or both absent.
pub(super) fn same(a: Option<&Value>, b: Option<&Value>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => equal(a, b),
        (None, None) => true,
        _ => false,
    }
}

fn rows_of(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn list(items: Vec<Value>) -> Option<Value> {
    (!items.is_empty()).then_some(Value::Array(items))
}

/// Merges lists item by item, equal ones counted: what either removed goes, what either added comes.
fn items(lists: [&[Value]; 3]) -> Vec<Value> {
    let keep = kept(lists.map(counted));
    let [_, ours, theirs] = lists;
    let ours = ours.iter().zip(&keep.ours);
    let theirs = theirs.iter().zip(&keep.theirs);
    let items = ours.chain(theirs).filter(|(_, keep)| **keep);
    items.map(|(item, _)| item.clone()).collect()
}

/// An item of a list, and how many equal ones come before it.
pub(super) type Counted = (String, usize);

/// Which items of two lists make the merged one: ours, then those of theirs.
pub(super) struct Kept {
    pub(super) ours: Vec<bool>,
    pub(super) theirs: Vec<bool>,
}

/// Finds out which items stay.
pub(super) fn kept([base, ours, theirs]: [Vec<Counted>; 3]) -> Kept {
    let [was, is_ours, is_theirs] =
        [&base, &ours, &theirs].map(|items| items.iter().collect::<HashSet<_>>());
    Kept {
        ours: ours
            .iter()
            .map(|item| !was.contains(item) || is_theirs.contains(item))
            .collect(),
        theirs: theirs
            .iter()
            .map(|item| !was.contains(item) && !is_ours.contains(item))
            .collect(),
    }
}

/// Counts the items of a list.
pub(super) fn counted(items: &[Value]) -> Vec<Counted> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let items = items.iter().map(|item| {
        let item = item.to_string();
        let count = counts.entry(item.clone()).or_default();
        *count += 1;
        (item, *count)
    });
    items.collect()
}
