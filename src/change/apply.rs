use std::collections::HashMap;

use super::{Change, Refusal};
use crate::document::is_reserved;
use crate::model::{
    Address, Allowance, ById, Cycle, Id, KeyResult, Link, Milestone, Note, Objective, Person, Plan,
    Rows, Settings, Table, TableName, Theme, Type, Value,
};

/// Changes a plan; a change that is refused leaves it as it was.
pub fn apply(plan: &mut Plan, change: &Change) -> Result<(), Refusal> {
    match change {
        Change::Set { at, key, value } => set(plan, at, key, value.clone()),
        Change::AddItem { at, key, item } => {
            let mut items = items(plan, at, key)?;
            items.push(item.clone());
            set(plan, at, key, Some(Value::List(items)))
        }
        Change::RemoveItem { at, key, item } => {
            let found = position(plan, at, key, item)?;
            let mut items = items(plan, at, key)?;
            items.remove(found);
            set(plan, at, key, Some(Value::List(items)))
        }
        Change::Add { at, values } => add(plan, at, values),
        Change::AddNote { to, note } => {
            notes(plan, to)?.push(note.clone());
            Ok(())
        }
        Change::RemoveNote { of, note } => {
            let notes = notes(plan, of)?;
            let found = notes.iter().position(|other| other == note);
            notes.remove(found.ok_or_else(|| no_note(of, note))?);
            Ok(())
        }
        Change::Remove { at } => remove(plan, at),
        Change::Rename { from, to, .. } => rename(plan, from, to),
    }
}

fn set(plan: &mut Plan, at: &Address, key: &str, value: Option<Value>) -> Result<(), Refusal> {
    let table = plan
        .table_mut(at)
        .ok_or_else(|| Refusal::Missing { at: at.clone() })?;
    fill(table, at, key, value)
}

fn fill(
    table: &mut dyn Table,
    at: &Address,
    key: &str,
    value: Option<Value>,
) -> Result<(), Refusal> {
    let number = known(at, key)?;
    table
        .field_mut(number)
        .set(value)
        .map_err(|misfit| Refusal::Misfit {
            at: at.clone(),
            key: key.to_owned(),
            misfit,
        })
}

/// Returns the number of a key in the table at an address.
pub(super) fn known(at: &Address, key: &str) -> Result<usize, Refusal> {
    let table = at.table();
    table.find(key).ok_or_else(|| Refusal::UnknownKey {
        table,
        key: key.to_owned(),
    })
}

/// Returns what a list holds.
pub(super) fn items(plan: &Plan, at: &Address, key: &str) -> Result<Vec<Value>, Refusal> {
    let number = known(at, key)?;
    if !at.table().keys()[number].takes.is_list() {
        return Err(Refusal::NoList {
            at: at.clone(),
            key: key.to_owned(),
        });
    }
    let table = plan
        .table(at)
        .ok_or_else(|| Refusal::Missing { at: at.clone() })?;
    Ok(match table.field(number).get() {
        Some(Value::List(items)) => items,
        _ => Vec::new(),
    })
}

/// Returns the number, from 0, of the first item of a list that equals this one.
pub(super) fn position(
    plan: &Plan,
    at: &Address,
    key: &str,
    item: &Value,
) -> Result<usize, Refusal> {
    let items = items(plan, at, key)?;
    let wanted = match normal(at, key, Value::List(vec![item.clone()]))? {
        Some(Value::List(mut one)) => one.pop(),
        _ => None,
    };
    items
        .iter()
        .position(|item| Some(item) == wanted.as_ref())
        .ok_or_else(|| Refusal::NoItem {
            at: at.clone(),
            key: key.to_owned(),
            item: item.to_string(),
        })
}

/// Returns a value as the plan would give it back: a bare id as an address, a nameless link as a
/// text, an empty list as nothing.
pub(super) fn normal(at: &Address, key: &str, value: Value) -> Result<Option<Value>, Refusal> {
    let mut scratch = empty(at.table());
    fill(scratch.as_mut(), at, key, Some(value))?;
    Ok(scratch.get(key))
}

/// Returns every value of a table, those included that a field takes for absent although the key
/// has to be there.
pub(super) fn values(table: &dyn Table) -> Vec<(String, Value)> {
    let keys = table.name().keys().iter().enumerate();
    keys.filter_map(|(number, key)| {
        let value = table.field(number).get();
        let value = value.or_else(|| (key.required).then(|| nothing(key.takes)).flatten())?;
        Some((key.name.to_owned(), value))
    })
    .collect()
}

/// Returns the value of a key that is there and says nothing.
pub(super) fn nothing(takes: Type) -> Option<Value> {
    match takes {
        Type::Text => Some(Value::Text(String::new())),
        Type::Date => Some(Value::Date(chrono::NaiveDate::default())),
        _ => None,
    }
}

