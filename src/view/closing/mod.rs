mod interview;
mod reading;

use chrono::NaiveDate;

pub use interview::{ClosingAsk, ClosingInterview};
pub use reading::is_back;

use super::board::CycleLine;
use super::row::Row;
use crate::change::closing::{Fate, NewCycle, following, grade, needs_grade};
use crate::history::Confidences;
use crate::model::{Fraction, Id, Plan, Rollup, Status};

/// What closing a cycle asks, key result by key result.
#[derive(Debug)]
pub struct Closing<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The cycle.
    pub cycle: CycleLine<'a>,
    /// What its key results say together.
    pub rollup: Rollup,
    /// The cycle of the plan that follows it, if there is one.
    pub next: Option<&'a Id>,
    /// The one that would follow it, where there is none.
    pub usual: Option<NewCycle>,
    /// Its key results, in the order of the file.
    pub rows: Vec<ClosingRow<'a>>,
    /// The day it is looked from.
    pub today: NaiveDate,
}

/// A key result of a cycle that is to be closed.
#[derive(Debug)]
pub struct ClosingRow<'a> {
    /// The key result as it stands.
    pub row: Row<'a>,
    /// How likely its owner thought it was to be reached, and from which days on, as far as that is
    /// known; the oldest first.
    pub confidence: Vec<(Option<NaiveDate>, Option<Fraction>)>,
    /// The key result that carries it on already.
    pub continued_by: Option<&'a Id>,
}

impl<'a> Closing<'a> {
    /// Looks at a cycle that is to be closed.
    pub fn new(plan: &'a Plan, id: &'a Id, past: &Confidences, today: NaiveDate) -> Self {
        let cycle = CycleLine::new(plan, id, today);
        let end = cycle.cycle.map(|cycle| cycle.end);
        let continued = plan.continued();
        let rows = plan.key_results.iter();
        let rows = rows.filter(|(_, own)| plan.cycle_id_of(own) == Some(id));
        let rows = rows.map(|(id, own)| {
            let said = past.get(id).into_iter().flatten();
            let mut confidence: Vec<_> = said.map(|(day, said)| (Some(*day), *said)).collect();
            // What the file says is not committed yet, or there is no history to ask.
            if confidence.last().and_then(|(_, last)| *last) != own.confidence {
                let day = (!past.is_empty()).then_some(today);
                confidence.push((day, own.confidence));
            }
            ClosingRow {
                row: Row::new(plan, id, own, today),
                confidence,
                continued_by: continued.get(id).copied(),
            }
        });
        let follows = |other: &&Id| {
            let other_cycle = plan.cycles.get(*other);
            let goes_on = other_cycle.map(|own| own.start) >= end;
            goes_on && *other != id && other_cycle.is_some_and(|own| own.closed.is_none())
        };
        let next = plan.cycles.keys().filter(follows);
        let next = next.min_by_key(|id| plan.cycles.get(*id).map(|cycle| (cycle.start, cycle.end)));
        Self {
            rollup: plan.tree(id).rollup,
            usual: cycle.cycle.and_then(|cycle| following(plan, id, cycle)),
            next,
            rows: rows.collect(),
            cycle,
            plan,
            today,
        }
    }
}

impl ClosingRow<'_> {
    /// Returns whether it is asked what becomes of it.
    pub fn is_asked(&self) -> bool {
        self.row.status.is_open() && self.continued_by.is_none()
    }

    /// Returns whether anything is asked about it.
    pub fn is_any_asked(&self) -> bool {
        self.row.status != Status::Dropped
    }

    /// Returns the grade that is proposed, by what becomes of it.
    pub fn grade(&self, then: Option<Fate>) -> Option<Fraction> {
        grade(self.row.key_result, then)
    }

    /// Returns how it ends, in a word or two.
    pub fn end(&self, then: Option<Fate>) -> &'static str {
        match then {
            Some(Fate::Carry) => "carried over",
            Some(Fate::Done) => "done",
            Some(Fate::End) => "ended",
            Some(Fate::Drop) => "dropped",
            None if self.continued_by.is_some() => "carried over",
            None if self.row.status == Status::Done => "done",
            None if self.row.status == Status::Dropped => "dropped",
            None => "open",
        }
    }

    /// Returns whether it has to be graded.
    pub fn needs_grade(&self, then: Option<Fate>) -> bool {
        needs_grade(self.row.key_result, then)
    }
}
