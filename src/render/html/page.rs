use std::collections::{HashMap, HashSet};
use std::io;

use askama::Template;
use chrono::NaiveDate;

use super::bar::Bar;
use super::beside::Beside;
use super::changes::{ChangeSheet, changes};
use super::frame::{Frame, Place, colophon};
use super::key_result::KeyResultSheet;
use super::line::Line;
use super::link::Places;
use super::next::{Ask, DatedSheet, asks, next};
use super::theme::{ObjectiveSheet, ThemeSheet};
use crate::model::{Address, Id, Plan, Rollup, Stage, Status, whole_percent};
use crate::render::dates::{date, short_date};
use crate::render::look::status_words;
use crate::view::{Board, Page, ThemeGroup, TrendRow};

/// The name of the page that has everything, in a site.
pub(super) const WHOLE: &str = "index.html";

/// From so many key results on a browser lays out only what is seen.
const LONG: usize = 200;

/// Where a page stands: alone, or among the others of a site.
#[derive(Debug, Default)]
pub struct Setting<'a> {
    /// The only theme that it is about.
    pub theme: Option<&'a Id>,
    /// The other pages, and this one among them.
    pub places: Vec<Place>,
    /// Whether there is a feed beside it.
    pub has_feed: bool,
}

/// Writes a plan as a page.
pub fn page(out: &mut dyn io::Write, page: &Page<'_>, setting: Setting<'_>) -> io::Result<()> {
    let sheet = PageSheet::new(page, setting);
    sheet.write_into(&mut &mut *out)
}

#[derive(Template)]
#[template(path = "page.html")]
struct PageSheet<'a> {
    frame: Frame<'a>,
    figures: Vec<Figure>,
    span: Option<Span>,
    /// What is the same of nearly everything, and so said once.
    shared: Option<String>,
    /// Whether all themes are on it.
    is_whole: bool,
    is_long: bool,
    themes: Vec<ThemeSheet<'a>>,
    since: Option<SinceSheet>,
    next: Vec<DatedSheet>,
    asks: Vec<Ask<'a>>,
    statuses: Vec<(&'static str, String)>,
    owners: Vec<&'a str>,
}

/// A figure at a glance.
struct Figure {
    big: String,
    of: Option<String>,
    label: &'static str,
    more: String,
}

/// The cycle from its first day to its last, with how far the plan has come.
struct Span {
    bar: Bar,
    from: String,
    to: String,
}

struct SinceSheet {
    words: String,
    changed: Vec<ChangeSheet>,
}

/// What holds for all parts of a page.
pub(super) struct Shared<'a> {
    pub(super) plan: &'a Plan,
    pub(super) today: NaiveDate,
    /// Whether the cycle's days are over, so that nothing is late any more.
    pub(super) is_over: bool,
    /// The share of the cycle's time gone, while there is time left.
    pub(super) gone: Option<f64>,
    /// Who answers for what names no nearer owner.
    pub(super) owner: Option<&'a str>,
}

impl<'a> Shared<'a> {
    fn new(board: &Board<'a>, today: NaiveDate) -> Self {
        let is_running = matches!(board.cycle.stage, Some(Stage::Running(_)));
        Self {
            plan: board.plan,
            today,
            is_over: board.cycle.is_over(),
            gone: board.cycle.gone.filter(|_| is_running),
            owner: board.plan.owner.as_deref(),
        }
    }

    /// Returns what somebody is called who answers for something by name.
    pub(super) fn named(&self, owner: Option<&'a str>) -> Option<String> {
        let owner = owner.filter(|own| Some(*own) != self.owner)?;
        Some(self.plan.person_name(owner).to_owned())
    }
}

