use std::io;

use super::page::{Item, Page};
use crate::text::markdown;

/// Writes a page as Markdown: a heading a part, a point an item.
pub(super) fn write(out: &mut dyn io::Write, page: &Page) -> io::Result<()> {
    writeln!(out, "# {}\n", markdown(&page.title))?;
    for fact in &page.facts {
        writeln!(out, "{}  ", markdown(fact))?;
    }
    for part in &page.parts {
        writeln!(out, "\n## {}\n", part.heading)?;
        if part.items.is_empty() {
            writeln!(out, "{}", part.nothing)?;
        }
        for Item {
            label, text, more, ..
        } in &part.items
        {
            writeln!(out, "- **{}** {}", markdown(label), markdown(text))?;
            for line in more {
                writeln!(out, "  - {}", markdown(line))?;
            }
        }
    }
    Ok(())
}
