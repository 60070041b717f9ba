use super::sheet::Sheet;
use crate::view::{Part, Standing};

impl Sheet<'_> {
    /// Tells of the plan and its themes.
    pub(super) fn plan(&mut self, standing: &Standing<'_>, parts: &[Part<'_>]) {
        let plan = self.plan;
        self.some("aim", plan.aim.as_deref());
        self.some("about", plan.about.as_deref());
        self.in_cycle(&standing.cycle);
        self.standing(standing);
        self.offices();
        self.fact("cadence", plan.cadence.map_or("", |cadence| cadence.word()));
        self.links(&plan.links);
        let published: Vec<_> = plan.publish.iter().map(|what| what.word()).collect();
        self.fact("publish", published.join(", "));
        self.parts("themes", parts);
        self.allowances(&plan.allow);
        self.notes(&plan.note);
    }
}
