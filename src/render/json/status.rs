use std::io;

use chrono::NaiveDate;
use serde::Serialize;

use super::VERSION;
use super::cycles::JsonCycle;
use super::key_result::{JsonCounts, JsonDated, KeyResult, day};
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
    counts: JsonCounts,
    progress: Option<u8>,
    first: Vec<JsonFirst<'a>>,
    themes: Vec<Theme<'a>>,
    /// How many key results the filters hide; counts and progress are of all.
    hidden: usize,
}

#[derive(Debug, Serialize)]
struct JsonFirst<'a> {
    why: &'static str,
    dated: Vec<JsonDated<'a>>,
    #[serde(rename = "key-results")]
    ids: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct Theme<'a> {
    id: &'a str,
    name: &'a str,
    aim: Option<&'a str>,
    counts: JsonCounts,
    progress: Option<u8>,
    objectives: Vec<Objective<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Objective<'a> {
    id: &'a str,
    name: &'a str,
    aim: Option<&'a str>,
    counts: JsonCounts,
    progress: Option<u8>,
    key_results: Vec<KeyResult<'a>>,
}

/// Writes the status board.
pub fn status(out: &mut dyn io::Write, board: &Board<'_>, today: NaiveDate) -> io::Result<()> {
    let json = Status {
        version: VERSION,
        today: day(today),
        name: &board.plan.name,
        cycle: JsonCycle::new(&board.cycle),
        time_gone: board.cycle.gone.map(whole_percent),
        counts: JsonCounts::new(board.rollup.counts),
        progress: board.rollup.progress.map(whole_percent),
        first: board.first.iter().map(JsonFirst::new).collect(),
        themes: board
            .themes
            .iter()
            .map(|group| theme(board, group, today))
            .collect(),
        hidden: board.hidden,
    };
    write(out, &json)
}

impl<'a> JsonFirst<'a> {
    fn new(first: &First<'a>) -> Self {
        Self {
            why: match first.kind {
                FirstKind::Overdue => "overdue",
                FirstKind::Today => "today",
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

fn theme<'a>(board: &Board<'a>, group: &ThemeGroup<'a>, today: NaiveDate) -> Theme<'a> {
    let objectives = group.objectives.iter();
    Theme {
        id: group.id.as_str(),
        name: &group.theme.name,
        aim: group.theme.aim.as_deref(),
        counts: JsonCounts::new(group.rollup.counts),
        progress: group.rollup.progress.map(whole_percent),
        objectives: objectives
            .map(|group| objective(board, group, today))
            .collect(),
    }
}

fn objective<'a>(board: &Board<'a>, group: &ObjectiveGroup<'a>, today: NaiveDate) -> Objective<'a> {
    let rows = group.rows.iter();
    Objective {
        id: group.id.as_str(),
        name: &group.objective.name,
        aim: group.objective.aim.as_deref(),
        counts: JsonCounts::new(group.rollup.counts),
        progress: group.rollup.progress.map(whole_percent),
        key_results: rows
            .map(|row| KeyResult::new(board.plan, row, today))
            .collect(),
    }
}