pub(super) fn no_note(of: &Address, note: &Note) -> Refusal {
    Refusal::NoItem {
        at: of.clone(),
        key: "note".to_owned(),
        item: note.text.clone(),
    }
}

fn notes<'a>(plan: &'a mut Plan, of: &Address) -> Result<&'a mut Rows<Note>, Refusal> {
    if plan.table(of).is_none() {
        return Err(Refusal::Missing { at: of.clone() });
    }
    plan.notes_mut(of)
        .ok_or_else(|| Refusal::NoNotes { at: of.clone() })
}

fn empty(table: TableName) -> Box<dyn Table> {
    match table {
        TableName::Plan => Box::new(Plan::default()),
        TableName::Cycle => Box::new(Cycle::default()),
        TableName::Theme => Box::new(Theme::default()),
        TableName::Objective => Box::new(Objective::default()),
        TableName::KeyResult => Box::new(KeyResult::default()),
        TableName::Milestone => Box::new(Milestone::default()),
        TableName::Note => Box::new(Note::default()),
        TableName::Link => Box::new(Link::default()),
        TableName::Allowance => Box::new(Allowance::default()),
        TableName::Person => Box::new(Person::default()),
        TableName::Check => Box::new(Settings::default()),
    }
}

fn add(plan: &mut Plan, at: &Address, values: &[(String, Value)]) -> Result<(), Refusal> {
    if at.id().is_none() {
        return Err(Refusal::Fixed { at: at.clone() });
    }
    if plan.table(at).is_some() {
        return Err(Refusal::Taken { at: at.clone() });
    }
    reserved(at.id())?;
    // Tried on an empty table first: nothing is added by halves.
    let mut scratch = empty(at.table());
    for (key, value) in values {
        fill(scratch.as_mut(), at, key, Some(value.clone()))?;
    }
    match at.clone() {
        Address::Cycle(id) => drop(plan.cycles.entry(id).or_default()),
        Address::Theme(id) => drop(plan.themes.entry(id).or_default()),
        Address::Objective(id) => drop(plan.objectives.entry(id).or_default()),
        Address::KeyResult(id) => drop(plan.key_results.entry(id).or_default()),
        Address::Person(id) => drop(plan.persons.entry(id).or_default()),
        Address::Milestone(of, id) => {
            let Some(key_result) = plan.key_results.get_mut(&of) else {
                return Err(Refusal::Missing {
                    at: Address::KeyResult(of),
                });
            };
            key_result.milestones.entry(id).or_default();
        }
        Address::Plan | Address::Check | Address::Note(..) => {}
    }
    for (key, value) in values {
        set(plan, at, key, Some(value.clone()))?;
    }
    Ok(())
}

pub(super) fn reserved(id: Option<&Id>) -> Result<(), Refusal> {
    match id {
        Some(id) if is_reserved(id.as_str()) => Err(Refusal::Reserved { id: id.to_string() }),
        _ => Ok(()),
    }
}

fn remove(plan: &mut Plan, at: &Address) -> Result<(), Refusal> {
    let was_there = match at {
        Address::Cycle(id) => plan.cycles.shift_remove(id).is_some(),
        Address::Theme(id) => plan.themes.shift_remove(id).is_some(),
        Address::Objective(id) => plan.objectives.shift_remove(id).is_some(),
        Address::KeyResult(id) => plan.key_results.shift_remove(id).is_some(),
        Address::Person(id) => plan.persons.shift_remove(id).is_some(),
        Address::Milestone(of, id) => plan
            .key_results
            .get_mut(of)
            .is_some_and(|of| of.milestones.shift_remove(id).is_some()),
        Address::Plan | Address::Check | Address::Note(..) => {
            return Err(Refusal::Fixed { at: at.clone() });
        }
    };
    if was_there {
        Ok(())
    } else {
        Err(Refusal::Missing { at: at.clone() })
    }
}

fn rename(plan: &mut Plan, from: &Address, to: &Id) -> Result<(), Refusal> {
    may_rename(plan, from, to)?;
    let to_address = from.with_id(to.clone());
    follow_all(plan, |address| follow(address, from, &to_address))?;
    rekey_at(plan, from, to);
    Ok(())
}

