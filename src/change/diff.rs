use super::Change;
use super::apply::{normal, nothing, values};
use super::renames::{after_renames, renames};
use crate::model::{Address, Note, Plan, Table, TableName, Type, Value};

/// Returns what makes one plan of another: first what goes by another id, then what is new, what is
/// different, and what is gone.
///
/// The plans may be parts of others, with those tables alone in which these may differ.
pub fn diff(a: &Plan, b: &Plan) -> Vec<Change> {
    let mut changes = renames(a, b);
    let a = after_renames(a, &changes);
    tables(&a, b, &mut changes);
    changes
}

/// Tells tables apart that have the same address.
fn tables(a: &Plan, b: &Plan, changes: &mut Vec<Change>) {
    let gone = |at: &Address| a.table(at).is_some() && b.table(at).is_none();
    for at in b.addresses() {
        if a.table(&at).is_none()
            && let Some(table) = b.table(&at)
        {
            let values = values(table);
            changes.push(Change::Add { at, values });
        }
    }
    for at in a.addresses() {
        if let (Some(old), Some(new)) = (a.table(&at), b.table(&at)) {
            keys(&at, old, new, changes);
            if let (Some(old), Some(new)) = (a.notes(&at), b.notes(&at)) {
                notes(&at, old, new, changes);
            }
        }
    }
    for at in a.addresses() {
        let with_its_owner = match &at {
            Address::Milestone(of, _) => gone(&Address::KeyResult(of.clone())),
            _ => false,
        };
        if gone(&at) && !with_its_owner {
            changes.push(Change::Remove { at });
        }
    }
}

/// Takes a change that gives a list anew apart into the items that go and those that come, where
/// that leads to the same list and anything is kept: what the file says beside the kept ones stays.
pub(super) fn steps(plan: &Plan, change: &Change) -> Option<Vec<Change>> {
    let Change::Set {
        at,
        key,
        value: Some(value),
    } = change
    else {
        return None;
    };
    let table = plan.table(at)?;
    let takes = table.name().keys()[table.name().find(key)?].takes;
    let (was, is) = (table.get(key)?, normal(at, key, value.clone()).ok()??);
    let (Value::List(was), Value::List(is), true) = (was, is, takes.is_list()) else {
        return None;
    };
    let (removed, added) = by_items(&was, &is, matches!(takes, Type::Rows(_)))?;
    let is_any_kept = removed.len() < was.len();
    is_any_kept.then(|| item_changes(at, key, removed, added).collect())
}

fn item_changes(
    at: &Address,
    key: &str,
    removed: Vec<Value>,
    added: Vec<Value>,
) -> impl Iterator<Item = Change> {
    let (removed_at, added_at) = (at.clone(), at.clone());
    let (removed_key, added_key) = (key.to_owned(), key.to_owned());
    let removed = removed.into_iter().map(move |item| Change::RemoveItem {
        at: removed_at.clone(),
        key: removed_key.clone(),
        item,
    });
    removed.chain(added.into_iter().map(move |item| Change::AddItem {
        at: added_at.clone(),
        key: added_key.clone(),
        item,
    }))
}

fn keys(at: &Address, old: &dyn Table, new: &dyn Table, changes: &mut Vec<Change>) {
    for (number, key) in old.name().keys().iter().enumerate() {
        let (was, is) = (old.field(number).get(), new.field(number).get());
        if was == is || key.takes == Type::Rows(TableName::Note) {
            continue;
        }
        let is_rows = matches!(key.takes, Type::Rows(_));
        if key.takes.is_list() {
            let (was, is) = (list(was.as_ref()), list(is.as_ref()));
            if let Some((removed, added)) = by_items(was, is, is_rows) {
                changes.extend(item_changes(at, key.name, removed, added));
                continue;
            }
        }
        // A field takes an empty text for an absent one, where the key has to be there.
        let value = is.or_else(|| key.required.then(|| nothing(key.takes)).flatten());
        changes.push(Change::Set {
            at: at.clone(),
            key: key.name.to_owned(),
            value,
        });
    }
}

fn list(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::List(items)) => items,
        _ => &[],
    }
}

/// Returns the items to take from a list and those to put at its end, if that makes the other of it.
fn by_items(was: &[Value], is: &[Value], in_any_order: bool) -> Option<(Vec<Value>, Vec<Value>)> {
    let (removed, added) = multiset(was, is);
    let mut result = was.to_vec();
    for item in &removed {
        let at = result.iter().position(|other| other == item)?;
        result.remove(at);
    }
    result.extend(added.iter().cloned());
    (in_any_order || result == is).then_some((removed, added))
}

fn notes(at: &Address, old: &[Note], new: &[Note], changes: &mut Vec<Change>) {
    let (removed, added) = multiset(old, new);
    changes.extend(removed.into_iter().map(|note| Change::RemoveNote {
        of: at.clone(),
        note,
    }));
    changes.extend(added.into_iter().map(|note| Change::AddNote {
        to: at.clone(),
        note,
    }));
}

/// Returns what only the first holds and what only the second holds, equal ones counted.
fn multiset<T: Clone + PartialEq>(old: &[T], new: &[T]) -> (Vec<T>, Vec<T>) {
    let mut added = new.to_vec();
    let mut removed = Vec::new();
    for item in old {
        match added.iter().position(|other| other == item) {
            Some(at) => drop(added.remove(at)),
            None => removed.push(item.clone()),
        }
    }
    (removed, added)
}
