use super::comparison::Comparison;
use super::said::quoted;
use crate::check::catalogue::{Family, Find, Page};
use crate::check::levels::Level;
use crate::diagnostic::{Diagnostic, Rule};
use crate::model::Address;
use crate::text::Span;

const KR_REMOVED: Rule = Rule("kr-removed");

pub(super) const PAGES: &[Page] = &[Page {
    rule: KR_REMOVED,
    family: Family::Change,
    level: Level::Error,
    summary: "A key result is no longer in the plan.",
    why: "With it goes what was promised, what came of it and every note, and the counts look \
          better than they are. What is given up is dropped, and stays. Another id for the same \
          title and objective is a rename. An objective may go once it has no key results; a step \
          that goes is told of by `goalpost-moved`.",
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
title = \"Write to all schools\"
status = \"dropped\"

[[kr.2.note]]
on = 2024-02-06
text = \"The council writes to them itself.\"
",
    fix: None,
    find: Find::Against {
        before: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"

[kr.2]
objective = \"outreach\"
title = \"Write to all schools\"
",
        find: kr_removed,
    },
}];

fn kr_removed(comparison: &mut Comparison<'_>) {
    // Something may stand in a part that could not be read.
    if !comparison.is_whole() {
        return;
    }
    let (old, new) = (comparison.old, comparison.new);
    for (id, own) in &old.key_results {
        if new.key_results.contains_key(id) {
            continue;
        }
        let at = Address::KeyResult(id.clone());
        let stood = comparison.then(&format!("it stood here, {},", own.status()));
        comparison.add_gone(KR_REMOVED, &at, |context| {
            let place = match new.objectives.get(&own.objective) {
                Some(_) => context.place(&Address::Objective(own.objective.clone()), None),
                None => Span::default(),
            };
            let message = format!("{at} {} is gone", quoted(&own.title));
            Diagnostic::error(KR_REMOVED, place, message)
                .marked(stood)
                .help(format!(
                    "put it back; where it was given up, `loti set {id} dropped -m \"…\"` says so \
                     and why"
                ))
        });
    }
}
