use chrono::NaiveDate;

use super::link::LinkSheet;
use crate::model::{Link, Note, Plan};
use crate::render::dates::date;
use crate::text::count;

/// So many notes are shown at once; the earlier ones are there on request.
const LATEST: usize = 2;

/// What stands beside the text of a plan, theme, objective or key result.
#[derive(Default)]
pub(super) struct Beside<'a> {
    pub(super) facts: Vec<String>,
    pub(super) links: Vec<LinkSheet<'a>>,
    /// The latest notes, the newest first.
    pub(super) notes: Vec<NoteSheet<'a>>,
    pub(super) earlier: Vec<NoteSheet<'a>>,
    pub(super) earlier_words: String,
}

/// What was written down, when and by whom.
pub(super) struct NoteSheet<'a> {
    pub(super) iso: NaiveDate,
    pub(super) day: String,
    pub(super) by: Option<&'a str>,
    pub(super) text: &'a str,
}

impl<'a> Beside<'a> {
    pub(super) fn new(plan: &'a Plan, links: &'a [Link], notes: &'a [Note]) -> Self {
        let mut all: Vec<&Note> = notes.iter().collect();
        all.sort_by_key(|note| note.on);
        let sheets = all.into_iter().rev().map(|note| NoteSheet {
            iso: note.on,
            day: date(note.on),
            by: note.by.as_deref().map(|by| plan.person_name(by)),
            text: &note.text,
        });
        let mut notes: Vec<_> = sheets.collect();
        let earlier = notes.split_off(notes.len().min(LATEST));
        Self {
            facts: Vec::new(),
            links: links.iter().map(LinkSheet::of).collect(),
            notes,
            earlier_words: count(earlier.len(), "earlier note"),
            earlier,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.links.is_empty() && self.notes.is_empty()
    }
}
