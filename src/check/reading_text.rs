//! Whether the text is TOML that any reader takes.

use super::catalogue::{Family, Find, Page};
use super::levels::Level;
use crate::document::rules;

pub(super) const PAGES: &[Page] = &[
    Page {
        rule: rules::TOML_SYNTAX,
        family: Family::Reading,
        level: Level::Error,
        summary: "A place at which the file is not TOML.",
        why: "What stands there cannot be read, by loti or by any other program. Nearly always it \
              is a quote, a bracket or an equals sign that is missing.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = Open the second route of the bus
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
",
        fix: None,
        find: Find::Reading,
    },
    Page {
        rule: rules::CONFLICT_MARKERS,
        family: Family::Reading,
        level: Level::Error,
        summary: "The marks of a merge that nobody finished.",
        why: "Two people changed the same lines, and git asks which of them holds. Until somebody \
              decides, the file says neither.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
<<<<<<< HEAD
status = \"on-track\"
=======
status = \"at-risk\"
>>>>>>> bus
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
        rule: rules::TOML_1_1,
        family: Family::Reading,
        level: Level::Warning,
        summary: "A way of writing that came with TOML 1.1, and that older readers refuse.",
        why: "loti reads it. A script or an editor of somebody else on the team may not.",
        bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
links = [{ name = \"Route\", url = \"https://example.org/route\", }]
",
        good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
links = [{ name = \"Route\", url = \"https://example.org/route\" }]
",
        fix: None,
        find: Find::Reading,
    },
];
