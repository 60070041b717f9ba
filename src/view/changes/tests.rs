use super::{About, Changes, Remark, Sides};
use crate::change::{Unsaid, diff};
use crate::document::Document;
use crate::model::{Id, Plan, Status};
use crate::text::Source;

const PLAN: &str = "\
[plan]
name = \"Library\"
owner = \"team\"

[cycle.y]
name = \"Year\"
start = 2024-01-01
end = 2024-10-15

[theme.reach]
name = \"Reach\"

[theme.rooms]
name = \"Rooms\"

[objective.outreach]
theme = \"reach\"
name = \"Outreach\"

[objective.quiet]
theme = \"rooms\"
name = \"Quiet\"

[kr.1]
objective = \"outreach\"
title = \"Lend 400 books a month\"
status = \"on-track\"
baseline = 120
current = 260
target = 400
unit = \"books a month\"

[kr.1.milestone.route]
name = \"Second route\"
due = 2024-09-08

[kr.2]
objective = \"outreach\"
title = \"Fewer than 3 complaints\"
baseline = 12
target = 3
at-most = 20
status = \"done\"

[kr.3]
objective = \"quiet\"
title = \"A quiet room\"
visibility = \"outline\"
owner = \"ana\"
due = 2024-09-01

[person.ana]
name = \"Ana Lima\"

[person.team]
name = \"The team\"
";

fn plan(text: &str) -> Plan {
    let document = Document::read(Source::new("okrs.toml", text));
    assert!(!document.is_refused(), "{:?}", document.problems);
    document.plan
}

fn changes(after: &str) -> Changes {
    let (was, is) = (plan(PLAN), plan(after));
    Changes::new(&diff(&was, &is), Sides::whole(&was, &is), Unsaid::default())
}

