use std::io;

use chrono::NaiveDate;
use serde::Serialize;

use super::VERSION;
use super::key_result::day;
use super::rollup::JsonCounts;
use super::write::write;
use crate::model::{LeftOpen, Stage};
use crate::view::{CycleLine, CycleRow};

#[derive(Debug, Serialize)]
struct Listed<'a> {
    version: u32,
    today: String,
    cycles: Vec<Counted<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Counted<'a> {
    #[serde(flatten)]
    cycle: JsonCycle<'a>,
    current: bool,
    counts: JsonCounts,
}

/// A cycle and where the day lies in it; of the backlog only the id is known.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct JsonCycle<'a> {
    id: &'a str,
    name: Option<&'a str>,
    start: Option<String>,
    end: Option<String>,
    closed: Option<String>,
    /// How many days from the first to the last.
    days: Option<i64>,
    /// `ahead`, `running`, `ended` or `closed`.
    stage: Option<&'static str>,
    /// How many days until it starts, while it is ahead.
    starts_in: Option<i64>,
    /// How many days are left, while it runs.
    days_left: Option<i64>,
    /// How many days ago it ended.
    ended_ago: Option<i64>,
}

/// A cycle that is over and waits to be closed.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct JsonLeftOpen<'a> {
    id: &'a str,
    name: &'a str,
    /// How many days ago it ended.
    ended_ago: i64,
    /// How many of its key results are open.
    open: usize,
}

impl<'a> JsonLeftOpen<'a> {
    pub(super) fn new(left: &LeftOpen<'a>) -> Self {
        Self {
            id: left.id.as_str(),
            name: &left.cycle.name,
            ended_ago: left.days,
            open: left.open,
        }
    }
}

impl<'a> JsonCycle<'a> {
    pub(super) fn new(line: &CycleLine<'a>) -> Self {
        let cycle = line.cycle;
        let stage = line.stage;
        Self {
            id: line.id.as_str(),
            name: cycle.map(|cycle| cycle.name.as_str()),
            start: cycle.map(|cycle| day(cycle.start)),
            end: cycle.map(|cycle| day(cycle.end)),
            closed: cycle.and_then(|cycle| cycle.closed).map(day),
            days: cycle.map(crate::model::Cycle::length),
            stage: stage.map(Stage::word),
            starts_in: match stage {
                Some(Stage::Ahead(days)) => Some(days),
                _ => None,
            },
            days_left: match stage {
                Some(Stage::Running(days)) => Some(days),
                _ => None,
            },
            ended_ago: match stage {
                Some(Stage::Ended(days)) => Some(days),
                _ => None,
            },
        }
    }
}

/// Writes the cycles.
pub fn cycles(out: &mut dyn io::Write, rows: &[CycleRow<'_>], today: NaiveDate) -> io::Result<()> {
    let cycles = rows.iter().map(|row| Counted {
        cycle: JsonCycle::new(&row.line),
        current: row.is_current,
        counts: JsonCounts::new(row.counts),
    });
    let json = Listed {
        version: VERSION,
        today: day(today),
        cycles: cycles.collect(),
    };
    write(out, &json)
}
