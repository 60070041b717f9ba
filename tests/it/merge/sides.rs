//! Two people's weeks, made up at random: what each does to a text, by loti's own edits and by hand.

mod hand;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use loti::change::{Change, edit};
use loti::model::{Address, Id, Number, Plan, TableName, Type, Value};

use super::oracle::Side;
use super::values::{addresses, parse};
use crate::layouts::{Choices, note, plan, render, value};
use crate::tree::read;

/// A text with comments that can be told apart, and what two sides made of it.
#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) base: String,
    pub(super) ours: Side,
    pub(super) theirs: Side,
}

/// What is left out of a merge: the number of a side, and of a thing done on it.
pub(super) type LeftOut = BTreeSet<(usize, usize)>;

/// The most that a side does.
pub(super) const MOST: usize = 14;

/// Makes up a merge, all but some of what is done in it.
pub(super) fn case(choices: &Choices, left_out: &LeftOut) -> Case {
    let choices = &mut choices.clone();
    let mut base = plan(choices);
    title_all(&mut base);
    let base = told_apart(&render(&base, choices), "b");
    let most = [3, 6, MOST][choices.below(3)];
    let [ours, theirs] = [(0, "ours"), (1, "theirs")].map(|(number, name)| {
        let mut week = Week::new(&base, name);
        for done in 0..choices.below(most + 1) {
            let mut choices = choices.fork(60);
            if !left_out.contains(&(number, done)) {
                week.something(&mut choices);
            }
        }
        week.side
    });
    Case { base, ours, theirs }
}

/// Gives everything a title of its own: by these the oracle knows what has to go by another id.
fn title_all(plan: &mut Plan) {
    for (number, at) in plan.addresses().collect::<Vec<_>>().into_iter().enumerate() {
        let Some(key) = title_key(&at) else { continue };
        let Some(table) = plan.table_mut(&at) else {
            continue;
        };
        let was = table
            .get(key)
            .map_or_else(String::new, |title| title.to_string());
        let title = Value::Text(format!("{was} {number}"));
        let number = table.name().find(key).expect("a key");
        table.field_mut(number).set(Some(title)).expect("a text");
    }
}

fn title_key(at: &Address) -> Option<&'static str> {
    match at.table() {
        TableName::KeyResult => Some("title"),
        TableName::Check | TableName::Note => None,
        _ => Some("name"),
    }
}

/// Returns whether a key is one of those by which a thing is known under another id.
fn tells_who(at: &Address, key: &str) -> bool {
    title_key(at) == Some(key) || matches!(key, "objective" | "theme")
}

fn whole(number: usize) -> Number {
    i64::try_from(number).unwrap_or(i64::MAX).into()
}

/// Gives each comment that the layouts write words of its own.
fn told_apart(text: &str, side: &str) -> String {
    let mut number = 0;
    let mut apart = String::new();
    for line in text.split_inclusive('\n') {
        let end = line.trim_end_matches(['\r', '\n']);
        let comments = ["# of it", "# close", "# apart", "# why", "# item", "# last"];
        match comments.iter().find(|comment| end.ends_with(*comment)) {
            Some(_) => {
                number += 1;
                let _ = write!(apart, "{end} ~{side}{number}~{}", &line[end.len()..]);
            }
            None => apart.push_str(line),
        }
    }
    // Within a text that goes over several lines it is none, and in a list not always the last.
    if parse(text) == parse(&apart) {
        apart
    } else {
        text.to_owned()
    }
}

struct Week {
    side: Side,
    name: String,
    /// What goes by another id: by its title and parent it has to be known again.
    renamed: BTreeSet<String>,
    /// What goes by another title, or stands elsewhere: it keeps its id.
    reworded: BTreeSet<String>,
    number: usize,
}

impl Week {
    fn new(base: &str, name: &str) -> Self {
        let root = parse(base).expect("a base is TOML");
        let at = addresses(&root).into_keys();
        Self {
            side: Side {
                text: base.to_owned(),
                origin: at.map(|at| (at.clone(), at)).collect(),
            },
            name: name.to_owned(),
            renamed: BTreeSet::new(),
            reworded: BTreeSet::new(),
            number: 0,
        }
    }

