use super::apply::{follow, may_rename};
use super::editor::Editor;
use super::keys::below;
use super::write::{Quotes, text as write_text};
use super::{Change, Refusal};
use crate::document::path_of;
use crate::model::{Address, Id};
use crate::text::Span;

impl Editor<'_> {
    /// Gives something another id.
    pub(super) fn rename(
        &mut self,
        from: &Address,
        to: &Id,
        line: Option<u32>,
    ) -> Result<(), Refusal> {
        if let Some(line) = line {
            return self.rename_clash(from, to, line);
        }
        may_rename(&self.document.plan, from, to)?;
        let path = path_of(from);
        for section in self.outline.sections(&path) {
            self.rename_header(section, path.len() - 1, to);
        }
        for entry in self.outline.entries(&path) {
            let above = Self::above(&entry);
            if let Some(segment) = (path.len() - 1).checked_sub(above) {
                self.rename_segment(entry.segments[segment], to);
            }
        }
        self.rename_references(from, to);
        self.splices.sort_by_key(|splice| splice.span.start);
        self.splices.dedup();
        Ok(())
    }

    fn rename_references(&mut self, from: &Address, to: &Id) {
        let target = from.with_id(to.clone());
        for reference in self.document.plan.references() {
            let Some(new) = follow(&reference.to, from, &target) else {
                continue;
            };
            let mut path = below(&path_of(&reference.at), reference.key);
            if let Some(item) = reference.item {
                path.push(format!("#{}", item + 1));
            }
            let Some(entry) = self.outline.entry(&path) else {
                continue;
            };
            let was = self.slice(entry.value);
            let new = match (reference.item, new.id()) {
                (None, Some(id)) => id.to_string(),
                _ if was.trim_matches(['"', '\'', '\n', '\r']).starts_with("kr.") => {
                    new.to_string()
                }
                _ => {
                    let new = new.to_string();
                    new.strip_prefix("kr.").unwrap_or(&new).to_owned()
                }
            };
            let quotes = Quotes {
                literal: entry.is_literal,
                lines: false,
            };
            let written = write_text(&new, quotes);
            let (start, end) = (entry.value.start as usize, entry.value.end as usize);
            self.splice(start, end, written);
        }
    }

    fn rename_header(&mut self, section: usize, segment: usize, to: &Id) {
        let segment = self.outline.header(section).segments.get(segment).copied();
        if let Some(segment) = segment {
            self.rename_segment(segment, to);
        }
    }

    pub(super) fn rename_segment(&mut self, segment: Span, to: &Id) {
        let quote = match self.slice(segment).chars().next() {
            Some(quote @ ('"' | '\'')) => quote.to_string(),
            _ => String::new(),
        };
        let (start, end) = (segment.start as usize, segment.end as usize);
        self.splice(start, end, format!("{quote}{to}{quote}"));
    }
}

/// Returns whether a change mends a clash, so that the plan before does not hold all that the file
/// says.
pub(super) fn mends(change: &Change) -> bool {
    matches!(change, Change::Rename { line: Some(_), .. })
}
