use std::fmt::Write as _;
use std::io;

use chrono::NaiveDate;
use mail_builder::MessageBuilder;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::owed::{how, owed, summary};
use crate::model::Plan;
use crate::render::dates::date;
use crate::render::look::one_line;
use crate::text::hash;
use crate::view::Reminder;

/// What stays as it is in the address of a mail.
const AS_IT_IS: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'@')
    .remove(b'.')
    .remove(b'-')
    .remove(b'_');

/// A reminder as a mail to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail<'a> {
    /// The person's id.
    pub id: &'a str,
    /// What they are called.
    pub name: String,
    /// Their address.
    pub to: &'a str,
    /// Whom it comes from; without that it is a draft that somebody sends.
    pub from: Option<&'a str>,
    /// What it is about.
    pub subject: String,
    /// Its lines.
    pub body: String,
    /// The day it is written on.
    pub day: NaiveDate,
}

impl<'a> Mail<'a> {
    /// Writes to whoever has an address; whoever has none gets none.
    pub fn new(
        plan: &Plan,
        reminder: &Reminder<'a>,
        from: Option<&'a str>,
        today: NaiveDate,
    ) -> Option<Self> {
        let to = reminder.person?.email.as_deref()?;
        let id = reminder.id?;
        let name = one_line(reminder.name).into_owned();
        let plan = one_line(&plan.name).into_owned();
        let mut body = format!("{name},\n\non {} this waits for you:\n\n", date(today));
        for owed in owed(reminder, today) {
            let _ = writeln!(body, "- {}: {}", owed.address, one_line(&owed.text));
        }
        if let Some(how) = how(&[reminder], &format!("--owner {id}")) {
            let _ = write!(body, "\n{how}\n");
        }
        Some(Self {
            subject: format!("{plan}: {}", summary(reminder)),
            id,
            name,
            to,
            from,
            body,
            day: today,
        })
        .filter(|mail| is_address(mail.to))
    }

    /// Returns the mail as it goes over the wire.
    fn message(&self) -> String {
        let day = self.day.and_time(chrono::NaiveTime::MIN).and_utc();
        let about = [&*self.subject, &*self.body, self.to];
        let mut message = MessageBuilder::new()
            // The same reminder is the same mail, however often it is made.
            .message_id(format!("{:016x}.{}@loti.invalid", hash(&about), self.day))
            .date(day.timestamp())
            .to((&*self.name, self.to))
            .subject(&*self.subject)
            .text_body(&*self.body);
        match self.from {
            Some(from) => message = message.from(from),
            // Mail programs open it as a draft.
            None => message = message.header("X-Unsent", mail_builder::headers::raw::Raw::new("1")),
        }
        message.write_to_string().unwrap_or_default()
    }
}

/// Returns a mail as a file of its own.
pub fn eml(mail: &Mail<'_>) -> String {
    mail.message()
}

/// Writes a mail into a box of mails.
pub fn mbox(out: &mut dyn io::Write, mail: &Mail<'_>) -> io::Result<()> {
    let from = mail.from.unwrap_or("loti@loti.invalid");
    let day = mail.day.format("%a %b %e 00:00:00 %Y");
    writeln!(out, "From {from} {day}")?;
    for line in mail.message().lines() {
        // What looks like the next mail's first line is set off; a reader takes that away again.
        if line.trim_start_matches('>').starts_with("From ") {
            out.write_all(b">")?;
        }
        writeln!(out, "{line}")?;
    }
    writeln!(out)
}

/// Writes the address that opens a mail program with the mail in it.
pub fn mailto(out: &mut dyn io::Write, mail: &Mail<'_>) -> io::Result<()> {
    let to = utf8_percent_encode(mail.to, AS_IT_IS);
    let subject = utf8_percent_encode(&mail.subject, AS_IT_IS);
    let body = mail.body.replace('\n', "\r\n");
    let body = utf8_percent_encode(&body, AS_IT_IS);
    writeln!(out, "mailto:{to}?subject={subject}&body={body}")
}

/// Returns whether a text is a mail address and nothing that could become a header of its own.
pub fn is_address(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_graphic() && !"<>()[],;:\\\"".contains(c);
    text.len() <= 254
        && text.chars().all(is_plain)
        && matches!(text.split_once('@'), Some((name, host)) if !name.is_empty() && !host.is_empty() && !host.contains('@'))
}
