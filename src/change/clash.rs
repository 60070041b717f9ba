use super::Refusal;
use super::apply::reserved;
use super::editor::Editor;
use super::layout::{line_start, next_line};
use crate::document::path_of;
use crate::model::{Address, Id};
use crate::text::Span;

/// One of several tables of the same id: where its lines are, and where they name the id.
#[derive(Debug, Default)]
struct Written {
    /// From the first byte of its lines to that after the last, once for each run of lines.
    runs: Vec<(usize, usize)>,
    names: Vec<Span>,
}

impl Written {
    fn add(&mut self, run: (usize, usize), name: Span) {
        self.runs.push(run);
        self.names.push(name);
    }

    fn holds(&self, at: usize) -> bool {
        self.runs
            .iter()
            .any(|(start, end)| (*start..*end).contains(&at))
    }
}

impl Editor<'_> {
    /// Renames the one of two clashing tables that a line belongs to.
    pub(super) fn rename_clash(
        &mut self,
        from: &Address,
        to: &Id,
        line: u32,
    ) -> Result<(), Refusal> {
        let no_clash = || Refusal::NoClash {
            at: from.clone(),
            line,
        };
        if from.id().is_none() {
            return Err(Refusal::Fixed { at: from.clone() });
        }
        reserved(Some(to))?;
        let target = from.with_id(to.clone());
        if self.document.plan.table(&target).is_some() {
            return Err(Refusal::Taken { at: target });
        }
        let path = path_of(from);
        let mut tables = self.with_headers(&path);
        tables.extend(self.without_headers(&path));
        let place = self.document.source.line(line).ok_or_else(no_clash)?;
        let place = line_start(self.text, place.end as usize);
        let here = tables.iter().find(|table| table.holds(place));
        let here = here.filter(|_| tables.len() > 1).ok_or_else(no_clash)?;
        for name in &here.names {
            self.rename_segment(*name, to);
        }
        Ok(())
    }

    /// Returns the tables of an id that have headers, each with what stands below it.
    fn with_headers(&self, path: &[String]) -> Vec<Written> {
        let own = self.own_sections(path);
        let mut tables: Vec<Written> = Vec::new();
        for section in self.outline.sections(path) {
            if own.contains(&section) {
                tables.push(Written::default());
            }
            let name = self.outline.header(section).segments.get(path.len() - 1);
            let (Some(table), Some(name)) = (tables.last_mut(), name) else {
                continue;
            };
            // A line above a header belongs to it where its comment block does.
            let end = if section + 1 < self.document.sections.len() {
                self.lead(section + 1)
            } else {
                self.text.len() + 1
            };
            table.add((self.lead(section), end), *name);
        }
        tables
    }

    /// Returns the tables of an id that stand inline or in dotted keys.
    fn without_headers(&self, path: &[String]) -> Vec<Written> {
        let mut tables: Vec<Written> = Vec::new();
        let mut dotted = Written::default();
        let mut keys: Vec<Vec<String>> = Vec::new();
        for entry in self.outline.entries(path) {
            let name = (path.len() - 1).checked_sub(Self::above(&entry));
            let Some(name) = name.and_then(|at| entry.segments.get(at)) else {
                continue;
            };
            let run = (
                line_start(self.text, entry.span().start as usize),
                next_line(self.text, entry.value.end as usize),
            );
            if entry.path == path {
                let mut inline = Written::default();
                inline.add(run, *name);
                tables.push(inline);
                continue;
            }
            // A key that was there already begins another table.
            if keys.contains(&entry.path) {
                tables.push(std::mem::take(&mut dotted));
                keys.clear();
            }
            dotted.add(run, *name);
            keys.push(entry.path);
        }
        if !dotted.names.is_empty() {
            tables.push(dotted);
        }
        tables
    }
}
