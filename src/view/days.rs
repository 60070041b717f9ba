use std::cmp::Ordering;

use chrono::NaiveDate;
use indexmap::IndexMap;

use super::board::CycleLine;
use super::filter::Filter;
use super::list::{Sort, list};
use super::row::{Dated, Row};
use crate::model::{Id, Plan};

/// What `loti days` says: how many days are left, for whom.
#[derive(Debug)]
pub struct Days<'a> {
    /// The cycle.
    pub cycle: CycleLine<'a>,
    /// Whether the lines are of themes, objectives or owners.
    pub by: GroupBy,
    /// A line for each of them.
    pub groups: Vec<DaysGroup<'a>>,
    /// How many days ahead `due_within` looks.
    pub within: i64,
}

/// The dates of one theme, objective or owner; milestones count as dated things of their own.
#[derive(Debug)]
pub struct DaysGroup<'a> {
    /// The id.
    pub id: &'a str,
    /// What it is called.
    pub name: &'a str,
    /// Key results still open.
    pub open: usize,
    /// Dated things whose day is past.
    pub overdue: usize,
    /// Dated things due from today on within the days asked for.
    pub due_within: usize,
    /// The next day from today on.
    pub next: Option<NextDate<'a>>,
    /// How many more are due on that day.
    pub next_more: usize,
    /// The last day.
    pub last: Option<NaiveDate>,
}

/// The next thing due.
pub type NextDate<'a> = Dated<'a>;

/// By what the lines are grouped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum GroupBy {
    /// A line for each theme.
    #[default]
    Theme,
    /// A line for each objective.
    Objective,
    /// A line for each owner in force.
    Owner,
}

impl<'a> Days<'a> {
    /// Counts the days of a cycle's open key results.
    pub fn new(
        plan: &'a Plan,
        cycle: &'a Id,
        filter: &Filter,
        by: GroupBy,
        within: i64,
        today: NaiveDate,
    ) -> Self {
        let mut groups: IndexMap<&str, DaysGroup<'a>> = IndexMap::new();
        for row in list(plan, cycle, filter, Sort::File, today) {
            let (id, name) = match by {
                GroupBy::Theme => {
                    let theme = row.theme.and_then(|id| Some((id, plan.themes.get(id)?)));
                    theme.map_or(("–", "–"), |(id, theme)| (id.as_str(), &*theme.name))
                }
                GroupBy::Objective => {
                    let id = &row.key_result.objective;
                    let name = plan
                        .objectives
                        .get(id)
                        .map_or("–", |objective| &objective.name);
                    (id.as_str(), name)
                }
                GroupBy::Owner => row
                    .owner
                    .map_or(("–", "nobody"), |id| (id, plan.person_name(id))),
            };
            let group = groups.entry(id).or_insert_with(|| DaysGroup::new(id, name));
            group.add(&row, within, today);
        }
        Self {
            cycle: CycleLine::new(plan, cycle, today),
            by,
            groups: groups.into_values().collect(),
            within,
        }
    }
}

impl<'a> DaysGroup<'a> {
    /// Begins a line with nothing in it.
    pub(super) fn new(id: &'a str, name: &'a str) -> Self {
        Self {
            id,
            name,
            open: 0,
            overdue: 0,
            due_within: 0,
            next: None,
            next_more: 0,
            last: None,
        }
    }

    /// Counts a key result and its milestones in.
    pub(super) fn add(&mut self, row: &Row<'a>, within: i64, today: NaiveDate) {
        self.open += usize::from(row.is_open);
        for dated in row.steps(today).into_iter().chain(row.dated()) {
            self.overdue += usize::from(dated.days_left < 0);
            self.due_within += usize::from((0..=within).contains(&dated.days_left));
            self.last = self.last.max(Some(dated.due));
            if dated.days_left < 0 {
                continue;
            }
            match self.next.as_ref().map(|next| dated.due.cmp(&next.due)) {
                Some(Ordering::Equal) => self.next_more += 1,
                Some(Ordering::Greater) => {}
                Some(Ordering::Less) | None => {
                    self.next = Some(dated);
                    self.next_more = 0;
                }
            }
        }
    }
}
