use std::io;

use chrono::NaiveDate;

use crate::model::Id;
use crate::render::dates::{days_left, short_date};
use crate::render::look::{Look, Tone, one_line};
use crate::render::table::{Cell, Column, Table};
use crate::view::{Board, First, FirstKind};

/// How many dated things a reason lists before it says how many more there are.
const MOST_DATED: usize = 3;

/// Writes what comes first, and why.
pub(super) fn first(
    out: &mut dyn io::Write,
    board: &Board<'_>,
    today: NaiveDate,
    look: Look,
) -> io::Result<()> {
    writeln!(out, "\n{}", look.paint(Tone::Strong, "FIRST"))?;
    let mut table = Table::plain(vec![Column::left(""), Column::flexible("")], 2);
    for reason in &board.first {
        for (label, tone, words) in reason_lines(board, reason, today, look) {
            table.row(vec![Cell::toned(tone, label), words.into()]);
        }
    }
    table.write(out, look)
}

fn reason_lines(
    board: &Board<'_>,
    reason: &First<'_>,
    today: NaiveDate,
    look: Look,
) -> Vec<(String, Tone, String)> {
    let (label, tone) = match reason.kind {
        FirstKind::Overdue => ("overdue", Tone::Bad),
        FirstKind::Today => ("today", Tone::Warn),
        FirstKind::Broken => ("broken", Tone::Bad),
        FirstKind::OffTrack => ("off track", Tone::Bad),
        FirstKind::AtRisk => ("at risk", Tone::Warn),
        FirstKind::Next => ("next", Tone::Plain),
        FirstKind::Behind => ("on track?", Tone::Warn),
        FirstKind::LateToStart => ("late to start", Tone::Warn),
        FirstKind::Asks => ("asks you", Tone::Plain),
        FirstKind::Stale => ("not heard of", Tone::Plain),
    };
    if !reason.dated.is_empty() {
        let mut lines: Vec<_> = reason
            .dated
            .iter()
            .take(MOST_DATED)
            .map(|dated| {
                let when = match reason.kind {
                    FirstKind::Today => String::new(),
                    FirstKind::Overdue => format!(" ({})", days_left(dated.days_left)),
                    _ => format!(" ({})", short_date(dated.due, today)),
                };
                let words = format!("{}  {}{when}", dated.id, one_line(dated.title));
                (label.to_owned(), tone, words)
            })
            .collect();
        if reason.dated.len() > MOST_DATED {
            let more = reason.dated.len() - MOST_DATED;
            let filter = match reason.kind {
                FirstKind::Overdue => "--overdue",
                FirstKind::Today => "--due-within 0d",
                _ => "--due-within 14d",
            };
            let words = format!("and {more} more: `loti list {filter}`");
            lines.push((String::new(), tone, words));
        }
        return lines;
    }
    let words = match reason.kind {
        FirstKind::Behind => format!(
            "{}: progress is behind the time gone",
            ids(&reason.ids, look)
        ),
        FirstKind::LateToStart => {
            format!(
                "{}: not started, over half the time gone",
                ids(&reason.ids, look)
            )
        }
        FirstKind::Asks => format!("{}: see `loti list --asks`", ids(&reason.ids, look)),
        FirstKind::Stale => format!(
            "{}: no check-in for longer than agreed",
            ids(&reason.ids, look)
        ),
        _ => match reason.ids.as_slice() {
            [one] => {
                let title = board
                    .plan
                    .key_results
                    .get(*one)
                    .map_or("", |own| own.short_title());
                format!("{one}  {}", one_line(title))
            }
            several => ids(several, look),
        },
    };
    vec![(label.to_owned(), tone, words)]
}

fn ids(ids: &[&Id], look: Look) -> String {
    const MOST: usize = 20;
    let mut words: Vec<&str> = ids.iter().take(MOST).map(|id| id.as_str()).collect();
    if ids.len() > MOST {
        words.push(look.ellipsis());
    }
    match ids.len() {
        0..=2 => words.join(", "),
        all => format!("{} ({all})", words.join(", ")),
    }
}
