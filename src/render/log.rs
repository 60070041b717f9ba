use std::io;

use chrono::NaiveDate;

use super::changes::words_on;
use super::dates::date;
use super::look::{Look, Tone, one_line};
use super::wrapped::wrapped;
use crate::model::Address;
use crate::text::{count, join};
use crate::view::{LogEntry, LogEvent, LogThing};

/// Writes the commits of a log as they come, each with what it did under it.
pub fn log(
    out: &mut dyn io::Write,
    entries: &mut dyn Iterator<Item = LogEntry>,
    look: Look,
) -> io::Result<()> {
    for (number, entry) in entries.enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        heading(out, &entry, look)?;
        if let Some(name) = &entry.was_called {
            let words = format!("the file was called {} before", one_line(name));
            wrapped(out, "  ", &words, look)?;
        }
        event(out, &entry, look)?;
    }
    Ok(())
}

fn heading(out: &mut dyn io::Write, entry: &LogEntry, look: Look) -> io::Result<()> {
    let commit = &entry.commit;
    let words = [
        date(commit.day()),
        one_line(&commit.author.name).into_owned(),
        commit.short().to_owned(),
        one_line(&commit.subject).into_owned(),
    ];
    let words: Vec<_> = words.into_iter().filter(|word| !word.is_empty()).collect();
    for line in super::lines(&words.join(look.dot()), look) {
        writeln!(out, "{}", look.paint(Tone::Strong, &line))?;
    }
    Ok(())
}

fn event(out: &mut dyn io::Write, entry: &LogEntry, look: Look) -> io::Result<()> {
    let words = match &entry.event {
        LogEvent::Changed(things) => return all(out, things, entry.commit.day(), look),
        LogEvent::Begun(counts, _) => {
            let counts = counts.iter();
            let counts = counts.map(|(table, number)| count(*number, table.noun()));
            format!("the plan begins: {}", join(counts))
        }
        LogEvent::Layout => "only comments or layout".to_owned(),
        LogEvent::Unread(unread) => {
            format!(
                "the file could not be read: {}",
                one_line(&unread.to_string())
            )
        }
        LogEvent::Gone => "the file was taken away".to_owned(),
        LogEvent::Cut => "a shallow clone ends here: `git fetch --unshallow` fetches what was \
                          before"
            .to_owned(),
    };
    wrapped(out, "  ", &words, look)
}

fn all(out: &mut dyn io::Write, things: &[LogThing], day: NaiveDate, look: Look) -> io::Result<()> {
    for thing in things {
        let id = match &thing.address {
            Address::KeyResult(id) => id.to_string(),
            other => other.to_string(),
        };
        let title = one_line(&thing.title);
        wrapped(out, "  ", format!("{id}  {title}").trim_end(), look)?;
        for told in &thing.told {
            wrapped(
                out,
                "      ",
                &one_line(&words_on(told, day, look).line()),
                look,
            )?;
        }
    }
    Ok(())
}
