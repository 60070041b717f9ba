use serde::Serialize;

use crate::change::Change;
use crate::model::{Address, Id, Plan};
use crate::render::json;
use crate::text::{count, join};

/// One change, as JSON tells it; only ever grows.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    address: String,
    text: String,
    /// What is said of a key that is set, and of no other change.
    #[serde(flatten)]
    set: Option<SetKey>,
    #[serde(skip)]
    id: String,
    #[serde(skip)]
    noun: &'static str,
}

/// A key that is given a value or taken away, with what it said before and says then.
#[derive(Debug, Serialize)]
struct SetKey {
    key: &'static str,
    old: serde_json::Value,
    new: serde_json::Value,
}

impl SetKey {
    fn of(change: &Change, plan: &Plan) -> Option<Self> {
        let Change::Set { at, key, .. } = change else {
            return None;
        };
        let table = at.table();
        let key = &table.keys()[table.find(key)?];
        let [old, new] = change.values(plan)?;
        Some(Self {
            key: key.name,
            old: json::value(key.takes, old.as_ref()),
            new: json::value(key.takes, new.as_ref()),
        })
    }
}

impl Line {
    /// Says a change, held against the plan before it.
    pub(super) fn of(change: &Change, plan: &Plan) -> Self {
        let address = change.address();
        Self {
            address: address.to_string(),
            text: change.describe(plan),
            set: SetKey::of(change, plan),
            id: match address {
                // A milestone's own id says little without its key result's.
                Address::Milestone(..) => address.to_string(),
                _ => address.id().map(Id::to_string).unwrap_or_default(),
            },
            noun: address.table().noun(),
        }
    }

    /// Returns what is done to the thing, its address left out, where the line begins with it.
    fn what(&self) -> Option<&str> {
        self.text.strip_prefix(&self.address)?.strip_prefix(' ')
    }

    /// Returns whether the same is done to another thing of the same kind.
    fn is_like(&self, other: &Self) -> bool {
        self.noun == other.noun
            && !self.id.is_empty()
            && self.what().is_some()
            && self.what() == other.what()
    }
}

/// Returns the lines as a person reads them: where the same is done to many, one line for all.
pub(super) fn spoken(lines: &[Line]) -> Vec<String> {
    /// As many lines of the same a person still takes in.
    const FEW: usize = 3;
    /// As many ids a line names; the rest is counted.
    const IDS: usize = 20;

    let mut spoken = Vec::new();
    let mut rest = lines;
    while let Some(first) = rest.first() {
        let alike = rest.iter().take_while(|line| line.is_like(first)).count();
        let (group, after) = rest.split_at(alike.max(1));
        rest = after;
        if group.len() <= FEW {
            spoken.extend(group.iter().map(|line| line.text.clone()));
            continue;
        }
        let ids = group.iter().take(IDS).map(|line| line.id.clone());
        let more = group.len().saturating_sub(IDS);
        let more = (more > 0).then(|| format!("{more} more"));
        spoken.push(format!(
            "{} ({}) {}",
            count(group.len(), first.noun),
            join(ids.chain(more)),
            first.what().unwrap_or_default(),
        ));
    }
    spoken
}
