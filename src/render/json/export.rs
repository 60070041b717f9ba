use std::io;

use serde::Serialize;

use super::VERSION;
use super::cycles::JsonCycle;
use super::key_result::{JsonLink, JsonNote, KeyResult, day};
use super::rollup::JsonRollup;
use super::write::write;
use crate::model::{Address, Id, Link, Note, Person, Plan, Visibility, whole_percent};
use crate::view::{Audience, Edition, LeftOut, ObjectiveGroup, Row, ThemeGroup};

/// What is published of a plan.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Export<'a> {
    version: u32,
    /// `public` or `internal`.
    audience: &'static str,
    today: String,
    name: &'a str,
    aim: Option<&'a str>,
    about: Option<&'a str>,
    owner: Option<&'a str>,
    reviewer: Option<&'a str>,
    links: Vec<JsonLink<'a>>,
    notes: Vec<JsonNote<'a>>,
    cycle: JsonCycle<'a>,
    /// The share of the cycle's time that is gone.
    time_gone: Option<u8>,
    #[serde(flatten)]
    rollup: JsonRollup,
    left_out: JsonLeftOut,
    /// How many key results the filters hide; counts and progress are of all.
    hidden: usize,
    themes: Vec<Theme<'a>>,
    people: Vec<JsonPerson<'a>>,
}

/// How much is private and left out.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct JsonLeftOut {
    themes: usize,
    objectives: usize,
    key_results: usize,
}

#[derive(Serialize)]
struct Theme<'a> {
    id: &'a str,
    name: &'a str,
    short: Option<&'a str>,
    aim: Option<&'a str>,
    about: Option<&'a str>,
    owner: Option<&'a str>,
    links: Vec<JsonLink<'a>>,
    visibility: &'static str,
    #[serde(flatten)]
    rollup: JsonRollup,
    notes: Vec<JsonNote<'a>>,
    objectives: Vec<Objective<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Objective<'a> {
    id: &'a str,
    name: &'a str,
    short: Option<&'a str>,
    aim: Option<&'a str>,
    about: Option<&'a str>,
    owner: Option<&'a str>,
    partners: &'a [String],
    links: Vec<JsonLink<'a>>,
    supports: Vec<String>,
    visibility: &'static str,
    #[serde(flatten)]
    rollup: JsonRollup,
    notes: Vec<JsonNote<'a>>,
    key_results: Vec<Shown<'a>>,
}

/// A key result whole, or what may be seen of it.
#[derive(Serialize)]
#[serde(untagged)]
enum Shown<'a> {
    Whole(Box<KeyResult<'a>>),
    Outline(Outline<'a>),
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Outline<'a> {
    id: &'a str,
    objective: &'a str,
    theme: Option<&'a str>,
    title: &'a str,
    status: &'static str,
    open: bool,
    cycle: Option<&'a str>,
    due: Option<String>,
    days_left: Option<i64>,
    days_overdue: Option<i64>,
    visibility: &'static str,
}

#[derive(Serialize)]
struct JsonPerson<'a> {
    id: &'a str,
    name: Option<&'a str>,
    github: Option<&'a str>,
}

/// Writes what is published of a plan, with everything that may be.
pub fn export(out: &mut dyn io::Write, edition: &Edition<'_>) -> io::Result<()> {
    let board = &edition.board;
    let plan = board.plan;
    let LeftOut {
        themes,
        objectives,
        key_results,
    } = edition.publication.left_out;
    let json = Export {
        version: VERSION,
        audience: match edition.publication.audience {
            Audience::Public => "public",
            Audience::Internal => "internal",
        },
        today: day(edition.today),
        name: &plan.name,
        aim: plan.aim.as_deref(),
        about: plan.about.as_deref(),
        owner: plan.owner.as_deref(),
        reviewer: plan.reviewer.as_deref(),
        links: links(&plan.links),
        notes: notes(&plan.note),
        cycle: JsonCycle::new(&board.cycle),
        time_gone: board.cycle.gone.map(whole_percent),
        rollup: JsonRollup::new(board.rollup),
        left_out: JsonLeftOut {
            themes,
            objectives,
            key_results,
        },
        hidden: board.hidden,
        themes: board.themes.iter().map(|own| theme(edition, own)).collect(),
        people: plan.persons.iter().map(person).collect(),
    };
    write(out, &json)
}

fn theme<'a>(edition: &Edition<'a>, group: &ThemeGroup<'a>) -> Theme<'a> {
    let own = group.theme;
    let objectives = group.objectives.iter();
    Theme {
        id: group.id.as_str(),
        name: &own.name,
        short: own.short.as_deref(),
        aim: own.aim.as_deref(),
        about: own.about.as_deref(),
        owner: own.owner.as_deref(),
        links: links(&own.links),
        visibility: own.visibility.unwrap_or(Visibility::Public).word(),
        rollup: JsonRollup::new(group.rollup),
        notes: notes(&own.note),
        objectives: objectives.map(|own| objective(edition, own)).collect(),
    }
}

fn objective<'a>(edition: &Edition<'a>, group: &ObjectiveGroup<'a>) -> Objective<'a> {
    let own = group.objective;
    Objective {
        id: group.id.as_str(),
        name: &own.name,
        short: own.short.as_deref(),
        aim: own.aim.as_deref(),
        about: own.about.as_deref(),
        owner: own.owner.as_deref(),
        partners: &own.partners,
        links: links(&own.links),
        supports: own.supports.iter().map(Address::to_string).collect(),
        visibility: edition.board.plan.objective_visibility(own).word(),
        rollup: JsonRollup::new(group.rollup),
        notes: notes(&own.note),
        key_results: group.rows.iter().map(|row| shown(edition, row)).collect(),
    }
}

fn shown<'a>(edition: &Edition<'a>, row: &Row<'a>) -> Shown<'a> {
    let plan: &Plan = edition.board.plan;
    let own = row.key_result;
    if !own.is_outline {
        let whole = KeyResult::new(plan, row, edition.today);
        let whole = if edition.publication.notes {
            whole
        } else {
            whole.unheard()
        };
        return Shown::Whole(Box::new(whole));
    }
    Shown::Outline(Outline {
        id: row.id.as_str(),
        objective: own.objective.as_str(),
        theme: row.theme.map(Id::as_str),
        title: &own.title,
        status: row.status.word(),
        open: row.is_open,
        cycle: plan.cycle_id_of(own).map(Id::as_str),
        due: row.due.map(day),
        days_left: row.days_left,
        days_overdue: row.days_overdue,
        visibility: row.visibility.word(),
    })
}

fn person<'a>((id, person): (&'a Id, &'a Person)) -> JsonPerson<'a> {
    JsonPerson {
        id: id.as_str(),
        name: person.name.as_deref(),
        github: person.github.as_deref(),
    }
}

fn links(links: &[Link]) -> Vec<JsonLink<'_>> {
    links.iter().map(JsonLink::new).collect()
}

fn notes(notes: &[Note]) -> Vec<JsonNote<'_>> {
    notes.iter().map(JsonNote::new).collect()
}
