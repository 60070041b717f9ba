//! One thing of the plan whole, as text: lines of a label and what is to be said.

mod cycle;
mod key_result;
mod keys;
mod objective;
mod person;
mod plan;
mod progress;
mod related;
mod sheet;
mod standing;
mod theme;

use std::io;

use chrono::NaiveDate;

use self::sheet::Sheet;
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
            DetailKind::Objective(objective, standing, rows) => {
                self.objective(objective, standing, rows);
            }
            DetailKind::Theme(theme, standing, parts) => self.theme(theme, standing, parts),
            DetailKind::Plan(standing, parts) => self.plan(standing, parts),
            DetailKind::Cycle(standing, parts) => self.cycle(standing, parts),
            DetailKind::Person(work) => return self.person(work),
            DetailKind::Other => self.other(),
        }
        self.named_by();
    }
}
