use super::body::{Body, NodeKind, Segment, SyntaxError};
use super::names::{Clash, Name, Names, ROOT, TableNumber};
use super::rules;
use super::section::Section;
use crate::diagnostic::Diagnostic;
use crate::model::{Id, KeyResult, Milestone, Misfit, Plan, Status, Table, TableName, Type, Value};
use crate::text::{Span, nearest};

/// Reads one section after the other into a plan, and keeps every problem it meets.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    text: &'a str,
    names: Names<Place>,
    plan: Plan,
    problems: Vec<Diagnostic>,
}

/// What a table of the file means for the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    /// The table of all tables of a kind: `[kr]`.
    Ids(TableName),
    /// One table of the format.
    Own(Owner),
    /// The milestones of a key result, by its number.
    Milestones(u32),
    /// A list of small tables behind a key, by the key's number.
    Rows(Owner, u8),
    /// One of them, by its number.
    Row(Owner, u8, u32),
    /// The levels of rules.
    Levels,
    /// Nothing that the format knows.
    Unknown,
}

/// A table that keys belong to, by its number in the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    Top(TableName, u32),
    Milestone(u32, u32),
}

/// What a key means in a table.
enum Meaning {
    /// A key of the format, by its number.
    Key(usize),
    /// Another table.
    Table(Place),
    /// Nothing.
    Unknown,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            names: Names::new(Place::Root),
            plan: Plan::default(),
            problems: Vec::new(),
        }
    }

    /// Reads a section.
    pub(super) fn section(&mut self, section: Section, body: &Body) {
        self.syntax(section, &body.errors);
        for span in &body.modern {
            self.modern(*span);
        }
        let Some(table) = self.header(body) else {
            // The header is taken or unreadable: the keys are still held against TOML.
            let table = self.names.item(section.span.start, Place::Unknown);
            self.entries(table, body, None, true);
            return;
        };
        if !body.errors.is_empty() {
            self.names.table_mut(table).is_broken = true;
        }
        self.entries(table, body, None, false);
    }

    /// Ends the reading: tells of what is missing, and returns the plan and all problems.
    pub(super) fn finish(mut self) -> (Plan, Vec<Diagnostic>) {
        let names = std::mem::replace(&mut self.names, Names::new(Place::Root));
        for table in names.tables() {
            missing(
                table.place,
                table.first,
                table.known,
                table.is_broken,
                &mut self.problems,
            );
        }
        (self.plan, self.problems)
    }

    /// Tells of what is not TOML: the first fault of a line, and nothing after something left open.
    fn syntax(&mut self, section: Section, errors: &[SyntaxError]) {
        let mut last_line_end = None;
        for error in errors {
            if last_line_end.is_some_and(|end| error.span.start <= end) {
                continue;
            }
            self.syntax_error(section, error);
            if error.message.starts_with("unclosed") || error.message.contains("recurse") {
                return;
            }
            let rest = &self.text[(error.span.end as usize).min(self.text.len())..];
            let line_end = rest.find('\n').unwrap_or(rest.len());
            last_line_end = Some(error.span.end + line_end as u32);
        }
    }

    fn syntax_error(&mut self, section: Section, error: &SyntaxError) {
        let line_start = self.text[..error.span.start as usize]
            .rfind('\n')
            .map_or(0, |at| at + 1);
        let line = self.text[line_start..]
            .split('\n')
            .next()
            .unwrap_or_default();
        if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"]
            .iter()
            .any(|mark| line.starts_with(mark))
        {
            let span = Span::new(line_start, line_start + line.trim_end().len());
            let told = |problem: &Diagnostic| problem.rule == rules::CONFLICT_MARKERS;
            if line.starts_with("<<<<<<<") || !self.problems.iter().any(told) {
                self.problems.push(
                    Diagnostic::error(
                        rules::CONFLICT_MARKERS,
                        span,
                        "a merge left its conflict markers in the file",
                    )
                    .help("keep one side of each conflict, take the marker lines out, and save"),
                );
            }
            return;
        }
        let mut span = error.span;
        if span.is_empty() && span.end < section.span.end {
            span.end = self.text.ceil_char_boundary(span.end as usize + 1) as u32;
        }
        let mut problem = Diagnostic::error(rules::TOML_SYNTAX, span, error.message.clone());
        if let Some(help) = syntax_help(&error.message) {
            problem = problem.help(help);
        }
        self.problems.push(problem);
    }

    fn modern(&mut self, span: Span) {
        let problem = Diagnostic::error(
            rules::TOML_1_1,
            span,
            "this is TOML 1.1, which older readers refuse",
        );
        self.problems.push(
            problem
                .as_warning()
                .help("write an inline table on one line, without a comma after its last entry"),
        );
    }

    /// Finds the table that a section's header opens.
    fn header(&mut self, body: &Body) -> Option<TableNumber> {
        let Some((last, path)) = body.header.split_last() else {
            return body.header_span.is_empty().then_some(ROOT);
        };
        let mut table = ROOT;
        for segment in path {
            table = self.pass(table, segment, false)?;
        }
        let text = last.decode(self.text);
        let place = self.child(table, &text, last);
        let name = Name {
            text: &text,
            at: last.span.start,
            known: self.known(table, &text),
        };
        let opened = if body.is_row {
            let row = self.row(place);
            let problems = &mut self.problems;
            self.names.open_row(
                table,
                name,
                || row,
                |done| {
                    missing(done.place, done.first, done.known, done.is_broken, problems);
                },
            )
        } else {
            if let Place::Rows(..) = place {
                self.wrong_shape(last.span, "a single table", place);
                return None;
            }
            self.names.open(table, name, || place)
        };
        opened
            .map_err(|clash| self.clash(table, &text, last.span, clash))
            .ok()
    }

    /// Makes a place for one more row, where rows can stand; elsewhere says that they cannot.
    fn row(&mut self, place: Place) -> Place {
        match place {
            Place::Rows(owner, key) => {
                let number = self.owner(owner).field_mut(key as usize).push_row();
                Place::Row(owner, key, number.unwrap_or_default() as u32)
            }
            _ => Place::Unknown,
        }
    }

    fn pass(&mut self, table: TableNumber, segment: &Segment, dotted: bool) -> Option<TableNumber> {
        let text = segment.decode(self.text);
        let place = self.child(table, &text, segment);
        let name = Name {
            text: &text,
            at: segment.span.start,
            known: self.known(table, &text),
        };
        self.names
            .pass(table, name, dotted, || place)
            .map_err(|clash| self.clash(table, &text, segment.span, clash))
            .ok()
    }

    /// Returns what a table below another means, and makes room for it in the plan.
    fn child(&mut self, table: TableNumber, name: &str, segment: &Segment) -> Place {
        match self.meaning(table, name, Some(segment)) {
            Meaning::Table(place) => place,
            Meaning::Key(..) => Place::Unknown,
            Meaning::Unknown => {
                self.unknown(table, name, segment.span);
                Place::Unknown
            }
        }
    }

    fn known(&self, table: TableNumber, name: &str) -> Option<usize> {
        table_name(self.names.table(table).place).and_then(|table| table.find(name))
    }

    fn meaning(&mut self, table: TableNumber, name: &str, segment: Option<&Segment>) -> Meaning {
        let place = self.names.table(table).place;
        match place {
            Place::Root => match TableName::of_root(name) {
                Some(table) if table.has_ids() => Meaning::Table(Place::Ids(table)),
                Some(table) => Meaning::Table(Place::Own(Owner::Top(table, 0))),
                None => Meaning::Unknown,
            },
            Place::Ids(table) => self.with_id(name, segment, |plan, id| {
                Place::Own(Owner::Top(table, insert(plan, table, id)))
            }),
            Place::Milestones(of) => self.with_id(name, segment, |plan, id| {
                let milestones = plan
                    .key_results
                    .get_index_mut(of as usize)
                    .map(|(_, kr)| kr);
                let number = milestones.map_or(0, |kr: &mut KeyResult| {
                    kr.milestones.entry(id).or_insert_with(Milestone::default);
                    kr.milestones.get_index_of(name).unwrap_or_default()
                });
                Place::Own(Owner::Milestone(of, number as u32))
            }),
            Place::Own(owner) => {
                let name_of = owner_name(owner);
                if let (Owner::Top(TableName::KeyResult, number), "milestone") = (owner, name) {
                    return Meaning::Table(Place::Milestones(number));
                }
                match name_of.find(name) {
                    Some(at) => match name_of.keys()[at].takes {
                        Type::Rows(_) => Meaning::Table(Place::Rows(owner, at as u8)),
                        Type::Levels => Meaning::Table(Place::Levels),
                        _ => Meaning::Key(at),
                    },
                    None => Meaning::Unknown,
                }
            }
            Place::Row(owner, key, _) => {
                let number = row_name(owner, key).and_then(|row| row.find(name));
                number.map_or(Meaning::Unknown, Meaning::Key)
            }
            Place::Levels => Meaning::Key(0),
            Place::Rows(..) | Place::Unknown => Meaning::Table(Place::Unknown),
        }
    }

    fn with_id(
        &mut self,
        name: &str,
        segment: Option<&Segment>,
        place: impl FnOnce(&mut Plan, Id) -> Place,
    ) -> Meaning {
        let span = segment.map_or(Span::at(0), |segment| segment.span);
        let Some(id) = Id::new(name) else {
            self.problems.push(
                Diagnostic::error(rules::BAD_ID, span, format!("`{name}` cannot be an id"))
                    .help("ids are made of letters, digits, `-` and `_`"),
            );
            return Meaning::Table(Place::Unknown);
        };
        if is_reserved(name) {
            self.problems.push(
                Diagnostic::error(rules::BAD_ID, span, format!("`{name}` cannot be an id")).help(
                    "status words, `later` and `plan` mean something else: choose another id",
                ),
            );
            return Meaning::Table(Place::Unknown);
        }
        Meaning::Table(place(&mut self.plan, id))
    }

    /// Reads the entries of a section, or of an inline table within it.
    fn entries(&mut self, table: TableNumber, body: &Body, of: Option<usize>, quiet: bool) {
        for node in body.children(of) {
            let Some((last, path)) = body.key(node).split_last() else {
                continue;
            };
            let line = last.span.start..body.nodes[node].span.end;
            let broken =
                |error: &SyntaxError| error.span.start <= line.end && error.span.end >= line.start;
            if body.errors.iter().any(broken) {
                continue;
            }
            let mut table = table;
            let mut lost = false;
            for segment in path {
                match self.pass(table, segment, true) {
                    Some(next) => table = next,
                    None => lost = true,
                }
            }
            if !lost {
                self.entry(table, body, node, last, quiet);
            }
        }
    }

    fn entry(&mut self, table: TableNumber, body: &Body, node: usize, key: &Segment, quiet: bool) {
        let text = key.decode(self.text);
        let kind = body.nodes[node].kind;
        let place = self.names.table(table).place;
        let name = Name {
            text: &text,
            at: key.span.start,
            known: self.known(table, &text),
        };
        let meaning = self.meaning(table, &text, Some(key));
        match (meaning, kind) {
            (Meaning::Table(place), NodeKind::Inline) if place_is_table(place) => {
                match self.names.inline(table, name, place) {
                    Ok(inline) => self.entries(inline, body, Some(node), quiet),
                    Err(clash) => self.clash(table, &text, key.span, clash),
                }
            }
            (Meaning::Table(place @ Place::Rows(owner, number)), NodeKind::Array) => {
                if let Err(clash) = self.names.value(table, name) {
                    self.clash(table, &text, key.span, clash);
                    return;
                }
                for item in body.children(Some(node)) {
                    self.item(place, owner, number, body, item);
                }
            }
            (meaning, _) => {
                let at = match meaning {
                    Meaning::Key(at) => Some(at),
                    _ => None,
                };
                if let Err(clash) = self.names.value(table, name) {
                    self.clash(table, &text, key.span, clash);
                    return;
                }
                // Everything is read, known or not: what is no TOML is told wherever it stands.
                let value = self.value(body, node);
                match (meaning, at) {
                    (Meaning::Table(Place::Unknown), _) => {}
                    (Meaning::Table(place), _) => {
                        self.wrong_shape(body.nodes[node].span, value.describe(), place);
                    }
                    (Meaning::Unknown, _) => self.unknown(table, &text, key.span),
                    (Meaning::Key(..), Some(at)) => {
                        self.set(place, at, &text, value, body.nodes[node].span);
                    }
                    (Meaning::Key(..), None) => {}
                }
            }
        }
    }

    /// Reads one item of a list of small tables.
    fn item(&mut self, rows: Place, owner: Owner, key: u8, body: &Body, item: usize) {
        let node = &body.nodes[item];
        let place = self.row(rows);
        let Place::Row(_, _, number) = place else {
            return;
        };
        match node.kind {
            NodeKind::Inline => {
                let table = self.names.item(node.span.start, place);
                self.entries(table, body, Some(item), false);
            }
            _ => {
                let value = self.value(body, item);
                let is_link = row_name(owner, key) == Some(TableName::Link);
                let url = TableName::Link.find("url");
                if let (true, Value::Text(_), Some(url)) = (is_link, &value, url) {
                    if let Some(row) = self
                        .owner(owner)
                        .field_mut(key as usize)
                        .row_mut(number as usize)
                    {
                        // A text fits a text.
                        let _ = row.field_mut(url).set(Some(value));
                    }
                } else {
                    self.wrong_shape(node.span, value.describe(), rows);
                }
            }
        }
    }

    fn value(&mut self, body: &Body, node: usize) -> Value {
        let mut errors = Vec::new();
        let value = body.value(self.text, node, &mut errors);
        for error in errors {
            self.problems.push(Diagnostic::error(
                rules::TOML_SYNTAX,
                error.span,
                error.message,
            ));
        }
        // Names within a value are the value's own, and may not be given twice either.
        if body.nodes[node].kind != NodeKind::Scalar {
            self.own_names(body, node);
        }
        value
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
                let table = self.names.item(body.nodes[node].span.start, Place::Unknown);
                self.entries(table, body, Some(node), true);
            }
        }
    }

    fn set(&mut self, place: Place, at: usize, key: &str, value: Value, span: Span) {
        if place == Place::Levels {
            let Value::Text(level) = value else {
                self.wrong_shape(span, value.describe(), place);
                return;
            };
            self.plan.check.levels.push((key.to_owned(), level));
            return;
        }
        if let Some(Err(misfit)) = self
            .fields(place)
            .map(|table| table.field_mut(at).set(Some(value)))
        {
            self.misfit(key, span, &misfit);
        }
    }

    fn misfit(&mut self, key: &str, span: Span, misfit: &Misfit) {
        let rule = match misfit {
            Misfit::Word { .. } => rules::UNKNOWN_STATUS,
            Misfit::Id { .. } | Misfit::Address { .. } => rules::BAD_ID,
            _ => rules::WRONG_TYPE,
        };
        let message = match misfit {
            Misfit::Kind { found, .. } => format!("`{key}` cannot be {found}"),
            Misfit::Word { found, .. } => format!("`{key}` cannot be `{found}`"),
            other => other.to_string(),
        };
        let mut problem = Diagnostic::error(rule, span, message);
        if let Some(nearest) = misfit.nearest() {
            problem = problem.help(format!("did you mean `{nearest}`?"));
        }
        if let Misfit::Kind { expected, .. } = misfit {
            problem = problem.help(format!("write {}", expected.describe()));
        } else if let Misfit::Word { words, .. } = misfit {
            problem = problem.help(format!("write {}", Type::Word(words).describe()));
        }
        self.problems.push(problem);
    }

    fn wrong_shape(&mut self, span: Span, found: &str, place: Place) {
        let expected = match place {
            Place::Ids(table) => format!("one table for each id, such as {}", table.header()),
            Place::Own(owner) => format!("a table, such as {}", owner_name(owner).header()),
            Place::Milestones(_) => {
                "one table for each step, such as [kr.ID.milestone.ID]".to_owned()
            }
            Place::Rows(owner, key) => owner_name(owner).keys()[key as usize].takes.describe(),
            _ => Type::Levels.describe(),
        };
        self.problems.push(Diagnostic::error(
            rules::WRONG_TYPE,
            span,
            format!("expected {expected}, found {found}"),
        ));
    }

    fn unknown(&mut self, table: TableNumber, name: &str, span: Span) {
        let place = self.names.table(table).place;
        let (message, candidates): (_, Vec<&str>) = match place {
            Place::Root => (
                format!("loti knows no table `{name}`"),
                TableName::ALL
                    .iter()
                    .filter_map(|table| table.root())
                    .collect(),
            ),
            _ => {
                let Some(table) = table_name(place) else {
                    return;
                };
                let milestone = (table == TableName::KeyResult).then_some("milestone");
                (
                    format!("a {} has no key `{name}`", table.noun()),
                    table
                        .keys()
                        .iter()
                        .map(|key| key.name)
                        .chain(milestone)
                        .collect(),
                )
            }
        };
        let mut problem = Diagnostic::error(rules::UNKNOWN_KEY, span, message);
        if let Place::Row(owner, ..) = place
            && let Some(key) = owner_name(owner).find(name)
        {
            let noun = owner_name(owner).noun();
            let name = owner_name(owner).keys()[key].name;
            problem = problem.help(format!(
                "`{name}` is a key of the {noun}, but below a note's header it belongs to the note: \
                 move the line up, above the first note"
            ));
        } else if let Some(nearest) = nearest(name, candidates) {
            problem = problem.help(format!("did you mean `{nearest}`?"));
        }
        self.problems.push(problem);
    }

    fn clash(&mut self, table: TableNumber, name: &str, span: Span, clash: Clash) {
        let place = self.names.table(table).place;
        let is_id = matches!(place, Place::Ids(_) | Place::Milestones(_));
        let message = if is_id {
            format!("the id `{name}` is given twice")
        } else if clash.is_closed {
            format!("`{name}` already has a value and cannot hold more")
        } else {
            format!("`{name}` is given twice")
        };
        let mut problem =
            Diagnostic::error(rules::DUPLICATE_ID, span, message).marked("again here");
        let first = clash.first.or_else(|| self.first_key(table, name, span));
        if let Some(first) = first {
            let length = self.text[first as usize..]
                .find(|c: char| !(c.is_alphanumeric() || "-_".contains(c)))
                .unwrap_or(name.len());
            let first = Span::new(first as usize, first as usize + length.max(1));
            problem = problem.label(first, "first here");
        }
        if is_id {
            problem = problem.help(format!(
                "`loti rename ADDRESS@LINE NEW` gives one of the two another id; \
                 LINE is the line of its header, and `{name}` the id to leave behind"
            ));
        }
        self.problems.push(problem);
    }

    /// Looks above a place for the line that gave a key before, within the same section.
    fn first_key(&self, table: TableNumber, name: &str, span: Span) -> Option<u32> {
        let from = self.names.table(table).first as usize;
        let before = self.text.get(from..span.start as usize)?;
        let mut at = from;
        for line in before.split_inclusive('\n') {
            let trimmed = line.trim_start();
            let rest = trimmed.strip_prefix(name);
            if rest.is_some_and(|rest| rest.trim_start().starts_with('=')) {
                return Some((at + line.len() - trimmed.len()) as u32);
            }
            at += line.len();
        }
        None
    }

    fn fields(&mut self, place: Place) -> Option<&mut dyn Table> {
        match place {
            Place::Own(owner) => Some(self.owner(owner)),
            Place::Row(owner, key, number) => self
                .owner(owner)
                .field_mut(key as usize)
                .row_mut(number as usize),
            _ => None,
        }
    }

    fn owner(&mut self, owner: Owner) -> &mut dyn Table {
        let plan = &mut self.plan;
        match owner {
            Owner::Top(TableName::Cycle, at) => &mut plan.cycles[at as usize],
            Owner::Top(TableName::Theme, at) => &mut plan.themes[at as usize],
            Owner::Top(TableName::Objective, at) => &mut plan.objectives[at as usize],
            Owner::Top(TableName::KeyResult, at) => &mut plan.key_results[at as usize],
            Owner::Top(TableName::Person, at) => &mut plan.persons[at as usize],
            Owner::Top(TableName::Check, _) => &mut plan.check,
            Owner::Top(..) => plan,
            Owner::Milestone(of, at) => &mut plan.key_results[of as usize].milestones[at as usize],
        }
    }
}

