use super::sheet::Sheet;
use crate::model::{Id, Objective, Rollup, Theme};
use crate::render::look::one_line;

impl Sheet<'_> {
    /// Tells of a theme and its objectives.
    pub(super) fn theme(
        &mut self,
        theme: &Theme,
        rollup: Rollup,
        objectives: &[(&Id, &Objective, Rollup)],
    ) {
        self.some("aim", theme.aim.as_deref());
        self.some("about", theme.about.as_deref());
        self.rollup(rollup);
        self.owner(
            &[
                (theme.owner.as_deref(), ""),
                (self.plan.owner.as_deref(), "the plan's"),
            ],
            "owner",
        );
        self.links(&theme.links);
        for (id, objective, rollup) in objectives {
            let text = format!(
                "objective.{id}  {}: {}",
                one_line(&objective.name),
                rollup.counts.describe()
            );
            self.fact("objectives", text);
        }
        self.notes(&theme.note);
    }
}
