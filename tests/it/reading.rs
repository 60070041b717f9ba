//! How a plan's text is read.

use loti::diagnostic::Diagnostic;
use proptest::prelude::*;

use crate::tree::{build, read, refusals};

/// How many texts each law is tried on; enough for a few seconds.
const CASES: u32 = 20_000;

const PLAN: &str = include_str!("../../okrs.toml");

/// Pieces of tables, dotted keys, inline tables and rows of tables, with so few names that they meet.
fn soup() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "a", "b", "kr", "3", "note", "\"kr\"", "title", "links", "plan",
    ]);
    let path = prop::collection::vec(name, 1..4).prop_map(|names| names.join("."));
    let scalar = prop::sample::select(vec![
        "1",
        "\"x\"",
        "2021-01-01",
        "true",
        "1.5",
        "'y'",
        "[]",
        "{}",
        "07:32",
        "[1, 2]",
    ]);
    let value = scalar.prop_map(str::to_owned).prop_recursive(2, 8, 3, {
        let path = path.clone().boxed();
        move |value| {
            let entry =
                (path.clone(), value.clone()).prop_map(|(key, value)| format!("{key} = {value}"));
            prop_oneof![
                prop::collection::vec(value, 0..3)
                    .prop_map(|items| format!("[{}]", items.join(", "))),
                prop::collection::vec(entry, 0..3)
                    .prop_map(|items| format!("{{ {} }}", items.join(", "))),
            ]
        }
    });
    let line = prop_oneof![
        3 => path.clone().prop_map(|path| format!("[{path}]")),
        2 => path.clone().prop_map(|path| format!("[[{path}]]")),
        6 => (path, value).prop_map(|(path, value)| format!("{path} = {value}")),
    ];
    prop::collection::vec(line, 0..9).prop_map(|lines| lines.join("\n"))
}

/// Tokens in any order at all.
fn tokens() -> impl Strategy<Value = String> {
    let token = prop::sample::select(vec![
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "=",
        ".",
        ",",
        "\n",
        "\n",
        " ",
        "a",
        "kr",
        "3",
        "note",
        "\"kr\"",
        "1",
        "\"x\"",
        "\"\"\"",
        "'''",
        "'",
        "\"",
        "#",
        "\r\n",
        "\r",
        "\\",
        "2021-02-30",
        "é",
        "[kr.3]\n",
        "title = \"x\"\n",
        "status",
        "-",
        "+",
        "_",
        "\u{feff}",
        "\0",
        "\\e",
        "e9",
        "nan",
    ]);
    prop::collection::vec(token, 0..24).prop_map(|tokens| tokens.concat())
}

/// Holds one text against the `toml` crate.
fn agrees(text: &str) -> Result<(), TestCaseError> {
    let document = read(text);
    sound(&document)?;
    let refusals = refusals(&document);
    match toml::from_str::<toml::Table>(text) {
        // A dotted key may not add to a row: TOML says so of every table that a header has opened. The
        // crate lets it pass where the key goes on below the row: `[[a.b]]`, `[a]`, `b.c.d = 1`.
        Ok(_) if !refusals.is_empty() && refusals.iter().all(|of| adds_to_row(text, of)) => {}
        Ok(table) => {
            prop_assert!(refusals.is_empty(), "{text}\n{refusals:#?}");
            prop_assert_eq!(
                format!("{:?}", build(&document)),
                format!("{table:?}"),
                "{}",
                text
            );
        }
        Err(error) => prop_assert!(!refusals.is_empty(), "{text}\n{error}"),
    }
    Ok(())
}

/// Returns whether a problem is that a name was given before by a header in double brackets.
fn adds_to_row(text: &str, problem: &Diagnostic) -> bool {
    problem.labels.get(1).is_some_and(|first| {
        let before = &text[..first.span.start as usize];
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        text[line..].starts_with("[[")
    })
}

/// Checks what holds for every text: sections are the text, and places are places in it.
fn sound(document: &loti::document::Document) -> Result<(), TestCaseError> {
    let text = document.source.text();
    let mut end = 0;
    for section in &document.sections {
        prop_assert_eq!(section.span.start, end, "{}", text);
        end = section.span.end;
    }
    prop_assert_eq!(end as usize, text.len(), "{}", text);
    for problem in &document.problems {
        prop_assert!(!problem.labels.is_empty());
        for label in &problem.labels {
            prop_assert!(
                text.get(label.span.range()).is_some(),
                "{text:?}\n{problem:#?}"
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(CASES)
    })]

    #[test]
    fn names_may_be_given_where_the_toml_crate_lets_them(text in soup()) {
        agrees(&text)?;
    }

    #[test]
    fn tokens_in_any_order_are_refused_as_the_toml_crate_refuses_them(text in tokens()) {
        agrees(&text)?;
    }
}