    fn something(&mut self, choices: &mut Choices) {
        self.number += 1;
        match choices.below(20) {
            0..=11 => self.edit(choices),
            12 | 13 => self.comment(choices),
            14 => self.uncomment(choices),
            15 => self.space(choices),
            16 => self.swap(choices),
            17 => self.hand(choices),
            18 => self.by_line(choices, |line, _| Some(format!("{line}x-hand = 1\n"))),
            _ => match choices.below(6) {
                0 => self.endings(),
                1 => self.relay(choices),
                _ => self.quotes(choices),
            },
        }
    }

    fn edit(&mut self, choices: &mut Choices) {
        let document = read(&self.side.text);
        let Some(change) = self.change(&document.plan, choices) else {
            return;
        };
        let Ok(edit) = edit(&document, std::slice::from_ref(&change)) else {
            return;
        };
        edit.document.source.text().clone_into(&mut self.side.text);
        if let Change::Rename { from, to, .. } = &change {
            let (was, is) = (from.to_string(), from.with_id(to.clone()).to_string());
            self.renamed.insert(is.clone());
            let below = format!("{was}.");
            let now = |at: String| match at.strip_prefix(&below) {
                Some(rest) => format!("{is}.{rest}"),
                None if at == was => is.clone(),
                None => at,
            };
            let origin = std::mem::take(&mut self.side.origin).into_iter();
            self.side.origin = origin.map(|(at, who)| (now(at), who)).collect();
            for set in [&mut self.renamed, &mut self.reworded] {
                *set = std::mem::take(set).into_iter().map(now).collect();
            }
        }
        if let Change::Set { at, key, .. } = &change
            && tells_who(at, key)
        {
            self.reworded.insert(at.to_string());
        }
    }

    fn change(&self, plan: &Plan, choices: &mut Choices) -> Option<Change> {
        let all: Vec<Address> = plan.addresses().collect();
        // What both sides look at comes first.
        let first = plan
            .key_results
            .keys()
            .next()
            .filter(|_| choices.below(2) == 0);
        let first = first.map(|id| Address::KeyResult(id.clone()));
        let at = first.unwrap_or_else(|| all[choices.below(all.len())].clone());
        Some(match choices.below(16) {
            0 => {
                // What was added and goes again never was there.
                // Without the last person anybody may be named.
                let is_last = at.table() == TableName::Person && plan.persons.len() == 1;
                let is_old = self.side.origin.contains_key(&at.to_string());
                let may_go = is_old && at.id().is_some() && !is_last;
                return may_go.then_some(Change::Remove { at });
            }
            1 => {
                let is_old = self.side.origin.contains_key(&at.to_string());
                let to = Id::new(&format!("{}-{}", self.name, self.number))?;
                let is_known = is_old && !self.reworded.contains(&at.to_string());
                at.id().filter(|_| is_known)?;
                Change::Rename {
                    from: at,
                    to,
                    line: None,
                }
            }
            2 | 3 => self.added(plan, choices)?,
            4..=6 => Change::AddNote {
                to: at,
                note: note(choices),
            },
            7 => Change::RemoveNote {
                note: plan.notes(&at)?.first()?.clone(),
                of: at,
            },
            kind => {
                let keys = at.table().keys();
                let key = match (kind, &at) {
                    // Mostly what is updated every week.
                    (8..=11, Address::KeyResult(_)) => {
                        let usual = [
                            "status",
                            "checked",
                            "confidence",
                            "tags",
                            "current",
                            "needs",
                        ];
                        let number = at.table().find(usual[choices.below(usual.len())])?;
                        &keys[number]
                    }
                    _ => &keys[choices.below(keys.len())],
                };
                let old = plan.table(&at)?.get(key.name);
                let new = self.value(plan, &at, key.name, choices);
                if tells_who(&at, key.name) && self.renamed.contains(&at.to_string()) {
                    return None;
                }
                let key = key.name.to_owned();
                match (choices.below(5), old, new) {
                    (0, Some(_), _) if !tells_who(&at, &key) => Change::Set {
                        at,
                        key,
                        value: None,
                    },
                    (1, Some(Value::List(mut items)), _) => Change::RemoveItem {
                        at,
                        key,
                        item: items.remove(choices.below(items.len())),
                    },
                    (2 | 3, _, Some(Value::List(mut items))) => Change::AddItem {
                        at,
                        key,
                        item: items.pop()?,
                    },
                    (_, _, Some(value)) => Change::Set {
                        at,
                        key,
                        value: Some(value),
                    },
                    _ => return None,
                }
            }
        })
    }

