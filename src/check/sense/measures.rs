//! Whether what measures a key result can measure it.

use super::super::catalogue::{Family, Find, Page};
use super::super::context::Context;
use super::super::levels::Level;
use crate::diagnostic::{Diagnostic, Rule};
use crate::model::{Address, KeyResult, Number};

const TARGET_EQUALS_BASELINE: Rule = Rule("target-equals-baseline");
const TWO_MEASURES: Rule = Rule("two-measures");
const GUARDRAIL_CROSSED: Rule = Rule("guardrail-crossed");
const LINES_OUT_OF_ORDER: Rule = Rule("lines-out-of-order");

pub(super) const PAGES: &[Page] = &[
    Page {
        rule: TARGET_EQUALS_BASELINE,
        family: Family::Sense,
        level: Level::Error,
        summary: "A metric whose target is where it began.",
        why: "There is no way to go, so nothing can be said of how far it has come. A baseline is \
              0 where none is written: what is to fall to 0 needs one.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Lend 400 books a month from the bus\"
baseline = 400
current = 400
target = 400
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Lend 400 books a month from the bus\"
baseline = 120
current = 400
target = 400
",
        fix: None,
        find: Find::Plan(target_equals_baseline),
    },
    Page {
        rule: TWO_MEASURES,
        family: Family::Sense,
        level: Level::Error,
        summary: "A key result that is measured in two ways at once.",
        why: "Only one of them counts, and readers cannot tell which: a figure on its way to a \
              target, a judged percentage, bounds to keep within, or something kept up.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Lend 400 books a month from the bus\"
baseline = 120
current = 260
target = 400
progress = 70
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Lend 400 books a month from the bus\"
baseline = 120
current = 260
target = 400
",
        fix: None,
        find: Find::Plan(two_measures),
    },
    Page {
        rule: GUARDRAIL_CROSSED,
        family: Family::Sense,
        level: Level::Error,
        summary: "A guardrail whose lower bound lies above its upper one.",
        why: "No figure can keep it, so it reads as broken for ever. As a rule the two are the \
              wrong way round.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Keep the bus on the road\"
at-least = 30
at-most = 20
unit = \"days a month\"
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Keep the bus on the road\"
at-least = 20
at-most = 30
unit = \"days a month\"
",
        fix: None,
        find: Find::Plan(guardrail_crossed),
    },
    Page {
        rule: LINES_OUT_OF_ORDER,
        family: Family::Sense,
        level: Level::Warning,
        summary: "A `commit` beyond the target, or a `stretch` short of it.",
        why: "What was promised comes first, then the target, then what is hoped for. In another \
              order it would be said that the hope came true before the promise was kept.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Lend 400 books a month from the bus\"
baseline = 120
current = 260
target = 400
stretch = 350
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Lend 400 books a month from the bus\"
baseline = 120
current = 260
target = 400
stretch = 450
",
        fix: None,
        find: Find::Plan(lines_out_of_order),
    },
];

fn target_equals_baseline(context: &mut Context<'_>) {
    for (id, own) in &context.plan.key_results {
        let Some(target) = own.target else {
            continue;
        };
        if target != own.baseline.unwrap_or(Number::Integer(0)) {
            continue;
        }
        let at = Address::KeyResult(id.clone());
        context.add(TARGET_EQUALS_BASELINE, &at, |context| {
            let target_at = context.place(&at, Some("target"));
            if own.baseline.is_none() {
                let message =
                    format!("the target of {at} is 0, where it began: it has no baseline");
                return Diagnostic::error(TARGET_EQUALS_BASELINE, target_at, message).help(
                    format!("`loti set {id} baseline=NUMBER` says where it began"),
                );
            }
            let message = format!("the target of {at} is {target}, and so is its baseline");
            Diagnostic::error(TARGET_EQUALS_BASELINE, target_at, message)
                .label(context.place(&at, Some("baseline")), "it began here")
                .help(format!(
                    "`loti set {id} baseline=NUMBER` says where it began, `target=NUMBER` where \
                     it is to get"
                ))
        });
    }
}