/// A file to which examples add: everything that has to be there, and no more.
const HEAD: &str = r#"[plan]
name = "Plan"

[cycle.q1]
name = "Quarter 1"
start = 2024-01-01
end = 2024-03-31

[theme.reach]
name = "Reach"

[objective.outreach]
theme = "reach"
name = "Outreach"
[kr.1]
objective = "outreach"
title = "First"

[kr.2]
objective = "outreach"
title = "Second"
"#;

/// Reads the head and what stands below it, and shows each problem as `line rule message | help`,
/// with the lines of further places after the first.
fn problems(below: &str) -> Vec<String> {
    shown(&format!("{HEAD}{below}"))
}

fn shown(text: &str) -> Vec<String> {
    let document = read(text);
    sound(&document).expect("a sound document");
    let show = |problem: &Diagnostic| {
        let lines = problem.labels.iter().map(|label| {
            let line = document.source.line_column(label.span.start).line;
            line.to_string()
        });
        let lines = lines.collect::<Vec<_>>().join("+");
        let help = problem.help.join(" ");
        format!("{lines} {} {} | {help}", problem.rule, problem.message)
    };
    document.problems.iter().map(show).collect()
}

/// Checks that a text below the head has exactly these problems, each given by words it holds.
#[track_caller]
fn check(below: &str, expected: &[&[&str]]) {
    let found = problems(below);
    assert_eq!(found.len(), expected.len(), "{below}\n{found:#?}");
    for (found, words) in found.iter().zip(expected) {
        for word in *words {
            assert!(found.contains(word), "{below}\n{word:?} is not in {found}");
        }
    }
}

/// The line that stands first below the head.
const LINE: usize = 22;

#[test]
fn the_head_and_the_plan_of_the_repository_have_no_problems() {
    check("", &[]);
    assert_eq!(HEAD.lines().count() + 1, LINE);
    assert_eq!(shown(PLAN), [] as [&str; 0]);
    assert_eq!(read(PLAN).plan.key_results.len(), 25);
}

#[test]
fn a_mistake_loses_nothing_but_itself() {
    let title = "title = \"Complete the Data Capacity Discovery\"";
    let line = PLAN.lines().position(|line| line == title).expect("KR 3") + 1;
    for (broken, message) in [
        ("title \"Complete\"", "expected `=`"),
        ("title = \"Complete", "quote"),
        ("title = Complete", "quoted"),
        ("partners = [\"a\"", "unclosed array"),
        ("links = { url = \"a\"", "unclosed inline table"),
        ("title = \"\"\"Complete", "unclosed multi-line text"),
        (r#"title = """Complete\""""#, "unclosed multi-line text"),
        ("title = '''Complete", "unclosed multi-line text"),
    ] {
        let text = PLAN.replace(title, broken);
        let document = read(&text);
        let found = shown(&text);
        assert_eq!(found.len(), 1, "{broken}\n{found:#?}");
        assert!(found[0].contains("toml-syntax"), "{broken}\n{found:?}");
        assert!(found[0].contains(message), "{broken}\n{found:?}");
        assert!(
            found[0].starts_with(&line.to_string()),
            "{broken}\n{found:?}"
        );
        let mut sound = read(PLAN).plan.key_results;
        let mut left = document.plan.key_results;
        assert_eq!(left.len(), 25, "{broken}");
        sound.shift_remove("3");
        left.shift_remove("3");
        assert_eq!(left, sound, "{broken}");
    }
}

#[test]
fn names_given_twice_show_both_places() {
    check(
        "[kr.1]\ntitle = \"Again\"\n",
        &[&["22+15 duplicate-id the id `1` is given twice", "rename"]],
    );
    check(
        "owner = \"a\"\nowner = \"b\"\n",
        &[&["23+22 duplicate-id `owner` is given twice"]],
    );
    check(
        "ask = \"a\"\nask.b = 1\n",
        &[&["23+22 duplicate-id `ask` already has a value"]],
    );
    check(
        "links = [{ url = \"a\", url = \"b\" }]\n",
        &[&["22+22 duplicate-id `url` is given twice"]],
    );
    check("[kr.2.title]\n", &[&["22+21 duplicate-id `title`"]]);
    check(
        "x = 1\nx = 2\n",
        &[&["22 unknown-key"], &["23+22 duplicate-id"]],
    );
}

#[test]
fn a_key_below_a_note_is_told_where_it_belongs() {
    check(
        "[[kr.2.note]]\non = 2024-02-01\ntext = \"x\"\nstatus = \"done\"\n",
        &[&[
            "25 unknown-key a note has no key `status`",
            "move the line up",
        ]],
    );
}

#[test]
fn misspelt_words_get_the_nearest() {
    check(
        "staus = \"done\"\n",
        &[&[
            "22 unknown-key a key result has no key `staus`",
            "did you mean `status`?",
        ]],
    );
    check(
        "status = \"doen\"\n",
        &[&[
            "22 unknown-status `status` cannot be `doen`",
            "did you mean `done`?",
        ]],
    );
    check(
        "[objectve.x]\nname = \"x\"\n",
        &[&[
            "22 unknown-key loti knows no table `objectve`",
            "did you mean `objective`?",
        ]],
    );
    check(
        "needs = [\"kr.11\"]\n",
        &[&[
            "22 unknown-reference there is no key result `11`",
            "did you mean `1`?",
        ]],
    );
    check(
        "[kr.3]\nobjective = \"outreech\"\ntitle = \"x\"\n",
        &[&[
            "23 unknown-reference there is no objective `outreech`",
            "did you mean `outreach`?",
        ]],
    );
    check(
        "[objective.x]\nnme = \"x\"\ntheme = \"reach\"\n",
        &[
            &["22 missing-key this objective has no `name`"],
            &[
                "23 unknown-key an objective has no key `nme`",
                "did you mean `name`?",
            ],
        ],
    );
}

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
        ("due = 2021-02-30", &["toml-syntax"]),
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
        &[&["22 dependency-loop kr.2 and kr.3 wait for each other"]],
    );
    check("needs = [\"kr.1\"]\n", &[]);
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
    for text in ["", "\u{feff}", "# nothing\n", "\n\n"] {
        let found = shown(text);
        assert_eq!(found.len(), 1, "{text:?}\n{found:?}");
        assert!(found[0].contains("no-cycle"), "{text:?}\n{found:?}");
    }
}

