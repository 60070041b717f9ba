//! Due days and milestones as all-day events of a calendar (RFC 5545).
//!
//! Written here and not by a crate: a calendar is a dozen properties, and those that crates fill in by
//! themselves (the clock's time, an id by chance) are the ones that must not change from one run to the
//! next.

use std::io;

use chrono::NaiveDate;

use super::facts::{name, plan, progress};
use crate::model::{Address, Status};
use crate::render::look::status_words;
use crate::text::{hash, printable};
use crate::view::{Edition, Row};

/// The most bytes of a line, its break aside.
const LONGEST: usize = 75;

/// Writes a calendar: an event for the end of the cycle, for each key result with a day and for each
/// milestone with one; so many days before what is still open there is an alarm.
///
/// The same plan on the same day is the same calendar, byte for byte, and an event keeps its id as long
/// as its address and the plan's name stay.
pub fn icalendar(out: &mut dyn io::Write, edition: &Edition<'_>, alarms: &[i64]) -> io::Result<()> {
    let mut lines = Lines { out };
    lines.plain("BEGIN:VCALENDAR")?;
    lines.plain("VERSION:2.0")?;
    lines.plain("PRODID:-//loti//OKRs as code//EN")?;
    lines.plain("CALSCALE:GREGORIAN")?;
    lines.plain("METHOD:PUBLISH")?;
    lines.text("X-WR-CALNAME", &plan(edition))?;
    let said = [Some(name(edition)), edition.internal().map(str::to_owned)];
    let said: Vec<_> = said
        .into_iter()
        .flatten()
        .chain(edition.not_shown())
        .collect();
    lines.text("X-WR-CALDESC", &said.join("\n"))?;
    for event in events(edition) {
        event.write(&mut lines, edition, alarms)?;
    }
    lines.plain("END:VCALENDAR")
}

/// Something on a day.
struct Event {
    address: Address,
    day: NaiveDate,
    /// What it is, in a line.
    summary: String,
    /// What more there is to say.
    description: Vec<String>,
    /// The theme it stands under.
    category: Option<String>,
    is_open: bool,
}

fn events(edition: &Edition<'_>) -> Vec<Event> {
    let board = &edition.board;
    let mut events = Vec::new();
    events.extend(board.cycle.cycle.map(|cycle| Event {
        address: Address::Cycle(board.cycle.id.clone()),
        day: cycle.end,
        summary: format!("{} ends", cycle.name),
        description: vec![board.rollup.counts.describe()],
        category: None,
        is_open: cycle.closed.is_none(),
    }));
    for row in board.rows().filter(|row| row.status != Status::Dropped) {
        events.extend(due(edition, row));
        events.extend(steps(edition, row));
    }
    events
}

/// Returns the day on which a key result is due; what is kept up has none.
fn due(edition: &Edition<'_>, row: &Row<'_>) -> Option<Event> {
    let own = row.key_result;
    let day = row.due.filter(|_| !own.is_ongoing())?;
    let done = if row.status == Status::Done {
        "Done: "
    } else {
        ""
    };
    let mut description = vec![own.title.clone(), status_words(row.status)];
    if !own.is_outline {
        description.push(progress(row));
    }
    description.extend(above(edition, row));
    Some(Event {
        address: Address::KeyResult(row.id.clone()),
        day,
        summary: format!("{done}{} (kr.{})", own.short_title(), row.id),
        description,
        category: category(edition, row),
        is_open: row.is_open,
    })
}

fn steps<'a>(edition: &'a Edition<'_>, row: &'a Row<'_>) -> impl Iterator<Item = Event> + 'a {
    let steps = row.key_result.milestones.iter();
    steps.filter_map(|(id, step)| {
        let done = if step.is_done() { "Done: " } else { "" };
        let mut description = vec![format!("Step of {}", row.key_result.title)];
        description.extend(above(edition, row));
        Some(Event {
            address: Address::Milestone(row.id.clone(), id.clone()),
            day: step.due?,
            summary: format!("{done}{} (step of kr.{})", step.name, row.id),
            description,
            category: category(edition, row),
            is_open: row.is_open && !step.is_done(),
        })
    })
}

/// Returns the objective and the theme that a key result stands under.
fn above(edition: &Edition<'_>, row: &Row<'_>) -> Option<String> {
    let plan = edition.board.plan;
    let objective = plan.objectives.get(&row.key_result.objective)?;
    let theme = plan.themes.get(&objective.theme)?;
    Some(format!("{} · {}", theme.name, objective.name))
}

