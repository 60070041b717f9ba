use chrono::NaiveDate;

use super::board::Board;
use super::changes::{Changes, Sides};
use super::filter::Filter;
use super::row::{Dated, Row};
use super::unanswered::{self, Unanswered};
use crate::change::{Unsaid, diff};
use crate::model::{Address, Id, Note, OnTrack, Plan, Rollup, Status, days_between};

/// How far ahead a report looks, in days: about to the meeting after the next.
const AHEAD: i64 = 30;

/// One page for a meeting: where the plan stands, what is in danger and why, who waits for what.
#[derive(Debug)]
pub struct Report<'a> {
    /// The plan as it stands.
    pub board: Board<'a>,
    /// What the whole said at the last meeting, where that is known.
    pub before: Option<Rollup>,
    /// The themes: what each says, and what it said then.
    pub themes: Vec<ThemeThenAndNow<'a>>,
    /// What was changed since then.
    pub changes: Changes,
    /// Key results at risk and off track, the worst first.
    pub risks: Vec<Risk<'a>>,
    /// What the team needs from those who read this.
    pub asks: Vec<(&'a Id, &'a str)>,
    /// Check-ins since then that their reviewer has not answered.
    pub unanswered: Vec<Unanswered<'a>>,
    /// Key results dropped since then.
    pub dropped: Vec<Dropped<'a>>,
    /// What is due in the next 30 days on a day of its own, and what should have been done before.
    pub next: Vec<Dated<'a>>,
    /// The cycle's end, where it lies in these days, and how many key results are due then and open.
    pub end: Option<(NaiveDate, usize)>,
}

/// A theme, now and then.
#[derive(Debug)]
pub struct ThemeThenAndNow<'a> {
    /// Its id.
    pub id: &'a Id,
    /// What it is called.
    pub name: &'a str,
    /// What it says.
    pub now: Rollup,
    /// What it said then, where it was there.
    pub before: Option<Rollup>,
}

/// A key result in danger.
#[derive(Debug)]
pub struct Risk<'a> {
    /// The key result.
    pub row: Row<'a>,
    /// The latest that was said of it.
    pub note: Option<&'a Note>,
}

/// A key result that was given up.
#[derive(Debug)]
pub struct Dropped<'a> {
    /// Its id.
    pub id: &'a Id,
    /// Its title.
    pub title: &'a str,
    /// The latest that was said of it.
    pub note: Option<&'a Note>,
    /// Whether it was taken out of the file and not marked as dropped.
    pub is_removed: bool,
}

impl<'a> Report<'a> {
    /// Looks at a plan on a day, and at how it stood before.
    pub fn new(
        plan: &'a Plan,
        before: Option<&'a Plan>,
        cycle: &'a Id,
        filter: &Filter,
        today: NaiveDate,
    ) -> Self {
        let board = Board::new(plan, cycle, filter, today);
        let tree = before.map(|before| before.tree(cycle));
        let before_of = |id: &Id| {
            let mut themes = tree.as_ref()?.themes.iter();
            themes.find(|then| then.id == id).map(|then| then.rollup)
        };
        let themes = board.themes.iter().map(|theme| ThemeThenAndNow {
            id: theme.id,
            name: theme.theme.short.as_deref().unwrap_or(&theme.theme.name),
            now: theme.rollup,
            before: before_of(theme.id),
        });
        let rows: Vec<&Row<'a>> = board.rows().collect();
        let mut risks: Vec<Risk<'a>> = rows.iter().filter_map(|row| risk(row)).collect();
        risks.sort_by_key(|risk| std::cmp::Reverse(danger(&risk.row)));
        let open = rows.iter().filter(|row| row.is_open);
        let asks = open.filter_map(|row| Some((row.id, row.key_result.ask.as_deref()?)));
        Self {
            before: tree.as_ref().map(|tree| tree.rollup),
            themes: themes.collect(),
            changes: before.map_or_else(Changes::default, |before| {
                changes(plan, before, &rows, filter.is_empty())
            }),
            risks,
            asks: asks.collect(),
            unanswered: Vec::new(),
            dropped: before.map_or_else(Vec::new, |before| {
                dropped(plan, before, cycle, filter, &rows, today)
            }),
            next: next(&rows, today),
            end: end(&board, &rows, today),
            board,
        }
    }
}

