use std::collections::HashMap;

use chrono::NaiveDate;

use super::carry::{Into, carry, last_figure, leads_on};
use super::{Answer, Answers, Fate, grade, needs_grade};
use crate::change::Change;
use crate::model::{Address, Cycle, Fraction, Id, KeyResult, Note, Plan, Status, Value};
use crate::text::{join, nearest};

/// What closing has to know beside the plan and the answers.
#[derive(Debug, Clone)]
pub struct Closer {
    /// The day.
    pub today: NaiveDate,
    /// Who closes the cycle, where that is known.
    pub by: Option<String>,
    /// The first number that no key result has or had.
    pub next_number: u64,
}

/// Why answers do not close a cycle yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The key result that it is about, if it is about one.
    pub of: Option<Id>,
    /// What is missing or wrong, and what to do about it.
    pub message: String,
}

/// Returns the changes that close a cycle as it was answered.
///
/// Of every key result there is a grade, but of those that need none; of what was not finished, what
/// became of it. What it said stays where it is: a status changes only to `done` or `dropped`.
///
/// # Errors
///
/// Everything that the answers leave open or that cannot be.
pub fn close(
    plan: &Plan,
    id: &Id,
    answers: &Answers,
    closer: &Closer,
) -> Result<Vec<Change>, Vec<Problem>> {
    let Some(cycle) = plan.cycles.get(id) else {
        return Err(vec![general(format!("there is no cycle `{id}`"))]);
    };
    if let Some(other) = answers.cycle.as_ref().filter(|other| *other != id) {
        let message = format!("these answers are about the cycle `{other}`, not `{id}`");
        return Err(vec![general(message)]);
    }
    let mut closing = Closing::new(plan, id, cycle, answers, closer);
    closing.look_at_cycle();
    closing.look_for_strangers();
    let (into, begun) = closing.next();
    let ids = closing.new_ids();
    let days = into.as_ref().and_then(|(_, days)| *days);
    let into_id = into.map_or_else(Id::default, |(id, _)| id);
    let into = Into {
        cycle: &into_id,
        days,
        ids: &ids,
    };
    let mut changes = begun;
    for (id, own) in closing.own.clone() {
        changes.extend(closing.key_result(id, own, &into));
    }
    changes.extend(closing.ending(&into_id));
    if closing.problems.is_empty() {
        Ok(changes)
    } else {
        Err(closing.problems)
    }
}

/// Says why a cycle cannot be closed on a day, whatever is answered.
///
/// # Errors
///
/// It was closed, or has not begun.
pub fn may_close(id: &Id, cycle: &Cycle, today: NaiveDate) -> Result<(), String> {
    if let Some(day) = cycle.closed {
        return Err(format!("cycle.{id} was closed on {day}"));
    }
    if cycle.start > today {
        let start = cycle.start;
        return Err(format!(
            "cycle.{id} begins on {start}: there is nothing to close yet"
        ));
    }
    Ok(())
}

/// Says of what was not finished why it cannot be done, if it cannot: its figure tells otherwise.
pub fn falls_short(own: &KeyResult, then: Fate) -> Option<String> {
    let (current, target) = own.falls_short().filter(|_| then == Fate::Done)?;
    Some(format!(
        "it stands at {current}, its target is {target}, and done would be more: `loti set` says its \
         last figure; \"end\" grades it as it stands"
    ))
}

/// A cycle while it is being closed.
pub(super) struct Closing<'a> {
    pub(super) plan: &'a Plan,
    pub(super) id: &'a Id,
    pub(super) cycle: &'a Cycle,
    pub(super) answers: &'a Answers,
    pub(super) closer: &'a Closer,
    /// Its key results.
    pub(super) own: Vec<(&'a Id, &'a KeyResult)>,
    /// Those that another one carries on already.
    pub(super) continued: HashMap<&'a Id, &'a Id>,
    pub(super) problems: Vec<Problem>,
}