fn category(edition: &Edition<'_>, row: &Row<'_>) -> Option<String> {
    let theme = edition.board.plan.themes.get(row.theme?)?;
    Some(theme.name.clone())
}

impl Event {
    fn write(
        &self,
        lines: &mut Lines<'_>,
        edition: &Edition<'_>,
        alarms: &[i64],
    ) -> io::Result<()> {
        let of = hash(&[&edition.board.plan.name]);
        let next = self.day.succ_opt().unwrap_or(self.day);
        lines.plain("BEGIN:VEVENT")?;
        lines.plain(&format!("UID:{}.{of:016x}@loti", self.address))?;
        lines.plain(&format!("DTSTAMP:{}T000000Z", basic(edition.today)))?;
        lines.plain(&format!("DTSTART;VALUE=DATE:{}", basic(self.day)))?;
        lines.plain(&format!("DTEND;VALUE=DATE:{}", basic(next)))?;
        lines.text("SUMMARY", &self.summary)?;
        lines.text("DESCRIPTION", &self.description.join("\n"))?;
        if let Some(category) = &self.category {
            lines.text("CATEGORIES", category)?;
        }
        lines.plain(if edition.is_internal() {
            "CLASS:PRIVATE"
        } else {
            "CLASS:PUBLIC"
        })?;
        // Nobody is busy for it.
        lines.plain("TRANSP:TRANSPARENT")?;
        for days in alarms.iter().filter(|_| self.is_open) {
            lines.plain("BEGIN:VALARM")?;
            lines.plain("ACTION:DISPLAY")?;
            lines.text("DESCRIPTION", &self.summary)?;
            lines.plain(&format!("TRIGGER:-P{days}D"))?;
            lines.plain("END:VALARM")?;
        }
        lines.plain("END:VEVENT")
    }
}

/// Returns a day as calendars write it. The format knows years of four digits.
fn basic(day: NaiveDate) -> String {
    let first = NaiveDate::from_ymd_opt(1, 1, 1).unwrap_or(day);
    let last = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(day);
    day.clamp(first, last).format("%Y%m%d").to_string()
}

/// Lines that end and are folded as the standard says.
struct Lines<'a> {
    out: &'a mut dyn io::Write,
}

impl Lines<'_> {
    /// Writes a property whose value is a text of the plan.
    fn text(&mut self, property: &str, value: &str) -> io::Result<()> {
        self.plain(&format!("{property}:{}", escaped(value)))
    }

    /// Writes a line as it is, folded where it is long: never within a character.
    fn plain(&mut self, line: &str) -> io::Result<()> {
        let mut rest = line;
        let mut room = LONGEST;
        while rest.len() > room {
            let (now, later) = rest.split_at(rest.floor_char_boundary(room));
            write!(self.out, "{now}\r\n ")?;
            rest = later;
            // The space at the beginning counts.
            room = LONGEST - 1;
        }
        write!(self.out, "{rest}\r\n")
    }
}

/// Returns a text as the value of a property: it ends no line and parts no list.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in printable(text).chars() {
        match character {
            '\\' | ';' | ',' => {
                escaped.push('\\');
                escaped.push(character);
            }
            '\n' => escaped.push_str("\\n"),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> String {
        let mut out = Vec::new();
        let mut lines = Lines { out: &mut out };
        lines.text("SUMMARY", text).expect("writing to memory");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn text_ends_no_line_and_parts_no_list() {
        for (text, written) in [
            ("plain", "SUMMARY:plain\r\n"),
            ("a,b;c\\d", "SUMMARY:a\\,b\\;c\\\\d\r\n"),
            ("a\nEND:VEVENT", "SUMMARY:a\\nEND:VEVENT\r\n"),
            ("a\r\nb\u{b}", "SUMMARY:a\\\\u{d}\\nb\\\\u{b}\r\n"),
        ] {
            assert_eq!(line(text), written, "{text:?}");
        }
    }

    #[test]
    fn a_long_line_is_folded_between_characters() {
        for text in ["x".repeat(500), "東京".repeat(100), "a👩".repeat(90)] {
            let written = line(&text);
            assert!(written.split("\r\n").all(|line| line.len() <= LONGEST));
            let unfolded = written.replace("\r\n ", "");
            assert_eq!(unfolded, format!("SUMMARY:{text}\r\n"));
        }
    }
}
