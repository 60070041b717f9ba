use serde_json::{Map, Value, json};

use crate::model::{Kind, Status, Visibility, Word};
use crate::render::json::MEASURES;

/// The keys of something with what each holds.
type Keys = Vec<(&'static str, Value)>;

/// Returns the JSON Schema of what `loti export json` writes.
///
/// It says of every key that it is there and what it holds, so that a program may rely on it. A newer
/// loti may add keys and takes none away, so that others are allowed.
pub fn schema() -> Value {
    let mut schema = object(&export());
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!("What loti publishes of a plan");
    schema["description"] = json!(
        "Written by `loti export json`. What is absent is null, days are ISO dates, progress is a \
         whole percentage, rounded down."
    );
    schema["definitions"] = json!({
        "link": object(&[("name", or_null("string")), ("url", a("string"))]),
        "note": object(&[("on", day()), ("by", or_null("string")), ("text", a("string"))]),
        "counts": object(&counts()),
        "cycle": object(&cycle()),
        "milestone": object(&milestone()),
        "key-result": object(&key_result()),
        "outline": object(&outline()),
        "objective": object(&objective()),
        "theme": object(&theme()),
        "person": object(&[
            ("id", a("string")),
            ("name", or_null("string")),
            ("github", or_null("string")),
        ]),
    });
    schema
}

fn export() -> Keys {
    let left_out = [
        ("themes", number()),
        ("objectives", number()),
        ("key-results", number()),
    ];
    vec![
        ("version", json!({ "const": 1 })),
        ("audience", json!({ "enum": ["public", "internal"] })),
        ("today", day()),
        ("name", a("string")),
        ("aim", or_null("string")),
        ("about", or_null("string")),
        ("owner", or_null("string")),
        ("reviewer", or_null("string")),
        ("links", list_of("link")),
        ("notes", list_of("note")),
        ("cycle", the("cycle")),
        ("time-gone", percent()),
        ("counts", the("counts")),
        ("progress", percent()),
        ("left-out", object(&left_out)),
        ("hidden", number()),
        ("themes", list_of("theme")),
        ("people", list_of("person")),
    ]
}

fn cycle() -> Keys {
    vec![
        ("id", a("string")),
        ("name", or_null("string")),
        ("start", day_or_null()),
        ("end", day_or_null()),
        ("closed", day_or_null()),
        ("days", or_null("integer")),
        (
            "stage",
            json!({ "enum": ["ahead", "running", "ended", "closed", null] }),
        ),
        ("starts-in", or_null("integer")),
        ("days-left", or_null("integer")),
        ("ended-ago", or_null("integer")),
    ]
}

fn counts() -> Keys {
    let statuses = Status::WORDS.iter().map(|word| word.name);
    let all = ["all", "open"].into_iter().chain(statuses);
    all.map(|name| (name, number())).collect()
}

/// What a theme and an objective have alike.
fn group() -> Keys {
    vec![
        ("id", a("string")),
        ("name", a("string")),
        ("short", or_null("string")),
        ("aim", or_null("string")),
        ("about", or_null("string")),
        ("owner", or_null("string")),
        ("links", list_of("link")),
        ("visibility", one_of(Visibility::WORDS)),
        ("counts", the("counts")),
        ("progress", percent()),
        ("notes", list_of("note")),
    ]
}

fn theme() -> Keys {
    let mut keys = group();
    keys.push(("objectives", list_of("objective")));
    keys
}

fn objective() -> Keys {
    let either = json!({ "anyOf": [the("key-result"), the("outline")] });
    let mut keys = group();
    keys.extend([
        ("partners", texts()),
        ("supports", texts()),
        ("key-results", json!({ "type": "array", "items": either })),
    ]);
    keys
}

/// What of a key result is there whatever may be seen of it.
fn outline() -> Keys {
    vec![
        ("id", a("string")),
        ("objective", a("string")),
        ("theme", or_null("string")),
        ("title", a("string")),
        ("status", one_of(Status::WORDS)),
        ("open", a("boolean")),
        ("cycle", or_null("string")),
        ("due", day_or_null()),
        ("days-left", or_null("integer")),
        ("days-overdue", or_null("integer")),
        ("visibility", one_of(Visibility::WORDS)),
    ]
}

fn key_result() -> Keys {
    let mut keys = outline();
    let names = |names: &[&'static str], schema: &dyn Fn() -> Value| -> Keys {
        names.iter().map(|name| (*name, schema())).collect()
    };
    keys.extend(names(
        &[
            "short",
            "about",
            "owner",
            "reviewer",
            "ask",
            "cadence",
            "continues",
            "suggests",
            "unit",
            "line-reached",
        ],
        &|| or_null("string"),
    ));
    keys.extend(names(
        &["partners", "tags", "evidence", "supports", "needs"],
        &texts,
    ));
    keys.extend(names(&["start", "checked", "heard"], &day_or_null));
    keys.extend(names(
        &[
            "weight",
            "confidence",
            "score",
            "baseline",
            "current",
            "target",
            "commit",
            "stretch",
            "at-least",
            "at-most",
        ],
        &|| or_null("number"),
    ));
    keys.extend(names(&["days-silent", "pace"], &|| or_null("integer")));
    keys.extend(names(&["late-to-start", "ongoing"], &|| a("boolean")));
    keys.extend([
        ("kind", one_of(Kind::WORDS)),
        ("measure", json!({ "enum": MEASURES })),
        ("kept", or_null("boolean")),
        ("progress", percent()),
        ("links", list_of("link")),
        ("milestone", list_of("milestone")),
        ("note", list_of("note")),
    ]);
    keys
}

fn milestone() -> Keys {
    vec![
        ("id", a("string")),
        ("name", a("string")),
        ("due", day_or_null()),
        ("done", a("boolean")),
        ("days-left", or_null("integer")),
    ]
}

fn object(keys: &[(&'static str, Value)]) -> Value {
    let required: Vec<_> = keys.iter().map(|(name, _)| *name).collect();
    let properties = keys
        .iter()
        .map(|(name, schema)| ((*name).to_owned(), schema.clone()));
    json!({
        "type": "object",
        "required": required,
        "properties": properties.collect::<Map<_, _>>(),
    })
}

fn the(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

fn list_of(name: &str) -> Value {
    json!({ "type": "array", "items": the(name) })
}

fn a(kind: &str) -> Value {
    json!({ "type": kind })
}

fn or_null(kind: &str) -> Value {
    json!({ "type": [kind, "null"] })
}

fn texts() -> Value {
    json!({ "type": "array", "items": a("string") })
}

fn number() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

fn percent() -> Value {
    json!({ "type": ["integer", "null"], "minimum": 0, "maximum": 100 })
}

fn day() -> Value {
    json!({ "type": "string", "format": "date" })
}

fn day_or_null() -> Value {
    json!({ "type": ["string", "null"], "format": "date" })
}

fn one_of(words: &[Word]) -> Value {
    let names: Vec<_> = words.iter().map(|word| word.name).collect();
    json!({ "enum": names })
}
