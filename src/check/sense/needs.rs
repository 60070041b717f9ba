//! Whether what a key result waits for will come.

use super::super::catalogue::{Family, Find, Page};
use super::super::context::Context;
use super::super::levels::Level;
use crate::diagnostic::{Diagnostic, Rule};
use crate::model::{Address, Status};

const NEEDS_DROPPED: Rule = Rule("needs-dropped");

pub(super) const PAGES: &[Page] = &[Page {
    rule: NEEDS_DROPPED,
    family: Family::Sense,
    level: Level::Warning,
    summary: "An open key result that needs one which was dropped.",
    why: "It waits for something that will not come. Whoever dropped the other one may not know \
          that somebody counted on it.",
    bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
needs = [\"kr.2\"]

[kr.2]
objective = \"outreach\"
title = \"Hire a driver\"
status = \"dropped\"

[[kr.2.note]]
on = 2024-02-06
text = \"The council has frozen all posts.\"
",
    good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
needs = [\"kr.2\"]

[kr.2]
objective = \"outreach\"
title = \"Hire a driver\"
status = \"at-risk\"

[[kr.2.note]]
on = 2024-02-06
text = \"The council may freeze all posts.\"
",
    fix: None,
    find: Find::Plan(needs_dropped),
}];

fn needs_dropped(context: &mut Context<'_>) {
    let (plan, today) = (context.plan, context.today);
    for (id, own) in &plan.key_results {
        if own.needs.is_empty() || !plan.is_open(own, today) || !context.is_read_around(own) {
            continue;
        }
        for (item, needed) in own.needs.iter().enumerate() {
            let Address::KeyResult(other) = needed else {
                continue;
            };
            let dropped = plan.key_results.get(other);
            let is_dropped = dropped.is_some_and(|other| other.status() == Status::Dropped);
            if !is_dropped || !context.is_read(needed) {
                continue;
            }
            let at = Address::KeyResult(id.clone());
            context.add(NEEDS_DROPPED, &at, |context| {
                let message = format!("{at} needs {needed}, which was dropped");
                let place = context.item(&at, "needs", item, None);
                Diagnostic::error(NEEDS_DROPPED, place, message)
                    .label(context.place(needed, Some("status")), "dropped here")
                    .help(format!(
                        "`loti set {id} needs-={needed}` if it can do without"
                    ))
                    .help(format!("`loti set {id} dropped -m \"…\"` if it cannot"))
            });
        }
    }
}
