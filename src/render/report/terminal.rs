use std::io;

use super::page::{Item, Page, Part};
use crate::render::look::{Look, Tone, one_line};
use crate::render::table::{Cell, Column, Table};
use crate::render::wrapped::wrapped;

/// Writes a page for a terminal: headings, and items whose texts stand below each other.
pub(super) fn write(out: &mut dyn io::Write, page: &Page, look: Look) -> io::Result<()> {
    writeln!(out, "{}", look.paint(Tone::Strong, &one_line(&page.title)))?;
    for fact in &page.facts {
        wrapped(out, "", &one_line(fact), look)?;
    }
    for part in &page.parts {
        let heading = part.heading.to_uppercase();
        writeln!(out, "\n{}", look.paint(Tone::Strong, &heading))?;
        if part.items.is_empty() {
            wrapped(out, "  ", part.nothing, look)?;
            continue;
        }
        items(out, part, look)?;
    }
    Ok(())
}

fn items(out: &mut dyn io::Write, part: &Part, look: Look) -> io::Result<()> {
    let mut table = Table::plain(vec![Column::left(""), Column::flexible("")], 2);
    for Item {
        label,
        text,
        more,
        tone,
    } in &part.items
    {
        let label = Cell::toned(*tone, one_line(label));
        table.row(vec![label, one_line(text).into()]);
        for line in more {
            table.row(vec!["".into(), one_line(line).into()]);
        }
    }
    table.write(out, look)
}
