//! Whether cycles follow each other.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::catalogue::{Family, Find, Page};
use super::super::context::Context;
use super::super::levels::Level;
use crate::diagnostic::{Diagnostic, Rule};
use crate::model::{Address, Id, LeftOpen};
use crate::text::count;

const CYCLE_BACKWARDS: Rule = Rule("cycle-backwards");
const CYCLES_OVERLAP: Rule = Rule("cycles-overlap");
const ENDED_NOT_CLOSED: Rule = Rule("ended-not-closed");

/// So many days after its end a cycle is still being looked back on.
const GRACE: i64 = 14;

pub(super) const PAGES: &[Page] = &[
    Page {
        rule: CYCLE_BACKWARDS,
        family: Family::Sense,
        level: Level::Error,
        summary: "A cycle that ends before it begins.",
        why: "No day lies in it, so nothing in it is ever current, and everything is overdue. As a \
              rule one of the two years is wrong.",
        bad: "\
[cycle.q2]
name = \"Quarter 2\"
start = 2024-04-01
end = 2023-06-30

[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
cycle = \"q1\"
",
        good: "\
[cycle.q2]
name = \"Quarter 2\"
start = 2024-04-01
end = 2024-06-30

[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
cycle = \"q1\"
",
        fix: None,
        find: Find::Plan(backwards),
    },
    Page {
        rule: CYCLES_OVERLAP,
        family: Family::Sense,
        level: Level::Warning,
        summary: "Two cycles share days, and neither lies within the other.",
        why: "On those days two plans are current at once, and nobody can say which one a meeting \
              is about. A quarter within a year is fine, and so is a cycle that begins on the day \
              on which another ends.",
        bad: "\
[cycle.q2]
name = \"Quarter 2\"
start = 2024-03-15
end = 2024-06-30

[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
cycle = \"q1\"
",
        good: "\
[cycle.year]
name = \"The year\"
start = 2024-01-01
end = 2024-12-31

[cycle.q2]
name = \"Quarter 2\"
start = 2024-04-01
end = 2024-06-30

[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
cycle = \"q1\"
",
        fix: None,
        find: Find::Plan(overlap),
    },
    Page {
        rule: ENDED_NOT_CLOSED,
        family: Family::Sense,
        level: Level::Warning,
        summary: "A cycle that ended over two weeks ago with open key results, and was never \
                  closed.",
        why: "Its key results stay overdue for ever, and nobody has said what came of them. \
              Closing it keeps their status and score for good; what goes on is carried over.",
        bad: "\
[cycle.last]
name = \"Last quarter\"
start = 2023-10-01
end = 2023-12-31

[kr.1]
objective = \"outreach\"
title = \"Open the first route of the bus\"
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
status = \"on-track\"
cycle = \"last\"
score = 0.8
",
        fix: None,
        find: Find::Plan(ended_not_closed),
    },
];

fn backwards(context: &mut Context<'_>) {
    for (id, cycle) in &context.plan.cycles {
        if cycle.start <= cycle.end {
            continue;
        }
        let at = Address::Cycle(id.clone());
        context.add(CYCLE_BACKWARDS, &at, |context| {
            let message = format!("{at} ends before it begins");
            Diagnostic::error(CYCLE_BACKWARDS, context.place(&at, Some("end")), message)
                .marked("it ends here")
                .label(context.place(&at, Some("start")), "and begins here")
                .help(format!(
                    "`loti set {at} end=DATE` sets its last day, `start=DATE` its first"
                ))
        });
    }
}

/// Looks at cycles by their first days, the longer one first: one that begins within an earlier one
/// and ends after it overlaps.
fn overlap(context: &mut Context<'_>) {
    let cycles = context.plan.cycles.iter();
    let mut by_start: Vec<_> = cycles.filter(|(_, own)| own.start <= own.end).collect();
    by_start.retain(|(id, _)| context.is_read(&Address::Cycle((*id).clone())));
    by_start.sort_by_key(|(_, own)| (own.start, Reverse(own.end)));
    let mut ends: BTreeMap<NaiveDate, &Id> = BTreeMap::new();
    for (id, cycle) in by_start {
        let mut within = ends.range(cycle.start..cycle.end);
        if let Some((end, earlier)) = within.next_back().filter(|(end, _)| **end > cycle.start) {
            let (at, earlier) = (
                Address::Cycle(id.clone()),
                Address::Cycle((*earlier).clone()),
            );
            context.add(CYCLES_OVERLAP, &at, |context| {
                let start = cycle.start;
                let message = format!("{at} begins on {start}, and {earlier} runs until {end}");
                let next = end.succ_opt().unwrap_or(*end);
                Diagnostic::error(CYCLES_OVERLAP, context.place(&at, Some("start")), message)
                    .label(
                        context.place(&earlier, Some("end")),
                        format!("{earlier} ends here"),
                    )
                    .help(format!("`loti set {at} start={next}` lets it begin after"))
            });
        }
        ends.insert(cycle.end, id);
    }
}

fn ended_not_closed(context: &mut Context<'_>) {
    let (plan, today) = (context.plan, context.today);
    for left in plan.left_open(today) {
        let LeftOpen {
            id,
            cycle,
            days,
            open,
        } = left;
        // One that is to be closed on a day to come was not forgotten.
        if days <= GRACE || cycle.closed.is_some() || cycle.end < cycle.start {
            continue;
        }
        let at = Address::Cycle(id.clone());
        context.add(ENDED_NOT_CLOSED, &at, |context| {
            let open = count(open, "key result");
            let days = count(usize::try_from(days).unwrap_or_default(), "day");
            let message = format!("{at} ended {days} ago with {open} open, and is not closed");
            Diagnostic::error(ENDED_NOT_CLOSED, context.place(&at, Some("end")), message).help(
                format!(
                    "`loti cycle close {id}` asks what came of each, and closes it; `loti status \
                     --cycle {id}` shows them"
                ),
            )
        });
    }
}
