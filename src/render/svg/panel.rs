use std::fmt::Write as _;
use std::io;

use chrono::NaiveDate;

use super::LOOK;
use crate::history::State;
use crate::model::{days_between, whole_percent};
use crate::render::dates::date;
use crate::render::look::{one_line, percent, status_words};
use crate::render::trend::facts;
use crate::text::{shorten, xml};
use crate::view::{Trend, TrendRow};

/// How wide a row's picture is.
pub(super) const WIDTH: usize = 760;

/// Where the drawing begins and ends from the left, and the progress from the top.
const LEFT: f64 = 34.0;
const RIGHT: f64 = 756.0;
const TOP: f64 = 42.0;
const BOTTOM: f64 = 138.0;

/// How high the statuses are drawn.
const BAND: f64 = 16.0;

/// As many letters as fit on a line, of the name and of what else is said.
const LETTERS: (usize, usize) = (92, 138);

/// Where the parts of a row's picture are from the top.
struct Down {
    /// The statuses, of what has any.
    band: Option<f64>,
    /// The first and the last day.
    days: f64,
}

impl Down {
    fn of(row: &TrendRow<'_>) -> Self {
        let below = if row.is_drawn() {
            BOTTOM + 7.0
        } else {
            TOP - 2.0
        };
        let band = row.key_result.map(|_| below);
        Self {
            band,
            days: below + 9.0 + band.map_or(0.0, |_| BAND + 5.0),
        }
    }
}

/// Returns how high a row's picture is.
pub(super) fn height(row: &TrendRow<'_>) -> usize {
    // All of it stands at whole numbers above 0.
    #[expect(clippy::cast_sign_loss, reason = "constants above 0")]
    let days = Down::of(row).days as usize;
    days + 4
}

/// Writes a row's picture: its progress, the line that was expected, and the statuses it had.
pub(super) fn panel(
    out: &mut dyn io::Write,
    trend: &Trend<'_>,
    row: &TrendRow<'_>,
) -> io::Result<()> {
    let id = row.address.id().filter(|_| row.key_result.is_some());
    let id = id
        .map(|id| format!("{id}{}", LOOK.dot()))
        .unwrap_or_default();
    let name = format!("{id}{}", one_line(row.title));
    let name = shorten(&name, LETTERS.0, "…");
    let now = percent(row.now.and_then(State::progress), LOOK);
    let said = facts(trend, row).join(LOOK.dot());
    let said = shorten(&said, LETTERS.1, "…");
    let down = Down::of(row);
    let (from, to) = (date(trend.from), date(trend.to));
    let mut text = |class, x: f64, y: f64, anchor, words: &str| {
        writeln!(
            out,
            "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{}</text>",
            xml(words)
        )
    };
    text("name", 0.0, 13.0, "start", &name)?;
    text("name", RIGHT, 13.0, "end", &now)?;
    text("faint", 0.0, 30.0, "start", &said)?;
    text("faint", LEFT, down.days, "start", &from)?;
    text("faint", RIGHT, down.days, "end", &to)?;
    let across = Across::of(trend);
    if row.is_drawn() {
        grid(out, trend, &across)?;
        expected(out, trend, row, &across)?;
        progress(out, trend, row, &across)?;
    }
    match down.band {
        Some(top) => statuses(out, trend, row, &across, top),
        None => Ok(()),
    }
}

/// Where days lie from left to right.
struct Across {
    from: NaiveDate,
    days: f64,
}

impl Across {
    fn of(trend: &Trend<'_>) -> Self {
        Self {
            from: trend.from,
            days: days_between(trend.from, trend.to).max(1) as f64,
        }
    }

    fn x(&self, day: NaiveDate) -> f64 {
        let share = days_between(self.from, day) as f64 / self.days;
        LEFT + share.clamp(0.0, 1.0) * (RIGHT - LEFT)
    }
}

fn y(percent: f64) -> f64 {
    BOTTOM - percent / 100.0 * (BOTTOM - TOP)
}