impl<'a> Closing<'a> {
    fn new(
        plan: &'a Plan,
        id: &'a Id,
        cycle: &'a Cycle,
        answers: &'a Answers,
        closer: &'a Closer,
    ) -> Self {
        let all = plan.key_results.iter();
        let own = all.filter(|(_, own)| plan.cycle_id_of(own) == Some(id));
        Self {
            plan,
            id,
            cycle,
            answers,
            closer,
            own: own.collect(),
            continued: plan.continued(),
            problems: Vec::new(),
        }
    }

    fn closed(&self) -> NaiveDate {
        self.answers.closed.unwrap_or(self.closer.today)
    }

    pub(super) fn problem(&mut self, of: &Id, message: impl std::fmt::Display) {
        self.problems.push(Problem {
            of: Some(of.clone()),
            message: format!("kr.{of}: {message}"),
        });
    }

    fn look_at_cycle(&mut self) {
        let (id, today, closed) = (self.id, self.closer.today, self.closed());
        let message = match may_close(id, self.cycle, today) {
            Err(message) => message,
            Ok(()) if closed > today => {
                format!("a cycle is closed today or was closed before, not on {closed}")
            }
            Ok(()) if closed < self.cycle.start => format!(
                "cycle.{id} begins on {}: it cannot be closed on {closed}",
                self.cycle.start
            ),
            Ok(()) => return,
        };
        self.problems.push(general(message));
    }

    /// Looks for answers about key results that are not asked about.
    fn look_for_strangers(&mut self) {
        for id in self.answers.key_results.keys() {
            let message = match self.plan.key_results.get(id) {
                Some(own) if self.plan.cycle_id_of(own) == Some(self.id) => continue,
                Some(_) => format!("it is not in the cycle `{}`", self.id),
                None => {
                    let own = self.own.iter().map(|(id, _)| id.as_str());
                    let near = nearest(id.as_str(), own);
                    let near = near
                        .map_or_else(String::new, |near| format!("; did you mean `kr.{near}`?"));
                    format!("there is no such key result{near}")
                }
            };
            self.problem(id, message);
        }
    }

    pub(super) fn answer(&self, id: &Id) -> Answer {
        let answer = self.answers.key_results.get(id);
        answer.cloned().unwrap_or_default()
    }

    /// Returns what is answered to become of a key result; none, where nothing is asked.
    fn fate(&self, id: &Id, own: &KeyResult) -> Option<Fate> {
        let is_asked = own.status().is_open() && !self.continued.contains_key(id);
        self.answer(id).then.filter(|_| is_asked)
    }

    pub(super) fn carried(&self) -> Vec<&'a Id> {
        let carries = |(id, own): &&(&'a Id, &KeyResult)| self.fate(id, own) == Some(Fate::Carry);
        let carried = self.own.iter().filter(carries);
        carried.map(|(id, _)| *id).collect()
    }

    /// Returns the changes that say how a key result ended.
    fn key_result(&mut self, id: &'a Id, own: &'a KeyResult, into: &Into<'_>) -> Vec<Change> {
        let (answer, then) = (self.answer(id), self.fate(id, own));
        if own.status().is_open() && !self.continued.contains_key(id) && then.is_none() {
            let message = "say what becomes of it: `then = \"carry\"`, `\"done\"`, `\"end\"` or \
                           `\"drop\"`";
            self.problem(id, message);
            return Vec::new();
        }
        let score = self.score(id, own, &answer, then);
        let is_regraded = answer.score.is_some() && answer.score != grade(own, then);
        if matches!(then, Some(Fate::End | Fate::Drop)) && answer.why.is_none() {
            let word = then.map_or("", Fate::word);
            self.problem(id, format!("`{word}` needs a word why: `why = \"…\"`"));
        }
        if let Some(short) = then.and_then(|then| falls_short(own, then)) {
            self.problem(id, short);
        }
        if then == Some(Fate::Carry) {
            self.look_at_carried(id, own, &answer);
        }
        let at = Address::KeyResult(id.clone());
        let status = match then {
            Some(Fate::Done) => Some(Status::Done),
            Some(Fate::Drop) => Some(Status::Dropped),
            _ => None,
        };
        let status = status.map(|status| set(&at, "status", Value::from(status.word())));
        let score = score.filter(|score| own.score != Some(*score));
        let score = score.map(|score| set(&at, "score", Value::Number(score.0)));
        let mut changes: Vec<_> = status.into_iter().chain(score).collect();
        if let Some(why) = &answer.why {
            let mut what = Vec::new();
            if let (true, Some(score)) = (is_regraded, answer.score) {
                what.push(match grade(own, then) {
                    Some(proposed) => format!("graded {score} ({proposed} was proposed)"),
                    None => format!("graded {score}"),
                });
            }
            what.extend(match then {
                Some(Fate::Carry) => into
                    .ids
                    .get(id)
                    .map(|new| format!("carried over as kr.{new}")),
                Some(Fate::Done) => Some("done".to_owned()),
                Some(Fate::End) => Some("ended".to_owned()),
                Some(Fate::Drop) => Some("dropped".to_owned()),
                None => None,
            });
            let text = match what.as_slice() {
                [] => why.trim().to_owned(),
                what => format!("{}: {}", capital(&join(what)), why.trim()),
            };
            changes.push(self.note(at, text));
        }
        if then == Some(Fate::Carry) {
            changes.extend(carry(id, own, &answer, into));
        }
        changes
    }