#[test]
fn conflict_markers_are_told_as_such() {
    for below in [
        "<<<<<<< HEAD\nstatus = \"done\"\n=======\nstatus = \"at-risk\"\n>>>>>>> other\n",
        "<<<<<<< HEAD\r\nstatus = \"done\"\r\n||||||| base\r\n=======\r\n>>>>>>> other\r\n",
        "<<<<<<< HEAD\n[kr.3]\nobjective = \"outreach\"\ntitle = \"a\"\n=======\n[kr.3]\nobjective = \"outreach\"\ntitle = \"b\"\n>>>>>>> x\n",
        "partners = [\n<<<<<<< HEAD\n  \"a\",\n=======\n  \"b\",\n>>>>>>> other\n]\n",
    ] {
        let found = problems(below);
        assert_eq!(found.len(), 1, "{below}\n{found:#?}");
        assert!(found[0].contains("conflict-markers"), "{below}\n{found:?}");
    }
    let two = "<<<<<<< a\n=======\n>>>>>>> b\n";
    check(
        &format!("{two}{two}"),
        &[&["22 conflict"], &["25 conflict"]],
    );
    check("about = \"\"\"\n=======\n\"\"\"\n", &[]);
}

#[test]
fn toml_1_1_is_read_with_a_warning() {
    for below in [
        "links = [{ url = \"a\", }]\n",
        "links = [{ url = \"a\"\n}]\n",
        "short = \"\\e[0m\"\n",
        "short = \"\\x41\"\n",
        "about = \"\"\"\nA \\x41\"\"\"\n",
    ] {
        check(below, &[&["toml-1-1"]]);
        let document = read(&format!("{HEAD}{below}"));
        assert!(!document.is_refused(), "{below}");
    }
    check(
        "x = 07:32\n",
        &[&["22 unknown-key"], &["22 toml-1-1", "seconds"]],
    );
    check("short = \"\\\\e\"\n", &[]);
}

#[test]
fn depth_is_bounded_without_a_stack() {
    for depth in [81, 100_000] {
        for (open, close) in [("[", "]"), ("{a=", "}"), ("[{a=", "}]")] {
            let value = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            let found = problems(&format!("x = {value}\n"));
            let syntax = found.iter().filter(|found| found.contains("toml-syntax"));
            assert_eq!(syntax.count(), 1, "{open} {depth}\n{found:#?}");
        }
    }
    check(
        &format!("x = {}1{}\n", "[".repeat(80), "]".repeat(80)),
        &[&["unknown-key"]],
    );
    check(
        &format!("partners = {}\n", "[".repeat(1000)),
        &[&["22 toml-syntax"]],
    );
    check(
        &format!("{} = 1\n", vec!["a"; 100_000].join(".")),
        &[&["22 unknown-key"]],
    );
}

