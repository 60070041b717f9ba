//! Plans made up at random, and texts that say them in every layout TOML has for them.

use std::fmt::Write as _;

use loti::model::{Address, Id, Note, Plan, Table, TableName, Type, Value};
use proptest::prelude::{Strategy, any, prop};

/// A source of choices that a test can replay: one number after the other, then zeros.
#[derive(Debug, Clone)]
pub(crate) struct Choices {
    numbers: Vec<u16>,
    at: usize,
}

impl Choices {
    /// Returns a number below a limit.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        let number = self.numbers.get(self.at).copied().unwrap_or_default();
        self.at += 1;
        usize::from(number) % limit.max(1)
    }

    /// Takes the next so many choices off, to be used or not.
    pub(crate) fn fork(&mut self, count: usize) -> Self {
        let end = self.numbers.len().min(self.at + count);
        let numbers = self.numbers.get(self.at..end).unwrap_or_default().to_vec();
        self.at += count;
        Self { numbers, at: 0 }
    }

    fn chance(&mut self, of: usize) -> bool {
        self.below(of) == 1
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

/// Makes up choices.
pub(crate) fn choices() -> impl Strategy<Value = Choices> {
    so_many(2000)
}

/// Makes up so many choices.
pub(crate) fn so_many(count: usize) -> impl Strategy<Value = Choices> {
    prop::collection::vec(any::<u16>(), count).prop_map(|numbers| Choices { numbers, at: 0 })
}

const TEXTS: &[&str] = &[
    "plain",
    "with \"quotes\"",
    "it's",
    "two\nlines",
    "[kr.3]\nstatus = \"done\"",
    "# no comment",
    "tab\tand \\ back",
    "naïve 東京",
    "kr.1",
];

/// A key that the format does not know.
pub(crate) const UNKNOWN: &str = "x-unknown";

/// Makes up a plan whose text reads without an error.
pub(crate) fn plan(choices: &mut Choices) -> Plan {
    let mut plan = Plan::default();
    let ids = |choices: &mut Choices, most: usize, prefix: &str| -> Vec<Id> {
        let count = 1 + choices.below(most);
        let ids = (1..=count).filter_map(|at| Id::new(&format!("{prefix}{at}")));
        ids.collect()
    };
    for id in ids(choices, 2, "c") {
        plan.cycles.entry(id).or_default();
    }
    for id in ids(choices, 2, "t") {
        plan.themes.entry(id).or_default();
    }
    for id in ids(choices, 2, "o") {
        plan.objectives.entry(id).or_default();
    }
    if choices.chance(3) {
        for id in ids(choices, 2, "p") {
            plan.persons.entry(id).or_default();
        }
    }
    for id in ids(choices, 4, "") {
        let milestones = match choices.below(3) {
            0 => ids(choices, 2, "m"),
            _ => Vec::new(),
        };
        let key_result = plan.key_results.entry(id).or_default();
        for id in milestones {
            key_result.milestones.entry(id).or_default();
        }
    }
    for at in plan.addresses().collect::<Vec<_>>() {
        fill(&mut plan, &at, choices);
    }
    plan
}

fn fill(plan: &mut Plan, at: &Address, choices: &mut Choices) {
    let several_cycles = plan.cycles.len() > 1;
    let ids: Vec<(TableName, Vec<Id>)> = [
        TableName::Cycle,
        TableName::Theme,
        TableName::Objective,
        TableName::Person,
    ]
    .into_iter()
    .map(|table| (table, plan.ids(table).cloned().collect()))
    .collect();
    let (named, named_first) = (named_by(plan, at, false), named_by(plan, at, true));
    let Some(table) = plan.table_mut(at) else {
        return;
    };
    for (number, key) in at.table().keys().iter().enumerate() {
        let must = key.required
            // A table without keys would be in no layout but a header's.
            || at.table() == TableName::Person && key.name == "name"
            || (key.name == "cycle" && at.table() == TableName::KeyResult && several_cycles);
        if !must && !choices.chance(6) {
            continue;
        }
        let value = match key.refers {
            None if key.takes == Type::Addresses && key.name == "needs" => {
                some_of(&named_first, choices)
            }
            None if key.takes == Type::Addresses => some_of(&named, choices),
            None => value(key.takes, choices),
            Some(TableName::KeyResult) => {
                let first = named_first.first().and_then(Address::id);
                first.map(|id| Value::from(id.as_str()))
            }
            Some(refers) => {
                let found = ids.iter().find(|(table, _)| *table == refers);
                match found.filter(|(_, ids)| !ids.is_empty()) {
                    Some((_, ids)) => Some(Value::from(ids[choices.below(ids.len())].as_str())),
                    // Where none are declared, a person is any text.
                    None => value(key.takes, choices),
                }
            }
        };
        if let Some(value) = value {
            table.field_mut(number).set(Some(value)).expect(key.name);
        }
    }
    let persons: Vec<Id> = plan.persons.keys().cloned().collect();
    let notes = plan.notes_mut(at).into_iter();
    for note in notes.flat_map(|notes| notes.iter_mut()) {
        if !persons.is_empty() && choices.chance(2) {
            note.by = Some(persons[choices.below(persons.len())].to_string());
        }
    }
}

/// Returns what something can support, or of key results alone what it can need: what comes before
/// it, so that nothing closes a ring.
fn named_by(plan: &Plan, at: &Address, key_results: bool) -> Vec<Address> {
    let all = plan.addresses().take_while(|other| other != at);
    let fits = |other: &Address| match other {
        Address::KeyResult(_) => true,
        Address::Theme(_) | Address::Objective(_) => !key_results,
        _ => false,
    };
    all.filter(fits).collect()
}

fn some_of(addresses: &[Address], choices: &mut Choices) -> Option<Value> {
    let count = 1 + choices.below(3);
    let mut picked: Vec<Value> = Vec::new();
    for _ in 0..count.min(addresses.len()) {
        let address = addresses[choices.below(addresses.len())].to_string();
        let address = Value::from(address.as_str());
        if !picked.contains(&address) {
            picked.push(address);
        }
    }
    (!picked.is_empty()).then_some(Value::List(picked))
}

/// Makes up a value of a kind.
pub(crate) fn value(takes: Type, choices: &mut Choices) -> Option<Value> {
    let text = |choices: &mut Choices| Value::from(choices.pick(TEXTS));
    let date = |choices: &mut Choices| {
        let day = format!("2024-{:02}-15", 1 + choices.below(12));
        Value::Date(day.parse().expect("a day"))
    };
    Some(match takes {
        Type::Text => text(choices),
        Type::Date => date(choices),
        Type::Number { .. } => Value::Number(1.into()),
        Type::Bool => Value::Bool(choices.chance(2)),
        Type::Word(words) => Value::from(choices.pick(words).name),
        Type::Words(words) => Value::List(vec![Value::from(choices.pick(words).name)]),
        Type::Texts => {
            let count = 1 + choices.below(3);
            Value::List((0..count).map(|_| text(choices)).collect())
        }
        Type::Rows(TableName::Link) => {
            let named = Value::Table(vec![
                ("name".to_owned(), text(choices)),
                ("url".to_owned(), Value::from("https://a.example")),
            ]);
            Value::List(vec![Value::from("https://b.example"), named])
        }
        Type::Rows(TableName::Allowance) => Value::List(vec![Value::Table(vec![
            ("rule".to_owned(), Value::from("stale")),
            ("why".to_owned(), text(choices)),
        ])]),
        Type::Rows(_) => {
            let count = 1 + choices.below(3);
            let note = |choices: &mut Choices| {
                Value::Table(vec![
                    ("on".to_owned(), date(choices)),
                    ("text".to_owned(), text(choices)),
                ])
            };
            Value::List((0..count).map(|_| note(choices)).collect())
        }
        Type::Levels => Value::Table(vec![
            ("overdue".to_owned(), Value::from("off")),
            ("stale".to_owned(), Value::from("error")),
        ]),
        Type::Addresses => {
            let names = ["kr.1", "objective.o1", "theme.t1"];
            let count = 1 + choices.below(2);
            let names = (0..count).map(|_| Value::from(choices.pick(&names)));
            Value::List(names.collect())
        }
        Type::Id => return None,
    })
}

/// Makes up a note.
pub(crate) fn note(choices: &mut Choices) -> Note {
    Note {
        on: format!("2025-{:02}-01", 1 + choices.below(12))
            .parse()
            .expect("a day"),
        by: None,
        text: (choices.pick(TEXTS)).to_owned(),
    }
}

/// Writes a plan in a layout made up at random.
pub(crate) fn render(plan: &Plan, choices: &mut Choices) -> String {
    let mut top = String::new();
    let mut rest = String::new();
    for table in [
        TableName::Plan,
        TableName::Check,
        TableName::Person,
        TableName::Cycle,
        TableName::Theme,
        TableName::Objective,
        TableName::KeyResult,
    ] {
        let Some(root) = table.root() else { continue };
        if !table.has_ids() {
            let at = if root == "plan" {
                Address::Plan
            } else {
                Address::Check
            };
            one(plan, &at, None, choices, &mut top, &mut rest);
            continue;
        }
        let ids: Vec<Id> = plan.ids(table).cloned().collect();
        let addresses = ids.into_iter().filter_map(|id| Address::of(table, id));
        let addresses = addresses.collect::<Vec<_>>();
        match choices.below(6) {
            // All within one inline table at the top of the file.
            0 => {
                let inner: Vec<String> = addresses
                    .iter()
                    .map(|at| {
                        let id = at.id().map(Id::as_str).unwrap_or_default();
                        format!("{} = {}", key(id, choices), inline(plan, at, choices))
                    })
                    .collect();
                let _ = writeln!(top, "{root} = {{ {} }}", inner.join(", "));
            }
            // All below one header.
            1 => {
                let mut body = String::new();
                let mut after = String::new();
                for at in &addresses {
                    one(plan, at, Some(1), choices, &mut body, &mut after);
                }
                comment(&mut rest, choices);
                let _ = write!(rest, "[{root}]\n{body}{after}");
            }
            _ => {
                for at in &addresses {
                    one(plan, at, None, choices, &mut top, &mut rest);
                }
            }
        }
    }
    let mut text = top + &rest;
    if choices.chance(3) {
        text = text.replace('\n', "\r\n");
        // A line ending within a text is part of it.
        if text.contains("\"\"\"") {
            text = text.replace("\r\n", "\n");
        } else if choices.chance(3) {
            let lines = text
                .split_inclusive("\r\n")
                .map(|line| match line.strip_suffix("\r\n") {
                    Some(line) if choices.chance(2) => format!("{line}\n"),
                    _ => line.to_owned(),
                });
            text = lines.collect();
        }
    }
    if choices.chance(3) {
        text.truncate(text.trim_end().len());
    }
    if choices.chance(4) {
        text.insert(0, '\u{feff}');
    }
    text
}

/// Writes one table: its lines go to `lines` where it has no header of its own, else to `sections`.
fn one(
    plan: &Plan,
    at: &Address,
    below: Option<usize>,
    choices: &mut Choices,
    lines: &mut String,
    sections: &mut String,
) {
    let path = at.path();
    let name = |from: usize, choices: &mut Choices| -> String {
        let parts: Vec<String> = path[from..].iter().map(|part| key(part, choices)).collect();
        parts.join(".")
    };
    let Some(table) = plan.table(at) else { return };
    let from = below.unwrap_or(0);
    match choices.below(5) {
        0 => {
            let name = name(from, choices);
            let _ = writeln!(
                lines,
                "{name} = {}{}",
                inline(plan, at, choices),
                tail(choices)
            );
        }
        1 => {
            for (key_name, value) in values(table) {
                let name = name(from, choices);
                let value = toml(&value, choices, true);
                let _ = writeln!(lines, "{name}.{key_name} = {value}{}", tail(choices));
            }
            if choices.chance(6) {
                let name = name(from, choices);
                let _ = writeln!(lines, "{name}.{}{}", unknown(choices), tail(choices));
            }
            for milestone in inline_milestones(plan, at, choices) {
                let _ = writeln!(lines, "{}.{milestone}", name(from, choices));
            }
        }
        _ => {
            comment(sections, choices);
            let header = name(0, choices);
            let gap = choices.pick(&[" = ", "=", " =  "]);
            let space = choices.pick(&["", "", "  ", "\t"]);
            let _ = writeln!(sections, "[{header}]{}", tail(choices));
            let mut later = String::new();
            for (key_name, value) in values(table) {
                let rows = matches!(&value, Value::List(items) if items.iter().all(|item| matches!(item, Value::Table(_))));
                if let (true, Value::List(items), false) = (rows, &value, choices.chance(3)) {
                    for item in items {
                        let Value::Table(entries) = item else {
                            continue;
                        };
                        let _ = writeln!(later, "\n[[{}.{key_name}]]", name(0, choices));
                        for (name, value) in entries {
                            let _ = writeln!(later, "{name} = {}", toml(value, choices, true));
                        }
                        if choices.chance(4) {
                            let _ = writeln!(later, "{}", unknown(choices));
                        }
                    }
                    continue;
                }
                comment_line(sections, choices);
                let value = toml(&value, choices, true);
                let _ = writeln!(sections, "{space}{key_name}{gap}{value}{}", tail(choices));
            }
            if choices.chance(6) {
                let _ = writeln!(sections, "{space}{}{}", unknown(choices), tail(choices));
            }
            sections.push_str(&later);
            for milestone in milestones(plan, at) {
                comment(sections, choices);
                let _ = writeln!(sections, "[{milestone}]");
                if let Some(table) = plan.table(&milestone) {
                    for (name, value) in values(table) {
                        let _ = writeln!(sections, "{name} = {}", toml(&value, choices, true));
                    }
                }
            }
        }
    }
}

fn milestones(plan: &Plan, at: &Address) -> Vec<Address> {
    let Address::KeyResult(of) = at else {
        return Vec::new();
    };
    let key_result = &plan.key_results[of];
    let ids = key_result.milestones.keys();
    ids.map(|id| Address::Milestone(of.clone(), id.clone()))
        .collect()
}

fn values(table: &dyn Table) -> Vec<(&'static str, Value)> {
    let values = table.values().map(|(key, value)| (key.name, value));
    values.collect()
}

fn inline(plan: &Plan, at: &Address, choices: &mut Choices) -> String {
    let mut parts: Vec<String> = plan.table(at).map_or_else(Vec::new, |table| {
        let values = values(table).into_iter();
        values
            .map(|(name, value)| format!("{name} = {}", toml(&value, choices, false)))
            .collect()
    });
    parts.extend(inline_milestones(plan, at, choices));
    if choices.chance(6) {
        parts.push(unknown(choices));
    }
    format!("{{ {} }}", parts.join(", "))
}

fn inline_milestones(plan: &Plan, at: &Address, choices: &mut Choices) -> Vec<String> {
    let milestones = milestones(plan, at).into_iter().map(|milestone| {
        let id = milestone.id().map_or("", Id::as_str);
        format!("milestone.{id} = {}", inline(plan, &milestone, choices))
    });
    milestones.collect()
}

/// Writes an entry that the format does not know; [`UNKNOWN`] is in it.
fn unknown(choices: &mut Choices) -> String {
    let value = choices.pick(&["1", "\"x\"", "[1, 2]", "{ a = 1 }", "07:32:00"]);
    format!("{UNKNOWN} = {value}")
}

fn key(name: &str, choices: &mut Choices) -> String {
    match choices.below(6) {
        0 => format!("\"{name}\""),
        1 => format!("'{name}'"),
        _ => name.to_owned(),
    }
}

fn tail(choices: &mut Choices) -> &'static str {
    choices.pick(&["", "", "", " # why", "  "])
}

