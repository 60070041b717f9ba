use std::collections::HashMap;

use chrono::NaiveDate;

use super::{Event, Log, Past};
use crate::change::Change;
use crate::model::{Address, Fraction, Id, Value};

/// How likely its owner thought a key result was to be reached, and from which days on; the oldest
/// first. None is a day from which on nothing was said of it.
pub type Confidences = HashMap<Id, Vec<(NaiveDate, Option<Fraction>)>>;

/// Follows the confidence of all key results from the newest version of a past back, under the ids
/// that they have there.
pub fn confidences<P: Past>(past: P) -> Result<Confidences, P::Error> {
    let mut found = Confidences::new();
    // What a key result of an older version is called in the newest.
    let mut called: HashMap<Id, Id> = HashMap::new();
    let mut log = Log::new(past);
    while let Some(entry) = log.next_entry()? {
        let Event::Changed { changes, .. } = entry.event else {
            continue;
        };
        let day = entry.commit.day();
        for change in &changes {
            let (id, confidence) = match change {
                Change::Set {
                    at: Address::KeyResult(id),
                    key,
                    value,
                } if key == "confidence" => (id, value.as_ref()),
                Change::Add {
                    at: Address::KeyResult(id),
                    values,
                } => match values.iter().find(|(key, _)| key == "confidence") {
                    Some((_, value)) => (id, Some(value)),
                    None => continue,
                },
                _ => continue,
            };
            let confidence = match confidence {
                Some(Value::Number(number)) => Some(Fraction(*number)),
                _ => None,
            };
            let id = called.get(id).unwrap_or(id);
            found.entry(id.clone()).or_default().push((day, confidence));
        }
        for change in &changes {
            if let Change::Rename {
                from: Address::KeyResult(from),
                to,
                ..
            } = change
            {
                let now = called.remove(to).unwrap_or_else(|| to.clone());
                called.insert(from.clone(), now);
            }
        }
    }
    for said in found.values_mut() {
        said.reverse();
    }
    Ok(found)
}
