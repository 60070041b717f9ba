use std::collections::HashSet;
use std::io;

use askama::Template;
use chrono::{Datelike as _, NaiveDate, TimeDelta};

use super::changes::{ChangeSheet, changes};
use super::frame::{Frame, colophon};
use super::link::Places;
use super::page::{Setting, WHOLE, here};
use crate::model::whole_percent;
use crate::render::dates::{date, short_date};
use crate::view::{Chronicle, Entry, Page};

/// Writes what changed, week by week, as a page beside that of the plan.
pub fn history(
    out: &mut dyn io::Write,
    page: &Page<'_>,
    weeks: &Chronicle,
    setting: Setting<'_>,
) -> io::Result<()> {
    let board = &page.report.board;
    let plan = board.plan;
    let there = here(&board.themes);
    let places = Places::new(HashSet::new(), Some(WHOLE)).with(there);
    let mut frame = Frame::new("What changed, week by week", page.publication);
    frame.title = format!("History · {}", plan.name);
    frame.description = format!("What changed in {}, week by week.", plan.name);
    frame.eyebrow.clone_from(&plan.name);
    (frame.skip_to, frame.skip_words) = ("weeks", "the weeks");
    frame.has_feed = setting.has_feed;
    frame.places = setting.places;
    frame.colophon = colophon(page.publication, page.today, page.revision.as_ref());
    let sheet = HistorySheet {
        frame,
        weeks: weeks
            .entries
            .iter()
            .map(|entry| WeekSheet {
                iso: monday(entry.day),
                words: week(entry.day),
                standing: standing(entry),
                is_first: entry.is_first,
                changed: changes(&entry.changes, plan, &places),
            })
            .collect(),
    };
    sheet.write_into(&mut &mut *out)
}

#[derive(Template)]
#[template(path = "history.html")]
struct HistorySheet<'a> {
    frame: Frame<'a>,
    weeks: Vec<WeekSheet>,
}

struct WeekSheet {
    iso: NaiveDate,
    words: String,
    standing: String,
    is_first: bool,
    changed: Vec<ChangeSheet>,
}

fn monday(day: NaiveDate) -> NaiveDate {
    day - TimeDelta::days(day.weekday().num_days_from_monday().into())
}

fn week(day: NaiveDate) -> String {
    let first = monday(day);
    let last = first + TimeDelta::days(6);
    format!("{} – {}", short_date(first, last), date(last))
}

fn standing(entry: &Entry) -> String {
    let counts = entry.rollup.counts.describe();
    match entry.rollup.progress {
        Some(progress) => format!("{counts} · progress {} %", whole_percent(progress)),
        None => counts,
    }
}
