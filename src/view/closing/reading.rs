//! What a typed answer means.

use chrono::NaiveDate;

use super::Closing;
use crate::change::closing::Fate;
use crate::model::{Fraction, Number, read_day};
use crate::view::checkin::share;

/// Returns whether somebody wants to go back.
pub fn is_back(typed: &str) -> bool {
    matches!(typed.to_lowercase().as_str(), "b" | "back")
}

/// Returns whether what is proposed is taken.
pub(super) fn is_yes(typed: &str) -> bool {
    matches!(typed.to_lowercase().as_str(), "" | "y" | "yes")
}

/// Says no to a next cycle that does not come after the one that is closed.
pub(super) fn goes_on(closing: &Closing<'_>, start: NaiveDate) -> Result<(), String> {
    match closing.cycle.cycle {
        Some(cycle) => cycle.goes_on_from(closing.cycle.id, start),
        None => Ok(()),
    }
}

/// Reads what becomes of a key result.
pub(super) fn fate(typed: &str) -> Result<Fate, String> {
    let lower = typed.to_lowercase();
    let found = Fate::ALL
        .into_iter()
        .find(|fate| lower == fate.word() || lower == fate.letter());
    found.ok_or_else(|| "expected c, d, e or r; ? says what they mean".to_owned())
}

/// Reads a grade: `0.7` or `70 %`; nothing at all takes the one that is proposed.
pub(super) fn grade(typed: &str, proposed: Option<Fraction>) -> Result<Fraction, String> {
    if let ("", Some(proposed)) = (typed, proposed) {
        return Ok(proposed);
    }
    let number = share(&typed.replace(',', "."));
    let number = number.ok_or("expected a number from 0 to 1, such as 0.7, or 70 %")?;
    Ok(Fraction(Number::Float(number.get())))
}

pub(super) fn day(typed: &str, usual: Option<NaiveDate>) -> Result<NaiveDate, String> {
    if let ("", Some(usual)) = (typed, usual) {
        return Ok(usual);
    }
    read_day(typed)
}