fn comment(text: &mut String, choices: &mut Choices) {
    text.push_str(choices.pick(&[
        "",
        "\n",
        "\n",
        "\n# of it\n",
        "# close\n",
        "\n# apart\n\n",
        "\n\n",
    ]));
}

fn comment_line(text: &mut String, choices: &mut Choices) {
    text.push_str(choices.pick(&["", "", "", "# [kr.3] status = \"x\"\n", "\n"]));
}

fn toml(value: &Value, choices: &mut Choices, may_break: bool) -> String {
    match value {
        Value::Text(text) => quoted(text, choices, may_break),
        Value::List(items) => {
            let breaks = may_break && choices.chance(3);
            let items: Vec<String> = items.iter().map(|item| row(item, choices)).collect();
            if breaks {
                let comma = choices.pick(&[",", ", # last", ""]);
                format!("[\n  {}{comma}\n]", items.join(", # item\n  "))
            } else {
                format!("[{}]", items.join(choices.pick(&[", ", ","])))
            }
        }
        Value::Table(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(name, value)| format!("{name} = {}", toml(value, choices, false)))
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
        other => other.to_string(),
    }
}

/// Writes an item of a list; a small table may hold what the format does not know.
fn row(item: &Value, choices: &mut Choices) -> String {
    let written = toml(item, choices, false);
    match written.strip_suffix(" }") {
        Some(open) if matches!(item, Value::Table(_)) && choices.chance(4) => {
            format!("{open}, {} }}", unknown(choices))
        }
        _ => written,
    }
}

fn quoted(text: &str, choices: &mut Choices, may_break: bool) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    if text.contains('\n') && may_break && choices.chance(2) {
        return format!("\"\"\"\n{escaped}\"\"\"");
    }
    if !text.contains(['\n', '\'']) && choices.chance(2) {
        return format!("'{text}'");
    }
    let escaped = escaped.replace('\n', "\\n").replace('\t', "\\t");
    format!("\"{escaped}\"")
}
