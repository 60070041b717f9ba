use chrono::NaiveDate;

use super::filter::Filter;
use super::row::Row;
use crate::model::{Id, Plan};

/// In which order a list stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// As in the file.
    #[default]
    File,
    /// The next due day first.
    Due,
    /// What is in most trouble first, what is finished last.
    Status,
    /// The least progress first; what is not measured last.
    Progress,
    /// By owner.
    Owner,
    /// The longest unheard of first.
    Heard,
}

/// Lists the key results of a cycle that a filter shows.
pub fn list<'a>(
    plan: &'a Plan,
    cycle: &Id,
    filter: &Filter,
    sort: Sort,
    today: NaiveDate,
) -> Vec<Row<'a>> {
    let mut rows: Vec<_> = plan
        .key_results
        .iter()
        .filter(|(_, key_result)| plan.cycle_id_of(key_result) == Some(cycle))
        .map(|(id, key_result)| Row::new(plan, id, key_result, today))
        .filter(|row| filter.shows(plan, row, today))
        .collect();
    match sort {
        Sort::File => {}
        Sort::Due => rows.sort_by_key(|row| {
            let step = row.steps(today).first().map(|step| step.due);
            let next = [row.due, step].into_iter().flatten().min();
            (!row.is_open, next.unwrap_or(NaiveDate::MAX))
        }),
        Sort::Status => rows.sort_by_key(|row| {
            // Off track, at risk, on track, not started; then what is finished.
            (!row.status.is_open(), std::cmp::Reverse(row.status))
        }),
        Sort::Progress => rows.sort_by(|a, b| {
            let rank = |row: &Row<'_>| row.progress.unwrap_or(f64::INFINITY);
            rank(a).total_cmp(&rank(b))
        }),
        Sort::Owner => rows.sort_by_key(|row| row.owner),
        Sort::Heard => {
            rows.sort_by_key(|row| (!row.is_open, plan.last_heard(row.key_result, today)));
        }
    }
    rows
}
