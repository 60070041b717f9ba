//! Whether those who are named are there.

use std::collections::HashSet;

use super::super::catalogue::{Family, Find, Page};
use super::super::context::Context;
use super::super::levels::Level;
use crate::diagnostic::{Diagnostic, Rule};
use crate::model::{Address, Id, KeyResult, Office, Plan, TableName};

const OWNER_LEFT: Rule = Rule("owner-left");

pub(super) const PAGES: &[Page] = &[Page {
    rule: OWNER_LEFT,
    family: Family::Sense,
    level: Level::Warning,
    summary: "Open key results are owned by somebody who has left.",
    why: "Nobody answers for them any more, though the plan says that somebody does. Agree with \
          the team who takes them over.",
    bad: "\
[person.library-team]
name = \"Library team\"

[person.ana]
name = \"Ana Lima\"
until = 2024-01-31

[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
owner = \"ana\"
",
    good: "\
[person.library-team]
name = \"Library team\"

[person.ana]
name = \"Ana Lima\"
until = 2024-01-31

[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
owner = \"library-team\"
",
    fix: None,
    find: Find::Plan(owner_left),
}];

/// Tells of each place that names somebody who has left, if open key results take it from there.
fn owner_left(context: &mut Context<'_>) {
    let (plan, today) = (context.plan, context.today);
    let left = |id: &str| {
        let (id, person) = plan.persons.get_key_value(id)?;
        Some((id, person.until.filter(|until| *until < today)?))
    };
    if !plan.persons.keys().any(|id| left(id.as_str()).is_some()) {
        return;
    }
    let mut told = HashSet::new();
    for (id, own) in &plan.key_results {
        if !plan.is_expected(own, today) || !context.is_read_around(own) {
            continue;
        }
        let Some(((person, until), at)) = plan
            .owner_of(own)
            .and_then(left)
            .zip(named_at(plan, id, own))
        else {
            continue;
        };
        let person_at = Address::Person(person.clone());
        let of = Address::KeyResult(id.clone());
        if told.contains(&at) || !context.is_read(&person_at) || !context.is_read(&of) {
            continue;
        }
        context.add(OWNER_LEFT, &at, |context| {
            let message = format!("{person} owns this, and left on {until}");
            Diagnostic::error(OWNER_LEFT, context.place(&at, Some("owner")), message)
                .label(
                    context.place(&person_at, Some("until")),
                    format!("the last day of {person}"),
                )
                .help(format!(
                    "`loti handover {person} ID` gives all that is open to somebody else"
                ))
        });
        told.insert(at);
    }
}

/// Returns where the owner of a key result is named: there, or at the nearest above it.
fn named_at(plan: &Plan, id: &Id, own: &KeyResult) -> Option<Address> {
    let at = Address::KeyResult(id.clone());
    Some(match plan.holder(Office::Owner, &at)?.1 {
        TableName::KeyResult => at,
        TableName::Objective => Address::Objective(own.objective.clone()),
        TableName::Theme => Address::Theme(plan.objectives.get(&own.objective)?.theme.clone()),
        _ => Address::Plan,
    })
}
