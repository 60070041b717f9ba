use chrono::NaiveDate;

use super::publication::{Publication, Since};
use super::report::Report;
use super::trend::Trend;
use crate::history::Commit;

/// What a page says of a plan to those who are to see it.
///
/// All that it borrows from is the plan as it is published: nothing else is known here.
#[derive(Debug)]
pub struct Page<'a> {
    /// The plan for those who are to see it.
    pub publication: &'a Publication,
    /// How the plan stands, and what is next.
    pub report: Report<'a>,
    /// The day that is looked from.
    pub today: NaiveDate,
    /// Where the plan was read from.
    pub revision: Option<Revision>,
    /// How it came there, where that is known.
    pub trend: Option<Trend<'a>>,
    /// What changed, where that is asked for.
    pub since: Option<Since>,
}

/// The version of a plan that something was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Enough of the commit's name for people.
    pub short: String,
    /// The day on which it became part of the history.
    pub day: NaiveDate,
    /// Whether the file has been changed since, and that was not committed.
    pub is_changed: bool,
}

impl Revision {
    /// Takes a commit.
    pub fn new(commit: &Commit, is_changed: bool) -> Self {
        Self {
            short: commit.short().to_owned(),
            day: commit.day(),
            is_changed,
        }
    }
}
