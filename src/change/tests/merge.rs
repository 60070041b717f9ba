//! Merging, by example: base, ours, theirs, and what becomes of them.

use crate::change::merge::{Marks, Merged, Options, Prefer, Side, Texts, merge};

mod conflicts;
mod ids;
mod laws;
mod layouts;
mod styles;

/// A plan in the usual layout, which the examples change.
const PLAN: &str = "\
#:schema ./okrs.schema.json

# The plan of the library.
[plan]
name = \"P\"

[cycle.c]
name = \"C\"
start = 2024-01-01
end = 2024-12-31

# Whom we reach
[theme.t]
name = \"Reach\"

[objective.o]
theme = \"t\"
name = \"Outreach\"

[objective.p]
theme = \"t\"
name = \"Rooms\"

[kr.1]
objective = \"o\"
title = \"Lend books\"
status = \"on-track\"
current = 3
tags = [\"a\", \"b\"]

[kr.1.milestone.m]
name = \"Route\"

[[kr.1.note]]
on = 2024-02-01
text = \"First\"

[kr.2]
objective = \"o\"
title = \"Read aloud\"
needs = [\"1\"]
";

/// A text in the place of others: each pair is what stands there and what is to.
pub(super) fn with(changes: &[(&str, &str)]) -> String {
    let mut text = PLAN.to_owned();
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    text
}

pub(super) fn merged(base: &str, ours: &str, theirs: &str) -> Merged {
    merge(Texts { base, ours, theirs }, &Options::default())
}

/// Merges without a conflict, in both directions and with other line endings.
#[track_caller]
pub(super) fn check(base: &str, ours: &str, theirs: &str, expected: &str) {
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let bom = |text: &str| format!("\u{feff}{text}");
    let open = |text: &str| text.trim_end_matches('\n').to_owned();
    let plain = |text: &str| text.to_owned();
    for (number, change) in [&plain as &dyn Fn(&str) -> String, &crlf, &bom, &open]
        .into_iter()
        .enumerate()
    {
        let [base, ours, theirs, expected] = [base, ours, theirs, expected].map(change);
        let merged = merged(&base, &ours, &theirs);
        assert!(merged.is_clean(), "{number}: {:#?}", merged.conflicts);
        let text = merged.text(&Marks::default());
        assert_eq!(text, expected, "{number}");
    }
}

/// Merges changes of the plan of the examples.
#[track_caller]
pub(super) fn check_with(
    ours: &[(&str, &str)],
    theirs: &[(&str, &str)],
    expected: &[(&str, &str)],
) {
    check(PLAN, &with(ours), &with(theirs), &with(expected));
}

/// Merges to a text with conflicts, and tells of them in words.
#[track_caller]
pub(super) fn check_conflict(base: &str, ours: &str, theirs: &str, expected: &str, told: &[&str]) {
    let merged = merged(base, ours, theirs);
    let marks = Marks {
        base: Some("base"),
        ..Marks::default()
    };
    assert_eq!(merged.text(&marks), expected);
    let words: Vec<String> = merged.conflicts.iter().map(ToString::to_string).collect();
    assert_eq!(words, told);
}

#[test]
fn what_one_side_left_alone_is_taken_from_the_other() {
    let changed = with(&[
        ("current = 3", "current = 4 # counted"),
        ("[kr.2]", "# why\n[kr.2]"),
    ]);
    for (base, ours, theirs) in [
        (PLAN, PLAN, &*changed),
        (PLAN, &*changed, PLAN),
        (PLAN, &*changed, &*changed),
        ("", "", &*changed),
        ("a = [", "a = [", &*changed),
    ] {
        let merged = merged(base, ours, theirs);
        assert!(merged.is_clean());
        assert_eq!(merged.side(Side::Ours), changed);
        assert_eq!(merged.notices, []);
    }
}

#[test]
fn keys_of_one_table_merge() {
    check_with(
        &[("status = \"on-track\"", "status = \"at-risk\"")],
        &[("current = 3", "current = 4")],
        &[
            ("status = \"on-track\"", "status = \"at-risk\""),
            ("current = 3", "current = 4"),
        ],
    );
    // Added, removed, and with a comment of their own.
    check_with(
        &[
            ("status = \"on-track\"\n", ""),
            ("current = 3\n", "current = 3\ntarget = 5\n"),
        ],
        &[(
            "current = 3\n",
            "# since May\ncurrent = 4 # counted\ndue = 2024-05-01\n",
        )],
        &[
            ("status = \"on-track\"\n", ""),
            (
                "current = 3\n",
                "# since May\ncurrent = 4 # counted\ntarget = 5\ndue = 2024-05-01\n",
            ),
        ],
    );
}

#[test]
fn notes_and_milestones_of_one_key_result_merge() {
    check_with(
        &[(
            "[kr.2]",
            "[[kr.1.note]]\non = 2024-03-01\ntext = \"Ours\"\n\n[kr.2]",
        )],
        &[(
            "[kr.2]",
            "[[kr.1.note]]\non = 2024-03-01\ntext = \"Theirs\"\n\n[kr.2]",
        )],
        &[(
            "[kr.2]",
            "[[kr.1.note]]\non = 2024-03-01\ntext = \"Ours\"\n\n\
             [[kr.1.note]]\non = 2024-03-01\ntext = \"Theirs\"\n\n[kr.2]",
        )],
    );
    // One that both wrote is there once; one that is worded anew goes and comes.
    check_with(
        &[(
            "[kr.2]",
            "[[kr.1.note]]\non = 2024-03-01\ntext = \"Both\"\n\n[kr.2]",
        )],
        &[
            (
                "[kr.2]",
                "[[kr.1.note]]\non = 2024-03-01\ntext = 'Both'\n\n[kr.2]",
            ),
            ("\"First\"", "\"The first\""),
        ],
        &[
            (
                "[kr.2]",
                "[[kr.1.note]]\non = 2024-03-01\ntext = \"Both\"\n\n[kr.2]",
            ),
            ("\"First\"", "\"The first\""),
        ],
    );
    check_with(
        &[("name = \"Route\"\n", "name = \"Route\"\ndone = true\n")],
        &[(
            "name = \"Route\"\n",
            "name = \"Second route\"\n\n[kr.1.milestone.n]\nname = \"Next\"\n",
        )],
        &[(
            "name = \"Route\"\n",
            "name = \"Second route\"\ndone = true\n\n[kr.1.milestone.n]\nname = \"Next\"\n",
        )],
    );
}

#[test]
fn lists_merge_as_sets() {
    for (ours, theirs, expected) in [
        (r#"["a", "b", "c"]"#, r#"["b", "d"]"#, r#"["b", "c", "d"]"#),
        (r#"["b"]"#, r#"["a"]"#, ""),
        (
            r#"["b", "a", "c"]"#,
            r#"["a", "b", "c", "d"]"#,
            r#"["b", "a", "c", "d"]"#,
        ),
        (
            "[\n  \"a\", # one\n  \"b\",\n]",
            r#"["a", "b", "c"]"#,
            "[\n  \"a\", # one\n  \"b\",\n  \"c\",\n]",
        ),
        ("", r#"["a", "b", "c"]"#, r#"["c"]"#),
    ] {
        let line = |list: &str| match list {
            "" => String::new(),
            list => format!("tags = {list}\n"),
        };
        let old = "tags = [\"a\", \"b\"]\n";
        check_with(
            &[(old, &line(ours))],
            &[(old, &line(theirs))],
            &[(old, &line(expected))],
        );
    }
    let old = "needs = [\"1\"]";
    check_with(
        &[(old, "needs = [\"1\", \"objective.p\"]")],
        &[(old, "needs = [\"kr.1\", \"theme.t\"]")],
        &[(old, "needs = [\"1\", \"objective.p\", \"theme.t\"]")],
    );
}

#[test]
fn the_later_day_of_a_check_stands() {
    check_with(
        &[("current = 3\n", "current = 3\nchecked = 2024-03-01\n")],
        &[(
            "current = 3\n",
            "current = 3\nchecked = 2024-04-01 # again\n",
        )],
        &[(
            "current = 3\n",
            "# again\ncurrent = 3\nchecked = 2024-04-01\n",
        )]
        .map(|_| {
            (
                "current = 3\n",
                "current = 3\nchecked = 2024-04-01 # again\n",
            )
        }),
    );
}

#[test]
fn what_is_added_stands_behind_what_it_follows() {
    let kr = |id: &str, title: &str| {
        format!(
            "\n[kr.{id}]\nobjective = \"o\"\ntitle = \"{title}\"\n\n[[kr.{id}.note]]\non = 2024-03-01\ntext = \"{title}\"\n"
        )
    };
    let end = "needs = [\"1\"]\n";
    let behind = |text: &str| format!("{end}{text}");
    check_with(
        &[(end, &behind(&kr("3", "Ours")))],
        &[(end, &behind(&kr("4", "Theirs")))],
        &[(end, &behind(&(kr("3", "Ours") + &kr("4", "Theirs"))))],
    );
    // A note of theirs stands with its own table, whatever ours put behind that.
    let note = "\n[[kr.2.note]]\non = 2024-03-01\ntext = \"x\"\n";
    check_with(
        &[(end, &behind(&kr("3", "Ours")))],
        &[(end, &behind(note))],
        &[(end, &behind(&format!("{note}{}", kr("3", "Ours"))))],
    );
}

#[test]
fn what_one_side_moved_is_edited_where_it_stands() {
    let second = "[kr.2]\nobjective = \"o\"\ntitle = \"Read aloud\"\nneeds = [\"1\"]\n";
    let moved = with(&[
        (&format!("\n{second}"), ""),
        ("[kr.1]", &format!("{second}\n[kr.1]")),
    ]);
    let edited = with(&[("title = \"Read aloud\"", "title = \"Read louder\"")]);
    let both = moved.replace("Read aloud", "Read louder");
    check(PLAN, &moved, &edited, &both);
    check(PLAN, &edited, &moved, &both);
    // To another objective.
    check_with(
        &[(
            "objective = \"o\"\ntitle = \"Lend",
            "objective = \"p\"\ntitle = \"Lend",
        )],
        &[("current = 3", "current = 4")],
        &[
            (
                "objective = \"o\"\ntitle = \"Lend",
                "objective = \"p\"\ntitle = \"Lend",
            ),
            ("current = 3", "current = 4"),
        ],
    );
}

#[test]
fn both_may_remove_and_both_may_add_the_same() {
    let second = "\n[kr.2]\nobjective = \"o\"\ntitle = \"Read aloud\"\nneeds = [\"1\"]\n";
    check_with(
        &[(second, ""), ("current = 3", "current = 4")],
        &[(second, ""), ("name = \"C\"", "name = \"Year\"")],
        &[
            (second, ""),
            ("current = 3", "current = 4"),
            ("name = \"C\"", "name = \"Year\""),
        ],
    );
    let third = "\n[kr.3]\nobjective = \"o\"\ntitle = \"Third\"\n";
    let behind = |text: &str| format!("{second}{third}{text}");
    check_with(
        &[(second, &behind("owner = \"ana\"\n"))],
        &[(second, &behind("due = 2024-05-01\n"))],
        &[(second, &behind("owner = \"ana\"\ndue = 2024-05-01\n"))],
    );
}

#[test]
fn a_conflict_is_decided_where_that_is_asked_for() {
    let ours = with(&[("current = 3", "current = 4")]);
    let theirs = with(&[
        ("current = 3", "current = 5"),
        (
            "[kr.2]",
            "[[kr.1.note]]\non = 2024-03-01\ntext = \"Five\"\n\n[kr.2]",
        ),
    ]);
    for (prefer, current, told) in [
        (
            Prefer::Ours,
            "current = 4",
            "kr.1.current: our value stands, 5 is lost",
        ),
        (
            Prefer::Theirs,
            "current = 5",
            "kr.1.current: their value stands, 4 is lost",
        ),
        (
            Prefer::NewerNote,
            "current = 5",
            "kr.1.current: their value stands, 4 is lost",
        ),
    ] {
        let options = Options {
            prefer: Some(prefer),
            ..Options::default()
        };
        let texts = Texts {
            base: PLAN,
            ours: &ours,
            theirs: &theirs,
        };
        let merged = merge(texts, &options);
        assert!(merged.is_clean());
        assert!(merged.side(Side::Base).contains(current));
        let notices: Vec<String> = merged.notices.iter().map(ToString::to_string).collect();
        assert_eq!(notices, [told]);
    }
}
