use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate};

use super::changes::{Changes, Sides};
use super::publication::Publication;
use super::trend::By;
use crate::change::{Unsaid, diff};
use crate::history::{Commit, Difference, Lens, Past, Reading};
use crate::model::{Id, Plan, Rollup};

/// What changed in what is published of a plan, a day or a week after the other, the newest first.
#[derive(Debug, Default)]
pub struct Chronicle {
    /// The days or weeks in which anything did.
    pub entries: Vec<Entry>,
    /// The first commit of the plan that is known.
    pub began: Option<String>,
}

/// What changed in a day or in a week.
#[derive(Debug)]
pub struct Entry {
    /// The last commit's day.
    pub day: NaiveDate,
    /// The first commit, by which it is known however much is added to it.
    pub first: String,
    /// When the last commit became part of the history.
    pub committed: DateTime<FixedOffset>,
    /// How the cycle's key results stood at the end.
    pub rollup: Rollup,
    /// What changed; where the plan began, nothing.
    pub changes: Changes,
    /// Whether the plan began with it.
    pub is_first: bool,
}

/// The last version of a day or week, as it is seen.
struct Held {
    plan: Plan,
    commit: Commit,
    first: String,
}

impl Chronicle {
    /// Reads as many entries as are wanted.
    ///
    /// `now` is the file as it is: what was renamed in it and is private keeps its old name to itself.
    pub fn read<P: Past>(
        past: &mut P,
        now: &str,
        publication: &Publication,
        cycle: &Id,
        by: By,
        most: usize,
    ) -> Result<Self, P::Error> {
        let mut chronicle = Self::default();
        let mut eye = Eye::new(now, publication);
        let mut bytes = Vec::new();
        let mut held: Option<Held> = None;
        let mut is_cut = false;
        while let Some(step) = past.next_step()? {
            chronicle.began = Some(step.commit.id.clone());
            is_cut |= step.is_cut;
            if let Some(held) = &mut held
                && is_same(by, held.commit.day(), step.commit.day())
            {
                held.first.clone_from(&step.commit.id);
                continue;
            }
            let Some(file) = step.now.file.filter(|_| chronicle.entries.len() < most) else {
                continue;
            };
            past.read(file, &mut bytes)?;
            let Some(plan) = eye.see(&mut bytes) else {
                continue;
            };
            let first = step.commit.id.clone();
            let older = Held {
                plan,
                commit: step.commit,
                first,
            };
            if let Some(newer) = held.replace(older)
                && let Some(older) = &held
            {
                let entry = Entry::of(&newer, Some(&older.plan), cycle);
                if !entry.changes.is_empty() {
                    chronicle.entries.push(entry);
                }
            }
        }
        // Where a shallow clone ends the plan did not begin.
        if let Some(oldest) = held.filter(|_| !is_cut && chronicle.entries.len() < most) {
            chronicle.entries.push(Entry::of(&oldest, None, cycle));
        }
        Ok(chronicle)
    }
}

impl Entry {
    fn of(newer: &Held, older: Option<&Plan>, cycle: &Id) -> Self {
        let plan = &newer.plan;
        Self {
            day: newer.commit.day(),
            first: newer.first.clone(),
            committed: newer.commit.committed,
            rollup: plan.tree(cycle).rollup,
            changes: older.map_or_else(Changes::default, |older| {
                let sides = Sides::whole(older, plan);
                Changes::new(&diff(older, plan), sides, Unsaid::default())
            }),
            is_first: older.is_none(),
        }
    }
}

/// Whatever looks at one version after the other, the newest first, and sees what may be seen.
struct Eye {
    reading: Reading,
    lens: Option<Box<dyn Lens>>,
    is_open: bool,
}

impl Eye {
    fn new(now: &str, publication: &Publication) -> Self {
        let lens = publication.past();
        let mut eye = Self {
            reading: Reading::default(),
            lens: lens.map(|lens| Box::new(lens) as Box<dyn Lens>),
            is_open: false,
        };
        eye.see(&mut now.as_bytes().to_vec());
        eye
    }

    /// Turns to a version, and returns what is seen of it; nothing, where it cannot be read.
    fn see(&mut self, bytes: &mut Vec<u8>) -> Option<Plan> {
        let difference = self.reading.turn(bytes).ok()?;
        let difference: Option<&Difference> = self.is_open.then_some(&difference);
        let plan = self.reading.plan();
        let seen = match &mut self.lens {
            Some(lens) => lens.look(plan, difference),
            None => plan.clone(),
        };
        self.is_open = true;
        Some(seen)
    }
}

fn is_same(by: By, newer: NaiveDate, older: NaiveDate) -> bool {
    match by {
        By::Commit => false,
        By::Day => newer == older,
        By::Week => newer.iso_week() == older.iso_week(),
    }
}
