use chrono::NaiveDate;

use crate::model::{Status, days_between};
use crate::render::dates::{date, short_date};
use crate::render::look::status_words;
use crate::text::count;
use crate::view::{Forecast, Stay, TrendRow};

/// Returns how long a key result has been as it is: `at risk for 12 days`.
pub(in crate::render) fn stay(stay: &Stay) -> Option<String> {
    let status = status_words(stay.status?);
    Some(match stay.days() {
        0 if !stay.is_cut => format!("{status} since today"),
        _ => format!("{status} for {}", stayed(stay)),
    })
}

/// Returns how long a key result was as it was: `12 days`.
pub(in crate::render) fn stayed(stay: &Stay) -> String {
    let least = if stay.is_cut { "at least " } else { "" };
    format!("{least}{}", days(stay.days()))
}

/// Returns how far something is from where it was to be: `16 points behind`.
pub(in crate::render) fn pace(row: &TrendRow<'_>) -> Option<String> {
    let points = row.now?.progress()? - row.expected?;
    Some(match points {
        ..=-1.0 => format!("{} points behind", (-points).floor()),
        1.0.. => format!("{} points ahead", points.floor()),
        _ => "as the time".to_owned(),
    })
}

/// Returns by how much something moved lately: `+6 points in two weeks`.
pub(in crate::render) fn recently(row: &TrendRow<'_>) -> Option<String> {
    let points = row.recently?.round();
    Some(match points {
        // -0 as well.
        0.0 => "unchanged in two weeks".to_owned(),
        points => format!("{points:+} points in two weeks"),
    })
}

/// Returns how often and how far a due day moved: `due moved twice, 46 days later`.
pub(in crate::render) fn moves(row: &TrendRow<'_>) -> Option<String> {
    let (first, last) = (row.moves.first()?, row.moves.last()?);
    let times = match row.moves.len() {
        1 => String::new(),
        2 => " twice".to_owned(),
        times => format!(" {times} times"),
    };
    let by = moved(days_between(first.from, last.to));
    Some(format!("due day moved{times}, {by}"))
}

/// Returns by how much a day moved: `46 days later`.
pub(in crate::render) fn moved(by: i64) -> String {
    match by {
        0 => "back to where it was".to_owned(),
        1.. => format!("{} later", days(by)),
        _ => format!("{} earlier", days(by)),
    }
}

/// Returns where something leads, in few words; nothing of what is reached or cannot be told yet.
pub(in crate::render) fn course(forecast: Option<Forecast>, today: NaiveDate) -> Option<String> {
    match forecast? {
        Forecast::Reached | Forecast::TooFew { .. } => None,
        Forecast::Standstill => Some("at a standstill".to_owned()),
        Forecast::FallsBack => Some("falls back".to_owned()),
        Forecast::NotInSight => Some("on this course: not within a year".to_owned()),
        Forecast::Reaches(reaches) => {
            let day = short_date(reaches.day, today);
            let earliest = short_date(reaches.earliest, today);
            let range = match reaches.latest {
                Some(latest) if latest == reaches.earliest => String::new(),
                Some(latest) => format!(" ({earliest} to {})", short_date(latest, today)),
                None => format!(" ({earliest} at the earliest)"),
            };
            Some(format!(
                "on this course: {day}, {}{range}",
                late(reaches.late)
            ))
        }
    }
}

/// Returns where something leads, how that was found and how sure it is, in sentences.
pub(in crate::render) fn told(forecast: Forecast, today: NaiveDate) -> String {
    match forecast {
        Forecast::Reached => "It is reached.".to_owned(),
        Forecast::TooFew { values } => format!(
            "It is too early for a forecast: that takes three different values on three days, and \
             so far there {}.",
            match values {
                1 => "is one".to_owned(),
                _ => format!("are {values}"),
            }
        ),
        Forecast::Standstill => {
            "It is at a standstill: between most days of its time it did not move, so that there is \
             no day to foretell."
                .to_owned()
        }
        Forecast::FallsBack => {
            "It falls back: between most days of its time it fell, so that there is no day to \
             foretell."
                .to_owned()
        }
        Forecast::NotInSight => {
            "On this course it is not reached within a year from now.".to_owned()
        }
        Forecast::Reaches(reaches) => {
            let earliest = short_date(reaches.earliest, today);
            let range = match reaches.latest {
                Some(latest) if latest == reaches.earliest => "they are all alike".to_owned(),
                Some(latest) => format!(
                    "half of those speeds lead to a day between {earliest} and {}",
                    short_date(latest, today)
                ),
                None => format!(
                    "the fastest quarter of those speeds leads there by {earliest}, the slowest \
                     nowhere within a year"
                ),
            };
            format!(
                "On this course it is reached on {}, {}. That is from where it stands today, at the \
                 median of the speeds between any two of the last {}, in which it had {} different \
                 values; {range}.",
                date(reaches.day),
                late(reaches.late),
                days(reaches.over),
                reaches.values,
            )
        }
    }
}

fn late(late: i64) -> String {
    match late {
        0 => "just in time".to_owned(),
        1.. => format!("{} late", days(late)),
        _ => format!("{} early", days(late)),
    }
}

/// Returns a number of days in words, whatever its sign.
pub(in crate::render) fn days(number: i64) -> String {
    let number = usize::try_from(number.unsigned_abs()).unwrap_or(usize::MAX);
    count(number, "day")
}

/// Returns a status, or that there was nothing, in words.
pub(in crate::render) fn status_or_gone(status: Option<Status>) -> String {
    status.map_or_else(|| "not in the plan".to_owned(), status_words)
}
