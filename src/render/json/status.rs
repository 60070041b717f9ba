use std::collections::BTreeMap;
use std::io;

use chrono::NaiveDate;
use serde::Serialize;

use super::VERSION;
use super::cycles::{JsonCycle, JsonLeftOpen};
use super::key_result::{JsonDated, KeyResult, day};
use super::rollup::JsonRollup;
use super::write::write;
use crate::model::{Id, whole_percent};
use crate::view::{Board, First, FirstKind, ObjectiveGroup, ThemeGroup};

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Status<'a> {
    version: u32,
    today: String,
    name: &'a str,
    cycle: JsonCycle<'a>,
    /// The share of the cycle's time that is gone.
    time_gone: Option<u8>,
    #[serde(flatten)]
    rollup: JsonRollup,
    first: Vec<JsonFirst<'a>>,
    themes: Vec<Group<'a>>,
    /// How many key results the filters hide; counts and progress are of all.
    hidden: usize,
    /// Which key result carries which on, once the cycle is over.
    carried: BTreeMap<&'a str, &'a str>,
    /// The other cycles that are over and wait to be closed.
    left_open: Vec<JsonLeftOpen<'a>>,
}

#[derive(Debug, Serialize)]
struct JsonFirst<'a> {
    why: &'static str,
    dated: Vec<JsonDated<'a>>,
    #[serde(rename = "key-results")]
    ids: Vec<&'a str>,
}

/// A theme with its objectives, or an objective with its key results.
#[derive(Debug, Serialize)]
struct Group<'a> {
    id: &'a str,
    name: &'a str,
    aim: Option<&'a str>,
    #[serde(flatten)]
    rollup: JsonRollup,
    #[serde(flatten)]
    below: Below<'a>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Below<'a> {
    Objectives(Vec<Group<'a>>),
    KeyResults(Vec<KeyResult<'a>>),
}

/// Writes the status board.
pub fn status(out: &mut dyn io::Write, board: &Board<'_>, today: NaiveDate) -> io::Result<()> {
    let json = Status {
        version: VERSION,
        today: day(today),
        name: &board.plan.name,
        cycle: JsonCycle::new(&board.cycle),
        time_gone: board.cycle.gone.map(whole_percent),
        rollup: JsonRollup::new(board.rollup),
        first: board.first.iter().map(JsonFirst::new).collect(),
        themes: board
            .themes
            .iter()
            .map(|group| theme(board, group, today))
            .collect(),
        hidden: board.hidden,
        carried: board
            .carried
            .iter()
            .map(|(old, new)| (old.as_str(), new.as_str()))
            .collect(),
        left_open: board.left_open.iter().map(JsonLeftOpen::new).collect(),
    };
    write(out, &json)
}

impl<'a> JsonFirst<'a> {
    fn new(first: &First<'a>) -> Self {
        Self {
            why: match first.kind {
                FirstKind::Overdue => "overdue",
                FirstKind::Today => "today",
                FirstKind::Broken => "broken",
                FirstKind::OffTrack => "off-track",
                FirstKind::AtRisk => "at-risk",
                FirstKind::Next => "next",
                FirstKind::Behind => "behind",
                FirstKind::LateToStart => "late-to-start",
                FirstKind::Asks => "asks",
                FirstKind::Stale => "stale",
            },
            dated: first.dated.iter().map(JsonDated::new).collect(),
            ids: first.ids.iter().copied().map(Id::as_str).collect(),
        }
    }
}

fn theme<'a>(board: &Board<'a>, group: &ThemeGroup<'a>, today: NaiveDate) -> Group<'a> {
    let objectives = group.objectives.iter();
    Group {
        id: group.id.as_str(),
        name: &group.theme.name,
        aim: group.theme.aim.as_deref(),
        rollup: JsonRollup::new(group.rollup),
        below: Below::Objectives(
            objectives
                .map(|group| objective(board, group, today))
                .collect(),
        ),
    }
}

fn objective<'a>(board: &Board<'a>, group: &ObjectiveGroup<'a>, today: NaiveDate) -> Group<'a> {
    let rows = group.rows.iter();
    Group {
        id: group.id.as_str(),
        name: &group.objective.name,
        aim: group.objective.aim.as_deref(),
        rollup: JsonRollup::new(group.rollup),
        below: Below::KeyResults(
            rows.map(|row| KeyResult::new(board.plan, row, today))
                .collect(),
        ),
    }
}
