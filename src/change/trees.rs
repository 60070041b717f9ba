//! The values of two texts, unknown keys included, as a second reader of TOML sees them.

use toml::{Table, Value};

use super::Change;
use super::keys::below;
use super::rename::mends;
use crate::document::{Document, path_of};
use crate::model::{Address, Key, Plan, Type};
use crate::text::Span;

/// The sections that differ between two documents: all but those at the beginning and end whose
/// bytes are the same.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    pub(super) before: (usize, usize),
    pub(super) after: (usize, usize),
}

impl Window {
    pub(super) fn of(before: &Document, after: &Document) -> Self {
        let (old, new) = (before.sections.len(), after.sections.len());
        let same = |a: usize, b: usize| {
            before.source.slice(before.sections[a].span)
                == after.source.slice(after.sections[b].span)
        };
        let shorter = old.min(new);
        let start = (0..shorter).take_while(|at| same(*at, *at)).count();
        let tail = (1..=shorter - start)
            .take_while(|at| same(old - at, new - at))
            .count();
        Self {
            before: (start, old - tail),
            after: (start, new - tail),
        }
    }

    /// Returns the texts of the sections that differ, before and after.
    pub(super) fn texts<'a>(
        self,
        before: &'a Document,
        after: &'a Document,
    ) -> [impl Iterator<Item = &'a str>; 2] {
        [(before, self.before), (after, self.after)].map(|(document, (start, end))| {
            let sections = document.sections.get(start..end).unwrap_or_default();
            let texts = sections.iter();
            texts.map(|section| document.source.slice(section.span))
        })
    }
}

/// Returns whether the sections that differ hold the same values outside what the changes address.
pub(super) fn same_elsewhere(
    before: &Document,
    after: &Document,
    window: Window,
    changes: &[Change],
) -> bool {
    let plan = &before.plan;
    if !changes.iter().any(mends)
        && let Some(old) = parse(before, window.before)
    {
        let new = parse(after, window.after);
        return new.is_some_and(|new| same(old, new, changes, plan));
    }
    // Where the sections cannot be read together, each is held against itself.
    let (old, new) = (window.before, window.after);
    if old.1 - old.0 != new.1 - new.0 {
        return false;
    }
    (old.0..old.1).zip(new.0..new.1).all(|(old, new)| {
        let bytes = |document: &Document, at: usize| {
            let span: Span = document.sections[at].span;
            document.source.slice(span).to_owned()
        };
        bytes(before, old) == bytes(after, new)
            || match (parse(before, (old, old + 1)), parse(after, (new, new + 1))) {
                (Some(old), Some(new)) => same(old, new, changes, plan),
                // A section that no reader understands may be renamed: its ids alone change. It may
                // be sound then, where the clash was within it.
                (None, _) => changes.iter().all(mends),
                _ => false,
            }
    })
}

/// Reads some of a document's sections, if they can be read by themselves.
pub(super) fn parse(document: &Document, (start, end): (usize, usize)) -> Option<Table> {
    let sections = document.sections.get(start..end)?;
    let (Some(first), Some(last)) = (sections.first(), sections.last()) else {
        return Some(Table::new());
    };
    let text = document.source.slice(first.span.join(last.span));
    text.trim_start_matches('\u{feff}').parse().ok()
}

fn same(mut old: Table, mut new: Table, changes: &[Change], plan: &Plan) -> bool {
    let mut pruned: Vec<Pruned> = Vec::new();
    for change in changes {
        match change {
            Change::Set { at, key, .. } => pruned.push(Pruned::of(at, key, usize::MAX)),
            Change::RemoveItem { at, key, .. } => pruned.push(Pruned::of(at, key, 1)),
            Change::AddItem { at, key, .. } => pruned.push(Pruned::of(at, key, 0)),
            Change::RemoveNote { of, .. } => pruned.push(Pruned::of(of, "note", 1)),
            Change::AddNote { to, .. } => pruned.push(Pruned::of(to, "note", 0)),
            Change::Add { at, .. } | Change::Remove { at } => {
                pruned.push(Pruned::whole(path_of(at)));
            }
            Change::Rename { from, to, line } => {
                let (was, is) = (path_of(from), path_of(&from.with_id(to.clone())));
                if line.is_none() {
                    references(plan, changes, &mut pruned);
                }
                for Pruned { path, .. } in &mut pruned {
                    if path.starts_with(&was) {
                        path[..is.len()].clone_from_slice(&is);
                    }
                }
                move_table(&mut old, &was, &is);
            }
        }
    }
    if !rows_kept(&old, &new, &pruned) {
        return false;
    }
    for pruned in &pruned {
        prune(&mut old, &pruned.path);
        prune(&mut new, &pruned.path);
    }
    drop_empty(&mut old);
    drop_empty(&mut new);
    equal(&Value::Table(old), &Value::Table(new))
}