/// Renames several things at once, to ids that nothing goes by yet: the same as one after the other,
/// but what names them is looked for once.
pub(super) fn rename_all(plan: &mut Plan, renames: &[(Address, Id)]) {
    let moves = renames.iter();
    let moves: Moves = moves
        .map(|(from, to)| (from.clone(), from.with_id(to.clone())))
        .collect();
    // An address takes the place of another address of its kind, which always fits.
    let _ = follow_all(plan, |address| moved(address, &moves));
    rekey_all(&mut plan.cycles, &moves, Address::Cycle);
    rekey_all(&mut plan.themes, &moves, Address::Theme);
    rekey_all(&mut plan.objectives, &moves, Address::Objective);
    rekey_all(&mut plan.persons, &moves, Address::Person);
    rekey_all(&mut plan.key_results, &moves, Address::KeyResult);
    for (from, to) in renames {
        if let Address::Milestone(..) = from {
            rekey_at(plan, from, to);
        }
    }
}

/// Puts tables under their new ids, each at its place.
fn rekey_all<T>(tables: &mut ById<T>, moves: &Moves, address: impl Fn(Id) -> Address) {
    let to = |id: &Id| moves.get(&address(id.clone()))?.id().cloned();
    if tables.keys().any(|id| to(id).is_some()) {
        let all = std::mem::take(tables).into_iter();
        *tables = all
            .map(|(id, table)| (to(&id).unwrap_or(id), table))
            .collect();
    }
}

/// Where things are found after renames.
pub(super) type Moves = HashMap<Address, Address>;

/// Returns where something is found after several renames; a milestone is renamed where its key
/// result is by then.
pub(super) fn moved(address: &Address, moves: &Moves) -> Option<Address> {
    match address {
        Address::Note(of, number) => Some(Address::Note(Box::new(moved(of, moves)?), *number)),
        Address::Milestone(of, id) => {
            let of = moves.get(&Address::KeyResult(of.clone()));
            let with_it = of.and_then(Address::id);
            let with_it = with_it.map(|of| Address::Milestone(of.clone(), id.clone()));
            let own = moves.get(with_it.as_ref().unwrap_or(address));
            own.cloned().or(with_it)
        }
        _ => moves.get(address).cloned(),
    }
}

/// Lets what names something name the address that it is found at now.
fn follow_all(plan: &mut Plan, moved: impl Fn(&Address) -> Option<Address>) -> Result<(), Refusal> {
    for reference in plan.references() {
        if let Some(target) = moved(&reference.to) {
            let (at, key) = (&reference.at, reference.key);
            let value = match reference.item {
                None => target.id().map(|id| Value::from(id.as_str())),
                Some(item) => {
                    let mut items = items(plan, at, key)?;
                    if let Some(item) = items.get_mut(item) {
                        *item = Value::Text(target.to_string());
                    }
                    Some(Value::List(items))
                }
            };
            set(plan, at, key, value)?;
        }
    }
    Ok(())
}

fn rekey_at(plan: &mut Plan, from: &Address, to: &Id) {
    match from {
        Address::Cycle(id) => rekey(&mut plan.cycles, id, to),
        Address::Theme(id) => rekey(&mut plan.themes, id, to),
        Address::Objective(id) => rekey(&mut plan.objectives, id, to),
        Address::KeyResult(id) => rekey(&mut plan.key_results, id, to),
        Address::Person(id) => rekey(&mut plan.persons, id, to),
        Address::Milestone(of, id) => {
            if let Some(of) = plan.key_results.get_mut(of) {
                rekey(&mut of.milestones, id, to);
            }
        }
        Address::Plan | Address::Check | Address::Note(..) => {}
    }
}

/// Refuses to rename what has no id or is not there, and to take an id that is taken.
pub(super) fn may_rename(plan: &Plan, from: &Address, to: &Id) -> Result<(), Refusal> {
    if from.id().is_none() {
        return Err(Refusal::Fixed { at: from.clone() });
    }
    if plan.table(from).is_none() {
        return Err(Refusal::Missing { at: from.clone() });
    }
    reserved(Some(to))?;
    let at = from.with_id(to.clone());
    if plan.table(&at).is_some() {
        return Err(Refusal::Taken { at });
    }
    Ok(())
}

/// Returns where something is found after a rename, if the rename moves it: the renamed itself and
/// what stands below it.
pub(super) fn follow(address: &Address, from: &Address, to: &Address) -> Option<Address> {
    if address == from {
        return Some(to.clone());
    }
    match (address, from, to) {
        (Address::Milestone(of, id), Address::KeyResult(from), Address::KeyResult(to))
            if of == from =>
        {
            Some(Address::Milestone(to.clone(), id.clone()))
        }
        (Address::Note(of, number), ..) => {
            Some(Address::Note(Box::new(follow(of, from, to)?), *number))
        }
        _ => None,
    }
}

fn rekey<T>(tables: &mut ById<T>, from: &Id, to: &Id) {
    if let Some((at, _, table)) = tables.shift_remove_full(from) {
        tables.shift_insert(at, to.clone(), table);
    }
}
