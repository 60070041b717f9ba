use super::Change;
use super::apply::normal;
use crate::model::{Address, Plan, Value};

impl Change {
    /// Returns what is done in a line, old to new, held against the plan before it.
    pub fn describe(&self, before: &Plan) -> String {
        match self {
            Self::Set { at, key, value } => {
                let old = before.table(at).and_then(|table| table.get(key));
                let new = match value {
                    Some(value) => normal(at, key, value.clone()).unwrap_or(Some(value.clone())),
                    None => None,
                };
                let [old, new] = both(at, key, [old, new]);
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
}

fn titled(at: &Address, plan: &Plan) -> String {
    match plan.title(at) {
        Some(title) => format!("{at} “{}”", one_line(title)),
        None => at.to_string(),
    }
}

/// Says two values, and of an absent key what that means, unless the other only spells it out.
fn both(at: &Address, key: &str, values: [Option<Value>; 2]) -> [String; 2] {
    let default = at.table().default_of(key);
    let is_spelt_out = default.is_some() && values.contains(&default);
    values.map(|value| {
        let value = value.or_else(|| default.clone().filter(|_| !is_spelt_out));
        value.map_or_else(|| "(none)".to_owned(), |value| one_line(&value.to_string()))
    })
}

fn one_line(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" / ")
}
