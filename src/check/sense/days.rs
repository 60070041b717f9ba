//! Whether days stand where they can.

use chrono::{Days, NaiveDate};

use super::super::catalogue::{Family, Find, Page};
use super::super::context::Context;
use super::super::levels::Level;
use crate::diagnostic::{Diagnostic, Rule};
use crate::model::{Address, Cycle, KeyResult, Plan};
use crate::text::Span;

const DUE_OUTSIDE_CYCLE: Rule = Rule("due-outside-cycle");
const START_AFTER_DUE: Rule = Rule("start-after-due");
const MILESTONE_AFTER_DUE: Rule = Rule("milestone-after-due");
const DAY_TO_COME: Rule = Rule("day-to-come");

pub(super) const PAGES: &[Page] = &[
    Page {
        rule: DUE_OUTSIDE_CYCLE,
        family: Family::Sense,
        level: Level::Warning,
        summary: "An open key result that is due on a day outside its cycle.",
        why: "A cycle is a promise for its days. What is due later belongs to a later cycle; a due \
              day never moves it there by itself.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
due = 2024-04-12
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
due = 2024-03-29
",
        fix: None,
        find: Find::Plan(due_outside_cycle),
    },
    Page {
        rule: START_AFTER_DUE,
        family: Family::Sense,
        level: Level::Warning,
        summary: "An open key result that begins after the day on which it is due.",
        why: "It has no time in which to be done, and its pace cannot be told. As a rule one of \
              the two days was moved and the other forgotten.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
start = 2024-03-18
due = 2024-03-04
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
start = 2024-03-04
due = 2024-03-18
",
        fix: None,
        find: Find::Plan(start_after_due),
    },
    Page {
        rule: MILESTONE_AFTER_DUE,
        family: Family::Sense,
        level: Level::Warning,
        summary: "A step that is due after the key result to which it leads.",
        why: "A milestone is a step on the way. If it comes after the end, either the step is not \
              needed or the key result will be late.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"on-track\"
due = 2024-03-04

[kr.1.milestone.driver]
name = \"The driver is hired\"
due = 2024-03-18
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"on-track\"
due = 2024-03-18

[kr.1.milestone.driver]
name = \"The driver is hired\"
due = 2024-03-04
",
        fix: None,
        find: Find::Plan(milestone_after_due),
    },
    Page {
        rule: DAY_TO_COME,
        family: Family::Sense,
        level: Level::Warning,
        summary: "A note or a check-in with a day that is still to come.",
        why: "Notes tell what has happened, and the latest one tells how old a status is: a day in \
              the future is a slip of the pen that would keep the key result fresh for too long. \
              Tomorrow is let pass, since somewhere it has begun.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"on-track\"
checked = 2024-12-08
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"on-track\"
checked = 2024-02-08
",
        fix: None,
        find: Find::Plan(day_to_come),
    },
];

fn due_outside_cycle(context: &mut Context<'_>) {
    let (plan, today) = (context.plan, context.today);
    for (id, own) in &plan.key_results {
        let (Some(due), Some(cycle_id)) = (own.due, plan.cycle_id_of(own)) else {
            continue;
        };
        let Some(cycle) = plan
            .cycles
            .get(cycle_id)
            .filter(|_| plan.is_open(own, today))
        else {
            continue;
        };
        let is_backwards = cycle.end < cycle.start;
        if (cycle.start..=cycle.end).contains(&due) || is_backwards || !context.is_read_around(own)
        {
            continue;
        }
        let at = Address::KeyResult(id.clone());
        let cycle_at = Address::Cycle(cycle_id.clone());
        context.add(DUE_OUTSIDE_CYCLE, &at, |context| {
            let (key, verb, day) = if due > cycle.end {
                ("end", "ends", cycle.end)
            } else {
                ("start", "begins", cycle.start)
            };
            let message = format!("{at} is due on {due}, and its cycle {verb} on {day}");
            Diagnostic::error(DUE_OUTSIDE_CYCLE, context.place(&at, Some("due")), message)
                .label(
                    context.place(&cycle_at, Some(key)),
                    format!("{cycle_at} {verb} here"),
                )
                .help(format!("`loti set {id} due={}` is the cycle's last day", cycle.end))
                .help(format!(
                    "`loti set {id} cycle=ID` moves it to another cycle, `cycle=later` to the backlog"
                ))
        });
    }
}

