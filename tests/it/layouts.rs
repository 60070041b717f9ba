//! Plans made up at random, and texts that say them in every layout TOML has for them.

mod written;

use loti::model::{Address, Id, Note, Plan, TableName, Type, Value};
use proptest::prelude::{Strategy, any, prop};
pub(crate) use written::render;

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