fn grid(out: &mut dyn io::Write, trend: &Trend<'_>, across: &Across) -> io::Result<()> {
    for percent in [0.0, 50.0, 100.0] {
        let (y, text_y) = (y(percent), y(percent) + 4.0);
        writeln!(
            out,
            "<path class=\"grid\" d=\"M{LEFT} {y}H{RIGHT}\"/>\
             <text class=\"faint\" x=\"{:.0}\" y=\"{text_y}\" text-anchor=\"end\">{percent}</text>",
            LEFT - 6.0
        )?;
    }
    if trend.from <= trend.today && trend.today < trend.to {
        let x = across.x(trend.today);
        writeln!(
            out,
            "<path class=\"today\" d=\"M{x:.1} {TOP}V{BOTTOM}\"><title>{}</title></path>",
            date(trend.today)
        )?;
    }
    Ok(())
}

/// Draws the line that was expected: it turns where the row's time begins and ends.
fn expected(
    out: &mut dyn io::Write,
    trend: &Trend<'_>,
    row: &TrendRow<'_>,
    across: &Across,
) -> io::Result<()> {
    let Some((start, due)) = row.time() else {
        return Ok(());
    };
    let is_inside = |day: &NaiveDate| trend.from < *day && *day < trend.to;
    let turns = [start, due].into_iter().filter(is_inside);
    let days = [trend.from].into_iter().chain(turns).chain([trend.to]);
    let points = days.filter_map(|day| Some((across.x(day), y(row.expected_on(day)?))));
    let points: Vec<_> = points.map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
    writeln!(
        out,
        "<path class=\"expected\" d=\"M{}\"/>",
        points.join("L")
    )
}

/// Draws the progress: it stays as it is until it changes.
fn progress(
    out: &mut dyn io::Write,
    trend: &Trend<'_>,
    row: &TrendRow<'_>,
    across: &Across,
) -> io::Result<()> {
    let until = trend.today.min(trend.to).max(trend.from);
    let ends = row.days().skip(1).map(|(day, _)| day).chain([until]);
    let mut line = String::new();
    let mut area = String::new();
    let mut is_drawn = false;
    for ((day, state), end) in row.days().zip(ends) {
        let Some(progress) = state.and_then(State::progress) else {
            is_drawn = false;
            continue;
        };
        let (x, end, y) = (across.x(day), across.x(end.min(until)), y(progress));
        if end <= x && day < until {
            continue;
        }
        let goes = if is_drawn {
            format!("V{y:.1}")
        } else {
            format!("M{x:.1} {y:.1}")
        };
        let _ = write!(line, "{goes}H{end:.1}");
        let _ = write!(area, "M{x:.1} {BOTTOM}V{y:.1}H{end:.1}V{BOTTOM}Z");
        is_drawn = true;
    }
    if line.is_empty() {
        return Ok(());
    }
    writeln!(out, "<path class=\"area\" d=\"{area}\"/>")?;
    write!(out, "<path class=\"progress\" d=\"{line}\">")?;
    let now = row.now.and_then(State::progress).map(whole_percent);
    let now = now.map(|now| format!("{now} % on {}", date(trend.today)));
    writeln!(out, "<title>{}</title></path>", now.unwrap_or_default())
}

/// Draws the statuses that a key result had, one after the other.
fn statuses(
    out: &mut dyn io::Write,
    trend: &Trend<'_>,
    row: &TrendRow<'_>,
    across: &Across,
    top: f64,
) -> io::Result<()> {
    for stay in &row.stays {
        let Some(status) = stay.status.filter(|_| stay.until >= trend.from) else {
            continue;
        };
        let (x, end) = (across.x(stay.since), across.x(stay.until));
        let width = (end - x).max(1.0);
        let words = status_words(status);
        let by = match trend.course.mark(stay.mark).commit {
            Some(commit) => format!("{}, {} ", date(commit.day), one_line(commit.author)),
            None => "not committed".to_owned(),
        };
        let told = xml(&format!("{words} since {}", by.trim_end()));
        writeln!(
            out,
            "<rect class=\"{}\" x=\"{x:.1}\" y=\"{top}\" width=\"{width:.1}\" height=\"{BAND}\">\
             <title>{told}</title></rect>",
            status.word()
        )?;
        // Words where they fit, else the sign that the word goes with elsewhere.
        let sign = LOOK.sign(status);
        let shown = match width {
            ..12.0 => "",
            _ if width < 7.0 * words.len() as f64 => sign,
            _ => &words,
        };
        let (x, y) = (x + 4.0, top + 12.0);
        writeln!(
            out,
            "<text x=\"{x:.1}\" y=\"{y}\" font-size=\"11\">{shown}</text>"
        )?;
    }
    Ok(())
}
