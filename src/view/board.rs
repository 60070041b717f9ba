use std::collections::HashMap;

use chrono::NaiveDate;

use super::filter::Filter;
use super::row::{Dated, Row};
use crate::model::{
    Cycle, Id, LeftOpen, Measure, Objective, OnTrack, Plan, Rollup, Stage, Theme, days_between,
};

/// How far ahead the first list looks for the next steps, in days.
const AHEAD: i64 = 14;

/// What `loti status` says: what comes first, the themes' counts, then the plan.
#[derive(Debug)]
pub struct Board<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The cycle that is shown.
    pub cycle: CycleLine<'a>,
    /// What all its key results say together, hidden ones included.
    pub rollup: Rollup,
    /// What comes first.
    pub first: Vec<First<'a>>,
    /// The themes with their objectives and those key results that are shown.
    pub themes: Vec<ThemeGroup<'a>>,
    /// How many key results the filter hides.
    pub hidden: usize,
    /// Which key result carries which on, once the cycle is over.
    pub carried: HashMap<&'a Id, &'a Id>,
    /// The other cycles that are over and wait to be closed.
    pub left_open: Vec<LeftOpen<'a>>,
}

/// A cycle and where a day lies in it.
#[derive(Debug, Clone, Copy)]
pub struct CycleLine<'a> {
    /// Its id; `later` is the backlog.
    pub id: &'a Id,
    /// The cycle; the backlog has none.
    pub cycle: Option<&'a Cycle>,
    /// Where the day lies in it.
    pub stage: Option<Stage>,
    /// The share of its time that is gone, 0 to 100.
    pub gone: Option<f64>,
}

/// Something that comes first, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct First<'a> {
    /// Why.
    pub kind: FirstKind,
    /// The dated things, where it is about days.
    pub dated: Vec<Dated<'a>>,
    /// The key results, where it is about those.
    pub ids: Vec<&'a Id>,
}

/// Why something comes first, the most pressing reason first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FirstKind {
    /// Its day is past.
    Overdue,
    /// Its day is today.
    Today,
    /// What it is to stay within does not hold.
    Broken,
    /// Its owner says that it will be missed as things stand.
    OffTrack,
    /// Its owner says that it may be missed.
    AtRisk,
    /// Its day is near.
    Next,
    /// Its status is better than its pace.
    Behind,
    /// More than half its time is gone, and nobody has begun.
    LateToStart,
    /// It asks its readers for something.
    Asks,
    /// It has not been heard of for longer than its cadence allows.
    Stale,
}

/// A theme on the board.
#[derive(Debug)]
pub struct ThemeGroup<'a> {
    /// Its id.
    pub id: &'a Id,
    /// The theme.
    pub theme: &'a Theme,
    /// What its objectives say together, hidden key results included.
    pub rollup: Rollup,
    /// Its objectives.
    pub objectives: Vec<ObjectiveGroup<'a>>,
}

/// An objective on the board.
#[derive(Debug)]
pub struct ObjectiveGroup<'a> {
    /// Its id.
    pub id: &'a Id,
    /// The objective.
    pub objective: &'a Objective,
    /// What its key results say together, hidden ones included.
    pub rollup: Rollup,
    /// Those of its key results that are shown.
    pub rows: Vec<Row<'a>>,
}

impl<'a> CycleLine<'a> {
    /// Looks at a cycle on a day.
    pub fn new(plan: &'a Plan, id: &'a Id, today: NaiveDate) -> Self {
        let cycle = plan.cycles.get(id);
        Self {
            id,
            cycle,
            stage: cycle.map(|cycle| cycle.stage(today)),
            gone: cycle.filter(|cycle| cycle.length() > 0).map(|cycle| {
                let gone = days_between(cycle.start, today) as f64 / cycle.length() as f64;
                100.0 * gone.clamp(0.0, 1.0)
            }),
        }
    }

    /// Returns whether the cycle's days are over.
    pub fn is_over(&self) -> bool {
        matches!(self.stage, Some(Stage::Ended(_) | Stage::Closed))
    }
}

