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
