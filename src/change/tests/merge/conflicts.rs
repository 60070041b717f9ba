//! What cannot be decided, and how it is marked.

use super::{PLAN, check_conflict, with};

#[test]
fn one_key_with_two_values_is_marked_by_itself() {
    check_conflict(
        PLAN,
        &with(&[
            ("current = 3", "current = 4 # ours"),
            ("\"on-track\"", "\"at-risk\""),
        ]),
        &with(&[
            ("current = 3", "# since May\ncurrent = 5"),
            ("\"Lend books\"", "\"Lend\""),
        ]),
        &with(&[
            ("\"on-track\"", "\"at-risk\""),
            ("\"Lend books\"", "\"Lend\""),
            (
                "current = 3\n",
                "# since May\n<<<<<<< ours · kr.1.current\ncurrent = 4 # ours\n||||||| base\ncurrent = 3\n\
                 =======\ncurrent = 5\n>>>>>>> theirs · kr.1.current\n",
            ),
        ]),
        &["kr.1.current: 4 here, 5 there, 3 before"],
    );
}

#[test]
fn a_key_that_one_side_removed_and_the_other_changed_is_marked() {
    check_conflict(
        PLAN,
        &with(&[("current = 3\n", "")]),
        &with(&[("current = 3", "current = 5")]),
        &with(&[(
            "current = 3\n",
            "<<<<<<< ours · kr.1.current\n||||||| base\ncurrent = 3\n=======\ncurrent = 5\n\
             >>>>>>> theirs · kr.1.current\n",
        )]),
        &["kr.1.current: removed here, changed there"],
    );
}

#[test]
fn a_table_that_one_side_removed_and_the_other_changed_is_marked_whole() {
    let first = &PLAN[PLAN.find("\n[kr.1]").unwrap()..PLAN.find("\n[kr.2]").unwrap()];
    let changed = first.replace("First", "The first");
    check_conflict(
        PLAN,
        &with(&[(first, ""), ("needs = [\"1\"]\n", "")]),
        &with(&[("First", "The first")]),
        &with(&[
            (
                first,
                &format!(
                    "<<<<<<< ours · kr.1\n||||||| base\n{}=======\n{changed}>>>>>>> theirs · kr.1\n",
                    first.split("\n[[").next().unwrap(),
                ),
            ),
            ("needs = [\"1\"]\n", ""),
        ]),
        &["kr.1: removed here, changed there"],
    );
    let milestone = "\n[kr.1.milestone.m]\nname = \"Route\"\n";
    check_conflict(
        PLAN,
        &with(&[("\"Route\"", "\"Second route\"")]),
        &with(&[(milestone, ""), ("current = 3", "current = 4")]),
        &with(&[
            (
                milestone,
                &format!(
                    "<<<<<<< ours · kr.1.milestone.m\n{}||||||| base\n{milestone}=======\n\
                     >>>>>>> theirs · kr.1.milestone.m\n",
                    milestone.replace("Route", "Second route")
                ),
            ),
            ("current = 3", "current = 4"),
        ]),
        &["kr.1.milestone.m: changed here, removed there"],
    );
}

#[test]
fn what_names_something_that_the_other_side_removed_is_marked() {
    let rooms = "[objective.p]\ntheme = \"t\"\nname = \"Rooms\"\n\n";
    check_conflict(
        PLAN,
        &with(&[(rooms, "")]),
        &with(&[(
            "objective = \"o\"\ntitle = \"Read",
            "objective = \"p\"\ntitle = \"Read",
        )]),
        &with(&[
            (rooms, ""),
            (
                "objective = \"o\"\ntitle = \"Read",
                "<<<<<<< ours · kr.2.objective\nobjective = \"o\"\n||||||| base\nobjective = \"o\"\n\
                 =======\nobjective = \"p\"\n>>>>>>> theirs · kr.2.objective\ntitle = \"Read",
            ),
        ]),
        &["kr.2.objective: \"p\" there names objective.p, removed here"],
    );
    let new = "\n[kr.3]\nobjective = \"p\"\ntitle = \"New\"\n";
    check_conflict(
        PLAN,
        &with(&[("needs = [\"1\"]\n", &format!("needs = [\"1\"]\n{new}"))]),
        &with(&[(rooms, "")]),
        &with(&[
            (rooms, ""),
            (
                "needs = [\"1\"]\n",
                "needs = [\"1\"]\n\n[kr.3]\n<<<<<<< ours · kr.3.objective\nobjective = \"p\"\n\
                 ||||||| base\n=======\n>>>>>>> theirs · kr.3.objective\ntitle = \"New\"\n",
            ),
        ]),
        &["kr.3.objective: \"p\" here names objective.p, removed there"],
    );
}

