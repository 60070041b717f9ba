use std::collections::HashMap;

use chrono::NaiveDate;

use super::base::{Base, new_ids};
use crate::change::Change;
use crate::check::context::Context;
use crate::check::levels::{Level, Levels};
use crate::diagnostic::{Diagnostic, Rule};
use crate::document::Document;
use crate::model::{Address, Id, KeyResult, Plan, Stage};

/// A plan and what it was: what rules of change look at, and where they put what they find.
#[derive(Debug)]
pub(in crate::check) struct Comparison<'a> {
    /// The plan as it is; every place lies in its text.
    pub(super) now: Context<'a>,
    /// The plan as it was, with what was renamed under the ids of now.
    pub(super) old: &'a Plan,
    /// The plan as it is.
    pub(super) new: &'a Plan,
    /// The day.
    pub(super) today: NaiveDate,
    /// What went by which id before the base.
    pub(super) former: &'a HashMap<Address, String>,
    /// The text as it was, with the ids of then.
    before: Context<'a>,
    /// The ids of then of what was renamed, by where it is found now.
    ids: HashMap<Address, &'a Id>,
    revision: &'a str,
}

/// A key result that is in both.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair<'a> {
    pub(super) id: &'a Id,
    pub(super) old: &'a KeyResult,
    pub(super) new: &'a KeyResult,
}

impl Pair<'_> {
    /// Returns where it is found.
    pub(super) fn at(&self) -> Address {
        Address::KeyResult(self.id.clone())
    }
}

impl<'a> Comparison<'a> {
    /// Makes one; the plan as it was comes with what was renamed since, which it has followed.
    pub(in crate::check) fn new(
        document: &'a Document,
        base: &Base<'a>,
        (old, renames): (&'a Plan, &'a [Change]),
        levels: &'a Levels,
        today: NaiveDate,
    ) -> Self {
        let ids = renames.iter().filter_map(|change| match change {
            Change::Rename { from, to, .. } => Some((from.with_id(to.clone()), from.id()?)),
            _ => None,
        });
        Self {
            now: Context::of_change(document, levels, today),
            old,
            new: &document.plan,
            today,
            former: base.former,
            before: Context::of_change(base.document, levels, today),
            ids: ids.collect(),
            revision: base.revision,
        }
    }

    /// Returns what was so with when it was: `was 400 at 1a2b3c4d`.
    pub(super) fn then(&self, words: &str) -> String {
        format!("{words} at {}", self.revision)
    }

    /// Returns the key results that are in both, in the order in which they were.
    pub(super) fn key_results(&self) -> Vec<Pair<'a>> {
        let new = &self.new.key_results;
        let pairs = self.old.key_results.iter().filter_map(|(id, old)| {
            let new = new.get(id)?;
            Some(Pair { id, old, new })
        });
        pairs.collect()
    }

    /// Returns the cycle that a key result was set for, if that was closed.
    pub(super) fn closed_cycle_of(&self, old: &KeyResult) -> Option<&'a Id> {
        let id = self.old.cycle_id_of(old)?;
        let (id, cycle) = self.old.cycles.get_key_value(id)?;
        (cycle.stage(self.today) == Stage::Closed).then_some(id)
    }

    /// Returns what has an id that nothing had before.
    pub(super) fn new_ids(&self) -> Vec<Address> {
        new_ids(self.before.plan, self.new)
    }

    /// Returns whether all of the plan could be read: only then is something known to be gone.
    pub(super) fn is_whole(&self) -> bool {
        self.now.is_whole()
    }

    /// Returns whether all of the plan as it was could be read: only then is something known to be
    /// new.
    pub(super) fn was_whole(&self) -> bool {
        self.before.is_whole()
    }

    /// Returns whether all that a key result takes its days from could be read in both.
    pub(super) fn is_read_around(&self, pair: &Pair<'_>) -> bool {
        let was = self.was(&pair.at());
        let was = was.id().and_then(|id| self.before.plan.key_results.get(id));
        was.is_some_and(|was| self.before.is_read_around(was)) && self.now.is_read_around(pair.new)
    }

    /// Adds what a rule found at an address, unless the base allows it there, or it could not be read
    /// in full in one of the two.
    pub(super) fn add(
        &mut self,
        rule: Rule,
        at: &Address,
        make: impl FnOnce(&Context<'a>) -> Diagnostic,
    ) {
        if self.now.is_read(at) {
            self.add_gone(rule, at, make);
        }
    }

    /// Adds what a rule found of something that is not there any more.
    pub(super) fn add_gone(
        &mut self,
        rule: Rule,
        at: &Address,
        make: impl FnOnce(&Context<'a>) -> Diagnostic,
    ) {
        let was = self.was(at);
        if self.before.is_read(&was) && !self.before.allowances.allow(rule, &was) {
            self.now.keep(rule, make);
        }
    }

    pub(in crate::check) fn into_findings(self) -> (Vec<Diagnostic>, Vec<(Level, usize)>) {
        self.now.into_findings()
    }

    /// Returns where something was found that is found at an address now.
    fn was(&self, at: &Address) -> Address {
        let id = |at: &Address| self.ids.get(at).map(|id| (*id).clone());
        match at {
            Address::Milestone(of, own) => Address::Milestone(
                id(&Address::KeyResult(of.clone())).unwrap_or_else(|| of.clone()),
                id(at).unwrap_or_else(|| own.clone()),
            ),
            at => match id(at) {
                Some(id) => at.with_id(id),
                None => at.clone(),
            },
        }
    }
}
