use super::editor::Editor;
use super::layout::{Gaps, comma, indent, line_end, line_start, newline, next_line, opens_line};
use super::write::{Quotes, item, key as write_key, value as write_value};
use crate::document::Entry;
use crate::model::{Key, Type, Value};
use crate::text::Span;

impl Editor<'_> {
    /// Puts a key into a table that has none of this name, in whatever layout the table stands, and
    /// returns whether a place for it was found.
    pub(super) fn insert_key(
        &mut self,
        path: &[String],
        keys: &[Key],
        key: &str,
        value: &Value,
    ) -> bool {
        let takes = keys.iter().find(|known| known.name == key);
        let takes = takes.map_or(Type::Text, |known| known.takes);
        let new = New {
            path,
            keys,
            key,
            value,
            takes,
        };
        if let Some(inline) = self.inline(path) {
            self.put_inline(&new, inline.value, path, "");
            return true;
        }
        if let Some(section) = self.own_sections(path).first().copied() {
            let mut entries = self.outline.entries(path);
            entries.retain(|entry| entry.section == section && entry.within.is_none());
            let header = self.outline.header(section).span;
            self.as_line(&new, &entries, "", header.end as usize, true);
            return true;
        }
        // Dotted keys that pass through the table.
        let passes =
            |entry: &&Entry| entry.path.len() > path.len() && Self::above(entry) < path.len();
        let found = self.outline.entries(path);
        if let Some(first) = found.iter().find(passes) {
            let above = Self::above(first);
            let prefix = first.segments[0].start..first.segments[path.len() - above].start;
            let prefix = &self.text[prefix.start as usize..prefix.end as usize];
            if let Some(container) = first.within {
                self.put_inline(&new, container, &path[..above], prefix);
            } else {
                let mut entries = found.clone();
                entries.retain(|entry| entry.section == first.section && entry.within.is_none());
                let start = line_start(self.text, first.span().start as usize);
                self.as_line(&new, &entries, prefix, start, false);
            }
            return true;
        }
        // The table is there by its parts alone: it gets a header of its own before them.
        let Some(section) = self.outline.sections(path).first().copied() else {
            return false;
        };
        let header = self.outline.header(section);
        let name = header.segments[0].join(header.segments[path.len() - 1]);
        let ending = newline(self.text, header.span.start as usize);
        let space = indent(self.text, header.span.start as usize);
        let entry = self.usual_gaps().entry(
            &write_key(key),
            &write_value(value, takes, self.quotes(&[], None)),
        );
        let blank = ending.repeat(self.blank_lines(section).unwrap_or(1).max(1));
        let text = format!(
            "{space}[{}]{ending}{space}{entry}{ending}{blank}",
            self.slice(name)
        );
        let at = self.lead(section);
        self.splice(at, at, text);
        true
    }

    /// Returns the gaps of the first entry of the file.
    pub(super) fn usual_gaps(&self) -> Gaps {
        let mut body = crate::document::Body::default();
        for section in &self.document.sections {
            crate::document::fill(&mut body, self.text, *section);
            if let Some(node) = body.nodes.first()
                && let Some(last) = body.key(0).last()
            {
                let between = |start: u32, end: u32| self.text.get(start as usize..end as usize);
                if let (Some(before), Some(after)) = (
                    between(last.span.end, node.eq.start),
                    between(node.eq.end, node.span.start),
                ) {
                    let before = if before.len() > 1 { " " } else { before };
                    return Gaps::of("", before, after);
                }
            }
        }
        Gaps::default()
    }

    fn as_line(
        &mut self,
        new: &New<'_>,
        entries: &[Entry],
        prefix: &str,
        first: usize,
        is_header: bool,
    ) {
        let before = new.before(entries);
        let near = before.map_or(entries.first(), |at| entries.get(at));
        let gaps = near.map_or_else(|| self.usual_gaps(), |entry| self.gaps(entry));
        let quotes = self.quotes(entries, before);
        let written = write_value(new.value, new.takes, quotes);
        let entry = gaps.entry(&format!("{prefix}{}", write_key(new.key)), &written);
        let space = indent(
            self.text,
            near.map_or(first, |near| near.span().start as usize),
        );
        let after = before.map(|at| entries[at].value.end as usize);
        if let Some(after) = after.or(is_header.then_some(first)) {
            self.line_after(after, &format!("{space}{entry}"));
        } else {
            let ending = newline(self.text, first);
            self.splice(first, first, format!("{space}{entry}{ending}"));
        }
    }

    /// Puts a line, or several, after the line of a place.
    pub(super) fn line_after(&mut self, after: usize, line: &str) {
        let ending = newline(self.text, after);
        let at = next_line(self.text, after);
        let is_open = at == self.text.len() && !self.text.ends_with('\n');
        let text = if is_open {
            format!("{ending}{line}")
        } else {
            format!("{line}{ending}")
        };
        self.splice(at, at, text);
    }

    fn put_inline(&mut self, new: &New<'_>, container: Span, path: &[String], prefix: &str) {
        let children = self.children(container, path);
        let same: Vec<Entry> = children
            .iter()
            .filter(|entry| entry.path.starts_with(new.path))
            .cloned()
            .collect();
        let before = new.before(&same);
        let gaps = before
            .or_else(|| (!same.is_empty()).then_some(0))
            .and_then(|at| same.get(at))
            .or(children.first())
            .map_or_else(|| self.usual_gaps(), |entry| self.gaps(entry));
        let quotes = Quotes {
            lines: false,
            ..self.quotes(&same, before)
        };
        let written = write_value(new.value, new.takes, quotes);
        let entry = gaps.entry(&format!("{prefix}{}", write_key(new.key)), &written);
        let after = match (before, same.first()) {
            (Some(at), _) => children
                .iter()
                .position(|entry| entry.value == same[at].value),
            (None, Some(first)) => children
                .iter()
                .position(|entry| entry.value == first.value)
                .and_then(|at| at.checked_sub(1)),
            (None, None) => children.len().checked_sub(1),
        };
        let spans: Vec<Span> = children.iter().map(Entry::span).collect();
        self.put_item(container, &spans, after, &entry);
    }

    /// Puts an item into an array or inline table, after another or before all.
    pub(super) fn put_item(
        &mut self,
        container: Span,
        items: &[Span],
        after: Option<usize>,
        new: &str,
    ) {
        let open = container.start as usize + 1;
        let close = container.end as usize - 1;
        let Some(last) = items.last() else {
            let inner = &self.text[open..close];
            let is_table = self.text.as_bytes()[container.start as usize] == b'{';
            if inner.trim().is_empty() && !inner.contains('\n') {
                let pad = if is_table { " " } else { "" };
                self.splice(open, close, format!("{pad}{new}{pad}"));
            } else {
                self.splice(open, open, new);
            }
            return;
        };
        match after {
            None => {
                let first = items[0].start as usize;
                self.splice(first, first, format!("{new}, "));
            }
            Some(at) if at + 1 < items.len() => {
                let end = items[at].end as usize;
                self.splice(end, end, format!(", {new}"));
            }
            Some(_) => self.at_the_end(*last, close, new),
        }
    }

    fn at_the_end(&mut self, last: Span, close: usize, new: &str) {
        let text = self.text;
        let (start, end) = (last.start as usize, last.end as usize);
        let comma = comma(text, end, close);
        let after = comma.map_or(end, |comma| comma + 1);
        if !opens_line(text, start) {
            match comma {
                Some(_) => self.splice(after, after, format!(" {new},")),
                None => self.splice(end, end, format!(", {new}")),
            }
            return;
        }
        let at = match line_end(text, after) {
            line if line < close => line,
            _ => after,
        };
        let ending = newline(text, start);
        let space = indent(text, start);
        if comma.is_none() {
            self.splice(end, end, ",");
        }
        let trailing = if comma.is_some() { "," } else { "" };
        self.splice(at, at, format!("{ending}{space}{new}{trailing}"));
    }

    /// Puts an item at the end of the array that an entry is.
    pub(super) fn put_in_array(&mut self, array: &Entry, takes: Type, new: &Value) {
        let items = self.children(array.value, &array.path);
        let quotes = self.quotes(&items, items.len().checked_sub(1));
        let mut written = item(new, takes, quotes);
        // Brackets stand as close as those before them.
        let is_tight = items.last().is_some_and(|last| {
            let last = self.slice(last.value);
            last.starts_with('{') && !last.starts_with("{ ")
        });
        if is_tight && written.starts_with("{ ") {
            written = format!("{{{}}}", written[2..written.len() - 2].trim());
        }
        let spans: Vec<Span> = items.iter().map(|item| item.value).collect();
        self.put_item(array.value, &spans, spans.len().checked_sub(1), &written);
    }
}

/// A key that is to be put somewhere.
struct New<'a> {
    path: &'a [String],
    keys: &'a [Key],
    key: &'a str,
    value: &'a Value,
    takes: Type,
}

impl New<'_> {
    /// Returns which of the table's entries it is to stand after.
    fn before(&self, entries: &[Entry]) -> Option<usize> {
        let rank = |name: &str| self.keys.iter().position(|key| key.name == name);
        let own = rank(self.key);
        let ranked = entries.iter().enumerate().filter_map(|(at, entry)| {
            let name = entry.path.get(self.path.len())?;
            let rank = rank(name)?;
            own.is_none_or(|own| rank < own).then_some((rank, at))
        });
        ranked.max().map(|(_, at)| at)
    }
}
