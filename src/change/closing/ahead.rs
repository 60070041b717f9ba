use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::close::{Closing, general};
use super::{NewCycle, following, settle_cycle};
use crate::change::Change;
use crate::change::apply::reserved;
use crate::model::Id;

/// The first and the last day.
type Days = (NaiveDate, NaiveDate);

impl<'a> Closing<'a> {
    /// Returns the cycle that what was not finished is carried into, with its days, and the changes
    /// that begin it.
    pub(super) fn next(&mut self) -> (Option<(Id, Option<Days>)>, Vec<Change>) {
        let answers = self.answers;
        let Some(next) = answers.next.clone() else {
            if let Some(first) = self.carried().first() {
                let message = format!(
                    "what is carried over (kr.{first}) needs a cycle to go into: `next = \"ID\"`, \
                     or `next = \"later\"` for the backlog"
                );
                self.problems.push(general(message));
            }
            return (None, Vec::new());
        };
        if next.as_str() == "later" {
            return (Some((next, None)), Vec::new());
        }
        if let Some(there) = self.plan.cycles.get(&next) {
            let message = if next == *self.id {
                "what is carried over cannot go into the cycle that is closed".to_owned()
            } else if there.closed.is_some() {
                format!("the next cycle, `{next}`, is closed itself")
            } else if let Err(before) = self.cycle.goes_on_from(self.id, there.start) {
                before
            } else {
                return (Some((next, Some((there.start, there.end)))), Vec::new());
            };
            self.problems.push(general(message));
            return (None, Vec::new());
        }
        // A new cycle is begun for what goes on in it.
        if self.carried().is_empty() {
            return (None, Vec::new());
        }
        if let Err(refusal) = reserved(Some(&next)) {
            self.problems.push(general(format!("`next`: {refusal}")));
            return (None, Vec::new());
        }
        let usual = following(self.plan, self.id, self.cycle);
        let is_usual = usual
            .as_ref()
            .is_some_and(|usual| usual.id.as_ref() == Some(&next));
        let name = usual.as_ref().filter(|_| is_usual);
        let name = answers.next_name.clone().or_else(|| name?.name.clone());
        let start = answers.next_start.or(usual.as_ref().map(|own| own.start));
        let end = usual.as_ref().zip(start);
        let end = end.and_then(|(own, start)| own.end_from(start));
        let end = answers.next_end.or(end);
        let (Some(name), Some(start), Some(end)) = (name, start, end) else {
            let message = format!(
                "the plan has no cycle `{next}` yet: it needs a name, `next-name = \"…\"`, and where \
                 they are others its days, `next-start` and `next-end`"
            );
            self.problems.push(general(message));
            return (None, Vec::new());
        };
        if start >= end {
            let message = format!("a cycle ends after it starts: {start} to {end}");
            self.problems.push(general(message));
        } else if let Err(before) = self.cycle.goes_on_from(self.id, start) {
            self.problems.push(general(before));
        }
        let new = NewCycle {
            id: Some(next.clone()),
            name: Some(name),
            start,
            end,
        };
        let mut changes = settle_cycle(self.plan);
        changes.extend(new.add());
        (Some((next, Some((start, end)))), changes)
    }

    /// Gives each key result that is carried over an id: the one that was answered, else the next
    /// free number.
    pub(super) fn new_ids(&mut self) -> HashMap<&'a Id, Id> {
        let carried = self.carried();
        let mut taken: HashSet<Id> = self.plan.key_results.keys().cloned().collect();
        let mut ids = HashMap::new();
        for id in &carried {
            let Some(wanted) = self.answer(id).id else {
                continue;
            };
            if let Err(refusal) = reserved(Some(&wanted)) {
                self.problem(id, refusal);
            } else if !taken.insert(wanted.clone()) {
                let message = format!("there is already a key result `{wanted}`: give another id");
                self.problem(id, message);
            }
            ids.insert(*id, wanted);
        }
        let mut number = self.closer.next_number;
        for id in carried {
            while !ids.contains_key(id) {
                let free = Id::new(&number.to_string()).unwrap_or_default();
                number = number.saturating_add(1);
                if taken.insert(free.clone()) {
                    ids.insert(id, free);
                }
            }
        }
        ids
    }
}
