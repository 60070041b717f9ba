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
