use std::collections::HashMap;

use crate::change::{Change, diff};
use crate::model::{Address, Id, KeyResult, Objective, Plan, Publish, Theme, Visibility};

/// How far what a plan holds may be seen.
#[derive(Debug, Clone)]
pub(super) struct Bounds {
    /// Of themes, objectives and key results that not everybody may see whole.
    visibility: HashMap<Address, Visibility>,
    /// Whether notes are published.
    pub(super) notes: bool,
    /// Whether people are.
    pub(super) people: bool,
}

impl Bounds {
    /// Returns what a plan says itself, with what holds for something from above.
    pub(super) fn of(plan: &Plan) -> Self {
        let mut bounds = Self {
            visibility: HashMap::new(),
            notes: plan.publish.contains(&Publish::Notes),
            people: plan.publish.contains(&Publish::People),
        };
        let themes = plan.themes.iter().map(|(id, theme)| {
            let visibility = theme.visibility.unwrap_or(Visibility::Public);
            (Address::Theme(id.clone()), visibility)
        });
        let objectives = plan.objectives.iter().map(|(id, objective)| {
            let visibility = plan.objective_visibility(objective);
            (Address::Objective(id.clone()), visibility)
        });
        let key_results = plan.key_results.iter().map(|(id, key_result)| {
            let visibility = plan.visibility_of(key_result);
            (Address::KeyResult(id.clone()), visibility)
        });
        for (at, visibility) in themes.chain(objectives).chain(key_results) {
            bounds.hold(at, visibility);
        }
        bounds
    }

    /// Returns what holds where others hold as well: the strictest of them.
    pub(super) fn and(mut self, others: &Self) -> Self {
        for (at, visibility) in &others.visibility {
            self.hold(at.clone(), *visibility);
        }
        self.notes &= others.notes;
        self.people &= others.people;
        self
    }

    /// Returns these bounds of a newer version with the names that an older one has.
    pub(super) fn named_as_in(mut self, older: &Plan, newer: &Plan) -> Self {
        self.go_back(older, newer);
        self
    }

    /// Returns these bounds of an older version with the names that a newer one has.
    pub(super) fn named_as_after(mut self, older: &Plan, newer: &Plan) -> Self {
        for (old, new) in renames(older, newer) {
            if let Some(visibility) = self.visibility.get(&old).copied() {
                self.hold(new, visibility);
            }
        }
        self
    }

    /// Takes the names of an older version, where something had another one there; a name that was
    /// given to something else in between stays bound too.
    pub(super) fn go_back(&mut self, older: &Plan, newer: &Plan) {
        let is_gone = |at: &Address| newer.table(at).is_some() && older.table(at).is_none();
        if !self.visibility.keys().any(is_gone) {
            return;
        }
        for (old, new) in renames(older, newer) {
            if let Some(visibility) = self.visibility.get(&new).copied() {
                self.hold(old, visibility);
            }
        }
    }

    /// Returns how far a theme of a plan may be seen.
    pub(super) fn of_theme(&self, id: &Id, theme: &Theme) -> Visibility {
        self.strictest(&Address::Theme(id.clone()), theme.visibility)
    }

    /// Returns how far an objective of a plan may be seen; not at all, where its theme is not there.
    pub(super) fn of_objective(&self, plan: &Plan, id: &Id, objective: &Objective) -> Visibility {
        let theme = plan.themes.get_key_value(&objective.theme);
        let above = theme.map_or(Visibility::Private, |(id, theme)| self.of_theme(id, theme));
        self.strictest(&Address::Objective(id.clone()), objective.visibility)
            .max(above)
    }

    /// Returns how far a key result of a plan may be seen; not at all, where its objective is not
    /// there.
    pub(super) fn of_key_result(&self, plan: &Plan, id: &Id, own: &KeyResult) -> Visibility {
        let objective = plan.objectives.get_key_value(&own.objective);
        let above = objective.map_or(Visibility::Private, |(id, objective)| {
            self.of_objective(plan, id, objective)
        });
        self.strictest(&Address::KeyResult(id.clone()), own.visibility)
            .max(above)
    }

    fn strictest(&self, at: &Address, own: Option<Visibility>) -> Visibility {
        let own = own.unwrap_or(Visibility::Public);
        if self.visibility.is_empty() {
            return own;
        }
        self.visibility.get(at).map_or(own, |held| own.max(*held))
    }

    fn hold(&mut self, at: Address, visibility: Visibility) {
        if visibility != Visibility::Public {
            let held = self.visibility.entry(at).or_insert(visibility);
            *held = visibility.max(*held);
        }
    }
}

/// Returns what goes by another address in the newer of two versions, with both.
fn renames(older: &Plan, newer: &Plan) -> Vec<(Address, Address)> {
    let renames = diff(older, newer).into_iter().filter_map(|change| {
        let Change::Rename { from, to, .. } = change else {
            return None;
        };
        let new = from.with_id(to);
        Some((from, new))
    });
    renames.collect()
}
