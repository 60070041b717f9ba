use std::io;

use super::dates::{date, stage};
use super::look::{Look, Tone, one_line};
use super::table::{Cell, Column, Table};
use crate::view::CycleRow;

/// Writes the cycles, one to a row.
pub fn cycles(out: &mut dyn io::Write, rows: &[CycleRow<'_>], look: Look) -> io::Result<()> {
    let mut columns = vec![
        Column::left("id"),
        Column::flexible("name"),
        Column::left("start"),
        Column::left("end"),
        Column::flexible("state"),
        Column::flexible("key results"),
    ];
    // Where there is little room, the first and the last day say it.
    let counts_days = !look.is_narrow();
    if counts_days {
        columns.insert(4, Column::right("days"));
    }
    let mut table = Table::titled(columns);
    for row in rows {
        let line = &row.line;
        let state = line.stage.map_or("not scheduled".to_owned(), stage);
        let (state, tone) = if row.is_current {
            (format!("current, {state}"), Tone::Strong)
        } else {
            (state, Tone::Plain)
        };
        let cycle = line.cycle;
        let mut cells = vec![
            Cell::toned(tone, line.id.as_str()),
            cycle
                .map_or("backlog".into(), |cycle| one_line(&cycle.name))
                .into_owned()
                .into(),
            cycle
                .map_or(String::new(), |cycle| date(cycle.start))
                .into(),
            cycle.map_or(String::new(), |cycle| date(cycle.end)).into(),
            state.into(),
            row.counts.describe().into(),
        ];
        if counts_days {
            let days = cycle.map_or(String::new(), |cycle| cycle.length().to_string());
            cells.insert(4, days.into());
        }
        table.row(cells);
    }
    table.write(out, look)
}
