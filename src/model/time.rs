use std::collections::HashMap;

use chrono::NaiveDate;

use super::id::Id;
use super::key_result::KeyResult;
use super::parts::{Cycle, Note};
use super::plan::Plan;
use super::words::Cadence;

/// Returns how many days lie between two days; negative where the second comes first.
pub fn days_between(from: NaiveDate, to: NaiveDate) -> i64 {
    to.signed_duration_since(from).num_days()
}

/// Reads a day as people type it.
pub fn read_day(word: &str) -> Result<NaiveDate, String> {
    let expected = |_| "expected a day such as 2021-09-20".to_owned();
    word.parse().map_err(expected)
}

/// Where a day lies in a cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The cycle begins in so many days.
    Ahead(i64),
    /// It ends in so many days; 0 on its last day.
    Running(i64),
    /// It ended so many days ago.
    Ended(i64),
    /// It was closed: what it holds stays as it is.
    Closed,
}

impl Stage {
    /// Returns the stage in a word for programs, which never changes.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ahead(_) => "ahead",
            Self::Running(_) => "running",
            Self::Ended(_) => "ended",
            Self::Closed => "closed",
        }
    }
}

impl Cycle {
    /// Returns where a day lies in the cycle.
    pub fn stage(&self, today: NaiveDate) -> Stage {
        if self.closed.is_some_and(|closed| closed <= today) {
            Stage::Closed
        } else if today < self.start {
            Stage::Ahead(days_between(today, self.start))
        } else if today <= self.end {
            Stage::Running(days_between(today, self.end))
        } else {
            Stage::Ended(days_between(self.end, today))
        }
    }

    /// Says no to a next cycle that begins before this one, of an id, is over; the last day and the first
    /// may be the same.
    pub fn goes_on_from(&self, id: &Id, start: NaiveDate) -> Result<(), String> {
        if start >= self.end {
            return Ok(());
        }
        let end = self.end;
        Err(format!(
            "what is carried over goes on after cycle.{id}, which ends on {end}, not on {start}"
        ))
    }

    /// Returns how many days the cycle takes from its first day to its last.
    pub fn length(&self) -> i64 {
        days_between(self.start, self.end)
    }
}

/// Returns how much of the way from one day to another lies behind on a third, between 0 and 1.
pub fn share_gone(start: NaiveDate, due: NaiveDate, today: NaiveDate) -> f64 {
    let whole = days_between(start, due);
    if whole <= 0 {
        return if today < due { 0.0 } else { 1.0 };
    }
    (days_between(start, today) as f64 / whole as f64).clamp(0.0, 1.0)
}

/// A cycle that is over and was not closed, although something in it is open.
#[derive(Debug, Clone, Copy)]
pub struct LeftOpen<'a> {
    /// Its id.
    pub id: &'a Id,
    /// The cycle.
    pub cycle: &'a Cycle,
    /// How many days ago it ended.
    pub days: i64,
    /// How many of its key results are open.
    pub open: usize,
}