    /// Makes up something new: under a number that the other side may take as well, or a word.
    fn added(&self, plan: &Plan, choices: &mut Choices) -> Option<Change> {
        let word = Id::new(&format!("{}-{}", self.name, self.number))?;
        let title = Value::Text(format!("By {} {}", self.name, self.number));
        // Never one that was in the base: what goes by an id stays who it is.
        let old = self
            .side
            .origin
            .values()
            .filter_map(|at| at.strip_prefix("kr."));
        let numbers = plan.key_results.keys().map(Id::as_str).chain(old);
        let numbers = numbers.filter_map(|id| id.parse().ok());
        let next = 1 + numbers.max().unwrap_or(0_usize);
        let (at, mut values) = match choices.below(6) {
            0 => {
                let of = plan.key_results.keys().next()?.clone();
                (Address::Milestone(of, word), vec![("name", title)])
            }
            1 => (Address::Theme(word), vec![("name", title)]),
            2 => {
                let theme = plan.themes.keys().next()?.as_str();
                let theme = ("theme", Value::from(theme));
                (Address::Objective(word), vec![theme, ("name", title)])
            }
            // With the first person, whoever is named would have to be declared.
            3 if !plan.persons.is_empty() => (Address::Person(word), vec![("name", title)]),
            kind => {
                // Now and then both think of the same.
                let title = match (kind, choices.below(3)) {
                    (4, 0) => Value::from("By both"),
                    _ => title,
                };
                let objective = plan.objectives.keys().next()?.as_str();
                let values = vec![("objective", Value::from(objective)), ("title", title)];
                (Address::KeyResult(Id::new(&next.to_string())?), values)
            }
        };
        if matches!(at, Address::KeyResult(_)) {
            let cycle = plan.cycles.keys().next()?.as_str();
            values.push(("cycle", Value::from(cycle)));
            for key in ["status", "needs", "owner", "tags"] {
                if choices.below(3) == 0
                    && let Some(value) = self.value(plan, &at, key, choices)
                {
                    values.push((key, value));
                }
            }
        }
        let values = values.into_iter();
        let values = values.map(|(key, value)| (key.to_owned(), value)).collect();
        Some(Change::Add { at, values })
    }

    /// Makes up a value that may stand behind a key.
    fn value(&self, plan: &Plan, at: &Address, key: &str, choices: &mut Choices) -> Option<Value> {
        if title_key(at) == Some(key) {
            return Some(Value::Text(format!("Now by {} {}", self.name, self.number)));
        }
        let number = at.table().find(key)?;
        let key = &at.table().keys()[number];
        let one = |ids: Vec<&Id>, choices: &mut Choices| {
            let id = ids.get(choices.below(ids.len()))?;
            Some(Value::from(id.as_str()))
        };
        match (key.refers, key.takes) {
            // None that comes later, so that nothing closes a ring.
            (Some(TableName::KeyResult), _) | (None, Type::Addresses) => {
                if at.table() != TableName::KeyResult {
                    return None;
                }
                let origin = |at: &str| self.side.origin.get(at).map(String::as_str);
                let own = origin(&at.to_string());
                let earlier = plan.key_results.keys().filter(|id| {
                    let other = origin(&format!("kr.{id}"));
                    other.is_some_and(|other| own.is_none_or(|own| other < own))
                });
                let picked = one(earlier.collect(), choices)?;
                match key.refers {
                    Some(_) => Some(picked),
                    None => Some(Value::List(vec![picked])),
                }
            }
            (Some(table), takes) => {
                let ids: Vec<&Id> = plan.ids(table).collect();
                match table {
                    TableName::Person if ids.is_empty() => value(takes, choices),
                    _ => one(ids, choices),
                }
            }
            (None, Type::Number { .. }) => Some(Value::Number(whole(1 + choices.below(9)))),
            (None, takes) => value(takes, choices),
        }
    }
}
