use std::io;

use chrono::NaiveDate;

use super::row::cells;
use super::shared::Shared;
use crate::render::look::{Look, Tone, mark, one_line};
use crate::render::table::{Column, Table};
use crate::render::wrapped::wrapped;
use crate::text::{count, shorten};
use crate::view::{Board, ObjectiveGroup};

/// Writes the plan by theme and objective, a row for each key result.
pub(super) fn plan(
    out: &mut dyn io::Write,
    board: &Board<'_>,
    today: NaiveDate,
    look: Look,
) -> io::Result<()> {
    let shared = Shared::of(board.plan, board.cycle);
    let mut table = Table::plain(
        vec![
            Column::right(""),
            Column::left(""),
            Column::right(""),
            Column::flexible(""),
        ],
        2,
    );
    for theme in &board.themes {
        if theme.objectives.iter().all(|group| group.rows.is_empty()) && board.hidden > 0 {
            continue;
        }
        table.heading(String::new());
        // Upper case first: the letters of an escape stay small.
        let name = theme.theme.name.to_uppercase();
        table.heading(look.paint(Tone::Strong, &cut(&one_line(&name), look)));
        for group in &theme.objectives {
            if group.rows.is_empty() && board.hidden > 0 {
                continue;
            }
            table.heading(look.paint(Tone::Strong, &cut(&objective_line(group), look)));
            if group.rows.is_empty() {
                table.heading(look.paint(Tone::Faint, "  no key results yet"));
            }
            for row in &group.rows {
                let carried = board.carried.get(row.id).copied();
                table.row(cells(board.plan, row, &shared, carried, today, look).into());
            }
        }
    }
    table.drop_empty();
    table.write(out, look)?;
    let said = shared.said(board);
    if !said.is_empty() || board.hidden > 0 {
        writeln!(out)?;
    }
    if board.hidden > 0 {
        let hidden = count(board.hidden, "key result");
        let text = format!("{hidden} hidden; the counts are of the whole plan.");
        writeln!(out, "{}", look.paint(Tone::Faint, &text))?;
    }
    if said.is_empty() {
        return Ok(());
    }
    wrapped(out, "", &said, look)
}

fn objective_line(group: &ObjectiveGroup<'_>) -> String {
    let name = one_line(&group.objective.name);
    let mark = group
        .objective
        .visibility
        .and_then(mark)
        .map(|mark| format!(" {mark}"));
    format!("{name}{}", mark.unwrap_or_default())
}

fn cut(text: &str, look: Look) -> String {
    match look.width {
        Some(columns) => shorten(text, columns, look.ellipsis()).into_owned(),
        None => text.to_owned(),
    }
}