impl Plan {
    /// Returns the cycles that are over and were not closed, although something in them is open; in
    /// the order of the file.
    pub fn left_open(&self, today: NaiveDate) -> Vec<LeftOpen<'_>> {
        let mut open: HashMap<&Id, usize> = HashMap::new();
        for own in self.key_results.values() {
            if let Some(cycle) = self.cycle_id_of(own).filter(|_| own.status().is_open()) {
                *open.entry(cycle).or_default() += 1;
            }
        }
        let cycles = self.cycles.iter().filter_map(|(id, cycle)| {
            let Stage::Ended(days) = cycle.stage(today) else {
                return None;
            };
            let open = *open.get(id)?;
            Some(LeftOpen {
                id,
                cycle,
                days,
                open,
            })
        });
        cycles.collect()
    }

    /// Returns the cycle that is current on a day: the one the plan names, else the innermost open
    /// one that holds the day, else the last that has begun, else the first.
    pub fn current_cycle(&self, today: NaiveDate) -> Option<&Id> {
        if let Some(named) = &self.cycle
            && let Some((id, _)) = self.cycles.get_key_value(named)
        {
            return Some(id);
        }
        let innermost = self
            .cycles
            .iter()
            .filter(|(_, cycle)| matches!(cycle.stage(today), Stage::Running(_)))
            .min_by_key(|(_, cycle)| cycle.length());
        let last_begun = || {
            let begun = self.cycles.iter().filter(|(_, cycle)| cycle.start <= today);
            begun.max_by_key(|(_, cycle)| (cycle.start, cycle.end))
        };
        innermost
            .or_else(last_begun)
            .or_else(|| self.cycles.first())
            .map(|(id, _)| id)
    }

    /// Returns the id of the cycle a key result is set for: its own key, else the plan's only cycle.
    ///
    /// The backlog goes by `later`, which is no cycle's id.
    pub fn cycle_id_of<'a>(&'a self, key_result: &'a KeyResult) -> Option<&'a Id> {
        key_result
            .cycle
            .as_ref()
            .or_else(|| match self.cycles.len() {
                1 => self.cycles.keys().next(),
                _ => None,
            })
    }

    /// Returns the cycle a key result is set for; the backlog has none.
    pub fn cycle_of(&self, key_result: &KeyResult) -> Option<&Cycle> {
        self.cycle_id_of(key_result)
            .and_then(|id| self.cycles.get(id))
    }

    /// Returns the day on which work on a key result begins: its own, else its cycle's first.
    pub fn start_of(&self, key_result: &KeyResult) -> Option<NaiveDate> {
        key_result
            .start
            .or_else(|| Some(self.cycle_of(key_result)?.start))
    }

    /// Returns the day on which a key result is due: its own, else its cycle's last.
    pub fn due_of(&self, key_result: &KeyResult) -> Option<NaiveDate> {
        key_result
            .due
            .or_else(|| Some(self.cycle_of(key_result)?.end))
    }

    /// Returns whether work on a key result is still to come: neither done nor dropped, and its
    /// cycle not closed.
    pub fn is_open(&self, key_result: &KeyResult, today: NaiveDate) -> bool {
        let closed = |cycle: &Cycle| cycle.stage(today) == Stage::Closed;
        key_result.status().is_open() && !self.cycle_of(key_result).is_some_and(closed)
    }

    /// Returns whether anything is expected of a key result: open, and set for a cycle. Nothing is
    /// expected of the backlog.
    pub fn is_expected(&self, key_result: &KeyResult, today: NaiveDate) -> bool {
        self.is_open(key_result, today) && self.cycle_of(key_result).is_some()
    }

    /// Returns by how many days an open key result is past its due day; what is kept up has none.
    pub fn days_overdue(&self, key_result: &KeyResult, today: NaiveDate) -> Option<i64> {
        if !self.is_expected(key_result, today) || key_result.is_ongoing() {
            return None;
        }
        Some(days_between(self.due_of(key_result)?, today)).filter(|days| *days > 0)
    }

    /// Returns how often a key result is checked: its own cadence, else the plan's.
    pub fn cadence_of(&self, key_result: &KeyResult) -> Option<Cadence> {
        key_result.cadence.or(self.cadence)
    }

    /// Returns the day on which a key result was last heard of: the latest of its notes, its last
    /// check-in and its start.
    ///
    /// A note or check-in dated after today is a slip of the pen, and no word of it. What its reviewer
    /// says is an answer to its owner, and none of theirs.
    pub fn last_heard(&self, key_result: &KeyResult, today: NaiveDate) -> Option<NaiveDate> {
        let reviewer = self.reviewer_of(key_result);
        let reviewer = reviewer.filter(|own| self.owner_of(key_result) != Some(own));
        let is_answer = |note: &&Note| reviewer.is_some() && note.by.as_deref() == reviewer;
        let notes = key_result.note.iter();
        let notes = notes.filter(|note| !is_answer(note)).map(|note| note.on);
        let heard = notes.chain(key_result.checked).filter(|day| *day <= today);
        heard.chain(self.start_of(key_result)).max()
    }

    /// Returns for how many days an open key result has not been heard of, where that is longer
    /// than its cadence allows.
    pub fn days_silent(&self, key_result: &KeyResult, today: NaiveDate) -> Option<i64> {
        if !self.is_expected(key_result, today) || key_result.is_outline {
            return None;
        }
        let silent = days_between(self.last_heard(key_result, today)?, today);
        (silent > self.cadence_of(key_result)?.days()).then_some(silent)
    }
}
