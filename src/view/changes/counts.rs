use super::groups::Changed;
use super::remark::Remark;
use crate::change::Change;
use crate::model::Address;

/// What changed how often.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ChangeCounts {
    /// Key results that are new.
    pub added: usize,
    /// Key results that are gone.
    pub removed: usize,
    /// Key results that were and are there, and changed.
    pub changed: usize,
    /// Statuses that are others.
    pub statuses: usize,
    /// Days that are later: of key results, milestones and cycles.
    pub later: usize,
    /// Days that are earlier.
    pub earlier: usize,
    /// Goals that ask for less.
    pub lowered: usize,
    /// Goals that ask for more.
    pub raised: usize,
    /// Notes that were added.
    pub notes: usize,
    /// Changes of anything else than key results and their milestones: objectives, cycles, people.
    pub others: usize,
}

impl ChangeCounts {
    /// Counts in what was done to something.
    pub(super) fn add(&mut self, changed: &Changed) {
        let is_key_result = matches!(changed.at, Address::KeyResult(_));
        let own = |told: &&super::Told| told.at == changed.at;
        let kinds = changed.told.iter().filter(own);
        let mut kinds = kinds.map(|told| &told.change);
        if !is_key_result {
            self.others += changed.told.len();
        } else if kinds
            .clone()
            .any(|change| matches!(change, Change::Add { .. }))
        {
            self.added += 1;
        } else if kinds.any(|change| matches!(change, Change::Remove { .. })) {
            self.removed += 1;
        } else {
            self.changed += 1;
        }
        for told in &changed.told {
            let is_goal = matches!(
                told.key(),
                Some("target" | "commit" | "stretch" | "at-least" | "at-most")
            );
            self.statuses += usize::from(told.key() == Some("status"));
            self.notes += usize::from(matches!(told.change, Change::AddNote { .. }));
            match told.remark {
                Some(Remark::Later(0)) => {}
                Some(Remark::Later(days)) if days > 0 => self.later += 1,
                Some(Remark::Later(_)) => self.earlier += 1,
                Some(Remark::Less) if is_goal => self.lowered += 1,
                Some(Remark::More) if is_goal => self.raised += 1,
                _ => {}
            }
        }
    }

    /// Counts in all that another count holds.
    pub(super) fn add_all(&mut self, other: Self) {
        self.added += other.added;
        self.removed += other.removed;
        self.changed += other.changed;
        self.statuses += other.statuses;
        self.later += other.later;
        self.earlier += other.earlier;
        self.lowered += other.lowered;
        self.raised += other.raised;
        self.notes += other.notes;
        self.others += other.others;
    }
}
