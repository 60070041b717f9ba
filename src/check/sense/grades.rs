//! Whether what is over is graded, and only that.

use std::collections::HashMap;

use super::super::catalogue::{Family, Find, Page};
use super::super::context::Context;
use super::super::levels::Level;
use crate::diagnostic::{Diagnostic, Rule};
use crate::model::{Address, Id, Stage, Status};
use crate::text::count;

const SCORE_BEFORE_CLOSE: Rule = Rule("score-before-close");
const CLOSED_WITHOUT_SCORE: Rule = Rule("closed-without-score");

pub(super) const PAGES: &[Page] = &[
    Page {
        rule: SCORE_BEFORE_CLOSE,
        family: Family::Sense,
        level: Level::Warning,
        summary: "A score in a cycle that is neither closed nor over.",
        why: "The score is the grade at the end. Given earlier it stands in the way of the last \
              weeks' work; what the team expects meanwhile is its `confidence`.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
score = 0.7
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
confidence = 0.7
",
        fix: None,
        find: Find::Plan(score_before_close),
    },
    Page {
        rule: CLOSED_WITHOUT_SCORE,
        family: Family::Sense,
        level: Level::Warning,
        summary: "A cycle was closed, and not all of its key results have a score.",
        why: "The grades are what the next plan learns from. Nobody remembers them a quarter \
              later. What was dropped or kept up needs none.",
        bad: "\
[cycle.last]
name = \"Last quarter\"
start = 2023-10-01
end = 2023-12-31
closed = 2024-01-08

[kr.1]
objective = \"outreach\"
title = \"Open the first route of the bus\"
status = \"done\"
cycle = \"last\"
score = 1.0

[kr.2]
objective = \"outreach\"
title = \"Lend 300 books a month from the bus\"
status = \"on-track\"
cycle = \"last\"
",
        good: "\
[cycle.last]
name = \"Last quarter\"
start = 2023-10-01
end = 2023-12-31
closed = 2024-01-08

[kr.1]
objective = \"outreach\"
title = \"Open the first route of the bus\"
status = \"done\"
cycle = \"last\"
score = 1.0

[kr.2]
objective = \"outreach\"
title = \"Lend 300 books a month from the bus\"
status = \"on-track\"
cycle = \"last\"
score = 0.6
",
        fix: None,
        find: Find::Plan(closed_without_score),
    },
];

fn score_before_close(context: &mut Context<'_>) {
    let (plan, today) = (context.plan, context.today);
    for (id, own) in &plan.key_results {
        let (Some(score), Some(cycle_id)) = (own.score, plan.cycle_id_of(own)) else {
            continue;
        };
        let Some(cycle) = plan.cycles.get(cycle_id) else {
            continue;
        };
        // Between the last day and the closing is when scores are given.
        let is_to_come = matches!(cycle.stage(today), Stage::Ahead(_) | Stage::Running(_));
        let cycle_at = Address::Cycle(cycle_id.clone());
        if !is_to_come || cycle.closed.is_some() || !context.is_read_around(own) {
            continue;
        }
        let at = Address::KeyResult(id.clone());
        context.add(SCORE_BEFORE_CLOSE, &at, |context| {
            let message = format!("{at} has a score, and its cycle runs until {}", cycle.end);
            Diagnostic::error(
                SCORE_BEFORE_CLOSE,
                context.place(&at, Some("score")),
                message,
            )
            .label(
                context.place(&cycle_at, Some("end")),
                format!("{cycle_at} ends here"),
            )
            .help(format!(
                "`loti set {id} score= confidence={score}` if it is what the team expects"
            ))
            .help(format!("`loti cycle close {cycle_id}` if it is over"))
        });
    }
}

fn closed_without_score(context: &mut Context<'_>) {
    let (plan, today) = (context.plan, context.today);
    let mut closed: HashMap<&Id, Graded<'_>> = HashMap::new();
    for (id, cycle) in &plan.cycles {
        let is_closed = cycle.stage(today) == Stage::Closed;
        if is_closed && context.is_read(&Address::Cycle(id.clone())) {
            closed.insert(id, Graded::default());
        }
    }
    if closed.is_empty() {
        return;
    }
    for (id, own) in &plan.key_results {
        let cycle = plan.cycle_id_of(own);
        let Some(graded) = cycle.and_then(|cycle| closed.get_mut(cycle)) else {
            continue;
        };
        if own.score.is_some() {
            graded.scores += 1;
        } else if own.status() != Status::Dropped
            && !own.is_ongoing()
            && context.is_read_around(own)
        {
            graded.without.push(id);
        }
    }
    for cycle in plan.cycles.keys() {
        let Some(graded) = closed.remove(cycle) else {
            continue;
        };
        let cycle = Address::Cycle(cycle.clone());
        // Of a cycle without any grades it is said once.
        if graded.scores == 0 && graded.without.len() > 1 {
            without_any(context, &cycle, &graded.without);
        } else {
            for id in graded.without {
                without_score(context, &cycle, id);
            }
        }
    }
}

/// The key results of a closed cycle: how many have a score, and which have none.
#[derive(Default)]
struct Graded<'a> {
    scores: usize,
    without: Vec<&'a Id>,
}

fn without_any(context: &mut Context<'_>, at: &Address, ids: &[&Id]) {
    // One that cannot be read may have the score.
    let is_read = |id: &Id| context.is_read(&Address::KeyResult(id.clone()));
    if !ids.iter().all(|id| is_read(id)) {
        return;
    }
    context.add(CLOSED_WITHOUT_SCORE, at, |context| {
        let number = count(ids.len(), "key result");
        let message = format!("{at} was closed, and none of its {number} has a score");
        let place = context.place(at, Some("closed"));
        let first = ids.first().map_or("ID", |id| id.as_str());
        Diagnostic::error(CLOSED_WITHOUT_SCORE, place, message).help(format!(
            "`loti set {first} score=NUMBER` grades one of them, from 0 to 1"
        ))
    });
}

fn without_score(context: &mut Context<'_>, cycle: &Address, id: &Id) {
    let at = Address::KeyResult(id.clone());
    context.add(CLOSED_WITHOUT_SCORE, &at, |context| {
        let message = format!("{at} has no score, and {cycle} was closed");
        Diagnostic::error(CLOSED_WITHOUT_SCORE, context.place(&at, None), message)
            .label(
                context.place(cycle, Some("closed")),
                format!("{cycle} was closed here"),
            )
            .help(format!(
                "`loti set {id} score=NUMBER` grades it, from 0 to 1"
            ))
    });
}
