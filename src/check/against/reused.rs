use super::comparison::Comparison;
use super::said::{named, quoted};
use crate::check::catalogue::{Family, Find, Page};
use crate::check::levels::Level;
use crate::diagnostic::{Diagnostic, Rule};

const ID_REUSED: Rule = Rule("id-reused");

pub(super) const PAGES: &[Page] = &[Page {
    rule: ID_REUSED,
    family: Family::Change,
    level: Level::Error,
    summary: "A new key result, objective, theme or cycle has the id of one that was removed.",
    why: "Whoever reads an old report, an old commit or the log of that id finds something else \
          under it. Ids cost nothing. What comes back under its own name is fine.",
    bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"

[kr.9]
objective = \"outreach\"
title = \"Write to all schools\"
",
    good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"

[kr.10]
objective = \"outreach\"
title = \"Write to all schools\"
",
    fix: None,
    find: Find::Against {
        before: "\
# Until last year `kr.9` was \"Hire a driver\".
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
",
        find: id_reused,
    },
}];

fn id_reused(comparison: &mut Comparison<'_>) {
    // It may have been there in a part that could not be read.
    if !comparison.was_whole() {
        return;
    }
    let former = comparison.former;
    for at in comparison.new_ids() {
        let (Some(was), Some(is)) = (former.get(&at), comparison.new.title(&at)) else {
            continue;
        };
        if was == is {
            continue;
        }
        comparison.add(ID_REUSED, &at, |context| {
            let message = format!("the id of {at} was that of something else");
            Diagnostic::error(ID_REUSED, context.place(&at, None), message)
                .marked(format!("was {} once", quoted(was)))
                .help(format!(
                    "`loti rename {} ID` gives it a new one",
                    named(&at)
                ))
        });
    }
}
