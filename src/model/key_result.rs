use chrono::NaiveDate;
use thin_vec::ThinVec;

use super::address::Address;
use super::field::Rows;
use super::id::{ById, Id};
use super::number::{Fraction, Number, Percent, Weight};
use super::parts::{Allowance, Link, Note};
use super::table::table;
use super::words::{Cadence, Kind, Status, Visibility};

table! {
    /// A result by which one can tell that an objective is being reached.
    pub struct KeyResult as KeyResult {
        /// The objective it belongs to.
        objective: Id => Objective,
        /// What will be there or be true at the end, in one line.
        title: String,
        /// A shorter title, for narrow tables.
        short: Option<String>,
        /// Whatever else a reader should know.
        about: Option<String>,
        /// How it stands, as its owner says; `not-started` if absent.
        status: Option<Status>,
        /// A promise or a stretch; `committed` if absent.
        kind: Option<Kind>,
        /// Who answers for it; if absent its objective's owner, its theme's, the plan's.
        owner: Option<String> => Person,
        /// Who reads its check-ins; inherited like the owner.
        reviewer: Option<String> => Person,
        /// Who acts with the team.
        partners: ThinVec<String>,
        /// Words to filter by.
        tags: ThinVec<String>,
        /// Where more is to be found.
        links: Rows<Link>,
        /// What shows the result: addresses on the web, or paths in the repository.
        evidence: ThinVec<String>,
        /// What the team needs from those who read this.
        ask: Option<String>,
        /// The cycle it is set for, the plan's only one if absent; `later` is the backlog.
        cycle: Option<Id> => Cycle,
        /// The day on which work begins, the cycle's start if absent.
        start: Option<NaiveDate>,
        /// The day on which it is due, the cycle's end if absent.
        due: Option<NaiveDate>,
        /// How often it is checked, the plan's cadence if absent.
        cadence: Option<Cadence>,
        /// The day of the latest check-in that found nothing changed.
        checked: Option<NaiveDate>,
        /// How much it counts in its objective's progress, 1 if absent.
        weight: Option<Weight>,
        /// How likely its owner thinks it is to be reached, 0.0 to 1.0.
        confidence: Option<Fraction>,
        /// The grade given when the cycle was closed, 0.0 to 1.0.
        score: Option<Fraction>,
        /// Who may see it in exports.
        visibility: Option<Visibility>,
        /// What it helps to reach elsewhere.
        supports: ThinVec<Address>,
        /// What has to be reached first.
        needs: ThinVec<Address>,
        /// The key result of an earlier cycle that this one carries on.
        continues: Option<Id> => KeyResult,
        /// The figure at the start, 0 if absent.
        baseline: Option<Number>,
        /// The figure now, the baseline if absent.
        current: Option<Number>,
        /// The figure to reach; it may lie below the baseline.
        target: Option<Number>,
        /// What the figures count.
        unit: Option<String>,
        /// The figure that was promised, where the target is a stretch beyond it.
        commit: Option<Number>,
        /// The figure hoped for beyond the target.
        stretch: Option<Number>,
        /// How much of it is there in the owner's judgement, a percentage from 0 to 100.
        progress: Option<Percent>,
        /// The figure that `current` must not fall below.
        at_least as "at-least": Option<Number>,
        /// The figure that `current` must not rise above.
        at_most as "at-most": Option<Number>,
        /// Whether it is something to keep up over the whole cycle, not something to finish.
        ongoing: Option<bool>,
        /// What was said of it, with its day; the latest last.
        note: Rows<Note>,
        /// Rules of `loti check` switched off at this place, and why.
        allow: Rows<Allowance>,
    }
    and {
        /// Dated steps on the way, by id.
        milestones: ById<Milestone>,
        /// Whether no more than its outline is known, as where a plan is published: not how it is
        /// measured, nor who answers for it, nor when it was last heard of.
        is_outline: bool,
    }
}

table! {
    /// A dated step on the way to a key result.
    pub struct Milestone as Milestone {
        /// What will have happened.
        name: String,
        /// The day by which.
        due: Option<NaiveDate>,
        /// Whether it has.
        done: Option<bool>,
        /// Rules of `loti check` switched off at this place, and why.
        allow: Rows<Allowance>,
    }
}

impl KeyResult {
    /// Returns how it stands, as its owner says.
    pub fn status(&self) -> Status {
        self.status.unwrap_or(Status::NotStarted)
    }

    /// Returns whether it is a promise or a stretch.
    pub fn kind(&self) -> Kind {
        self.kind.unwrap_or(Kind::Committed)
    }

    /// Returns whether it is kept up over the cycle and never finished.
    pub fn is_ongoing(&self) -> bool {
        self.ongoing == Some(true)
    }

    /// Returns the title for places with little room.
    pub fn short_title(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.title)
    }

    /// Returns the latest note: of the last day, and of that day's the last in the file.
    pub fn last_note(&self) -> Option<&Note> {
        self.note.iter().max_by_key(|note| note.on)
    }
}

impl Milestone {
    /// Returns whether the step has been made.
    pub fn is_done(&self) -> bool {
        self.done == Some(true)
    }
}
