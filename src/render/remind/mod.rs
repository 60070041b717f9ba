//! Who owes what, in the forms that reach people: lines, an issue's text, mails.

mod mail;
mod owed;

use std::io;

use chrono::{Datelike as _, NaiveDate};

pub use mail::{Mail, eml, is_address, mailto, mbox};

use self::owed::{how, owed, summary};
use super::look::{Look, Tone, one_line};
use super::table::{Cell, Column, Table};
use crate::text::markdown;
use crate::view::Reminder;

/// Writes who owes what, for a terminal.
pub fn text(
    out: &mut dyn io::Write,
    reminders: &[Reminder<'_>],
    today: NaiveDate,
    look: Look,
) -> io::Result<()> {
    for (number, reminder) in reminders.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        let heading = format!("{}: {}", one_line(reminder.name), summary(reminder));
        super::wrapped(out, "", &look.paint(Tone::Strong, &heading), look)?;
        let mut table = Table::plain(vec![Column::left(""), Column::flexible("")], 2);
        for owed in owed(reminder, today) {
            table.row(vec![
                owed.address.into(),
                Cell::toned(owed.tone, one_line(&owed.text)),
            ]);
        }
        table.write(out, look)?;
    }
    Ok(())
}

/// Writes who owes what as Markdown, below a heading that is the same for a week; where `mentions` is
/// set, persons are called by their account on the site.
pub fn as_markdown(
    out: &mut dyn io::Write,
    reminders: &[Reminder<'_>],
    today: NaiveDate,
    mentions: bool,
) -> io::Result<()> {
    if reminders.is_empty() {
        return Ok(());
    }
    let week = today.iso_week();
    writeln!(out, "# Check-ins of {}, week {}", week.year(), week.week())?;
    for reminder in reminders {
        let account = reminder.person.and_then(|person| person.github.as_deref());
        let account = account.filter(|account| mentions && is_account(account));
        let name = match account {
            Some(account) => format!("{} (@{account})", markdown(reminder.name)),
            None => markdown(reminder.name),
        };
        writeln!(out, "\n**{name}**: {}\n", summary(reminder))?;
        for owed in owed(reminder, today) {
            let address = markdown(&owed.address);
            writeln!(out, "- **{address}** {}", markdown(&owed.text))?;
        }
    }
    let all: Vec<_> = reminders.iter().collect();
    match how(&all, "--mine") {
        Some(how) => writeln!(out, "\n{how}"),
        None => Ok(()),
    }
}

/// Returns whether a text is an account's name and nothing that a site would read as more.
fn is_account(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=39).contains(&text.len()) && text.bytes().all(is_plain) && !text.starts_with('-')
}
