//! The plan as others may see it: what is private gone, what is to be seen in outline cut down to
//! that, notes and people gone unless the plan publishes them.
//!
//! Redacts once, on the plan itself: whatever is drawn from what comes out holds nothing that was to
//! stay inside, and what is reckoned from it is reckoned from what everybody can see.

mod bounds;
mod edition;
mod left_out;
mod past;
mod redaction;

use crate::model::{Id, Plan};

pub use edition::{Edition, Since};
pub use left_out::LeftOut;
pub use past::PublicPast;

use bounds::Bounds;
use redaction::redacted;

/// A plan for those who are to see it.
#[derive(Debug)]
pub struct Publication {
    /// The plan, without what is not for them.
    pub plan: Plan,
    /// For whom it is.
    pub audience: Audience,
    /// How much of the cycle is left out.
    pub left_out: LeftOut,
    /// Whether notes are shown.
    pub notes: bool,
    /// Whether owners, reviewers and authors are shown.
    pub people: bool,
    bounds: Bounds,
}

/// For whom something is published.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Audience {
    /// Everybody.
    #[default]
    Public,
    /// Those who can read the plan file anyway.
    Internal,
}

impl Publication {
    /// Prepares a plan as it is now.
    pub fn new(plan: &Plan, audience: Audience, cycle: &Id) -> Self {
        Self::within(plan, Bounds::of(plan), audience, cycle)
    }

    /// Prepares a plan as it was; what may not be seen of it today is not shown either.
    pub fn of_past(then: &Plan, now: &Plan, audience: Audience, cycle: &Id) -> Self {
        let bounds = Bounds::of(now).named_as_in(then, now);
        Self::within(then, Bounds::of(then).and(&bounds), audience, cycle)
    }

    fn within(plan: &Plan, bounds: Bounds, audience: Audience, cycle: &Id) -> Self {
        match audience {
            Audience::Internal => Self {
                plan: plan.clone(),
                audience,
                left_out: LeftOut::default(),
                notes: true,
                people: true,
                bounds,
            },
            Audience::Public => {
                let shown = redacted(plan, &bounds);
                Self {
                    left_out: LeftOut::new(plan, &shown, cycle),
                    plan: shown,
                    audience,
                    notes: bounds.notes,
                    people: bounds.people,
                    bounds,
                }
            }
        }
    }

    /// Returns an older version and the plan itself for comparison: of each what both allow, so that
    /// nothing is told as new or gone because it was published or taken back.
    ///
    /// `now` is the plan from which this was made.
    pub fn compared(&self, then: &Plan, now: &Plan) -> [Plan; 2] {
        if self.audience == Audience::Internal {
            return [then.clone(), now.clone()];
        }
        let was = Bounds::of(then);
        let then_bounds = was.clone().and(&self.bounds.clone().named_as_in(then, now));
        let now_bounds = self.bounds.clone().and(&was.named_as_after(then, now));
        [redacted(then, &then_bounds), redacted(now, &now_bounds)]
    }

    /// Returns what makes of older versions, from the plan's own back, what may be seen of them;
    /// nothing, where all may.
    pub fn past(&self) -> Option<PublicPast> {
        let is_public = self.audience == Audience::Public;
        is_public.then(|| PublicPast::new(self.bounds.clone()))
    }
}
