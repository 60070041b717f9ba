//! What the format does not know, in two texts.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::Change;
use super::trees::{Window, equal, move_table, parse, prune};
use super::within::{Meaning, Within};
use crate::document::{Document, path_of};

/// Returns the paths of the keys that the format does not know and that say something else in the
/// sections that differ, beside what is added and removed as a whole.
pub(super) fn unknown(
    before: &Document,
    after: &Document,
    window: Window,
    changes: &[Change],
) -> Vec<String> {
    let whole = |document: &Document| (0, document.sections.len());
    let in_window = parse(before, window.before).zip(parse(after, window.after));
    // Sections may say the same table in turns, and then are read with all others.
    let trees = in_window.or_else(|| parse(before, whole(before)).zip(parse(after, whole(after))));
    let Some((mut old, mut new)) = trees else {
        return Vec::new();
    };
    for change in changes {
        match change {
            Change::Add { at, .. } => prune(&mut new, &path_of(at)),
            Change::Remove { at } => prune(&mut old, &path_of(at)),
            Change::Rename { from, to, .. } => {
                let to = path_of(&from.with_id(to.clone()));
                move_table(&mut old, &path_of(from), &to);
            }
            _ => {}
        }
    }
    let mut paths = [BTreeMap::new(), BTreeMap::new()];
    for (tree, paths) in [&old, &new].into_iter().zip(&mut paths) {
        leaves(tree, &mut Vec::new(), Some(Within::Root), paths);
    }
    let [old, new] = paths;
    let gone = old.iter().filter(|(path, value)| {
        let now = new.get(*path);
        !now.is_some_and(|now| same_all(value, now))
    });
    let come = new.keys().filter(|path| !old.contains_key(*path));
    let mut paths: Vec<String> = gone.map(|(path, _)| path).chain(come).cloned().collect();
    paths.sort();
    paths
}

/// Collects what the format does not know by its path; the rows of a list have one path.
fn leaves<'t>(
    table: &'t Table,
    path: &mut Vec<&'t str>,
    within: Option<Within>,
    found: &mut BTreeMap<String, Vec<&'t Value>>,
) {
    for (name, value) in table {
        let meaning = within.and_then(|within| within.meaning(name));
        path.push(name);
        match (meaning, value) {
            (Some(Meaning::Table(within)), Value::Table(table)) => {
                leaves(table, path, Some(within), found);
            }
            (Some(Meaning::Table(within)), Value::Array(rows)) => {
                for row in rows.iter().filter_map(Value::as_table) {
                    leaves(row, path, Some(within), found);
                }
            }
            (None, value) => found.entry(path.join(".")).or_default().push(value),
            (Some(_), _) => {}
        }
        path.pop();
    }
}

fn same_all(a: &[&Value], b: &[&Value]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
}
