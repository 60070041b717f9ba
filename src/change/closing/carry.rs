use std::collections::HashMap;

use chrono::NaiveDate;

use super::Answer;
use crate::change::Change;
use crate::model::{Address, Id, KeyResult, Measure, Number, Table as _, Value};

/// The keys of a key result that belong to the time that is over: how it stood and ended, and when.
///
/// What figures it began with and has to reach is told apart.
const OVER: &[&str] = &[
    "status",
    "evidence",
    "cycle",
    "start",
    "due",
    "checked",
    "confidence",
    "score",
    "continues",
    "current",
    "baseline",
    "progress",
    "note",
];

/// Where a key result is carried to.
pub(super) struct Into<'a> {
    /// The cycle, or the backlog.
    pub(super) cycle: &'a Id,
    /// Its first and its last day; the backlog has none.
    pub(super) days: Option<(NaiveDate, NaiveDate)>,
    /// The new ids of all that is carried, by the old ones.
    pub(super) ids: &'a HashMap<&'a Id, Id>,
}

/// Returns the last figure of what is measured by one.
pub(super) fn last_figure(key_result: &KeyResult) -> Option<(Number, Option<Number>)> {
    match key_result.measure() {
        Measure::Metric {
            current, target, ..
        } => Some((current, target)),
        _ => None,
    }
}

/// Returns whether the target of a figure is still ahead, on the way from the baseline to it: one that
/// is reached or passed leads nowhere, and with the last figure as its baseline even back.
pub fn leads_on(key_result: &KeyResult) -> bool {
    match key_result.measure() {
        Measure::Metric {
            baseline,
            current,
            target: Some(target),
        } => {
            let (way, left) = (target.get() - baseline.get(), target.get() - current.get());
            way * left > 0.0
        }
        _ => true,
    }
}

/// Returns the changes that add the key result that carries another on: it begins where that ended,
/// with the steps that were not made.
pub(super) fn carry(id: &Id, old: &KeyResult, answer: &Answer, into: &Into<'_>) -> Vec<Change> {
    let Some(new) = into.ids.get(id) else {
        return Vec::new();
    };
    let mut values: Vec<(String, Value)> = Vec::new();
    for (number, key) in KeyResult::KEYS.iter().enumerate() {
        if !OVER.contains(&key.name)
            && let Some(value) = old.field(number).get()
        {
            values.push((key.name.to_owned(), followed(value, key.name, into.ids)));
        }
    }
    let mut put = |key: &str, value: Value| {
        values.retain(|(name, _)| name != key);
        values.push((key.to_owned(), value));
    };
    put("cycle", Value::from(into.cycle.as_str()));
    put("continues", Value::from(id.as_str()));
    if let Some(title) = &answer.title {
        put("title", Value::from(title.as_str()));
    }
    match old.measure() {
        Measure::Metric { current, .. } => put("baseline", Value::Number(current)),
        Measure::Judged(_) => put("progress", Value::Number(Number::Integer(0))),
        // What a guardrail was last held against is still so.
        Measure::Guardrail { .. } | Measure::Ongoing { .. } => {
            if let Some(current) = old.current {
                put("current", Value::Number(current));
            }
        }
        _ => {}
    }
    if let Some(target) = answer.target {
        put("target", Value::Number(target));
    }
    let is_in_time = |day: &NaiveDate| {
        let days = into.days;
        days.is_some_and(|(start, end)| (start..=end).contains(day))
    };
    if let Some(due) = old.due.filter(is_in_time) {
        put("due", Value::Date(due));
    }
    let mut changes = vec![Change::Add {
        at: Address::KeyResult(new.clone()),
        values,
    }];
    for (step, milestone) in old.milestones.iter().filter(|(_, step)| !step.is_done()) {
        let mut values = vec![("name".to_owned(), Value::from(milestone.name.as_str()))];
        if let Some(due) = milestone.due.filter(is_in_time) {
            values.push(("due".to_owned(), Value::Date(due)));
        }
        changes.push(Change::Add {
            at: Address::Milestone(new.clone(), step.clone()),
            values,
        });
    }
    changes
}

/// Lets what a key result needs or supports be what carries that on.
fn followed(value: Value, key: &str, ids: &HashMap<&Id, Id>) -> Value {
    let (Value::List(items), "supports" | "needs") = (&value, key) else {
        return value;
    };
    let mut followed = Vec::with_capacity(items.len());
    for item in items.iter().map(|item| {
        let address = item.to_string().parse::<Address>();
        let new = match &address {
            Ok(Address::KeyResult(id)) => ids.get(id),
            _ => None,
        };
        match new {
            Some(new) => Value::Text(Address::KeyResult(new.clone()).to_string()),
            None => item.clone(),
        }
    }) {
        // What carries another on may have been needed beside it.
        if !followed.contains(&item) {
            followed.push(item);
        }
    }
    Value::List(followed)
}
