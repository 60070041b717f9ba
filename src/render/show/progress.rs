use super::sheet::Sheet;
use crate::model::{Measure, Number};
use crate::render::look::{one_line, percent};
use crate::view::Row;

impl Sheet<'_> {
    /// Says how far a key result has come, by which figures and lines.
    pub(super) fn progress(&mut self, row: &Row<'_>) {
        let own = row.key_result;
        let unit = own
            .unit
            .as_deref()
            .map_or(String::new(), |unit| format!(" {}", one_line(unit)));
        let mut facts = Vec::new();
        if row.progress.is_some() {
            facts.push(percent(row.progress, self.look));
        }
        if let Some(figure) = row.figure() {
            facts.push(one_line(&figure).into_owned());
        }
        let measure = own.measure();
        match &measure {
            Measure::Metric {
                baseline, target, ..
            } => {
                if baseline.get() != 0.0 {
                    facts.push(format!("from {baseline}"));
                }
                if target.is_none() {
                    facts.push("no target yet".to_owned());
                }
            }
            Measure::Deliverable if row.status.is_open() => {
                facts.push("there or not there: 0 until it is done".to_owned());
            }
            Measure::Judged(_) => facts.push("in the owner's judgement".to_owned()),
            Measure::Ongoing { .. } if facts.is_empty() => {
                facts.push("to be kept up over the cycle".to_owned());
            }
            Measure::Guardrail { kept: None } => facts.push("no figure yet".to_owned()),
            _ => {}
        }
        self.fact("progress", facts.join(self.look.dot()));
        let line = |name: &str, figure: Option<Number>| {
            figure.map(|figure| format!("{name} {figure}{unit}"))
        };
        let is_guarded = own.at_least.is_some() || own.at_most.is_some();
        let mut lines: Vec<_> = [
            line("commit", own.commit),
            line(
                "target",
                own.target
                    .filter(|_| own.commit.is_some() || own.stretch.is_some()),
            ),
            line("stretch", own.stretch),
            line("at least", own.at_least),
            line("at most", own.at_most),
            line("now", own.current.filter(|_| is_guarded)),
        ]
        .into_iter()
        .flatten()
        .collect();
        if !lines.is_empty()
            && let Some(reached) = own.line_reached()
        {
            lines.push(format!("{reached} reached"));
        }
        self.fact("lines", lines.join(self.look.dot()));
        if let Some(confidence) = own.confidence {
            self.fact(
                "confidence",
                format!("{confidence} of 1, in the owner's judgement"),
            );
        }
        if let Some(score) = own.score {
            self.fact("score", format!("{score} of 1"));
        }
    }
}
