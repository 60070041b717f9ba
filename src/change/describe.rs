use super::Change;
use super::apply::normal;
use crate::model::{Address, Plan, Value};

impl Change {
    /// Returns what is done in a line, old to new, held against the plan before it.
    pub fn describe(&self, before: &Plan) -> String {
        match self {
            Self::Set { at, key, .. } => {
                let [old, new] = self.values(before).unwrap_or_default().map(|value| {
                    value.map_or_else(|| "(none)".to_owned(), |value| one_line(&value.to_string()))
                });
                format!("{at} {key}: {old} → {new}")
            }
            Self::AddItem { at, key, item } => {
                format!("{at} {key}: added {}", one_line(&item.to_string()))
            }
            Self::RemoveItem { at, key, item } => {
                format!("{at} {key}: removed {}", one_line(&item.to_string()))
            }
            Self::Add { at, values } => {
                let of = |name: &str| values.iter().find(|(key, _)| key == name);
                match of("title").or_else(|| of("name")) {
                    Some((_, title)) => format!("added {at} “{}”", one_line(&title.to_string())),
                    None => format!("added {at}"),
                }
            }
            Self::AddNote { to, note } => format!("{to} note added: {}", one_line(&note.text)),
            Self::RemoveNote { of, note } => format!("{of} note removed: {}", one_line(&note.text)),
            Self::Remove { at } => format!("removed {}", titled(at, before)),
            Self::Rename { from, to, .. } => {
                format!("renamed {from} to {}", from.with_id(to.clone()))
            }
        }
    }

    /// Returns what a key says before it is set, in the plan before, and after.
    ///
    /// An absent key is given with what its absence means, unless the other value only spells that
    /// out; `None` within is a key whose absence means nothing. Other changes have no such values.
    pub fn values(&self, before: &Plan) -> Option<[Option<Value>; 2]> {
        let Self::Set { at, key, value } = self else {
            return None;
        };
        let old = before.table(at).and_then(|table| table.get(key));
        let new = value
            .clone()
            .and_then(|value| normal(at, key, value.clone()).unwrap_or(Some(value)));
        let values = [old, new];
        let default = at.table().default_of(key);
        let is_spelt_out = default.is_some() && values.contains(&default);
        Some(values.map(|value| value.or_else(|| default.clone().filter(|_| !is_spelt_out))))
    }
}

fn titled(at: &Address, plan: &Plan) -> String {
    match plan.title(at) {
        Some(title) => format!("{at} “{}”", one_line(title)),
        None => at.to_string(),
    }
}

fn one_line(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" / ")
}
