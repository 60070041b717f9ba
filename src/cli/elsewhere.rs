//! Ids that are taken where the plan file does not say so: on other branches, and by key results that
//! were taken out or renamed.
//!
//! Two clones that each take the next free number are the classic fault of plans in text files.

use std::collections::{BTreeMap, HashSet};

use super::World;
use super::past::Past;
use crate::change::Change;
use crate::document::read_plan;
use crate::git::{Tip, WalkOptions};
use crate::history::{Event, Log, Reading};
use crate::model::{Address, Id, Plan};
use crate::text::join;

/// The ids of key results that are taken elsewhere, each with where.
#[derive(Debug, Default)]
pub(super) struct Elsewhere {
    taken: BTreeMap<Id, String>,
}

impl Elsewhere {
    /// Looks at every branch that git knows, and at what was there before.
    ///
    /// Where no history can be read there is no elsewhere.
    pub(super) fn of(world: &World) -> Self {
        let mut elsewhere = Self::default();
        if let Ok(past) = Past::open(world) {
            // As far as it can be read: an id may still clash, and then both places are shown.
            let _ = elsewhere.look_at_branches(&past);
            let _ = elsewhere.look_back(&past);
        }
        elsewhere
    }

    /// Returns the addresses that are taken.
    pub(super) fn addresses(&self) -> impl Iterator<Item = Address> {
        self.taken.keys().cloned().map(Address::KeyResult)
    }

    /// Returns the next number that no key result has or had, and what is to be said where that is
    /// not the next one of this file.
    pub(super) fn next_number(&self, plan: &Plan) -> (Id, Option<String>) {
        let number = |id: &Id| id.as_str().parse::<u64>().ok();
        let here = plan.key_results.keys().filter_map(number).max();
        let here = here.unwrap_or(0);
        let there = self.taken.keys().filter_map(number).max().unwrap_or(0);
        let next = here.max(there).saturating_add(1);
        let id = Id::new(&next.to_string()).unwrap_or_default();
        let skipped = self.taken.iter();
        let skipped = skipped.filter(|(id, _)| number(id).is_some_and(|number| number > here));
        let skipped: Vec<_> = skipped.map(|(id, place)| format!("{id} {place}")).collect();
        let said = (!skipped.is_empty()).then(|| {
            format!(
                "note: {next} is the next free id: there is {}",
                join(skipped)
            )
        });
        (id, said)
    }

    /// Returns what is to be said of an id that is free here and taken elsewhere.
    pub(super) fn warning(&self, id: &Id) -> Option<String> {
        let place = self.taken.get(id)?;
        Some(format!(
            "warning: there is a key result `{id}` {place}\n\
             hint: without `--id` the next number is taken that is free everywhere"
        ))
    }

    fn look_at_branches(&mut self, past: &Past) -> anyhow::Result<()> {
        let mut seen = HashSet::new();
        let mut reading = Reading::default();
        let mut bytes = Vec::new();
        for Tip { name, commit } in past.repository.tips()? {
            let Some(file) = past.repository.file(commit, &past.path)? else {
                continue;
            };
            if !seen.insert(file) {
                continue;
            }
            past.repository.read(file, &mut bytes)?;
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let plan = match reading.turn(&mut bytes) {
                Ok(_) => reading.plan().clone(),
                Err(_) => read_plan(&text).0,
            };
            for id in plan.key_results.keys() {
                let place = || format!("on branch `{name}`");
                self.taken.entry(id.clone()).or_insert_with(place);
            }
        }
        Ok(())
    }

    fn look_back(&mut self, past: &Past) -> anyhow::Result<()> {
        let walk = past
            .repository
            .walk(past.from, &past.path, WalkOptions::default())?;
        let mut log = Log::new(walk);
        while let Some(entry) = log.next_entry()? {
            let Event::Changed { changes, .. } = entry.event else {
                continue;
            };
            for change in changes {
                let (at, what) = match &change {
                    Change::Remove { at } => (at, "removed"),
                    Change::Rename { from, .. } => (from, "renamed"),
                    _ => continue,
                };
                if let Address::KeyResult(id) = at {
                    let place = || format!("{what} in commit {}", entry.commit.short());
                    self.taken.entry(id.clone()).or_insert_with(place);
                }
            }
        }
        Ok(())
    }
}
