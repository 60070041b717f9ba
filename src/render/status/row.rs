use std::borrow::Cow;

use chrono::NaiveDate;

use super::shared::Shared;
use crate::model::{Id, Measure, OnTrack, Plan, Status};
use crate::render::dates::{days_left, short_date};
use crate::render::look::{Look, Tone, mark, one_line, percent, status_words, tone};
use crate::render::table::Cell;
use crate::text::{count, shorten};
use crate::view::Row;

/// Returns a key result's row: id, status, progress, then its title with what else is to be said.
pub(super) fn cells<'a>(
    plan: &Plan,
    row: &Row<'a>,
    shared: &Shared<'_>,
    carried: Option<&Id>,
    today: NaiveDate,
    look: Look,
) -> [Cell<'a>; 4] {
    let progress: Cow<'_, str> = match (row.progress, row.figure()) {
        (Some(_), _) => percent(row.progress, look).into(),
        (None, Some(figure)) => one_line(&figure).into_owned().into(),
        (None, None) => look.dash().into(),
    };
    let title = one_line(if look.is_wide() {
        &row.key_result.title
    } else {
        row.key_result.short_title()
    });
    let mut said = title;
    let remarks = remarks(plan, row, shared, carried, today, look);
    if !remarks.is_empty() {
        said = format!("{said}{}{remarks}", look.dot()).into();
    }
    if row.status.is_trouble()
        && let Some(note) = row.key_result.last_note()
    {
        let by = note.by.as_deref().map(|by| format!(", {}", one_line(by)));
        let text = one_line(&note.text);
        let text = shorten(&text, 160, look.ellipsis());
        let on = short_date(note.on, today);
        said = format!("{said}\n\"{text}\" ({on}{})", by.unwrap_or_default()).into();
    }
    [
        row.id.as_str().into(),
        Cell::toned(
            tone(row.status),
            format!("{} {}", look.sign(row.status), status_words(row.status)),
        ),
        Cell::toned(Tone::Plain, progress),
        Cell::toned(Tone::Plain, said),
    ]
}

/// What is to be said of a row beyond what is said of all.
fn remarks(
    plan: &Plan,
    row: &Row<'_>,
    shared: &Shared<'_>,
    carried: Option<&Id>,
    today: NaiveDate,
    look: Look,
) -> String {
    let mut remarks = Vec::new();
    if let Some(score) = row.key_result.score {
        remarks.push(format!("scored {score}"));
    }
    let owner = row
        .owner
        .filter(|_| row.owner != shared.owner)
        .map(|owner| one_line(plan.person_name(owner)).into_owned());
    if let Some(new) = carried {
        let own = plan.key_results.get(new);
        let status = own.map(|own| format!(" ({})", status_words(own.status())));
        remarks.push(format!(
            "carried over as {new}{}",
            status.unwrap_or_default()
        ));
    }
    if shared.is_over {
        remarks.extend(owner);
        return remarks.join(look.dot());
    }
    match row.on_track {
        Some(OnTrack::Behind(pace)) => {
            remarks.push(format!(
                "on track? {} points behind",
                (-pace.points).floor()
            ));
        }
        // Said once for all, at the top.
        Some(OnTrack::LateToStart) | None => {}
    }
    if let Some(days) = row.days_overdue {
        remarks.push(days_left(-days));
    } else if row.due != shared.due
        && row.is_open
        && let Some(due) = row.due
    {
        remarks.push(format!("due {}", short_date(due, today)));
    }
    if let Some(step) = row.steps(today).first() {
        let late = if step.days_left < 0 { ", late" } else { "" };
        let id = step.milestone.map_or("", Id::as_str);
        remarks.push(format!("{id} {}{late}", short_date(step.due, today)));
    }
    // Steps are in the progress; a figure in units says more than its percentage.
    if !matches!(row.key_result.measure(), Measure::Steps { .. })
        && row.progress.is_some()
        && row.status != Status::Done
        && let Some(figure) = row.figure()
    {
        remarks.push(one_line(&figure).into_owned());
    }
    remarks.extend(owner);
    if row.key_result.visibility.and_then(mark).is_some() {
        remarks.extend(mark(row.visibility).map(str::to_owned));
    }
    if let Some(days) = row.days_silent {
        remarks.push(format!(
            "not heard of for {}",
            count(days.unsigned_abs() as usize, "day")
        ));
    }
    remarks.join(look.dot())
}
