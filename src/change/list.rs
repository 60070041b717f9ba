use super::Refusal;
use super::apply::{items, known, no_note, normal, position};
use super::editor::Editor;
use super::keys::below;
use super::layout::{comma, line_end, line_start, next_line, opens_line};
use crate::document::{NodeKind, path_of};
use crate::model::{Address, Note, TableName, Type, Value};
use crate::text::Span;

impl Editor<'_> {
    /// Puts an item at the end of a list.
    pub(super) fn add_item(
        &mut self,
        at: &Address,
        key: &str,
        item: &Value,
    ) -> Result<(), Refusal> {
        items(&self.document.plan, at, key)?;
        let takes = at.table().keys()[known(at, key)?].takes;
        let Some(list) = normal(at, key, Value::List(vec![item.clone()]))? else {
            return Ok(());
        };
        let Value::List(one) = &list else {
            return Ok(());
        };
        let path = path_of(at);
        let own = below(&path, key);
        if let Some(array) = self.outline.entry(&own)
            && array.kind == NodeKind::Array
        {
            for item in one {
                self.put_in_array(&array, takes, item);
            }
            return Ok(());
        }
        let as_sections = !self.outline.sections(&own).is_empty();
        if let (true, Type::Rows(row), [item]) = (as_sections, takes, one.as_slice()) {
            let entries = row_entries(row, item);
            self.new_row(&path, key, row, &entries);
            return Ok(());
        }
        self.set(at, key, Some(&list))
    }

    /// Takes an item out of a list.
    pub(super) fn remove_item(
        &mut self,
        at: &Address,
        key: &str,
        item: &Value,
    ) -> Result<(), Refusal> {
        let found = position(&self.document.plan, at, key, item)?;
        self.remove_row(at, key, found);
        Ok(())
    }

    fn remove_row(&mut self, at: &Address, key: &str, number: usize) {
        let own = below(&path_of(at), key);
        if let Some(array) = self.outline.entry(&own) {
            let spans: Vec<Span> = self
                .children(array.value, &own)
                .iter()
                .map(|item| item.value)
                .collect();
            if spans.len() == 1 {
                self.remove_key(&own);
            } else {
                let gone: Vec<bool> = (0..spans.len()).map(|at| at == number).collect();
                self.remove_from_container(array.value, &spans, &gone);
            }
            return;
        }
        self.remove_path(&below(&own, &format!("#{}", number + 1)));
    }

    /// Writes a note down.
    pub(super) fn add_note(&mut self, to: &Address, note: &Note) -> Result<(), Refusal> {
        let plan = &self.document.plan;
        if plan.table(to).is_none() {
            return Err(Refusal::Missing { at: to.clone() });
        }
        if plan.notes(to).is_none() {
            return Err(Refusal::NoNotes { at: to.clone() });
        }
        let entries = super::apply::values(note);
        let path = path_of(to);
        let own = below(&path, "note");
        let has_headers = self.outline.sections(&path).iter().any(|section| {
            let header = &self.outline.header(*section).path;
            header.len() >= path.len()
        });
        if self.outline.entry(&own).is_none() && has_headers {
            self.new_row(&path, "note", TableName::Note, &entries);
            return Ok(());
        }
        self.add_item(to, "note", &Value::Table(entries))
    }

    /// Takes a note away.
    pub(super) fn remove_note(&mut self, of: &Address, note: &Note) -> Result<(), Refusal> {
        let plan = &self.document.plan;
        if plan.table(of).is_none() {
            return Err(Refusal::Missing { at: of.clone() });
        }
        let Some(notes) = plan.notes(of) else {
            return Err(Refusal::NoNotes { at: of.clone() });
        };
        let found = notes.iter().position(|other| other == note);
        let found = found.ok_or_else(|| no_note(of, note))?;
        self.remove_row(of, "note", found);
        Ok(())
    }

    /// Takes items out of an array or inline table, each with one comma.
    pub(super) fn remove_from_container(&mut self, container: Span, items: &[Span], gone: &[bool]) {
        let text = self.text;
        let close = container.end as usize - 1;
        for (at, span) in items.iter().enumerate().filter(|(at, _)| gone[*at]) {
            let (start, end) = (span.start as usize, span.end as usize);
            let next = items.get(at + 1).map(|next| next.start as usize);
            let comma_after = comma(text, end, next.unwrap_or(close));
            let kept_before = (0..at).rev().find(|before| !gone[*before]);
            let comma_before = kept_before.and_then(|before| {
                let from = items[before].end as usize;
                comma(text, from, items[before + 1].start as usize)
            });
            let after = comma_after.map_or(end, |comma| comma + 1);
            let rest = &text[after..line_end(text, after).max(after)];
            let owns_lines = opens_line(text, start)
                && line_start(text, start) > container.start as usize
                && (rest.trim().is_empty() || rest.trim_start().starts_with('#'));
            if owns_lines {
                self.splice(line_start(text, start), next_line(text, after), "");
                if let (None, Some(comma)) = (comma_after, comma_before) {
                    self.splice(comma, comma + 1, "");
                }
                continue;
            }
            let is_plain = |from: usize, to: usize| !text[from..to].contains('#');
            match (comma_before, next) {
                (Some(comma), _) if is_plain(comma, start) => self.splice(comma, end, ""),
                (Some(comma), _) => {
                    self.splice(comma, comma + 1, "");
                    self.splice(start, end, "");
                }
                (None, Some(next)) if is_plain(end, next) => self.splice(start, next, ""),
                (None, _) => self.splice(start, after, ""),
            }
        }
    }
}

/// Returns the entries of a row, one given as a text included.
pub(super) fn row_entries(row: TableName, item: &Value) -> Vec<(String, Value)> {
    match item {
        Value::Table(entries) => super::write::complete(row, entries),
        text => vec![("url".to_owned(), text.clone())],
    }
}
