//! Whether numbers are such as their keys can mean.

use super::super::catalogue::{Family, Find, Page};
use super::super::context::Context;
use super::super::levels::Level;
use crate::diagnostic::{Diagnostic, Rule};
use crate::model::{Address, Key, KeyResult, Number, Objective, Table, Type, Value};
use crate::text::Span;

const OUT_OF_RANGE: Rule = Rule("out-of-range");

pub(super) const PAGES: &[Page] = &[Page {
    rule: OUT_OF_RANGE,
    family: Family::Sense,
    level: Level::Error,
    summary: "A number that its key cannot mean: a progress outside 0 to 100, a score above 1.",
    why: "Every figure that is reckoned from it is wrong. Progress is a percentage, so that \
              0.4 is less than one per cent; confidence and score go from 0 to 1.",
    bad: "\
[kr.1]
objective = \"outreach\"
title = \"Agree with the council on a second route\"
status = \"on-track\"
progress = 0.4
",
    good: "\
[kr.1]
objective = \"outreach\"
title = \"Agree with the council on a second route\"
status = \"on-track\"
progress = 40
",
    fix: None,
    find: Find::Plan(out_of_range),
}];

fn out_of_range(context: &mut Context<'_>) {
    let plan = context.plan;
    let keys = bounded(KeyResult::KEYS);
    for (id, own) in &plan.key_results {
        range_of(context, own, &keys, || Address::KeyResult(id.clone()));
    }
    let keys = bounded(Objective::KEYS);
    for (id, own) in &plan.objectives {
        range_of(context, own, &keys, || Address::Objective(id.clone()));
    }
}

/// A key that takes numbers within bounds.
struct Bounded {
    /// Its number in the table.
    number: usize,
    name: &'static str,
    min: f64,
    max: f64,
}

fn bounded(keys: &'static [Key]) -> Vec<Bounded> {
    let keys = keys.iter().enumerate();
    let bounded = keys.filter_map(|(number, key)| match key.takes {
        Type::Number { min, max } if min.is_some() || max.is_some() => Some(Bounded {
            number,
            name: key.name,
            min: min.unwrap_or(f64::NEG_INFINITY),
            max: max.unwrap_or(f64::INFINITY),
        }),
        _ => None,
    });
    bounded.collect()
}

fn range_of(
    context: &mut Context<'_>,
    table: &dyn Table,
    keys: &[Bounded],
    at: impl Fn() -> Address,
) {
    for key in keys {
        let Some(Value::Number(found)) = table.field(key.number).get() else {
            continue;
        };
        let is_within = (key.min..=key.max).contains(&found.get());
        if is_within && !key.is_meant_as_share(found) {
            continue;
        }
        let at = at();
        context.add(OUT_OF_RANGE, &at, |context| {
            let place = context.place(&at, Some(key.name));
            outside(&at, key, found, place)
        });
    }
}

fn outside(at: &Address, key: &Bounded, found: Number, place: Span) -> Diagnostic {
    let name = key.name;
    let message = if key.is_meant_as_share(found) {
        format!("`{name}` is a percentage, and {found} is less than one per cent")
    } else {
        format!("`{name}` cannot be {found}")
    };
    let problem = Diagnostic::error(OUT_OF_RANGE, place, message);
    let at = match at {
        Address::KeyResult(id) => id.to_string(),
        at => at.to_string(),
    };
    if let Some(meant) = key.meant(found) {
        return problem.help(format!("`loti set {at} {name}={meant}` if that is meant"));
    }
    let range = if key.max.is_finite() {
        format!("from {} to {}", key.min, key.max)
    } else {
        format!("from {} up", key.min)
    };
    problem.help(format!("`loti set {at} {name}=NUMBER`, {range}"))
}

impl Bounded {
    fn is_percentage(&self) -> bool {
        self.max > 1.0 && self.max.is_finite()
    }

    fn is_meant_as_share(&self, found: Number) -> bool {
        self.is_percentage() && found.meant_as_share().is_some()
    }

    /// Returns the number that was most likely meant: 40 per cent for 0.4, or 0.4 for 40.
    fn meant(&self, found: Number) -> Option<f64> {
        if self.is_percentage() {
            return found.meant_as_share();
        }
        let is_share = self.max <= 1.0 && (1.0..=100.0).contains(&found.get());
        is_share.then(|| found.get() / 100.0)
    }
}
