//! What TOML is, and what it is not, held against the `toml` crate.

use loti::diagnostic::Diagnostic;
use proptest::prelude::*;

use super::{PLAN, sound};
use crate::tree::{build, read, refusals};

/// How many texts each law is tried on; enough for a few seconds.
const CASES: u32 = 20_000;

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
