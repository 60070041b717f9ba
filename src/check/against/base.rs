use std::collections::HashMap;

use crate::document::Document;
use crate::model::{Address, Plan, TableName};

/// The plan as it was, which another is held against.
#[derive(Debug, Clone, Copy)]
pub struct Base<'a> {
    /// What it said.
    pub document: &'a Document,
    /// What its revision goes by among people: the beginning of a commit's name.
    pub revision: &'a str,
    /// The names and titles of what went by an id still earlier, and was gone by then.
    pub former: &'a HashMap<Address, String>,
}

/// Returns what has an id in a plan that nothing has in its base: of such an id one has to know
/// whether anything ever had it.
///
/// Persons come back as who they were, and milestones are not told apart from outside their key
/// result.
pub fn new_ids(base: &Plan, plan: &Plan) -> Vec<Address> {
    let tables = [
        TableName::Cycle,
        TableName::Theme,
        TableName::Objective,
        TableName::KeyResult,
    ];
    let all = tables.into_iter().flat_map(|table| {
        let ids = plan.ids(table).cloned();
        ids.filter_map(move |id| Address::of(table, id))
    });
    all.filter(|at| base.table(at).is_none()).collect()
}
