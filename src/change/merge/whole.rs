use super::align::{Aligned, part_that_differs};
use super::cut::{Cut, Uncut};
use super::ids::{Ids, Plans, names_removed};
use super::lines::merge_lines;
use super::prefer::decide;
use super::proof::{lines_conflict, proved};
use super::style::Plain;
use super::{Merged, Notice, Options, Side};
use crate::document::read_plan;
use crate::model::Address;

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
