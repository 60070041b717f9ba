use std::collections::HashMap;

use crate::change::Change;
use crate::history::Difference;
use crate::model::{Address, Id, Plan};

/// The rows by the ids that they have in the version at hand: they are followed through renames.
#[derive(Debug)]
pub(super) struct Followed {
    /// The plan's own row.
    pub(super) plan: Option<usize>,
    pub(super) themes: HashMap<Id, usize>,
    pub(super) objectives: HashMap<Id, usize>,
    pub(super) key_results: HashMap<Id, usize>,
    /// The cycle.
    pub(super) cycle: Id,
}

impl Followed {
    /// Begins with the rows as they are called now.
    pub(super) fn new(rows: &[Address], cycle: Id) -> Self {
        let mut followed = Self {
            plan: None,
            themes: HashMap::new(),
            objectives: HashMap::new(),
            key_results: HashMap::new(),
            cycle,
        };
        for (row, address) in rows.iter().enumerate() {
            if let (Some(ids), Some(id)) = (followed.of(address), address.id()) {
                ids.insert(id.clone(), row);
            } else if *address == Address::Plan {
                followed.plan = Some(row);
            }
        }
        followed
    }

    /// Takes the names that an older version has, where what is between it and the newer one gave
    /// other names; `difference` leads from the newer to the older.
    pub(super) fn turn(&mut self, difference: &Difference) {
        if !self.misses_any(&difference.was, &difference.is) {
            return;
        }
        let older = &difference.is;
        for change in crate::change::diff(older, &difference.was) {
            let Change::Rename { from, to, .. } = change else {
                continue;
            };
            let Some(was) = from.id().cloned() else {
                continue;
            };
            if matches!(from, Address::Cycle(_)) && self.cycle == to {
                self.cycle = was;
            } else if let Some(ids) = self.of(&from)
                && let Some(row) = ids.remove(&to)
            {
                ids.insert(was, row);
            }
        }
    }

    /// Returns whether something that is followed is in the newer version alone: only then does it
    /// take a closer look.
    fn misses_any(&self, newer: &Plan, older: &Plan) -> bool {
        let is_gone =
            |id: &Id, there: bool, ids: &HashMap<Id, usize>| !there && ids.contains_key(id);
        let mut key_results = newer.key_results.keys();
        let mut objectives = newer.objectives.keys();
        let mut themes = newer.themes.keys();
        key_results.any(|id| is_gone(id, older.key_results.contains_key(id), &self.key_results))
            || objectives.any(|id| is_gone(id, older.objectives.contains_key(id), &self.objectives))
            || themes.any(|id| is_gone(id, older.themes.contains_key(id), &self.themes))
            || (newer.cycles.contains_key(&self.cycle) && !older.cycles.contains_key(&self.cycle))
    }

    /// Returns the rows of the kind of thing that is found at an address.
    fn of(&mut self, address: &Address) -> Option<&mut HashMap<Id, usize>> {
        match address {
            Address::Theme(_) => Some(&mut self.themes),
            Address::Objective(_) => Some(&mut self.objectives),
            Address::KeyResult(_) => Some(&mut self.key_results),
            _ => None,
        }
    }
}