impl Report<'_> {
    /// Adds the check-ins since a day that wait for an answer: for the team, and no wider.
    #[must_use]
    pub fn with_unanswered(mut self, since: NaiveDate, today: NaiveDate) -> Self {
        let plan = self.board.plan;
        let rows = self.board.rows();
        self.unanswered = rows
            .filter_map(|row| unanswered::of(plan, row.id, row.key_result, since, today))
            .collect();
        self
    }
}

/// Returns what was changed, of the key results that are shown and, where all are, of all else.
fn changes(plan: &Plan, before: &Plan, rows: &[&Row<'_>], is_all: bool) -> Changes {
    let sides = Sides::whole(before, plan);
    let mut changes = Changes::new(&diff(before, plan), sides, Unsaid::default());
    changes.retain(|at| match at {
        Address::KeyResult(id) => is_all || rows.iter().any(|row| row.id == id),
        _ => is_all,
    });
    changes
}

fn risk<'a>(row: &Row<'a>) -> Option<Risk<'a>> {
    let is_behind = matches!(row.on_track, Some(OnTrack::Behind(_)));
    let in_danger = matches!(row.status, Status::AtRisk | Status::OffTrack);
    let is_late = row.days_overdue.is_some();
    (row.is_open && (is_behind || in_danger || is_late)).then(|| Risk {
        row: row.clone(),
        note: row.key_result.last_note(),
    })
}

/// Returns how much in danger a key result is: what its owner says first, then whether it is late.
fn danger(row: &Row<'_>) -> (bool, bool, i64) {
    (
        row.status == Status::OffTrack,
        row.status == Status::AtRisk,
        row.days_overdue.unwrap_or(0),
    )
}

/// Returns what was open before and is dropped or gone now.
fn dropped<'a>(
    plan: &'a Plan,
    before: &'a Plan,
    cycle: &Id,
    filter: &Filter,
    rows: &[&Row<'a>],
    today: NaiveDate,
) -> Vec<Dropped<'a>> {
    let was_dropped = |id: &Id| {
        let then = before.key_results.get(id);
        then.is_some_and(|then| then.status() == Status::Dropped)
    };
    let marked = rows
        .iter()
        .filter(|row| row.status == Status::Dropped && !was_dropped(row.id));
    let marked = marked.map(|row| Dropped {
        id: row.id,
        title: &row.key_result.title,
        note: row.key_result.last_note(),
        is_removed: false,
    });
    let gone = before.key_results.iter().filter(|(id, then)| {
        let row = Row::new(before, id, then, today);
        let is_there = plan.key_results.contains_key(*id);
        // Under another id it goes on.
        let goes_on = plan.key_results.values().any(|own| own.title == then.title);
        let is_of_cycle = before.cycle_id_of(then) == Some(cycle);
        !is_there && !goes_on && is_of_cycle && filter.shows(before, &row, today)
    });
    let gone = gone.map(|(id, then)| Dropped {
        id,
        title: &then.title,
        note: then.last_note(),
        is_removed: true,
    });
    marked.chain(gone).collect()
}

fn next<'a>(rows: &[&Row<'a>], today: NaiveDate) -> Vec<Dated<'a>> {
    let mut next: Vec<Dated<'a>> = Vec::new();
    for row in rows {
        // The cycle's end is everybody's day and said once.
        let own = row.dated().filter(|_| row.key_result.due.is_some());
        let all = row.steps(today).into_iter().chain(own);
        next.extend(all.filter(|dated| dated.days_left <= AHEAD));
    }
    next.sort_by_key(|dated| dated.due);
    next
}

fn end(board: &Board<'_>, rows: &[&Row<'_>], today: NaiveDate) -> Option<(NaiveDate, usize)> {
    let end = board.cycle.cycle?.end;
    let is_near = (0..=AHEAD).contains(&days_between(today, end));
    let due_then = |row: &&&Row<'_>| row.days_left.is_some() && row.key_result.due.is_none();
    let open = rows.iter().filter(due_then).count();
    (is_near && open > 0).then_some((end, open))
}
