//! Whether a key result is one thing, can be told by a figure, and asks for something.

use super::super::catalogue::{Family, Find, Page};
use super::super::context::Context;
use super::super::levels::Level;
use super::expected;
use crate::diagnostic::{Diagnostic, Rule};
use crate::model::{Address, KeyResult, Kind, Measure, Plan, Stage, Status, share_gone};

const COMPOUND_KEY_RESULT: Rule = Rule("compound-key-result");
const NO_MEASURE: Rule = Rule("no-measure");
const SANDBAGGED: Rule = Rule("sandbagged");

/// Words with which people begin the second thing that a title asks for.
const VERBS: &[&str] = &[
    "add",
    "agree",
    "begin",
    "build",
    "close",
    "complete",
    "create",
    "cut",
    "decide",
    "deliver",
    "design",
    "develop",
    "double",
    "draft",
    "establish",
    "expand",
    "find",
    "finish",
    "grow",
    "hire",
    "hold",
    "improve",
    "increase",
    "introduce",
    "launch",
    "lower",
    "make",
    "move",
    "open",
    "organise",
    "organize",
    "pilot",
    "prepare",
    "present",
    "publish",
    "raise",
    "recruit",
    "reduce",
    "release",
    "replace",
    "roll",
    "run",
    "sell",
    "set",
    "share",
    "ship",
    "sign",
    "start",
    "stop",
    "test",
    "train",
    "win",
    "write",
];

/// Words that promise more or less of something.
const CHANGES: &[&str] = &[
    "better", "cut", "decrease", "double", "fewer", "faster", "grow", "halve", "higher", "improve",
    "increase", "less", "lower", "more", "raise", "reduce", "shorter", "triple",
];

pub(super) const PAGES: &[Page] = &[
    Page {
        rule: COMPOUND_KEY_RESULT,
        family: Family::Coaching,
        level: Level::Advice,
        summary: "A key result whose title asks for two things.",
        why: "When one of them is done and the other is not, nobody can say how it stands. Make two \
              of it, or keep the one that tells more. What counts as two is a semicolon, or an \
              `and` before another thing to do.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route and hire a driver\"
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route\"

[kr.2]
objective = \"outreach\"
title = \"Hire a driver for nights and weekends\"
",
        fix: None,
        find: Find::Plan(compound_key_result),
    },
    Page {
        rule: NO_MEASURE,
        family: Family::Coaching,
        level: Level::Advice,
        summary: "A key result that promises more or less of something, and has no figure for it.",
        why: "More than what, and how much of it? Without a `baseline` and a `target`, whether it \
              is reached is a matter of opinion at the end. Where there is no figure to be had, \
              `progress` is at least a judgement on the way.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Lend more books from the bus\"
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Lend more books from the bus\"
baseline = 120
current = 260
target = 400
unit = \"books a month\"
",
        fix: None,
        find: Find::Plan(no_measure),
    },
    Page {
        rule: SANDBAGGED,
        family: Family::Coaching,
        level: Level::Advice,
        summary: "A committed key result at its target before half of its time is gone.",
        why: "That may be luck or good work, but a target that is reached so early says nothing for \
              the rest of the cycle. Say in a note what made it so easy, and set the next one where \
              it asks for something.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Lend 400 books a month from the bus\"
status = \"on-track\"
baseline = 120
current = 410
target = 400
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Lend 400 books a month from the bus\"
status = \"on-track\"
baseline = 120
current = 310
target = 400
",
        fix: None,
        find: Find::Plan(sandbagged),
    },
];

fn compound_key_result(context: &mut Context<'_>) {
    for (id, own) in expected(context) {
        let Some(second) = second_thing(&own.title) else {
            continue;
        };
        let at = Address::KeyResult(id.clone());
        context.add(COMPOUND_KEY_RESULT, &at, |context| {
            let message = format!("{at} asks for two things: “{second}” is another one");
            let place = context.place(&at, Some("title"));
            Diagnostic::error(COMPOUND_KEY_RESULT, place, message).help(format!(
                "make two of it with `loti add kr {} \"…\"`, or keep the one that tells more",
                own.objective
            ))
        });
    }
}

/// Returns the second thing that a title asks for, if there is one.
fn second_thing(title: &str) -> Option<&str> {
    if let Some((_, second)) = title.split_once("; ") {
        return Some(second.trim());
    }
    title.match_indices(" and ").find_map(|(at, and)| {
        let second = &title[at + and.len()..];
        let word = second.split_whitespace().next()?;
        VERBS.contains(&word).then_some(second)
    })
}

fn no_measure(context: &mut Context<'_>) {
    for (id, own) in expected(context) {
        let is_told = !matches!(own.measure(), Measure::Deliverable | Measure::Steps { .. });
        let word = own
            .title
            .split(|c: char| !c.is_alphanumeric())
            .find(|word| {
                let word = word.to_lowercase();
                CHANGES.contains(&&*word)
            });
        let Some(word) = word.filter(|_| !is_told) else {
            continue;
        };
        let at = Address::KeyResult(id.clone());
        context.add(NO_MEASURE, &at, |context| {
            let word = word.to_lowercase();
            let message = format!("{at} says “{word}”, and nothing measures it");
            let place = context.place(&at, Some("title"));
            Diagnostic::error(NO_MEASURE, place, message).help(format!(
                "`loti set {id} baseline=… target=… unit=…` gives it a figure"
            ))
        });
    }
}

fn sandbagged(context: &mut Context<'_>) {
    let today = context.today;
    let reached = |plan: &Plan, own: &KeyResult| {
        let start = plan.start_of(own)?;
        let due = plan.due_of(own)?;
        let is_measured = matches!(own.measure(), Measure::Metric { .. } | Measure::Judged(_));
        let is_early = start <= today && share_gone(start, due, today) < 0.5;
        let is_there = own.progress()? >= 100.0;
        Some(is_measured && is_early && is_there)
    };
    let plan = context.plan;
    for (id, own) in &plan.key_results {
        let is_at_work = plan
            .cycle_of(own)
            .is_some_and(|cycle| cycle.stage(context.today) != Stage::Closed);
        if own.kind() != Kind::Committed
            || own.status() == Status::Dropped
            || !is_at_work
            || reached(plan, own) != Some(true)
            || !context.is_read_around(own)
        {
            continue;
        }
        let at = Address::KeyResult(id.clone());
        context.add(SANDBAGGED, &at, |context| {
            let message = format!("{at} is at its target before half of its time");
            Diagnostic::error(SANDBAGGED, context.place(&at, None), message)
                .help("say in a note what made it so easy, and aim higher next time")
        });
    }
}

#[cfg(test)]
mod tests {
    use super::second_thing;

    #[test]
    fn a_second_thing_is_one_to_do_and_no_list_of_names() {
        for (title, second) in [
            ("Open the route and hire a driver", Some("hire a driver")),
            ("Open the route; hire a driver", Some("hire a driver")),
            ("Publish a Digital, Data and Innovation Model", None),
            ("Hire a driver for nights and weekends", None),
            ("Search and rescue", None),
        ] {
            assert_eq!(second_thing(title), second, "{title}");
        }
    }
}