impl<'a> Board<'a> {
    /// Looks at the key results of a cycle on a day.
    pub fn new(plan: &'a Plan, cycle: &'a Id, filter: &Filter, today: NaiveDate) -> Self {
        let tree = plan.tree(cycle);
        let cycle = CycleLine::new(plan, cycle, today);
        let rollup = tree.rollup;
        let mut hidden = 0;
        let themes: Vec<_> = tree
            .themes
            .into_iter()
            .map(|branch| ThemeGroup {
                id: branch.id,
                theme: branch.theme,
                rollup: branch.rollup,
                objectives: branch
                    .objectives
                    .into_iter()
                    .map(|branch| {
                        let all = branch.key_results.len();
                        let rows: Vec<_> = branch
                            .key_results
                            .into_iter()
                            .map(|(id, key_result)| Row::new(plan, id, key_result, today))
                            .filter(|row| filter.shows(plan, row, today))
                            .collect();
                        hidden += all - rows.len();
                        ObjectiveGroup {
                            id: branch.id,
                            objective: branch.objective,
                            rollup: branch.rollup,
                            rows,
                        }
                    })
                    .collect(),
            })
            .collect();
        let rows = themes
            .iter()
            .flat_map(|theme| &theme.objectives)
            .flat_map(|group| &group.rows);
        // In an ended cycle everything is late: one line says so, not an alarm on every row.
        let first = if cycle.is_over() {
            Vec::new()
        } else {
            first(rows, today)
        };
        let carried = carried(plan, &cycle);
        let mut left_open = plan.left_open(today);
        left_open.retain(|left| left.id != cycle.id);
        Self {
            plan,
            cycle,
            rollup,
            first,
            themes,
            hidden,
            carried,
            left_open,
        }
    }

    /// Returns the rows that are shown, in the order of the board.
    pub fn rows(&self) -> impl Iterator<Item = &Row<'a>> {
        let groups = self.themes.iter().flat_map(|theme| &theme.objectives);
        groups.flat_map(|group| &group.rows)
    }
}

/// Returns which key result carries which of a cycle on, if that is over.
fn carried<'a>(plan: &'a Plan, cycle: &CycleLine<'a>) -> HashMap<&'a Id, &'a Id> {
    if !cycle.is_over() {
        return HashMap::new();
    }
    let is_of = |id: &Id| {
        let own = plan.key_results.get(id);
        own.and_then(|own| plan.cycle_id_of(own)) == Some(cycle.id)
    };
    let mut carried = plan.continued();
    carried.retain(|old, _| is_of(old));
    carried
}

fn first<'a, 'b>(rows: impl Iterator<Item = &'b Row<'a>>, today: NaiveDate) -> Vec<First<'a>>
where
    'a: 'b,
{
    use FirstKind as Kind;

    let mut found: Vec<First<'a>> = Vec::new();
    let group = |found: &mut Vec<First<'a>>, kind| -> usize {
        found
            .iter()
            .position(|first| first.kind == kind)
            .unwrap_or_else(|| {
                found.push(First {
                    kind,
                    dated: Vec::new(),
                    ids: Vec::new(),
                });
                found.len() - 1
            })
    };
    for row in rows {
        // The cycle's end is everybody's day and said at the top; a day of its own is news.
        let own = row
            .dated()
            .filter(|dated| row.key_result.due.is_some() || dated.days_left <= 0);
        for dated in row.steps(today).into_iter().chain(own) {
            let kind = match dated.days_left {
                ..0 => Kind::Overdue,
                0 => Kind::Today,
                1..=AHEAD => Kind::Next,
                _ => continue,
            };
            let at = group(&mut found, kind);
            found[at].dated.push(dated);
        }
        let key_result = row.key_result;
        let kept = match key_result.measure() {
            Measure::Guardrail { kept } | Measure::Ongoing { kept } => kept,
            _ => None,
        };
        let kinds = [
            (row.is_open && kept == Some(false)).then_some(Kind::Broken),
            (row.status == crate::model::Status::OffTrack).then_some(Kind::OffTrack),
            (row.status == crate::model::Status::AtRisk).then_some(Kind::AtRisk),
            match row.on_track {
                Some(OnTrack::Behind(_)) => Some(Kind::Behind),
                Some(OnTrack::LateToStart) => Some(Kind::LateToStart),
                None => None,
            },
            (row.is_open && key_result.ask.is_some()).then_some(Kind::Asks),
            row.days_silent.map(|_| Kind::Stale),
        ];
        for kind in kinds.into_iter().flatten() {
            let at = group(&mut found, kind);
            found[at].ids.push(row.id);
        }
    }
    found.sort_by_key(|first| first.kind);
    for first in &mut found {
        first.dated.sort_by_key(|dated| dated.due);
    }
    found
}