impl<'a> PageSheet<'a> {
    fn new(page: &'a Page<'a>, setting: Setting<'_>) -> Self {
        let board = &page.report.board;
        let plan = board.plan;
        let shared = Shared::new(board, page.today);
        let only = setting.theme;
        let groups = board.themes.iter();
        let groups = groups.filter(|group| only.is_none_or(|only| only == group.id));
        let groups: Vec<&ThemeGroup<'_>> = groups.collect();
        let mut places = Places::new(here(groups.iter().copied()), only.map(|_| WHOLE));
        if only.is_some() {
            places = places.with(here(&board.themes));
        }
        let objectives = groups.iter().flat_map(|theme| &theme.objectives);
        let rows: Vec<_> = objectives.flat_map(|group| &group.rows).collect();
        let owners = rows.iter().filter_map(|row| row.owner);
        let mut owners: Vec<&str> = owners.map(|owner| plan.person_name(owner)).collect();
        owners.sort_unstable();
        owners.dedup();
        // A page of one theme speaks of that theme alone.
        let rollup = match groups[..] {
            [only] => only.rollup,
            _ => board.rollup,
        };
        let is_there = |status: &&Status| rollup.counts.of(**status) > 0;
        let statuses = Status::ALL.iter().filter(is_there);
        Self {
            figures: figures(board, rollup),
            span: span(board, rollup, &shared),
            shared: said(&shared, board),
            is_whole: only.is_none(),
            is_long: rows.len() > LONG,
            themes: themes(page, &groups, &shared, &places),
            since: page.since.as_ref().map(|since| SinceSheet {
                words: date(since.day),
                changed: changes(&since.changes, plan, &places),
            }),
            next: next(page, &places, only.is_none()),
            asks: asks(page, &places),
            statuses: statuses
                .map(|status| (status.word(), status_words(*status)))
                .collect(),
            owners,
            frame: frame(page, setting, !rows.is_empty()),
        }
    }
}

fn themes<'a>(
    page: &'a Page<'a>,
    groups: &[&ThemeGroup<'a>],
    shared: &Shared<'a>,
    places: &Places,
) -> Vec<ThemeSheet<'a>> {
    let all = &page.report.board.themes;
    let trends = page.trend.iter().flat_map(|trend| &trend.rows);
    let trends: HashMap<&Address, &TrendRow<'_>> = trends.map(|row| (&row.address, row)).collect();
    let line = |id: &Id| {
        let row = trends.get(&Address::KeyResult(id.clone()))?;
        let trend = page.trend.as_ref()?;
        row.is_drawn().then(|| Line::of(trend, row))?
    };
    let place = |id: &Id| {
        let at = all.iter().position(|group| group.id == id);
        match all.len() {
            1 => "Theme".to_owned(),
            number => format!("Theme {} of {number}", at.unwrap_or_default() + 1),
        }
    };
    let sheets = groups.iter().map(|theme| {
        let objectives = theme.objectives.iter().map(|group| {
            let rows = group.rows.iter();
            let key_results =
                rows.map(|row| KeyResultSheet::new(shared, row, line(row.id), places));
            ObjectiveSheet::new(shared, group, key_results.collect())
        });
        ThemeSheet::new(shared, place(theme.id), theme, objectives.collect())
    });
    sheets.collect()
}

/// Returns what is found on a page of some themes.
pub(super) fn here<'a: 'b, 'b>(
    groups: impl IntoIterator<Item = &'b ThemeGroup<'a>>,
) -> HashSet<Address> {
    let mut here = HashSet::new();
    for theme in groups {
        here.insert(Address::Theme(theme.id.clone()));
        for group in &theme.objectives {
            here.insert(Address::Objective(group.id.clone()));
            let rows = group.rows.iter();
            here.extend(rows.map(|row| Address::KeyResult(row.id.clone())));
        }
    }
    here
}

