//! What a key takes, which keys have to be there, and what they may name.

use super::{HEAD, check, problems, shown};
use crate::tree::read;

#[test]
fn values_of_the_wrong_kind_are_told_what_to_write() {
    for (line, words) in [
        (
            "due = \"2024-02-01\"",
            &["22 wrong-type `due` cannot be a text", "without quotes"] as &[&str],
        ),
        (
            "due = 2024-02-01T10:00:00",
            &["wrong-type `due` cannot be a date with a time of day"],
        ),
        (
            "due = 10:00:00",
            &["wrong-type `due` cannot be a time of day"],
        ),
        (
            "short = 3",
            &["wrong-type `short` cannot be a number", "a text in quotes"],
        ),
        (
            "current = \"3\"",
            &[
                "wrong-type `current` cannot be a text",
                "a number without quotes",
            ],
        ),
        ("current = inf", &["wrong-type `current` cannot be"]),
        ("current = nan", &["wrong-type `current` cannot be"]),
        ("ongoing = \"yes\"", &["wrong-type", "`true` or `false`"]),
        ("partners = \"a\"", &["wrong-type", "a list of texts"]),
        ("partners = [1]", &["wrong-type"]),
        ("note = \"x\"", &["wrong-type expected a list of { on"]),
        ("note = [1]", &["wrong-type expected a list of { on"]),
        (
            "note.on = 2024-01-01",
            &["wrong-type expected a list of { on", "a single table"],
        ),
        (
            "milestone = 3",
            &["wrong-type expected one table for each step"],
        ),
        ("status.x = 1", &["wrong-type `status` cannot be a table"]),
        ("cycle = \"a b\"", &["bad-id"]),
        ("needs = [\"a b\"]", &["bad-id"]),
        ("[kr.2.short]", &["wrong-type `short` cannot be a table"]),
        ("[[person]]", &["wrong-type expected one table for each id"]),
        ("[kr.2.note]", &["wrong-type expected a list of { on"]),
        (
            "[kr.\"a b\"]",
            &["bad-id `a b` cannot be an id", "letters, digits"],
        ),
        ("[kr.\"\"]", &["bad-id"]),
        ("[kr.done]", &["bad-id", "mean something else"]),
        ("[cycle.later]", &["bad-id", "mean something else"]),
        ("[kr.2.milestone.plan]", &["bad-id", "mean something else"]),
        (
            "current = 9223372036854775808",
            &["toml-syntax", "too large"],
        ),
        ("current = 1e999", &["toml-syntax", "too large"]),
        (
            "due = 2021-02-30",
            &["toml-syntax", "without quotes, such as 2021-09-20"],
        ),
        ("due = 2021-9-20", &["toml-syntax", "such as 2021-09-20"]),
        ("due = 20.9.2021", &["toml-syntax", "such as 2021-09-20"]),
        ("due = 2021/09/20", &["toml-syntax", "such as 2021-09-20"]),
        ("due = 20-09-2021", &["toml-syntax", "such as 2021-09-20"]),
        ("x = 2021-02-30", &["toml-syntax"]),
    ] {
        let found = problems(&format!("{line}\n"));
        assert!(!found.is_empty(), "{line}");
        for word in words {
            assert!(
                found[0].contains(word),
                "{line}\n{word:?} is not in {found:#?}"
            );
        }
        assert_eq!(
            found
                .iter()
                .filter(|found| !found.contains("unknown-key"))
                .count(),
            1,
            "{line}\n{found:#?}"
        );
    }
    check("due = 9999-12-31\n", &[]);
    check("current = -9223372036854775808\n", &[]);
}

#[test]
fn keys_that_have_to_be_there_are_missed_in_sound_tables_only() {
    check(
        "[kr.3]\n",
        &[
            &[
                "22 missing-key this key result has no `objective`",
                "add a line `objective = …`",
            ],
            &["22 missing-key this key result has no `title`"],
        ],
    );
    check(
        "[[kr.2.note]]\ntext = \"x\"\n",
        &[&["22 missing-key this note has no `on`"]],
    );
    check(
        "note = [{ text = \"x\" }]\n",
        &[&["22 missing-key this note has no `on`"]],
    );
    check(
        "[kr.3]\ntitle\nobjective = \"outreach\"\n",
        &[&["23 toml-syntax"]],
    );
    check(
        "[kr]\n3.title\n3.objective = \"outreach\"\n",
        &[&["23 toml-syntax"]],
    );
    check("[kr.3\nobjective = \"outreach\"\n", &[&["22 toml-syntax"]]);
    check(
        "[kr.3]\nobjective = \"outreach\"\ntitle = 2021-02-30\n",
        &[&["24 toml-syntax"]],
    );
}

