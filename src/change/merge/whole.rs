use super::conflict::{Conflict, Why};
use super::lines::merge_lines;
use super::{Merged, Options, Part};

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
pub fn merge(texts: Texts<'_>, _options: &Options) -> Merged {
    if texts.ours == texts.theirs || texts.base == texts.theirs {
        return Merged::clean(texts.ours);
    }
    if texts.base == texts.ours {
        return Merged::clean(texts.theirs);
    }
    let parts = merge_lines(texts);
    let conflicts = parts.iter().filter_map(|part| match part {
        Part::Text(_) => None,
        Part::Conflict {
            base, ours, theirs, ..
        } => {
            let some = |lines: &String| Some(lines.clone()).filter(|lines| !lines.is_empty());
            Some(Conflict {
                at: None,
                key: None,
                base: some(base),
                ours: some(ours),
                theirs: some(theirs),
                why: Why::Lines,
            })
        }
    });
    Merged {
        conflicts: conflicts.collect(),
        parts,
        notices: Vec::new(),
    }
}
