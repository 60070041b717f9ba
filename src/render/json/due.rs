use std::io;

use chrono::NaiveDate;
use serde::Serialize;

use super::VERSION;
use super::key_result::{KeyResult, day};
use super::write::write;
use crate::model::Plan;
use crate::render::DueList;
use crate::view::Due;

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct JsonDueList<'a> {
    version: u32,
    today: String,
    /// The longest overdue first.
    due: Vec<JsonDue<'a>>,
}

/// A key result whose owner is to say how it stands, and since when.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct JsonDue<'a> {
    /// The day from which a check-in is due; `null` where no cadence is agreed.
    since: Option<String>,
    /// For how many days it has been due; below 0 it is not yet.
    days_late: Option<i64>,
    key_result: KeyResult<'a>,
}

impl<'a> JsonDue<'a> {
    pub(super) fn new(plan: &'a Plan, due: &Due<'a>, today: NaiveDate) -> Self {
        Self {
            since: due.since.map(day),
            days_late: due.days_late,
            key_result: KeyResult::new(plan, &due.row, today),
        }
    }
}

/// Writes which check-ins are due.
pub fn due(out: &mut dyn io::Write, list: &DueList<'_>) -> io::Result<()> {
    let due = list.due.iter();
    let json = JsonDueList {
        version: VERSION,
        today: day(list.today),
        due: due
            .map(|due| JsonDue::new(list.plan, due, list.today))
            .collect(),
    };
    write(out, &json)
}