fn two_measures(context: &mut Context<'_>) {
    for (id, own) in &context.plan.key_results {
        let Some((counts, idle)) = clash(own) else {
            continue;
        };
        let at = Address::KeyResult(id.clone());
        context.add(TWO_MEASURES, &at, |context| {
            let message = format!("{at} has `{idle}` and `{counts}`: only `{counts}` counts");
            Diagnostic::error(TWO_MEASURES, context.place(&at, Some(idle)), message)
                .marked("this does not count")
                .label(context.place(&at, Some(counts)), "this does")
                .help(format!(
                    "`loti set {id} {idle}=` takes the one out, `loti set {id} {counts}=` the other"
                ))
        });
    }
}

/// Returns a key that measures a key result, and another one that measures it in another way and is
/// passed over.
fn clash(own: &KeyResult) -> Option<(&'static str, &'static str)> {
    let first = |keys: &[(&'static str, bool)]| {
        let mut keys = keys.iter();
        keys.find(|(_, is_there)| *is_there).map(|(key, _)| *key)
    };
    let kept_up = first(&[("ongoing", own.is_ongoing())]);
    let bounds = first(&[
        ("at-least", own.at_least.is_some()),
        ("at-most", own.at_most.is_some()),
    ]);
    let aimed_at = first(&[
        ("target", own.target.is_some()),
        ("stretch", own.stretch.is_some()),
        ("commit", own.commit.is_some()),
    ]);
    let figure = first(&[
        ("baseline", own.baseline.is_some()),
        ("current", own.current.is_some()),
    ]);
    let judged = first(&[("progress", own.progress.is_some())]);
    // A figure without a target may go with anything but a judgement.
    let idle = match (kept_up.or(bounds), aimed_at.or(figure)) {
        (Some(_), _) => aimed_at.or(judged),
        (None, Some(_)) => judged,
        (None, None) => None,
    };
    let counts = kept_up.or(bounds).or(aimed_at).or(figure);
    counts.zip(idle)
}

fn guardrail_crossed(context: &mut Context<'_>) {
    for (id, own) in &context.plan.key_results {
        let (Some(least), Some(most)) = (own.at_least, own.at_most) else {
            continue;
        };
        if least <= most {
            continue;
        }
        let at = Address::KeyResult(id.clone());
        context.add(GUARDRAIL_CROSSED, &at, |context| {
            let message = format!("no figure is at least {least} and at most {most}");
            let place = context.place(&at, Some("at-least"));
            Diagnostic::error(GUARDRAIL_CROSSED, place, message)
                .label(context.place(&at, Some("at-most")), "the upper bound")
                .help(format!(
                    "`loti set {id} at-least={most} at-most={least}` puts them the other way round"
                ))
        });
    }
}

fn lines_out_of_order(context: &mut Context<'_>) {
    for (id, own) in &context.plan.key_results {
        let baseline = own.baseline.unwrap_or(Number::Integer(0));
        let Some(target) = own.target.filter(|target| *target != baseline) else {
            continue;
        };
        let is_falling = target < baseline;
        let is_beyond = |a: Number, b: Number| if is_falling { a < b } else { a > b };
        let commit = own.commit.filter(|commit| is_beyond(*commit, target));
        let stretch = own.stretch.filter(|stretch| is_beyond(target, *stretch));
        let commit = commit.map(|line| (line, "commit", "beyond"));
        let stretch = stretch.map(|line| (line, "stretch", "short of"));
        for (line, key, where_to) in commit.into_iter().chain(stretch) {
            let at = Address::KeyResult(id.clone());
            context.add(LINES_OUT_OF_ORDER, &at, |context| {
                let message = format!("the `{key}` of {at}, {line}, is {where_to} its target");
                Diagnostic::error(LINES_OUT_OF_ORDER, context.place(&at, Some(key)), message)
                    .label(context.place(&at, Some("target")), "the target")
                    .help(format!(
                        "`loti set {id} {key}=NUMBER`: the promise comes first, then the target, \
                         then the stretch"
                    ))
            });
        }
    }
}
