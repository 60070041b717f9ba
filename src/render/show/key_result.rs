use std::fmt::Write as _;

use super::related::{meaning, with_meaning};
use super::sheet::Sheet;
use crate::model::{Address, Kind, Status, days_between};
use crate::render::dates::{date, days_left};
use crate::render::list::{pace, partners};
use crate::render::look::{Tone, one_line, status_words, tone};
use crate::text::count;
use crate::view::Row;

impl Sheet<'_> {
    /// Tells of a key result: how it stands, whose it is, when it is due, then its texts.
    pub(super) fn key_result(&mut self, row: &Row<'_>) {
        let own = row.key_result;
        let plan = self.plan;
        let status = status_words(row.status);
        let means = meaning(Status::WORDS, row.status.word());
        self.toned(
            "status",
            tone(row.status),
            format!("{} {status}: {means}", self.look.sign(row.status)),
        );
        self.progress(row);
        self.fact("pace", pace(row));
        self.fact("kind", with_meaning(Kind::WORDS, own.kind().word()));
        self.offices();
        self.dates(row);
        self.named("objective", &Address::Objective(own.objective.clone()));
        if let Some(theme) = row.theme {
            self.named("theme", &Address::Theme(theme.clone()));
        }
        self.some("about", own.about.as_deref());
        self.some("partners", Some(&partners(plan, own).join(", ")));
        self.some("asks", own.ask.as_deref());
        self.milestones(row);
        for address in &own.needs {
            self.named("needs", address);
        }
        for address in &own.supports {
            self.named("supports", address);
        }
        if let Some(id) = &own.continues {
            self.named("continues", &Address::KeyResult(id.clone()));
        }
        self.links(&own.links);
        for evidence in &own.evidence {
            self.copied("evidence", one_line(evidence).into_owned());
        }
        self.some("tags", Some(&own.tags.join(", ")));
        self.weight(own.weight);
        self.visibility(row.visibility);
        self.allowances(&own.allow);
        self.notes(&own.note);
    }

    fn dates(&mut self, row: &Row<'_>) {
        let own = row.key_result;
        if let Some(due) = row.due {
            let mut text = date(due);
            if let Some(days) = row.days_left {
                let _ = write!(text, ", {}", days_left(days));
            }
            if own.due.is_none() {
                text.push_str(" (the cycle's end)");
            }
            let tone = match row.days_left {
                Some(..0) => Tone::Bad,
                Some(0) => Tone::Warn,
                _ => Tone::Plain,
            };
            self.toned("due", tone, text);
        }
        if let Some(start) = own.start {
            self.fact("start", date(start));
        }
        match self.plan.cycle_id_of(own) {
            Some(id) if id.as_str() == "later" => self.fact("cycle", "the backlog (later)"),
            Some(id) => self.named("cycle", &Address::Cycle(id.clone())),
            None => {}
        }
        let mut heard = own.checked.map_or(String::new(), date);
        if let Some(days) = row.days_silent {
            let days = count(usize::try_from(days).unwrap_or_default(), "day");
            let silent = format!("not heard of for {days}");
            heard = if heard.is_empty() {
                silent
            } else {
                format!("{heard}, {silent}")
            };
        }
        self.fact("checked", heard);
    }

    fn milestones(&mut self, row: &Row<'_>) {
        for (id, step) in &row.key_result.milestones {
            let when = match (step.is_done(), step.due) {
                (true, Some(due)) => format!("done, was due {}", date(due)),
                (true, None) => "done".to_owned(),
                (false, Some(due)) if row.is_open => {
                    let days = days_between(self.today, due);
                    format!("{}, {}", date(due), days_left(days))
                }
                (false, Some(due)) => date(due),
                (false, None) => "open, no day".to_owned(),
            };
            self.fact(
                "milestones",
                format!("{id}: {} ({when})", one_line(&step.name)),
            );
        }
    }
}
