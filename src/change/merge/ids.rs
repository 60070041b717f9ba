//! One set of ids for three texts, before anything is compared: what one side renamed goes by its new
//! id everywhere, and two things under one id get an id each.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::super::{Change, edit, renames};
use super::definition::{Forced, Path};
use super::{Notice, Options, Why};
use crate::document::{Document, path_of};
use crate::model::{Address, Id, Plan};
use crate::text::Source;

/// The plans that three texts say, or their tables that differ.
#[derive(Debug)]
pub(super) struct Plans {
    pub(super) base: Plan,
    pub(super) ours: Plan,
    pub(super) theirs: Plan,
}

impl Plans {
    pub(super) fn of([base, ours, theirs]: [Plan; 3]) -> Self {
        Self { base, ours, theirs }
    }
}

/// Three texts on their way to one set of ids.
#[derive(Debug)]
pub(super) struct Ids<'t> {
    pub(super) texts: [Cow<'t, str>; 3],
    pub(super) notices: Vec<Notice>,
    /// For what ours renamed, where it was found.
    given: HashMap<Address, Address>,
}

impl<'t> Ids<'t> {
    pub(super) fn new(texts: [&'t str; 3]) -> Self {
        Self {
            texts: texts.map(Cow::Borrowed),
            notices: Vec::new(),
            given: HashMap::new(),
        }
    }

    /// Gives an id of its own to what both sides added under one id, if they did; `known` tells of
    /// ids that stand elsewhere in the texts.
    pub(super) fn part(
        &mut self,
        plans: &Plans,
        options: &Options,
        known: impl Fn(&Address) -> bool,
    ) -> bool {
        let clashes = clashes(plans);
        if clashes.is_empty() {
            return false;
        }
        let mut theirs = read(&self.texts[2]);
        let mut is_parted = false;
        let mut given: HashSet<Address> = HashSet::new();
        for from in clashes {
            let is_taken = |at: &Address| {
                let plans = [&plans.base, &plans.ours, &plans.theirs];
                plans.iter().any(|plan| plan.table(at).is_some())
                    || options.taken.contains(at)
                    || given.contains(at)
                    || known(at)
            };
            let Some(to) = free(&from, is_taken) else {
                continue;
            };
            let followed = theirs.plan.references();
            let followed = followed
                .into_iter()
                .filter(|reference| reference.to == from);
            let mut followed: Vec<Address> = followed.map(|reference| reference.at).collect();
            followed.dedup();
            if let Some(renamed) = rename(&theirs, &from, &to) {
                theirs = renamed;
                let to = from.with_id(to);
                given.insert(to.clone());
                self.notices.push(Notice::Renumbered { from, to, followed });
                is_parted = true;
            }
        }
        if is_parted {
            self.texts[2] = text_of(&theirs);
        }
        is_parted
    }

    /// Makes the renames of one side in the other texts, if there are any.
    pub(super) fn follow(&mut self, plans: &Plans) -> bool {
        let by_us = renamed(&plans.base, &plans.ours);
        if !by_us.is_empty() {
            return self.follow_side(&by_us, 2);
        }
        let by_them = renamed(&plans.base, &plans.theirs);
        !by_them.is_empty() && self.follow_side(&by_them, 1)
    }

    /// Makes renames in the base and in the text of the side that did not make them.
    fn follow_side(&mut self, changes: &[Change], other: usize) -> bool {
        let mut base = read(&self.texts[0]);
        let mut side = read(&self.texts[other]);
        let mut maker = read(&self.texts[3 - other]);
        let mut is_made = false;
        for change in changes {
            let Change::Rename { from, to, .. } = change else {
                continue;
            };
            let new = from.with_id(to.clone());
            if let (1, Some(was)) = (other, self.given.get(from)) {
                // Ours has given it another id already.
                if let Some(id) = from.id()
                    && let Some(renamed) = rename(&maker, &new, id)
                {
                    self.notices.push(Notice::BothRenamed {
                        from: was.clone(),
                        ours: from.clone(),
                        theirs: new,
                    });
                    maker = renamed;
                    is_made = true;
                }
                continue;
            }
            let Some(renamed) = rename(&base, from, to) else {
                continue;
            };
            let is_there = side.plan.table(from).is_some();
            if is_there && side.plan.table(&new).is_none() {
                let Some(renamed) = rename(&side, from, to) else {
                    continue;
                };
                side = renamed;
            }
            base = renamed;
            is_made = true;
            if other == 2 {
                self.given.insert(new, from.clone());
            }
        }
        if is_made {
            self.texts[0] = text_of(&base);
            self.texts[other] = text_of(&side);
            self.texts[3 - other] = text_of(&maker);
        }
        is_made
    }
}

fn read(text: &str) -> Document {
    Document::read(Source::new("okrs.toml", text))
}

/// Returns what goes by another id on a side, what has left its id to something new included: that
/// stands there under a new id with the title and the parent that it had.
fn renamed(base: &Plan, side: &Plan) -> Vec<Change> {
    let mut changes = renames(base, side);
    let is_other = |at: &&Address| {
        let (was, is) = (base.title(at), side.title(at));
        at.id().is_some() && is.is_some() && was != is
    };
    let others: Vec<Address> = base.addresses().filter(|at| is_other(&at)).collect();
    for from in others {
        let same = side.addresses().filter(|at| {
            at.table() == from.table()
                && base.table(at).is_none()
                && side.title(at) == base.title(&from)
                && parent(side, at) == parent(base, &from)
        });
        let same: Vec<Address> = same.collect();
        if let [same] = same.as_slice()
            && let Some(to) = same.id().cloned()
        {
            let line = None;
            changes.push(Change::Rename { from, to, line });
        }
    }
    changes
}

/// Returns what something stands under in the plan.
fn parent(plan: &Plan, at: &Address) -> Option<Id> {
    match at {
        Address::KeyResult(id) => Some(plan.key_results.get(id)?.objective.clone()),
        Address::Objective(id) => Some(plan.objectives.get(id)?.theme.clone()),
        Address::Milestone(of, _) => Some(of.clone()),
        _ => None,
    }
}

fn text_of(document: &Document) -> Cow<'static, str> {
    Cow::Owned(document.source.text().to_owned())
}