/// Changes the plan of the test in some places.
fn changed(places: &[(&str, &str)]) -> Changes {
    let mut text = PLAN.to_owned();
    for (old, new) in places {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    changes(&text)
}

#[test]
fn a_change_is_told_with_what_it_means() {
    let progress = |was, is| Some(Remark::Progress([Some(was), Some(is)]));
    for (old, new, remark) in [
        ("\"on-track\"", "\"at-risk\"", None),
        ("\"on-track\"", "\"done\"", Some(Remark::Done)),
        ("\"on-track\"", "\"dropped\"", Some(Remark::Dropped)),
        ("\"done\"", "\"at-risk\"", Some(Remark::Reopened)),
        ("current = 260", "current = 330", progress(50.0, 75.0)),
        ("baseline = 120\n", "", progress(50.0, 65.0)),
        ("target = 400", "target = 300", Some(Remark::Less)),
        ("target = 400", "target = 500", Some(Remark::More)),
        // Where the figure is to fall, a lower one asks for more.
        ("target = 3", "target = 2", Some(Remark::More)),
        ("target = 3", "target = 5", Some(Remark::Less)),
        ("at-most = 20", "at-most = 30", Some(Remark::Less)),
        (
            "due = 2024-09-01",
            "due = 2024-10-17",
            Some(Remark::Later(46)),
        ),
        (
            "due = 2024-09-08",
            "due = 2024-09-01",
            Some(Remark::Later(-7)),
        ),
        // Without a day of its own it is due at the end of its cycle.
        ("due = 2024-09-01\n", "", Some(Remark::Later(44))),
        (
            "end = 2024-10-15",
            "end = 2024-12-31",
            Some(Remark::Later(77)),
        ),
        ("\"outline\"", "\"public\"", Some(Remark::More)),
        (
            "owner = \"ana\"",
            "owner = \"team\"",
            Some(Remark::HandedOver),
        ),
        (
            "objective = \"quiet\"",
            "objective = \"outreach\"",
            Some(Remark::Moved),
        ),
        (
            "due = 2024-09-08",
            "done = true\ndue = 2024-09-08",
            Some(Remark::Done),
        ),
        ("A quiet room", "Quiet rooms", None),
    ] {
        let changes = changed(&[(old, new)]);
        let told: Vec<_> = changes.told().collect();
        assert_eq!(told.len(), 1, "{new}");
        assert_eq!(told[0].remark, remark, "{new}");
    }
}

#[test]
fn what_is_named_is_told_by_its_name() {
    for (old, new, names) in [
        ("owner = \"ana\"\n", "", ["Ana Lima", "The team"]),
        (
            "objective = \"quiet\"",
            "objective = \"outreach\"",
            ["Quiet", "Outreach"],
        ),
        ("theme = \"rooms\"", "theme = \"reach\"", ["Rooms", "Reach"]),
    ] {
        let changes = changed(&[(old, new)]);
        let told = changes.told().next().unwrap();
        assert_eq!(told.names, names.map(|name| Some(name.to_owned())));
    }
    let note = "[[kr.3.note]]\non = 2024-03-01\nby = \"ana\"\ntext = \"Found one.\"\n";
    let changes = changes(&format!("{PLAN}{note}"));
    let told = changes.told().next().unwrap();
    assert_eq!(told.names, [None, Some("Ana Lima".to_owned())]);
    assert_eq!(told.note().unwrap().text, "Found one.");
}

#[test]
fn what_only_spells_out_what_held_before_is_counted() {
    let changes = changed(&[
        (
            "owner = \"ana\"",
            "owner = \"ana\"\ncycle = \"y\"\nkind = \"committed\"",
        ),
        (
            "unit =",
            "weight = 1\nowner = \"team\"\ndue = 2024-10-15\nunit =",
        ),
    ]);
    assert_eq!(changes.spelt_out, 5);
    assert!(changes.is_empty());
    // With a second cycle it has to be said, and is no news either.
    let second =
        "[cycle.z]\nname = \"Next\"\nstart = 2025-01-01\nend = 2025-12-31\n\n[theme.reach]";
    let changes = changed(&[
        ("[theme.reach]", second),
        ("[kr.1]", "[kr.1]\ncycle = \"y\""),
        ("[kr.2]", "[kr.2]\ncycle = \"z\""),
        ("[kr.3]", "[kr.3]\ncycle = \"y\""),
    ]);
    let told: Vec<_> = changes.told().map(|told| told.at.to_string()).collect();
    assert_eq!(
        (changes.spelt_out, told),
        (2, vec!["cycle.z".to_owned(), "kr.2".to_owned()])
    );
}

#[test]
fn changes_stand_in_the_order_of_the_plan() {
    let changes = changed(&[
        ("name = \"The team\"", "name = \"Our team\""),
        ("A quiet room", "Quiet rooms"),
        ("name = \"Quiet\"", "name = \"Silence\""),
        ("name = \"Second route\"", "name = \"Third route\""),
        ("current = 260", "current = 300"),
        ("name = \"Reach\"", "name = \"Reach out\""),
        ("end = 2024-10-15", "end = 2024-10-31"),
        ("name = \"Library\"", "name = \"Libraries\""),
        (
            "[kr.2]",
            "[kr.4]\nobjective = \"outreach\"\ntitle = \"New\"\n\n[kr.2]",
        ),
    ]);
    let theme = |id: &str| About::Theme(Id::new(id).unwrap());
    let groups: Vec<_> = changes
        .groups
        .iter()
        .map(|group| group.about.clone())
        .collect();
    assert_eq!(
        groups,
        [
            About::Plan,
            About::Cycles,
            theme("reach"),
            theme("rooms"),
            About::People
        ]
    );
    let at: Vec<_> = changes.told().map(|told| told.at.to_string()).collect();
    assert_eq!(
        at,
        [
            "plan",
            "cycle.y",
            "theme.reach",
            "kr.1",
            "kr.1.milestone.route",
            "kr.4",
            "objective.quiet",
            "kr.3",
            "person.team"
        ]
    );
    assert_eq!(changes.groups[2].name.as_deref(), Some("Reach out"));
}

#[test]
fn what_is_new_or_gone_is_told_whole() {
    let new = "[kr.9]\nobjective = \"quiet\"\ntitle = \"New\"\n[kr.9.milestone.m]\nname = \"M\"\n";
    let (head, tail) = PLAN.split_at(PLAN.find("[kr.1]").unwrap());
    let tail = &tail[tail.find("[kr.2]").unwrap()..];
    let changes = changes(&format!("{head}{tail}{new}"));
    let told: Vec<_> = changes
        .told()
        .map(|told| (told.title.as_str(), told.remark.clone()))
        .collect();
    assert_eq!(
        told,
        [
            (
                "Lend 400 books a month",
                Some(Remark::Gone {
                    status: Status::OnTrack,
                    progress: Some(50.0),
                })
            ),
            (
                "New",
                Some(Remark::New {
                    objective: Some("Quiet".to_owned()),
                    due: "2024-10-15".parse().ok(),
                    milestones: 1,
                })
            ),
        ]
    );
    let counts = changes.counts();
    assert_eq!((counts.added, counts.removed, counts.changed), (1, 1, 0));
}

#[test]
fn a_change_beside_a_rename_is_told_at_the_new_address() {
    let changes = changed(&[
        ("[kr.3]", "[kr.30]"),
        ("due = 2024-09-01", "due = 2024-09-02"),
    ]);
    let told: Vec<_> = changes
        .told()
        .map(|told| (told.at.to_string(), told.remark.clone()))
        .collect();
    let at = || "kr.30".to_owned();
    assert_eq!(told, [(at(), None), (at(), Some(Remark::Later(1)))]);
}
