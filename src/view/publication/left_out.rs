use crate::model::{Id, Plan};
use crate::text::{count, join};

/// How much of a cycle is private and left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Themes.
    pub themes: usize,
    /// Objectives, those of these themes included.
    pub objectives: usize,
    /// Key results, those of these objectives included.
    pub key_results: usize,
}

impl LeftOut {
    /// Counts what of a plan's cycle is not in what is shown of it.
    pub(super) fn new(plan: &Plan, shown: &Plan, cycle: &Id) -> Self {
        let tree = plan.tree(cycle);
        let objectives = tree.themes.iter().flat_map(|theme| &theme.objectives);
        let of_cycle = plan
            .key_results
            .iter()
            .filter(|(_, own)| plan.cycle_id_of(own) == Some(cycle));
        Self {
            themes: tree.themes.len() - shown.themes.len(),
            objectives: objectives
                .filter(|branch| !shown.objectives.contains_key(branch.id))
                .count(),
            key_results: of_cycle
                .filter(|(id, _)| !shown.key_results.contains_key(*id))
                .count(),
        }
    }

    /// Returns whether everything is shown.
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }

    /// Says how much it is: `1 objective and 3 key results`; nothing, where everything is shown.
    pub fn describe(self) -> Option<String> {
        let parts = [
            (self.themes, "theme"),
            (self.objectives, "objective"),
            (self.key_results, "key result"),
        ];
        let said = parts.into_iter().filter(|(number, _)| *number > 0);
        let said: Vec<String> = said.map(|(number, noun)| count(number, noun)).collect();
        (!said.is_empty()).then(|| join(said))
    }
}
