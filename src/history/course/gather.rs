use std::mem;

use chrono::NaiveDate;

use super::flow::{Flow, Known};
use super::follow::Followed;
use super::marks::{MarkId, Marks};
use super::series::{Series, State};
use super::{Course, Oldest, Wanted};
use crate::history::{Commit, Difference, Lens, Past, Reading};
use crate::model::{Address, Plan};

/// Follows a past from its newest version back.
pub(super) fn gather<P: Past>(
    past: &mut P,
    wanted: Wanted,
    now: Option<(&str, &Plan)>,
    mut lens: Option<&mut dyn Lens>,
) -> Result<Course, P::Error> {
    let mut gathered = Gathered::new(wanted);
    gathered.sees_all = lens.is_none();
    let mut look = |plan: &Plan, difference: Option<&Difference>| {
        let lens = lens.as_mut()?;
        Some(lens.look(plan, difference))
    };
    let mut reading = Reading::default();
    // What is to be told once it is known whether it was committed.
    let mut uncommitted = None;
    if let Some((text, plan)) = now
        && reading.turn(&mut text.as_bytes().to_vec()).is_ok()
    {
        uncommitted = Some(plan);
    }
    let mut bytes = Vec::new();
    while !gathered.is_done
        && let Some(step) = past.next_step()?
    {
        if let Some(file) = step.now.file {
            past.read(file, &mut bytes)?;
            match reading.turn(&mut bytes) {
                Ok(difference) => {
                    if let Some(plan) = uncommitted.take()
                        && !difference.changes().is_empty()
                    {
                        let seen = look(plan, None);
                        gathered.enter(seen.as_ref().unwrap_or(plan), None, None);
                    }
                    let plan = reading.plan();
                    let seen = look(plan, Some(&difference));
                    let plan = seen.as_ref().unwrap_or(plan);
                    gathered.enter(plan, Some(&difference), Some(step.commit));
                    gathered.versions += 1;
                }
                Err(_) => gathered.unread += 1,
            }
        }
        if step.is_cut {
            gathered.oldest = Oldest::Cut;
        }
    }
    if let Some(plan) = uncommitted {
        let seen = look(plan, None);
        gathered.enter(seen.as_ref().unwrap_or(plan), None, None);
    }
    Ok(gathered.finish())
}

/// What was gathered so far, and what is known of the version that was entered last.
struct Gathered {
    wanted: Wanted,
    followed: Followed,
    marks: Marks,
    moments: Vec<MarkId>,
    series: Vec<Series>,
    flows: Vec<Flow>,
    versions: usize,
    unread: usize,
    oldest: Oldest,
    is_done: bool,
    /// Whether all of a version is seen, so that what is the same in the next one is seen the same.
    sees_all: bool,
    at: Option<Entered>,
    /// Of each row.
    known: Vec<Known>,
    /// How many key results of the rows are there.
    there: usize,
    /// The moment at which each row was met last.
    met: Vec<u32>,
}

/// The version that was entered last.
struct Entered {
    day: NaiveDate,
    commit: Option<Commit>,
    mark: Option<MarkId>,
}

impl Entered {
    /// Returns its number, which only those have that something is told of.
    fn mark(&mut self, marks: &mut Marks) -> MarkId {
        let commit = self.commit.as_ref();
        let day = self.day;
        *self.mark.get_or_insert_with(|| marks.add(day, commit))
    }
}

impl Gathered {
    fn new(wanted: Wanted) -> Self {
        let rows = &wanted.rows;
        let is_key_result = |row: &Address| matches!(row, Address::KeyResult(_));
        Self {
            followed: Followed::new(rows, wanted.cycle.clone()),
            marks: Marks::default(),
            moments: Vec::new(),
            series: rows
                .iter()
                .map(|row| Series::new(is_key_result(row)))
                .collect(),
            flows: rows.iter().map(|_| Flow::default()).collect(),
            versions: 0,
            unread: 0,
            oldest: Oldest::First,
            is_done: false,
            sees_all: true,
            at: None,
            known: vec![Known::default(); rows.len()],
            there: 0,
            met: vec![u32::MAX; rows.len()],
            wanted,
        }
    }

