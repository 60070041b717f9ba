//! One block that both sides changed, brought together key by key.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::super::layout::indent;
use super::comments::{added, missing};
use super::definition::{Forced, Path};
use super::draft::{Apart, Draft, conflict};
use super::entries::{Entry, Lines};
use super::lines::merge_comments;
use super::order::{Orders, order};
use super::place::place;
use super::value::{Clash, Outcome, Values, Written, merge_values};
use super::whole::Texts;

/// Merges the lines of a block whose header has a path; `None` where they are written in a way that
/// is not merged key by key.
pub(super) fn merge_keys(
    draft: &mut Draft,
    path: &[String],
    blocks: &[Option<Lines<'_>>; 3],
    forced: &Forced,
) -> Option<()> {
    let [base, ours, theirs] = blocks.each_ref().map(Option::as_ref);
    let headers = [base, ours, theirs].map(|lines| lines.map(|lines| lines.header));
    let header = either(headers);
    for comment in missing(headers.map(Option::unwrap_or_default), header) {
        draft.text(&format!("{}{comment}\n", indent(header, 0)));
    }
    draft.text(header);

    let mut numbers: HashMap<&[String], u32> = HashMap::new();
    let mut orders = [Vec::new(), Vec::new(), Vec::new()];
    for (order, lines) in orders.iter_mut().zip([base, ours, theirs]) {
        for entry in lines.iter().flat_map(|lines| &lines.entries) {
            let next = numbers.len() as u32;
            order.push(*numbers.entry(&entry.name).or_insert(next));
        }
    }
    let mut entries: Vec<[Option<&Entry<'_>>; 3]> = vec![[None; 3]; numbers.len()];
    for (side, lines) in [base, ours, theirs].into_iter().enumerate() {
        for entry in lines.iter().flat_map(|lines| &lines.entries) {
            entries[numbers[entry.name.as_slice()] as usize][side] = Some(entry);
        }
    }
    let orders = Orders {
        base: &orders[0],
        ours: &orders[1],
        theirs: &orders[2],
    };
    // Those that go are in the order too: comments above them may be new.
    let stays = |number: u32| entries[number as usize][1..].iter().any(Option::is_some);
    for number in order(&orders, stays, |_, _, _| true).all {
        merge_entry(draft, path, entries[number as usize], forced)?;
    }
    let [base, ours, theirs] = [base, ours, theirs].map(|lines| lines.map(|lines| lines.foot));
    draft.text(&comments_of([base, ours, theirs]));
    Some(())
}

/// Merges blank lines and comments of what may be in one of the texts only.
pub(super) fn comments_of([base, ours, theirs]: [Option<&str>; 3]) -> String {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) => merge_comments(Texts {
            base: base.unwrap_or_default(),
            ours,
            theirs,
        }),
        (Some(only), None) | (None, Some(only)) => only.to_owned(),
        (None, None) => String::new(),
    }
}

/// Returns what only one side changed, else what ours has.
pub(super) fn either([base, ours, theirs]: [Option<&str>; 3]) -> &str {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) if base == Some(ours) => theirs,
        (Some(ours), _) => ours,
        (None, theirs) => theirs.unwrap_or_default(),
    }
}

fn merge_entry(
    draft: &mut Draft,
    path: &[String],
    entries: [Option<&Entry<'_>>; 3],
    forced: &Forced,
) -> Option<()> {
    let [base, ours, theirs] = entries;
    let some = ours.or(theirs)?;
    let mut full: Path = path.to_vec();
    full.extend(some.name.iter().cloned());
    let lines = entries.map(|entry| entry.map(|entry| entry.line));
    let above = entries.map(|entry| entry.map(|entry| entry.above));
    let is_plain = ours.is_some() && theirs.is_some() && !forced.contains_key(&full);
    if is_plain && (lines[1] == lines[2] || lines[0] == lines[1] || lines[0] == lines[2]) {
        draft.text(&comments_of(above));
        draft.text(either(lines));
        return Some(());
    }
    let mut values: Values = [None, None, None];
    for (value, entry) in values.iter_mut().zip(entries) {
        if let Some(entry) = entry {
            *value = Some(Written::new(entry.value, &full)?);
        }
    }
    let outcome = match forced.get(&full) {
        Some(why) => Outcome::clash(&full, &values, why.clone()),
        None => merge_values(&full, &values)?,
    };
    let whole = entries.map(|entry| {
        entry.map_or_else(String::new, |entry| {
            format!("{}{}", entry.above, entry.line)
        })
    });
    let whole = whole.each_ref().map(String::as_str);
    if outcome.ours.is_none() && outcome.theirs.is_none() {
        // It goes; what was said about it since does not.
        let [base, ours, theirs] = whole;
        let (by_us, by_them) = (added(base, ours), added(base, theirs));
        for comment in by_us.into_iter().chain(by_them) {
            draft.text(&format!("{}{comment}\n", indent(some.line, 0)));
        }
        return Some(());
    }
    let mut text = comments_of(above);
    let parts = |part: fn(&Entry<'_>) -> String| entries.map(|entry| entry.map(part));
    let keys = parts(|entry| entry.key.to_owned());
    let afters = parts(|entry| entry.after.to_owned());
    let key = either(keys.each_ref().map(Option::as_deref));
    let after = match &afters {
        // A comment that is new stands where it stood.
        [base, Some(ours), Some(theirs)] if !ours.contains('#') => {
            let is_new = theirs.contains('#') && base.as_ref() != Some(theirs);
            if is_new { theirs } else { ours }
        }
        _ => either(afters.each_ref().map(Option::as_deref)),
    };
    if outcome.clashes.is_empty() {
        let value = outcome.ours.unwrap_or_default();
        let line = format!("{key}{value}{after}");
        for comment in missing(whole, &format!("{text}{line}")) {
            let _ = writeln!(text, "{}{comment}", indent(&line, 0));
        }
        draft.text(&text);
        draft.text(&line);
        return Some(());
    }
    draft.text(&text);
    let line = |entry: Option<&Entry<'_>>, value: Option<String>| match (entry, value) {
        (Some(entry), Some(value)) => format!("{}{value}{}", entry.key, entry.after),
        (None, Some(value)) => format!("{key}{value}{after}"),
        (_, None) => String::new(),
    };
    let apart = Apart {
        base: base.map_or_else(String::new, |base| base.line.to_owned()),
        ours: line(ours, outcome.ours),
        theirs: line(theirs, outcome.theirs),
    };
    draft.conflict(
        &full,
        apart,
        outcome.clashes.into_iter().map(told).collect(),
    );
    Some(())
}

fn told(clash: Clash) -> super::Conflict {
    let (at, key) = place(&clash.path);
    let mut told = conflict(at, key, clash.why);
    [told.base, told.ours, told.theirs] = clash.values;
    told
}