fn rename(document: &Document, from: &Address, to: &Id) -> Option<Document> {
    let change = Change::Rename {
        from: from.clone(),
        to: to.clone(),
        line: None,
    };
    Some(edit(document, &[change]).ok()?.document)
}

/// Returns what both sides added under one id and that is not one thing: it has another title.
fn clashes(plans: &Plans) -> Vec<Address> {
    let Plans { base, ours, theirs } = plans;
    let mut clashes: Vec<Address> = Vec::new();
    for at in ours.addresses() {
        let within = match &at {
            Address::Milestone(of, _) => Some(Address::KeyResult(of.clone())),
            _ => None,
        };
        let is_new = at.id().is_some() && base.table(&at).is_none();
        let title = |plan: &Plan| plan.title(&at).map(|title| title.trim().to_lowercase());
        if is_new
            && theirs.table(&at).is_some()
            && title(ours) != title(theirs)
            && within.is_none_or(|of| !clashes.contains(&of))
        {
            clashes.push(at);
        }
    }
    clashes
}

/// Returns the next id that is free: the next number, or the word with a number behind it.
fn free(at: &Address, is_taken: impl Fn(&Address) -> bool) -> Option<Id> {
    let id = at.id()?.as_str();
    let next = |number: u64| match id.parse::<u64>() {
        Ok(own) => format!("{}", own.saturating_add(number)),
        Err(_) => format!("{id}-{}", number + 1),
    };
    let mut ids = (1..u64::from(u32::MAX)).filter_map(|number| Id::new(&next(number)));
    ids.find(|id| !is_taken(&at.with_id(id.clone())))
}

/// Finds what names something that the other side removed: neither can be taken as it is.
pub(super) fn names_removed(plans: &Plans) -> Forced {
    let Plans { base, ours, theirs } = plans;
    let mut forced = Forced::new();
    for (side, other) in [(ours, theirs), (theirs, ours)] {
        let is_removed = |at: &Address| {
            base.table(at).is_some() && side.table(at).is_some() && other.table(at).is_none()
        };
        let mut known: Option<HashSet<(Address, &str, Address)>> = None;
        for reference in side.references() {
            let to = &reference.to;
            if !is_removed(to) || !is_as_it_was(base, side, to) {
                continue;
            }
            let known = known.get_or_insert_with(|| {
                let references = base.references().into_iter();
                references
                    .map(|reference| (reference.at, reference.key, reference.to))
                    .collect()
            });
            let named = (reference.at.clone(), reference.key, to.clone());
            let within = match &reference.at {
                Address::Milestone(of, _) => Address::KeyResult(of.clone()),
                Address::Note(of, _) => (**of).clone(),
                at => at.clone(),
            };
            if known.contains(&named) || is_removed(&within) {
                continue;
            }
            let mut path: Path = path_of(&reference.at);
            path.push(reference.key.to_owned());
            forced.insert(path, Why::NamesRemoved(to.clone()));
        }
    }
    forced
}

/// Returns whether a side left something as it was, with all that stands below it.
fn is_as_it_was(base: &Plan, side: &Plan, at: &Address) -> bool {
    match at {
        Address::Cycle(id) => base.cycles.get(id) == side.cycles.get(id),
        Address::Theme(id) => base.themes.get(id) == side.themes.get(id),
        Address::Objective(id) => base.objectives.get(id) == side.objectives.get(id),
        Address::KeyResult(id) => base.key_results.get(id) == side.key_results.get(id),
        Address::Person(id) => base.persons.get(id) == side.persons.get(id),
        _ => false,
    }
}
