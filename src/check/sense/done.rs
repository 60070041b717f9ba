//! Whether what is done is done.

use super::super::catalogue::{Family, Find, Page};
use super::super::context::Context;
use super::super::levels::Level;
use crate::diagnostic::{Diagnostic, Rule};
use crate::model::{Address, Id, KeyResult, Stage, Status};

const DONE_BELOW_TARGET: Rule = Rule("done-below-target");
const DONE_WITH_OPEN_STEPS: Rule = Rule("done-with-open-steps");

/// So many steps are pointed at; of more, nobody looks at each.
const STEPS: usize = 5;

pub(super) const PAGES: &[Page] = &[
    Page {
        rule: DONE_BELOW_TARGET,
        family: Family::Sense,
        level: Level::Warning,
        summary: "A key result is done, and its figure has not reached the target.",
        why: "Either the figure was not brought up to date, or the promise was not kept: then it \
              is better said so than called done. A promise that is below the target counts as \
              kept where `commit` is reached, a stretch (`kind = \"aspirational\"`) from seven \
              tenths of the way.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Lend 400 books a month from the bus\"
status = \"done\"
current = 260
target = 400
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Lend 400 books a month from the bus\"
status = \"done\"
current = 412
target = 400
",
        fix: None,
        find: Find::Plan(done_below_target),
    },
    Page {
        rule: DONE_WITH_OPEN_STEPS,
        family: Family::Sense,
        level: Level::Warning,
        summary: "A key result is done, and one of its milestones is not.",
        why: "The steps lead to the result, so one of the two was forgotten. What turned out not \
              to be needed is better taken out.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"done\"

[kr.1.milestone.driver]
name = \"The driver is hired\"
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"done\"

[kr.1.milestone.driver]
name = \"The driver is hired\"
done = true
",
        fix: None,
        find: Find::Plan(done_with_open_steps),
    },
];

/// Returns the key results that are done, in cycles that can still be mended.
fn done<'a>(context: &Context<'a>) -> Vec<(&'a Id, &'a KeyResult)> {
    let plan = context.plan;
    let key_results = plan.key_results.iter();
    let done = key_results.filter(|(_, own)| {
        let cycle = plan.cycle_of(own);
        own.status() == Status::Done
            && cycle.is_none_or(|cycle| cycle.stage(context.today) != Stage::Closed)
            && context.is_read_around(own)
    });
    done.collect()
}

fn done_below_target(context: &mut Context<'_>) {
    for (id, own) in done(context) {
        let Some((current, target)) = own.falls_short() else {
            continue;
        };
        let at = Address::KeyResult(id.clone());
        context.add(DONE_BELOW_TARGET, &at, |context| {
            let message = format!("{at} is done at {current}, and its target is {target}");
            let problem = Diagnostic::error(
                DONE_BELOW_TARGET,
                context.place(&at, Some("status")),
                message,
            )
            .label(context.place(&at, Some("target")), "the target");
            let problem = match own.current {
                Some(_) => problem.label(context.place(&at, Some("current")), "not reached"),
                None => problem,
            };
            problem
                .help(format!("`loti set {id} current=NUMBER` says how it ended"))
                .help(format!(
                    "`loti set {id} off-track -m \"…\"` if it is still to be reached"
                ))
        });
    }
}

fn done_with_open_steps(context: &mut Context<'_>) {
    for (id, own) in done(context) {
        let open: Vec<&Id> = own
            .milestones
            .iter()
            .filter(|(_, step)| !step.is_done())
            .map(|(step, _)| step)
            .collect();
        let Some(first) = open.first() else {
            continue;
        };
        let at = Address::KeyResult(id.clone());
        context.add(DONE_WITH_OPEN_STEPS, &at, |context| {
            let (number, all) = (open.len(), own.milestones.len());
            let are = if number == 1 { "is" } else { "are" };
            let message = format!("{at} is done, and {number} of its {all} milestones {are} not");
            let place = context.place(&at, Some("status"));
            let mut problem = Diagnostic::error(DONE_WITH_OPEN_STEPS, place, message);
            for step in open.iter().take(STEPS) {
                let step = Address::Milestone(id.clone(), (*step).clone());
                problem = problem.label(context.place(&step, None), "not done");
            }
            problem
                .help(format!("`loti set {id}.milestone.{first} done` if it is"))
                .help(format!(
                    "`loti remove {id}.milestone.{first}` if it was not needed"
                ))
        });
    }
}
