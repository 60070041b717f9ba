use std::collections::HashSet;

use super::groups::About;
use super::remark::{self, Remark};
use super::sides::{Lookup, Side, Sides};
use crate::change::{Change, after_renames};
use crate::model::{Address, Id, KeyResult, Note, TableName, Value, Visibility};

/// A change, with all that a reader is to be told of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// What was done.
    pub change: Change,
    /// Where it is found now; where it was found, if it is gone.
    pub at: Address,
    /// What that is called.
    pub title: String,
    /// The part of the plan that it belongs to now.
    pub about: About,
    /// What the key said before and says now, where one is set. An absent key has what its absence
    /// means.
    pub values: [Option<Value>; 2],
    /// What the values name is called, before and now; of a note, who wrote it.
    pub names: [Option<String>; 2],
    /// What the figures count.
    pub unit: Option<String>,
    /// What it means for the plan.
    pub remark: Option<Remark>,
}

impl Told {
    /// Returns what the change is told under: a milestone's key result, a note's owner, else what is
    /// changed itself.
    pub fn under(&self) -> Address {
        match &self.at {
            Address::Milestone(of, _) => Address::KeyResult(of.clone()),
            Address::Note(of, _) => (**of).clone(),
            other => other.clone(),
        }
    }

    /// Returns the key that is changed, if one is.
    pub fn key(&self) -> Option<&str> {
        match &self.change {
            Change::Set { key, .. }
            | Change::AddItem { key, .. }
            | Change::RemoveItem { key, .. } => Some(key),
            _ => None,
        }
    }

    /// Returns the note that was added or taken away, if one was.
    pub fn note(&self) -> Option<&Note> {
        match &self.change {
            Change::AddNote { note, .. } | Change::RemoveNote { note, .. } => Some(note),
            _ => None,
        }
    }
}

/// Tells changes one by one, in their order.
///
/// They make the one side of the other, or are some of those that do. The milestones of a new key
/// result are told with it.
pub fn tell(changes: &[Change], sides: Sides<'_>) -> Vec<Told> {
    let was = after_renames(sides.was, changes);
    let new = changes.iter().filter_map(|change| match change {
        Change::Add {
            at: Address::KeyResult(id),
            ..
        } => Some(id),
        _ => None,
    });
    let teller = Teller {
        lookup: Lookup {
            sides: Sides { was: &was, ..sides },
            before: sides.was,
        },
        new: new.collect(),
    };
    let told = changes
        .iter()
        .filter(|change| !teller.is_with_another(change));
    told.map(|change| teller.tell(change)).collect()
}

struct Teller<'a> {
    lookup: Lookup<'a>,
    /// The key results that are new.
    new: HashSet<&'a Id>,
}