/// Returns whether a word means something else wherever an id could stand.
pub fn is_reserved(id: &str) -> bool {
    Status::parse(id).is_some() || matches!(id, "later" | "plan")
}

fn insert(plan: &mut Plan, table: TableName, id: Id) -> u32 {
    let number = match table {
        TableName::Cycle => plan.cycles.insert_full_default(id),
        TableName::Theme => plan.themes.insert_full_default(id),
        TableName::Objective => plan.objectives.insert_full_default(id),
        TableName::Person => plan.persons.insert_full_default(id),
        _ => plan.key_results.insert_full_default(id),
    };
    number as u32
}

trait InsertDefault {
    fn insert_full_default(&mut self, id: Id) -> usize;
}

impl<T: Default> InsertDefault for indexmap::IndexMap<Id, T> {
    fn insert_full_default(&mut self, id: Id) -> usize {
        let entry = self.entry(id);
        let number = entry.index();
        entry.or_default();
        number
    }
}

fn owner_name(owner: Owner) -> TableName {
    match owner {
        Owner::Top(table, _) => table,
        Owner::Milestone(..) => TableName::Milestone,
    }
}

fn row_name(owner: Owner, key: u8) -> Option<TableName> {
    match owner_name(owner).keys()[key as usize].takes {
        Type::Rows(table) => Some(table),
        _ => None,
    }
}

