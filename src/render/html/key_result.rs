use chrono::NaiveDate;

use super::bar::Bar;
use super::beside::Beside;
use super::line::Line;
use super::link::{LinkSheet, Places, called};
use super::page::Shared;
use crate::model::{
    Address, Id, KeyResult, Kind, Measure, Milestone, OnTrack, Plan, Visibility, days_between,
    whole_percent,
};
use crate::render::dates::{date, days_left};
use crate::render::look::status_words;
use crate::text::{count, join};
use crate::view::Row;

/// What is past its day or its bounds, and what should have come farther.
const LATE: &str = "late";
const BEHIND: &str = "behind";

/// A key result as a page shows it.
pub(super) struct KeyResultSheet<'a> {
    pub(super) id: &'a Id,
    pub(super) title: &'a str,
    pub(super) status: &'static str,
    pub(super) status_words: String,
    pub(super) owner: Option<&'a str>,
    pub(super) due: Option<NaiveDate>,
    pub(super) progress: Option<u8>,
    pub(super) facts: Vec<Fact>,
    pub(super) bar: Option<Bar>,
    pub(super) line: Option<Line>,
    pub(super) about: Option<&'a str>,
    pub(super) steps: Vec<Step<'a>>,
    pub(super) ask: Option<&'a str>,
    pub(super) bonds: Vec<Bond>,
    pub(super) beside: Beside<'a>,
}

/// Something short that is said of a key result.
pub(super) struct Fact {
    pub(super) words: String,
    /// How it is to look: as any, or as something to look at.
    pub(super) class: &'static str,
}

/// Something else that a key result needs, supports or carries on.
pub(super) struct Bond {
    pub(super) verb: &'static str,
    pub(super) href: Option<String>,
    pub(super) words: String,
}

/// A milestone.
pub(super) struct Step<'a> {
    pub(super) name: &'a str,
    pub(super) status: &'static str,
    pub(super) words: &'static str,
    pub(super) day: Option<String>,
    pub(super) is_late: bool,
}

impl<'a> KeyResultSheet<'a> {
    pub(super) fn new(
        shared: &Shared<'a>,
        row: &Row<'a>,
        line: Option<Line>,
        places: &Places,
    ) -> Self {
        let own = row.key_result;
        let plan = shared.plan;
        let owner = row.owner.map(|owner| plan.person_name(owner));
        let mut beside = Beside::new(plan, &own.links, &own.note);
        let evidence = own.evidence.iter();
        beside.links.extend(evidence.map(|own| LinkSheet::to(own)));
        Self {
            id: row.id,
            title: &own.title,
            status: row.status.word(),
            status_words: status_words(row.status),
            owner,
            due: row.due,
            progress: row.progress.map(whole_percent),
            facts: facts(shared, row, owner),
            bar: bar(shared, row),
            line,
            about: own.about.as_deref(),
            steps: steps(shared, row),
            ask: own.ask.as_deref().filter(|_| row.is_open),
            bonds: bonds(plan, own, places),
            beside,
        }
    }

    pub(super) fn has_body(&self) -> bool {
        !self.facts.is_empty()
            || self.bar.is_some()
            || self.about.is_some()
            || !self.steps.is_empty()
            || self.ask.is_some()
            || !self.bonds.is_empty()
            || !self.beside.is_empty()
    }
}

