//! What is said of the plan that this repository ships.

use loti::check::{Levels, Wish, check};

use crate::tree::read;

/// Checks what is found on a day: rule and place, in the order of the file.
#[track_caller]
fn on(day: &str, expected: &[&str]) {
    let document = read(include_str!("../../../okrs.toml"));
    let levels = Levels::new(&document.plan, &Wish::default());
    let day: chrono::NaiveDate = day.parse().expect("a day");
    let report = check(&document, &levels, day);
    let found = report.findings.iter();
    let found: Vec<_> = found
        .map(|found| format!("{}: {}", found.rule, found.message))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn on_the_day_of_the_plan_nothing_is_to_mend() {
    on("2021-08-23", &[]);
}

/// The key results that nobody had begun in the plan as it was written; half of the quarter is over.
const LATE: [u8; 15] = [5, 6, 7, 8, 11, 13, 14, 15, 16, 17, 18, 19, 21, 22, 25];

#[test]
fn from_the_second_half_on_what_was_not_begun_is_late() {
    let late = LATE
        .map(|id| format!("late-to-start: kr.{id} is not started, and over half its time is gone"));
    let late = late.each_ref().map(String::as_str);
    on("2021-09-20", &late);
    on("2021-10-15", &late);
}

#[test]
fn a_new_year_later_the_cycle_is_to_be_closed() {
    let closing = "ended-not-closed: cycle.y3q1 ended 78 days ago with 25 key results open, and is \
                   not closed";
    on("2022-01-01", &[closing]);
}
