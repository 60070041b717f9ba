use std::io;

use super::{chart, picture, words};
use crate::history::{MarkId, State};
use crate::model::{Address, Status};
use crate::render::dates::{date, short_date};
use crate::render::look::{Look, Tone, one_line, percent, status_words};
use crate::render::table::{Cell, Column, Table};
use crate::render::wrapped::wrapped;
use crate::text::join;
use crate::view::{Trend, TrendRow};

/// Writes a row whole.
pub(super) fn detail(
    out: &mut dyn io::Write,
    trend: &Trend<'_>,
    row: &TrendRow<'_>,
    look: Look,
) -> io::Result<()> {
    let name = match &row.address {
        Address::Plan => one_line(row.title).into_owned(),
        address => format!("{address}  {}", one_line(row.title)),
    };
    for line in crate::render::lines(&name, look) {
        writeln!(out, "{}", look.paint(Tone::Strong, &line))?;
    }
    wrapped(out, "", &state(row, look), look)?;
    writeln!(out)?;
    let columns = chart::columns(look);
    if row.is_drawn() {
        chart::chart(out, trend, row, look)?;
    }
    if row.key_result.is_none() {
        counts(out, trend, row, columns, look)?;
    } else {
        let signs = signs(trend, row, columns, look);
        writeln!(out, "{:>7}  {}", "status", signs.trim_end())?;
        if !row.is_drawn() {
            chart::days(out, trend, columns, look)?;
        }
    }
    if let Some(forecast) = row.forecast {
        writeln!(out)?;
        wrapped(out, "", &words::told(forecast, trend.today), look)?;
    }
    if row.key_result.is_some() {
        statuses(out, trend, row, look)?;
        moves(out, trend, row, look)?;
    }
    Ok(())
}

/// Says how it stands now.
fn state(row: &TrendRow<'_>, look: Look) -> String {
    let mut said = Vec::new();
    match row.now {
        Some(State::Rollup(rollup)) => said.push(rollup.counts.describe()),
        Some(State::KeyResult { status, .. }) => said.push(status_words(status)),
        None => {}
    }
    if let Some(progress) = row.now.and_then(State::progress) {
        said.push(percent(Some(progress), look));
    }
    if row.expected.is_some() {
        said.push(format!("{} of its time gone", percent(row.expected, look)));
        let is_key_result = row.key_result.is_some();
        said.extend(words::pace(row).filter(|_| is_key_result));
    }
    said.extend(words::recently(row));
    if row.key_result.is_some_and(|own| own.due.is_some()) || !row.moves.is_empty() {
        said.extend(row.due.map(|due| format!("due {}", date(due))));
    }
    said.join(look.dot())
}

fn signs(trend: &Trend<'_>, row: &TrendRow<'_>, columns: usize, look: Look) -> String {
    let statuses = states(trend, row, columns).map(|state| state?.status());
    picture::signs(statuses, look)
}

/// Returns how a row stood in each of so many parts of the time, up to today.
pub(super) fn states(
    trend: &Trend<'_>,
    row: &TrendRow<'_>,
    columns: usize,
) -> impl Iterator<Item = Option<State>> {
    let mut is_ahead = false;
    let days = trend.parts(columns);
    days.map(move |day| {
        let state = row.on(day.min(trend.today)).filter(|_| !is_ahead);
        is_ahead = day >= trend.today;
        state
    })
}

/// Writes how many key results were in each status, a line of drawing each.
fn counts(
    out: &mut dyn io::Write,
    trend: &Trend<'_>,
    row: &TrendRow<'_>,
    columns: usize,
    look: Look,
) -> io::Result<()> {
    let rollup = |state: Option<State>| match state {
        Some(State::Rollup(rollup)) => Some(rollup.counts),
        _ => None,
    };
    let counts: Vec<_> = states(trend, row, columns).map(rollup).collect();
    let now = rollup(row.now).unwrap_or_default();
    let most_urgent_first = Status::ALL.iter().rev();
    for status in most_urgent_first {
        let numbers = counts.iter().flatten().map(|counts| counts.of(*status));
        if numbers.max().unwrap_or(0) == 0 {
            continue;
        }
        let shares = counts.iter().map(|counts| {
            let counts = (*counts)?;
            let all = counts.all().max(1);
            Some(100.0 * counts.of(*status) as f64 / all as f64)
        });
        let line = picture::line(shares, look);
        let (number, sign, words) = (now.of(*status), look.sign(*status), status_words(*status));
        writeln!(out, "{number:>5} {sign}  {}  {words}", line.trim_end())?;
    }
    Ok(())
}

/// Writes the statuses that a key result had, the latest first: for how long, since when, by whom.
fn statuses(
    out: &mut dyn io::Write,
    trend: &Trend<'_>,
    row: &TrendRow<'_>,
    look: Look,
) -> io::Result<()> {
    writeln!(out, "\n{}", look.paint(Tone::Strong, "STATUS"))?;
    let sums = row.days_in_statuses();
    if sums.len() < row.stays.len() {
        let sums = sums.iter();
        let sums =
            sums.map(|(status, days)| format!("{} {}", status_words(*status), words::days(*days)));
        wrapped(out, "  ", &format!("together {}", join(sums)), look)?;
    }
    let mut table = Table::plain(columns(), 2);
    for stay in row.stays.iter().rev() {
        let tone = stay.status.map_or(Tone::Faint, crate::render::look::tone);
        let sign = stay.status.map_or(" ", |status| look.sign(status));
        let status = words::status_or_gone(stay.status);
        let mut cells = vec![
            Cell::toned(tone, format!("{sign} {status}")),
            words::stayed(stay).into(),
        ];
        cells.extend(by(trend, stay.mark, "since"));
        table.row(cells);
    }
    table.write(out, look)
}

/// Writes the moves of its due day, the latest first: from when to when, by whom.
fn moves(
    out: &mut dyn io::Write,
    trend: &Trend<'_>,
    row: &TrendRow<'_>,
    look: Look,
) -> io::Result<()> {
    if row.moves.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", look.paint(Tone::Strong, "DUE DAY"))?;
    let mut table = Table::plain(columns(), 2);
    let arrow = if look.ascii { "->" } else { "→" };
    for due in row.moves.iter().rev() {
        let mut cells = vec![
            format!("{} {arrow} {}", short_date(due.from, due.to), date(due.to)).into(),
            words::moved(due.days()).into(),
        ];
        cells.extend(by(trend, due.at, "on"));
        table.row(cells);
    }
    table.write(out, look)
}

fn columns() -> Vec<Column> {
    vec![
        Column::left(""),
        Column::right(""),
        Column::left(""),
        Column::flexible(""),
        Column::left(""),
    ]
}

/// Says when something was so, by whom, and in which commit.
fn by<'a>(trend: &Trend<'a>, mark: MarkId, when: &str) -> Vec<Cell<'a>> {
    let mark = trend.course.mark(mark);
    match mark.commit {
        Some(commit) => vec![
            format!("{when} {}", date(commit.day)).into(),
            one_line(commit.author).into_owned().into(),
            commit.short().to_owned().into(),
        ],
        None => vec![
            format!("{when} {}", date(mark.day)).into(),
            "not committed".into(),
        ],
    }
}
