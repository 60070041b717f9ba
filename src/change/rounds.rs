//! Which of several changes have nothing to do with one another.

use std::collections::HashMap;

use super::Change;
use crate::document::{Document, Outline, path_of};
use crate::model::{Address, Id, Value};

/// Returns whether each thing stands below a header of its own, as a rule: where one is written as part
/// of another, what is done to the one is in the way of the other.
pub(super) fn has_headers(document: &Document) -> bool {
    let outline = Outline::new(document);
    let mut all = document.plan.addresses();
    all.all(|at| {
        let path = path_of(&at);
        matches!(at, Address::Milestone(..) | Address::Plan | Address::Check)
            || outline.has_section(&path, |header| header.path == path)
    })
}

/// Parts changes into rounds of one each.
pub(super) fn one_by_one(changes: &[Change]) -> Vec<Vec<&Change>> {
    changes.iter().map(|change| vec![change]).collect()
}

/// Parts changes into rounds: those of one round have nothing to do with one another, so that the text
/// is read once for all of them, and what is done to one thing keeps its order.
pub(super) fn rounds(changes: &[Change]) -> Vec<Vec<&Change>> {
    let mut rounds: Vec<Vec<&Change>> = Vec::new();
    let mut of: HashMap<Address, usize> = HashMap::new();
    for change in changes {
        // What goes, or goes by another id, may be in the way of anything.
        if matches!(
            change,
            Change::Remove { .. } | Change::Rename { .. } | Change::RemoveNote { .. }
        ) {
            return one_by_one(changes);
        }
        let home = home(change.address());
        let parent = match change {
            Change::Add { values, .. } => parents(values),
            _ => Vec::new(),
        };
        let before = parent.iter().chain([&home]);
        let before = before.filter_map(|at| of.get(at)).max();
        let round = before.map_or(0, |round| round + 1);
        if round == rounds.len() {
            rounds.push(Vec::new());
        }
        rounds[round].push(change);
        of.insert(home, round);
    }
    rounds
}

/// Returns what an address is part of.
pub(super) fn home(at: &Address) -> Address {
    match at {
        Address::Milestone(of, _) => Address::KeyResult(of.clone()),
        Address::Note(of, _) => home(of),
        other => other.clone(),
    }
}

/// Returns what a new table is put beside.
fn parents(values: &[(String, Value)]) -> Vec<Address> {
    let parents = values.iter().filter_map(|(key, value)| {
        let id = Id::new(&value.to_string())?;
        match key.as_str() {
            "objective" => Some(Address::Objective(id)),
            "theme" => Some(Address::Theme(id)),
            _ => None,
        }
    });
    parents.collect()
}
