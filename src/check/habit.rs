//! Whether the plan is looked after.

use super::catalogue::{Family, Find, Page};
use super::context::Context;
use super::levels::Level;
use crate::diagnostic::{Diagnostic, Rule};
use crate::model::{Address, KeyResult, OnTrack, Status};
use crate::text::count;

const NO_OWNER: Rule = Rule("no-owner");
const STALE: Rule = Rule("stale");
const OVERDUE: Rule = Rule("overdue");
const LATE_TO_START: Rule = Rule("late-to-start");
const OPTIMISTIC_STATUS: Rule = Rule("optimistic-status");
const AT_RISK_WITHOUT_NOTE: Rule = Rule("at-risk-without-note");
const DROPPED_WITHOUT_NOTE: Rule = Rule("dropped-without-note");
const DONE_WITHOUT_EVIDENCE: Rule = Rule("done-without-evidence");

pub(super) const PAGES: &[Page] = &[
    Page {
        rule: NO_OWNER,
        family: Family::Habit,
        level: Level::Warning,
        summary: "An open key result for which nobody answers.",
        why: "What everybody owns nobody moves: name one person or team, on the key result, its \
              objective, its theme or the plan.",
        bad: "\
[plan]
name = \"Harbour Library\"

[cycle.q1]
name = \"Quarter 1\"
start = 2024-01-01
end = 2024-03-31

[theme.reach]
name = \"Reach\"

[objective.outreach]
theme = \"reach\"
name = \"Outreach\"

[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
",
        good: "\
[plan]
name = \"Harbour Library\"
owner = \"library-team\"

[cycle.q1]
name = \"Quarter 1\"
start = 2024-01-01
end = 2024-03-31

[theme.reach]
name = \"Reach\"

[objective.outreach]
theme = \"reach\"
name = \"Outreach\"

[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
",
        fix: None,
        find: Find::Plan(no_owner),
    },
    Page {
        rule: STALE,
        family: Family::Habit,
        level: Level::Warning,
        summary: "An open key result that was not heard of for longer than its cadence allows.",
        why: "A status that nobody renews is taken for a fact. A note says what is new; `checked` \
              with a day says that somebody looked and nothing had changed.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"on-track\"
cadence = \"weekly\"

[[kr.1.note]]
on = 2024-01-20
text = \"The driver is hired.\"
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"on-track\"
cadence = \"weekly\"
checked = 2024-02-08

[[kr.1.note]]
on = 2024-01-20
text = \"The driver is hired.\"
",
        fix: None,
        find: Find::Plan(stale),
    },
    Page {
        rule: OVERDUE,
        family: Family::Habit,
        level: Level::Warning,
        summary: "An open key result past its due day.",
        why: "A day that has passed says nothing any more: finish it, give it up, or agree on a \
              new day and say why in a note.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"on-track\"
due = 2024-02-05
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"on-track\"
due = 2024-02-25
",
        fix: None,
        find: Find::Plan(overdue),
    },
    Page {
        rule: LATE_TO_START,
        family: Family::Habit,
        level: Level::Warning,
        summary: "More than half of the time is gone, and nobody has begun.",
        why: "What is begun in the second half is rarely finished in it. Begin, or say that it \
              will not be done.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
due = 2024-02-29
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"on-track\"
due = 2024-02-29
",
        fix: None,
        find: Find::Plan(late_to_start),
    },
    Page {
        rule: OPTIMISTIC_STATUS,
        family: Family::Habit,
        level: Level::Warning,
        summary: "The status is better than the figures suggest.",
        why: "The figures lag behind the time gone. Either the status is out of date, or the \
              team knows something that a note should say.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Lend 400 books a month from the bus\"
status = \"on-track\"
baseline = 120
current = 130
target = 400
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Lend 400 books a month from the bus\"
status = \"on-track\"
baseline = 120
current = 260
target = 400
",
        fix: None,
        find: Find::Plan(optimistic_status),
    },
    Page {
        rule: AT_RISK_WITHOUT_NOTE,
        family: Family::Habit,
        level: Level::Warning,
        summary: "A key result is at risk or off track, and no note says why.",
        why: "Whoever could help has to know with what. Say in a note what is in the way and what \
              would change it.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"at-risk\"
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"at-risk\"

[[kr.1.note]]
on = 2024-02-06
text = \"The garage has no space for a second bus before April.\"
",
        fix: None,
        find: Find::Plan(at_risk_without_note),
    },
    Page {
        rule: DROPPED_WITHOUT_NOTE,
        family: Family::Habit,
        level: Level::Warning,
        summary: "A key result was dropped, and no note says why.",
        why: "To give something up is a decision. Its reason is what the next plan can learn from.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"dropped\"
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"dropped\"

[[kr.1.note]]
on = 2024-02-06
text = \"The council runs a line there from March.\"
",
        fix: None,
        find: Find::Plan(dropped_without_note),
    },
    Page {
        rule: DONE_WITHOUT_EVIDENCE,
        family: Family::Habit,
        level: Level::Off,
        summary: "A key result is done, and neither evidence, a link nor a note shows it.",
        why: "What is published, launched or agreed can be looked at: say where, so that nobody \
              has to take it on trust. Off unless a team asks for it in `[check]`.",
        bad: "\
[check]
levels = { done-without-evidence = \"warning\" }

[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"done\"
",
        good: "\
[check]
levels = { done-without-evidence = \"warning\" }

[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"done\"
evidence = [\"https://example.org/routes/2\"]
",
        fix: None,
        find: Find::Plan(done_without_evidence),
    },
];

fn no_owner(context: &mut Context<'_>) {
    let (plan, today) = (context.plan, context.today);
    for (id, own) in &plan.key_results {
        if plan.owner_of(own).is_some()
            || !plan.is_expected(own, today)
            || !context.is_read_around(own)
        {
            continue;
        }
        let at = Address::KeyResult(id.clone());
        context.add(NO_OWNER, &at, |context| {
            let message = format!("nobody answers for {at}");
            Diagnostic::error(NO_OWNER, context.place(&at, None), message)
                .help("add a line `owner = …` here, to its objective, its theme or [plan]")
        });
    }
}

fn stale(context: &mut Context<'_>) {
    let (plan, today) = (context.plan, context.today);
    for (id, own) in &plan.key_results {
        let Some(days) = plan.days_silent(own, today) else {
            continue;
        };
        if !context.is_read_around(own) {
            continue;
        }
        let at = Address::KeyResult(id.clone());
        context.add(STALE, &at, |context| {
            let days = count(usize::try_from(days).unwrap_or_default(), "day");
            let message = format!("{at} was not heard of for {days}");
            Diagnostic::error(STALE, context.place(&at, None), message)
                .help(format!("`loti note {id} \"…\"` says what is new"))
                .help(format!(
                    "`loti set {id} checked={today}` says that nothing has changed"
                ))
        });
    }
}

fn overdue(context: &mut Context<'_>) {
    let (plan, today) = (context.plan, context.today);
    for (id, own) in &plan.key_results {
        let (Some(days), Some(due)) = (plan.days_overdue(own, today), plan.due_of(own)) else {
            continue;
        };
        // Of an ended cycle it is said once, by whoever closes it.
        if own.due.is_none() || !context.is_read_around(own) {
            continue;
        }
        let at = Address::KeyResult(id.clone());
        context.add(OVERDUE, &at, |context| {
            let days = count(usize::try_from(days).unwrap_or_default(), "day");
            let message = format!("{at} was due on {due}, {days} ago");
            Diagnostic::error(OVERDUE, context.place(&at, Some("due")), message)
                .help(format!("`loti set {id} done` if it is finished"))
                .help(format!(
                    "`loti set {id} due=DATE -m \"…\"` moves it and says why"
                ))
        });
    }
}

fn late_to_start(context: &mut Context<'_>) {
    let (plan, today) = (context.plan, context.today);
    for (id, own) in &plan.key_results {
        // Past its due day it is overdue, which says more.
        if plan.on_track(own, today) != Some(OnTrack::LateToStart)
            || plan.days_overdue(own, today).is_some()
            || !context.is_read_around(own)
        {
            continue;
        }
        let at = Address::KeyResult(id.clone());
        context.add(LATE_TO_START, &at, |context| {
            let message = format!("{at} is not started, and over half its time is gone");
            Diagnostic::error(LATE_TO_START, context.place(&at, Some("status")), message)
                .help(format!("`loti set {id} on-track` if somebody has begun"))
        });
    }
}

fn optimistic_status(context: &mut Context<'_>) {
    let (plan, today) = (context.plan, context.today);
    for (id, own) in &plan.key_results {
        let Some(OnTrack::Behind(pace)) = plan.on_track(own, today) else {
            continue;
        };
        // That a progress of 0.4 is no percentage is said in its own right.
        if own
            .progress
            .is_some_and(|progress| progress.0.meant_as_share().is_some())
        {
            continue;
        }
        let Some(suggests) = pace.suggests.filter(|_| context.is_read_around(own)) else {
            continue;
        };
        let at = Address::KeyResult(id.clone());
        context.add(OPTIMISTIC_STATUS, &at, |context| {
            let points = (-pace.points).floor();
            let message = format!(
                "{at} is said to be {}, and is {points} points behind the time gone",
                own.status()
            );
            Diagnostic::error(
                OPTIMISTIC_STATUS,
                context.place(&at, Some("status")),
                message,
            )
            .help(format!(
                "`loti set {id} {suggests} -m \"…\"`, or bring its figures up to date"
            ))
        });
    }
}

fn at_risk_without_note(context: &mut Context<'_>) {
    // How what is closed ended is said by its grade.
    let (plan, today) = (context.plan, context.today);
    without_note(context, AT_RISK_WITHOUT_NOTE, |own| {
        own.status().is_trouble() && plan.is_open(own, today)
    });
}

fn dropped_without_note(context: &mut Context<'_>) {
    without_note(context, DROPPED_WITHOUT_NOTE, |own| {
        own.status() == Status::Dropped
    });
}

fn without_note(context: &mut Context<'_>, rule: Rule, is_meant: impl Fn(&KeyResult) -> bool) {
    for (id, own) in &context.plan.key_results {
        let status = own.status();
        if !is_meant(own) || !own.note.is_empty() {
            continue;
        }
        let at = Address::KeyResult(id.clone());
        context.add(rule, &at, |context| {
            let message = format!("{at} is {status}, and no note says why");
            Diagnostic::error(rule, context.place(&at, Some("status")), message)
                .help(format!("`loti note {id} \"…\"` says it"))
        });
    }
}

fn done_without_evidence(context: &mut Context<'_>) {
    for (id, own) in &context.plan.key_results {
        let is_shown = !own.evidence.is_empty() || !own.links.is_empty() || !own.note.is_empty();
        if own.status() != Status::Done || is_shown {
            continue;
        }
        let at = Address::KeyResult(id.clone());
        context.add(DONE_WITHOUT_EVIDENCE, &at, |context| {
            let message = format!("{at} is done, and nothing shows it");
            Diagnostic::error(
                DONE_WITHOUT_EVIDENCE,
                context.place(&at, Some("status")),
                message,
            )
            .help(format!("`loti set {id} evidence+=ADDRESS` names what does"))
        });
    }
}
