use super::related::meaning;
use super::sheet::Sheet;
use crate::model::{Address, Objective, Rollup, Visibility};
use crate::render::look::{one_line, percent, status_words};
use crate::view::Row;

impl Sheet<'_> {
    /// Tells of an objective and its key results of the cycle.
    pub(super) fn objective(&mut self, objective: &Objective, rollup: Rollup, rows: &[Row<'_>]) {
        self.some("aim", objective.aim.as_deref());
        self.some("about", objective.about.as_deref());
        self.rollup(rollup);
        self.named("theme", &Address::Theme(objective.theme.clone()));
        let above = self.plan.themes.get(&objective.theme);
        self.owner(
            &[
                (objective.owner.as_deref(), ""),
                (
                    above.and_then(|theme| theme.owner.as_deref()),
                    "its theme's",
                ),
                (self.plan.owner.as_deref(), "the plan's"),
            ],
            "owner",
        );
        self.some("partners", Some(&objective.partners.join(", ")));
        let visibility = self.plan.objective_visibility(objective);
        self.meaning(
            "visibility",
            visibility.word(),
            meaning(Visibility::WORDS, visibility.word()),
        );
        for address in &objective.supports {
            self.named("supports", address);
        }
        self.links(&objective.links);
        for row in rows {
            self.row(row);
        }
        self.notes(&objective.note);
    }

    fn row(&mut self, row: &Row<'_>) {
        let progress = row.progress.map_or(String::new(), |progress| {
            format!(", {}", percent(Some(progress), self.look))
        });
        let status = status_words(row.status);
        let title = one_line(&row.key_result.title);
        let text = format!("{}  {title} ({status}{progress})", row.id);
        self.fact("key results", text);
    }
}
