//! Whether objectives say what they are for, and whether a cycle is told as it is.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::super::catalogue::{Family, Find, Page};
use super::super::context::Context;
use super::super::levels::Level;
use super::expected;
use crate::diagnostic::{Diagnostic, Rule};
use crate::model::{Address, Id, KeyResult, Measure, Stage, Status, share_gone};

const OBJECTIVE_WITHOUT_AIM: Rule = Rule("objective-without-aim");
const NO_OUTCOME: Rule = Rule("no-outcome");
const ALL_GREEN: Rule = Rule("all-green");

/// As few key results may well be on track all at once.
const FEW: usize = 3;

pub(super) const PAGES: &[Page] = &[
    Page {
        rule: OBJECTIVE_WITHOUT_AIM,
        family: Family::Coaching,
        level: Level::Advice,
        summary: "An objective at work that does not say what will be true when it is reached.",
        why: "A name says what people are busy with. An `aim` says, in a sentence, what will be \
              true in the end, and so whether the key results are the right ones.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Lend 400 books a month from the bus\"
status = \"on-track\"
current = 200
target = 400
",
        good: "\
[objective.bus]
theme = \"reach\"
name = \"The bus\"
aim = \"People who never come meet us where they are\"

[kr.1]
objective = \"bus\"
title = \"Lend 400 books a month from the bus\"
status = \"on-track\"
current = 200
target = 400
",
        fix: None,
        find: Find::Plan(objective_without_aim),
    },
    Page {
        rule: NO_OUTCOME,
        family: Family::Coaching,
        level: Level::Advice,
        summary: "An objective whose key results are all things to deliver: none measures a change.",
        why: "What a team delivers is done when it is there; whether anything changed for anyone \
              outside shows in a figure: how many use it, how long they wait, what they say. Any \
              figure counts here, since loti cannot tell whose it is.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"

[kr.2]
objective = \"outreach\"
title = \"Lend 400 books a month from the bus\"
status = \"on-track\"
current = 200
target = 400
",
        fix: None,
        find: Find::Plan(no_outcome),
    },
    Page {
        rule: ALL_GREEN,
        family: Family::Coaching,
        level: Level::Advice,
        summary: "A cycle after its first third, in which every key result is on track or done.",
        why: "Either the goals ask too little, or nobody says what worries them. Ask of each what \
              would have to happen for it to be missed. Fewer than four key results may well all \
              be on track.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"on-track\"

[kr.2]
objective = \"outreach\"
title = \"Hire a driver\"
status = \"done\"

[kr.3]
objective = \"outreach\"
title = \"Paint the bus\"
status = \"on-track\"

[kr.4]
objective = \"outreach\"
title = \"Print the timetable\"
status = \"on-track\"
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"at-risk\"

[[kr.1.note]]
on = 2024-02-05
text = \"The second driver has not signed yet.\"

[kr.2]
objective = \"outreach\"
title = \"Hire a driver\"
status = \"done\"

[kr.3]
objective = \"outreach\"
title = \"Paint the bus\"
status = \"on-track\"

[kr.4]
objective = \"outreach\"
title = \"Print the timetable\"
status = \"on-track\"
",
        fix: None,
        find: Find::Plan(all_green),
    },
];

fn objective_without_aim(context: &mut Context<'_>) {
    for (id, _) in at_work(context) {
        let objective = &context.plan.objectives[id];
        if objective.aim.is_some() {
            continue;
        }
        let at = Address::Objective(id.clone());
        context.add(OBJECTIVE_WITHOUT_AIM, &at, |context| {
            let message = format!("{at} does not say what will be true when it is reached");
            Diagnostic::error(OBJECTIVE_WITHOUT_AIM, context.place(&at, None), message)
                .help(format!("`loti set {at} aim=\"…\"` says it in a sentence"))
        });
    }
}

fn no_outcome(context: &mut Context<'_>) {
    let delivers =
        |own: &KeyResult| matches!(own.measure(), Measure::Deliverable | Measure::Steps { .. });
    // What is finished measured a change, too.
    let plan = context.plan;
    let finished = plan.key_results.values();
    let finished = finished.filter(|own| own.status() == Status::Done && !delivers(own));
    let finished: HashSet<_> = finished
        .map(|own| (&own.objective, plan.cycle_id_of(own)))
        .collect();
    for (id, key_results) in at_work(context) {
        let at = Address::Objective(id.clone());
        let all = key_results.iter();
        let is_finished = |own: &KeyResult| finished.contains(&(id, plan.cycle_id_of(own)));
        if all.clone().any(|(_, own)| is_finished(own)) {
            continue;
        }
        let is_known = |of: &Id| context.is_read(&Address::KeyResult(of.clone()));
        let delivers = |(of, own): &(&Id, &KeyResult)| is_known(of) && delivers(own);
        if !context.is_whole() || !all.clone().all(delivers) {
            continue;
        }
        context.add(NO_OUTCOME, &at, |context| {
            let message = format!("no key result of {at} measures a change for anyone");
            Diagnostic::error(NO_OUTCOME, context.place(&at, None), message).help(
                "ask who will notice, and by which figure: `loti add kr` with a `baseline` and a `target`",
            )
        });
    }
}

/// Returns the objectives that something is still expected of, each with what that is.
fn at_work<'a>(context: &Context<'a>) -> IndexMap<&'a Id, Vec<(&'a Id, &'a KeyResult)>> {
    let mut all: IndexMap<_, Vec<_>> = IndexMap::new();
    for (id, own) in expected(context) {
        if let Some((objective, _)) = context.plan.objectives.get_key_value(&own.objective) {
            all.entry(objective).or_default().push((id, own));
        }
    }
    all
}

fn all_green(context: &mut Context<'_>) {
    let (plan, today) = (context.plan, context.today);
    for (id, cycle) in &plan.cycles {
        let gone = share_gone(cycle.start, cycle.end, today);
        if !matches!(cycle.stage(today), Stage::Running(_)) || gone < 1.0 / 3.0 {
            continue;
        }
        let all = plan.key_results.iter();
        let own = all.filter(|(_, own)| plan.cycle_id_of(own) == Some(id));
        let own: Vec<_> = own
            .filter(|(_, own)| own.status() != Status::Dropped)
            .collect();
        let is_green = |(of, own): &(&Id, &KeyResult)| {
            matches!(own.status(), Status::OnTrack | Status::Done)
                && context.is_read(&Address::KeyResult((*of).clone()))
        };
        let is_open = own.iter().any(|(_, own)| own.status() == Status::OnTrack);
        if own.len() <= FEW || !is_open || !own.iter().all(is_green) || !context.is_whole() {
            continue;
        }
        let at = Address::Cycle(id.clone());
        context.add(ALL_GREEN, &at, |context| {
            let message = format!("all {} key results of {at} are on track or done", own.len());
            Diagnostic::error(ALL_GREEN, context.place(&at, None), message)
                .help("ask of each what would have to happen for it to be missed")
        });
    }
}
