use super::HEAD;
use crate::change::{Unsaid, diff, unsaid};
use crate::document::Document;
use crate::model::Address;
use crate::text::Source;

const PLAN: &str = "\
[theme.t]
name = \"Reach\"

[objective.o]
theme = \"t\"
name = \"Outreach\"

# the bus
[kr.1]
objective = \"o\"
title = \"Lend books\" # per month
status = \"on-track\"

[kr.1.milestone.m]
name = \"Second route\"

[kr.1.milestone.n]
name = \"Third route\"

[kr.2]
objective = \"o\"
title = \"Read aloud\"
jira = \"LIB-2\"

[kr.3]
objective = \"o\"
title = \"Quiet rooms\"
";

fn found(after: &str) -> Unsaid {
    let read = |text: &str| Document::read(Source::new("okrs.toml", format!("{HEAD}{text}")));
    let (before, after) = (read(PLAN), read(after));
    assert!(!after.is_refused(), "{:?}", after.problems);
    unsaid(&before, &after, &diff(&before.plan, &after.plan))
}

fn moved(addresses: &[&str]) -> Vec<Address> {
    addresses.iter().map(|at| at.parse().unwrap()).collect()
}

#[test]
fn what_no_plan_says_is_told_for_what_it_is() {
    let comments = |added, removed| Unsaid {
        comments_added: added,
        comments_removed: removed,
        ..Unsaid::default()
    };
    let layout = Unsaid {
        layout: true,
        ..Unsaid::default()
    };
    for (old, new, expected) in [
        ("", "", Unsaid::default()),
        ("# the bus\n", "", comments(0, 1)),
        ("# per month", "# every month", comments(1, 1)),
        ("[kr.2]", "# aloud\n[kr.2] # two\n", comments(2, 0)),
        ("title = \"Read", "title   =  \"Read", layout.clone()),
        ("\"Read aloud\"", "'Read aloud'", layout.clone()),
        ("\n[kr.2]", "\n\n\n[kr.2]", layout.clone()),
        ("\n", "\r\n", layout.clone()),
        (
            "# the bus\n[kr.1]\nobjective = \"o\"",
            "[kr.1]\nobjective = 'o'",
            Unsaid {
                layout: true,
                ..comments(0, 1)
            },
        ),
        // Beside a change of the plan, how it is written is not told.
        (
            "status = \"on-track\"",
            "status = 'at-risk' # now",
            comments(1, 0),
        ),
    ] {
        assert_eq!(found(&PLAN.replace(old, new)), expected, "{old:?} {new:?}");
    }
}

#[test]
fn what_stands_elsewhere_is_named_and_the_rest_is_not() {
    let (before, last) = PLAN.split_at(PLAN.find("[kr.3]").unwrap());
    let (head, rest) = before.split_at(before.find("# the bus").unwrap());
    let after = format!("{head}{last}\n{rest}");
    let unsaid = found(&after);
    assert_eq!(unsaid.moved, moved(&["kr.3"]));
    assert!(!unsaid.layout && unsaid.comments_added == 0);
    // Under another id it is still the same.
    assert_eq!(
        found(&after.replace("kr.3", "kr.30")).moved,
        moved(&["kr.30"])
    );

    let milestones = PLAN
        .replace(".m]", ".x]")
        .replace(".n]", ".m]")
        .replace(".x]", ".n]");
    let milestones = milestones
        .replace("Second", "Fourth")
        .replace("Third", "Second");
    let milestones = milestones.replace("Fourth", "Third");
    assert_eq!(found(&milestones).moved, moved(&["kr.1.milestone.n"]));
}

#[test]
fn what_the_format_does_not_know_is_no_layout() {
    for (old, new, paths) in [
        ("LIB-2", "LIB-3", &["kr.2.jira"][..]),
        ("jira = \"LIB-2\"\n", "", &["kr.2.jira"]),
        ("[kr.2]", "[kr.1.x]\ny = 1\n[kr.2]", &["kr.1.x"]),
        ("[theme.t]", "[team]\nsize = 3\n[theme.t]", &["team"]),
        ("kr.2", "kr.20", &[]),
    ] {
        let unsaid = found(&PLAN.replace(old, new));
        assert_eq!(unsaid.unknown, paths, "{new}");
        assert!(!unsaid.layout);
    }
    // With what is removed goes what stood in it.
    let (start, end) = (PLAN.find("[kr.2]").unwrap(), PLAN.find("[kr.3]").unwrap());
    let removed = format!("{}{}", &PLAN[..start], &PLAN[end..]);
    assert_eq!(found(&removed).unknown, Vec::<String>::new());
}
