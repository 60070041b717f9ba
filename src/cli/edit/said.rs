use std::collections::HashSet;

use crate::change::{Change, apply, diff};
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

    let (mut changes, mut lines) = (diff(before, after), Vec::new());
    let mut from = None;
    if let Some(rename) = renamed(&changes, [before, after]) {
        let mut plan = before.clone();
        if apply(&mut plan, &rename).is_ok() {
            lines.push(Line::of(&rename, before));
            changes = diff(&plan, after);
            from = Some(plan);
        }
    }
    let before = from.as_ref().unwrap_or(before);
    let renames = spoken(&lines);
    lines.extend(changes.iter().map(|change| Line::of(change, before)));
    let mut all = spoken(&lines);
    if all.len() > FEW {
        all = renames;
        let removes = |change: &&Change| matches!(change, Change::Remove { .. });
        let removed: Vec<_> = changes.iter().filter(removes).collect();
        let removed: Vec<_> = removed
            .iter()
            .map(|change| Line::of(change, before))
            .collect();
        all.extend(spoken(&removed));
        all.push(format!("edited {at}: {}", counted(&changes)));
    }
    if all.is_empty() {
        all.push(format!("edited {at}: the plan says the same as before"));
    }
    Said { lines, spoken: all }
}

/// Returns the new id that something was given, if one thing is gone and one of its kind and title
/// is new.
fn renamed(changes: &[Change], [before, after]: [&Plan; 2]) -> Option<Change> {
    let mut removed = changes.iter().filter_map(|change| match change {
        Change::Remove { at } => Some(at),
        _ => None,
    });
    let (Some(from), None) = (removed.next(), removed.next()) else {
        return None;
    };
    let mut added = changes.iter().filter_map(|change| match change {
        Change::Add { at, .. } if at.table() == from.table() => Some(at),
        _ => None,
    });
    let (Some(to), None) = (added.next(), added.next()) else {
        return None;
    };
    let is_same = before.title(from) == after.title(to);
    let to = to
        .id()
        .filter(|id| is_same && from.with_id((*id).clone()) == *to)?;
    Some(Change::Rename {
        from: from.clone(),
        to: to.clone(),
        line: None,
    })
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
