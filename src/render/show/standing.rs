use std::fmt::Write as _;

use super::sheet::Sheet;
use crate::model::{Address, Rollup};
use crate::render::dates::{days_left, short_date};
use crate::render::days::next_date;
use crate::render::look::{Look, Tone, one_line, percent, status_words};
use crate::text::count;
use crate::view::{Part, Row, Standing};

impl Sheet<'_> {
    /// Says what the key results below say together: counts, progress, then what their days ask for.
    pub(super) fn standing(&mut self, standing: &Standing<'_>) {
        self.fact("stands", rolled_up(standing.rollup, self.look));
        let line = &standing.cycle;
        let days = &standing.days;
        // Of an ended cycle its own line says so, not an alarm at everything in it.
        if !line.is_over() {
            if days.overdue > 0 {
                let only = self.only(standing);
                let dates = count(days.overdue, "date");
                let text = format!("{dates} past: `loti list --overdue{only}`");
                self.toned("overdue", Tone::Bad, text);
            }
            self.fact("next", next_date(days, self.today).unwrap_or_default());
        }
        if standing.elsewhere > 0 && !matches!(self.detail.address, Address::Cycle(_)) {
            let open = count(standing.elsewhere, "open key result");
            self.fact(
                "elsewhere",
                format!("{open} in other cycles or the backlog"),
            );
        }
    }

    /// Returns the options by which a list holds only what is below the thing that is shown.
    fn only(&self, standing: &Standing<'_>) -> String {
        let filter = match &self.detail.address {
            Address::Theme(id) => format!(" --theme {id}"),
            Address::Objective(id) => format!(" --objective {id}"),
            Address::Person(id) => format!(" --owner {id}"),
            _ => String::new(),
        };
        let id = standing.cycle.id;
        if self.plan.current_cycle(self.today) == Some(id) {
            filter
        } else {
            format!("{filter} --cycle {id}")
        }
    }

    /// Names the themes or objectives below, each with how it stands.
    pub(super) fn parts(&mut self, label: &'static str, parts: &[Part<'_>]) {
        for part in parts {
            let stands = rolled_up(part.rollup, self.look);
            let text = format!("{}  {}: {stands}", part.address, one_line(part.name));
            self.fact(label, text);
        }
    }

    /// Names a key result with its status, its progress, and its day where that is its own.
    pub(super) fn row(&mut self, label: &'static str, row: &Row<'_>) {
        let mut says = status_words(row.status);
        if row.progress.is_some() {
            let _ = write!(says, ", {}", percent(row.progress, self.look));
        }
        if let Some((due, days)) = row.key_result.due.zip(row.days_left) {
            let due = short_date(due, self.today);
            let _ = write!(says, ", due {due}, {}", days_left(days));
        }
        let title = one_line(&row.key_result.title);
        self.fact(label, format!("{}  {title} ({says})", row.id));
    }
}

fn rolled_up(rollup: Rollup, look: Look) -> String {
    let mut text = rollup.counts.describe();
    if rollup.progress.is_some() {
        let progress = percent(rollup.progress, look);
        let _ = write!(text, "{}progress {progress}", look.dot());
    }
    text
}
