use std::mem;

use crate::change::{Change, diff};
use crate::model::{Address, Plan, Settings, Table as _};

/// The tables of two versions that may differ, as plans of these alone.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Difference {
    /// The tables as they were.
    pub was: Plan,
    /// The tables as they are.
    pub is: Plan,
}

impl Difference {
    /// Returns what makes the one of the other.
    pub fn changes(&self) -> Vec<Change> {
        diff(&self.was, &self.is)
    }

    /// Returns the difference in the other direction.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self {
            was: self.is,
            is: self.was,
        }
    }
}

/// Moves a table, with all that stands below it, from one plan to another.
pub(super) fn take(from: &mut Plan, at: &Address, to: &mut Plan) {
    macro_rules! take {
        ($tables:ident, $id:ident) => {
            if let Some((id, table)) = from.$tables.swap_remove_entry($id) {
                to.$tables.insert(id, table);
            }
        };
    }
    match at {
        Address::Plan => {
            mem::swap(from, to);
            swap_tables(from, to);
        }
        Address::Check => mem::swap(&mut from.check, &mut to.check),
        Address::Cycle(id) => take!(cycles, id),
        Address::Theme(id) => take!(themes, id),
        Address::Objective(id) => take!(objectives, id),
        Address::KeyResult(id) => take!(key_results, id),
        Address::Person(id) => take!(persons, id),
        Address::Milestone(..) | Address::Note(..) => {}
    }
}

/// Adds the tables of a plan to another, which has none of them.
pub(super) fn put(to: &mut Plan, mut tables: Plan) {
    to.cycles.append(&mut tables.cycles);
    to.themes.append(&mut tables.themes);
    to.objectives.append(&mut tables.objectives);
    to.key_results.append(&mut tables.key_results);
    to.persons.append(&mut tables.persons);
    if tables.check != Settings::default() {
        to.check = mem::take(&mut tables.check);
    }
    if is_said(&tables) {
        mem::swap(to, &mut tables);
        swap_tables(to, &mut tables);
    }
}

/// Returns whether the plan's own table says anything.
fn is_said(plan: &Plan) -> bool {
    (0..Plan::KEYS.len()).any(|key| plan.field(key).get().is_some())
}

/// Swaps everything but the plan's own table.
fn swap_tables(a: &mut Plan, b: &mut Plan) {
    mem::swap(&mut a.cycles, &mut b.cycles);
    mem::swap(&mut a.themes, &mut b.themes);
    mem::swap(&mut a.objectives, &mut b.objectives);
    mem::swap(&mut a.key_results, &mut b.key_results);
    mem::swap(&mut a.persons, &mut b.persons);
    mem::swap(&mut a.check, &mut b.check);
}
