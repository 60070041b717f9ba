//! What a merge is worth: whether it asks a person, and what is left of what both sides did.

use loti::change::Change;
use loti::model::{Address, Plan};

use crate::mergers::Merged;
use crate::week::{Merge, read};

/// What was counted over many merges.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    /// Merges that were left to a person.
    conflicts: usize,
    /// Merges said to be done, after which the file cannot be read.
    unreadable: usize,
    /// Changes that are not there after a merge that was said to be done.
    lost: usize,
    /// How many changes there were in those.
    changes: usize,
}

impl Tally {
    pub(crate) fn add(&mut self, of: &Merge, merged: &Merged) {
        if !merged.is_clean {
            self.conflicts += 1;
            return;
        }
        let document = read(&merged.text);
        if document.is_refused() {
            self.unreadable += 1;
        }
        let lost = of
            .changes
            .iter()
            .filter(|change| !is_there(&document.plan, change));
        self.lost += lost.count();
        self.changes += of.changes.len();
    }

    pub(crate) fn words(&self, merges: usize) -> String {
        format!(
            "{:>5.1} % conflict, {:>5} files unreadable, {:>5} of {} changes lost",
            100.0 * self.conflicts as f64 / merges.max(1) as f64,
            self.unreadable,
            self.lost,
            self.changes,
        )
    }
}

/// Returns whether a plan says what a change was to make it say.
fn is_there(plan: &Plan, change: &Change) -> bool {
    match change {
        Change::Set { at, key, value } => {
            let is = plan.table(at).and_then(|table| table.get(key));
            // Of two days of a check-in the later one is meant.
            match key.as_str() {
                "checked" => is.map(|is| is.to_string()) >= value.as_ref().map(ToString::to_string),
                _ => is == *value,
            }
        }
        Change::AddNote { to, note } => plan.notes(to).is_some_and(|notes| notes.contains(note)),
        // Under whatever id.
        Change::Add { values, .. } => {
            let title = values.iter().find(|(key, _)| key == "title");
            let title = title.map(|(_, title)| title.to_string());
            let all = plan.key_results.keys().cloned().map(Address::KeyResult);
            all.into_iter()
                .any(|at| plan.title(&at) == title.as_deref())
        }
        _ => true,
    }
}
