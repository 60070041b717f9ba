//! The status board as text, part by part from the top.

mod first;
mod heading;
mod plan;
mod row;
mod shared;
mod themes;

use std::io;

use chrono::NaiveDate;

use super::look::Look;
use crate::view::Board;

/// Writes the status board: what comes first, the themes' counts, then the plan.
pub fn status(
    out: &mut dyn io::Write,
    board: &Board<'_>,
    today: NaiveDate,
    look: Look,
) -> io::Result<()> {
    heading::heading(out, board, look)?;
    if board.cycle.is_over() {
        heading::over(out, board, look)?;
    }
    if !board.first.is_empty() {
        first::first(out, board, today, look)?;
    }
    themes::themes(out, board, look)?;
    plan::plan(out, board, today, look)
}
