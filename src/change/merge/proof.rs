//! The proof that a merge says what it has to, and the ways to put one together until it does.

use std::collections::HashSet;

use toml::{Table, Value};

use super::align::Aligned;
use super::blocks::Blocks;
use super::comments::{Kept, kept};
use super::cut::Cut;
use super::definition::{Definition, Forced, define, read, says_same};
use super::draft::{Apart, Draft, conflict};
use super::lines::merge_lines;
use super::model::{Brought, merge_plans};
use super::place::place;
use super::whole::Texts;
use super::{Conflict, Notice, Part, Side, Why};
use crate::model::Id;

/// Puts a merge together that says what it has to: block by block, else by what the plans say, else
/// by lines, else it leaves all to whoever merges.
pub(super) fn proved(
    texts: [&str; 3],
    structure: Option<(&[Cut<'_>; 3], &Aligned<'_>)>,
    differing: &[String; 3],
    forced: Forced,
) -> Result<Draft, Side> {
    let mut by_blocks = None;
    let says = all_read(differing.each_ref().map(String::as_str))?;
    if let Some((cuts, aligned)) = structure {
        let forced = with_rows(forced.clone(), &says);
        let mut blocks = Blocks::new(cuts.each_ref(), aligned, forced);
        // Once more where comments are there twice: both sides moved them, to different places.
        for _ in 0..2 {
            let Some(draft) = blocks.merge() else {
                break;
            };
            let definition = define(says.each_ref(), &blocks.forced);
            let counted = blocks.counted();
            let is_clean = draft.conflicts.is_empty();
            let counted = counted.each_ref().map(String::as_str);
            let comments = kept(counted, &draft.counted, is_clean);
            let is_said = says_what_it_has_to(&draft.ours, &draft.theirs, &definition);
            let places = draft.conflicts.iter().map(|(_, conflict)| conflict.place());
            let has_more = places.collect::<HashSet<_>>().len() > definition.clashes.len();
            if is_said && comments == Kept::Right && !has_more {
                return Ok(draft);
            }
            by_blocks = Some(draft).filter(|_| is_said && comments != Kept::Lost);
            match comments {
                Kept::Doubled(excess) if is_said => blocks.excess = excess.into(),
                _ => break,
            }
        }
    }
    let says = all_read(texts)?;
    let forced = with_rows(forced, &says);
    let definition = define(says.each_ref(), &forced);
    let [base, ours, theirs] = texts;
    let texts = Texts { base, ours, theirs };
    if let Some(Brought { parts, moved }) = merge_plans(texts, &definition) {
        let mut draft = told(parts, &says, &definition, &forced);
        if moved > 0 {
            draft.notices.push(Notice::CommentsMoved { moved });
        }
        return Ok(draft);
    }
    let by_lines = merge_lines(texts);
    let side = |side| {
        by_lines
            .iter()
            .map(|part| part.side(side))
            .collect::<String>()
    };
    let (our, their) = (side(Side::Ours), side(Side::Theirs));
    let is_clean = definition.clashes.is_empty();
    let merged = if is_clean {
        our.clone()
    } else {
        format!("{our}{their}")
    };
    if says_what_it_has_to(&our, &their, &definition)
        && kept([base, ours, theirs], &merged, is_clean) == Kept::Right
    {
        return Ok(told(by_lines, &says, &definition, &forced));
    }
    if let Some(draft) = by_blocks {
        return Ok(draft);
    }
    let mut draft = Draft::default();
    let mut whole = conflict(None, None, Why::Lines);
    (whole.base, whole.ours) = (Some(base.to_owned()), Some(ours.to_owned()));
    whole.theirs = Some(theirs.to_owned());
    let [base, ours, theirs] = [base, ours, theirs].map(str::to_owned);
    draft.conflict(&[], Apart { base, ours, theirs }, vec![whole]);
    Ok(draft)
}

/// Puts what a row says in the place of its number, which is another on each side.
fn with_rows(forced: Forced, says: &[Table; 3]) -> Forced {
    let mut found = Forced::new();
    for (path, why) in forced {
        let number = path.iter().position(|name| name.starts_with('#'));
        let Some((at, number)) =
            number.and_then(|at| Some((at, path[at][1..].parse::<usize>().ok()?)))
        else {
            found.insert(path, why);
            continue;
        };
        let Why::NamesRemoved(to) = &why else {
            continue;
        };
        let rows = says
            .each_ref()
            .map(|table| at_path(table, &path[..at]).and_then(Value::as_array));
        let is_old = |row: &Value| rows[0].is_some_and(|rows| rows.contains(row));
        for row in rows[1..]
            .iter()
            .flatten()
            .filter_map(|rows| rows.get(number - 1))
        {
            let names = row.get(&path[path.len() - 1]).and_then(Value::as_str);
            if names == to.id().map(Id::as_str) && !is_old(row) {
                let mut path = path[..at].to_vec();
                path.push(row.to_string());
                found.insert(path, why.clone());
            }
        }
    }
    found
}

fn all_read(texts: [&str; 3]) -> Result<[Table; 3], Side> {
    let [base, ours, theirs] = texts.map(read);
    Ok([
        base.ok_or(Side::Base)?,
        ours.ok_or(Side::Ours)?,
        theirs.ok_or(Side::Theirs)?,
    ])
}

fn says_what_it_has_to(ours: &str, theirs: &str, definition: &Definition) -> bool {
    let says = |text: &str, table: &Table| read(text).is_some_and(|read| says_same(&read, table));
    says(ours, &definition.ours) && says(theirs, &definition.theirs)
}

/// Makes a draft of parts whose conflicts are those of the definition, or stand for their lines.
fn told(
    mut parts: Vec<Part>,
    says: &[Table; 3],
    definition: &Definition,
    forced: &Forced,
) -> Draft {
    let mut conflicts: Vec<(usize, Conflict)> = Vec::new();
    let apart = |part: &Part| matches!(part, Part::Conflict { .. });
    let places: Vec<usize> = (0..parts.len()).filter(|at| apart(&parts[*at])).collect();
    for (number, path) in definition.clashes.iter().enumerate() {
        let Some(part) = places.get(number).or(places.last()) else {
            continue;
        };
        let (at, key) = place(path);
        let values = says
            .each_ref()
            .map(|table| at_path(table, path).map(ToString::to_string));
        let why = match &values {
            _ if forced.contains_key(path) => forced[path].clone(),
            [_, None, _] => Why::RemovedByUs,
            [.., None] => Why::RemovedByThem,
            _ => Why::BothChanged,
        };
        let mut told = conflict(at, key, why);
        [told.base, told.ours, told.theirs] = values;
        conflicts.push((*part, told));
    }
    for (part, told) in &conflicts {
        if let Part::Conflict { label, .. } = &mut parts[*part]
            && label.is_empty()
        {
            *label = told.place();
        }
    }
    if definition.clashes.is_empty() {
        let lines = places
            .iter()
            .filter_map(|at| Some((*at, lines_conflict(&parts[*at])?)));
        conflicts.extend(lines);
    }
    let mut draft = Draft::default();
    (draft.parts, draft.conflicts) = (parts, conflicts);
    draft
}

fn at_path<'t>(table: &'t Table, path: &[String]) -> Option<&'t Value> {
    let (last, above) = path.split_last()?;
    let mut table = table;
    for name in above {
        table = table.get(name)?.as_table()?;
    }
    table.get(last)
}

/// Returns the conflict that stands for lines about nothing in particular.
pub(super) fn lines_conflict(part: &Part) -> Option<Conflict> {
    let Part::Conflict {
        base, ours, theirs, ..
    } = part
    else {
        return None;
    };
    let some = |lines: &String| Some(lines.clone()).filter(|lines| !lines.is_empty());
    let mut told = conflict(None, None, Why::Lines);
    (told.base, told.ours, told.theirs) = (some(base), some(ours), some(theirs));
    Some(told)
}
