//! Reports as CSV: a header, then a line a row; what a spreadsheet would run is made text.
//!
//! Only ever gains columns, at the end.

use std::io;

use ::csv::Writer;

use super::changes::words;
use super::list::{List, ListColumn, Plain};
use super::look::Look;
use crate::history::State;
use crate::model::{Status, whole_percent};
use crate::text::printable;
use crate::view::{CycleRow, Days, LogEntry, LogEvent, Trend};

/// The columns where none are asked for; unlike the table's they are always the same.
const COLUMNS: &[ListColumn] = &[
    ListColumn::Id,
    ListColumn::Status,
    ListColumn::Progress,
    ListColumn::Due,
    ListColumn::Days,
    ListColumn::Owner,
    ListColumn::Title,
];

/// Writes a list.
pub fn list(out: &mut dyn io::Write, list: &List<'_>) -> io::Result<()> {
    let columns = match list.columns {
        [] => COLUMNS,
        columns => columns,
    };
    rows(out, list, columns, None)
}

/// Writes what is published as a list; what is not for everybody says so in every line.
pub fn export(out: &mut dyn io::Write, list: &List<'_>, is_internal: bool) -> io::Result<()> {
    let audience = is_internal.then_some(("audience", "internal"));
    rows(out, list, list.columns, audience)
}

/// Writes a line a row, with a column more that is the same in each, if there is one.
fn rows(
    out: &mut dyn io::Write,
    list: &List<'_>,
    columns: &[ListColumn],
    more: Option<(&str, &str)>,
) -> io::Result<()> {
    let mut csv = Writer::from_writer(out);
    let names = columns.iter().map(|column| column.name());
    csv.write_record(names.chain(more.map(|(name, _)| name)))?;
    for row in list.rows {
        for column in columns {
            let cell = match list.plain(*column, row) {
                Plain::Text(words) => text(&words),
                Plain::Figure(figure) => figure.to_string(),
                Plain::Whole(number) => number.to_string(),
                Plain::Nothing => String::new(),
            };
            csv.write_field(cell)?;
        }
        if let Some((_, word)) = more {
            csv.write_field(word)?;
        }
        csv.write_record(None::<&[u8]>)?;
    }
    csv.flush()
}

/// Writes the days left.
pub fn days(out: &mut dyn io::Write, days: &Days<'_>) -> io::Result<()> {
    let mut csv = Writer::from_writer(out);
    csv.write_record([
        "id",
        "name",
        "open",
        "overdue",
        "due-within",
        "next",
        "next-title",
        "next-due",
        "next-days",
        "last-due",
    ])?;
    for group in &days.groups {
        let next = group.next.as_ref();
        let or_empty = Option::unwrap_or_default;
        csv.write_record([
            text(group.id),
            text(group.name),
            group.open.to_string(),
            group.overdue.to_string(),
            group.due_within.to_string(),
            or_empty(next.map(|next| text(&next.address().to_string()))),
            or_empty(next.map(|next| text(next.title))),
            or_empty(next.map(|next| next.due.to_string())),
            or_empty(next.map(|next| next.days_left.to_string())),
            or_empty(group.last.map(|day| day.to_string())),
        ])?;
    }
    csv.flush()
}

