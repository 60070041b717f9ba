//! One thing of the plan whole: what it is, what stands below it, and who and what names it.

mod standing;
mod work;

use chrono::NaiveDate;

pub use self::standing::{Part, Standing};
pub use self::work::Work;
use super::row::Row;
use crate::model::{Address, Id, Objective, Plan, Reference, Table, Theme};

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
    Objective(&'a Objective, Standing<'a>, Vec<Row<'a>>),
    /// A theme, with its objectives.
    Theme(&'a Theme, Standing<'a>, Vec<Part<'a>>),
    /// The plan, with its themes.
    Plan(Standing<'a>, Vec<Part<'a>>),
    /// A cycle, with the themes as they stand in it.
    Cycle(Standing<'a>, Vec<Part<'a>>),
    /// A person, team or role, with what is in their hands.
    Person(Box<Work<'a>>),
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

/// Looks at one thing of the plan on a day, and at what stands below it in a cycle; `None` where
/// nothing is found at the address.
pub fn show<'a>(
    plan: &'a Plan,
    address: &Address,
    cycle: &'a Id,
    today: NaiveDate,
) -> Option<Detail<'a>> {
    plan.table(address)?;
    let kind = match address {
        Address::KeyResult(id) => {
            let (id, key_result) = plan.key_results.get_key_value(id)?;
            DetailKind::KeyResult(Box::new(Row::new(plan, id, key_result, today)))
        }
        Address::Objective(id) => {
            let (standing, rows) = Standing::of_objective(plan, id, cycle, today);
            DetailKind::Objective(plan.objectives.get(id)?, standing, rows)
        }
        Address::Theme(id) => {
            let (standing, parts) = Standing::of_theme(plan, id, cycle, today);
            DetailKind::Theme(plan.themes.get(id)?, standing, parts)
        }
        Address::Plan => {
            let (standing, parts) = Standing::of_plan(plan, cycle, today);
            DetailKind::Plan(standing, parts)
        }
        Address::Cycle(id) => {
            let (id, _) = plan.cycles.get_key_value(id)?;
            let (standing, parts) = Standing::of_plan(plan, id, today);
            DetailKind::Cycle(standing, parts)
        }
        Address::Person(id) => {
            let person = plan.persons.get_key_value(id)?;
            DetailKind::Person(Box::new(Work::new(plan, person, cycle, today)))
        }
        _ => DetailKind::Other,
    };
    let names_it: &[&str] = match address {
        Address::Person(_) => &["needs", "supports", "continues", "owner", "reviewer"],
        _ => &["needs", "supports", "continues"],
    };
    let mut named_by = plan.references_behind(names_it);
    named_by.retain(|reference| reference.to == *address);
    Some(Detail {
        address: address.clone(),
        kind,
        named_by,
    })
}
