//! What is wrong with a merge, in words.

use std::collections::BTreeSet;

use super::comments::dropped;
use super::oracle::{Oracle, Place};
use super::sides::Case;
use super::values::{Names, Said, Values, parse, values};
use crate::tree::read;

/// What a merge came to.
#[derive(Debug, Clone, Default)]
pub(super) struct Outcome {
    /// With markers around conflicts.
    pub(super) text: String,
    /// With every conflict settled as ours has it, and as theirs has it.
    pub(super) settled: [String; 2],
    /// The address and the key of each conflict.
    pub(super) conflicts: Vec<(String, Option<String>)>,
}

/// The faults that a merge may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fault {
    /// A change is not there.
    Lost,
    /// Something is there that nobody wrote.
    Invented,
    /// A comment is gone.
    Comment,
    /// A comment is there twice.
    Doubled,
    /// The text cannot be read and carries no markers, or the markers are not what they should be.
    Unreadable,
    /// A conflict that is none.
    Needless,
    /// A conflict that is not told.
    Silent,
    /// The whole file is left to a person, where a part of it would do.
    Wide,
    /// What only one side changed does not come out as it has it.
    Law,
}

/// Returns what is wrong with the outcome of a merge.
pub(super) fn faults(case: &Case, outcome: &Outcome) -> Vec<(Fault, String)> {
    let mut faults = Vec::new();
    let oracle = Oracle::new(&case.base, &case.ours, &case.theirs).expect("three sound texts");
    let is_clean = outcome.conflicts.is_empty();
    let (ours, theirs) = (&case.ours.text, &case.theirs.text);
    let texts = [&case.base, ours, theirs, &outcome.text].map(String::as_str);
    faults.extend(dropped(texts, is_clean));
    for (number, side) in ["ours", "theirs"].into_iter().enumerate() {
        // A marker ends a line that was open at the end of the file.
        let end = |text: &str| text.trim_end_matches(['\r', '\n']).to_owned();
        let settled = settle(&outcome.text, number);
        if settled.map(|text| end(&text)) != Some(end(&outcome.settled[number])) {
            faults.push((Fault::Unreadable, format!("the markers do not give {side}")));
        }
    }
    let roots = outcome.settled.each_ref().map(|text| parse(text));
    let nowhere = (String::new(), None);
    if outcome.conflicts.contains(&nowhere) && !is_about_comments(&outcome.text) {
        faults.push((Fault::Wide, "the whole file".to_owned()));
        return faults;
    }
    let [Some(ours), Some(theirs)] = roots else {
        faults.push((Fault::Unreadable, "no TOML".to_owned()));
        return faults;
    };
    let names: Vec<Names> = outcome
        .settled
        .iter()
        .filter_map(|text| oracle.names(text))
        .collect();
    let reported: BTreeSet<Place> = outcome
        .conflicts
        .iter()
        .filter(|place| **place != nowhere)
        .map(|(at, key)| {
            let first = key.as_ref().map(|key| {
                let first = key.split(['.', '#']).next();
                first.unwrap_or_default().to_owned()
            });
            (oracle.who(&names, at), first)
        })
        .collect();
    let expected = oracle.expect(&reported);
    let is_loose = |who: &String| expected.dangling.contains(who) || expected.shaken.contains(who);
    for place in &expected.must {
        if !reported.contains(place) && !expected.dangling.contains(&place.0) {
            faults.push((Fault::Silent, format!("{place:?}")));
        }
    }
    for who in &expected.dangling {
        if !reported.iter().any(|(at, _)| at == who) {
            faults.push((Fault::Silent, format!("{who} names what is gone")));
        }
    }
    for place in &reported {
        let is_known = expected.must.contains(place) || expected.may.contains(place);
        if !is_known && !is_loose(&place.0) {
            faults.push((Fault::Needless, format!("{place:?}")));
        }
    }
    for ((root, names), wanted) in [ours, theirs].iter().zip(&names).zip(&expected.settled) {
        let got = values(root, names);
        let left = |values: &Values| -> Values {
            let kept = values.iter().filter(|(who, _)| !is_loose(who));
            kept.map(|(who, said)| (who.clone(), said.clone()))
                .collect()
        };
        compare(&left(wanted), &left(&got), &mut faults);
    }
    if is_clean && expected.dangling.is_empty() {
        let document = read(&outcome.text);
        if let Some(problem) = document.refusals().next() {
            faults.push((Fault::Unreadable, format!("{problem:?}")));
        }
    }
    faults.sort();
    faults.dedup();
    faults
}

fn compare(wanted: &Values, got: &Values, faults: &mut Vec<(Fault, String)>) {
    let nothing = Said::default();
    let everyone: BTreeSet<&String> = wanted.keys().chain(got.keys()).collect();
    for who in everyone {
        match (wanted.get(who), got.get(who)) {
            (Some(_), None) => faults.push((Fault::Lost, who.clone())),
            (None, Some(_)) => faults.push((Fault::Invented, who.clone())),
            _ => {}
        }
        let wanted = wanted.get(who).unwrap_or(&nothing);
        let got = got.get(who).unwrap_or(&nothing);
        let keys: BTreeSet<&String> = wanted.keys.keys().chain(got.keys.keys()).collect();
        for key in keys {
            let (wanted, got) = (wanted.keys.get(key), got.keys.get(key));
            if wanted != got {
                let fault = match wanted {
                    Some(_) => Fault::Lost,
                    None => Fault::Invented,
                };
                faults.push((fault, format!("{who}: {key} is {got:?}, not {wanted:?}")));
            }
        }
        let notes: BTreeSet<&String> = wanted.notes.keys().chain(got.notes.keys()).collect();
        for note in notes {
            let count = |said: &Said| said.notes.get(note).copied().unwrap_or_default();
            let (wanted, got) = (count(wanted), count(got));
            let fault = match wanted.cmp(&got) {
                std::cmp::Ordering::Greater => Fault::Lost,
                std::cmp::Ordering::Less => Fault::Invented,
                std::cmp::Ordering::Equal => continue,
            };
            faults.push((fault, format!("{who}: {got} times {note}, not {wanted}")));
        }
    }
}

/// Returns whether conflicts that are about nothing in particular hold comments and blank lines alone:
/// both sides wrote something between the same two lines.
fn is_about_comments(text: &str) -> bool {
    let mut within = false;
    text.lines().all(|line| {
        let is_mark = [">>>>>>> ", "||||||| ", "======="]
            .iter()
            .any(|mark| line.starts_with(mark));
        if line.starts_with("<<<<<<< ") {
            within = !line.contains(" · ");
            return true;
        }
        within &= !line.starts_with(">>>>>>> ");
        !within || is_mark || line.trim().is_empty() || line.trim_start().starts_with('#')
    })
}

/// Takes one side of each conflict that is marked in a text as git does it, the base between both.
fn settle(text: &str, side: usize) -> Option<String> {
    // Before a conflict 0, within ours 1, the base 2, theirs 3.
    let mut within = 0;
    let mut settled = String::new();
    for line in text.split_inclusive('\n') {
        let mark = ["<<<<<<< ", "||||||| ", "=======", ">>>>>>> "]
            .iter()
            .position(|mark| line.trim_end() == mark.trim_end() || line.starts_with(mark));
        match mark {
            Some(mark) if mark == within => within = (mark + 1) % 4,
            Some(_) => return None,
            None if within == 0 || within == 1 + 2 * side => settled.push_str(line),
            None => {}
        }
    }
    (within == 0).then_some(settled)
}
