use chrono::NaiveDate;

use crate::model::{Address, Note, OnTrack, Rollup, Status, whole_percent};
use crate::render::changes::words;
use crate::render::dates::{date, days_left, left_open, short_date};
use crate::render::days::when_in;
use crate::render::look::{Look, Tone, percent, status_words, tone};
use crate::text::count;
use crate::view::{Report, Risk};

/// What a page says, in words that are still the plan's own: nothing is escaped yet.
pub(super) struct Page {
    pub(super) title: String,
    /// Sentences below the title.
    pub(super) facts: Vec<String>,
    pub(super) parts: Vec<Part>,
}

/// A part under its heading.
pub(super) struct Part {
    pub(super) heading: String,
    pub(super) items: Vec<Item>,
    /// What is said where there are no items.
    pub(super) nothing: &'static str,
}

/// A thing with what is said of it.
pub(super) struct Item {
    /// What it goes by: an id, a day, a theme.
    pub(super) label: String,
    pub(super) text: String,
    /// Sentences below it.
    pub(super) more: Vec<String>,
    pub(super) tone: Tone,
}

impl Item {
    fn new(label: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            text: text.into(),
            more: Vec::new(),
            tone: Tone::Plain,
        }
    }
}

/// Says what a report holds.
pub(super) fn page(report: &Report<'_>, today: NaiveDate, look: Look) -> Page {
    let board = &report.board;
    let cycle = board.cycle.cycle.map_or("backlog", |cycle| &cycle.name);
    let mut whole = vec![describe(board.rollup, report.before)];
    if board.rollup.progress.is_some() {
        whole.push(progress(board.rollup, report.before, look));
    }
    if let Some(gone) = board.cycle.gone {
        whole.push(format!("{} of the time gone", percent(Some(gone), look)));
    }
    let mut parts = vec![
        themes(report, look),
        changes(report, look),
        risks(report, today),
        asks(report),
        dropped(report, today),
        next(report, today),
    ];
    // Most plans name no reviewer.
    if !report.unanswered.is_empty() {
        parts.insert(3, unanswered(report, today));
    }
    let when = format!("{}{}{}", date(today), look.dot(), when_in(&board.cycle));
    let left = board.left_open.iter().map(left_open);
    Page {
        title: format!("{}{}{cycle}", board.plan.name, look.dot()),
        facts: [when, whole.join(look.dot())]
            .into_iter()
            .chain(left)
            .collect(),
        parts,
    }
}

fn themes(report: &Report<'_>, look: Look) -> Part {
    let items = report.themes.iter().map(|theme| {
        let words = describe(theme.now, theme.before);
        let progress = match theme.now.progress {
            Some(_) => format!("{}{}", look.dot(), progress(theme.now, theme.before, look)),
            None => String::new(),
        };
        Item::new(theme.name, format!("{words}{progress}"))
    });
    Part {
        heading: "Themes".to_owned(),
        items: items.collect(),
        nothing: "the plan has no themes",
    }
}

/// Returns the counts, and how many more or fewer are done than before.
fn describe(now: Rollup, before: Option<Rollup>) -> String {
    let words = now.counts.describe();
    let done = |rollup: Rollup| i64::try_from(rollup.counts.of(Status::Done)).unwrap_or(0);
    match before.map(|before| done(now) - done(before)) {
        None | Some(0) => words,
        Some(more) => words.replacen(" done", &format!(" done ({more:+})"), 1),
    }
}

fn progress(now: Rollup, before: Option<Rollup>, look: Look) -> String {
    let words = format!("progress {}", percent(now.progress, look));
    let shown = |progress: f64| i64::from(whole_percent(progress));
    let before = before.and_then(|before| before.progress);
    match now.progress.zip(before) {
        Some((now, before)) if shown(now) != shown(before) => {
            format!("{words} ({:+})", shown(now) - shown(before))
        }
        _ => words,
    }
}

fn changes(report: &Report<'_>, look: Look) -> Part {
    let groups = report.changes.groups.iter();
    let items = groups.flat_map(|group| &group.changed).map(|changed| {
        let label = match &changed.at {
            Address::KeyResult(id) => id.to_string(),
            other => other.to_string(),
        };
        let mut item = Item::new(label, &changed.title);
        let told = changed.told.iter();
        item.more = told.map(|told| words(told, look).line()).collect();
        item
    });
    Part {
        heading: "What changed".to_owned(),
        items: items.collect(),
        nothing: match report.before {
            Some(_) => "nothing",
            None => "not known: there is no earlier plan to compare with",
        },
    }
}

