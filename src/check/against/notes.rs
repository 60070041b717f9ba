use std::collections::HashSet;

use super::comparison::Comparison;
use super::note_changes::{Changed, Lost, note_changes};
use super::said::{named, quoted, the};
use crate::check::catalogue::{Family, Find, Page};
use crate::check::levels::Level;
use crate::diagnostic::{Diagnostic, Rule};
use crate::model::{Address, Note};
use crate::text::{Span, shorten};

const NOTE_REWRITTEN: Rule = Rule("note-rewritten");
const REOPENED_WITHOUT_NOTE: Rule = Rule("reopened-without-note");

pub(super) const PAGES: &[Page] = &[
    Page {
        rule: NOTE_REWRITTEN,
        family: Family::Change,
        level: Level::Error,
        summary: "A note is gone, or has other words, another day or another author.",
        why: "Notes say what was known and meant on their day, and decisions were taken by them. \
              What turned out otherwise is said in a later one. A note may move.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"

[[kr.1.note]]
on = 2024-02-06
text = \"Everything goes to plan.\"
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"

[[kr.1.note]]
on = 2024-02-06
text = \"The garage has no space for a second bus before April.\"

[[kr.1.note]]
on = 2024-02-09
text = \"The depot of the town has: everything goes to plan again.\"
",
        fix: None,
        find: Find::Against {
            before: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"

[[kr.1.note]]
on = 2024-02-06
text = \"The garage has no space for a second bus before April.\"
",
            find: note_rewritten,
        },
    },
    Page {
        rule: REOPENED_WITHOUT_NOTE,
        family: Family::Change,
        level: Level::Error,
        summary: "A key result was done or dropped, is open again, and no new note says why.",
        why: "Somebody took it for finished, and counted on it. What made it come back is the first \
              thing that they will ask.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"on-track\"
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"on-track\"

[[kr.1.note]]
on = 2024-02-06
text = \"The road is closed until 1 March: the bus cannot go there yet.\"
",
        fix: None,
        find: Find::Against {
            before: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"done\"
",
            find: reopened_without_note,
        },
    },
];

/// So much of a note is quoted.
const LONGEST_NOTE: usize = 200;

fn note_rewritten(comparison: &mut Comparison<'_>) {
    for changed in note_changes(comparison) {
        let is_there = comparison.new.table(&changed.at).is_some();
        for lost in &changed.lost {
            if is_there {
                tell(comparison, &changed, lost);
            } else {
                tell_gone(comparison, &changed.at, lost.note);
            }
        }
    }
}

fn tell(comparison: &mut Comparison<'_>, changed: &Changed<'_>, lost: &Lost<'_>) {
    let (note, at, number) = (lost.note, &changed.at, lost.rewritten);
    let now = number.and_then(|number| changed.notes.get(number));
    let (key, became, before) = match now {
        Some(now) => {
            let (key, before) = difference(note, now);
            (Some(key), "was rewritten", before)
        }
        None => (None, "is gone", "it was there".to_owned()),
    };
    let before = comparison.then(&before);
    comparison.add(NOTE_REWRITTEN, at, |context| {
        let place = match number {
            Some(number) => {
                let note = Address::Note(Box::new(at.clone()), number + 1);
                context.place(&note, key)
            }
            None => context.place(at, None),
        };
        let message = format!("a note of {} from {} {became}", the(at), note.on);
        Diagnostic::error(NOTE_REWRITTEN, place, message)
            .marked(before)
            .help(said(note))
            .help(format!(
                "put it back, and let a later one say what is different: `loti note {} \"…\"`",
                named(at)
            ))
    });
}

/// Returns the words of a note that nobody finds in the file any more.
fn said(note: &Note) -> String {
    let words = shorten(&note.text, LONGEST_NOTE, "…");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("it said “{words}”")
}

/// Returns which key of a note says something else, and what it said.
fn difference(was: &Note, is: &Note) -> (&'static str, String) {
    if was.text != is.text {
        return ("text", "said something else".to_owned());
    }
    if was.on != is.on {
        return ("on", format!("was {}", was.on));
    }
    let by = was.by.as_deref();
    let before = by.map_or("was not there".to_owned(), |by| {
        format!("was {}", quoted(by))
    });
    ("by", before)
}

/// What a note was about is gone, and the note with it.
fn tell_gone(comparison: &mut Comparison<'_>, at: &Address, note: &Note) {
    // Of a key result that is told in its own right.
    if matches!(at, Address::KeyResult(_)) || !comparison.is_whole() {
        return;
    }
    let before = comparison.then("it was there");
    comparison.add_gone(NOTE_REWRITTEN, at, |_| {
        let message = format!("a note from {} is gone, and so is {at}", note.on);
        Diagnostic::error(NOTE_REWRITTEN, Span::default(), message)
            .marked(before)
            .help(said(note))
            .help("put it back, with what it is about, or give it to what has taken its place")
    });
}

fn reopened_without_note(comparison: &mut Comparison<'_>) {
    let changed = note_changes(comparison).into_iter();
    let with_new: HashSet<Address> = changed
        .filter(|changed| changed.has_new)
        .map(|changed| changed.at)
        .collect();
    for pair in comparison.key_results() {
        let (old, new) = (pair.old.status(), pair.new.status());
        let at = pair.at();
        // Of a closed cycle nothing changes at all.
        if old.is_open()
            || !new.is_open()
            || with_new.contains(&at)
            || comparison.closed_cycle_of(pair.old).is_some()
        {
            continue;
        }
        let before = comparison.then(&format!("was {old}"));
        comparison.add(REOPENED_WITHOUT_NOTE, &at, |context| {
            let message = format!("{at} was {old} and is open again without a new note");
            let place = context.place(&at, Some("status"));
            Diagnostic::error(REOPENED_WITHOUT_NOTE, place, message)
                .marked(before)
                .help(format!("`loti note {} \"…\"` says it", pair.id))
        });
    }
}