/// What a change addresses: its values are held against the plan, and left out here.
#[derive(Debug)]
struct Pruned {
    path: Vec<String>,
    /// Where it is a list of small tables, the keys that the format knows in them.
    row: Option<&'static [Key]>,
    /// How many of the list's tables may go.
    may_go: usize,
}

impl Pruned {
    fn whole(path: Vec<String>) -> Self {
        Self {
            path,
            row: None,
            may_go: 0,
        }
    }

    /// Takes a key; that of a note is its owner's list of notes, since a piece of a file holds some
    /// of them only.
    fn of(at: &Address, key: &str, may_go: usize) -> Self {
        let table = at.table();
        if let Address::Note(owner, _) = at {
            return Self {
                path: below(&path_of(owner), "note"),
                row: Some(table.keys()),
                may_go: 0,
            };
        }
        let takes = table.find(key).map(|number| table.keys()[number].takes);
        let row = match takes {
            Some(Type::Rows(row)) => Some(row.keys()),
            _ => None,
        };
        Self {
            path: below(&path_of(at), key),
            row,
            may_go,
        }
    }
}

/// Returns whether what the format does not know in the small tables of a list is as it was: nothing
/// comes, and it goes only with a table that goes.
fn rows_kept(old: &Table, new: &Table, pruned: &[Pruned]) -> bool {
    pruned.iter().all(|list| {
        let Some(keys) = list.row else {
            return true;
        };
        let goes = |other: &Pruned| other.row.is_none() && list.path.starts_with(&other.path);
        if pruned.iter().any(goes) {
            return true;
        }
        let same = pruned.iter().filter(|other| other.path == list.path);
        let may_go = same.fold(0_usize, |sum, other| sum.saturating_add(other.may_go));
        let (old, new) = (
            unknown(old, &list.path, keys),
            unknown(new, &list.path, keys),
        );
        let mut left = old.iter();
        // In the old order, with gaps where a table went.
        let are_old = new.iter().all(|new| {
            left.any(|old| equal(&Value::Table(old.clone()), &Value::Table(new.clone())))
        });
        are_old && old.len() - new.len() <= may_go
    })
}

/// Returns what the format does not know in each small table of a list that holds such things.
fn unknown(table: &Table, path: &[String], keys: &[Key]) -> Vec<Table> {
    let mut at = table;
    let Some((last, above)) = path.split_last() else {
        return Vec::new();
    };
    for name in above {
        match at.get(name) {
            Some(Value::Table(below)) => at = below,
            _ => return Vec::new(),
        }
    }
    let Some(Value::Array(rows)) = at.get(last) else {
        return Vec::new();
    };
    let rows = rows.iter().filter_map(Value::as_table).cloned();
    let unknown = rows.map(|mut row| {
        row.retain(|name, _| !keys.iter().any(|key| key.name == name));
        row
    });
    unknown.filter(|row| !row.is_empty()).collect()
}

/// Adds the keys that follow a rename, under the names they have before and after every rename.
fn references(plan: &Plan, changes: &[Change], pruned: &mut Vec<Pruned>) {
    for reference in plan.references() {
        let mut at = reference.at.clone();
        pruned.push(Pruned::of(&at, reference.key, 0));
        for change in changes {
            if let Change::Rename {
                from,
                to,
                line: None,
            } = change
                && let Some(new) = super::apply::follow(&at, from, &from.with_id(to.clone()))
            {
                at = new;
                pruned.push(Pruned::of(&at, reference.key, 0));
            }
        }
    }
}

/// Takes away what stands at a path.
pub(super) fn prune(table: &mut Table, path: &[String]) {
    match path {
        [] => {}
        [last] => drop(table.remove(last)),
        [first, rest @ ..] => match table.get_mut(first) {
            Some(Value::Table(table)) => prune(table, rest),
            // Below rows, the list as a whole.
            Some(Value::Array(_)) => drop(table.remove(first)),
            _ => {}
        },
    }
}

/// Puts a table under another name beside those it stands with.
pub(super) fn move_table(table: &mut Table, from: &[String], to: &[String]) {
    if let (Some((last, above)), Some((new, _))) = (from.split_last(), to.split_last()) {
        let mut table = table;
        for name in above {
            match table.get_mut(name) {
                Some(Value::Table(below)) => table = below,
                _ => return,
            }
        }
        if let Some(value) = table.remove(last) {
            table.insert(new.clone(), value);
        }
    }
}

/// Drops empty tables: one may vanish with its last key.
pub(super) fn drop_empty(table: &mut Table) {
    table.retain(|_, value| {
        if let Value::Table(table) = value {
            drop_empty(table);
            return !table.is_empty();
        }
        true
    });
}

/// Returns whether two values are the same.
pub(super) fn equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Table(a), Value::Table(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(key, a)| b.get(key).is_some_and(|b| equal(a, b)))
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
        }
        // Bit by bit, so that `nan` is itself.
        (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
        (a, b) => a == b,
    }
}
