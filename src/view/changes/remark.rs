use chrono::NaiveDate;

use crate::model::{KeyResult, Number, Status, Value};

/// What a change means for the plan, beyond what was there before and is there now.
#[derive(Debug, Clone, PartialEq)]
pub enum Remark {
    /// A day is so many days later; earlier, where negative.
    Later(i64),
    /// A figure, a grade or a promise asks for more than before, or something is shown to more.
    More,
    /// It asks for less, or is shown to fewer.
    Less,
    /// How far the key result has come, before and after, 0 to 100.
    Progress([Option<f64>; 2]),
    /// It is finished.
    Done,
    /// It was done or dropped, and is not any more.
    Reopened,
    /// It is given up.
    Dropped,
    /// Somebody else answers for it.
    HandedOver,
    /// It belongs to something else.
    Moved,
    /// A new key result: the objective it belongs to, the day it is due, how many milestones it has.
    New {
        /// The objective's name.
        objective: Option<String>,
        /// The day on which it is due.
        due: Option<NaiveDate>,
        /// How many milestones it has.
        milestones: usize,
    },
    /// A key result that is gone, and how it stood.
    Gone {
        /// Its status.
        status: Status,
        /// How far it had come, 0 to 100.
        progress: Option<f64>,
    },
    /// What holds without the key is written down, or is left to hold without it: nothing changed.
    SpeltOut,
}

impl Remark {
    /// Returns the remark in a word for programs, which never changes.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Later(..0) => "earlier",
            Self::Later(_) => "later",
            Self::More => "more",
            Self::Less => "less",
            Self::Progress(_) => "progress",
            Self::Done => "done",
            Self::Reopened => "reopened",
            Self::Dropped => "dropped",
            Self::HandedOver => "handed-over",
            Self::Moved => "moved",
            Self::New { .. } => "new",
            Self::Gone { .. } => "gone",
            Self::SpeltOut => "spelt-out",
        }
    }
}

/// Returns what it means that a status is another.
pub(super) fn status(values: [Option<&Value>; 2]) -> Option<Remark> {
    let [was, is] = values.map(|value| match value {
        Some(Value::Text(word)) => Status::parse(word),
        _ => None,
    });
    match (was?, is?) {
        (_, Status::Done) => Some(Remark::Done),
        (_, Status::Dropped) => Some(Remark::Dropped),
        (was, _) if !was.is_open() => Some(Remark::Reopened),
        _ => None,
    }
}

/// Returns what it means that a day is another.
pub(super) fn day(values: [Option<&Value>; 2]) -> Option<Remark> {
    match values {
        [Some(Value::Date(was)), Some(Value::Date(is))] if was != is => {
            Some(Remark::Later(crate::model::days_between(*was, *is)))
        }
        _ => None,
    }
}

/// Returns what it means that a figure is another, where higher asks for more.
pub(super) fn figure(values: [Option<&Value>; 2], higher_is_more: bool) -> Option<Remark> {
    let [was, is] = values.map(|value| match value {
        Some(Value::Number(number)) => Some(*number),
        _ => None,
    });
    let (was, is) = (was?, is?);
    let is_more = if higher_is_more { is > was } else { is < was };
    (was != is).then_some(if is_more { Remark::More } else { Remark::Less })
}

/// Returns whether a word of a list that goes from the least to the most is a later one.
pub(super) fn word(values: [Option<&Value>; 2], from_least: &[&str]) -> Option<Remark> {
    let [was, is] = values.map(|value| match value {
        Some(Value::Text(word)) => from_least.iter().position(|other| other == word),
        _ => None,
    });
    match was?.cmp(&is?) {
        std::cmp::Ordering::Less => Some(Remark::More),
        std::cmp::Ordering::Greater => Some(Remark::Less),
        std::cmp::Ordering::Equal => None,
    }
}

/// Returns whether the figure of a key result is to rise: from its baseline to its target, in the
/// first of the two that says so.
pub(super) fn rises(versions: [Option<&KeyResult>; 2]) -> bool {
    let way = versions.into_iter().flatten().find_map(|own| {
        let target = own.target?;
        let baseline = own.baseline.unwrap_or(Number::Integer(0));
        (target != baseline).then_some(target > baseline)
    });
    way.unwrap_or(true)
}
