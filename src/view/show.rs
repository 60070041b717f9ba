use chrono::NaiveDate;

use super::board::CycleLine;
use super::row::Row;
use crate::model::{Address, Id, Objective, Plan, Reference, Rollup, Table, Theme};

/// One thing of the plan whole.
#[derive(Debug)]
pub struct Detail<'a> {
    /// Where it is found.
    pub address: Address,
    /// What it is.
    pub kind: DetailKind<'a>,
    /// What names it: what it is needed by, supported by, owner of.
    pub named_by: Vec<Reference>,
}

/// What a thing of the plan is, with what only such a thing has.
#[derive(Debug)]
pub enum DetailKind<'a> {
    /// A key result.
    KeyResult(Box<Row<'a>>),
    /// An objective, with its key results of the cycle.
    Objective(&'a Objective, Rollup, Vec<Row<'a>>),
    /// A theme, with its objectives.
    Theme(&'a Theme, Rollup, Vec<(&'a Id, &'a Objective, Rollup)>),
    /// A cycle.
    Cycle(CycleLine<'a>),
    /// Anything else: its keys alone.
    Other,
}

impl std::fmt::Debug for dyn Table + '_ {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map()
            .entries(self.values().map(|(key, value)| (key.name, value)))
            .finish()
    }
}

/// Looks at one thing of the plan on a day; `None` where nothing is found at the address.
pub fn show<'a>(
    plan: &'a Plan,
    address: &Address,
    cycle: &Id,
    today: NaiveDate,
) -> Option<Detail<'a>> {
    plan.table(address)?;
    let kind = match address {
        Address::KeyResult(id) => {
            let (id, key_result) = plan.key_results.get_key_value(id)?;
            DetailKind::KeyResult(Box::new(Row::new(plan, id, key_result, today)))
        }
        Address::Objective(id) => {
            let tree = plan.tree(cycle);
            let branches = tree.themes.into_iter().flat_map(|theme| theme.objectives);
            let branch = branches.into_iter().find(|branch| branch.id == id);
            let (rollup, rows) = branch.map_or((Rollup::default(), Vec::new()), |branch| {
                let rows = branch.key_results.into_iter();
                let rows = rows
                    .map(|(id, own)| Row::new(plan, id, own, today))
                    .collect();
                (branch.rollup, rows)
            });
            DetailKind::Objective(plan.objectives.get(id)?, rollup, rows)
        }
        Address::Theme(id) => {
            let tree = plan.tree(cycle);
            let branch = tree.themes.into_iter().find(|branch| branch.id == id)?;
            let objectives = branch.objectives.into_iter();
            let objectives = objectives
                .map(|own| (own.id, own.objective, own.rollup))
                .collect();
            DetailKind::Theme(branch.theme, branch.rollup, objectives)
        }
        Address::Cycle(id) => {
            let (id, _) = plan.cycles.get_key_value(id)?;
            DetailKind::Cycle(CycleLine::new(plan, id, today))
        }
        _ => DetailKind::Other,
    };
    let mut named_by = plan.references();
    named_by.retain(|reference| {
        reference.to == *address && matches!(reference.key, "needs" | "supports" | "continues")
    });
    Some(Detail {
        address: address.clone(),
        kind,
        named_by,
    })
}
