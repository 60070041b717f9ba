use std::collections::HashSet;

use crate::change::{Change, after_renames, diff};
use crate::cli::line::{Line, spoken};
use crate::model::{Address, Plan};
use crate::text::{count, join};

/// What an edit did to the plan.
pub(super) struct Said {
    /// Each change, for programs.
    pub lines: Vec<Line>,
    /// For people: each change, or where they are more than a few, how many of each kind.
    pub spoken: Vec<String>,
}

/// Says what makes one plan of another, after the lines of `at` were edited.
pub(super) fn said(at: &Address, before: &Plan, after: &Plan) -> Said {
    /// As many lines as a person still reads.
    const FEW: usize = 5;

    let changes = diff(before, after);
    // What is renamed comes first, and is at its new address for the rest.
    let is_rename = |change: &&Change| matches!(change, Change::Rename { .. });
    let (renamed, rest) = changes.split_at(changes.iter().take_while(is_rename).count());
    let plan = after_renames(before, renamed);
    let mut lines: Vec<_> = renamed
        .iter()
        .map(|change| Line::of(change, before))
        .collect();
    let renames = spoken(&lines);
    lines.extend(rest.iter().map(|change| Line::of(change, &plan)));
    let mut all = spoken(&lines);
    if all.len() > FEW {
        all = renames;
        let removes = |change: &&Change| matches!(change, Change::Remove { .. });
        let removed = rest.iter().filter(removes);
        let removed: Vec<_> = removed.map(|change| Line::of(change, &plan)).collect();
        all.extend(spoken(&removed));
        all.push(format!("edited {at}: {}", counted(rest)));
    }
    if all.is_empty() {
        all.push(format!("edited {at}: the plan says the same as before"));
    }
    Said { lines, spoken: all }
}

/// Counts changes by their kind: `3 keys changed, 1 milestone added and 2 notes removed`.
fn counted(changes: &[Change]) -> String {
    let mut keys = HashSet::new();
    let mut kinds: Vec<(&str, &str, usize)> = Vec::new();
    for change in changes {
        let (noun, what) = match change {
            Change::Set { at, key, .. }
            | Change::AddItem { at, key, .. }
            | Change::RemoveItem { at, key, .. } => {
                keys.insert((at, key));
                continue;
            }
            Change::Add { at, .. } => (at.table().noun(), "added"),
            Change::AddNote { .. } => ("note", "added"),
            Change::RemoveNote { .. } => ("note", "removed"),
            Change::Remove { at } => (at.table().noun(), "removed"),
            Change::Rename { from, .. } => (from.table().noun(), "renamed"),
        };
        match kinds
            .iter_mut()
            .find(|kind| (kind.0, kind.1) == (noun, what))
        {
            Some(kind) => kind.2 += 1,
            None => kinds.push((noun, what, 1)),
        }
    }
    let keys = (!keys.is_empty()).then(|| format!("{} changed", count(keys.len(), "key")));
    let kinds = kinds
        .iter()
        .map(|(noun, what, number)| format!("{} {what}", count(*number, noun)));
    join(keys.into_iter().chain(kinds))
}
