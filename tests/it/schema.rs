//! What is generated from the table of keys: the schema for editors, the reference, and the words
//! that are explained.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use jsonschema::{Draft, Validator};
use loti::document::is_reserved;
use loti::model::{Status, TableName};
use loti::render::{TERMS, format_reference, schema};
use serde_json::{Map, Value};

use crate::frame::frame;
use crate::tree::read;

#[test]
fn the_schema_in_the_repository_is_the_one_generated() {
    let text = format!(
        "{}\n",
        serde_json::to_string_pretty(&schema()).expect("JSON")
    );
    is_up_to_date("okrs.schema.json", &text, |text| {
        serde_json::from_str::<Value>(text).ok()
    });
}

#[test]
fn the_reference_in_the_repository_is_the_one_generated() {
    is_up_to_date("docs/format.md", &format_reference(), |text| {
        Some(text.to_owned())
    });
}

/// Compares a file with what is generated; `LOTI_UPDATE=1` writes it.
pub(crate) fn is_up_to_date<T: PartialEq>(
    name: &str,
    generated: &str,
    meaning: impl Fn(&str) -> Option<T>,
) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if std::env::var_os("LOTI_UPDATE").is_some() {
        fs::write(&path, generated).expect("a file that can be written");
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    // Git may have given the file other line endings.
    let found = found.replace("\r\n", "\n");
    assert!(
        meaning(&found) == meaning(generated),
        "{name} is out of date: run `LOTI_UPDATE=1 cargo test --test it`"
    );
}

#[test]
fn the_plan_of_this_repository_and_the_examples_fit_the_schema() {
    for text in good_plans() {
        fits(&text);
    }
}

#[test]
fn a_bad_plan_does_not_fit_the_schema_and_has_problems() {
    let validator = validator();
    for text in bad_plans() {
        assert!(!validator.is_valid(&json(&text)), "fits:\n{text}");
        let problems = read(&text).problems;
        assert!(!problems.is_empty(), "without problems:\n{text}");
    }
}

#[test]
fn numbers_out_of_range_do_not_fit_the_schema() {
    let validator = validator();
    for line in [
        "progress = 101",
        "progress = -1",
        "confidence = 7",
        "score = 1.5",
        "weight = -1",
    ] {
        let text = format!("{PLAN}{line}\n");
        assert!(!validator.is_valid(&json(&text)), "fits: {line}");
    }
}

#[test]
fn the_schema_knows_the_words_that_cannot_be_ids() {
    let schema = schema();
    let words = &schema["properties"]["kr"]["propertyNames"]["not"]["enum"];
    let words = words.as_array().expect("a list");
    assert_eq!(words.len(), Status::ALL.len() + 2);
    for word in words {
        assert!(is_reserved(word.as_str().expect("a word")), "{word}");
    }
}

#[test]
fn every_table_and_key_is_in_the_reference() {
    let page = format_reference();
    for table in TableName::ALL {
        assert!(page.contains(&format!("\n## `{}`\n", table.header())));
        for key in table.keys() {
            assert!(page.contains(&format!("`{}`", key.name)), "{}", key.name);
        }
    }
    let width = |line: &str| line.replace("\\|", "").matches('|').count();
    let rows = page.lines().filter(|line| line.starts_with('|'));
    assert!(rows.into_iter().all(|line| width(line) == 4));
}

#[test]
fn terms_are_explained_in_two_sentences() {
    let mut seen = HashSet::new();
    for term in TERMS {
        assert!(seen.insert(term.name), "{} twice", term.name);
        let sentences = term.text.matches(". ").count() + usize::from(term.text.ends_with('.'));
        let ends = sentences == 2 || term.text.ends_with('`') || term.text.ends_with("`.");
        assert!(ends, "{}: {}", term.name, term.text);
        assert!(!term.text.contains("  "), "{}", term.text);
    }
    for word in Status::ALL {
        assert!(seen.contains(word.word()), "{word}");
    }
}

const PLAN: &str = concat!(
    frame!(),
    r#"
[kr.1]
objective = "outreach"
title = "Key result"
status = "on-track"
"#
);

const EVERY_KEY: &str = r#"
kind = "aspirational"
owner = "a"
partners = ["Council"]
links = ["https://example.org", { name = "Page", url = "https://example.org/2" }]
cycle = "q1"
due = 2024-03-01
weight = 0.5
confidence = 0.7
visibility = "outline"
supports = ["objective.outreach"]
needs = ["2", "kr.2"]
baseline = -3
current = 4
target = 1e3
allow = [{ rule = "overdue", why = "agreed" }]

