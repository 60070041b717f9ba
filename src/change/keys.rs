use super::Refusal;
use super::apply::{known, normal, nothing};
use super::editor::Editor;
use super::layout::{line_end, line_start, next_line};
use super::write::value as write_value;
use crate::document::{Entry, NodeKind, path_of};
use crate::model::{Address, Type, Value};
use crate::text::Span;

impl Editor<'_> {
    /// Gives a key a value, or takes it away.
    pub(super) fn set(
        &mut self,
        at: &Address,
        key: &str,
        value: Option<&Value>,
    ) -> Result<(), Refusal> {
        let number = known(at, key)?;
        let Some(table) = self.document.plan.table(at) else {
            return Err(Refusal::Missing { at: at.clone() });
        };
        let described = &at.table().keys()[number];
        let current = table.field(number).get();
        let wanted = match value {
            Some(value) => normal(at, key, value.clone())?,
            None => None,
        };
        let path = path_of(at);
        let own = below(&path, key);
        if current == wanted && (current.is_some() || value.is_none() || !described.required) {
            return Ok(());
        }
        let wanted = match (wanted, value) {
            (None, Some(_)) if described.required => nothing(described.takes),
            (wanted, _) => wanted,
        };
        let Some(wanted) = wanted else {
            self.remove_key(&own);
            return Ok(());
        };
        match described.takes {
            Type::Levels => self.set_levels(&path, &own, current.as_ref(), &wanted),
            Type::Rows(_) if !self.outline.sections(&own).is_empty() => {
                self.set_rows(at, key, current.as_ref(), &wanted)
            }
            takes => self.put(at, &path, key, takes, &wanted),
        }
    }

    fn put(
        &mut self,
        at: &Address,
        path: &[String],
        key: &str,
        takes: Type,
        value: &Value,
    ) -> Result<(), Refusal> {
        if let Some(entry) = self.outline.entry(&below(path, key)) {
            self.replace(&entry, takes, value);
            return Ok(());
        }
        if self.insert_key(path, at.table().keys(), key, value) {
            return Ok(());
        }
        // Only the plan and the settings are there without a table in the file.
        if at.id().is_none() && path.len() == 1 {
            self.new_section_at_end(path, &[(key.to_owned(), value.clone())], at.table());
            return Ok(());
        }
        Err(Refusal::Unproved {
            why: format!("`{at}` stands in no table of its own"),
        })
    }

    fn replace(&mut self, entry: &Entry, takes: Type, value: &Value) {
        let was = self.slice(entry.value);
        let mut quotes = self.quotes(std::slice::from_ref(entry), None);
        quotes.lines &= was.starts_with("\"\"\"") || was.starts_with("'''");
        if let (Value::List(_), NodeKind::Array) = (value, entry.kind) {
            let items = self.children(entry.value, &entry.path);
            quotes = self.quotes(&items, None);
        }
        let written = write_value(value, takes, quotes);
        self.splice(
            entry.value.start as usize,
            entry.value.end as usize,
            written,
        );
    }

    fn set_levels(
        &mut self,
        path: &[String],
        own: &[String],
        current: Option<&Value>,
        wanted: &Value,
    ) -> Result<(), Refusal> {
        let pairs = |value: Option<&Value>| match value {
            Some(Value::Table(pairs)) => pairs.clone(),
            _ => Vec::new(),
        };
        let (was, is) = (pairs(current), pairs(Some(wanted)));
        if was.is_empty() {
            let check = Address::Check;
            return self.put(&check, path, "levels", Type::Levels, wanted);
        }
        for (rule, level) in &is {
            match was.iter().find(|(other, _)| other == rule) {
                Some((_, other)) if other == level => {}
                Some(_) => {
                    if let Some(entry) = self.outline.entry(&below(own, rule)) {
                        self.replace(&entry, Type::Text, level);
                    }
                }
                None => {
                    self.insert_key(own, &[], rule, level);
                }
            }
        }
        let gone = was
            .iter()
            .filter(|(rule, _)| !is.iter().any(|(other, _)| other == rule));
        let gone: Vec<Entry> = gone
            .filter_map(|(rule, _)| self.outline.entry(&below(own, rule)))
            .collect();
        self.remove_entries(&gone);
        Ok(())
    }

    fn set_rows(
        &mut self,
        at: &Address,
        key: &str,
        current: Option<&Value>,
        wanted: &Value,
    ) -> Result<(), Refusal> {
        let items = |value: Option<&Value>| match value {
            Some(Value::List(items)) => items.clone(),
            _ => Vec::new(),
        };
        let mut added = items(Some(wanted));
        for item in items(current) {
            match added.iter().position(|other| *other == item) {
                Some(found) => drop(added.remove(found)),
                None => self.remove_item(at, key, &item)?,
            }
        }
        for item in added {
            self.add_item(at, key, &item)?;
        }
        Ok(())
    }

    /// Takes a key away; a table that stands in this one dotted key stays, and is empty.
    pub(super) fn remove_key(&mut self, own: &[String]) {
        let table = &own[..own.len() - 1];
        let entries = self.outline.entries(table);
        let stands_elsewhere = !self.outline.sections(table).is_empty()
            || entries.iter().any(|entry| !entry.path.starts_with(own));
        let last = entries
            .first()
            .filter(|_| table.len() > 1 && !stands_elsewhere);
        let id = last.and_then(|entry| {
            let id = (table.len() - 1).checked_sub(Self::above(entry))?;
            Some((entry, entry.segments.get(id)?))
        });
        let Some((entry, id)) = id else {
            self.remove_path(own);
            return;
        };
        self.splice(id.end as usize, entry.value.end as usize, " = {}");
    }

    /// Takes away all that stands at a path or below it.
    pub(super) fn remove_path(&mut self, path: &[String]) {
        let sections = self.outline.sections(path);
        let entries = self.outline.entries(path);
        // What goes with its section or with what holds it needs no splice of its own.
        let outer = |entry: &&Entry| {
            !sections.contains(&entry.section)
                && !entries
                    .iter()
                    .any(|other| other.value != entry.value && other.value.contains(entry.value))
        };
        let outermost: Vec<Entry> = entries.iter().filter(outer).cloned().collect();
        self.remove_entries(&outermost);
        self.remove_sections(&sections);
    }

    /// Takes entries away, each with its line or its comma.
    pub(super) fn remove_entries(&mut self, entries: &[Entry]) {
        let mut containers: Vec<Span> = Vec::new();
        for entry in entries {
            match entry.within {
                None => {
                    let start = line_start(self.text, entry.span().start as usize);
                    let end = next_line(self.text, entry.value.end as usize);
                    self.remove_lines(start, end);
                }
                Some(container) if !containers.contains(&container) => {
                    containers.push(container);
                    let path = &entry.path[..Self::above(entry).min(entry.path.len() - 1)];
                    let children = self.children(container, path);
                    let gone: Vec<bool> = children
                        .iter()
                        .map(|child| entries.iter().any(|entry| entry.value == child.value))
                        .collect();
                    let spans: Vec<Span> = children.iter().map(Entry::span).collect();
                    self.remove_from_container(container, &spans, &gone);
                }
                Some(_) => {}
            }
        }
    }

    /// Takes whole lines away; a file without a last newline stays one.
    pub(super) fn remove_lines(&mut self, start: usize, end: usize) {
        let is_open = end == self.text.len() && !self.text.ends_with('\n');
        let start = if is_open && start > 0 {
            line_end(self.text, line_start(self.text, start - 1))
        } else {
            start
        };
        self.splice(start, end, "");
    }
}

/// Returns the path of a key below a table's.
pub(super) fn below(path: &[String], key: &str) -> Vec<String> {
    let mut path = path.to_vec();
    path.push(key.to_owned());
    path
}
