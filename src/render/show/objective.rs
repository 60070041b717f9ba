use super::sheet::Sheet;
use crate::model::{Address, Objective};
use crate::view::{Row, Standing};

impl Sheet<'_> {
    /// Tells of an objective and its key results of the cycle.
    pub(super) fn objective(
        &mut self,
        objective: &Objective,
        standing: &Standing<'_>,
        rows: &[Row<'_>],
    ) {
        self.some("aim", objective.aim.as_deref());
        self.some("about", objective.about.as_deref());
        self.standing(standing);
        self.in_cycle(&standing.cycle);
        self.named("theme", &Address::Theme(objective.theme.clone()));
        self.offices();
        self.some("partners", Some(&objective.partners.join(", ")));
        self.weight(objective.weight);
        self.visibility(self.plan.objective_visibility(objective));
        for address in &objective.supports {
            self.named("supports", address);
        }
        self.links(&objective.links);
        for row in rows {
            self.row("key results", row);
        }
        self.allowances(&objective.allow);
        self.notes(&objective.note);
    }
}