[kr.1.milestone.m]
name = "Step"

[[kr.1.note]]
on = 2024-01-20
by = "a"
text = "…"

[kr.2]
objective = "outreach"
title = "Another"
cycle = "later"
at-least = 3
note = [{ on = 2024-01-20, text = "inline" }]

[[objective.outreach.note]]
on = 2024-01-20
text = "…"

[person.a]
name = "A"
until = 2024-02-01

[check]
levels = { stale = "error" }
at-risk-behind = 10
"#;

/// What makes a sound plan a bad one: a text in it, and what stands there instead.
const MISTAKES: &[(&str, &str)] = &[
    // A key that a table cannot be without.
    ("name = \"Plan\"", ""),
    ("title = \"Key result\"", ""),
    ("end = 2024-03-31", ""),
    // A table that the plan cannot be without.
    (
        "[cycle.q1]\nname = \"Quarter 1\"\nstart = 2024-01-01\nend = 2024-03-31",
        "",
    ),
    // Spelt wrong.
    ("objective = \"outreach\"", "objectiv = \"outreach\""),
    ("[theme.reach]", "[themes.reach]"),
    ("status = \"on-track\"", "status = \"ontrack\""),
    ("status = \"on-track\"", "visibility = \"secret\""),
    ("status = \"on-track\"", "kind = \"moonshot\""),
    ("status = \"on-track\"", "cadence = \"daily\""),
    // Of another kind.
    ("title = \"Key result\"", "title = 1"),
    ("start = 2024-01-01", "start = \"January\""),
    ("start = 2024-01-01", "start = 7"),
    ("status = \"on-track\"", "current = \"260\""),
    ("status = \"on-track\"", "ongoing = \"yes\""),
    ("status = \"on-track\"", "partners = \"Council\""),
    ("status = \"on-track\"", "needs = [\"kr 3\"]"),
    ("status = \"on-track\"", "links = [{ name = \"No url\" }]"),
    // No ids.
    ("theme = \"reach\"", "theme = \"a theme\""),
    ("[kr.1]", "[kr.\"one two\"]"),
    ("[kr.1]", "[kr.done]"),
    // Below the note or milestone.
    (
        "status = \"on-track\"",
        "[[kr.1.note]]\non = 2024-01-20\ntext = \"…\"\nstatus = \"done\"",
    ),
    ("status = \"on-track\"", "[[kr.1.note]]\ntext = \"No day\""),
    ("status = \"on-track\"", "[kr.1.milestone.m]\ndone = true"),
];

/// Plans with one mistake each, valid TOML all the same.
pub(crate) fn bad_plans() -> Vec<String> {
    let bad = |(from, to): &(&str, &str)| {
        assert!(PLAN.contains(from), "{from}");
        PLAN.replacen(from, to, 1)
    };
    MISTAKES.iter().map(bad).collect()
}

/// Plans without a mistake.
pub(crate) fn good_plans() -> Vec<String> {
    let page = format_reference();
    let (_, example) = page.split_once("```toml\n").expect("an example");
    let (example, _) = example.split_once("```").expect("its end");
    vec![
        include_str!("../../okrs.toml").to_owned(),
        example.to_owned(),
        format!("{PLAN}{EVERY_KEY}"),
    ]
}

fn fits(text: &str) {
    let document = read(text);
    assert_eq!(document.problems, []);
    let value = json(text);
    let errors: Vec<String> = validator()
        .iter_errors(&value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

fn validator() -> Validator {
    jsonschema::options()
        .with_draft(Draft::Draft7)
        .should_validate_formats(true)
        .build(&schema())
        .expect("a valid schema")
}

/// Reads TOML as the editors show it to a schema: dates are texts.
fn json(text: &str) -> Value {
    fn convert(value: toml::Value) -> Value {
        match value {
            toml::Value::String(text) => Value::from(text),
            toml::Value::Integer(number) => Value::from(number),
            toml::Value::Float(number) => Value::from(number),
            toml::Value::Boolean(bool) => Value::from(bool),
            toml::Value::Datetime(day) => Value::from(day.to_string()),
            toml::Value::Array(items) => items.into_iter().map(convert).collect(),
            toml::Value::Table(table) => {
                let entries = table.into_iter().map(|(key, value)| (key, convert(value)));
                Value::Object(entries.collect::<Map<_, _>>())
            }
        }
    }
    convert(toml::Value::Table(
        toml::from_str(text).expect("valid TOML"),
    ))
}
