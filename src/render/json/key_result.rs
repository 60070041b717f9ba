use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use crate::model::{
    Address, Id, Link, Measure, Note, Number, OnTrack, Plan, Status, whole_percent,
};
use crate::render::list::{figures, partners};
use crate::view::{Dated, Row};

/// A key result: its keys with what holds for it from above, and what follows from the day.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct KeyResult<'a> {
    id: &'a str,
    objective: &'a str,
    theme: Option<&'a str>,
    title: &'a str,
    short: Option<&'a str>,
    about: Option<&'a str>,
    status: &'static str,
    open: bool,
    kind: &'static str,
    owner: Option<&'a str>,
    reviewer: Option<&'a str>,
    partners: Vec<&'a str>,
    tags: &'a [String],
    links: Vec<JsonLink<'a>>,
    evidence: &'a [String],
    ask: Option<&'a str>,
    cycle: Option<&'a str>,
    start: Option<String>,
    due: Option<String>,
    days_left: Option<i64>,
    days_overdue: Option<i64>,
    days_silent: Option<i64>,
    cadence: Option<&'static str>,
    checked: Option<String>,
    /// The day it was last heard of.
    heard: Option<String>,
    weight: Option<Figure>,
    confidence: Option<Figure>,
    score: Option<Figure>,
    visibility: &'static str,
    supports: Vec<String>,
    needs: Vec<String>,
    continues: Option<&'a str>,
    measure: &'static str,
    progress: Option<u8>,
    /// Progress less the share of time gone, in points.
    pace: Option<i64>,
    /// The status that loti would rather see.
    suggests: Option<&'static str>,
    late_to_start: bool,
    baseline: Option<Figure>,
    current: Option<Figure>,
    target: Option<Figure>,
    unit: Option<&'a str>,
    commit: Option<Figure>,
    stretch: Option<Figure>,
    line_reached: Option<String>,
    at_least: Option<Figure>,
    at_most: Option<Figure>,
    /// Whether a guardrail holds.
    kept: Option<bool>,
    ongoing: bool,
    milestone: Vec<Milestone<'a>>,
    note: Vec<JsonNote<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Milestone<'a> {
    id: &'a str,
    name: &'a str,
    due: Option<String>,
    done: bool,
    days_left: Option<i64>,
}

#[derive(Debug, Serialize)]
pub(super) struct JsonLink<'a> {
    name: Option<&'a str>,
    url: &'a str,
}

#[derive(Debug, Serialize)]
pub(super) struct JsonNote<'a> {
    on: String,
    by: Option<&'a str>,
    text: &'a str,
}

/// A dated thing still to come.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct JsonDated<'a> {
    address: String,
    title: &'a str,
    due: String,
    days_left: i64,
}

/// A figure as the file states it: whole or with a fraction.
#[derive(Debug)]
pub(super) struct Figure(pub Number);

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Number::Integer(number) => serializer.serialize_i64(number),
            Number::Float(number) => serializer.serialize_f64(number),
        }
    }
}

impl<'a> KeyResult<'a> {
    pub(super) fn new(plan: &'a Plan, row: &Row<'a>, today: NaiveDate) -> Self {
        let own = row.key_result;
        let (baseline, current) = figures(own);
        let addresses = |list: &[Address]| list.iter().map(Address::to_string).collect();
        Self {
            id: row.id.as_str(),
            objective: own.objective.as_str(),
            theme: row.theme.map(Id::as_str),
            title: &own.title,
            short: own.short.as_deref(),
            about: own.about.as_deref(),
            status: row.status.word(),
            open: row.is_open,
            kind: own.kind().word(),
            owner: row.owner,
            reviewer: plan.reviewer_of(own),
            partners: partners(plan, own),
            tags: &own.tags,
            links: own.links.iter().map(JsonLink::new).collect(),
            evidence: &own.evidence,
            ask: own.ask.as_deref(),
            cycle: plan.cycle_id_of(own).map(Id::as_str),
            start: plan.start_of(own).map(day),
            due: row.due.map(day),
            days_left: row.days_left,
            days_overdue: row.days_overdue,
            days_silent: row.days_silent,
            cadence: plan.cadence_of(own).map(crate::model::Cadence::word),
            checked: own.checked.map(day),
            heard: plan.last_heard(own, today).map(day),
            weight: own.weight.map(|weight| Figure(weight.0)),
            confidence: own.confidence.map(|confidence| Figure(confidence.0)),
            score: own.score.map(|score| Figure(score.0)),
            visibility: row.visibility.word(),
            supports: addresses(&own.supports),
            needs: addresses(&own.needs),
            continues: own.continues.as_ref().map(Id::as_str),
            measure: measure(&own.measure()),
            progress: row.progress.map(whole_percent),
            pace: row.pace.map(|pace| pace.points.floor() as i64),
            suggests: match row.on_track {
                Some(OnTrack::Behind(pace)) => pace.suggests.map(Status::word),
                _ => None,
            },
            late_to_start: row.on_track == Some(OnTrack::LateToStart),
            baseline: baseline.map(Figure),
            current: current.map(Figure),
            target: own.target.map(Figure),
            unit: own.unit.as_deref(),
            commit: own.commit.map(Figure),
            stretch: own.stretch.map(Figure),
            line_reached: own.line_reached().map(|line| line.to_string()),
            at_least: own.at_least.map(Figure),
            at_most: own.at_most.map(Figure),
            kept: match own.measure() {
                Measure::Guardrail { kept } | Measure::Ongoing { kept } => kept,
                _ => None,
            },
            ongoing: own.is_ongoing(),
            milestone: own
                .milestones
                .iter()
                .map(|(id, step)| Milestone {
                    id: id.as_str(),
                    name: &step.name,
                    due: step.due.map(day),
                    done: step.is_done(),
                    days_left: step
                        .due
                        .filter(|_| row.is_open && !step.is_done())
                        .map(|due| crate::model::days_between(today, due)),
                })
                .collect(),
            note: own.note.iter().map(JsonNote::new).collect(),
        }
    }
}

impl KeyResult<'_> {
    /// Says nothing of when it was last heard of, which cannot be told without its notes.
    pub(super) fn unheard(self) -> Self {
        Self {
            heard: None,
            ..self
        }
    }
}

impl<'a> JsonLink<'a> {
    pub(super) fn new(link: &'a Link) -> Self {
        Self {
            name: link.name.as_deref(),
            url: &link.url,
        }
    }
}

impl<'a> JsonNote<'a> {
    pub(super) fn new(note: &'a Note) -> Self {
        Self {
            on: day(note.on),
            by: note.by.as_deref(),
            text: &note.text,
        }
    }
}

impl<'a> JsonDated<'a> {
    pub(super) fn new(dated: &Dated<'a>) -> Self {
        Self {
            address: dated.address().to_string(),
            title: dated.title,
            due: day(dated.due),
            days_left: dated.days_left,
        }
    }
}

/// Every word for how a key result is measured.
pub(in crate::render) const MEASURES: [&str; 7] = [
    "deliverable",
    "metric",
    "judged",
    "guardrail",
    "ongoing",
    "steps",
    "untold",
];

fn measure(measure: &Measure) -> &'static str {
    match measure {
        Measure::Deliverable => "deliverable",
        Measure::Metric { .. } => "metric",
        Measure::Judged(_) => "judged",
        Measure::Guardrail { .. } => "guardrail",
        Measure::Ongoing { .. } => "ongoing",
        Measure::Steps { .. } => "steps",
        Measure::Untold => "untold",
    }
}

/// Returns a day as an ISO date.
pub(super) fn day(day: NaiveDate) -> String {
    day.to_string()
}
