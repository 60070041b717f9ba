use std::collections::HashSet;

use chrono::NaiveDate;

use crate::change::Change;
use crate::history::{Author, Difference, Entry, Event};
use crate::model::{Address, Id, Plan};

/// What a log is asked for: which things, which of their keys, whose changes, and when.
///
/// Several values of one kind mean any of them; several kinds have to hold together.
#[derive(Debug, Clone, Default)]
pub struct Trail {
    /// The things, with all that stands below them; all there are, where none is named.
    pub things: Option<HashSet<Address>>,
    /// The keys; `note` stands for notes.
    pub fields: Vec<String>,
    /// Parts of authors' names and mail addresses, in lower case.
    pub authors: Vec<String>,
    /// The first day.
    pub since: Option<NaiveDate>,
    /// The last day.
    pub until: Option<NaiveDate>,
}

impl Trail {
    /// Returns whether everything is told.
    pub fn is_everything(&self) -> bool {
        self.things.is_none()
            && self.fields.is_empty()
            && self.authors.is_empty()
            && self.since.is_none()
            && self.until.is_none()
    }

    /// Takes out of an entry what was not asked for, and says whether anything is left.
    ///
    /// Entries are to come newest first: what was renamed is looked for under its old id from there on.
    /// `around` is the plan beside the tables that the entry changed.
    pub fn keep(&mut self, entry: &mut Entry, around: &Plan) -> bool {
        let is_wanted = self.is_in_time(entry.commit.day()) && self.is_by(&entry.commit.author);
        let is_of_all = self.things.is_none() && self.fields.is_empty();
        let Event::Changed {
            changes,
            difference,
        } = &mut entry.event
        else {
            return is_wanted && self.fields.is_empty();
        };
        let wanted: Vec<bool> = changes
            .iter()
            .map(|change| self.is_about(change, difference, around))
            .collect();
        self.go_back(changes);
        if is_of_all || !is_wanted {
            return is_wanted;
        }
        let mut wanted = wanted.iter();
        changes.retain(|_| wanted.next() == Some(&true));
        self.keep_fields(changes);
        !changes.is_empty()
    }

    fn is_in_time(&self, day: NaiveDate) -> bool {
        self.since.is_none_or(|since| day >= since) && self.until.is_none_or(|until| day <= until)
    }

    fn is_by(&self, author: &Author) -> bool {
        let has = |part: &String| {
            author.name.to_lowercase().contains(part) || author.email.to_lowercase().contains(part)
        };
        self.authors.is_empty() || self.authors.iter().any(has)
    }

    /// Returns whether a change is of one of the things, or of something below it.
    fn is_about(&self, change: &Change, difference: &Difference, around: &Plan) -> bool {
        let Some(things) = &self.things else {
            return true;
        };
        let address = match change {
            Change::Rename { from, to, .. } => &from.with_id(to.clone()),
            change => change.address(),
        };
        is_below(address, things, [&difference.is, &difference.was, around])
    }

    /// From here on, what was renamed goes by its old id.
    fn go_back(&mut self, changes: &[Change]) {
        let Some(things) = &mut self.things else {
            return;
        };
        for change in changes {
            if let Change::Rename { from, to, .. } = change
                && things.remove(&from.with_id(to.clone()))
            {
                things.insert(from.clone());
            }
        }
    }

    /// Keeps the changes of the keys asked for, and the notes that came with them: they say why.
    fn keep_fields(&self, changes: &mut Vec<Change>) {
        if self.fields.is_empty() {
            return;
        }
        let has = |key: &str| self.fields.iter().any(|field| field == key);
        let is_of = |change: &Change| match change {
            Change::Set { key, .. }
            | Change::AddItem { key, .. }
            | Change::RemoveItem { key, .. } => has(key),
            Change::Add { values, .. } => values.iter().any(|(key, _)| has(key)),
            Change::AddNote { .. } | Change::RemoveNote { .. } => has("note"),
            Change::Remove { .. } | Change::Rename { .. } => false,
        };
        let of: HashSet<Address> = changes
            .iter()
            .filter(|change| is_of(change))
            .map(|change| change.address().clone())
            .collect();
        changes.retain(|change| {
            let says_why = matches!(change, Change::AddNote { to, .. } if of.contains(to));
            is_of(change) || says_why
        });
    }
}

/// Returns whether something is one of these things or stands below one, in any of the plans: what
/// moved is told at both places.
fn is_below(address: &Address, things: &HashSet<Address>, plans: [&Plan; 3]) -> bool {
    let mut above = plans.iter().filter_map(|plan| above(address, plan));
    things.contains(address) || above.any(|above| is_below(&above, things, plans))
}

/// Returns what something stands under: a milestone under its key result, that under its objective,
/// that under its theme.
fn above(address: &Address, plan: &Plan) -> Option<Address> {
    match address {
        Address::Milestone(of, _) => Some(Address::KeyResult(of.clone())),
        Address::Note(of, _) => Some((**of).clone()),
        Address::KeyResult(id) => {
            let own = plan.key_results.get(id)?;
            Some(Address::Objective(own.objective.clone()))
        }
        Address::Objective(id) => Some(Address::Theme(plan.objectives.get(id)?.theme.clone())),
        _ => None,
    }
}

/// Returns the person of a plan with an author's mail address, if one is declared.
pub fn person_of<'a>(plan: &'a Plan, author: &Author) -> Option<&'a Id> {
    let mut persons = plan.persons.iter();
    let is_theirs = |email: &String| email.eq_ignore_ascii_case(&author.email);
    let found = persons.find(|(_, person)| person.email.as_ref().is_some_and(is_theirs));
    found.map(|(id, _)| id)
}