fn frame<'a>(page: &'a Page<'a>, setting: Setting<'_>, has_rows: bool) -> Frame<'a> {
    let board = &page.report.board;
    let plan = board.plan;
    let cycle = board.cycle.cycle;
    let cycle_name = cycle.map_or("Backlog", |cycle| &cycle.name);
    let mut frame = Frame::new(&plan.name, page.publication);
    frame.title = format!("{} · {cycle_name}", plan.name);
    frame.description = format!(
        "Objectives and key results: {}. As of {}.",
        board.rollup.counts.describe(),
        date(page.today)
    );
    frame.eyebrow = match cycle {
        Some(cycle) => format!(
            "{cycle_name} · {} – {}",
            short_date(cycle.start, cycle.end),
            date(cycle.end)
        ),
        None => cycle_name.to_owned(),
    };
    frame.aim = plan.aim.as_deref();
    frame.about = plan.about.as_deref();
    frame.beside = Beside::new(plan, &plan.links, &plan.note);
    if let Some(theme) = setting.theme.and_then(|id| plan.themes.get(id)) {
        frame.title = format!("{} · {}", theme.name, frame.title);
        frame.eyebrow = format!("{} · {}", plan.name, frame.eyebrow);
        frame.heading = &theme.name;
        frame.aim = theme.aim.as_deref();
        frame.about = theme.about.as_deref();
        // Its own stands with its objectives.
        frame.beside = Beside::default();
    }
    (frame.skip_to, frame.skip_words) = ("key-results", "the key results");
    frame.has_script = has_rows;
    frame.has_feed = setting.has_feed;
    frame.places = setting.places;
    frame.colophon = colophon(page.publication, page.today, page.revision.as_ref());
    frame
}

/// Returns what is seen at a glance: the days, the counts, and the progress beside the time gone.
fn figures(board: &Board<'_>, rollup: Rollup) -> Vec<Figure> {
    let mut figures = Vec::new();
    if let (Some(stage), Some(cycle)) = (board.cycle.stage, board.cycle.cycle) {
        let to = format!("to {}", date(cycle.end));
        let (days, label, more) = match stage {
            Stage::Running(1) => (1, "day left", to),
            Stage::Running(days) => (days, "days left", to),
            Stage::Ahead(days) => (
                days,
                "days until it begins",
                format!("on {}", date(cycle.start)),
            ),
            Stage::Ended(days) => (
                days,
                "days since it ended",
                format!("on {}", date(cycle.end)),
            ),
            Stage::Closed => (0, "days left: it is closed", to),
        };
        figures.push(Figure {
            big: days.to_string(),
            of: None,
            label,
            more,
        });
    }
    let counts = rollup.counts;
    let words = counts.describe();
    figures.push(Figure {
        big: counts.of(Status::Done).to_string(),
        of: Some(format!("of {}", counts.all())),
        label: "key results done",
        more: words
            .split_once(", ")
            .map_or("", |(_, rest)| rest)
            .to_owned(),
    });
    if let Some(progress) = rollup.progress {
        let gone = board.cycle.gone;
        figures.push(Figure {
            big: format!("{} %", whole_percent(progress)),
            of: None,
            label: "progress",
            more: gone.map_or(String::new(), |gone| {
                format!("with {} % of the time gone", whole_percent(gone))
            }),
        });
    }
    figures
}

fn span(board: &Board<'_>, rollup: Rollup, shared: &Shared<'_>) -> Option<Span> {
    let cycle = board.cycle.cycle?;
    Some(Span {
        bar: Bar::new(rollup.progress?, shared.gone),
        from: short_date(cycle.start, cycle.end),
        to: date(cycle.end),
    })
}

/// Says what is the same of nearly all key results.
fn said(shared: &Shared<'_>, board: &Board<'_>) -> Option<String> {
    let end = board.cycle.cycle.filter(|_| !shared.is_over);
    let due = end.map(|cycle| format!("due {}", date(cycle.end)));
    let owner = shared.owner.map(|owner| shared.plan.person_name(owner));
    let owner = owner.map(|owner| format!("in the hands of {owner}"));
    let facts: Vec<_> = due.into_iter().chain(owner).collect();
    let facts = facts.join(" and ");
    (!facts.is_empty()).then(|| format!("Key results are {facts} unless they say otherwise."))
}
