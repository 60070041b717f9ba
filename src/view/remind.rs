use chrono::{Days, NaiveDate};
use indexmap::IndexMap;

use super::due::{Asked, Due, due};
use super::filter::Filter;
use super::list::{Sort, list};
use super::row::Dated;
use super::unanswered::{self, Unanswered};
use crate::model::{Id, LeftOpen, Person, Plan, Stage};

/// How far back a check-in is still to be answered, in days.
const FORTNIGHT: u64 = 14;

/// What somebody owes.
#[derive(Debug)]
pub struct Reminder<'a> {
    /// Who; what nobody answers for is nobody's.
    pub id: Option<&'a str>,
    /// What they are called.
    pub name: &'a str,
    /// Who they are, where that is declared.
    pub person: Option<&'a Person>,
    /// Key results that are due for a check-in, the longest overdue first.
    pub check_ins: Vec<Due<'a>>,
    /// Open key results and milestones whose day is past, the oldest first.
    pub late: Vec<Dated<'a>>,
    /// Check-ins of others that wait for their answer.
    pub to_answer: Vec<Unanswered<'a>>,
    /// Cycles that are over and wait to be closed, which is for the plan's owner to do.
    pub to_close: Vec<LeftOpen<'a>>,
}

/// Returns the cycles that ended so lately that what was said in them may wait for an answer.
pub fn ended_lately(plan: &Plan, today: NaiveDate) -> impl Iterator<Item = &Id> {
    let since = today.checked_sub_days(Days::new(FORTNIGHT));
    let ended = plan.cycles.iter();
    ended
        .filter(move |(_, cycle)| cycle.end < today && Some(cycle.end) >= since)
        .map(|(id, _)| id)
}

/// Returns who owes what of some cycles, who owes a check-in for longest first; nobody, where nothing
/// is owed.
pub fn remind<'a>(
    plan: &'a Plan,
    cycles: &[&'a Id],
    filter: &Filter,
    today: NaiveDate,
) -> Vec<Reminder<'a>> {
    let mut all: IndexMap<Option<&str>, Reminder<'a>> = IndexMap::new();
    // Of an ended cycle nobody owes a check-in or a date any more: it is to be closed.
    let is_over = |id: &Id| {
        let stage = plan.cycles.get(id).map(|cycle| cycle.stage(today));
        matches!(stage, Some(Stage::Ended(_) | Stage::Closed))
    };
    let running = cycles.iter().copied().filter(|id| !is_over(id));
    let running: Vec<_> = running.collect();
    for due in due(plan, &running, filter, Asked::Due, today) {
        let of = Reminder::of(&mut all, plan, due.row.owner);
        of.check_ins.push(due);
    }
    let since = today.checked_sub_days(Days::new(FORTNIGHT));
    let since = since.unwrap_or(today);
    for cycle in cycles {
        let is_over = is_over(cycle);
        for row in list(plan, cycle, filter, Sort::File, today) {
            let dated = row.steps(today).into_iter().chain(row.dated());
            for dated in dated.filter(|dated| dated.days_left < 0 && !is_over) {
                Reminder::of(&mut all, plan, row.owner).late.push(dated);
            }
            if let Some(own) = unanswered::of(plan, row.id, row.key_result, since, today) {
                let of = Reminder::of(&mut all, plan, Some(own.reviewer));
                of.to_answer.push(own);
            }
        }
    }
    if filter.is_empty() {
        for left in plan.left_open(today) {
            let of = Reminder::of(&mut all, plan, plan.owner.as_deref());
            of.to_close.push(left);
        }
    }
    let mut all: Vec<_> = all.into_values().collect();
    for reminder in &mut all {
        reminder.late.sort_by_key(|dated| dated.due);
    }
    all
}

impl<'a> Reminder<'a> {
    fn of<'m>(
        all: &'m mut IndexMap<Option<&'a str>, Self>,
        plan: &'a Plan,
        id: Option<&'a str>,
    ) -> &'m mut Self {
        all.entry(id).or_insert_with(|| Self {
            id,
            name: id.map_or("nobody", |id| plan.person_name(id)),
            person: id.and_then(|id| plan.persons.get(id)),
            check_ins: Vec::new(),
            late: Vec::new(),
            to_answer: Vec::new(),
            to_close: Vec::new(),
        })
    }
}