fn risks(report: &Report<'_>, today: NaiveDate) -> Part {
    let items = report.risks.iter().map(|risk| {
        let Risk { row, note } = risk;
        let mut item = Item::new(
            row.id.as_str(),
            format!("{}: {}", in_danger(report, risk), row.key_result.title),
        );
        item.tone = tone(row.status);
        item.more = match note {
            Some(note) => vec![said(report, note, today)],
            None => vec!["no note says why".to_owned()],
        };
        item
    });
    Part {
        heading: "At risk, and why".to_owned(),
        items: items.collect(),
        nothing: "no key result is at risk, off track, late or behind",
    }
}

/// Returns in what danger a key result is, and who answers for it.
fn in_danger(report: &Report<'_>, risk: &Risk<'_>) -> String {
    let row = &risk.row;
    let mut words = vec![status_words(row.status)];
    if let Some(days) = row.days_overdue {
        words.push(days_left(-days));
    }
    if let Some(OnTrack::Behind(pace)) = row.on_track {
        let points = whole_percent(-pace.points);
        words.push(format!("{} behind its pace", count(points.into(), "point")));
    }
    words.extend(
        row.owner
            .map(|owner| report.board.plan.person_name(owner).to_owned()),
    );
    words.join(", ")
}

/// Returns what a note says, by whom and when.
fn said(report: &Report<'_>, note: &Note, today: NaiveDate) -> String {
    let by = note.by.as_ref().map_or(String::new(), |by| {
        format!("{}, ", report.board.plan.person_name(by))
    });
    format!("{} ({by}{})", note.text, short_date(note.on, today))
}

fn unanswered(report: &Report<'_>, today: NaiveDate) -> Part {
    let items = report.unanswered.iter().map(|own| {
        let reviewer = report.board.plan.person_name(own.reviewer);
        let text = format!("{}, by {reviewer}", own.key_result.title);
        let mut item = Item::new(own.id.as_str(), text);
        item.more.push(match own.note {
            Some(note) => said(report, note, today),
            None => format!("checked without a word ({})", short_date(own.on, today)),
        });
        item
    });
    Part {
        heading: "To be answered".to_owned(),
        items: items.collect(),
        nothing: "every check-in is answered",
    }
}

fn asks(report: &Report<'_>) -> Part {
    let asks = report.asks.iter();
    Part {
        heading: "Asks and decisions".to_owned(),
        items: asks.map(|(id, ask)| Item::new(id.as_str(), *ask)).collect(),
        nothing: "nothing is asked for",
    }
}

fn dropped(report: &Report<'_>, today: NaiveDate) -> Part {
    let items = report.dropped.iter().map(|dropped| {
        let gone = if dropped.is_removed {
            "taken out of the plan: "
        } else {
            ""
        };
        let mut item = Item::new(dropped.id.as_str(), format!("{gone}{}", dropped.title));
        let note = dropped.note.filter(|_| !dropped.is_removed);
        item.more.extend(note.map(|note| said(report, note, today)));
        item
    });
    Part {
        heading: "Dropped".to_owned(),
        items: items.collect(),
        nothing: match report.before {
            Some(_) => "nothing was dropped",
            None => "not known: there is no earlier plan to compare with",
        },
    }
}

fn next(report: &Report<'_>, today: NaiveDate) -> Part {
    let mut items: Vec<Item> = Vec::new();
    for dated in &report.next {
        let late = if dated.days_left < 0 {
            format!(", {}", days_left(dated.days_left))
        } else {
            String::new()
        };
        let of = dated.milestone.map_or("", |_| "step of ");
        let text = format!("{} ({of}{}{late})", dated.title, dated.id);
        let mut item = Item::new(short_date(dated.due, today), text);
        if dated.days_left < 0 {
            item.tone = Tone::Bad;
        }
        items.push(item);
    }
    if let Some((end, open)) = report.end {
        let open = count(open, "key result");
        let text = format!("the cycle ends: {open} still open");
        items.push(Item::new(short_date(end, today), text));
    }
    Part {
        heading: "The next 30 days".to_owned(),
        items,
        nothing: "nothing has a day of its own",
    }
}
