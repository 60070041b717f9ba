use super::sheet::Sheet;
use crate::model::{Address, Stage};
use crate::render::dates::date;
use crate::render::days::when_in;
use crate::render::look::{one_line, percent};
use crate::view::{CycleLine, Part, Standing};

impl Sheet<'_> {
    /// Tells of a cycle: its days, and how the themes stand in it.
    pub(super) fn cycle(&mut self, standing: &Standing<'_>, parts: &[Part<'_>]) {
        let line = &standing.cycle;
        let Some(cycle) = line.cycle else {
            return;
        };
        self.some("about", cycle.about.as_deref());
        let mut days = vec![when_in(line)];
        if let (Some(gone), Some(Stage::Running(_))) = (line.gone, line.stage) {
            days.push(format!(
                "{} of the time gone",
                percent(Some(gone), self.look)
            ));
        }
        if self.plan.current_cycle(self.today) == Some(line.id) {
            days.push("the current cycle".to_owned());
        }
        self.fact("days", days.join(self.look.dot()));
        self.fact("start", date(cycle.start));
        self.fact("end", date(cycle.end));
        self.fact("closed", cycle.closed.map_or(String::new(), date));
        self.standing(standing);
        self.parts("themes", parts);
        self.allowances(&cycle.allow);
        self.notes(&cycle.note);
    }

    /// Says which cycle the figures are of, and where the day lies in it; below the plan only where
    /// there is another, or where it is over.
    pub(super) fn in_cycle(&mut self, line: &CycleLine<'_>) {
        let is_plan = self.detail.address == Address::Plan;
        let is_only = self.plan.cycles.len() == 1 && line.cycle.is_some();
        if is_only && !is_plan && !line.is_over() {
            return;
        }
        let text = match line.cycle {
            Some(cycle) => {
                let name = one_line(&cycle.name);
                format!("cycle.{}  {name}: {}", line.id, when_in(line))
            }
            None => format!("the backlog ({})", line.id),
        };
        self.fact("cycle", text);
    }
}
