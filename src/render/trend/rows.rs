use std::fmt::Write as _;
use std::io;

use super::detail::states;
use super::{chart, picture, words};
use crate::history::State;
use crate::model::{Address, Status};
use crate::render::look::{Look, Tone, one_line, percent, status_words};
use crate::render::table::{Cell, Column, Table};
use crate::render::wrapped::wrapped;
use crate::text::{count, join};
use crate::view::{Trend, TrendRow};

/// The columns for drawing.
fn columns(look: Look) -> usize {
    match look.width {
        Some(..70) => 13,
        Some(120..) => 52,
        _ => 26,
    }
}

/// Writes a line of drawing for each row.
pub(super) fn rows(out: &mut dyn io::Write, trend: &Trend<'_>, look: Look) -> io::Result<()> {
    writeln!(out)?;
    let columns = columns(look);
    let mut table = Table::plain(
        vec![
            Column::right(""),
            Column::flexible(""),
            Column::right(""),
            Column::left(""),
        ],
        0,
    );
    let days = chart::first_and_last(trend, columns);
    let days = Cell::toned(Tone::Faint, days);
    table.row(vec!["".into(), "".into(), "".into(), days]);
    if let Some(gone) = trend.cycle.gone {
        table.row(vec![
            "".into(),
            "time gone".into(),
            percent(Some(gone), look).into(),
            time_gone(trend, columns, look).into(),
        ]);
    }
    for row in &trend.rows {
        if matches!(row.address, Address::Theme(_)) {
            table.heading("");
        }
        let mut drawn = drawn(trend, row, columns, look).into_iter();
        table.row(vec![
            id(row).into(),
            name(row, look),
            percent(row.now.and_then(State::progress), look).into(),
            drawn.next().unwrap_or_default().into(),
        ]);
        let said = facts(trend, row).join(look.dot());
        let below = drawn.next().unwrap_or_default();
        if !said.is_empty() || !below.is_empty() {
            table.row(vec!["".into(), said.into(), "".into(), below.into()]);
        }
    }
    table.write(out, look)?;
    writeln!(out)?;
    if trend.hidden > 0 {
        let hidden = count(trend.hidden, "key result");
        let text = format!("{hidden} hidden; counts and progress are of the whole plan.");
        writeln!(out, "{}", look.paint(Tone::Faint, &text))?;
    }
    wrapped(out, "", &legend(trend, look), look)
}

fn id(row: &TrendRow<'_>) -> String {
    match &row.address {
        Address::KeyResult(id) => id.to_string(),
        _ => String::new(),
    }
}

fn name<'a>(row: &TrendRow<'a>, look: Look) -> Cell<'a> {
    let name = one_line(if look.is_wide() { row.title } else { row.short });
    match row.address {
        // Upper case first: the letters of an escape stay small.
        Address::Theme(_) => {
            let name = one_line(&row.title.to_uppercase()).into_owned();
            Cell::toned(Tone::Strong, name)
        }
        Address::KeyResult(_) => name.into(),
        _ => Cell::toned(Tone::Strong, name),
    }
}

/// Returns what is to be said of a row.
pub(in crate::render) fn facts(trend: &Trend<'_>, row: &TrendRow<'_>) -> Vec<String> {
    let counts = match row.now {
        Some(State::Rollup(rollup)) => Some(rollup.counts.describe()),
        _ => None,
    };
    let is_key_result = row.key_result.is_some();
    // How long it has been what it is for good is of no use.
    let is_open = row.now.and_then(State::status).is_some_and(Status::is_open);
    let stay = row.stays.last().filter(|_| is_open);
    let moved = row.recently.filter(|points| points.abs() >= 0.5);
    [
        counts,
        stay.and_then(words::stay),
        words::pace(row).filter(|_| is_key_result && is_open),
        moved.and_then(|_| words::recently(row)),
        words::course(row.forecast, trend.today),
        words::moves(row).filter(|_| is_open),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Draws a row: its progress, where it moves by and by, and below it the status of a key result.
fn drawn(trend: &Trend<'_>, row: &TrendRow<'_>, columns: usize, look: Look) -> Vec<String> {
    let states = || states(trend, row, columns);
    let progress = || picture::line(states().map(|state| state?.progress()), look);
    if row.key_result.is_none() {
        return vec![progress()];
    }
    let signs = picture::signs(states().map(|state| state?.status()), look);
    if row.is_drawn() {
        vec![progress(), signs]
    } else {
        vec![signs]
    }
}

fn time_gone(trend: &Trend<'_>, columns: usize, look: Look) -> String {
    let Some(cycle) = trend.cycle.cycle else {
        return String::new();
    };
    let gone = |day| 100.0 * crate::model::share_gone(cycle.start, cycle.end, day);
    picture::line(trend.parts(columns).map(|day| Some(gone(day))), look)
}

/// Says what the drawings mean.
fn legend(trend: &Trend<'_>, look: Look) -> String {
    let mut said = String::from(if look.ascii {
        "Progress is drawn in tens, # is reached"
    } else {
        "Progress is drawn from ▁ to █, which is reached"
    });
    let mut met: Vec<Status> = Vec::new();
    for stay in trend.rows.iter().flat_map(|row| &row.stays) {
        met.extend(stay.status.filter(|status| !met.contains(status)));
    }
    met.sort();
    if !met.is_empty() {
        let signs = met.iter();
        let signs = signs.map(|status| format!("{} {}", look.sign(*status), status_words(*status)));
        let _ = write!(said, "; below it the status: {}", join(signs));
    }
    said.push('.');
    let mut forecasts = trend.rows.iter().filter_map(|row| row.forecast);
    if forecasts.any(|forecast| words::course(Some(forecast), trend.today).is_some()) {
        said += " `loti explain forecast` says how a course is foretold.";
    }
    said
}
