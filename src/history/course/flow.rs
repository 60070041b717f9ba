use chrono::NaiveDate;

use super::marks::MarkId;
use crate::model::{KeyResult, Plan, Status, days_between};

/// What a key result went through: the statuses it had, and how its due day moved; the oldest first.
#[derive(Debug, Default, PartialEq)]
pub struct Flow {
    /// The statuses, one after the other from the version that had it first.
    pub spans: Vec<Span>,
    /// The moves of its due day.
    pub moves: Vec<DueMove>,
}

/// A status that a key result had for a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// The status; none, while the plan did not have the key result.
    pub status: Option<Status>,
    /// The version that gave it.
    pub since: MarkId,
}

/// A move of the day on which a key result is due: its own, or the end of its cycle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DueMove {
    /// The day before.
    pub from: NaiveDate,
    /// The day after.
    pub to: NaiveDate,
    /// The version that moved it.
    pub at: MarkId,
}

/// What of a key result is followed, as it was in a version.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub(super) struct Known {
    status: Option<Status>,
    due: Option<NaiveDate>,
}

impl DueMove {
    /// Returns by how many days it became later; less than none, where it became earlier.
    pub fn days(self) -> i64 {
        days_between(self.from, self.to)
    }
}

impl Known {
    /// Looks at a key result in a version, where that has it.
    pub(super) fn of(plan: &Plan, key_result: Option<&KeyResult>) -> Self {
        Self {
            status: key_result.map(KeyResult::status),
            due: key_result.and_then(|key_result| plan.due_of(key_result)),
        }
    }

    /// Returns whether the version has it.
    pub(super) fn is_there(self) -> bool {
        self.status.is_some()
    }
}

impl Flow {
    /// Tells what a version made of what was before; `at` is that version.
    pub(super) fn tell(&mut self, before: Known, after: Known, at: MarkId) {
        if before.status != after.status {
            self.spans.push(Span {
                status: after.status,
                since: at,
            });
        }
        if let (Some(from), Some(to)) = (before.due, after.due)
            && from != to
        {
            self.moves.push(DueMove { from, to, at });
        }
    }

    /// Puts the oldest first, once all was told; `at` is the oldest version, where that has it.
    pub(super) fn turn_around(&mut self, known: Known, at: Option<MarkId>) {
        self.spans.extend(at.map(|since| Span {
            status: known.status,
            since,
        }));
        self.spans.reverse();
        self.moves.reverse();
    }
}
