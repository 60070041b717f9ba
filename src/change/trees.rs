//! The values of two texts, unknown keys included, as a second reader of TOML sees them.

use toml::{Table, Value};

use super::Change;
use super::keys::below;
use super::rename::mends;
use crate::document::{Document, path_of};
use crate::model::{Address, Plan};
use crate::text::Span;

/// The sections that differ between two documents: all but those at the beginning and end whose
/// bytes are the same.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    before: (usize, usize),
    after: (usize, usize),
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
                // A section that no reader understands may be renamed: its header alone changes.
                (None, None) => changes.iter().all(mends),
                _ => false,
            }
    })
}

fn parse(document: &Document, (start, end): (usize, usize)) -> Option<Table> {
    let sections = document.sections.get(start..end)?;
    let (Some(first), Some(last)) = (sections.first(), sections.last()) else {
        return Some(Table::new());
    };
    let text = document.source.slice(first.span.join(last.span));
    text.trim_start_matches('\u{feff}').parse().ok()
}

fn same(mut old: Table, mut new: Table, changes: &[Change], plan: &Plan) -> bool {
    let mut pruned: Vec<Vec<String>> = Vec::new();
    for change in changes {
        match change {
            Change::Set { at, key, .. }
            | Change::AddItem { at, key, .. }
            | Change::RemoveItem { at, key, .. } => pruned.push(below(&of(at), key)),
            Change::AddNote { to: at, .. } | Change::RemoveNote { of: at, .. } => {
                pruned.push(below(&of(at), "note"));
            }
            Change::Add { at, .. } | Change::Remove { at } => pruned.push(of(at)),
            Change::Rename { from, to, line } => {
                let (was, is) = (of(from), of(&from.with_id(to.clone())));
                for path in &pruned {
                    prune(&mut old, path);
                }
                if line.is_none() {
                    references(plan, from, changes, &mut pruned);
                }
                for path in &mut pruned {
                    if path.starts_with(&was) {
                        path[..is.len()].clone_from_slice(&is);
                    }
                }
                move_table(&mut old, &was, &is);
            }
        }
    }
    for path in &pruned {
        prune(&mut old, path);
        prune(&mut new, path);
    }
    drop_empty(&mut old);
    drop_empty(&mut new);
    equal(&Value::Table(old), &Value::Table(new))
}

/// Adds the keys that follow a rename, under the names they have before and after every rename.
fn references(plan: &Plan, _from: &Address, changes: &[Change], pruned: &mut Vec<Vec<String>>) {
    for reference in plan.references() {
        let mut at = reference.at.clone();
        pruned.push(below(&of(&at), reference.key));
        for change in changes {
            if let Change::Rename {
                from,
                to,
                line: None,
            } = change
                && let Some(new) = super::apply::follow(&at, from, &from.with_id(to.clone()))
            {
                at = new;
                pruned.push(below(&of(&at), reference.key));
            }
        }
    }
}

/// Returns the path of an address among values; that of a note is its owner's list of notes, since
/// a piece of a file holds some of them only.
fn of(at: &Address) -> Vec<String> {
    let mut path = path_of(at);
    if let Some(row) = path.iter().position(|segment| segment.starts_with('#')) {
        path.truncate(row);
    }
    path
}

fn prune(table: &mut Table, path: &[String]) {
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

fn move_table(table: &mut Table, from: &[String], to: &[String]) {
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
fn drop_empty(table: &mut Table) {
    table.retain(|_, value| {
        if let Value::Table(table) = value {
            drop_empty(table);
            return !table.is_empty();
        }
        true
    });
}

fn equal(a: &Value, b: &Value) -> bool {
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
