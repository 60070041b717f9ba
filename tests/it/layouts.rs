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

    fn chance(&mut self, of: usize) -> bool {
        self.below(of) == 1
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

/// Makes up choices.
pub(crate) fn choices() -> impl Strategy<Value = Choices> {
    prop::collection::vec(any::<u16>(), 400).prop_map(|numbers| Choices { numbers, at: 0 })
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
        TableName::KeyResult,
    ]
    .into_iter()
    .map(|table| (table, plan.ids(table).cloned().collect()))
    .collect();
    let Some(table) = plan.table_mut(at) else {
        return;
    };
    for (number, key) in at.table().keys().iter().enumerate() {
        let must = key.required
            || (key.name == "cycle" && at.table() == TableName::KeyResult && several_cycles);
        if !must && !choices.chance(6) {
            continue;
        }
        let value = match key.refers {
            Some(TableName::Person) | None => value(key.takes, choices),
            Some(refers) => {
                let found = ids.iter().find(|(table, _)| *table == refers);
                found.map(|(_, ids)| Value::from(ids[choices.below(ids.len())].as_str()))
            }
        };
        if let Some(value) = value {
            table.field_mut(number).set(Some(value)).expect(key.name);
        }
    }
}

/// Makes up a value of a kind; of lists that name other things none.
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
        Type::Id | Type::Addresses => return None,
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
            if let Address::KeyResult(_) = at {
                for milestone in milestones(plan, at) {
                    let id = milestone
                        .id()
                        .map(Id::as_str)
                        .unwrap_or_default()
                        .to_owned();
                    let name = name(from, choices);
                    let written = inline(plan, &milestone, choices);
                    let _ = writeln!(lines, "{name}.milestone.{id} = {written}");
                }
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
                    }
                    continue;
                }
                comment_line(sections, choices);
                let value = toml(&value, choices, true);
                let _ = writeln!(sections, "{space}{key_name}{gap}{value}{}", tail(choices));
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
    for milestone in milestones(plan, at) {
        let id = milestone
            .id()
            .map(Id::as_str)
            .unwrap_or_default()
            .to_owned();
        let written = inline(plan, &milestone, choices);
        parts.push(format!("milestone.{id} = {written}"));
    }
    format!("{{ {} }}", parts.join(", "))
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
            let items: Vec<String> = items
                .iter()
                .map(|item| toml(item, choices, false))
                .collect();
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
