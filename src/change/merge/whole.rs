use std::collections::HashSet;

use toml::{Table, Value};

use super::align::{Aligned, part_that_differs};
use super::blocks::Blocks;
use super::comments::{Kept, kept};
use super::cut::{Cut, Uncut};
use super::definition::{Definition, Forced, define, read, says_same};
use super::draft::{Apart, Draft, conflict};
use super::ids::{Ids, Plans, names_removed};
use super::lines::merge_lines;
use super::model::merge_plans;
use super::place::place;
use super::prefer::decide;
use super::style::Plain;
use super::{Conflict, Merged, Notice, Options, Part, Side, Why};
use crate::document::read_plan;
use crate::model::{Address, Id};

/// The three texts of a merge.
#[derive(Debug, Clone, Copy)]
pub struct Texts<'t> {
    /// What both sides come from.
    pub base: &'t str,
    /// Ours.
    pub ours: &'t str,
    /// Theirs.
    pub theirs: &'t str,
}

/// Brings together what two sides made of a text.
///
/// Whatever cannot be proved to say what it has to is marked, at last as a whole: nothing is lost.
pub fn merge(texts: Texts<'_>, options: &Options) -> Merged {
    if let Some(text) = taken(texts) {
        return Merged::clean(text);
    }
    let plain = Plain::of(texts);
    let texts = plain.texts();
    let mut merged = match taken(texts) {
        Some(text) => Merged::clean(text),
        None => by_address(texts, options).unwrap_or_else(|side| by_lines(texts, side)),
    };
    merged.parts = plain.style.parts(merged.parts);
    merged
}

/// Returns the text of one side where the other changed nothing, or the same.
fn taken(texts: Texts<'_>) -> Option<&str> {
    if texts.ours == texts.theirs || texts.base == texts.theirs {
        Some(texts.ours)
    } else {
        (texts.base == texts.ours).then_some(texts.theirs)
    }
}

/// Merges texts as git does, since one is no TOML.
fn by_lines(texts: Texts<'_>, side: Side) -> Merged {
    let parts = merge_lines(texts);
    let conflicts = parts.iter().filter_map(lines_conflict);
    Merged {
        conflicts: conflicts.collect(),
        parts,
        notices: vec![Notice::ByLines { side }],
    }
}

/// Returns the conflict that stands for lines about nothing in particular.
fn lines_conflict(part: &Part) -> Option<Conflict> {
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

/// Merges by address, or tells which text is no TOML.
fn by_address(texts: Texts<'_>, options: &Options) -> Result<Merged, Side> {
    let mut ids = Ids::new([texts.base, texts.ours, texts.theirs]);
    // Clashing ids first, then what ours renamed, then what theirs did.
    let mut steps_left = 3;
    loop {
        let texts = ids.texts.clone();
        let texts = texts.each_ref().map(|text| &**text);
        let cuts = cut(texts)?;
        let blocks = match &cuts {
            Some([base, ours, theirs]) => Some(Aligned::of([base, ours, theirs])?),
            None => None,
        };
        let structure = cuts.as_ref().zip(blocks.as_ref());
        let differing = match structure {
            Some((cuts, aligned)) => cuts.each_ref().map(|cut| part_that_differs(cut, aligned)),
            None => texts.map(str::to_owned),
        };
        let plans = Plans::of(differing.each_ref().map(|text| read_plan(text).0));
        let is_known = |at: &Address| {
            let table = at.to_string();
            let mut blocks = cuts.iter().flatten().flat_map(|cut| &cut.blocks);
            blocks.any(|block| block.table == table)
        };
        if steps_left > 0 {
            let is_first = steps_left == 3;
            steps_left -= 1;
            if (is_first && ids.part(&plans, options, is_known)) || ids.follow(&plans) {
                continue;
            }
        }
        let mut draft = proved(texts, structure, &differing, names_removed(&plans))?;
        let mut notices = ids.notices;
        notices.append(&mut draft.notices);
        if let Some(prefer) = options.prefer {
            notices.extend(decide(&mut draft, prefer, &plans));
        }
        let conflicts = draft.conflicts.into_iter();
        return Ok(Merged {
            conflicts: conflicts.map(|(_, conflict)| conflict).collect(),
            parts: draft.parts,
            notices,
        });
    }
}

/// Cuts three texts; `None` where they can be read and not be cut.
fn cut(texts: [&str; 3]) -> Result<Option<[Cut<'_>; 3]>, Side> {
    let [base, ours, theirs] = texts;
    let base = Cut::of(base);
    let like = |text| match &base {
        Ok(base) => Cut::like(text, base),
        Err(_) => Cut::of(text),
    };
    let (ours, theirs) = (like(ours), like(theirs));
    match (base, ours, theirs) {
        (Ok(base), Ok(ours), Ok(theirs)) => Ok(Some([base, ours, theirs])),
        (Err(Uncut::Broken), ..) => Err(Side::Base),
        (_, Err(Uncut::Broken), _) => Err(Side::Ours),
        (.., Err(Uncut::Broken)) => Err(Side::Theirs),
        _ => Ok(None),
    }
}

/// Puts a merge together that says what it has to: block by block, else by what the plans say, else
/// by lines, else it leaves all to whoever merges.
fn proved(
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
        if let Some(draft) = blocks.merge() {
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
        }
    }
    let says = all_read(texts)?;
    let forced = with_rows(forced, &says);
    let definition = define(says.each_ref(), &forced);
    let [base, ours, theirs] = texts;
    let texts = Texts { base, ours, theirs };
    if let Some(parts) = merge_plans(texts, &definition) {
        return Ok(told(parts, &says, &definition, &forced));
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
