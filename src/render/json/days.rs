use std::io;

use chrono::NaiveDate;
use serde::Serialize;

use super::VERSION;
use super::cycles::JsonCycle;
use super::key_result::{JsonDated, day};
use super::write::write;
use crate::view;

#[derive(Debug, Serialize)]
struct Days<'a> {
    version: u32,
    today: String,
    cycle: JsonCycle<'a>,
    /// How many days ahead `due-within` looks.
    within: i64,
    groups: Vec<Group<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Group<'a> {
    /// The id; `null` for what has none, such as key results without an owner.
    id: Option<&'a str>,
    name: Option<&'a str>,
    open: usize,
    overdue: usize,
    due_within: usize,
    next: Option<JsonDated<'a>>,
    last_due: Option<String>,
    /// How many more than `next` are due on its day.
    next_more: usize,
}

/// Writes the days left.
pub fn days(out: &mut dyn io::Write, days: &view::Days<'_>, today: NaiveDate) -> io::Result<()> {
    let groups = days.groups.iter().map(|group| {
        // No id is a dash.
        let has_id = group.id != "–";
        Group {
            id: has_id.then_some(group.id),
            name: has_id.then_some(group.name),
            open: group.open,
            overdue: group.overdue,
            due_within: group.due_within,
            next: group.next.as_ref().map(JsonDated::new),
            last_due: group.last.map(day),
            next_more: group.next_more,
        }
    });
    let json = Days {
        version: VERSION,
        today: day(today),
        cycle: JsonCycle::new(&days.cycle),
        within: days.within,
        groups: groups.collect(),
    };
    write(out, &json)
}
