//! Progress and status over time as text: a line a row, or a picture of each where some are asked for.

mod chart;
mod detail;
mod picture;
mod rows;
pub(super) mod words;

use std::fmt::Write as _;
use std::io;

pub(super) use rows::facts;

use super::dates::date;
use super::days::heading;
use super::look::{Look, Tone, one_line};
use super::wrapped::wrapped;
use crate::history::{MarkId, Oldest};
use crate::text::count;
use crate::view::Trend;

/// Writes the plan, its themes, objectives and key results over time, a line of drawing each.
pub fn trend(out: &mut dyn io::Write, trend: &Trend<'_>, look: Look) -> io::Result<()> {
    head(out, trend, look)?;
    rows::rows(out, trend, look)
}

/// Writes each row whole: a chart, where it leads, and what it went through.
pub fn trend_of_each(out: &mut dyn io::Write, trend: &Trend<'_>, look: Look) -> io::Result<()> {
    head(out, trend, look)?;
    for row in &trend.rows {
        writeln!(out)?;
        detail::detail(out, trend, row, look)?;
    }
    Ok(())
}

/// Writes the plan and its cycle, and from which versions all is told.
fn head(out: &mut dyn io::Write, trend: &Trend<'_>, look: Look) -> io::Result<()> {
    let name = one_line(&trend.plan.name);
    let line = format!("{name}{}{}", look.dot(), heading(&trend.cycle, look));
    for line in super::lines(&line, look) {
        writeln!(out, "{}", look.paint(Tone::Strong, &line))?;
    }
    wrapped(out, "", &versions(trend), look)
}

/// Returns from which versions all is told, in sentences.
pub(super) fn versions(trend: &Trend<'_>) -> String {
    let course = trend.course;
    let day = |at: Option<&MarkId>| {
        let mark = course.mark(*at?);
        Some(date(mark.commit.map_or(mark.day, |commit| commit.day)))
    };
    let number = count(course.versions, "committed version");
    let mut said = match (day(course.moments().first()), day(course.moments().last())) {
        (Some(first), Some(last)) if first != last && course.versions > 1 => {
            format!("From {number}, {first} to {last}, by {}.", trend.by.word())
        }
        (_, Some(last)) if course.versions > 0 => format!("From {number} of {last}."),
        _ => "Nothing is committed yet.".to_owned(),
    };
    if course.is_uncommitted() {
        said += " The last point is the file as it is now, with what is not committed.";
    }
    if course.unread > 0 {
        let verb = if course.unread == 1 { "was" } else { "were" };
        let number = count(course.unread, "version");
        let _ = write!(said, " {number} cannot be read and {verb} passed over.");
    }
    if course.oldest == Oldest::Cut {
        said +=
            " What came before is not in this shallow clone: `git fetch --unshallow` fetches it.";
    }
    if trend.len() < 2 {
        said += " A trend takes time: there is one point so far.";
    }
    said
}