#[test]
fn key_results_may_not_wait_for_each_other() {
    check(
        "needs = [\"2\"]\n",
        &[&["22 dependency-loop kr.2 waits for itself"]],
    );
    check(
        "needs = [\"kr.3\"]\n[kr.3]\nobjective = \"outreach\"\ntitle = \"x\"\nneeds = [\"kr.2\", \"1\"]\n",
        &[&["22+26 dependency-loop kr.2 and kr.3 wait for each other"]],
    );
    check("needs = [\"kr.1\"]\n", &[]);
}

#[test]
fn nothing_supports_or_continues_itself_by_way_of_others() {
    let third = "[kr.3]\nobjective = \"outreach\"\ntitle = \"x\"\n";
    check(
        "continues = \"2\"\n",
        &[&["22 dependency-loop kr.2 continues itself"]],
    );
    check(
        &format!("continues = \"3\"\n{third}continues = \"2\"\n"),
        &[&[
            "22+26 dependency-loop kr.2 and kr.3 continue each other",
            "take `continues` out of one of them",
        ]],
    );
    check(
        "supports = [\"objective.near\"]\n\
         [objective.near]\ntheme = \"reach\"\nname = \"Near\"\nsupports = [\"objective.outreach\",\n\"kr.2\"]\n",
        &[&["27+22 dependency-loop objective.near and kr.2 support each other"]],
    );
    // Each kind by itself: one may need what it supports.
    check(
        &format!("supports = [\"3\"]\ncontinues = \"1\"\n{third}needs = [\"2\"]\n"),
        &[],
    );
}

#[test]
fn a_name_in_a_list_is_marked_where_it_stands() {
    let text =
        format!("{HEAD}needs = [\n  \"kr.1\",\n  \"kr.99\",\n  \"objective.far\", \"kr.98\",\n]\n");
    let document = read(&text);
    let marked = document.problems.iter();
    let marked: Vec<&str> = marked
        .map(|problem| document.source.slice(problem.span()))
        .collect();
    assert_eq!(marked, ["\"kr.99\"", "\"objective.far\"", "\"kr.98\""]);
}

#[test]
fn every_key_result_belongs_to_a_cycle() {
    assert_eq!(
        shown("[plan]\nname = \"x\"\n"),
        [
            "1 no-cycle this plan has no cycle: nothing says when it ends | \
          add a table [cycle.ID] with `name`, `start` and `end`"
        ]
    );
    check(
        "cycle = \"q1\"\n[cycle.q2]\nname = \"x\"\nstart = 2024-04-01\nend = 2024-06-30\n",
        &[&[
            "15 no-cycle key result `1` names no cycle, and the plan has 2",
            "later",
        ]],
    );
}

#[test]
fn a_file_without_a_plan_is_told_so() {
    for text in ["", "\u{feff}", "# nothing\n", "\u{feff}\n  # nothing\n"] {
        let found = shown(text);
        assert_eq!(found.len(), 1, "{text:?}\n{found:?}");
        for word in ["1 missing-key there is no plan in this file", "`loti init`"] {
            assert!(found[0].contains(word), "{text:?}\n{found:?}");
        }
    }
    let rest = HEAD.replace("[plan]\nname = \"Plan\"\n", "");
    let found = shown(&rest);
    assert_eq!(found.len(), 1, "{found:?}");
    for word in [
        "1 missing-key this file has no table [plan]",
        "`name = \"…\"`",
    ] {
        assert!(found[0].contains(word), "{found:?}");
    }
    // What was not read may have held it, and a plan of another shape is told as such.
    for (head, rule) in [
        ("[plan\nname = \"x\"\n", "toml-syntax"),
        ("[plan]\n", "missing-key this plan has no `name`"),
        ("plan = 3\n", "wrong-type"),
    ] {
        let found = shown(&format!("{head}{rest}"));
        assert_eq!(found.len(), 1, "{head}\n{found:?}");
        assert!(found[0].contains(rule), "{head}\n{found:?}");
    }
}
