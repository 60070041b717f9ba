use std::io;

use chrono::NaiveDate;
use serde::Serialize;

use super::VERSION;
use super::changes::{JsonCommit, JsonTold};
use super::cycles::{JsonCycle, JsonLeftOpen};
use super::key_result::{JsonDated, JsonNote, KeyResult, day};
use super::remind::JsonUnanswered;
use super::rollup::JsonRollup;
use super::write::write;
use crate::history::Commit;
use crate::model::{Id, whole_percent};
use crate::view::{Dropped, Report, ThemeThenAndNow};

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct JsonReport<'a> {
    version: u32,
    today: String,
    /// The commit that it is compared with; `null` where what changed is not known.
    since: Option<JsonCommit<'a>>,
    name: &'a str,
    cycle: JsonCycle<'a>,
    /// The share of the cycle's time that is gone.
    time_gone: Option<u8>,
    #[serde(flatten)]
    rollup: JsonRollup,
    /// The same then.
    before: Option<JsonRollup>,
    themes: Vec<Theme<'a>>,
    changes: Vec<JsonTold<'a>>,
    /// The worst first.
    risks: Vec<JsonRisk<'a>>,
    asks: Vec<Ask<'a>>,
    dropped: Vec<JsonDropped<'a>>,
    next: Vec<JsonDated<'a>>,
    /// The cycle's end, where it is near and something is still open.
    end: Option<End>,
    /// Check-ins since then that their reviewer has not answered.
    unanswered: Vec<JsonUnanswered<'a>>,
    /// The other cycles that are over and wait to be closed.
    left_open: Vec<JsonLeftOpen<'a>>,
}

#[derive(Debug, Serialize)]
struct Theme<'a> {
    id: &'a str,
    name: &'a str,
    #[serde(flatten)]
    rollup: JsonRollup,
    before: Option<JsonRollup>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct JsonRisk<'a> {
    key_result: KeyResult<'a>,
    /// The latest that was said of it.
    why: Option<JsonNote<'a>>,
}

#[derive(Debug, Serialize)]
struct Ask<'a> {
    id: &'a str,
    ask: &'a str,
}

#[derive(Debug, Serialize)]
struct JsonDropped<'a> {
    id: &'a str,
    title: &'a str,
    /// Whether it was taken out of the plan, and not marked as dropped.
    removed: bool,
    why: Option<JsonNote<'a>>,
}

#[derive(Debug, Serialize)]
struct End {
    day: String,
    /// How many key results are due then and open.
    open: usize,
}

/// Writes the page for a meeting; `since` is the commit that it is compared with.
pub fn report(
    out: &mut dyn io::Write,
    report: &Report<'_>,
    since: Option<&Commit>,
    today: NaiveDate,
) -> io::Result<()> {
    let board = &report.board;
    let groups = report.changes.groups.iter();
    let changed = groups.flat_map(|group| &group.changed);
    let risks = report.risks.iter().map(|risk| JsonRisk {
        key_result: KeyResult::new(board.plan, &risk.row, today),
        why: risk.note.map(JsonNote::new),
    });
    let json = JsonReport {
        version: VERSION,
        today: day(today),
        since: since.map(JsonCommit::new),
        name: &board.plan.name,
        cycle: JsonCycle::new(&board.cycle),
        time_gone: board.cycle.gone.map(whole_percent),
        rollup: JsonRollup::new(board.rollup),
        before: report.before.map(JsonRollup::new),
        themes: report.themes.iter().map(Theme::new).collect(),
        changes: changed
            .flat_map(|changed| &changed.told)
            .map(JsonTold::new)
            .collect(),
        risks: risks.collect(),
        asks: report.asks.iter().map(Ask::new).collect(),
        dropped: report.dropped.iter().map(JsonDropped::new).collect(),
        next: report.next.iter().map(JsonDated::new).collect(),
        end: report.end.map(|(end, open)| End {
            day: day(end),
            open,
        }),
        unanswered: report.unanswered.iter().map(JsonUnanswered::new).collect(),
        left_open: board.left_open.iter().map(JsonLeftOpen::new).collect(),
    };
    write(out, &json)
}

impl<'a> Theme<'a> {
    fn new(theme: &ThemeThenAndNow<'a>) -> Self {
        Self {
            id: theme.id.as_str(),
            name: theme.name,
            rollup: JsonRollup::new(theme.now),
            before: theme.before.map(JsonRollup::new),
        }
    }
}

impl<'a> Ask<'a> {
    fn new((id, ask): &(&'a Id, &'a str)) -> Self {
        Self {
            id: id.as_str(),
            ask,
        }
    }
}

impl<'a> JsonDropped<'a> {
    fn new(dropped: &Dropped<'a>) -> Self {
        Self {
            id: dropped.id.as_str(),
            title: dropped.title,
            removed: dropped.is_removed,
            why: dropped.note.map(JsonNote::new),
        }
    }
}
