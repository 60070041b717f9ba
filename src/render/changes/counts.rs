use crate::text::{count, join};
use crate::view::{About, ChangeCounts, ChangeGroup, Whole};

/// Says what changed how often: `3 key results changed, 1 new (2 statuses, 1 date later)`.
pub(super) fn counted(counts: ChangeCounts) -> String {
    let key_results = [
        (counts.changed, "changed"),
        (counts.added, "new"),
        (counts.removed, "removed"),
    ];
    let key_results = key_results.into_iter().filter(|(number, _)| *number > 0);
    let mut said = key_results
        .enumerate()
        .map(|(at, (number, what))| match at {
            0 => format!("{} {what}", count(number, "key result")),
            _ => format!("{number} {what}"),
        });
    let mut said: Vec<String> = said.by_ref().collect();
    if counts.others > 0 {
        let noun = if said.is_empty() {
            "change"
        } else {
            "other change"
        };
        said.push(count(counts.others, noun));
    }
    let details = [
        (counts.statuses, "status", ""),
        (counts.later, "date", " later"),
        (counts.earlier, "date", " earlier"),
        (counts.lowered, "goal", " lowered"),
        (counts.raised, "goal", " raised"),
        (counts.notes, "note", " added"),
    ];
    let details = details.into_iter().filter(|(number, ..)| *number > 0);
    let details: Vec<_> = details
        .map(|(number, noun, what)| format!("{}{what}", count(number, noun)))
        .collect();
    match details.len() {
        0 => said.join(", "),
        _ => format!("{} ({})", said.join(", "), details.join(", ")),
    }
}

/// Returns what a part of the plan is called.
pub(super) fn name(group: &ChangeGroup) -> &str {
    match &group.about {
        About::Plan => "Plan",
        About::Cycles => "Cycles",
        About::Theme(id) => group.name.as_deref().unwrap_or(id.as_str()),
        About::People => "People",
        About::Check => "Check settings",
    }
}

/// Says that all of a plan is new, or gone, and how much that is.
pub(super) fn whole(whole: &Whole) -> String {
    let holds = whole.holds.iter();
    let holds = join(holds.map(|(table, number)| count(*number, table.noun())));
    match (whole.is_new, holds.is_empty()) {
        (true, true) => "The plan is new, with nothing in it yet.".to_owned(),
        (true, false) => format!("The plan is new: {holds}."),
        (false, true) => "The plan is gone; there was nothing in it.".to_owned(),
        (false, false) => format!("The plan is gone: it had {holds}."),
    }
}
