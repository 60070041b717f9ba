use std::collections::{BTreeMap, HashSet};

use super::comparison::Comparison;
use crate::model::{Address, Id, Note, Plan, TableName};

/// What became of the notes of something.
pub(super) struct Changed<'a> {
    /// What they are about.
    pub(super) at: Address,
    /// The notes that are there now.
    pub(super) notes: &'a [Note],
    /// Those that are not there any more.
    pub(super) lost: Vec<Lost<'a>>,
    /// Whether one was added.
    pub(super) has_new: bool,
}

/// A note that is not there any more.
pub(super) struct Lost<'a> {
    /// What it said.
    pub(super) note: &'a Note,
    /// The number, from 0, of the one that stands in its place.
    pub(super) rewritten: Option<usize>,
}

/// Returns what became of all notes.
///
/// One that is found word for word elsewhere has moved. One that shares its words, or its day and its
/// author, with a new one of the same table was rewritten.
pub(super) fn note_changes<'a>(comparison: &Comparison<'a>) -> Vec<Changed<'a>> {
    let (old, new) = (comparison.old, comparison.new);
    let added = with_notes(new).filter(|at| old.table(at).is_none());
    let all = with_notes(old).chain(added);
    let mut all: Vec<Open<'_>> = all.map(|at| Open::new(comparison, at)).collect();
    leave_out_moved(&mut all);
    all.into_iter().map(Open::close).collect()
}

/// Returns everything that can have notes.
fn with_notes(plan: &Plan) -> impl Iterator<Item = Address> + '_ {
    let tables = [
        TableName::Cycle,
        TableName::Theme,
        TableName::Objective,
        TableName::KeyResult,
    ];
    let with_ids = tables.into_iter().flat_map(|table| {
        let ids = plan.ids(table).cloned();
        ids.filter_map(move |id: Id| Address::of(table, id))
    });
    [Address::Plan].into_iter().chain(with_ids)
}

/// The notes of something that are not on both sides.
struct Open<'a> {
    at: Address,
    notes: &'a [Note],
    gone: Vec<&'a Note>,
    /// Their numbers.
    came: Vec<usize>,
}

impl<'a> Open<'a> {
    fn new(comparison: &Comparison<'a>, at: Address) -> Self {
        let before = comparison.old.notes(&at).unwrap_or_default();
        let notes = comparison.new.notes(&at).unwrap_or_default();
        let mut left: BTreeMap<&Note, Vec<usize>> = BTreeMap::new();
        for (number, note) in notes.iter().enumerate().rev() {
            left.entry(note).or_default().push(number);
        }
        let mut gone = Vec::new();
        for note in before {
            if left.get_mut(note).and_then(Vec::pop).is_none() {
                gone.push(note);
            }
        }
        let mut came: Vec<usize> = left.into_values().flatten().collect();
        came.sort_unstable();
        Self {
            at,
            notes,
            gone,
            came,
        }
    }

    /// Finds out which of those that came stand in the place of those that are gone.
    fn close(mut self) -> Changed<'a> {
        let mut lost = Vec::new();
        for note in self.gone {
            let notes = self.notes;
            let same_words = |number: &usize| notes[*number].text == note.text;
            let same_hand =
                |number: &usize| notes[*number].on == note.on && notes[*number].by == note.by;
            let at = self.came.iter().position(same_words);
            let at = at.or_else(|| self.came.iter().position(same_hand));
            let rewritten = at.map(|at| self.came.remove(at));
            lost.push(Lost { note, rewritten });
        }
        Changed {
            at: self.at,
            notes: self.notes,
            lost,
            has_new: !self.came.is_empty(),
        }
    }
}

/// Takes out what is gone from one place and came to another.
fn leave_out_moved(all: &mut [Open<'_>]) {
    if all.iter().all(|open| open.gone.is_empty()) {
        return;
    }
    let mut came: BTreeMap<&Note, Vec<(usize, usize)>> = BTreeMap::new();
    for (owner, open) in all.iter().enumerate().rev() {
        for number in open.came.iter().rev() {
            let places = came.entry(&open.notes[*number]).or_default();
            places.push((owner, *number));
        }
    }
    let mut moved = HashSet::new();
    for open in all.iter_mut() {
        open.gone.retain(|note| {
            let place = came.get_mut(note).and_then(Vec::pop);
            place.is_none_or(|place| {
                moved.insert(place);
                false
            })
        });
    }
    for (owner, open) in all.iter_mut().enumerate() {
        open.came
            .retain(|number| !moved.contains(&(owner, *number)));
    }
}
