use super::Change;
use crate::model::{Address, Id, Plan, Value};

/// What may still be said of a closed cycle and of what it holds: it adds to the record, or changes
/// only who finds it.
const FREE: &[&str] = &["note", "allow", "links", "evidence", "tags", "visibility"];

impl Change {
    /// Returns whether a key may change in a closed cycle: it adds to the record, or changes only who
    /// finds it.
    pub fn is_free_when_closed(key: &str) -> bool {
        FREE.contains(&key)
    }

    /// Returns the closed cycle that would not say any more what it said, if there is one.
    ///
    /// A cycle is closed once the file says so, whatever day it is. Notes may be added, and a score where
    /// there is none. Of an objective, its weight and its theme stay: they are in the figure of the theme.
    pub fn closed_cycle<'a>(&'a self, plan: &'a Plan) -> Option<&'a Id> {
        let closed = |id: &'a Id| {
            let cycle = plan.cycles.get(id)?;
            cycle.closed.is_some().then_some(id)
        };
        // What carries one of its key results on is how that one ended.
        let carried = |at: &'a Address, key: &str| {
            let Address::KeyResult(id) = at else {
                return None;
            };
            let of = plan.key_results.get(id)?.continues.as_ref()?;
            let of = plan.key_results.get(of).filter(|_| key == "continues")?;
            closed(plan.cycle_id_of(of)?)
        };
        // A note stays with what it is about.
        let noted = |at: &'a Address| match at {
            Address::Note(of, _) => &**of,
            at => at,
        };
        let holder = |at: &'a Address| match noted(at) {
            Address::Cycle(id) => closed(id),
            Address::KeyResult(id) | Address::Milestone(id, _) => {
                closed(plan.cycle_id_of(plan.key_results.get(id)?)?)
            }
            _ => None,
        };
        match self {
            Self::Set {
                at: Address::Objective(id),
                key,
                ..
            } => {
                let is_in_figure = key == "weight" || key == "theme";
                let own = plan.key_results.values().filter(|own| own.objective == *id);
                let mut cycles = own.filter_map(|own| closed(plan.cycle_id_of(own)?));
                cycles.next().filter(|_| is_in_figure)
            }
            Self::Set { at, key, value } => {
                if let Some(cycle) = carried(at, key) {
                    return Some(cycle);
                }
                if Self::is_free_when_closed(key) {
                    return holder(at).filter(|_| takes_away(plan, at, key, value.as_ref()));
                }
                let own = match at {
                    Address::KeyResult(id) => plan.key_results.get(id),
                    _ => None,
                };
                // A grade that was forgotten.
                if key == "score" && value.is_some() && own.is_some_and(|own| own.score.is_none()) {
                    return None;
                }
                // Who owns it is only spelt out.
                if let (Some(own), "owner", Some(Value::Text(to))) = (own, key.as_str(), value)
                    && plan.owner_of(own) == Some(to)
                {
                    return None;
                }
                // Which cycle it is set for is only spelt out.
                if let (Some(own), "cycle", Some(Value::Text(to))) = (own, key.as_str(), value) {
                    let is_in = plan.cycle_id_of(own);
                    if is_in.is_some_and(|is_in| is_in.as_str() == to) {
                        return None;
                    }
                    let into = plan.cycles.get_key_value(to.as_str());
                    return holder(at).or_else(|| closed(into?.0));
                }
                holder(at)
            }
            Self::AddItem { at, key, .. } => holder(at).filter(|_| !Self::is_free_when_closed(key)),
            Self::RemoveItem { at, key, .. } => {
                holder(at).filter(|_| !Self::is_free_when_closed(key) || is_record(key))
            }
            Self::Add { at, values } => match at {
                Address::KeyResult(_) => {
                    let named = values.iter().find(|(key, _)| key == "cycle");
                    let into = match named {
                        Some((_, Value::Text(id))) => plan.cycles.get_key_value(id.as_str())?.0,
                        _ if plan.cycles.len() == 1 => plan.cycles.keys().next()?,
                        _ => return None,
                    };
                    closed(into)
                }
                Address::Milestone(..) => holder(at),
                _ => None,
            },
            // Of two tables of the same id one has to be renamed, whatever it holds.
            Self::AddNote { .. } | Self::Rename { line: Some(_), .. } => None,
            Self::RemoveNote { of, .. } => holder(of),
            Self::Remove { at } => holder(at),
            Self::Rename { from, .. } => holder(from),
        }
    }
}

/// Returns whether a free key is part of the record: it may grow, and nothing of it goes.
fn is_record(key: &str) -> bool {
    matches!(key, "note" | "links" | "evidence")
}

/// Returns whether a new value lacks something of the record that stands there.
fn takes_away(plan: &Plan, at: &Address, key: &str, value: Option<&Value>) -> bool {
    let stands = plan.table(at).and_then(|table| table.get(key));
    is_record(key) && lacks(stands.as_ref(), value)
}

/// Returns whether a value lacks an item that another has.
pub(crate) fn lacks(was: Option<&Value>, is: Option<&Value>) -> bool {
    let items = |value: Option<&Value>| match value {
        Some(Value::List(items)) => items.clone(),
        Some(other) => vec![other.clone()],
        None => Vec::new(),
    };
    let new = items(is);
    items(was).iter().any(|item| !new.contains(item))
}
