use std::io;

use super::picture::level;
use crate::history::State;
use crate::render::dates::{date, short_date};
use crate::render::look::{Look, Tone};
use crate::text::pad;
use crate::view::{Trend, TrendRow};

/// So many lines are drawn, each of ten points.
const LINES: usize = 10;

/// What the first and the last day need at least, and what is wide enough.
const COLUMNS: (usize, usize) = (26, 66);

/// Returns how many columns there are for drawing.
pub(super) fn columns(look: Look) -> usize {
    let room = look.width.unwrap_or(80).saturating_sub(10);
    room.clamp(COLUMNS.0, COLUMNS.1)
}

/// Draws a row's progress, and beside it the line that was expected.
pub(super) fn chart(
    out: &mut dyn io::Write,
    trend: &Trend<'_>,
    row: &TrendRow<'_>,
    look: Look,
) -> io::Result<()> {
    let columns = columns(look);
    let days: Vec<_> = trend.parts(columns).collect();
    let is_ahead = |from: usize| from > 0 && days[from - 1] >= trend.today;
    let values: Vec<_> = (0..columns)
        .map(|at| {
            let day = days[at].min(trend.today);
            let state = row.on(day).filter(|_| !is_ahead(at));
            state.and_then(State::progress)
        })
        .collect();
    let bar = if look.ascii { "|" } else { "│" };
    for line in (0..LINES).rev() {
        let label = match line {
            9 => "100 %",
            5 => "50 %",
            _ => "",
        };
        let cells = values.iter().zip(&days).map(|(value, day)| {
            let expected = row.expected_on(*day);
            let is_expected = expected.is_some_and(|is| level(is, LINES).min(LINES - 1) == line);
            cell(*value, is_expected, line, look)
        });
        let cells: String = cells.collect();
        writeln!(out, "{label:>7} {bar}{}", cells.trim_end())?;
    }
    let (corner, dash) = if look.ascii {
        ("+", "-")
    } else {
        ("└", "─")
    };
    writeln!(out, "{:>7} {corner}{}", "0 %", dash.repeat(columns))?;
    self::days(out, trend, columns, look)?;
    if row.expected.is_some() {
        let (over, within) = if look.ascii {
            (".", "o")
        } else {
            ("·", "░")
        };
        let said = format!("{:9}{over} {within} the share of the time gone", "");
        writeln!(out, "{}", look.paint(Tone::Faint, &said))?;
    }
    Ok(())
}

/// Writes the first and the last day below a drawing.
pub(super) fn days(
    out: &mut dyn io::Write,
    trend: &Trend<'_>,
    columns: usize,
    look: Look,
) -> io::Result<()> {
    let days = first_and_last(trend, columns);
    writeln!(out, "{:9}{}", "", look.paint(Tone::Faint, &days))
}

/// Returns the first and the last day at the ends of so many columns.
pub(super) fn first_and_last(trend: &Trend<'_>, columns: usize) -> String {
    let has_room = columns >= COLUMNS.0;
    // Without its year, where there is no room for that.
    let day = |day| {
        if has_room {
            date(day)
        } else {
            short_date(day, day)
        }
    };
    let last = day(trend.to);
    let first = pad(&day(trend.from), columns.saturating_sub(last.len()));
    format!("{first}{last}")
}

/// Returns what is drawn of a value at a line, which stands for ten points from ten times its number.
fn cell(value: Option<f64>, is_expected: bool, line: usize, look: Look) -> char {
    const PARTS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

    let eighths = value.map_or(0, |value| level(value, 8 * LINES));
    let filled = eighths.saturating_sub(8 * line).min(8);
    match (is_expected, filled, look.ascii) {
        (true, 0, false) => '·',
        (true, 0, true) => '.',
        (true, _, false) => '░',
        (true, _, true) => 'o',
        (false, filled, false) => PARTS[filled],
        (false, 4.., true) => '#',
        (false, _, true) => ' ',
    }
}
