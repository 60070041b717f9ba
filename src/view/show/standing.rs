use chrono::NaiveDate;

use crate::model::{Address, Id, KeyResult, Plan, Rollup};
use crate::view::board::CycleLine;
use crate::view::days::DaysGroup;
use crate::view::row::Row;

/// How something stands in a cycle on a day: what the key results below it say together.
#[derive(Debug)]
pub struct Standing<'a> {
    /// The cycle.
    pub cycle: CycleLine<'a>,
    /// Their counts and progress.
    pub rollup: Rollup,
    /// Their days, milestones included.
    pub days: DaysGroup<'a>,
    /// How many more are still open, in other cycles or in the backlog.
    pub elsewhere: usize,
}

/// A theme or an objective below the thing that is shown, with what it says in the cycle.
#[derive(Debug)]
pub struct Part<'a> {
    /// Where it is found.
    pub address: Address,
    /// What it is called.
    pub name: &'a str,
    /// The counts and progress of what is below it.
    pub rollup: Rollup,
}

impl<'a> Standing<'a> {
    /// Looks at the whole plan in a cycle, and at each theme.
    pub(super) fn of_plan(
        plan: &'a Plan,
        cycle: &'a Id,
        today: NaiveDate,
    ) -> (Self, Vec<Part<'a>>) {
        let tree = plan.tree(cycle);
        let (standing, _) = Self::gather(plan, cycle, today, tree.rollup, |_| true);
        let parts = tree.themes.into_iter().map(|branch| Part {
            address: Address::Theme(branch.id.clone()),
            name: &branch.theme.name,
            rollup: branch.rollup,
        });
        (standing, parts.collect())
    }

    /// Looks at a theme in a cycle, and at each of its objectives.
    pub(super) fn of_theme(
        plan: &'a Plan,
        id: &Id,
        cycle: &'a Id,
        today: NaiveDate,
    ) -> (Self, Vec<Part<'a>>) {
        let branches = plan.tree(cycle).themes;
        let branch = branches.into_iter().find(|branch| branch.id == id);
        let rollup = branch.as_ref().map_or(Rollup::default(), |own| own.rollup);
        let (standing, _) = Self::gather(plan, cycle, today, rollup, |own| {
            plan.theme_of(own) == Some(id)
        });
        let objectives = branch.into_iter().flat_map(|branch| branch.objectives);
        let parts = objectives.map(|branch| Part {
            address: Address::Objective(branch.id.clone()),
            name: &branch.objective.name,
            rollup: branch.rollup,
        });
        (standing, parts.collect())
    }

    /// Looks at an objective in a cycle, and at each of its key results.
    pub(super) fn of_objective(
        plan: &'a Plan,
        id: &Id,
        cycle: &'a Id,
        today: NaiveDate,
    ) -> (Self, Vec<Row<'a>>) {
        let tree = plan.tree(cycle);
        let mut branches = tree.themes.iter().flat_map(|theme| &theme.objectives);
        let branch = branches.find(|branch| branch.id == id);
        let rollup = branch.map_or(Rollup::default(), |branch| branch.rollup);
        Self::gather(plan, cycle, today, rollup, |own| own.objective == *id)
    }

    /// Gathers the key results of a cycle that are meant, and what their days say.
    pub(super) fn gather(
        plan: &'a Plan,
        cycle: &'a Id,
        today: NaiveDate,
        rollup: Rollup,
        is_meant: impl Fn(&KeyResult) -> bool,
    ) -> (Self, Vec<Row<'a>>) {
        let mut standing = Self {
            cycle: CycleLine::new(plan, cycle, today),
            rollup,
            days: DaysGroup::new("", ""),
            elsewhere: 0,
        };
        let mut rows = Vec::new();
        let meant = plan.key_results.iter().filter(|(_, own)| is_meant(own));
        for (id, key_result) in meant {
            if plan.cycle_id_of(key_result) == Some(cycle) {
                let row = Row::new(plan, id, key_result, today);
                standing.days.add(&row, 0, today);
                rows.push(row);
            } else {
                standing.elsewhere += usize::from(plan.is_open(key_result, today));
            }
        }
        (standing, rows)
    }
}
