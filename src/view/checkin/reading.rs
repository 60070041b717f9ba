//! What a typed answer means.

use indexmap::IndexSet;

use crate::model::{Id, KeyResult, Number, Status};
use crate::text::{alternatives, nearest};

/// Reads a figure.
pub(super) fn figure(typed: &str, is_percent: bool) -> Result<Number, String> {
    if typed.starts_with('+') {
        return Err("write the figure as it is now, not how much was added".to_owned());
    }
    let plain = match typed.strip_suffix('%') {
        Some(number) if is_percent => number.trim_end(),
        _ => typed,
    };
    let number = Number::parse(plain)
        .ok_or_else(|| format!("`{typed}` is no figure: write a number such as 300 or 2.5"))?;
    if is_percent && !(0.0..=100.0).contains(&number.get()) {
        return Err(format!("{number} is no percentage: write 0 to 100"));
    }
    Ok(number)
}

/// Reads a status: its word, or as much of its beginning as no other has.
pub(super) fn status(typed: &str) -> Result<Status, String> {
    let word = typed.to_lowercase().replace(' ', "-");
    let mut begin = Status::ALL
        .iter()
        .filter(|status| status.word().starts_with(&word));
    match (Status::parse(&word), begin.next(), begin.next()) {
        (Some(status), ..) => Ok(status),
        (None, Some(one), None) => Ok(*one),
        (None, Some(one), Some(other)) => Err(format!(
            "`{typed}` may be {one} or {other}: write more of it"
        )),
        _ => Err(
            match nearest(&word, Status::WORDS.iter().map(|word| word.name)) {
                Some(near) => format!("`{typed}` is no status: did you mean {near}?"),
                None => format!(
                    "`{typed}` is no status: write {}",
                    alternatives(Status::ALL)
                ),
            },
        ),
    }
}

/// Reads how likely something is: `0.7` or `70 %`.
pub(super) fn confidence(typed: &str) -> Result<Number, String> {
    let expected = || format!("`{typed}` is no confidence: write 0 to 1, such as 0.7, or 70 %");
    share(typed).ok_or_else(expected)
}

/// Reads a number from 0 to 1, or a percentage.
pub(in crate::view) fn share(typed: &str) -> Option<Number> {
    let number = match typed.strip_suffix('%') {
        Some(percent) => Number::Float(Number::parse(percent.trim_end())?.get() / 100.0),
        None => Number::parse(typed)?,
    };
    Some(number).filter(|number| (0.0..=1.0).contains(&number.get()))
}

/// Reads which of the open milestones are reached: their ids, or their numbers in the list.
pub(super) fn steps(typed: &str, own: &KeyResult) -> Result<Vec<Id>, String> {
    let open = open_steps(own);
    let words = typed.split([',', ' ']).filter(|word| !word.is_empty());
    let mut reached = IndexSet::new();
    for word in words {
        let by_id = open.iter().find(|id| id.as_str() == word);
        let by_number = || {
            let number = word.parse::<usize>().ok()?;
            open.get(number.checked_sub(1)?)
        };
        let Some(id) = by_id.or_else(by_number) else {
            let known = alternatives(&open);
            return Err(format!(
                "`{word}` is no open milestone: write {known}, or a number"
            ));
        };
        reached.insert((*id).clone());
    }
    Ok(reached.into_iter().collect())
}

/// Returns the milestones that are not reached yet, in the order of the file.
pub(super) fn open_steps(own: &KeyResult) -> Vec<&Id> {
    let steps = own.milestones.iter();
    let open = steps.filter(|(_, step)| !step.is_done());
    open.map(|(id, _)| id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_known_by_its_beginning() {
        for (typed, expected) in [
            ("on-track", Ok(Status::OnTrack)),
            ("On track", Ok(Status::OnTrack)),
            ("on", Ok(Status::OnTrack)),
            ("do", Ok(Status::Done)),
            ("n", Ok(Status::NotStarted)),
        ] {
            assert_eq!(status(typed), expected, "{typed}");
        }
        assert_eq!(
            status("d"),
            Err("`d` may be done or dropped: write more of it".to_owned())
        );
        assert_eq!(
            status("ontrak"),
            Err("`ontrak` is no status: did you mean on-track?".to_owned())
        );
    }

    #[test]
    fn figures_are_stated_and_not_added() {
        assert_eq!(figure("300", false), Ok(Number::Integer(300)));
        assert_eq!(figure("40 %", true), Ok(Number::Integer(40)));
        assert!(figure("+40", false).is_err());
        assert!(figure("140", true).is_err());
        assert!(figure("many", false).is_err());
    }

    #[test]
    fn a_confidence_is_a_share_or_a_percentage() {
        assert_eq!(confidence("0.7"), Ok(Number::Float(0.7)));
        assert_eq!(confidence("70 %"), Ok(Number::Float(0.7)));
        assert_eq!(confidence("1"), Ok(Number::Integer(1)));
        assert!(confidence("70").is_err());
    }
}
