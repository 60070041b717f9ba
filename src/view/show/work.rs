use chrono::NaiveDate;

use super::standing::Standing;
use crate::model::{Counts, Id, Person, Plan, Rollup};
use crate::view::row::Row;

/// What is in somebody's hands in a cycle: who names them, and what inherits them.
#[derive(Debug)]
pub struct Work<'a> {
    /// Who it is.
    pub person: &'a Person,
    /// How the key results stand that they answer for; their progress is nobody's figure.
    pub standing: Standing<'a>,
    /// Those key results.
    pub owns: Vec<Row<'a>>,
    /// The key results whose check-ins they read.
    pub reviews: Vec<Row<'a>>,
}

impl<'a> Work<'a> {
    /// Gathers what a person, team or role owns and reviews.
    pub(super) fn new(
        plan: &'a Plan,
        (id, person): (&Id, &'a Person),
        cycle: &'a Id,
        today: NaiveDate,
    ) -> Self {
        let nothing = Rollup::default();
        let (mut standing, owns) = Standing::gather(plan, cycle, today, nothing, |own| {
            plan.owner_of(own) == Some(id.as_str())
        });
        let (_, reviews) = Standing::gather(plan, cycle, today, nothing, |own| {
            plan.reviewer_of(own) == Some(id.as_str())
        });
        let mut counts = Counts::default();
        for row in &owns {
            counts.add(row.status);
        }
        standing.rollup.counts = counts;
        Self {
            person,
            standing,
            owns,
            reviews,
        }
    }
}