    /// Returns the grade of a key result, if it is to have one.
    fn score(
        &mut self,
        id: &Id,
        own: &KeyResult,
        answer: &Answer,
        then: Option<Fate>,
    ) -> Option<Fraction> {
        let proposed = grade(own, then);
        let Some(score) = answer.score else {
            if proposed.is_none() && needs_grade(own, then) {
                let message = "nothing is measured, so its grade has to be given: `score = 0.7`";
                self.problem(id, message);
            }
            return proposed;
        };
        if answer.why.is_none() && proposed.is_some_and(|proposed| proposed != score) {
            let proposed = proposed.map_or_else(String::new, |proposed| proposed.to_string());
            let message =
                format!("a grade of {score} instead of {proposed} needs a word why: `why = \"…\"`");
            self.problem(id, message);
        }
        Some(score)
    }

    fn look_at_carried(&mut self, id: &Id, own: &KeyResult, answer: &Answer) {
        if let Some((current, target)) = last_figure(own)
            && let Some(target) = answer.target.or(target)
            && (target == current || answer.target.is_none() && !leads_on(own))
        {
            let message = format!(
                "it stands at {current}, and its target is {target}, so nothing is left to carry over: `then = \
                 \"done\"`, or a new `target`"
            );
            self.problem(id, message);
        }
        if answer.target.is_some() && last_figure(own).is_none() {
            self.problem(
                id,
                "it is not measured by a figure, so it takes no `target`",
            );
        }
    }

    /// Returns the changes that close the cycle itself.
    fn ending(&self, into: &Id) -> Vec<Change> {
        let at = Address::Cycle(self.id.clone());
        let lesson = self.answers.lesson.as_deref();
        let lesson = lesson.filter(|lesson| !lesson.trim().is_empty());
        let lesson = lesson.map(|lesson| self.note(at.clone(), lesson.trim().to_owned()));
        let mut changes: Vec<_> = lesson.into_iter().collect();
        changes.push(set(&at, "closed", Value::Date(self.closed())));
        let is_cycle = !into.as_str().is_empty() && into.as_str() != "later";
        if is_cycle && self.plan.cycle.as_ref() == Some(self.id) {
            changes.push(set(&Address::Plan, "cycle", Value::from(into.as_str())));
        }
        changes
    }

    fn note(&self, to: Address, text: String) -> Change {
        let note = Note {
            on: self.closer.today,
            by: self.closer.by.clone(),
            text,
        };
        Change::AddNote { to, note }
    }
}

pub(super) fn general(message: String) -> Problem {
    Problem { of: None, message }
}

fn set(at: &Address, key: &str, value: Value) -> Change {
    Change::Set {
        at: at.clone(),
        key: key.to_owned(),
        value: Some(value),
    }
}

/// Begins a sentence with a text.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
