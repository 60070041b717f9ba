//! Whether objectives and key results are shaped as they can be read.

use std::collections::HashMap;

use super::super::catalogue::{Family, Find, Page};
use super::super::context::Context;
use super::super::levels::Level;
use crate::diagnostic::{Diagnostic, Rule};
use crate::model::{Address, Id, KeyResult, Plan, Stage, Status};
use crate::text::count;

const EMPTY_OBJECTIVE: Rule = Rule("empty-objective");
const TOO_MANY_KEY_RESULTS: Rule = Rule("too-many-key-results");
const DUPLICATE_TITLE: Rule = Rule("duplicate-title");

pub(super) const PAGES: &[Page] = &[
    Page {
        rule: EMPTY_OBJECTIVE,
        family: Family::Sense,
        level: Level::Warning,
        summary: "An objective without any key result.",
        why: "Nobody can tell whether it is being reached. Give it a key result, or take it out \
              until the team means to work on it.",
        bad: "\
[objective.opening-hours]
theme = \"reach\"
name = \"Open when people have time\"

[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
",
        good: "\
[objective.opening-hours]
theme = \"reach\"
name = \"Open when people have time\"

[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"

[kr.2]
objective = \"opening-hours\"
title = \"Open on Sundays\"
",
        fix: None,
        find: Find::Plan(empty_objective),
    },
    Page {
        rule: TOO_MANY_KEY_RESULTS,
        family: Family::Sense,
        level: Level::Warning,
        summary: "An objective with more key results in one cycle than a team can keep in mind.",
        why: "Where everything is a key result nothing is. Keep those that tell best whether the \
              objective is reached; the rest are tasks, or belong to the backlog. The most is 7, \
              or `most-key-results` in `[check]`; dropped ones do not count.",
        bad: "\
[check]
most-key-results = 2

[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"

[kr.2]
objective = \"outreach\"
title = \"Hire a driver\"

[kr.3]
objective = \"outreach\"
title = \"Paint the bus\"
",
        good: "\
[check]
most-key-results = 2

[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"

[kr.2]
objective = \"outreach\"
title = \"Hire a driver\"

[kr.3]
objective = \"outreach\"
title = \"Paint the bus\"
cycle = \"later\"
",
        fix: None,
        find: Find::Plan(too_many_key_results),
    },
    Page {
        rule: DUPLICATE_TITLE,
        family: Family::Sense,
        level: Level::Warning,
        summary: "Two key results of one cycle with the same title.",
        why: "In lists and in talk nobody can tell them apart, and often one is a copy that was \
              meant to be changed. Case and spacing do not count, nor does what was dropped.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"

[kr.2]
objective = \"outreach\"
title = \"Open the Second Route of the bus\"
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"

[kr.2]
objective = \"outreach\"
title = \"Open the third route of the bus\"
",
        fix: None,
        find: Find::Plan(duplicate_title),
    },
];

fn empty_objective(context: &mut Context<'_>) {
    let plan = context.plan;
    let mut holds: HashMap<&Id, bool> = plan.objectives.keys().map(|id| (id, false)).collect();
    let mut is_known = context.is_whole();
    for own in plan.key_results.values() {
        match holds.get_mut(&own.objective) {
            Some(holds) => *holds = true,
            // It belongs to one of them, and nobody knows to which.
            None => is_known = false,
        }
    }
    if !is_known {
        return;
    }
    for id in plan.objectives.keys().filter(|id| !holds[id]) {
        let at = Address::Objective(id.clone());
        context.add(EMPTY_OBJECTIVE, &at, |context| {
            let message = format!("{at} has no key result");
            Diagnostic::error(EMPTY_OBJECTIVE, context.place(&at, None), message)
                .help(format!("`loti add kr {id} \"…\"` gives it one"))
                .help(format!("`loti remove {at}` takes it out"))
        });
    }
}

fn too_many_key_results(context: &mut Context<'_>) {
    let (plan, most) = (context.plan, context.plan.check.most_key_results());
    let mut counts: HashMap<(&Id, &Id), usize> = HashMap::new();
    for (id, own) in &plan.key_results {
        let counts_here =
            counts_in_cycle(plan, own, context) && context.is_read(&Address::KeyResult(id.clone()));
        if let Some(cycle) = plan.cycle_id_of(own).filter(|_| counts_here) {
            *counts.entry((&own.objective, cycle)).or_default() += 1;
        }
    }
    let mut many: Vec<_> = counts.into_iter().collect();
    many.retain(|(_, number)| *number as f64 > most);
    // In the order of the file, since only the first of very many are told.
    many.sort_by_key(|((id, cycle), _)| {
        let place = plan.objectives.get_index_of(*id);
        (place, plan.cycles.get_index_of(*cycle))
    });
    for ((id, cycle), number) in many {
        let at = Address::Objective(id.clone());
        context.add(TOO_MANY_KEY_RESULTS, &at, |context| {
            let number = count(number, "key result");
            let message = format!("{at} has {number} in cycle.{cycle}, and {most} is the most");
            Diagnostic::error(TOO_MANY_KEY_RESULTS, context.place(&at, None), message)
                .help("`loti set ID cycle=later` puts one into the backlog")
                .help("`most-key-results = …` in [check] allows more")
        });
    }
}

/// Returns whether a key result is work of a cycle that is not closed.
fn counts_in_cycle(plan: &Plan, own: &KeyResult, context: &Context<'_>) -> bool {
    let cycle = plan.cycle_of(own);
    own.status() != Status::Dropped
        && cycle.is_some_and(|cycle| cycle.stage(context.today) != Stage::Closed)
        && context.is_read_around(own)
}

fn duplicate_title(context: &mut Context<'_>) {
    let plan = context.plan;
    let mut seen: HashMap<(Option<&Id>, String), &Id> = HashMap::new();
    for (id, own) in &plan.key_results {
        let is_backlog = plan.cycle_of(own).is_none();
        if own.title.is_empty()
            || own.status() == Status::Dropped
            || !(is_backlog || counts_in_cycle(plan, own, context))
        {
            continue;
        }
        let words = words(&own.title);
        let first = *seen.entry((plan.cycle_id_of(own), words)).or_insert(id);
        if first == id {
            continue;
        }
        let (at, first) = (
            Address::KeyResult(id.clone()),
            Address::KeyResult(first.clone()),
        );
        if !context.is_read(&first) {
            continue;
        }
        context.add(DUPLICATE_TITLE, &at, |context| {
            let message = format!("{at} has the same title as {first}");
            Diagnostic::error(DUPLICATE_TITLE, context.place(&at, Some("title")), message)
                .label(
                    context.place(&first, Some("title")),
                    format!("{first} has it here"),
                )
                .help(format!(
                    "`loti set {id} title=\"…\"` tells them apart, `loti remove {id}` takes a copy out"
                ))
        });
    }
}

/// Returns a title's words, one space apart and in one case.
fn words(title: &str) -> String {
    let mut words = String::with_capacity(title.len());
    for word in title.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.extend(word.chars().flat_map(char::to_lowercase));
    }
    words
}
