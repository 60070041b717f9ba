//! One thing of the plan whole, as text: lines of a label and what is to be said.

mod key_result;
mod keys;
mod objective;
mod progress;
mod related;
mod sheet;
mod theme;

use std::io;

use chrono::NaiveDate;

use self::sheet::Sheet;
use super::days::when_in;
use super::look::Look;
use crate::model::Plan;
use crate::view::{Detail, DetailKind};

/// Writes things of the plan whole, one below the other.
pub fn show(
    out: &mut dyn io::Write,
    plan: &Plan,
    details: &[Detail<'_>],
    today: NaiveDate,
    look: Look,
) -> io::Result<()> {
    for (number, detail) in details.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        let mut sheet = Sheet::new(plan, detail, today, look);
        sheet.fill();
        sheet.write(out)?;
    }
    Ok(())
}

impl Sheet<'_> {
    fn fill(&mut self) {
        match &self.detail.kind {
            DetailKind::KeyResult(row) => self.key_result(row),
            DetailKind::Objective(objective, rollup, rows) => {
                self.objective(objective, *rollup, rows);
            }
            DetailKind::Theme(theme, rollup, objectives) => {
                self.theme(theme, *rollup, objectives);
            }
            DetailKind::Cycle(line) => {
                self.fact("stands", when_in(line));
                self.other();
            }
            DetailKind::Other => self.other(),
        }
        for reference in &self.detail.named_by {
            let label = match reference.key {
                "needs" => "needed by",
                "supports" => "supported by",
                _ => "continued by",
            };
            self.named(label, &reference.at);
        }
    }
}
