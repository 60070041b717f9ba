use super::groups::Changes;
use crate::history::Commit;
use crate::model::{Plan, TableName};

/// Two versions of a plan held against each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison<'a> {
    /// The file, by the name that messages give it.
    pub file: &'a str,
    /// What was compared, the older first; none stands for the file as it is on disk.
    pub sides: [Option<&'a Commit>; 2],
    /// The whole plan, where it is on one side only.
    pub whole: Option<Whole>,
    /// What changed.
    pub changes: Changes,
}

/// A plan that is on one of two sides only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// Whether it is there now, and was not before.
    pub is_new: bool,
    /// How many tables of each kind it has, kinds without any left out.
    pub holds: Vec<(TableName, usize)>,
}

impl Comparison<'_> {
    /// Returns whether the plan says the same on both sides.
    pub fn is_empty(&self) -> bool {
        self.whole.is_none() && self.changes.is_empty()
    }
}

impl Whole {
    /// Looks at a plan.
    pub fn new(plan: &Plan, is_new: bool) -> Self {
        let kinds = [
            TableName::Cycle,
            TableName::Theme,
            TableName::Objective,
            TableName::KeyResult,
        ];
        let holds = kinds
            .into_iter()
            .map(|table| (table, plan.ids(table).count()));
        let holds = holds.filter(|(_, number)| *number > 0).collect();
        Self { is_new, holds }
    }
}
