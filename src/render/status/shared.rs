use chrono::NaiveDate;

use crate::model::Plan;
use crate::render::dates::date;
use crate::render::look::one_line;
use crate::view::{Board, CycleLine};

/// What is the same on nearly every row, and so said once.
pub(super) struct Shared<'a> {
    /// Who answers for what names no nearer owner.
    pub(super) owner: Option<&'a str>,
    /// The cycle's end.
    pub(super) due: Option<NaiveDate>,
    /// Whether the cycle's days are over.
    pub(super) is_over: bool,
}

impl<'a> Shared<'a> {
    /// Takes from the plan and its cycle what its rows need not repeat.
    pub(super) fn of(plan: &'a Plan, cycle: CycleLine<'_>) -> Self {
        let is_over = cycle.is_over();
        Self {
            owner: plan.owner.as_deref(),
            // Of an ended cycle the head says it.
            due: (!is_over)
                .then(|| cycle.cycle.map(|cycle| cycle.end))
                .flatten(),
            is_over,
        }
    }

    /// Returns the sentence that says it.
    pub(super) fn said(&self, board: &Board<'_>) -> String {
        let due = self.due.map(|due| format!("due {}", date(due)));
        let owner = self
            .owner
            .map(|owner| format!("owned by {}", one_line(board.plan.person_name(owner))));
        let facts: Vec<_> = due.into_iter().chain(owner).collect();
        if facts.is_empty() || board.rows().next().is_none() {
            return String::new();
        }
        format!(
            "Everything is {} unless its row says otherwise.",
            facts.join(" and ")
        )
    }
}
