use std::fmt::Write as _;

use chrono::NaiveDate;

use crate::history::State;
use crate::model::{days_between, whole_percent};
use crate::render::dates::date;
use crate::view::{Trend, TrendRow};

/// How high a line is drawn at 100 %.
const HEIGHT: f64 = 28.0;

/// How progress came to where it is, over the time of the cycle.
pub(super) struct Line {
    pub(super) path: String,
    pub(super) area: String,
    /// The same in words, for those who do not see it.
    pub(super) words: String,
}

impl Line {
    /// Draws a row; nothing, where it never moved.
    pub(super) fn of(trend: &Trend<'_>, row: &TrendRow<'_>) -> Option<Self> {
        let until = trend.today.min(trend.to).max(trend.from);
        let known = row.days().filter(|(day, _)| *day <= until);
        let known: Vec<(NaiveDate, Option<f64>)> = known
            .map(|(day, state)| (day.max(trend.from), state.and_then(State::progress)))
            .collect();
        let mut values = known
            .iter()
            .filter_map(|(day, value)| Some((*day, (*value)?)));
        let (first, last) = (values.next()?, values.next_back()?);
        let days = days_between(trend.from, trend.to).max(1) as f64;
        let x = |day: NaiveDate| 100.0 * days_between(trend.from, day) as f64 / days;
        let (mut path, mut area) = (String::new(), String::new());
        let ends = known.iter().skip(1).map(|(day, _)| *day).chain([until]);
        let mut is_drawn = false;
        for ((day, value), end) in known.iter().zip(ends) {
            let Some(value) = value else {
                is_drawn = false;
                continue;
            };
            let (from, to, y) = (x(*day), x(end), HEIGHT * (1.0 - value / 100.0));
            let goes = if is_drawn { 'V' } else { 'M' };
            // What is written short is read fast: a page may hold ten thousand of these.
            let _ = match goes {
                'V' => write!(path, "V{y:.1}H{to:.1}"),
                _ => write!(path, "M{from:.1} {y:.1}H{to:.1}"),
            };
            let _ = write!(area, "M{from:.1} {HEIGHT}V{y:.1}H{to:.1}V{HEIGHT}Z");
            is_drawn = true;
        }
        let told =
            |(day, value): (NaiveDate, f64)| format!("{} % on {}", whole_percent(value), date(day));
        let words = format!(
            "Progress so far: {}, {} since {}",
            told(first),
            format_args!("{} %", whole_percent(last.1)),
            date(last.0)
        );
        Some(Self { path, area, words })
    }
}
