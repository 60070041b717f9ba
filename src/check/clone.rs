//! Whether the clone that the plan is looked at in does with it what the team agreed on.

use super::catalogue::{Family, Find, Page};
use super::context::Context;
use super::levels::Level;
use crate::diagnostic::{Diagnostic, Rule};
use crate::text::Span;

const MERGE_DRIVER_MISSING: Rule = Rule("merge-driver-missing");

pub(super) const PAGES: &[Page] = &[Page {
    rule: MERGE_DRIVER_MISSING,
    family: Family::Habit,
    level: Level::Warning,
    summary: "`.gitattributes` says that loti merges the plan, and this clone's git does not know \
              how.",
    why: "git says nothing of it and merges by lines: two notes on one key result are a conflict, \
          and two key results that were given one id are both taken. What a driver runs is never \
          part of a clone, so that each needs `loti merge install` once. Silent outside of a \
          repository, and where the variable `CI` is set: nobody merges there.",
    bad: "\
# .gitattributes
/okrs.toml merge=loti diff=loti
",
    good: "\
# .gitattributes
/okrs.toml merge=loti diff=loti

# .git/config
[merge \"loti\"]
driver = loti merge driver -- %O %A %B %L %P %S %X %Y
",
    fix: None,
    find: Find::Clone(merge_driver_missing),
}];

fn merge_driver_missing(context: &mut Context<'_>) {
    if !context.lacks_driver {
        return;
    }
    // What a clone does not know is no fault of the plan, where an allowance would stand.
    context.keep(MERGE_DRIVER_MISSING, |context| {
        let text = context.document.source.text();
        let line = text.lines().next().unwrap_or_default();
        Diagnostic::error(
            MERGE_DRIVER_MISSING,
            Span::new(0, line.trim_end().len()),
            "`.gitattributes` has this file merged by loti, and this clone does not know how",
        )
        .help("`loti merge install` tells it; until then git merges by lines")
    });
}
