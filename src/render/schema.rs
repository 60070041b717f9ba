use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::model::{Key, Status, TableName, Type, Word};

/// What an id is made of.
const ID: &str = "^[A-Za-z0-9_-]+$";

/// How an address is written; a bare id is a key result.
const ADDRESS: &str = "^(plan|check|[A-Za-z0-9_-]+|(cycle|theme|objective|kr|person)\\.[A-Za-z0-9_-]+\
                       |(kr\\.)?[A-Za-z0-9_-]+\\.milestone\\.[A-Za-z0-9_-]+)(\\.note#[1-9][0-9]*)?$";

/// Returns the JSON Schema of a plan file, by which editors complete and check as one types.
///
/// It is flat, without references: not every editor follows them. It says what can be said of one
/// place; that a name has to stand somewhere, and all the rest, is for `loti check`.
pub fn schema() -> Value {
    let tops = TableName::ALL
        .iter()
        .filter_map(|table| Some((table.root()?.to_owned(), top(*table))));
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A plan of loti: objectives and key results",
        "type": "object",
        "required": ["plan", "cycle"],
        "additionalProperties": false,
        "properties": tops.collect::<Map<_, _>>(),
    })
}

fn top(name: TableName) -> Value {
    if name.has_ids() {
        by_id(name)
    } else {
        table(name)
    }
}

/// Tables of a kind, each under its id.
fn by_id(name: TableName) -> Value {
    let reserved = Status::WORDS
        .iter()
        .map(|word| word.name)
        .chain(["later", "plan"]);
    let mut schema = json!({
        "description": name.about(),
        "type": "object",
        "propertyNames": { "not": { "enum": reserved.collect::<Vec<_>>() } },
        "patternProperties": { ID: table(name) },
        "additionalProperties": false,
    });
    if name == TableName::Cycle {
        schema["minProperties"] = json!(1);
    }
    schema
}

fn table(name: TableName) -> Value {
    let keys = name.keys();
    let required = keys.iter().filter(|key| key.required).map(|key| key.name);
    let required: Vec<_> = required.collect();
    let mut properties: Map<_, _> = keys
        .iter()
        .map(|key| (key.name.to_owned(), described(key)))
        .collect();
    if name == TableName::KeyResult {
        properties.insert("milestone".to_owned(), by_id(TableName::Milestone));
    }
    let mut schema = json!({
        "description": name.about(),
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

/// What a key takes, with what it means.
fn described(key: &Key) -> Value {
    let mut schema = takes(key.takes);
    let mut about = key.about.to_owned();
    if let Type::Word(words) | Type::Words(words) = key.takes {
        about.push('\n');
        for word in words {
            let _ = write!(about, "\n- `{}`: {}", word.name, word.meaning);
        }
    }
    schema["description"] = json!(about);
    schema
}

fn takes(takes: Type) -> Value {
    match takes {
        Type::Text => json!({ "type": "string" }),
        Type::Id => json!({ "type": "string", "pattern": ID }),
        Type::Date => json!({ "type": "string", "format": "date" }),
        Type::Number { min, max } => {
            let mut schema = json!({ "type": "number" });
            for (name, bound) in [("minimum", min), ("maximum", max)] {
                if let Some(bound) = bound {
                    schema[name] = json!(bound as i64);
                }
            }
            schema
        }
        Type::Bool => json!({ "type": "boolean" }),
        Type::Word(words) => one_of(words),
        Type::Words(words) => list(&one_of(words)),
        Type::Texts => list(&json!({ "type": "string" })),
        Type::Addresses => list(&json!({ "type": "string", "pattern": ADDRESS })),
        Type::Rows(TableName::Link) => list(&json!({
            "anyOf": [{ "type": "string" }, table(TableName::Link)],
        })),
        Type::Rows(name) => list(&table(name)),
        Type::Levels => json!({
            "type": "object",
            "additionalProperties": { "enum": ["off", "advice", "warning", "error"] },
        }),
    }
}

fn list(items: &Value) -> Value {
    json!({ "type": "array", "items": items })
}

/// One word of a closed list; what each means stands where the TOML editors of the taplo family
/// look for it, as the schema's own language has no place.
fn one_of(words: &[Word]) -> Value {
    let names: Vec<_> = words.iter().map(|word| word.name).collect();
    let meanings: Vec<_> = words.iter().map(|word| word.meaning).collect();
    json!({
        "type": "string",
        "enum": names,
        "x-taplo": { "docs": { "enumValues": meanings } },
    })
}
