//! What became of the parts of a plan from version to version: how far each had come and when, and
//! what its key results went through on the way.

mod flow;
mod follow;
mod gather;
mod marks;
mod series;

use chrono::NaiveDate;

use super::{Lens, Past};
use crate::model::{Address, Id, Plan};

pub use flow::{DueMove, Flow, Span};
pub use marks::{Mark, MarkId, MarkedCommit};
pub use series::State;

use marks::Marks;
use series::Series;

/// What is wanted of a past.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// The plan, themes, objectives and key results whose course is wanted, as they are called now.
    pub rows: Vec<Address>,
    /// The cycle whose key results are rolled up, as it is called now.
    pub cycle: Id,
    /// The day from which on it is wanted how things stood: the cycle's first. Statuses and due days
    /// are followed to their beginning.
    pub from: NaiveDate,
    /// The day before which nothing at all is wanted.
    pub since: Option<NaiveDate>,
    /// The day that is looked from. A version is never later, nor later than one that came after it,
    /// whatever its clock said.
    pub today: NaiveDate,
    /// Whether it is wanted how things stood in every version, and not only in the last of a day.
    pub every_version: bool,
}

/// What became of the parts of a plan along one line of versions.
///
/// Keeps what changed and no copies, so that it stays small however long the history is.
#[derive(Debug)]
pub struct Course {
    wanted: Wanted,
    marks: Marks,
    /// The versions in which it is known how things stood, the oldest first.
    moments: Vec<MarkId>,
    /// Of each row.
    series: Vec<Series>,
    /// Of each row; of key results alone there is anything to tell.
    flows: Vec<Flow>,
    /// The oldest version, where anything is told of it.
    began: Option<MarkId>,
    /// How many versions were read.
    pub versions: usize,
    /// How many could not be.
    pub unread: usize,
    /// How the oldest version that was read came to be the oldest.
    pub oldest: Oldest,
}

/// Why a past was followed no further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Oldest {
    /// Nothing came before.
    First,
    /// Nothing before is wanted.
    Since,
    /// A shallow clone holds no more.
    Cut,
}

impl Course {
    /// Follows a past from its newest version back; `now` is the file as it is now, which may hold
    /// what was not committed yet.
    ///
    /// The past is to follow first parents alone, so that one version comes after the other.
    /// Versions that cannot be read are passed over and counted.
    pub fn follow<P: Past>(
        past: &mut P,
        wanted: Wanted,
        now: Option<(&str, &Plan)>,
    ) -> Result<Self, P::Error> {
        gather::gather(past, wanted, now, None)
    }

    /// Follows a past in the same way, and sees of each version no more than a lens lets through.
    pub fn follow_through<P: Past>(
        past: &mut P,
        wanted: Wanted,
        now: Option<(&str, &Plan)>,
        lens: &mut dyn Lens,
    ) -> Result<Self, P::Error> {
        gather::gather(past, wanted, now, Some(lens))
    }

    /// Returns whether the newest version is the file as it is now, with changes that were not
    /// committed.
    pub fn is_uncommitted(&self) -> bool {
        self.marks.begin_uncommitted()
    }

    /// Returns whether what began with a version may have begun before: it is the oldest that was
    /// read, and not the first.
    pub fn is_cut(&self, mark: MarkId) -> bool {
        self.oldest != Oldest::First && self.began == Some(mark)
    }

    /// Returns a version.
    pub fn mark(&self, mark: MarkId) -> Mark<'_> {
        self.marks.get(mark)
    }

    /// Returns the versions in which it is known how things stood, the oldest first: every one, or
    /// the last of each day. The first is the one that was in force as the wanted days began.
    pub fn moments(&self) -> &[MarkId] {
        &self.moments
    }

    /// Returns how a row stood in the version of each moment.
    pub fn states(&self, row: usize) -> impl Iterator<Item = (MarkId, Option<State>)> {
        let series = self.series.get(row);
        let moments = self.moments.iter().zip(0..);
        let mut entries = series.into_iter().flat_map(Series::entries).peekable();
        let mut state = None;
        moments.map(move |(mark, moment)| {
            while let Some((_, next)) = entries.next_if(|(at, _)| *at <= moment) {
                state = next;
            }
            (*mark, state)
        })
    }

    /// Returns from which days on a row stood how: the days on which that changed, the oldest first.
    pub fn days(&self, row: usize) -> Vec<(NaiveDate, Option<State>)> {
        let mut days: Vec<(NaiveDate, Option<State>)> = Vec::new();
        for (at, state) in self.series.get(row).into_iter().flat_map(Series::entries) {
            let day = self.mark(self.moments[at as usize]).day;
            match days.last_mut() {
                Some((last, of_day)) if *last == day => *of_day = state,
                _ => days.push((day, state)),
            }
        }
        days
    }

    /// Returns what a key result went through, by its row.
    pub fn flow(&self, row: usize) -> &Flow {
        &self.flows[row]
    }

    /// Returns what was wanted.
    pub fn wanted(&self) -> &Wanted {
        &self.wanted
    }
}