#[test]
fn stray_bytes_are_told_where_they_stand() {
    for below in [
        "short = \"a\0b\"\n",
        "short = \"a\"\0\n",
        "\0\n",
        "short = \"a\"\rowner = \"b\"\n",
    ] {
        let found = problems(below);
        assert_eq!(found.len(), 1, "{below:?}\n{found:#?}");
        assert!(
            found[0].starts_with("22 toml-syntax"),
            "{below:?}\n{found:?}"
        );
    }
}

#[test]
fn a_thousand_problems_of_a_rule_are_enough() {
    let unknown: Vec<String> = (0..1500).map(|number| format!("u{number} = 1\n")).collect();
    let found = problems(&unknown.concat());
    assert_eq!(found.len(), 1000);
    assert!(
        found[999].contains("500 more of this kind"),
        "{}",
        found[999]
    );
}

#[test]
fn a_plan_is_the_same_in_every_layout() {
    let plan = read(HEAD).plan;
    let dotted = r#"plan.name = "Plan"
cycle.q1.name = "Quarter 1"
cycle.q1.start = 2024-01-01
cycle.q1.end = 2024-03-31
theme.reach.name = "Reach"
objective.outreach = { theme = "reach", name = "Outreach" }
kr.1.objective = "outreach"
kr.1.title = "First"
kr.2.objective = "outreach"
kr.2.title = "Second"
"#;
    let inline = r#"plan = { name = "Plan" }
cycle = { q1 = { name = "Quarter 1", start = 2024-01-01, end = 2024-03-31 } }
theme.reach = { name = 'Reach' }
objective.outreach = { theme = "reach", name = "Outreach" }
[kr]
1 = { objective = "outreach", title = "First" }
2 = { objective = "outreach", title = "Second" }
"#;
    let notes = "[[kr.2.note]]\non = 2024-02-01\ntext = \"x\"\n[[kr.2.note]]\non = 2024-02-02\ntext = \"y\"\n";
    let rows = "note = [{ on = 2024-02-01, text = \"x\" }, { on = 2024-02-02, text = \"y\" }]\n";
    for text in [
        dotted.to_owned(),
        inline.to_owned(),
        HEAD.replace('\n', "\r\n"),
        format!("\u{feff}{HEAD}"),
        HEAD.replace("[kr.", "[\"kr\".").replace("title", "'title'"),
        HEAD.replace("[kr.2]", "  [ kr . \"2\" ] # second"),
        HEAD.trim_end().to_owned(),
    ] {
        let document = read(&text);
        assert_eq!(document.problems, [], "{text}");
        assert_eq!(document.plan, plan, "{text}");
    }
    let with_notes = read(&format!("{HEAD}{notes}"));
    assert_eq!(with_notes.problems, []);
    assert_eq!(with_notes.plan, read(&format!("{HEAD}{rows}")).plan);
    assert_eq!(with_notes.plan.key_results["2"].note.len(), 2);
}

/// The repository's plan with a few bytes taken out, put in, or cut off.
fn mutated() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "[",
        "]",
        "{",
        "}",
        "\"",
        "\"\"\"",
        "'",
        "'''",
        "\n",
        "=",
        ".",
        "#",
        "\\",
        "é",
        "\0",
        "\r",
        "[kr.3]\n",
        "<<<<<<< x\n",
        "=======\n",
        "[[kr.3.note]]\n",
        "\u{feff}",
        ",",
        "kr",
    ]);
    let at = 0..PLAN.len();
    let change = (at, 0..12_usize, prop::option::of(piece));
    let cut = prop::option::weighted(0.2, 0..PLAN.len());
    (prop::collection::vec(change, 1..4), cut).prop_map(|(changes, cut)| {
        let mut text = PLAN.to_owned();
        for (at, length, piece) in changes {
            let at = text.floor_char_boundary(at);
            let end = text.ceil_char_boundary(at + length);
            text.replace_range(at..end, piece.unwrap_or_default());
        }
        if let Some(cut) = cut {
            text.truncate(text.floor_char_boundary(cut));
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(CASES / 20)
    })]

    #[test]
    fn a_plan_with_slips_is_refused_as_the_toml_crate_refuses_it(text in mutated()) {
        agrees(&text)?;
    }

    #[test]
    fn any_bytes_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        agrees(&String::from_utf8_lossy(&bytes))?;
    }
}
