use super::Refusal;
use super::apply::{known, reserved};
use super::editor::Editor;
use super::keys::below;
use super::layout::{indent, line_start, newline};
use super::list::row_entries;
use super::write::{inline, key as write_key, value as write_value};
use crate::document::{Entry, Header, NodeKind, path_of};
use crate::model::{Address, TableName, Type, Value};
use crate::text::Span;

type Entries = Vec<(String, Value)>;

impl Editor<'_> {
    /// Writes a new table.
    pub(super) fn add(&mut self, at: &Address, values: &[(String, Value)]) -> Result<(), Refusal> {
        if at.id().is_none() {
            return Err(Refusal::Fixed { at: at.clone() });
        }
        if self.document.plan.table(at).is_some() {
            return Err(Refusal::Taken { at: at.clone() });
        }
        reserved(at.id())?;
        let mut ranked = Vec::new();
        for (key, value) in values {
            ranked.push((known(at, key)?, key.clone(), value.clone()));
        }
        ranked.sort_by_key(|(rank, ..)| *rank);
        let values: Entries = ranked
            .into_iter()
            .map(|(_, key, value)| (key, value))
            .collect();
        let path = path_of(at);
        let keys = at.table().keys();

        // Where something above is an inline table, the new one has to stand within it.
        for above in (1..path.len()).rev() {
            if let Some(holder) = self.inline(&path[..above]) {
                let children = self.children(holder.value, &path[..above]);
                let name: Vec<String> = path[above..].iter().map(|name| write_key(name)).collect();
                let quotes = self.quotes(&self.outline.entries(&path[..above]), None);
                let gaps = children
                    .first()
                    .map_or_else(|| self.usual_gaps(), |entry| self.gaps(entry));
                let new = gaps.entry(&name.join("."), &inline(keys, &values, quotes));
                let spans: Vec<Span> = children.iter().map(Entry::span).collect();
                self.put_item(holder.value, &spans, spans.len().checked_sub(1), &new);
                return Ok(());
            }
        }
        if let Some(sibling) = self.sibling_line(&path) {
            self.beside(&sibling, &path, &values, at.table());
            return Ok(());
        }
        let after = self.anchor(at, &values);
        self.new_sections(after, &path, &values, at.table());
        Ok(())
    }

    /// Returns the last entry of the last table beside a path, where all of them stand in lines of a
    /// table above.
    fn sibling_line(&self, path: &[String]) -> Option<Entry> {
        let (id, above) = path.split_last()?;
        let is_own = |header: &Header| header.path.len() >= path.len();
        if self.outline.has_section(above, is_own) {
            return None;
        }
        let entries = self.outline.entries(above);
        let is_sibling = |entry: &&Entry| {
            entry.within.is_none()
                && entry.path.len() >= path.len()
                && Self::above(entry) < path.len()
                && entry.path[path.len() - 1] != *id
        };
        entries.into_iter().rfind(|entry| is_sibling(&entry))
    }

    /// Writes a new table in the layout of an entry that holds another, or a key of it.
    fn beside(
        &mut self,
        sibling: &Entry,
        path: &[String],
        values: &[(String, Value)],
        table: TableName,
    ) {
        let id = write_key(&path[path.len() - 1]);
        let at = path.len() - 1 - Self::above(sibling);
        let start = sibling.segments[0].start as usize;
        let prefix = &self.text[start..sibling.segments[at].start as usize];
        let space = indent(self.text, start);
        let gaps = self.gaps(sibling);
        let ending = newline(self.text, start);
        let entries = self.outline.entries(&path[..path.len() - 1]);
        let quotes = self.quotes(&entries, None);
        let lines: Vec<String> =
            if sibling.kind == NodeKind::Inline && sibling.path.len() == path.len() {
                let value = inline(table.keys(), values, quotes);
                vec![gaps.entry(&format!("{prefix}{id}"), &value)]
            } else {
                let lines = values.iter().map(|(key, value)| {
                    let takes = takes(table, key);
                    let name = format!("{prefix}{id}.{}", write_key(key));
                    gaps.entry(&name, &write_value(value, takes, quotes))
                });
                lines.collect()
            };
        let lines: Vec<String> = lines.iter().map(|line| format!("{space}{line}")).collect();
        self.line_after(sibling.value.end as usize, &lines.join(ending));
    }

    /// Returns the section that a new table goes after: the last of its kind under the same parent,
    /// with all that stands below it.
    fn anchor(&self, at: &Address, values: &[(String, Value)]) -> Option<usize> {
        let plan = &self.document.plan;
        let parent = |key: &str| {
            let found = values.iter().find(|(name, _)| name == key);
            match found {
                Some((_, Value::Text(id))) => Some(id.clone()),
                _ => None,
            }
        };
        let last = |address: Address| self.outline.sections(&path_of(&address)).last().copied();
        let found = match at {
            Address::KeyResult(_) => {
                let objective = parent("objective");
                let beside = plan.key_results.iter().filter(|(_, key_result)| {
                    Some(key_result.objective.as_str()) == objective.as_deref()
                });
                let beside = beside.filter_map(|(id, _)| last(Address::KeyResult(id.clone())));
                let beside = beside.max();
                let above = || {
                    let (id, _) = plan.objectives.get_key_value(objective.as_deref()?)?;
                    last(Address::Objective(id.clone()))
                };
                beside.or_else(above)
            }
            Address::Objective(_) => {
                let theme = parent("theme");
                let beside = plan
                    .objectives
                    .iter()
                    .filter(|(_, objective)| Some(objective.theme.as_str()) == theme.as_deref());
                let beside = beside.filter_map(|(id, _)| last(Address::Objective(id.clone())));
                let beside = beside.max();
                let above = || {
                    let (id, _) = plan.themes.get_key_value(theme.as_deref()?)?;
                    last(Address::Theme(id.clone()))
                };
                beside.or_else(above).map(|section| self.group(section))
            }
            Address::Milestone(of, _) => {
                let owner = path_of(&Address::KeyResult(of.clone()));
                let beside = self.outline.sections(&below(&owner, "milestone"));
                let own = || self.own_sections(&owner).last().copied();
                beside.last().copied().or_else(own)
            }
            _ => None,
        };
        if found.is_some() {
            return found;
        }
        let root = at.table().root().map(str::to_owned);
        let beside = root.and_then(|root| self.outline.sections(&[root]).last().copied());
        let beside = beside.filter(|section| !self.outline.header(*section).path.is_empty());
        let beside = match at {
            Address::Theme(_) => beside.map(|section| self.group(section)),
            Address::Cycle(_) => {
                beside.or_else(|| self.outline.sections(&["plan".to_owned()]).last().copied())
            }
            _ => beside,
        };
        beside.or_else(|| self.document.sections.len().checked_sub(1))
    }

    /// Returns the last section of what directly follows a theme or objective and belongs to it.
    fn group(&self, section: usize) -> usize {
        let plan = &self.document.plan;
        let path = &self.outline.header(section).path;
        let [root, of, ..] = path.as_slice() else {
            return section;
        };
        let belongs = |path: &[String]| -> bool {
            let [table, id, ..] = path else {
                return false;
            };
            let key_result = plan.key_results.get(id.as_str());
            let objective = match table.as_str() {
                "kr" => key_result.map(|key_result| key_result.objective.as_str()),
                "objective" => Some(id.as_str()),
                _ => None,
            };
            let theme = objective.and_then(|objective| plan.objectives.get(objective));
            match root.as_str() {
                "objective" => objective == Some(of.as_str()),
                _ => theme.is_some_and(|objective| objective.theme.as_str() == of),
            }
        };
        let mut last = section;
        while last + 1 < self.document.sections.len()
            && belongs(&self.outline.header(last + 1).path)
        {
            last += 1;
        }
        last
    }

    /// Writes a row in double brackets: after the last of its kind, a note after all that stands
    /// below its owner.
    pub(super) fn new_row(
        &mut self,
        owner: &[String],
        key: &str,
        row: TableName,
        entries: &[(String, Value)],
    ) {
        let own = self.outline.sections(&below(owner, key));
        let after = match key {
            "note" => self.outline.sections(owner).last().copied(),
            _ => own.last().copied(),
        };
        let after = after.or_else(|| self.document.sections.len().checked_sub(1));
        let header = self.row_header(owner, key);
        let section = Written {
            header,
            entries: entries.to_vec(),
            table: row,
        };
        self.write_sections(after, &[section]);
    }

    /// Writes a table at the end of the file.
    pub(super) fn new_section_at_end(
        &mut self,
        path: &[String],
        values: &[(String, Value)],
        table: TableName,
    ) {
        let last = self.document.sections.len().checked_sub(1);
        self.new_sections(last, path, values, table);
    }

    fn new_sections(
        &mut self,
        after: Option<usize>,
        path: &[String],
        values: &[(String, Value)],
        table: TableName,
    ) {
        let is_note = |key: &str| takes(table, key) == Type::Rows(TableName::Note);
        let (notes, own): (Entries, Entries) =
            values.iter().cloned().partition(|(key, _)| is_note(key));
        let name: Vec<String> = path.iter().map(|name| write_key(name)).collect();
        let name = name.join(".");
        let mut sections = vec![Written {
            header: format!("[{name}]"),
            entries: own,
            table,
        }];
        for (_, notes) in notes {
            let Value::List(notes) = notes else { continue };
            sections.extend(notes.iter().map(|note| Written {
                header: format!("[[{name}.note]]"),
                entries: row_entries(TableName::Note, note),
                table: TableName::Note,
            }));
        }
        self.write_sections(after, &sections);
    }

    /// Returns the header of one more row, written like those that name the same owner.
    fn row_header(&self, owner: &[String], key: &str) -> String {
        if let Some(row) = self.outline.sections(&below(owner, key)).last() {
            let header = self.outline.header(*row);
            if header.is_row && header.path.len() == owner.len() + 2 {
                return self.slice(header.span).to_owned();
            }
        }
        let written = self
            .outline
            .sections(owner)
            .into_iter()
            .find_map(|section| {
                let header = self.outline.header(section);
                let last = header.segments.get(owner.len() - 1)?;
                Some(self.slice(header.segments[0].join(*last)).to_owned())
            });
        let plain = || {
            let names: Vec<String> = owner.iter().map(|name| write_key(name)).collect();
            names.join(".")
        };
        format!("[[{}.{key}]]", written.unwrap_or_else(plain))
    }

    fn write_sections(&mut self, after: Option<usize>, sections: &[Written]) {
        let at = after.map_or(self.text.len(), |after| self.content_end(after));
        let near = after.map_or(0, |after| self.document.sections[after].span.start as usize);
        let ending = newline(self.text, near).to_owned();
        let space = indent(self.text, near).to_owned();
        let blank = after.and_then(|after| self.blank_lines(after));
        let blank = ending.repeat(blank.unwrap_or(1).min(3));
        let neighbours = after.map_or_else(Vec::new, |after| {
            let path = &self.outline.header(after).path;
            let mut entries = self.outline.entries(path);
            entries.retain(|entry| entry.section == after && entry.within.is_none());
            entries
        });
        let gaps = neighbours
            .first()
            .map_or_else(|| self.usual_gaps(), |entry| self.gaps(entry));
        let quotes = self.quotes(&neighbours, None);
        let inner = neighbours.first().map_or(space.as_str(), |entry| {
            let start = entry.span().start as usize;
            &self.text[line_start(self.text, start)..start]
        });
        let inner = if inner.trim().is_empty() { inner } else { "" };
        let written = sections.iter().map(|section| {
            let mut lines = vec![format!("{space}{}", section.header)];
            lines.extend(section.entries.iter().map(|(key, value)| {
                let takes = takes(section.table, key);
                let value = write_value(value, takes, quotes);
                format!("{inner}{}", gaps.entry(&write_key(key), &value))
            }));
            lines.join(&ending)
        });
        let written = written
            .collect::<Vec<_>>()
            .join(&format!("{ending}{blank}"));
        let before = &self.text[..at];
        let is_first = before.trim_start_matches('\u{feff}').is_empty();
        let text = match () {
            () if is_first => format!("{written}{ending}"),
            () if before.ends_with('\n') => format!("{blank}{written}{ending}"),
            () => format!("{ending}{blank}{written}"),
        };
        self.splice(at, at, text);
    }
}

/// A section that is to be written.
struct Written {
    header: String,
    entries: Entries,
    table: TableName,
}

fn takes(table: TableName, key: &str) -> Type {
    table
        .find(key)
        .map_or(Type::Text, |number| table.keys()[number].takes)
}