fn start_after_due(context: &mut Context<'_>) {
    let (plan, today) = (context.plan, context.today);
    for (id, own) in &plan.key_results {
        let (Some(start), Some(due)) = (own.start, sound_due(plan, own)) else {
            continue;
        };
        if start <= due || !plan.is_open(own, today) || !context.is_read_around(own) {
            continue;
        }
        let at = Address::KeyResult(id.clone());
        context.add(START_AFTER_DUE, &at, |context| {
            let message = format!("{at} begins on {start}, after it is due on {due}");
            Diagnostic::error(START_AFTER_DUE, context.place(&at, Some("start")), message)
                .label(due_place(context, &at, own), "it is due here")
                .help(format!(
                    "`loti set {id} start=DATE` or `loti set {id} due=DATE` says the right day"
                ))
        });
    }
}

fn milestone_after_due(context: &mut Context<'_>) {
    let (plan, today) = (context.plan, context.today);
    for (id, own) in &plan.key_results {
        if own.milestones.is_empty() || own.is_ongoing() || !plan.is_expected(own, today) {
            continue;
        }
        let Some(due) = sound_due(plan, own) else {
            continue;
        };
        for (step, milestone) in &own.milestones {
            let Some(step_due) = milestone.due.filter(|day| *day > due) else {
                continue;
            };
            let of = Address::KeyResult(id.clone());
            if milestone.is_done() || !context.is_read(&of) || !context.is_read_around(own) {
                continue;
            }
            let at = Address::Milestone(id.clone(), step.clone());
            context.add(MILESTONE_AFTER_DUE, &at, |context| {
                let message = format!("this step is due on {step_due}, and {of} on {due}");
                Diagnostic::error(
                    MILESTONE_AFTER_DUE,
                    context.place(&at, Some("due")),
                    message,
                )
                .label(due_place(context, &of, own), format!("{of} is due here"))
                .help(format!(
                    "`loti set {at} due=DATE` moves the step, `loti set {id} due=DATE` the \
                         key result"
                ))
            });
        }
    }
}

/// Returns the day on which a key result is due, but not the end of a cycle that ends before it
/// begins: of that its own finding says enough.
fn sound_due(plan: &Plan, own: &KeyResult) -> Option<NaiveDate> {
    let is_backwards = |cycle: &Cycle| cycle.end < cycle.start;
    let is_unsound = own.due.is_none() && plan.cycle_of(own).is_some_and(is_backwards);
    plan.due_of(own).filter(|_| !is_unsound)
}

/// Returns where it stands on which day a key result is due: at its own key, else where its cycle
/// ends.
fn due_place(context: &Context<'_>, at: &Address, own: &KeyResult) -> Span {
    match context.plan.cycle_id_of(own).filter(|_| own.due.is_none()) {
        Some(cycle) => context.place(&Address::Cycle(cycle.clone()), Some("end")),
        None => context.place(at, Some("due")),
    }
}

fn day_to_come(context: &mut Context<'_>) {
    let (plan, today) = (context.plan, context.today);
    // Somewhere on earth it is tomorrow already.
    let last = today.checked_add_days(Days::new(1)).unwrap_or(today);
    notes_to_come(context, &Address::Plan, last);
    for id in plan.cycles.keys() {
        notes_to_come(context, &Address::Cycle(id.clone()), last);
    }
    for id in plan.themes.keys() {
        notes_to_come(context, &Address::Theme(id.clone()), last);
    }
    for id in plan.objectives.keys() {
        notes_to_come(context, &Address::Objective(id.clone()), last);
    }
    for (id, own) in &plan.key_results {
        if !own.note.is_empty() {
            notes_to_come(context, &Address::KeyResult(id.clone()), last);
        }
        let Some(checked) = own.checked.filter(|day| *day > last) else {
            continue;
        };
        let at = Address::KeyResult(id.clone());
        context.add(DAY_TO_COME, &at, |context| {
            let message = format!("{at} was checked on {checked}, which is still to come");
            Diagnostic::error(DAY_TO_COME, context.place(&at, Some("checked")), message)
                .help(format!("`loti set {id} checked={today}` says today"))
        });
    }
}

fn notes_to_come(context: &mut Context<'_>, of: &Address, last: NaiveDate) {
    let notes = context.plan.notes(of).unwrap_or_default();
    for (number, note) in notes.iter().enumerate() {
        if note.on <= last {
            continue;
        }
        let at = Address::Note(Box::new(of.clone()), number + 1);
        context.add(DAY_TO_COME, &at, |context| {
            let message = format!("this note is of {}, which is still to come", note.on);
            Diagnostic::error(DAY_TO_COME, context.place(&at, Some("on")), message).help(format!(
                "`loti edit {of}` opens it: write the day on which it was true, such as {}",
                context.today
            ))
        });
    }
}
