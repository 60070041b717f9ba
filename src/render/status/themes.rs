use std::io;

use crate::render::look::{Look, Tone, one_line, percent};
use crate::render::table::{Column, Table};
use crate::view::{Board, ThemeGroup};

/// Writes each theme's counts, then its progress.
pub(super) fn themes(out: &mut dyn io::Write, board: &Board<'_>, look: Look) -> io::Result<()> {
    writeln!(out, "\n{}", look.paint(Tone::Strong, "THEMES"))?;
    let columns = vec![
        Column::flexible(""),
        Column::flexible(""),
        Column::left(""),
        Column::right(""),
    ];
    let mut table = Table::plain(columns, 2);
    for ThemeGroup { theme, rollup, .. } in &board.themes {
        let name = theme
            .short
            .as_deref()
            .filter(|_| look.is_narrow())
            .unwrap_or(&theme.name);
        let bar = rollup
            .progress
            .filter(|_| look.width.is_none_or(|columns| columns >= 100))
            .map_or(String::new(), |progress| look.bar(progress, 10));
        table.row(vec![
            one_line(name).into_owned().into(),
            rollup.counts.describe().into(),
            bar.into(),
            percent(rollup.progress, look).into(),
        ]);
    }
    table.drop_empty();
    table.write(out, look)
}