#[test]
fn other_layouts_are_marked_as_closely_as_they_can_be() {
    let tail = "[theme.t]\nname = \"T\"\n[objective.o]\ntheme = \"t\"\nname = \"O\"\n[cycle.c]\n\
                name = \"C\"\nstart = 2024-01-01\nend = 2024-12-31\n[plan]\nname = \"P\"\n";
    for (base, ours, theirs, expected, told) in [
        (
            "kr.1 = { objective = \"o\", title = \"x\", current = 1 }\n",
            "kr.1 = { objective = \"o\", title = \"y\", current = 2 }\n",
            "kr.1 = { objective = \"o\", title = \"x\", current = 3, target = 9 }\n",
            "<<<<<<< ours · kr.1\nkr.1 = { objective = \"o\", title = \"y\", current = 2, target = 9 }\n\
             ||||||| base\nkr.1 = { objective = \"o\", title = \"x\", current = 1 }\n=======\n\
             kr.1 = { objective = \"o\", title = \"y\", current = 3, target = 9 }\n>>>>>>> theirs · kr.1\n",
            "kr.1.current: 2 here, 3 there, 1 before",
        ),
        (
            // Spread over keys and headers, and removed there.
            "[kr]\n2.objective = \"o\"\n2.title = \"x\"\n\n[kr.1]\nobjective = \"o\"\ntitle = \"y\"\n",
            "[kr]\n2.objective = \"o\"\n2.title = \"x\"\n\n[kr.2.milestone.m]\nname = \"m\"\n\n[kr.1]\nobjective = \"o\"\ntitle = \"y\"\n",
            "[kr]\n\n[kr.1]\nobjective = \"o\"\ntitle = \"z\"\n",
            "[kr]\n<<<<<<< ours · kr.2\n2.objective = \"o\"\n2.title = \"x\"\n\n[kr.2.milestone.m]\nname = \"m\"\n\
             ||||||| base\n=======\n>>>>>>> theirs · kr.2\n\n[kr.1]\nobjective = \"o\"\ntitle = \"z\"\n",
            "kr.2: changed here, removed there",
        ),
        (
            // New there, and names what is removed here.
            "kr.1.objective = \"o\"\nkr.1.title = \"x\"\nkr.2 = { objective = \"o\", title = \"y\" }\n",
            "kr.2 = { objective = \"o\", title = \"y\" }\n",
            "kr.1.objective = \"o\"\nkr.1.title = \"x\"\nkr.2 = { objective = \"o\", title = \"y\" }\n\
             kr.3 = { objective = \"o\", title = \"new\", needs = [\"kr.1\"] }\n",
            "kr.2 = { objective = \"o\", title = \"y\" }\n<<<<<<< ours · kr.3.needs\n\
             kr.3 = { objective = \"o\", title = \"new\" }\n||||||| base\n=======\n\
             kr.3 = { objective = \"o\", title = \"new\", needs = [\"kr.1\"] }\n>>>>>>> theirs · kr.3.needs\n",
            "kr.3.needs: [\"kr.1\"] there names kr.1, removed here",
        ),
    ] {
        let whole = |text: &str| format!("{text}{tail}");
        check_conflict(
            &whole(base),
            &whole(ours),
            &whole(theirs),
            &whole(expected),
            &[told],
        );
    }
}

#[test]
fn a_note_by_whom_the_other_side_removed_is_marked() {
    let base = PLAN.to_owned() + "\n[person.ana]\nname = \"Ana\"\n\n[person.ben]\nname = \"Ben\"\n";
    let note = "\n[[kr.1.note]]\non = 2024-03-01\nby = \"ana\"\ntext = \"Here\"\n";
    let ours = base.replace("\n[person.ana]\nname = \"Ana\"\n", "");
    check_conflict(
        &base,
        &ours,
        &base.replace("\n[kr.2]", &format!("{note}\n[kr.2]")),
        &ours.replace(
            "\n[kr.2]",
            &format!(
                "<<<<<<< ours · kr.1.note\n||||||| base\n=======\n{note}>>>>>>> theirs · kr.1.note\n\n[kr.2]"
            ),
        ),
        &["kr.1.note: [[kr.1.note]] / on = 2024-03-01 / by = \"ana\" / text = \"Here\" there names person.ana, removed here"],
    );
}

#[test]
fn what_is_no_toml_is_merged_by_lines() {
    let broken = with(&[("current = 3", "current = = 3")]);
    check_conflict(
        &broken,
        &broken.replace("Outreach", "Out"),
        &broken.replace("= = 3", "= 3"),
        &with(&[("Outreach", "Out")]),
        &[],
    );
    check_conflict(
        "a = [\nb\n",
        "a = [\nc\n",
        "a = [\nd\n",
        "a = [\n<<<<<<< ours\nc\n||||||| base\nb\n=======\nd\n>>>>>>> theirs\n",
        &["both changed the same lines"],
    );
}
