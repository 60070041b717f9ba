//! Progress and status over time: what `loti trend` says.

mod forecast;
mod row;

use chrono::{Datelike as _, NaiveDate};

use super::board::{Board, CycleLine};
use crate::history::{Course, MarkId, State};
use crate::model::{Address, Plan, days_between};

pub use forecast::{Forecast, Reaches};
pub use row::{Stay, TrendRow};

/// How things stood over the time of a cycle, and where they are going.
#[derive(Debug)]
pub struct Trend<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The cycle.
    pub cycle: CycleLine<'a>,
    /// For which versions there is a point.
    pub by: By,
    /// The first day that is drawn.
    pub from: NaiveDate,
    /// The last day that is drawn.
    pub to: NaiveDate,
    /// The day that is looked from.
    pub today: NaiveDate,
    /// What became of the plan.
    pub course: &'a Course,
    /// The rows.
    pub rows: Vec<TrendRow<'a>>,
    /// How many key results the filter hides.
    pub hidden: usize,
    /// The points' versions, the oldest first, by their place among the moments of the course.
    points: Vec<usize>,
}

/// For which versions there is a point.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum By {
    /// For every one.
    Commit,
    /// For the last of each day.
    Day,
    /// For the last of each week, which begins on Monday.
    #[default]
    Week,
}

/// How a row stood in a version.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The version.
    pub mark: MarkId,
    /// The day from which on it was so.
    pub day: NaiveDate,
    /// How it stood.
    pub state: State,
    /// How far it was to have come on that day, where that can be said.
    pub expected: Option<f64>,
}

impl By {
    /// Returns the word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Commit => "commit",
            Self::Day => "day",
            Self::Week => "week",
        }
    }
}

/// Returns what a board shows, from the plan down: all of which the course is wanted.
pub fn trend_rows(board: &Board<'_>) -> Vec<Address> {
    let mut rows = vec![Address::Plan];
    let is_shown = |rows: &[super::Row<'_>]| !rows.is_empty() || board.hidden == 0;
    for theme in &board.themes {
        let mut groups = theme.objectives.iter();
        if !groups.any(|group| is_shown(&group.rows)) && board.hidden > 0 {
            continue;
        }
        rows.push(Address::Theme(theme.id.clone()));
        for group in &theme.objectives {
            if is_shown(&group.rows) {
                rows.push(Address::Objective(group.id.clone()));
                let ids = group.rows.iter().map(|row| row.id.clone());
                rows.extend(ids.map(Address::KeyResult));
            }
        }
    }
    rows
}

impl<'a> Trend<'a> {
    /// Looks at the course of a plan's parts in a cycle from a day.
    pub fn new(
        plan: &'a Plan,
        cycle: CycleLine<'a>,
        course: &'a Course,
        by: By,
        hidden: usize,
    ) -> Self {
        let wanted = course.wanted();
        let today = wanted.today;
        let mut trend = Self {
            plan,
            cycle,
            by,
            from: wanted.from,
            to: cycle.cycle.map_or(today, |cycle| cycle.end),
            today,
            course,
            rows: Vec::new(),
            hidden,
            points: points(course, by),
        };
        let rows = wanted.rows.iter().enumerate();
        trend.rows = rows
            .filter_map(|(row, address)| TrendRow::new(&trend, row, address))
            .collect();
        trend.to = trend.last_day();
        trend
    }

    /// Returns the days between which it is drawn, parted evenly: the last day of each part.
    pub fn parts(&self, parts: usize) -> impl Iterator<Item = NaiveDate> {
        let days = days_between(self.from, self.to).max(0) + 1;
        let parts = i64::from(parts as u32);
        let from = self.from;
        (1..=parts).map(move |part| from + chrono::TimeDelta::days((part * days - 1) / parts))
    }

    /// Returns the points of a row, the oldest first: those of versions that had it.
    pub fn points(&self, row: &TrendRow<'a>) -> impl Iterator<Item = Point> {
        let mut wanted = self.points.iter().copied().peekable();
        let states = self.course.states(row.number).enumerate();
        let chosen = states.filter_map(move |(at, (mark, state))| {
            wanted.next_if_eq(&at)?;
            Some((mark, state?))
        });
        chosen.map(|(mark, state)| {
            let day = self.course.mark(mark).day;
            Point {
                mark,
                day,
                state,
                expected: row.expected_on(day),
            }
        })
    }

    /// Returns how many versions there are points for.
    pub fn len(&self) -> usize {
        self.points.len()
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    /// Returns the last day to draw: what changed after the cycle's end is drawn as well, up to its
    /// length again.
    fn last_day(&self) -> NaiveDate {
        let changes = self.rows.iter().filter_map(TrendRow::last_change);
        let last = changes.max().unwrap_or(self.to);
        let most = self.to + chrono::TimeDelta::days(days_between(self.from, self.to).max(0));
        self.to.max(last.min(most))
    }
}

/// Returns for which moments of a course there is a point.
fn points(course: &Course, by: By) -> Vec<usize> {
    let days = course.moments().iter().map(|mark| course.mark(*mark).day);
    let days: Vec<NaiveDate> = days.collect();
    let is_last = |at: &usize| {
        let Some(next) = days.get(at + 1) else {
            return true;
        };
        let day = days[*at];
        match by {
            By::Commit => true,
            By::Day => day != *next,
            By::Week => day.iso_week() != next.iso_week(),
        }
    };
    (0..days.len()).filter(is_last).collect()
}
