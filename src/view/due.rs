use std::cmp::Reverse;

use chrono::{Days, NaiveDate};

use super::filter::Filter;
use super::row::Row;
use crate::model::{Cadence, Id, Note, Plan, Stage, days_between};

/// A key result whose owner is to say how it stands, and since when.
#[derive(Debug, Clone)]
pub struct Due<'a> {
    /// The key result.
    pub row: Row<'a>,
    /// How often it is looked at, where that is agreed.
    pub cadence: Option<Cadence>,
    /// The day on which it was last heard of: its latest note, check-in or start.
    pub heard: Option<NaiveDate>,
    /// The latest that was said of it.
    pub note: Option<&'a Note>,
    /// The day from which it is due, where a cadence is agreed.
    pub since: Option<NaiveDate>,
    /// For how many days it has been due; below 0 it is not yet.
    pub days_late: Option<i64>,
}

/// Which key results are asked for beside those whose cadence says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// None.
    Due,
    /// Every open one.
    All,
}

impl<'a> Due<'a> {
    /// Looks at a key result on a day; none is due of which nothing is expected.
    pub fn new(row: Row<'a>, plan: &Plan, today: NaiveDate) -> Option<Self> {
        let own = row.key_result;
        if !plan.is_expected(own, today) || own.is_outline {
            return None;
        }
        let cadence = plan.cadence_of(own);
        let heard = plan.last_heard(own, today);
        let since = heard.zip(cadence).and_then(|(heard, cadence)| {
            heard.checked_add_days(Days::new(cadence.days().unsigned_abs()))
        });
        Some(Self {
            cadence,
            heard,
            note: own.last_note(),
            since,
            days_late: since.map(|since| days_between(since, today)),
            row,
        })
    }

    /// Returns whether its time has come.
    pub fn is_due(&self) -> bool {
        self.days_late.is_some_and(|days| days >= 0)
    }
}

/// Returns the key results of cycles that are due for a check-in, the longest overdue first; where all
/// are asked for, the other open ones after them.
pub fn due<'a>(
    plan: &'a Plan,
    cycles: &[&Id],
    filter: &Filter,
    asked: Asked,
    today: NaiveDate,
) -> Vec<Due<'a>> {
    let is_of = |id: Option<&Id>| id.is_some_and(|id| cycles.contains(&id));
    let own = plan.key_results.iter();
    let mut due: Vec<_> = own
        .filter(|(_, own)| is_of(plan.cycle_id_of(own)))
        .map(|(id, own)| Row::new(plan, id, own, today))
        .filter(|row| filter.shows(plan, row, today))
        .filter_map(|row| Due::new(row, plan, today))
        .filter(|due| asked == Asked::All || due.is_due())
        .collect();
    due.sort_by_key(|due| (Reverse(due.days_late), due.heard));
    due
}

/// Returns the cycles whose key results are looked at together on a day: the current one, and every
/// other that the day lies in, as a year around its quarter.
pub fn cycles_at_work<'a>(plan: &'a Plan, current: &'a Id, today: NaiveDate) -> Vec<&'a Id> {
    let runs = |id: &Id| {
        let cycle = plan.cycles.get(id);
        cycle.is_some_and(|cycle| matches!(cycle.stage(today), Stage::Running(_)))
    };
    let others = plan.cycles.keys().filter(|id| *id != current && runs(id));
    [current].into_iter().chain(others).collect()
}
