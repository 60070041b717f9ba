use chrono::{Datelike as _, NaiveDate};

use super::look::one_line;
use crate::model::{LeftOpen, Stage};
use crate::text::count;

/// Returns a day for reading: `15 Oct 2021`.
pub(super) fn date(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// Returns a day for reading without its year, where that is the year of another: `15 Oct`.
pub(super) fn short_date(day: NaiveDate, near: NaiveDate) -> String {
    if day.year() == near.year() {
        day.format("%-d %b").to_string()
    } else {
        date(day)
    }
}

/// Returns days left in words: `in 25 days`, `today`, `12 days late`.
pub(super) fn days_left(days: i64) -> String {
    let number = count(
        usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX),
        "day",
    );
    match days {
        0 => "today".to_owned(),
        1.. => format!("in {number}"),
        _ => format!("{number} late"),
    }
}

/// Says of a cycle that it is over and waits to be closed.
pub fn left_open(left: &LeftOpen<'_>) -> String {
    let name = one_line(&left.cycle.name);
    let ended = stage(Stage::Ended(left.days));
    let open = count(left.open, "key result");
    format!(
        "{name} {ended} with {open} open: `loti cycle close {}`",
        left.id
    )
}

/// Returns where a day lies in a cycle, in words.
pub(super) fn stage(stage: Stage) -> String {
    let number = |days: i64| count(usize::try_from(days).unwrap_or_default(), "day");
    match stage {
        Stage::Ahead(days) => format!("starts in {}", number(days)),
        Stage::Running(0) => "ends today".to_owned(),
        Stage::Running(days) => format!("{} left", number(days)),
        Stage::Ended(days) => format!("ended {} ago", number(days)),
        Stage::Closed => "closed".to_owned(),
    }
}
