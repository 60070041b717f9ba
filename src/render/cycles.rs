use std::io;

use super::dates::{date, stage};
use super::look::{Look, Tone, one_line};
use super::table::{Cell, Column, Table};
use crate::view::CycleRow;

/// Writes the cycles, one to a row.
pub fn cycles(out: &mut dyn io::Write, rows: &[CycleRow<'_>], look: Look) -> io::Result<()> {
    let mut table = Table::titled(vec![
        Column::left("id"),
        Column::flexible("name"),
        Column::left("start"),
        Column::left("end"),
        Column::right("days"),
        Column::flexible("state"),
        Column::flexible("key results"),
    ]);
    for row in rows {
        let line = &row.line;
        let state = line.stage.map_or("not scheduled".to_owned(), stage);
        let (state, tone) = if row.is_current {
            (format!("current, {state}"), Tone::Strong)
        } else {
            (state, Tone::Plain)
        };
        let cycle = line.cycle;
        table.row(vec![
            Cell::toned(tone, line.id.as_str()),
            cycle
                .map_or("backlog".into(), |cycle| one_line(&cycle.name))
                .into_owned()
                .into(),
            cycle
                .map_or(String::new(), |cycle| date(cycle.start))
                .into(),
            cycle.map_or(String::new(), |cycle| date(cycle.end)).into(),
            cycle
                .map_or(String::new(), |cycle| cycle.length().to_string())
                .into(),
            state.into(),
            row.counts.describe().into(),
        ]);
    }
    table.write(out, look)
}
