use super::before::{At, earlier, earlier_line, name_at};
use super::body::{Body, Node, NodeKind, Segment};
use super::complaints::missing;
use super::meaning::{Meaning, Place};
use super::mending::{self, Hopes, Stray};
use super::names::{Clash, Names, ROOT, Table, TableNumber};
use super::section::Section;
use super::syntax::SyntaxError;
use super::{complaints, conflicts, rules};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Problems;
use crate::model::{Plan, Value};
use crate::text::Span;

/// Reads one section after the other into a plan, and keeps every problem it meets.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    text: &'a str,
    names: Names<Place>,
    plan: Plan,
    problems: Problems,
    hopes: Hopes,
    /// Marker lines of a merge, where the text stopped being TOML.
    marks: Vec<Span>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            names: Names::new(Place::Root),
            plan: Plan::default(),
            problems: Problems::new(),
            hopes: Hopes::default(),
            marks: Vec::new(),
        }
    }

    /// Reads a section.
    pub(super) fn section(&mut self, section: Section, body: &Body) {
        self.syntax(section.span.end, &body.errors);
        for (span, what) in &body.modern {
            self.problems
                .add(rules::TOML_1_1, |_| complaints::modern(*span, *what));
        }
        // Where the header is taken or unreadable, the keys are still held against TOML.
        let table = self
            .header(body)
            .unwrap_or_else(|| self.names.item(section.span.start, Place::Unknown));
        self.mark_broken(table, body);
        self.entries(table, body, None);
    }

    /// Ends the reading: tells of what is missing, and returns the plan and all problems.
    pub(super) fn finish(mut self) -> (Plan, Vec<Diagnostic>) {
        for table in self.names.tables() {
            missing(self.text, table, &mut self.problems);
        }
        // A text over several lines takes markers in, and the file is TOML all the same.
        self.marks.extend(conflicts::starts(self.text));
        self.marks.sort();
        if !self.marks.is_empty() {
            conflicts::tell(self.text, &self.marks, &mut self.problems);
        }
        let hopes = &self.hopes;
        let has_name = |problem: &Diagnostic| problem.rule == rules::UNKNOWN_KEY;
        self.problems
            .drop_fixes(|problem| has_name(problem) && hopes.is_void(problem.span()));
        (self.plan, self.problems.into_kept())
    }

    /// Tells of what is not TOML: the first fault of a line, and nothing after something left open.
    fn syntax(&mut self, end: u32, errors: &[SyntaxError]) {
        let mut told_to = 0;
        for error in errors {
            let start = error.span.start;
            if start < told_to {
                continue;
            }
            self.syntax_error(end, error);
            if error.leaves_open() {
                return;
            }
            let from = (error.span.end.max(start + 1) as usize).min(self.text.len());
            let from = self.text.floor_char_boundary(from - 1);
            let line_end = self.text[from..].find('\n');
            told_to = line_end.map_or(self.text.len() + 1, |end| from + end + 1) as u32;
        }
    }

    fn syntax_error(&mut self, end: u32, error: &SyntaxError) {
        let before = &self.text[..error.span.start as usize];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = self.text[line_start..].lines().next().unwrap_or_default();
        if conflicts::is_mark(line) {
            self.marks
                .push(Span::new(line_start, line_start + line.len()));
            return;
        }
        let mut error = error.clone();
        if error.span.is_empty() && error.span.end < end {
            error.span.end = self.text.ceil_char_boundary(error.span.end as usize + 1) as u32;
        }
        self.problems.add(rules::TOML_SYNTAX, |_| {
            complaints::syntax(self.text, &error)
        });
    }

    /// Finds the table that a section's header opens.
    fn header(&mut self, body: &Body) -> Option<TableNumber> {
        let Some((last, path)) = body.header.split_last() else {
            return body.header_span.is_empty().then_some(ROOT);
        };
        let mut table = ROOT;
        for segment in path {
            table = self.pass(table, segment, None)?;
        }
        let parent = self.names.table(table).place;
        let text = last.decode(self.text);
        let meaning = parent.meaning(&mut self.plan, &text);
        let place = match meaning {
            Meaning::Table(place) => place,
            _ => Place::Unknown,
        };
        let name = parent.name(&text, last);
        let opened = if body.is_row {
            let row = place.push_row(&mut self.plan);
            let problems = &mut self.problems;
            let finish = |done: &Table<Place>| missing(self.text, done, problems);
            self.names.open_row(table, name, || row, finish)
        } else {
            self.names.open(table, name, || place.single())
        };
        match opened {
            Ok(opened) => {
                match (place, body.is_row) {
                    (Place::Unknown, _) => self.not_there(meaning, table, &text, last),
                    (Place::Rows(..), false) => {
                        self.wrong_shape(last.span, "a single table", place);
                    }
                    (Place::Rows(..), true) | (_, false) => {}
                    (_, true) => self.wrong_shape(last.span, "double brackets", place),
                }
                Some(opened)
            }
            Err(clash) => {
                self.clash(table, last, clash, None);
                None
            }
        }
    }

    /// Goes to a table below another, for a header or for an entry's dotted key.
    fn pass(
        &mut self,
        table: TableNumber,
        segment: &Segment,
        entry: Option<At<'_>>,
    ) -> Option<TableNumber> {
        let text = segment.decode(self.text);
        let parent = self.names.table(table).place;
        let name = parent.name(&text, segment);
        let passed = self.names.pass(table, name, entry.is_some());
        let number = match passed {
            Ok(Some(number)) => number,
            Ok(None) => {
                let meaning = parent.meaning(&mut self.plan, &text);
                let place = match meaning {
                    Meaning::Table(place) => place,
                    _ => Place::Unknown,
                };
                if let Place::Rows(..) = place {
                    self.wrong_shape(segment.span, "a single table", place);
                }
                self.not_there(meaning, table, &text, segment);
                self.names
                    .begin(table, name, entry.is_some(), place.single())
            }
            Err(clash) => {
                self.clash(table, segment, clash, entry);
                return None;
            }
        };
        if let Some(at) = entry {
            self.mark_broken(number, at.body);
        }
        Some(number)
    }

    /// Tells of a name that is used as a table where none can stand.
    fn not_there(&mut self, meaning: Meaning, parent: TableNumber, name: &str, at: &Segment) {
        match (meaning, self.names.table(parent).place.table()) {
            (Meaning::Table(_), _) => {}
            (Meaning::Key(key), Some(table)) => self.problems.add(rules::WRONG_TYPE, |_| {
                complaints::not_a_table(&table.keys()[key], at.span)
            }),
            _ => self.meaningless(meaning, parent, name, at, None),
        }
    }

    /// Reads the entries of a section, or of an inline table within it.
    fn entries(&mut self, table: TableNumber, body: &Body, of: Option<usize>) {
        for node in body.children(of) {
            let Some((last, path)) = body.key(node).split_last() else {
                continue;
            };
            if body.is_broken(last.span.join(body.nodes[node].span)) {
                continue;
            }
            let at = At { body, of, node };
            let mut table = Some(table);
            for segment in path {
                table = table.and_then(|table| self.pass(table, segment, Some(at)));
            }
            if let Some(table) = table {
                self.entry(table, at, last);
            }
        }
    }

    fn entry(&mut self, table: TableNumber, at: At<'_>, key: &Segment) {
        let At { body, node, .. } = at;
        let Node { kind, span, .. } = body.nodes[node];
        let text = key.decode(self.text);
        let parent = self.names.table(table).place;
        let name = parent.name(&text, key);
        let meaning = parent.meaning(&mut self.plan, &text);
        if let (Meaning::Table(place), NodeKind::Inline) = (meaning, kind)
            && !matches!(place, Place::Rows(..) | Place::Unknown)
        {
            match self.names.inline(table, name, place) {
                Ok(inline) => {
                    self.mark_broken(inline, body);
                    self.entries(inline, body, Some(node));
                }
                Err(clash) => self.clash(table, key, clash, Some(at)),
            }
            return;
        }
        if let Err(clash) = self.names.value(table, name) {
            self.clash(table, key, clash, Some(at));
            return;
        }
        if let Some(known) = name.known {
            self.hopes.end(self.names.table(table).first, known);
        }
        if let (Meaning::Table(place @ Place::Rows(..)), NodeKind::Array) = (meaning, kind) {
            for item in body.children(Some(node)) {
                self.item(place, body, item);
            }
            return;
        }
        // Everything is read, known or not: what is no TOML is told wherever it stands.
        let Some(value) = self.value(body, node) else {
            return;
        };
        match meaning {
            Meaning::Table(Place::Unknown) => {}
            Meaning::Table(place) => self.wrong_shape(span, value.describe(), place),
            Meaning::Key(number) => self.set(parent, number, &text, value, at),
            meaning => self.meaningless(meaning, table, &text, key, Some(&value)),
        }
    }

    /// Reads one item of a list of small tables.
    fn item(&mut self, rows: Place, body: &Body, item: usize) {
        let span = body.nodes[item].span;
        let row = rows.push_row(&mut self.plan);
        if body.nodes[item].kind == NodeKind::Inline {
            let table = self.names.item(span.start, row);
            self.mark_broken(table, body);
            self.entries(table, body, Some(item));
            return;
        }
        let Some(value) = self.value(body, item) else {
            return;
        };
        // A text alone stands for the address of a link.
        let url = row.find("url").filter(|_| matches!(value, Value::Text(_)));
        match (url, row.fields(&mut self.plan)) {
            (Some(url), Some(fields)) => {
                // A text fits a text.
                let _ = fields.field_mut(url).set(Some(value));
            }
            _ => self.wrong_shape(span, value.describe(), rows),
        }
    }

    /// Returns a value, or `None` where it is no TOML, which is then told.
    fn value(&mut self, body: &Body, node: usize) -> Option<Value> {
        let mut errors = Vec::new();
        let value = body.value(self.text, node, &mut errors);
        // Names within a value are the value's own, and may not be given twice either.
        if body.nodes[node].kind != NodeKind::Scalar {
            self.own_names(body, node);
        }
        self.syntax(body.nodes[node].span.end, &errors);
        errors.is_empty().then_some(value)
    }

    fn own_names(&mut self, body: &Body, node: usize) {
        match body.nodes[node].kind {
            NodeKind::Scalar => {}
            NodeKind::Array => {
                for item in body.children(Some(node)) {
                    self.own_names(body, item);
                }
            }
            NodeKind::Inline => {
                let start = body.nodes[node].span.start;
                let table = self.names.item(start, Place::Unknown);
                for entry in body.children(Some(node)) {
                    self.own_name(table, body, node, entry);
                    self.own_names(body, entry);
                }
            }
        }
    }

    fn own_name(&mut self, table: TableNumber, body: &Body, of: usize, node: usize) {
        let Some((last, path)) = body.key(node).split_last() else {
            return;
        };
        let of = Some(of);
        let at = At { body, of, node };
        let mut table = Some(table);
        for segment in path {
            table = table.and_then(|table| self.pass(table, segment, Some(at)));
        }
        if let Some(table) = table {
            let text = last.decode(self.text);
            let name = Place::Unknown.name(&text, last);
            if let Err(clash) = self.names.value(table, name) {
                self.clash(table, last, clash, Some(at));
            }
        }
    }

    fn set(&mut self, place: Place, number: usize, key: &str, value: Value, at: At<'_>) {
        let span = at.body.nodes[at.node].span;
        if place == Place::Levels {
            let Value::Text(level) = value else {
                self.wrong_shape(span, value.describe(), place);
                return;
            };
            // Their order says nothing: kept by name, so that equal plans are equal.
            let levels = &mut self.plan.check.levels;
            let at = levels.partition_point(|(rule, _)| rule.as_str() < key);
            levels.insert(at, (key.to_owned(), level));
            return;
        }
        let fields = place.fields(&mut self.plan);
        if let Some(Err(misfit)) = fields.map(|table| table.field_mut(number).set(Some(value))) {
            self.problems.add(complaints::misfit_rule(&misfit), |_| {
                let fix = mending::value(self.text, at.body, at.node, &misfit);
                complaints::misfit(key, span, &misfit, fix)
            });
        }
    }

    fn wrong_shape(&mut self, span: Span, found: &str, place: Place) {
        self.problems.add(rules::WRONG_TYPE, |_| {
            complaints::wrong_shape(span, found, place)
        });
    }

    /// Tells of a name that means nothing where it stands.
    fn meaningless(
        &mut self,
        meaning: Meaning,
        table: TableNumber,
        name: &str,
        segment: &Segment,
        value: Option<&Value>,
    ) {
        let span = segment.span;
        if meaning == Meaning::BadId {
            self.problems
                .add(rules::BAD_ID, |_| complaints::bad_id(name, span));
            return;
        }
        let (text, plan, hopes) = (self.text, &mut self.plan, &mut self.hopes);
        let parent = self.names.table(table);
        let stray = Stray {
            name,
            segment,
            table: (parent.first, parent.known),
            value,
        };
        let place = parent.place;
        self.problems.add(rules::UNKNOWN_KEY, |effort| {
            let mend = || mending::name(text, place, stray, plan, hopes);
            complaints::unknown(place, name, span, effort, mend)
        });
    }

    /// Tells of a name that is given twice, and where it was given before.
    fn clash(
        &mut self,
        table: TableNumber,
        segment: &Segment,
        clash: Clash,
        entry: Option<At<'_>>,
    ) {
        let text = self.text;
        let Table { place, first, .. } = *self.names.table(table);
        self.problems.add(rules::DUPLICATE_ID, |effort| {
            let name = segment.decode(text);
            let before = clash
                .first
                .or_else(|| {
                    let at = entry?;
                    let siblings = at.body.children(at.of).take_while(|of| *of < at.node);
                    effort.afford(siblings.count() * 20).then_some(())?;
                    earlier(text, at, segment)
                })
                .or_else(|| {
                    let before = text.get(first as usize..segment.span.start as usize)?;
                    effort.afford(before.len()).then_some(())?;
                    earlier_line(before, &name).map(|at| first + at)
                });
            let before = before.map(|at| name_at(text, at));
            complaints::clash(place, &name, segment.span, clash, before)
        });
    }

    fn mark_broken(&mut self, table: TableNumber, body: &Body) {
        if !body.errors.is_empty() {
            self.names.table_mut(table).is_broken = true;
        }
    }
}