/// Writes the cycles.
pub fn cycles(out: &mut dyn io::Write, rows: &[CycleRow<'_>]) -> io::Result<()> {
    let mut csv = Writer::from_writer(out);
    let statuses = Status::ALL.iter();
    let names = [
        "id", "name", "start", "end", "days", "state", "current", "all",
    ];
    csv.write_record(
        names
            .into_iter()
            .chain(statuses.map(|status| status.word())),
    )?;
    for row in rows {
        let cycle = row.line.cycle;
        let or_empty = Option::unwrap_or_default;
        let mut cells = vec![
            text(row.line.id.as_str()),
            or_empty(cycle.map(|cycle| text(&cycle.name))),
            or_empty(cycle.map(|cycle| cycle.start.to_string())),
            or_empty(cycle.map(|cycle| cycle.end.to_string())),
            or_empty(cycle.map(|cycle| cycle.length().to_string())),
            or_empty(row.line.stage.map(|stage| stage.word().to_owned())),
            row.is_current.to_string(),
            row.counts.all().to_string(),
        ];
        let statuses = Status::ALL.iter();
        cells.extend(statuses.map(|status| row.counts.of(*status).to_string()));
        csv.write_record(cells)?;
    }
    csv.flush()
}

/// Writes a log as it comes, a line for each change; a commit without any has a line of its own.
pub fn log(out: &mut dyn io::Write, entries: &mut dyn Iterator<Item = LogEntry>) -> io::Result<()> {
    let mut csv = Writer::from_writer(out);
    csv.write_record([
        "day", "commit", "author", "email", "event", "address", "title", "key", "old", "new",
        "text", "subject",
    ])?;
    for entry in entries {
        let commit = &entry.commit;
        let problem = match &entry.event {
            LogEvent::Unread(unread) => unread.to_string(),
            _ => String::new(),
        };
        let things = entry.event.things();
        let mut line =
            |address: &str, title: &str, key: &str, [old, new]: [String; 2], words: &str| {
                csv.write_record([
                    commit.day().to_string(),
                    commit.id.clone(),
                    text(&commit.author.name),
                    text(&commit.author.email),
                    entry.event.word().to_owned(),
                    text(address),
                    text(title),
                    text(key),
                    text(&old),
                    text(&new),
                    text(words),
                    text(&commit.subject),
                ])
            };
        if things.is_empty() {
            line("", "", "", <_>::default(), &problem)?;
        }
        for told in things.iter().flat_map(|thing| &thing.told) {
            let key = told.key().unwrap_or_default();
            let values = told.values.clone();
            let values = values.map(|value| value.map_or_else(String::new, |v| v.to_string()));
            let words = words(told, Look::PLAIN).line();
            line(&told.at.to_string(), &told.title, key, values, &words)?;
        }
    }
    csv.flush()
}

/// Writes progress and status over time, a line for each point of each row.
pub fn trend(out: &mut dyn io::Write, trend: &Trend<'_>) -> io::Result<()> {
    let mut csv = Writer::from_writer(out);
    let names = [
        "address", "title", "day", "commit", "author", "progress", "expected", "status", "all",
    ];
    let statuses = Status::ALL.iter();
    csv.write_record(
        names
            .into_iter()
            .chain(statuses.map(|status| status.word())),
    )?;
    let whole = |percent: Option<f64>| percent.map(|percent| whole_percent(percent).to_string());
    for row in &trend.rows {
        let (address, title) = (text(&row.address.to_string()), text(row.title));
        for point in trend.points(row) {
            let mark = trend.course.mark(point.mark);
            let author = mark.commit.as_ref().map(|commit| text(commit.author));
            let status = point.state.status().map(Status::word);
            let counts = match point.state {
                State::Rollup(rollup) => Some(rollup.counts),
                State::KeyResult { .. } => None,
            };
            let or_empty = Option::unwrap_or_default;
            let mut cells = vec![
                address.clone(),
                title.clone(),
                point.day.to_string(),
                or_empty(mark.commit.map(|commit| commit.id)),
                or_empty(author),
                or_empty(whole(point.state.progress())),
                or_empty(whole(point.expected)),
                status.unwrap_or_default().to_owned(),
                or_empty(counts.map(|counts| counts.all().to_string())),
            ];
            let statuses = Status::ALL.iter();
            cells.extend(
                statuses
                    .map(|status| or_empty(counts.map(|counts| counts.of(*status).to_string()))),
            );
            csv.write_record(cells)?;
        }
    }
    csv.flush()
}

/// Returns words of the plan as a cell that no spreadsheet takes for a formula.
fn text(words: &str) -> String {
    let shown = printable(words);
    let first =
        |text: &str| text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if first(words) || first(words.trim_start()) {
        return format!("'{shown}");
    }
    shown.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_made_text() {
        for (words, cell) in [
            ("plain", "plain"),
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\\u{9}=1"),
            ("\r=1", "'\\u{d}=1"),
            ("  =1", "'  =1"),
            ("＝1", "'＝1"),
            ("a=1", "a=1"),
        ] {
            assert_eq!(text(words), cell);
        }
    }
}
