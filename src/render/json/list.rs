use std::io;

use serde::Serialize;

use super::VERSION;
use super::cycles::JsonCycle;
use super::key_result::{KeyResult, day};
use super::write::write;
use crate::render::List;

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct JsonList<'a> {
    version: u32,
    today: String,
    cycle: JsonCycle<'a>,
    key_results: Vec<KeyResult<'a>>,
}

/// Writes a list, every field of each key result.
pub fn list(out: &mut dyn io::Write, list: &List<'_>) -> io::Result<()> {
    let rows = list.rows.iter();
    let json = JsonList {
        version: VERSION,
        today: day(list.today),
        cycle: JsonCycle::new(&list.cycle),
        key_results: rows
            .map(|row| KeyResult::new(list.plan, row, list.today))
            .collect(),
    };
    write(out, &json)
}
