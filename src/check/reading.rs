//! Whether the file can be read, and names what is there.

use super::catalogue::{Family, Find, Page};
use super::context::Context;
use super::levels::Level;
use super::{allowances, hidden, levels};
use crate::diagnostic::Rule;

pub(super) const HIDDEN_CHARACTERS: Rule = Rule("hidden-characters");
pub(super) const UNKNOWN_RULE: Rule = Rule("unknown-rule");
pub(super) const BAD_LEVEL: Rule = Rule("bad-level");
pub(super) const UNNEEDED_ALLOWANCE: Rule = Rule("unneeded-allowance");

pub(super) const PAGES: &[Page] = &[
    Page {
        rule: HIDDEN_CHARACTERS,
        family: Family::Reading,
        level: Level::Error,
        summary: "A character that no reader sees: a control character, a change of the reading \
                  direction, a space without width.",
        why: "It can make a line look like another one to whoever reviews it. loti shows such \
              characters written out; in the file they have no use.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second\u{200b} route of the bus\"
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
",
        fix: Some("takes them out"),
        find: Find::Plan(hidden::check),
    },
    Page {
        rule: BAD_LEVEL,
        family: Family::Reading,
        level: Level::Error,
        summary: "A level in `[check]` that is none, or that its rule cannot have.",
        why: "A rule that was meant to be off would still be on, or the other way round.",
        bad: "\
[check]
levels = { stale = \"warn\" }

[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
",
        good: "\
[check]
levels = { stale = \"warning\" }

[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
",
        fix: None,
        find: Find::Plan(levels::bad_levels),
    },
    Page {
        rule: UNKNOWN_RULE,
        family: Family::Reading,
        level: Level::Error,
        summary: "A rule is named in `[check]` or in an allowance that loti does not have.",
        why: "A misspelt name switches nothing off and lets nothing pass, without a word.",
        bad: "\
[check]
levels = { over-due = \"error\" }

[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
",
        good: "\
[check]
levels = { overdue = \"error\" }

[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
",
        fix: None,
        find: Find::Plan(unknown_rules),
    },
];

/// What shows only once all other rules have looked.
pub(super) const LAST: &[Page] = &[Page {
    rule: UNNEEDED_ALLOWANCE,
    family: Family::Reading,
    level: Level::Warning,
    summary: "An allowance for a rule that finds nothing where it stands.",
    why: "It would hide the next finding of its kind, which nobody has looked at.",
    bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"on-track\"
due = 2024-02-25
allow = [{ rule = \"overdue\", why = \"The garage decides on 12 February.\" }]
",
    good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"on-track\"
due = 2024-02-05
allow = [{ rule = \"overdue\", why = \"The garage decides on 12 February.\" }]
",
    fix: None,
    find: Find::Plan(allowances::unneeded),
}];

fn unknown_rules(context: &mut Context<'_>) {
    levels::unknown_rules(context);
    allowances::unknown_rules(context);
}
