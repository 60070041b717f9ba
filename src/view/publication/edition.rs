use chrono::NaiveDate;

use super::{Audience, Publication};
use crate::model::Id;
use crate::text::count;
use crate::view::{Board, Changes, Filter};

/// What is published of a plan's cycle on a day, whatever the form.
#[derive(Debug)]
pub struct Edition<'a> {
    /// The plan for those who are to see it.
    pub publication: &'a Publication,
    /// The cycle's key results under their objectives and themes.
    pub board: Board<'a>,
    /// The day.
    pub today: NaiveDate,
    /// What changed since a day, where that is asked for.
    pub since: Option<Since>,
}

/// What changed since a day.
#[derive(Debug)]
pub struct Since {
    /// The day.
    pub day: NaiveDate,
    /// What changed, of what is published of both versions.
    pub changes: Changes,
}

impl<'a> Edition<'a> {
    /// Looks at what is published of a cycle on a day.
    pub fn new(
        publication: &'a Publication,
        cycle: &'a Id,
        filter: &Filter,
        today: NaiveDate,
    ) -> Self {
        Self {
            board: Board::new(&publication.plan, cycle, filter, today),
            publication,
            today,
            since: None,
        }
    }

    /// Returns whether it is for those who can read the plan file anyway.
    pub fn is_internal(&self) -> bool {
        self.publication.audience == Audience::Internal
    }

    /// Says that it is not for everybody, where it is not.
    pub fn internal(&self) -> Option<&'static str> {
        self.is_internal()
            .then_some("Internal: this holds what is private, and is not for publication.")
    }

    /// Says how much was left out and how many key results the filters hide, where anything is.
    pub fn not_shown(&self) -> Vec<String> {
        let left_out = self.publication.left_out.describe();
        let left_out = left_out.map(|parts| format!("Left out as private: {parts}."));
        let hidden = (self.board.hidden > 0).then(|| {
            let hidden = count(self.board.hidden, "key result");
            format!("Not shown here: {hidden}; the counts are of all.")
        });
        left_out.into_iter().chain(hidden).collect()
    }
}
