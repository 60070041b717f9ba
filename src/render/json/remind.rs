use std::io;

use chrono::NaiveDate;
use serde::Serialize;

use super::VERSION;
use super::cycles::JsonLeftOpen;
use super::due::JsonDue;
use super::key_result::{JsonDated, JsonNote, day};
use super::write::write;
use crate::model::Plan;
use crate::view::{Reminder, Unanswered};

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct JsonReminders<'a> {
    version: u32,
    today: String,
    reminders: Vec<JsonReminder<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct JsonReminder<'a> {
    /// `null` for what nobody answers for.
    id: Option<&'a str>,
    name: Option<&'a str>,
    email: Option<&'a str>,
    github: Option<&'a str>,
    check_ins: Vec<JsonDue<'a>>,
    /// Open key results and milestones whose day is past.
    late: Vec<JsonDated<'a>>,
    to_answer: Vec<JsonUnanswered<'a>>,
    /// Cycles that are over and wait to be closed.
    to_close: Vec<JsonLeftOpen<'a>>,
}

/// A check-in that waits for a word of whoever reads it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct JsonUnanswered<'a> {
    id: &'a str,
    title: &'a str,
    reviewer: &'a str,
    on: String,
    /// What was said; `null`, where it only left its day in `checked`.
    note: Option<JsonNote<'a>>,
}

impl<'a> JsonUnanswered<'a> {
    pub(super) fn new(own: &Unanswered<'a>) -> Self {
        Self {
            id: own.id.as_str(),
            title: &own.key_result.title,
            reviewer: own.reviewer,
            on: day(own.on),
            note: own.note.map(JsonNote::new),
        }
    }
}

/// Writes who owes what.
pub fn remind(
    out: &mut dyn io::Write,
    plan: &Plan,
    reminders: &[Reminder<'_>],
    today: NaiveDate,
) -> io::Result<()> {
    let reminders = reminders.iter().map(|own| {
        let due = own.check_ins.iter();
        JsonReminder {
            id: own.id,
            name: own.id.map(|_| own.name),
            email: own.person.and_then(|person| person.email.as_deref()),
            github: own.person.and_then(|person| person.github.as_deref()),
            check_ins: due.map(|due| JsonDue::new(plan, due, today)).collect(),
            late: own.late.iter().map(JsonDated::new).collect(),
            to_answer: own.to_answer.iter().map(JsonUnanswered::new).collect(),
            to_close: own.to_close.iter().map(JsonLeftOpen::new).collect(),
        }
    });
    let json = JsonReminders {
        version: VERSION,
        today: day(today),
        reminders: reminders.collect(),
    };
    write(out, &json)
}
