use chrono::NaiveDate;

use crate::render::dates::{days_left, left_open, short_date};
use crate::render::due::late;
use crate::render::look::Tone;
use crate::text::{count, join};
use crate::view::Reminder;

/// One thing that somebody owes, in words that are still the plan's own.
pub(super) struct Owed {
    /// Where it is found: `3`, `3.milestone.route`.
    pub(super) address: String,
    pub(super) text: String,
    pub(super) tone: Tone,
}

/// Says what somebody owes, one thing after the other.
pub(super) fn owed(reminder: &Reminder<'_>, today: NaiveDate) -> Vec<Owed> {
    let check_ins = reminder.check_ins.iter().map(|due| {
        let title = &due.row.key_result.title;
        let when = due.days_late.map_or_else(String::new, late);
        Owed {
            address: due.row.id.to_string(),
            text: format!("check-in {when}: {title}"),
            tone: Tone::Plain,
        }
    });
    let dated = reminder.late.iter().map(|dated| Owed {
        address: match dated.milestone {
            Some(step) => format!("{}.milestone.{step}", dated.id),
            None => dated.id.to_string(),
        },
        text: format!("{}: {}", days_left(dated.days_left), dated.title),
        tone: Tone::Bad,
    });
    let to_answer = reminder.to_answer.iter().map(|own| {
        let day = short_date(own.on, today);
        let title = &own.key_result.title;
        let said = match own.note {
            Some(note) => {
                let by = note.by.as_deref().map(|by| format!(", {by}"));
                format!("\"{}\" ({day}{})", note.text, by.unwrap_or_default())
            }
            None => format!("checked without a word ({day})"),
        };
        Owed {
            address: own.id.to_string(),
            text: format!("to answer: {title}: {said}"),
            tone: Tone::Plain,
        }
    });
    let to_close = reminder.to_close.iter().map(|left| Owed {
        address: format!("cycle.{}", left.id),
        text: format!("to close: {}", left_open(left)),
        tone: Tone::Plain,
    });
    check_ins
        .chain(dated)
        .chain(to_answer)
        .chain(to_close)
        .collect()
}

/// Says how what somebody owes is done, as far as they owe it, for whoever they are to `checkin`.
pub(super) fn how(reminders: &[&Reminder<'_>], whose: &str) -> Option<String> {
    let any = |is: fn(&Reminder<'_>) -> bool| reminders.iter().any(|own| is(own));
    let checkin = any(|own| !own.check_ins.is_empty())
        .then(|| format!("`loti checkin {whose}` takes a few minutes"));
    let answer = any(|own| !own.to_answer.is_empty())
        .then(|| "`loti note ID TEXT` answers a check-in".to_owned());
    let ways: Vec<_> = checkin.into_iter().chain(answer).collect();
    (!ways.is_empty()).then(|| format!("{}.", ways.join("; ")))
}

/// Says how much it is: `2 check-ins due, 1 date past`.
pub(super) fn summary(reminder: &Reminder<'_>) -> String {
    let due = reminder.check_ins.len();
    let past = reminder.late.len();
    let to_answer = reminder.to_answer.len();
    let to_close = reminder.to_close.len();
    let parts = [
        (due, format!("{} due", count(due, "check-in"))),
        (past, format!("{} past", count(past, "date"))),
        (
            to_answer,
            format!("{} to answer", count(to_answer, "check-in")),
        ),
        (to_close, format!("{} to close", count(to_close, "cycle"))),
    ];
    join(
        parts
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(_, words)| words),
    )
}
