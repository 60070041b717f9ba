use std::collections::HashSet;

use chrono::NaiveDate;

use super::changes::{Sides, Told, tell};
use super::log::{LogEntry, LogEvent};
use crate::change::Change;
use crate::history::{Author, Entry, Event};
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

    /// Tells of an entry what was asked for, if anything was.
    ///
    /// Entries are to come newest first: what was renamed is looked for under its old id from there on.
    /// `around` is the plan beside the tables that the entry changed, `now` the plan of today, which
    /// knows who people are.
    pub fn tell(&mut self, entry: Entry, around: &Plan, now: &Plan) -> Option<LogEntry> {
        let is_wanted = self.is_in_time(entry.commit.day()) && self.is_by(&entry.commit.author);
        let is_of_all = self.things.is_none() && self.fields.is_empty();
        let event = match &entry.event {
            // Whom it would have been about is not known.
            Event::Unread(unread) => is_of_all.then(|| LogEvent::Unread(unread.clone())),
            Event::Gone => Some(LogEvent::Gone),
            Event::Cut => Some(LogEvent::Cut),
            Event::Changed {
                changes,
                difference,
            } => {
                let sides = Sides {
                    was: &difference.was,
                    is: &difference.is,
                    around,
                };
                let wanted = changes.iter();
                let wanted: Vec<bool> = wanted.map(|own| self.is_about(own, sides)).collect();
                self.go_back(changes);
                // All are told, and then chosen: what a rename did is needed to tell the others.
                let told = tell(changes, sides).into_iter().zip(wanted);
                let told = told.filter_map(|(told, is_wanted)| is_wanted.then_some(told));
                let event = LogEvent::of(self.of_fields(told.collect()), sides);
                Some(event).filter(|event| is_of_all || !event.things().is_empty())
            }
        };
        event.filter(|_| is_wanted).map(|event| LogEntry {
            person: person_of(now, &entry.commit.author).cloned(),
            commit: entry.commit,
            event,
            was_called: entry.was_called,
        })
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
    fn is_about(&self, change: &Change, sides: Sides<'_>) -> bool {
        let Some(things) = &self.things else {
            return true;
        };
        let address = match change {
            Change::Rename { from, to, .. } => &from.with_id(to.clone()),
            change => change.address(),
        };
        is_below(address, things, [sides.is, sides.was, sides.around])
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

    /// Chooses the changes of the keys asked for, and the notes that came with them: they say why.
    fn of_fields(&self, mut told: Vec<Told>) -> Vec<Told> {
        if self.fields.is_empty() {
            return told;
        }
        let has = |key: &str| self.fields.iter().any(|field| field == key);
        let is_of = |told: &Told| match &told.change {
            Change::Add { values, .. } => values.iter().any(|(key, _)| has(key)),
            Change::AddNote { .. } | Change::RemoveNote { .. } => has("note"),
            _ => told.key().is_some_and(has),
        };
        let all = told.iter().filter(|told| is_of(told));
        let of: HashSet<Address> = all.map(Told::under).collect();
        told.retain(|told| {
            let says_why =
                matches!(told.change, Change::AddNote { .. }) && of.contains(&told.under());
            is_of(told) || says_why
        });
        told
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
