//! The text of a merge while it is being put together.

use super::definition::Path;
use super::lines::push_text;
use super::place::place;
use super::{Conflict, Notice, Part, Why};

/// Parts put one behind the other.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) parts: Vec<Part>,
    /// The conflicts, each with the number of its part.
    pub(super) conflicts: Vec<(usize, Conflict)>,
    pub(super) notices: Vec<Notice>,
    /// What is proved: the parts of tables that differ, as each side decides.
    pub(super) ours: String,
    pub(super) theirs: String,
    /// Whether what comes is part of such a table.
    pub(super) differs: bool,
    /// All that may have comments which not all three have.
    pub(super) counted: String,
    /// Whether what comes is part of that.
    pub(super) is_counted: bool,
    /// The table whose blocks the last part holds, where a side removed it.
    open: Option<Path>,
}

/// The lines of a conflict.
#[derive(Debug, Clone, Default)]
pub(super) struct Apart {
    pub(super) base: String,
    pub(super) ours: String,
    pub(super) theirs: String,
}

impl Draft {
    /// Adds text.
    pub(super) fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        push_text(&mut self.parts, text);
        self.open = None;
        if self.differs {
            self.ours.push_str(text);
            self.theirs.push_str(text);
        }
        if self.is_counted {
            self.counted.push_str(text);
        }
    }

    /// Adds lines that the sides do not agree on, and what that is about.
    pub(super) fn conflict(&mut self, label: &[String], apart: Apart, conflicts: Vec<Conflict>) {
        self.differing(&apart);
        let number = self.parts.len();
        let (at, key) = place(label);
        let Apart { base, ours, theirs } = apart;
        self.parts.push(Part::Conflict {
            label: conflict(at, key, Why::Lines).place(),
            base,
            ours,
            theirs,
        });
        let conflicts = conflicts.into_iter().map(|conflict| (number, conflict));
        self.conflicts.extend(conflicts);
        self.open = None;
    }

    /// Adds a whole block of something that one side removed and the other changed; what stands side
    /// by side is one conflict.
    pub(super) fn removed(&mut self, path: &Path, apart: Apart, why: Why) {
        if self.open.as_ref() == Some(path)
            && let Some(Part::Conflict {
                base, ours, theirs, ..
            }) = self.parts.last_mut()
        {
            base.push_str(&apart.base);
            ours.push_str(&apart.ours);
            theirs.push_str(&apart.theirs);
            self.differing(&apart);
            return;
        }
        let (at, key) = place(path);
        let mut told = conflict(at, key, why);
        let some = |text: &String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        told.base = some(&apart.base);
        told.ours = some(&apart.ours);
        told.theirs = some(&apart.theirs);
        self.conflict(path, apart, vec![told]);
        self.open = Some(path.clone());
    }

    fn differing(&mut self, apart: &Apart) {
        self.ours.push_str(&apart.ours);
        self.theirs.push_str(&apart.theirs);
        self.counted.push_str(&apart.ours);
        self.counted.push_str(&apart.theirs);
    }
}

/// Makes a conflict without values.
pub(super) fn conflict(
    at: Option<crate::model::Address>,
    key: Option<String>,
    why: Why,
) -> Conflict {
    Conflict {
        at,
        key,
        base: None,
        ours: None,
        theirs: None,
        why,
    }
}
