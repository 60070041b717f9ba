use chrono::{NaiveDate, TimeDelta};

use super::Trend;
use super::forecast::{Forecast, forecast};
use crate::history::{DueMove, Flow, MarkId, Span, State};
use crate::model::{Address, KeyResult, Measure, Plan, Status, days_between, share_gone};

/// How many days back a change is told of.
const RECENTLY: i64 = 14;

/// The plan, a theme, an objective or a key result over time.
#[derive(Debug)]
pub struct TrendRow<'a> {
    /// Where it is found.
    pub address: Address,
    /// What it is called.
    pub title: &'a str,
    /// What it is called where there is little room.
    pub short: &'a str,
    /// The key result, where it is one.
    pub key_result: Option<&'a KeyResult>,
    /// How it stands now.
    pub now: Option<State>,
    /// How far it was to have come by today, 0 to 100, where that can be said.
    pub expected: Option<f64>,
    /// By how many percentage points it moved in the last two weeks, where it was measured then.
    pub recently: Option<f64>,
    /// When it will be reached if it goes on like that, where that can be asked.
    pub forecast: Option<Forecast>,
    /// The day on which it is due.
    pub due: Option<NaiveDate>,
    /// The statuses that a key result had, the oldest first.
    pub stays: Vec<Stay>,
    /// The moves of its due day, the oldest first.
    pub moves: &'a [DueMove],
    /// The place of the row in the course.
    pub(super) number: usize,
    /// Its time, where progress is held against it.
    time: Option<(NaiveDate, NaiveDate)>,
    /// From which days on it stood how.
    days: Vec<(NaiveDate, Option<State>)>,
}

/// A status that a key result had for a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stay {
    /// The status; none, while the plan did not have the key result.
    pub status: Option<Status>,
    /// The version that gave it.
    pub mark: MarkId,
    /// The first day.
    pub since: NaiveDate,
    /// The day on which another followed, or today.
    pub until: NaiveDate,
    /// Whether it may have had it for longer: what came before is not known.
    pub is_cut: bool,
}

impl Stay {
    /// Returns for how many days it had the status.
    pub fn days(&self) -> i64 {
        days_between(self.since, self.until)
    }
}

impl<'a> TrendRow<'a> {
    pub(super) fn new(trend: &Trend<'a>, number: usize, address: &Address) -> Option<Self> {
        let plan = trend.plan;
        let key_result = match address {
            Address::KeyResult(id) => Some(plan.key_results.get(id)?),
            _ => None,
        };
        let title = plan.title(address)?;
        let flow = trend.course.flow(number);
        let mut row = Self {
            address: address.clone(),
            title,
            short: short(plan, address).unwrap_or(title),
            key_result,
            now: None,
            expected: None,
            recently: None,
            forecast: None,
            due: match key_result {
                Some(key_result) => plan.due_of(key_result),
                None => trend.cycle.cycle.map(|cycle| cycle.end),
            },
            stays: stays(trend, flow),
            moves: &flow.moves,
            number,
            time: time(trend, key_result),
            days: trend.course.days(number),
        };
        let today = trend.today;
        row.now = row.on(today);
        row.expected = row.expected_on(today);
        row.recently = row.recently(today);
        row.forecast = row.forecast(trend);
        Some(row)
    }

    /// Returns how it stood at the end of a day.
    pub fn on(&self, day: NaiveDate) -> Option<State> {
        let begun = self.days.partition_point(|(from, _)| *from <= day);
        self.days[..begun].last()?.1
    }

    /// Returns how far it was to have come by a day, 0 to 100: the share of its time that was gone.
    ///
    /// Of key results only those have it that have a pace.
    pub fn expected_on(&self, day: NaiveDate) -> Option<f64> {
        let (start, due) = self.time?;
        Some(100.0 * share_gone(start, due, day))
    }

    /// Returns whether its progress makes a line: not that of what is there or not there, nor where
    /// nothing is measured.
    pub fn is_drawn(&self) -> bool {
        let Some(key_result) = self.key_result else {
            return true;
        };
        !matches!(key_result.measure(), Measure::Deliverable) && key_result.progress().is_some()
    }

    /// Returns from which days on it stood how: those on which that changed, the oldest first.
    pub fn days(&self) -> impl Iterator<Item = (NaiveDate, Option<State>)> {
        self.days.iter().copied()
    }

    /// Returns the first and the last day of the time that its progress is held against.
    pub fn time(&self) -> Option<(NaiveDate, NaiveDate)> {
        self.time
    }

    /// Returns for how many days it had each status, in the order in which it had them first.
    pub fn days_in_statuses(&self) -> Vec<(Status, i64)> {
        let mut sums: Vec<(Status, i64)> = Vec::new();
        for stay in &self.stays {
            let Some(status) = stay.status else {
                continue;
            };
            match sums.iter_mut().find(|(known, _)| *known == status) {
                Some((_, days)) => *days += stay.days(),
                None => sums.push((status, stay.days())),
            }
        }
        sums
    }

    /// Returns the last day on which it changed.
    pub(super) fn last_change(&self) -> Option<NaiveDate> {
        self.days.last().map(|(day, _)| *day)
    }

    fn recently(&self, today: NaiveDate) -> Option<f64> {
        let then = self.on(today.checked_sub_signed(TimeDelta::days(RECENTLY))?)?;
        Some(self.now?.progress()? - then.progress()?)
    }

    fn forecast(&self, trend: &Trend<'a>) -> Option<Forecast> {
        let (start, _) = self.time?;
        let is_asked = match self.key_result {
            Some(key_result) => trend.plan.is_expected(key_result, trend.today),
            None => !matches!(trend.cycle.stage, Some(crate::model::Stage::Closed)),
        };
        if !is_asked {
            return None;
        }
        // How it stood as its time began is the first to count.
        let began = self.days.partition_point(|(from, _)| *from <= start).max(1) - 1;
        let measured = self.days.get(began..)?.iter().filter_map(|(day, state)| {
            let progress = (*state)?.progress()?;
            Some(((*day).max(start), progress))
        });
        let measured: Vec<_> = measured.filter(|(day, _)| *day <= trend.today).collect();
        // What is no longer measured has no course.
        self.now?.progress()?;
        forecast(&measured, trend.today, self.due?)
    }
}

/// Returns the first and the last day of the time that progress is held against.
fn time(trend: &Trend<'_>, key_result: Option<&KeyResult>) -> Option<(NaiveDate, NaiveDate)> {
    match key_result {
        Some(key_result) if key_result.has_pace() => {
            let plan = trend.plan;
            Some((plan.start_of(key_result)?, plan.due_of(key_result)?))
        }
        Some(_) => None,
        None => trend.cycle.cycle.map(|cycle| (cycle.start, cycle.end)),
    }
}

fn stays(trend: &Trend<'_>, flow: &Flow) -> Vec<Stay> {
    let since = |span: &Span| trend.course.mark(span.since).day;
    let ends = flow.spans.iter().skip(1).map(since).chain([trend.today]);
    let stays = flow.spans.iter().zip(ends).map(|(span, until)| Stay {
        status: span.status,
        mark: span.since,
        since: since(span),
        until,
        is_cut: trend.course.is_cut(span.since),
    });
    stays.collect()
}

fn short<'a>(plan: &'a Plan, address: &Address) -> Option<&'a str> {
    match address {
        Address::Theme(id) => plan.themes.get(id)?.short.as_deref(),
        Address::Objective(id) => plan.objectives.get(id)?.short.as_deref(),
        Address::KeyResult(id) => plan.key_results.get(id)?.short.as_deref(),
        _ => None,
    }
}