fn table_name(place: Place) -> Option<TableName> {
    match place {
        Place::Own(owner) => Some(owner_name(owner)),
        Place::Row(owner, key, _) => row_name(owner, key),
        _ => None,
    }
}

fn place_is_table(place: Place) -> bool {
    !matches!(place, Place::Rows(..) | Place::Unknown)
}

fn missing(place: Place, first: u32, known: u64, is_broken: bool, problems: &mut Vec<Diagnostic>) {
    let Some(table) = table_name(place).filter(|_| !is_broken) else {
        return;
    };
    for (at, key) in table.keys().iter().enumerate() {
        if key.required && known & (1 << at) == 0 {
            let is_plain_link = table == TableName::Link;
            if is_plain_link && known == 0 {
                continue;
            }
            problems.push(
                Diagnostic::error(
                    rules::MISSING_KEY,
                    Span::new(first as usize, first as usize + 1),
                    format!("this {} has no `{}`", table.noun(), key.name),
                )
                .help(format!(
                    "add a line `{} = …`: {}",
                    key.name,
                    lower_first(key.about)
                )),
            );
        }
    }
}

fn lower_first(sentence: &str) -> String {
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}

fn syntax_help(message: &str) -> Option<&'static str> {
    Some(match message {
        m if m.starts_with("string values must be quoted") => "put the text in quotes: \"…\"",
        m if m.starts_with("key with no value") => "write `key = value`, with an equals sign",
        m if m.starts_with("unclosed array") => "close the list with `]`",
        m if m.starts_with("unclosed inline table") => "close the table with `}`",
        m if m.starts_with("unclosed table") => "close the header with `]`",
        m if m.starts_with("missing comma") => "put a comma between the two",
        m if m.starts_with("invalid basic string") || m.contains("missing closing quote") => {
            "close the text with a quote on the same line"
        }
        m if m.contains("recurse") => "lists and tables lie too deep in each other: 80 is the most",
        _ => return None,
    })
}
