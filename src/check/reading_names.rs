//! Whether names, keys and words are those of the format, and lead somewhere.

use super::catalogue::{Family, Find, Page};
use super::levels::Level;
use crate::document::rules;

pub(super) const PAGES: &[Page] = &[
    Page {
        rule: rules::UNKNOWN_KEY,
        family: Family::Reading,
        level: Level::Error,
        summary: "A key or table that the format does not have.",
        why: "loti keeps it and passes it over: what a misspelt key was meant to say is not heard. \
              The list of all keys is in docs/format.md.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
ownr = \"transport-team\"
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
owner = \"transport-team\"
",
        fix: Some(
            "gives it the name of the only key that is near, if that is free and takes the value",
        ),
        find: Find::Reading,
    },
    Page {
        rule: rules::MISSING_KEY,
        family: Family::Reading,
        level: Level::Error,
        summary: "A table lacks a key that it cannot be without.",
        why: "A key result without a title cannot be talked about, a cycle without days is never \
              current.",
        bad: "\
[kr.1]
objective = \"outreach\"
status = \"on-track\"
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"on-track\"
",
        fix: None,
        find: Find::Reading,
    },
    Page {
        rule: rules::WRONG_TYPE,
        family: Family::Reading,
        level: Level::Error,
        summary: "A value of another kind than its key takes.",
        why: "A number in quotes is a text, and nothing can be reckoned from it. Texts stand in \
              quotes; dates, numbers, `true` and `false` do not.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
due = \"2024-03-31\"
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
due = 2024-03-31
",
        fix: Some(
            "takes the quotes off a date, a number, `true` or `false`, and puts them round a number \
             that stands for an id",
        ),
        find: Find::Reading,
    },
    Page {
        rule: rules::UNKNOWN_STATUS,
        family: Family::Reading,
        level: Level::Error,
        summary: "A word that is none of those its key takes: a status, a kind, a cadence, a \
                  visibility.",
        why: "Everybody in the team means the same by `at-risk`, since there are only six words \
              for how something stands.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"on_track\"
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"on-track\"
",
        fix: Some("writes the only word that is near"),
        find: Find::Reading,
    },
    Page {
        rule: rules::BAD_ID,
        family: Family::Reading,
        level: Level::Error,
        summary: "An id that is not made of letters, digits, `-` and `_`, or that is a word with a \
                  meaning of its own.",
        why: "Ids are typed on the command line and stand in links, where spaces and other \
              letters get in the way; `done` or `later` would mean something else there.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"

[kr.\"second route\"]
objective = \"outreach\"
title = \"Hire a driver\"
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"

[kr.second-route]
objective = \"outreach\"
title = \"Hire a driver\"
",
        fix: None,
        find: Find::Reading,
    },
    Page {
        rule: rules::DUPLICATE_ID,
        family: Family::Reading,
        level: Level::Error,
        summary: "An id or a key that is given twice.",
        why: "Two branches that each add the next number meet like this when they are merged. \
              Only one of the two would be heard, and nobody could say which.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"

[kr.1]
objective = \"outreach\"
title = \"Hire a driver\"
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"

[kr.2]
objective = \"outreach\"
title = \"Hire a driver\"
",
        fix: None,
        find: Find::Reading,
    },
    Page {
        rule: rules::UNKNOWN_REFERENCE,
        family: Family::Reading,
        level: Level::Error,
        summary: "A name for something that is not in the plan.",
        why: "A key result of an objective that is not there counts nowhere, and one in a cycle \
              that is not there is never shown. As a rule it is a slip, or the other side was \
              renamed or removed.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
needs = [\"kr.14\"]
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
needs = [\"kr.2\"]

[kr.2]
objective = \"outreach\"
title = \"Hire a driver\"
",
        fix: None,
        find: Find::Reading,
    },
    Page {
        rule: rules::DEPENDENCY_LOOP,
        family: Family::Reading,
        level: Level::Error,
        summary: "Key results or objectives that wait for, support or continue each other in a \
                  ring.",
        why: "If each waits for the next, none can begin.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
needs = [\"kr.2\"]

[kr.2]
objective = \"outreach\"
title = \"Hire a driver\"
needs = [\"kr.1\"]
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
needs = [\"kr.2\"]

[kr.2]
objective = \"outreach\"
title = \"Hire a driver\"
",
        fix: None,
        find: Find::Reading,
    },
    Page {
        rule: rules::NO_CYCLE,
        family: Family::Reading,
        level: Level::Error,
        summary: "A plan without a cycle, or a key result that does not say to which of several it \
                  belongs.",
        why: "Without a cycle nothing says when a key result begins and ends. With several, loti \
              does not guess one from a date.",
        bad: "\
[cycle.q2]
name = \"Quarter 2\"
start = 2024-04-01
end = 2024-06-30

[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
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
        find: Find::Reading,
    },
];