    /// Takes the next older version in; `difference` leads to it from the one that was read before.
    fn enter(&mut self, plan: &Plan, difference: Option<&Difference>, commit: Option<Commit>) {
        let own = commit.as_ref().map_or(self.wanted.today, Commit::day);
        let newer = self.at.as_ref().map_or(self.wanted.today, |at| at.day);
        let mut day = own.min(newer);
        if let Some(since) = self.wanted.since.filter(|since| day < *since) {
            day = since;
            self.oldest = Oldest::Since;
            self.is_done = true;
        }
        let mut entered = Entered {
            day,
            commit,
            mark: None,
        };
        match (self.at.take(), difference) {
            (Some(newer), Some(difference)) => self.compare(plan, newer, difference),
            _ => self.know_all(plan),
        }
        self.sample(plan, &mut entered);
        // Before its cycle began and before its key results were there, there is nothing to tell.
        self.is_done |= self.there == 0 && day < self.wanted.from;
        self.at = Some(entered);
    }

    /// Takes the first version as it is.
    fn know_all(&mut self, plan: &Plan) {
        for (id, row) in &self.followed.key_results {
            let known = Known::of(plan, plan.key_results.get(id));
            self.there += usize::from(known.is_there());
            self.known[*row] = known;
        }
    }

    /// Tells what the newer version made of this one.
    fn compare(&mut self, plan: &Plan, mut newer: Entered, difference: &Difference) {
        self.followed.turn(difference);
        let Difference { was, is } = difference;
        let ids = &self.followed.key_results;
        // A key result without a due day of its own has its cycle's.
        let is_same = self.sees_all && was.cycles.is_empty() && is.cycles.is_empty();
        let rows: Vec<_> = if is_same {
            let touched = was.key_results.keys().chain(is.key_results.keys());
            touched.filter_map(|id| ids.get_key_value(id)).collect()
        } else {
            ids.iter().collect()
        };
        for (id, row) in rows {
            let before = Known::of(plan, plan.key_results.get(id));
            let after = mem::replace(&mut self.known[*row], before);
            if before == after {
                continue;
            }
            self.there += usize::from(before.is_there());
            self.there -= usize::from(after.is_there());
            let mark = newer.mark(&mut self.marks);
            self.flows[*row].tell(before, after, mark);
        }
    }

    /// Notes how all rows stand, where the version is wanted for that.
    fn sample(&mut self, plan: &Plan, entered: &mut Entered) {
        let last = self.moments.last().map(|mark| self.marks.get(*mark).day);
        let is_wanted = match last {
            None => true,
            // The one before is in force as the days begin that are wanted.
            Some(last) if last < self.wanted.from => false,
            Some(last) => self.wanted.every_version || entered.day < last,
        };
        if !is_wanted {
            return;
        }
        let moment = self.moments.len() as u32;
        self.moments.push(entered.mark(&mut self.marks));
        let tree = plan.tree(&self.followed.cycle);
        let mut say = |row: Option<usize>, state| {
            if let Some(row) = row {
                self.met[row] = moment;
                self.series[row].say(moment, Some(state));
            }
        };
        say(self.followed.plan, State::Rollup(tree.rollup));
        for theme in &tree.themes {
            let row = self.followed.themes.get(theme.id).copied();
            say(row, State::Rollup(theme.rollup));
            for objective in &theme.objectives {
                let row = self.followed.objectives.get(objective.id).copied();
                say(row, State::Rollup(objective.rollup));
            }
        }
        for (id, row) in &self.followed.key_results {
            if let Some(key_result) = plan.key_results.get(id) {
                say(Some(*row), State::of(key_result));
            }
        }
        for (series, met) in self.series.iter_mut().zip(&self.met) {
            if *met != moment {
                series.say(moment, None);
            }
        }
    }

    fn finish(mut self) -> Course {
        let mut began = None;
        if let Some(mut oldest) = self.at {
            for (known, flow) in self.known.iter().zip(&mut self.flows) {
                let mark = known.is_there().then(|| oldest.mark(&mut self.marks));
                flow.turn_around(*known, mark);
            }
            began = oldest.mark;
        }
        let moments = self.moments.len() as u32;
        self.moments.reverse();
        for series in &mut self.series {
            series.turn_around(moments);
        }
        Course {
            wanted: self.wanted,
            marks: self.marks,
            moments: self.moments,
            series: self.series,
            flows: self.flows,
            began,
            versions: self.versions,
            unread: self.unread,
            oldest: self.oldest,
        }
    }
}
