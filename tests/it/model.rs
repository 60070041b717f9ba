//! Progress, pace, roll-up and days: the laws they keep for any figures, and what they say of a real
//! plan over a made-up quarter.

mod cycles;
mod laws;
mod quarter;

use std::fmt::Write as _;

use chrono::NaiveDate;
use loti::model::{
    Address, Id, KeyResult, Note, OnTrack, Plan, Status, days_between, whole_percent,
};

use crate::tree::read;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn id(text: &str) -> Id {
    Id::new(text).expect("an id")
}

/// Reads a plan that has no problems.
fn plan(text: &str) -> Plan {
    let document = read(text);
    assert_eq!(document.problems, [], "{text}");
    document.plan
}

/// Does what `loti set ADDRESS KEY=VALUE` is to do.
fn set(plan: &mut Plan, address: &str, key: &str, value: &str) {
    let address: Address = address.parse().expect("an address");
    let table = plan.table_mut(&address).expect("something there");
    let number = table.name().find(key).expect("a known key");
    let value = table.name().keys()[number]
        .takes
        .parse(value)
        .expect("a fitting value");
    table
        .field_mut(number)
        .set(Some(value))
        .expect("a fitting value");
}

/// Does what `loti note ADDRESS` is to do.
fn note(plan: &mut Plan, address: &str, on: &str) {
    let address: Address = address.parse().expect("an address");
    let notes = plan.notes_mut(&address).expect("something with notes");
    notes.push(Note {
        on: day(on),
        by: None,
        text: "…".to_owned(),
    });
}

/// Lays out what the figures say of the current cycle on a day.
fn figures(plan: &Plan, today: NaiveDate) -> String {
    let cycle = plan.current_cycle(today).expect("a cycle");
    let tree = plan.tree(cycle);
    let percent = |progress: Option<f64>| match progress {
        Some(progress) => format!("{} %", whole_percent(progress)),
        None => "–".to_owned(),
    };
    let row = |name: String, rollup: loti::model::Rollup| {
        let counts = rollup.counts.describe();
        format!("{name:<20} {:>5}  {counts}\n", percent(rollup.progress))
    };
    let left = days_between(today, plan.cycles[cycle].end);
    let mut text = if left < 0 {
        format!("{today}, ended {} days ago\n", -left)
    } else {
        format!("{today}, {left} days left\n")
    };
    text += &row("plan".to_owned(), tree.rollup);
    for theme in &tree.themes {
        text += &row(format!("  {}", theme.id), theme.rollup);
        for objective in &theme.objectives {
            text += &row(format!("    {}", objective.id), objective.rollup);
        }
    }
    let mut list = |name: &str, say: &dyn Fn(&KeyResult) -> Option<String>| {
        let all = plan.key_results.iter();
        let said: Vec<String> = all
            .filter_map(|(id, key_result)| Some(format!("{id}{}", say(key_result)?)))
            .collect();
        let said = match said.len() {
            0 => "none".to_owned(),
            number => format!("{number}: {}", said.join(", ")),
        };
        let _ = writeln!(text, "{name}: {said}");
    };
    list("pace", &|key_result| {
        let pace = plan.pace_of(key_result, today)?;
        let asked = match plan.on_track(key_result, today) {
            Some(OnTrack::Behind(pace)) => format!(" {}?", pace.suggests.expect("a status")),
            _ => String::new(),
        };
        Some(format!(" {:+.1}{asked}", pace.points))
    });
    list("late to start", &|key_result| {
        (plan.on_track(key_result, today) == Some(OnTrack::LateToStart)).then(String::new)
    });
    list("overdue", &|key_result| {
        let days = plan.days_overdue(key_result, today)?;
        Some(format!(" {days}d"))
    });
    list("silent", &|key_result| {
        let days = plan.days_silent(key_result, today)?;
        Some(format!(" {days}d"))
    });
    list("below 100 % and done", &|key_result| {
        let short = key_result.progress().filter(|progress| *progress < 100.0)?;
        (key_result.status() == Status::Done).then(|| format!(" {}", percent(Some(short))))
    });
    text
}

/// The worked example of `docs/figures.md` is reckoned here, so that its numbers stay true.
#[test]
fn the_figures_page_says_what_is_reckoned() {
    let page = include_str!("../../docs/figures.md");
    let block = |language: &str| {
        let fence = format!("```{language}\n");
        let start = page.find(&fence).expect("a block") + fence.len();
        let end = page[start..].find("```").expect("its end") + start;
        &page[start..end]
    };
    let plan = plan(block("toml"));
    assert_eq!(figures(&plan, day("2024-09-16")), block("text"));
}
