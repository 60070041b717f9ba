//! The status board as text, part by part from the top.

mod first;
mod heading;
mod plan;
mod row;
mod shared;
mod themes;

use std::io;

use chrono::NaiveDate;

use self::shared::Shared;
use super::dates::left_open;
use super::look::Look;
use super::table::Cell;
use super::wrapped::wrapped;
use crate::model::Plan;
use crate::view::{Board, CycleLine, Row};

/// Writes the status board: what comes first, the themes' counts, then the plan.
pub fn status(
    out: &mut dyn io::Write,
    board: &Board<'_>,
    today: NaiveDate,
    look: Look,
) -> io::Result<()> {
    status_head(out, board, today, look)?;
    themes::themes(out, board, look)?;
    plan::plan(out, board, today, look)
}

/// Writes what stands on top of it: the heading, and what comes first.
pub fn status_head(
    out: &mut dyn io::Write,
    board: &Board<'_>,
    today: NaiveDate,
    look: Look,
) -> io::Result<()> {
    heading::heading(out, board, look)?;
    if board.cycle.is_over() {
        heading::over(out, board, look)?;
    }
    if !board.left_open.is_empty() {
        writeln!(out)?;
    }
    for left in &board.left_open {
        wrapped(out, "", &left_open(left), look)?;
    }
    if !board.first.is_empty() {
        first::first(out, board, today, look)?;
    }
    Ok(())
}

/// Returns a row of its plan: id, status, progress, then the title with what else is to be said.
pub fn status_row<'a>(
    plan: &Plan,
    cycle: CycleLine<'_>,
    row: &Row<'a>,
    today: NaiveDate,
    look: Look,
) -> [Cell<'a>; 4] {
    row::cells(plan, row, &Shared::of(plan, cycle), None, today, look)
}
