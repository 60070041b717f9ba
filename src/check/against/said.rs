//! Words that several of these rules say alike.

use chrono::NaiveDate;

use crate::model::{Address, days_between};
use crate::text::{count, shorten};

/// A longer text is quoted by its beginning.
const LONGEST_QUOTE: usize = 40;

/// Returns the beginning of a text's first line in quotation marks.
pub(super) fn quoted(text: &str) -> String {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let cut = shorten(first, LONGEST_QUOTE, "…");
    let is_cut = lines.next().is_some() && !cut.ends_with('…');
    format!("“{cut}{}”", if is_cut { " …" } else { "" })
}

/// Returns by how much one day is later than another: `30 days later`.
pub(super) fn later(was: NaiveDate, is: NaiveDate) -> String {
    let days = usize::try_from(days_between(was, is)).unwrap_or_default();
    format!("{} later", count(days, "day"))
}

/// Returns how something is spoken of: by its address, but the plan as what it is.
pub(super) fn the(at: &Address) -> String {
    match at {
        Address::Plan => "the plan".to_owned(),
        at => at.to_string(),
    }
}

/// Returns how an address is named to a command: a key result by its bare id.
pub(super) fn named(at: &Address) -> String {
    match at {
        Address::KeyResult(id) => id.to_string(),
        at => at.to_string(),
    }
}
