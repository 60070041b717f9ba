//! What `loti export json` writes fits the schema that is published, and says all that the schema does.

use anyhow::Result;
use jsonschema::{Draft, Validator};
use loti::render::export;
use serde_json::Value;

use super::forms::export as run;
use super::marked::PLAN;
use crate::schema::is_up_to_date;

fn validator() -> Validator {
    jsonschema::options()
        .with_draft(Draft::Draft7)
        .should_validate_formats(true)
        .build(&closed(export::schema()))
        .expect("a valid schema")
}

/// Takes no keys but those that it names: what is written is to be described whole.
fn closed(mut schema: Value) -> Value {
    match &mut schema {
        Value::Object(entries) => {
            for value in entries.values_mut() {
                *value = closed(value.take());
            }
            if entries.contains_key("properties") {
                entries.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
        }
        Value::Array(items) => {
            for value in items {
                *value = closed(value.take());
            }
        }
        _ => {}
    }
    schema
}

fn fits(text: &[u8]) {
    let value: Value = serde_json::from_slice(text).expect("JSON");
    let errors = validator();
    let errors = errors.iter_errors(&value);
    let errors: Vec<String> = errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn the_schema_in_the_repository_is_the_one_generated() -> Result<()> {
    let text = format!("{}\n", serde_json::to_string_pretty(&export::schema())?);
    is_up_to_date("docs/export.schema.json", &text, |text| {
        serde_json::from_str::<Value>(text).ok()
    });
    Ok(())
}

#[test]
fn what_is_exported_fits_the_schema() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let plan = folder.path().join("okrs.toml");
    for text in [PLAN, include_str!("../../../okrs.toml")] {
        std::fs::write(&plan, text)?;
        for words in ["json", "json --internal", "json --cycle later"] {
            fits(&run(folder.path(), words)?);
        }
    }
    Ok(())
}

#[test]
fn what_lacks_a_key_or_says_another_thing_does_not_fit() -> Result<()> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("okrs.toml"), PLAN)?;
    let value: Value = serde_json::from_slice(&run(folder.path(), "json")?)?;
    let validator = validator();
    assert!(validator.is_valid(&value));
    for (place, other) in [
        ("/today", Value::from("yesterday")),
        ("/progress", Value::from(101)),
        (
            "/themes/0/objectives/0/key-results/0/status",
            Value::from("fine"),
        ),
        ("/themes/0/objectives/0/key-results/1/due", Value::from(3)),
        ("/left-out", Value::Null),
    ] {
        let mut broken = value.clone();
        *broken.pointer_mut(place).expect("a place") = other;
        assert!(!validator.is_valid(&broken), "{place}");
    }
    Ok(())
}
