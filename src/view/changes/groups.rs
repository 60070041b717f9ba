use std::collections::HashMap;

use super::counts::ChangeCounts;
use super::remark::Remark;
use super::sides::{Lookup, Sides};
use super::told::{Told, tell};
use crate::change::{Change, Unsaid};
use crate::model::{Address, Id};

/// What changed in a plan, in the order in which the plan shows it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes {
    /// The changes by the part of the plan that they are about.
    pub groups: Vec<ChangeGroup>,
    /// How many keys were written down, or left out, that say what holds without them.
    pub spelt_out: usize,
    /// What changed in the file beside.
    pub unsaid: Unsaid,
}

/// The changes in a part of the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeGroup {
    /// The part.
    pub about: About,
    /// What it is called, where it has a name.
    pub name: Option<String>,
    /// What changed in it, in the order of the file; what is gone comes last.
    pub changed: Vec<Changed>,
}

/// Something that changed, with all that was done to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// Where it is found now; where it was found, if it is gone.
    pub at: Address,
    /// What it is called.
    pub title: String,
    /// What was done to it and to its milestones.
    pub told: Vec<Told>,
}

/// A part of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum About {
    /// The plan as a whole.
    Plan,
    /// The cycles.
    Cycles,
    /// A theme, with its objectives and key results.
    Theme(Id),
    /// The persons.
    People,
    /// The settings of `loti check`.
    Check,
}

impl About {
    pub(super) fn of(at: &Address, lookup: Lookup<'_>) -> Self {
        match at {
            Address::Check => Self::Check,
            Address::Cycle(_) => Self::Cycles,
            Address::Person(_) => Self::People,
            Address::Note(of, _) => Self::of(of, lookup),
            // What names no theme that is there is the plan's.
            _ => lookup
                .theme_of(at)
                .map_or(Self::Plan, |id| Self::Theme(id.clone())),
        }
    }

    /// Returns the theme that it is, if it is one.
    pub fn theme(&self) -> Option<&Id> {
        match self {
            Self::Theme(id) => Some(id),
            _ => None,
        }
    }

    /// Returns the name of its kind, for programs: never changes.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Cycles => "cycles",
            Self::Theme(_) => "theme",
            Self::People => "people",
            Self::Check => "check",
        }
    }
}

impl Changes {
    /// Tells changes by the parts of the plan.
    pub fn new(changes: &[Change], sides: Sides<'_>, unsaid: Unsaid) -> Self {
        let mut told = tell(changes, sides);
        let all = told.len();
        told.retain(|told| told.remark != Some(Remark::SpeltOut));
        let spelt_out = all - told.len();
        let order = Order::of(sides);
        let mut told: Vec<_> = told
            .into_iter()
            .map(|told| (order.place(&told.about, &told.under(), sides), told))
            .collect();
        told.sort_by_key(|(place, _)| *place);
        let mut groups: Vec<ChangeGroup> = Vec::new();
        for (_, told) in told {
            let about = told.about.clone();
            if groups.last().is_none_or(|group| group.about != about) {
                let name = match &about {
                    About::Theme(id) => sides.title(&Address::Theme(id.clone())),
                    _ => None,
                };
                groups.push(ChangeGroup {
                    name: name.map(str::to_owned),
                    about,
                    changed: Vec::new(),
                });
            }
            if let Some(group) = groups.last_mut() {
                group.push(told, sides);
            }
        }
        Self {
            groups,
            spelt_out,
            unsaid,
        }
    }

    /// Returns whether the plan says the same as before.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.unsaid.unknown.is_empty()
    }

    /// Returns all changes, in their order.
    pub fn told(&self) -> impl Iterator<Item = &Told> {
        let changed = self.groups.iter().flat_map(|group| &group.changed);
        changed.flat_map(|changed| &changed.told)
    }

    /// Keeps only what is wanted.
    pub fn retain(&mut self, is_wanted: impl Fn(&Address) -> bool) {
        for group in &mut self.groups {
            group.changed.retain(|changed| is_wanted(&changed.at));
        }
        self.groups.retain(|group| !group.changed.is_empty());
    }

    /// Counts what changed how often.
    pub fn counts(&self) -> ChangeCounts {
        let mut counts = ChangeCounts::default();
        for group in &self.groups {
            counts.add_all(group.counts());
        }
        counts
    }
}

impl ChangeGroup {
    /// Counts what changed how often.
    pub fn counts(&self) -> ChangeCounts {
        let mut counts = ChangeCounts::default();
        for changed in &self.changed {
            counts.add(changed);
        }
        counts
    }

    fn push(&mut self, told: Told, sides: Sides<'_>) {
        let at = told.under();
        match self.changed.last_mut() {
            Some(changed) if changed.at == at => changed.told.push(told),
            _ => self.changed.push(Changed {
                title: sides.title(&at).unwrap_or_default().to_owned(),
                at,
                told: vec![told],
            }),
        }
    }
}

/// The order of the file; what is gone comes after what is there.
struct Order(HashMap<Address, usize>);

impl Order {
    fn of(sides: Sides<'_>) -> Self {
        let mut order = HashMap::new();
        for plan in [sides.around, sides.is, sides.was] {
            for at in plan.addresses() {
                let next = order.len();
                order.entry(at).or_insert(next);
            }
        }
        Self(order)
    }

    /// Returns where something is to be told: by its part of the plan, its objective, itself.
    fn place(&self, about: &About, at: &Address, sides: Sides<'_>) -> (usize, usize, usize, usize) {
        let number = |at: &Address| self.0.get(at).copied().unwrap_or(usize::MAX);
        let (part, theme) = match about {
            About::Plan => (0, 0),
            About::Cycles => (1, 0),
            About::Theme(id) => (2, number(&Address::Theme(id.clone()))),
            About::People => (3, 0),
            About::Check => (4, 0),
        };
        let [was, is] = Lookup::from(sides).both();
        let (objective, own) = match at {
            Address::Theme(_) => (0, 0),
            Address::Objective(_) => (1 + number(at), 0),
            Address::KeyResult(id) => {
                let own = is.key_result(id).or_else(|| was.key_result(id));
                let objective = own.map(|own| Address::Objective(own.objective.clone()));
                let objective =
                    objective.map_or(usize::MAX, |objective| number(&objective).saturating_add(1));
                (objective, number(at).saturating_add(1))
            }
            _ => (0, number(at)),
        };
        (part, theme, objective, own)
    }
}
