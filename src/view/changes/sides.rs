use chrono::NaiveDate;

use crate::model::{Address, Cycle, Id, KeyResult, Objective, Plan, Theme};

/// Two plans, or those parts of two plans that may differ, with a plan that has all the rest.
#[derive(Debug, Clone, Copy)]
pub struct Sides<'a> {
    /// What changed, as it was.
    pub was: &'a Plan,
    /// What changed, as it is.
    pub is: &'a Plan,
    /// Where the rest is looked up: a plan that has everything that did not change.
    pub around: &'a Plan,
}

/// Two sides to look things up in, what was under the ids that it goes by now.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lookup<'a> {
    pub(super) sides: Sides<'a>,
    /// What was, under the ids that it went by.
    pub(super) before: &'a Plan,
}

/// One of the two.
#[derive(Debug, Clone, Copy)]
pub(super) struct Side<'a> {
    own: &'a Plan,
    /// What changed, on the other side and before it was renamed: what is there and not on this side
    /// is gone or not there yet, whatever the plan around has.
    others: [&'a Plan; 2],
    around: &'a Plan,
}

impl<'a> Sides<'a> {
    /// Takes two whole plans.
    pub fn whole(was: &'a Plan, is: &'a Plan) -> Self {
        let around = is;
        Self { was, is, around }
    }

    /// Returns what something is or was called.
    pub(in crate::view) fn title(self, at: &Address) -> Option<&'a str> {
        let plans = [self.is, self.was, self.around];
        let mut titles = plans.into_iter().filter_map(|plan| plan.title(at));
        titles.find(|title| !title.is_empty())
    }
}

impl<'a> From<Sides<'a>> for Lookup<'a> {
    fn from(sides: Sides<'a>) -> Self {
        let before = sides.was;
        Self { sides, before }
    }
}

impl<'a> Lookup<'a> {
    /// Returns the sides, what was first.
    pub(super) fn both(self) -> [Side<'a>; 2] {
        let Sides { was, is, around } = self.sides;
        [(was, is), (is, was)].map(|(own, other)| Side {
            own,
            others: [other, self.before],
            around,
        })
    }

    /// Returns the theme that something is or was part of.
    pub(super) fn theme_of(self, at: &Address) -> Option<&'a Id> {
        let [was, is] = self.both();
        is.theme_of(at).or_else(|| was.theme_of(at))
    }
}

/// Looks a table up on a side.
macro_rules! table {
    ($side:ident, $tables:ident, $id:ident) => {{
        let mut others = $side.others.into_iter();
        match $side.own.$tables.get_key_value($id) {
            None if !others.any(|other| other.$tables.contains_key($id)) => {
                $side.around.$tables.get_key_value($id)
            }
            own => own,
        }
    }};
}

impl<'a> Side<'a> {
    pub(super) fn key_result(self, id: &Id) -> Option<&'a KeyResult> {
        table!(self, key_results, id).map(|(_, own)| own)
    }

    pub(super) fn objective(self, id: &Id) -> Option<&'a Objective> {
        table!(self, objectives, id).map(|(_, own)| own)
    }

    fn theme(self, id: &Id) -> Option<&'a Theme> {
        table!(self, themes, id).map(|(_, own)| own)
    }

    fn cycle(self, id: &Id) -> Option<&'a Cycle> {
        table!(self, cycles, id).map(|(_, own)| own)
    }

    /// Returns what something is called.
    pub(super) fn title(self, at: &Address) -> Option<&'a str> {
        let is_elsewhere = self.others.iter().any(|other| other.table(at).is_some());
        let around = (!is_elsewhere).then_some(self.around);
        let plans = [Some(self.own), around].into_iter().flatten();
        let mut titles = plans.filter_map(|plan| plan.title(at));
        titles.find(|title| !title.is_empty())
    }

    /// Returns the theme that something is part of.
    fn theme_of(self, at: &Address) -> Option<&'a Id> {
        match at {
            Address::Theme(id) => table!(self, themes, id).map(|(id, _)| id),
            Address::Objective(id) => Some(&self.objective(id)?.theme),
            Address::KeyResult(id) | Address::Milestone(id, _) => {
                Some(&self.objective(&self.key_result(id)?.objective)?.theme)
            }
            Address::Note(of, _) => self.theme_of(of),
            Address::Plan | Address::Check | Address::Cycle(_) | Address::Person(_) => None,
        }
    }

    /// Returns the id of the cycle that a key result is set for.
    pub(super) fn cycle_id_of(self, key_result: &'a KeyResult) -> Option<&'a Id> {
        if key_result.cycle.is_some() {
            return key_result.cycle.as_ref();
        }
        let changed = [self.own, self.others[0], self.others[1]];
        let is_elsewhere = |id: &&Id| changed.iter().any(|plan| plan.cycles.contains_key(*id));
        let unchanged = self.around.cycles.keys().filter(|id| !is_elsewhere(id));
        let mut all = self.own.cycles.keys().chain(unchanged);
        let first = all.next()?;
        all.next().is_none().then_some(first)
    }

    /// Returns the first and the last day of work on a key result.
    pub(super) fn days_of(self, key_result: &'a KeyResult) -> [Option<NaiveDate>; 2] {
        let cycle = self.cycle_id_of(key_result);
        let cycle = cycle.and_then(|id| self.cycle(id));
        let days = cycle.map_or([None, None], |cycle| [Some(cycle.start), Some(cycle.end)]);
        [key_result.start.or(days[0]), key_result.due.or(days[1])]
    }

    /// Returns who answers for a key result.
    pub(super) fn owner_of(self, key_result: &'a KeyResult) -> Option<&'a str> {
        let objective = self.objective(&key_result.objective);
        let theme = objective.and_then(|objective| self.theme(&objective.theme));
        let is_part = [self.own, self.others[0]]
            .iter()
            .any(|plan| !plan.name.is_empty());
        let plan = if is_part { self.own } else { self.around };
        let above = objective.and_then(|objective| objective.owner.as_deref());
        let above = above.or_else(|| theme.and_then(|theme| theme.owner.as_deref()));
        let own = key_result.owner.as_deref();
        own.or(above).or(plan.owner.as_deref())
    }
}