impl Teller<'_> {
    /// Returns whether a change is told with another: the milestone of a new key result.
    fn is_with_another(&self, change: &Change) -> bool {
        matches!(change, Change::Add { at: Address::Milestone(of, _), .. } if self.new.contains(of))
    }

    fn tell(&self, change: &Change) -> Told {
        let at = match change {
            Change::Rename { from, to, .. } => from.with_id(to.clone()),
            other => other.address().clone(),
        };
        let sides = self.lookup.sides;
        let versions = match &at {
            Address::KeyResult(id) | Address::Milestone(id, _) => {
                [sides.was, sides.is].map(|plan| plan.key_results.get(id))
            }
            _ => [None, None],
        };
        let mut told = Told {
            title: sides.title(&at).unwrap_or_default().to_owned(),
            about: About::of(&at, self.lookup),
            change: change.clone(),
            values: change.values(sides.was).unwrap_or_default(),
            names: [None, None],
            unit: versions[1].or(versions[0]).and_then(|own| own.unit.clone()),
            remark: None,
            at,
        };
        match change {
            Change::Set { key, .. } => self.set(&mut told, key, versions),
            Change::AddNote { note, .. } => told.names[1] = self.author(note),
            Change::RemoveNote { note, .. } => told.names[0] = self.author(note),
            Change::Add {
                at: Address::KeyResult(_),
                ..
            } => told.remark = versions[1].map(|own| self.new_one(own)),
            Change::Remove {
                at: Address::KeyResult(_),
            } => {
                told.remark = versions[0].map(|own| Remark::Gone {
                    status: own.status(),
                    progress: own.progress(),
                });
            }
            _ => {}
        }
        told
    }

    /// Says what it means that a key has another value.
    fn set(&self, told: &mut Told, key: &str, versions: [Option<&KeyResult>; 2]) {
        let table = told.at.table();
        if let [Some(was), Some(is)] = versions
            && table == TableName::KeyResult
        {
            self.inherit(told, key, [was, is]);
        }
        let refers = table
            .find(key)
            .and_then(|number| table.keys()[number].refers);
        if let Some(refers) = refers {
            let sides = self.lookup.both();
            for ((side, value), name) in sides.iter().zip(&told.values).zip(&mut told.names) {
                *name = name_of(*side, refers, value.as_ref());
            }
        }
        let values = [told.values[0].as_ref(), told.values[1].as_ref()];
        let is_same = values[0] == values[1] && values[0].is_some();
        told.remark = if is_same || is_default(table, key, values) {
            Some(Remark::SpeltOut)
        } else {
            meaning(table, key, values, versions)
        };
    }

    /// Fills in what holds for a key result without the key, where that depends on others.
    fn inherit(&self, told: &mut Told, key: &str, versions: [&KeyResult; 2]) {
        let sides = self.lookup.both();
        for ((side, own), value) in sides.iter().zip(versions).zip(&mut told.values) {
            if value.is_some() {
                continue;
            }
            let [start, due] = side.days_of(own);
            *value = match key {
                "start" => start.map(Value::Date),
                "due" => due.map(Value::Date),
                "owner" => side.owner_of(own).map(Value::from),
                "cycle" => side.cycle_id_of(own).map(|id| Value::from(id.as_str())),
                "current" => own.baseline.map(Value::Number),
                _ => None,
            };
        }
    }

    fn new_one(&self, own: &KeyResult) -> Remark {
        let [_, is] = self.lookup.both();
        let objective = Address::Objective(own.objective.clone());
        Remark::New {
            objective: is.title(&objective).map(str::to_owned),
            due: is.days_of(own)[1],
            milestones: own.milestones.len(),
        }
    }

    fn author(&self, note: &Note) -> Option<String> {
        let by = note.by.as_deref()?;
        let at = Id::new(by).map(Address::Person);
        let name = at.and_then(|at| self.lookup.sides.title(&at));
        Some(name.unwrap_or(by).to_owned())
    }
}

/// Returns what the thing is called that a value names.
fn name_of(side: Side<'_>, refers: TableName, value: Option<&Value>) -> Option<String> {
    let Some(Value::Text(id)) = value else {
        return None;
    };
    let at = Address::of(refers, Id::new(id)?)?;
    side.title(&at).map(str::to_owned)
}

/// Returns whether one of the values only spells out what holds without the key.
fn is_default(table: TableName, key: &str, values: [Option<&Value>; 2]) -> bool {
    match values {
        [None, Some(value)] | [Some(value), None] => table.default_of(key).as_ref() == Some(value),
        _ => false,
    }
}

fn meaning(
    table: TableName,
    key: &str,
    values: [Option<&Value>; 2],
    versions: [Option<&KeyResult>; 2],
) -> Option<Remark> {
    match (table, key) {
        (_, "status") => remark::status(values),
        (_, "due" | "start" | "end") => remark::day(values),
        (_, "target" | "commit" | "stretch") => remark::figure(values, remark::rises(versions)),
        (_, "at-least" | "confidence") => remark::figure(values, true),
        (_, "at-most") => remark::figure(values, false),
        (_, "current" | "baseline") => {
            let progress = versions.map(|own| own.and_then(KeyResult::progress));
            let is_known = progress.iter().any(Option::is_some);
            is_known.then_some(Remark::Progress(progress))
        }
        (_, "kind") => remark::word(values, &["aspirational", "committed"]),
        (_, "visibility") => {
            let from_least = [Visibility::Private, Visibility::Outline, Visibility::Public];
            remark::word(values, &from_least.map(Visibility::word))
        }
        (TableName::Milestone, "done") => match values[1] {
            Some(Value::Bool(true)) => Some(Remark::Done),
            _ => Some(Remark::Reopened),
        },
        (_, "owner") => (values[0].is_some() && values[1].is_some()).then_some(Remark::HandedOver),
        (TableName::KeyResult, "objective") | (TableName::Objective, "theme") => {
            Some(Remark::Moved)
        }
        _ => None,
    }
}
