use std::collections::HashMap;
use std::ops::Range;

use crate::document::{Piece, Pieces, Section, ends_there};
use crate::model::Address;
use crate::text::Span;

/// The sections of a text, each with the table that it is part of.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// In file order; none where they cannot be told apart.
    all: Vec<Part>,
    /// The number of every table that was met in any version.
    numbers: HashMap<Vec<String>, u32>,
    /// Their addresses by number, where the format knows them.
    addresses: Vec<Option<Address>>,
}

/// A section, and the number of its table.
#[derive(Debug, Clone, Copy)]
struct Part {
    start: u32,
    end: u32,
    table: u32,
}

/// Which sections of a text are others than those of the text before.
#[derive(Debug)]
pub(super) struct Changed {
    /// The run of sections of the text before that gives way.
    old: Range<usize>,
    /// The sections that come in its place.
    new: Vec<Part>,
    /// The tables that may differ for it, sorted.
    tables: Vec<u32>,
    /// How long the texts are, the old and the new.
    lengths: (u32, u32),
}

impl Parts {
    /// Cuts a text.
    pub(super) fn of(text: &str) -> Self {
        let mut parts = Self::default();
        for piece in Pieces::at(text, 0) {
            let Some(piece) = piece else {
                return Self::default();
            };
            let part = parts.part(piece);
            parts.all.push(part);
        }
        parts
    }

    /// Finds the sections that differ, unless the texts have to be read whole.
    pub(super) fn changed(&mut self, old: &str, new: &str) -> Option<Changed> {
        if self.all.is_empty() {
            return None;
        }
        let before = same_at_start(old.as_bytes(), new.as_bytes());
        let most = old.len().min(new.len()) - before;
        let after = same_at_end(old.as_bytes(), new.as_bytes()).min(most);
        // Where the section before the first byte that differs ends may depend on that byte.
        let begun = |part: &Part| (part.start as usize) < before;
        let first = self.all.partition_point(begun).saturating_sub(1);
        let mut at = self.all[first].start as usize;
        let mut next_old = first;
        let mut cut = Vec::new();
        let mut pieces = None;
        let end = loop {
            let left = new.len() - at;
            if left <= after
                && let Some(found) = self.begins_at(old.len() - left)
            {
                // From here on the texts are the same, and are cut alike.
                break found;
            }
            if let Some(same) = self.find_same(next_old, old, new, at) {
                let part = self.all[same].moved_to(at as u32);
                at = part.end as usize;
                next_old = same + 1;
                cut.push((part, Some(same)));
                pieces = None;
            } else {
                let pieces = pieces.get_or_insert_with(|| Pieces::at(new, at as u32));
                let Some(piece) = pieces.next() else {
                    break self.all.len();
                };
                let part = self.part(piece?);
                at = part.end as usize;
                let stood_here = self.all.get(next_old);
                next_old += usize::from(stood_here.is_some_and(|old| old.table == part.table));
                cut.push((part, None));
            }
            if at == new.len() {
                break self.all.len();
            }
        };
        let old_parts = first..end;
        Some(Changed {
            tables: self.tables_that_differ(&old_parts, &cut),
            new: cut.into_iter().map(|(part, _)| part).collect(),
            old: old_parts,
            lengths: (old.len() as u32, new.len() as u32),
        })
    }

    /// Returns the sections, in file order, that the changed tables are made of in the new text.
    pub(super) fn sections_with(&self, changed: &Changed) -> impl Iterator<Item = Section> {
        let before = self.all[..changed.old.start].iter().copied();
        let after = self.all[changed.old.end..].iter();
        let after = after.map(|part| part.moved_with_the_end(changed.lengths));
        let all = before.chain(changed.new.iter().copied()).chain(after);
        let wanted = all.filter(|part| changed.tables.binary_search(&part.table).is_ok());
        wanted.map(|part| Section {
            span: Span {
                start: part.start,
                end: part.end,
            },
        })
    }

    /// Returns the addresses of the changed tables, where the format knows them.
    pub(super) fn tables(&self, changed: &Changed) -> impl Iterator<Item = &Address> {
        let tables = changed.tables.iter();
        tables.filter_map(|table| self.addresses[*table as usize].as_ref())
    }

