use super::id::{ById, Id};
use super::key_result::KeyResult;
use super::parts::{Objective, Theme};
use super::plan::Plan;
use super::progress::Rollup;

/// A plan's key results of one cycle under their objectives and themes, with what they say together.
#[derive(Debug)]
pub struct Tree<'a> {
    /// The themes in the order of the file.
    pub themes: Vec<ThemeBranch<'a>>,
    /// What all of them say together.
    pub rollup: Rollup,
}

/// A theme and what stands under it.
#[derive(Debug)]
pub struct ThemeBranch<'a> {
    /// The theme's id.
    pub id: &'a Id,
    /// The theme.
    pub theme: &'a Theme,
    /// Its objectives in the order of the file.
    pub objectives: Vec<ObjectiveBranch<'a>>,
    /// What they say together.
    pub rollup: Rollup,
}

/// An objective and its key results of the cycle.
#[derive(Debug)]
pub struct ObjectiveBranch<'a> {
    /// The objective's id.
    pub id: &'a Id,
    /// The objective.
    pub objective: &'a Objective,
    /// Its key results in the order of the file.
    pub key_results: Vec<(&'a Id, &'a KeyResult)>,
    /// What they say together.
    pub rollup: Rollup,
}

/// An objective's key results, while they are gathered.
#[derive(Default)]
struct OfObjective<'a> {
    in_any_cycle: bool,
    in_this_cycle: Vec<(&'a Id, &'a KeyResult)>,
}

impl Plan {
    /// Arranges the key results of a cycle (`later` is the backlog) under their objectives and
    /// themes.
    ///
    /// An objective whose key results are all in other cycles is left out; one that has none yet is
    /// there, empty.
    pub fn tree(&self, cycle: &Id) -> Tree<'_> {
        let mut by_objective: ById<OfObjective<'_>, &Id> = self
            .objectives
            .keys()
            .map(|id| (id, OfObjective::default()))
            .collect();
        for (id, key_result) in &self.key_results {
            if let Some(of_objective) = by_objective.get_mut(&key_result.objective) {
                of_objective.in_any_cycle = true;
                if self.cycle_id_of(key_result) == Some(cycle) {
                    of_objective.in_this_cycle.push((id, key_result));
                }
            }
        }
        let mut by_theme: ById<Vec<ObjectiveBranch<'_>>, &Id> =
            self.themes.keys().map(|id| (id, Vec::new())).collect();
        for ((id, objective), (_, of_objective)) in self.objectives.iter().zip(by_objective) {
            let key_results = of_objective.in_this_cycle;
            if of_objective.in_any_cycle && key_results.is_empty() {
                continue;
            }
            if let Some(objectives) = by_theme.get_mut(&objective.theme) {
                let rollup = Rollup::of_key_results(key_results.iter().map(|(_, own)| *own));
                objectives.push(ObjectiveBranch {
                    id,
                    objective,
                    key_results,
                    rollup,
                });
            }
        }
        let branches = self.themes.iter().zip(by_theme);
        let themes: Vec<_> = branches
            .map(|((id, theme), (_, objectives))| ThemeBranch {
                id,
                theme,
                rollup: Rollup::of_objectives(
                    objectives
                        .iter()
                        .map(|branch| (branch.objective, branch.rollup)),
                ),
                objectives,
            })
            .collect();
        let rollup = Rollup::of_themes(themes.iter().map(|theme| theme.rollup));
        Tree { themes, rollup }
    }
}
