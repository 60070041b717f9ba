use chrono::NaiveDate;

use crate::model::{Id, KeyResult, Note, Plan};

/// A check-in that waits for a word of whoever reads it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unanswered<'a> {
    /// The key result.
    pub id: &'a Id,
    /// The key result itself.
    pub key_result: &'a KeyResult,
    /// Who is to answer.
    pub reviewer: &'a str,
    /// The day of the check-in.
    pub on: NaiveDate,
    /// What was said; nothing, where it only left its day in `checked`.
    pub note: Option<&'a Note>,
}

/// Returns the latest check-in of a key result since a day that its reviewer in force has not answered
/// with a note, if one waits.
///
/// Nobody answers themselves: what its owner reviews, too, waits for nobody.
pub(super) fn of<'a>(
    plan: &'a Plan,
    id: &'a Id,
    own: &'a KeyResult,
    since: NaiveDate,
    today: NaiveDate,
) -> Option<Unanswered<'a>> {
    let reviewer = plan.reviewer_of(own)?;
    if plan.owner_of(own) == Some(reviewer) {
        return None;
    }
    let is_answer = |note: &Note| note.by.as_deref() == Some(reviewer);
    // Of one day, the later in the file is the later.
    let notes = || {
        own.note
            .iter()
            .enumerate()
            .map(|(at, note)| ((note.on, at), note))
    };
    let answered = notes()
        .filter(|(_, note)| is_answer(note))
        .map(|(when, _)| when)
        .max();
    let is_in_time = |day: NaiveDate| (since..=today).contains(&day);
    let note = notes()
        .filter(|(when, note)| is_in_time(note.on) && !is_answer(note) && Some(*when) > answered)
        .max_by_key(|(when, _)| *when);
    let checked = own
        .checked
        .filter(|day| is_in_time(*day) && answered.is_none_or(|(answered, _)| answered < *day));
    let on = note.map(|(_, note)| note.on).or(checked)?;
    Some(Unanswered {
        id,
        key_result: own,
        reviewer,
        on,
        note: note.map(|(_, note)| note),
    })
}