    /// Takes the sections of the new text for those of the old.
    pub(super) fn replace(&mut self, changed: Changed) {
        let after = self.all[changed.old.end..].iter_mut();
        after.for_each(|part| *part = part.moved_with_the_end(changed.lengths));
        self.all.splice(changed.old, changed.new);
    }

    fn part(&mut self, piece: Piece) -> Part {
        let span = piece.section.span;
        let known = self.numbers.get(&piece.path).copied();
        let table = known.unwrap_or_else(|| {
            let next = self.addresses.len() as u32;
            self.addresses.push(piece.address());
            self.numbers.insert(piece.path, next);
            next
        });
        Part {
            start: span.start,
            end: span.end,
            table,
        }
    }

    /// Returns which section of the old text begins at an offset, if one does.
    fn begins_at(&self, offset: usize) -> Option<usize> {
        let by_start = |part: &Part| (part.start as usize).cmp(&offset);
        self.all.binary_search_by(by_start).ok()
    }

    /// Finds one of the next sections of the old text that stands at an offset of the new text just
    /// as it was.
    fn find_same(&self, next: usize, old: &str, new: &str, at: usize) -> Option<usize> {
        /// How many may be gone before it; beyond that it is found by its suffix, or cut anew.
        const MOST: usize = 8;

        let last = self.all.len().min(next + MOST);
        (next..last).find(|number| {
            let text = &old.as_bytes()[self.all[*number].range()];
            let rest = &new.as_bytes()[at..];
            let is_start = text.is_empty() && at == 0 && rest.starts_with(b"[");
            is_start || (rest.starts_with(text) && ends_there(text, &rest[text.len()..]))
        })
    }

    /// Returns the tables that have other sections than before, or the same in another order.
    fn tables_that_differ(&self, old: &Range<usize>, new: &[(Part, Option<usize>)]) -> Vec<u32> {
        let is_kept = |same: Option<usize>| same.filter(|same| old.contains(same));
        let mut kept = new.iter().filter_map(|(_, same)| is_kept(*same)).peekable();
        let gone = old
            .clone()
            .filter(|number| kept.next_if_eq(number).is_none());
        let gone = gone.map(|number| self.all[number].table);
        let come = new.iter().filter(|(_, same)| is_kept(*same).is_none());
        let mut tables: Vec<u32> = gone.chain(come.map(|(part, _)| part.table)).collect();
        tables.sort_unstable();
        tables.dedup();
        tables
    }
}

impl Part {
    fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    fn moved_to(self, start: u32) -> Self {
        Self {
            start,
            end: start + (self.end - self.start),
            ..self
        }
    }

    fn moved_with_the_end(self, (old, new): (u32, u32)) -> Self {
        self.moved_to(self.start + new - old)
    }
}

/// So many bytes are compared at once.
const BLOCK: usize = 256;

/// Returns how many bytes two texts begin with alike.
fn same_at_start(a: &[u8], b: &[u8]) -> usize {
    let blocks = a.chunks(BLOCK).zip(b.chunks(BLOCK));
    let same = blocks.take_while(|(a, b)| a == b).count() * BLOCK;
    let same = same.min(a.len()).min(b.len());
    let rest = a[same..].iter().zip(&b[same..]);
    same + rest.take_while(|(a, b)| a == b).count()
}

/// Returns how many bytes two texts end with alike.
fn same_at_end(a: &[u8], b: &[u8]) -> usize {
    let blocks = a.rchunks(BLOCK).zip(b.rchunks(BLOCK));
    let same = blocks.take_while(|(a, b)| a == b).count() * BLOCK;
    let same = same.min(a.len()).min(b.len());
    let (a, b) = (&a[..a.len() - same], &b[..b.len() - same]);
    let rest = a.iter().rev().zip(b.iter().rev());
    same + rest.take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_alike_up_to_the_first_and_from_the_last_difference() {
        for length in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 7] {
            let text = vec![b'a'; length];
            assert_eq!(
                (same_at_start(&text, &text), same_at_end(&text, &text)),
                (length, length)
            );
            for at in [0, length / 2, length.saturating_sub(1)] {
                let mut other = text.clone();
                other.insert(at, b'b');
                assert_eq!(same_at_start(&text, &other), at, "{length} {at}");
                assert_eq!(same_at_end(&text, &other), length - at, "{length} {at}");
            }
        }
    }
}