/// Returns what is said in few words: the figure, the days, who takes part, and what a reader has to
/// know to judge them.
fn facts(shared: &Shared<'_>, row: &Row<'_>, owner: Option<&str>) -> Vec<Fact> {
    let own = row.key_result;
    let mut facts = Vec::new();
    let mut say = |words: String, class: &'static str| facts.push(Fact { words, class });
    if row.visibility == Visibility::Outline {
        say("shown in outline".to_owned(), "");
    }
    if let Some(figure) = row.figure() {
        say(figure, "");
    }
    if let Some(bounds) = bounds(own) {
        let is_broken = row.is_open && is_broken(own);
        say(bounds, if is_broken { LATE } else { "" });
    }
    // The cycle's end is everybody's day and said once.
    if let Some(due) = own.due {
        let left = match row.days_left {
            Some(days) if !shared.is_over => format!(" ({})", days_left(days)),
            _ => String::new(),
        };
        let is_late = !shared.is_over && row.days_overdue.is_some();
        let class = if is_late { LATE } else { "" };
        say(format!("due {}{left}", date(due)), class);
    }
    if !shared.is_over {
        match row.on_track {
            Some(OnTrack::Behind(pace)) => {
                let points = count(whole_percent(-pace.points).into(), "point");
                say(format!("{points} behind the time gone"), BEHIND);
            }
            Some(OnTrack::LateToStart) => {
                say("not started, over half its time gone".to_owned(), BEHIND);
            }
            None => {}
        }
    }
    if own.kind() == Kind::Aspirational {
        say("a stretch, not a promise".to_owned(), "");
    }
    if let Some(confidence) = own.confidence {
        let confidence = whole_percent(100.0 * confidence.get());
        say(format!("{confidence} % sure to be reached"), "");
    }
    if let Some(score) = own.score {
        say(format!("graded {}", score.get()), "");
    }
    if let Some(owner) = owner.filter(|_| row.owner != shared.owner) {
        say(owner.to_owned(), "");
    }
    if !own.partners.is_empty() {
        say(format!("with {}", join(&own.partners)), "");
    }
    if !own.tags.is_empty() {
        say(own.tags.join(", "), "");
    }
    facts
}

/// Returns the figure of something kept within bounds, and the bounds.
fn bounds(own: &KeyResult) -> Option<String> {
    let unit = own.unit.as_deref().unwrap_or_default();
    let bounds = match (own.at_least, own.at_most) {
        (Some(least), Some(most)) => format!("to stay between {least} and {most}"),
        (Some(least), None) => format!("to stay at {least} or more"),
        (None, Some(most)) => format!("to stay at {most} or less"),
        (None, None) => return None,
    };
    Some(match own.current {
        Some(current) => format!("{} now, {bounds}", format!("{current} {unit}").trim_end()),
        None => bounds,
    })
}

fn is_broken(own: &KeyResult) -> bool {
    let (Measure::Guardrail { kept } | Measure::Ongoing { kept }) = own.measure() else {
        return false;
    };
    kept == Some(false)
}

/// Draws how far it has come, where that is more than there or not there.
fn bar(shared: &Shared<'_>, row: &Row<'_>) -> Option<Bar> {
    let own = row.key_result;
    if matches!(own.measure(), Measure::Deliverable) {
        return None;
    }
    let time = shared.plan.start_of(own).zip(row.due);
    let gone = time.filter(|_| row.is_open && own.has_pace() && !shared.is_over);
    let gone = gone.map(|(start, due)| 100.0 * crate::model::share_gone(start, due, shared.today));
    Some(Bar::new(row.progress?, gone))
}

fn steps<'a>(shared: &Shared<'_>, row: &Row<'a>) -> Vec<Step<'a>> {
    let milestones = row.key_result.milestones.values();
    let sheets = milestones.map(|own: &Milestone| {
        let days = own.due.map(|due| days_between(shared.today, due));
        let is_late = row.is_open && !own.is_done() && !shared.is_over && days < Some(0);
        let left = days.filter(|_| row.is_open && !own.is_done() && !shared.is_over);
        Step {
            name: &own.name,
            status: if own.is_done() { "done" } else { "not-started" },
            words: if own.is_done() { "done" } else { "to do" },
            day: own.due.map(|due| match left {
                Some(days) => format!("{} ({})", date(due), days_left(days)),
                None => date(due),
            }),
            is_late: is_late && days.is_some(),
        }
    });
    sheets.collect()
}

fn bonds(plan: &Plan, own: &KeyResult, places: &Places) -> Vec<Bond> {
    let continues = own.continues.iter().cloned().map(Address::KeyResult);
    let needs = own.needs.iter().cloned().map(|at| ("Needs", at));
    let supports = own.supports.iter().cloned().map(|at| ("Supports", at));
    let all = needs.chain(supports);
    let all = all.chain(continues.map(|at| ("Carries on", at)));
    let bonds = all.map(|(verb, at)| Bond {
        verb,
        href: places.href(&at),
        words: called(plan, &at),
    });
    bonds.collect()
}
