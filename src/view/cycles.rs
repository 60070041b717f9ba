use chrono::NaiveDate;
use indexmap::IndexMap;

use super::board::CycleLine;
use crate::model::{Counts, Id, Plan};

/// A cycle in the list of them all.
#[derive(Debug)]
pub struct CycleRow<'a> {
    /// The cycle, or the backlog.
    pub line: CycleLine<'a>,
    /// Whether it is the one that is looked at where nobody names another.
    pub is_current: bool,
    /// Its key results by status.
    pub counts: Counts,
}

/// Lists the cycles in the order of the file, and last the backlog where it holds something.
pub fn cycles(plan: &Plan, today: NaiveDate) -> Vec<CycleRow<'_>> {
    let current = plan.current_cycle(today);
    let mut counts: IndexMap<&Id, Counts> = plan
        .cycles
        .keys()
        .map(|id| (id, Counts::default()))
        .collect();
    for key_result in plan.key_results.values() {
        if let Some(id) = plan.cycle_id_of(key_result) {
            counts.entry(id).or_default().add(key_result.status());
        }
    }
    let rows = counts.into_iter().map(|(id, counts)| CycleRow {
        line: CycleLine::new(plan, id, today),
        is_current: current == Some(id),
        counts,
    });
    rows.collect()
}
