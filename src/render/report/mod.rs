//! The page for a meeting: what it says, then how a terminal or Markdown shows that.

mod markdown;
mod page;
mod terminal;

use std::io;

use chrono::NaiveDate;

use super::look::Look;
use crate::view::Report;

/// Writes the page for a terminal or a mail.
pub fn report(
    out: &mut dyn io::Write,
    report: &Report<'_>,
    today: NaiveDate,
    look: Look,
) -> io::Result<()> {
    terminal::write(out, &page::page(report, today, look), look)
}

/// Writes the page as Markdown, in which the plan's words can form nothing but words.
pub fn report_markdown(
    out: &mut dyn io::Write,
    report: &Report<'_>,
    today: NaiveDate,
) -> io::Result<()> {
    markdown::write(out, &page::page(report, today, Look::PLAIN))
}
