use chrono::NaiveDate;

use crate::change::Change;
use crate::model::{Address, Fraction, Id, KeyResult, Note, Number, Percent, Plan, Status, Value};

/// What was answered of one key result.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers {
    /// The key result.
    pub id: Id,
    /// The day on which it was answered.
    pub on: NaiveDate,
    /// The new figure: of `current`, or of `progress` where the owner judges.
    pub figure: Option<Was<Number>>,
    /// The milestones that are reached.
    pub steps: Vec<Id>,
    /// The new status.
    pub status: Option<Was<Status>>,
    /// The new confidence.
    pub confidence: Option<Was<Number>>,
    /// What its owner has to say.
    pub note: Option<String>,
    /// Whether every question was answered, be it with "unchanged".
    pub is_whole: bool,
}

/// A new value, and the one that stood in the plan when it was asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Was<T> {
    /// What stood there.
    pub was: Option<T>,
    /// What is answered.
    pub is: T,
}

/// Something that is otherwise in the plan than when it was asked about.
#[derive(Debug, Clone, PartialEq)]
pub enum Moved {
    /// The key result is no longer there, or no longer open: its answers change nothing.
    Gone(Id),
    /// A milestone is no longer there.
    StepGone(Address),
    /// A key was given another value meanwhile: the key, what it says, what is answered.
    Changed(Address, &'static str, String, String),
}

impl Moved {
    /// Returns whether nothing that was answered can be saved for it.
    pub fn is_gone(&self) -> bool {
        matches!(self, Self::Gone(_))
    }
}

impl Answers {
    /// Begins with nothing.
    pub fn new(id: Id, on: NaiveDate) -> Self {
        Self {
            id,
            on,
            figure: None,
            steps: Vec::new(),
            status: None,
            confidence: None,
            note: None,
            is_whole: false,
        }
    }

    /// Returns whether nothing was answered.
    pub fn is_empty(&self) -> bool {
        *self == Self::new(self.id.clone(), self.on)
    }

    /// Returns the key result as it would be with these answers.
    pub fn applied(&self, own: &KeyResult) -> KeyResult {
        let mut own = own.clone();
        if let Some(figure) = self.figure {
            match own.figure_key() {
                Some("progress") => own.progress = Some(Percent(figure.is)),
                _ => own.current = Some(figure.is),
            }
        }
        for step in &self.steps {
            if let Some(step) = own.milestones.get_mut(step) {
                step.done = Some(true);
            }
        }
        if let Some(status) = self.status {
            own.status = Some(status.is);
        }
        if let Some(confidence) = self.confidence {
            own.confidence = Some(Fraction(confidence.is));
        }
        own
    }

    /// Returns what the answers change in a plan, which need not be the one that was asked about.
    ///
    /// What says nothing new changes nothing. A check-in without a note leaves its day in `checked`;
    /// one with a note has its day there.
    pub fn changes(&self, plan: &Plan, by: Option<&str>, today: NaiveDate) -> Vec<Change> {
        let Some(own) = self.still_open(plan, today) else {
            return Vec::new();
        };
        let at = Address::KeyResult(self.id.clone());
        let set = |at: &Address, key: &str, value: Value| Change::Set {
            at: at.clone(),
            key: key.to_owned(),
            value: Some(value),
        };
        let mut changes = Vec::new();
        if let Some((figure, key)) = self.figure.zip(own.figure_key())
            && own.figure() != Some(figure.is)
        {
            changes.push(set(&at, key, Value::Number(figure.is)));
        }
        for step in &self.steps {
            let of = own.milestones.get(step);
            if of.is_some_and(|step| !step.is_done()) {
                let at = Address::Milestone(self.id.clone(), step.clone());
                changes.push(set(&at, "done", Value::Bool(true)));
            }
        }
        if let Some(status) = self.status
            && own.status() != status.is
        {
            changes.push(set(&at, "status", Value::from(status.is.word())));
        }
        // Nobody is confident of what is done or given up.
        if let Some(confidence) = self.confidence
            && self.applied(own).status().is_open()
            && own.confidence.map(|own| own.0) != Some(confidence.is)
        {
            changes.push(set(&at, "confidence", Value::Number(confidence.is)));
        }
        if let Some(text) = &self.note {
            let note = Note {
                on: self.on,
                by: by.map(str::to_owned),
                text: text.clone(),
            };
            // Answers that were saved already say nothing twice.
            if !own.note.contains(&note) {
                changes.push(Change::AddNote { to: at, note });
            }
        } else if self.is_whole && own.checked.is_none_or(|checked| checked < self.on) {
            changes.push(set(&at, "checked", Value::Date(self.on)));
        }
        changes
    }

    /// Returns what is otherwise in a plan than when it was asked about.
    pub fn moved(&self, plan: &Plan, today: NaiveDate) -> Vec<Moved> {
        let Some(own) = self.still_open(plan, today) else {
            return vec![Moved::Gone(self.id.clone())];
        };
        let at = Address::KeyResult(self.id.clone());
        let steps = self.steps.iter();
        let gone = steps.filter(|step| !own.milestones.contains_key(*step));
        let mut moved: Vec<_> = gone
            .map(|step| Moved::StepGone(Address::Milestone(self.id.clone(), step.clone())))
            .collect();
        let mut other = |key, now: Option<String>, was: Option<String>, is: String| {
            if now != was && now.as_deref() != Some(&is) {
                let now = now.unwrap_or_else(|| "(none)".to_owned());
                moved.push(Moved::Changed(at.clone(), key, now, is));
            }
        };
        let word = |number: Option<Number>| number.map(|number| number.to_string());
        if let Some((figure, key)) = self.figure.zip(own.figure_key()) {
            let is = figure.is.to_string();
            other(key, word(own.figure()), word(figure.was), is);
        }
        if let Some(status) = self.status {
            let was = status.was.map(|was| was.to_string());
            let now = Some(own.status().to_string());
            other("status", now, was, status.is.to_string());
        }
        if let Some(confidence) = self.confidence {
            let now = word(own.confidence.map(|own| own.0));
            let is = confidence.is.to_string();
            other("confidence", now, word(confidence.was), is);
        }
        moved
    }

    fn still_open<'a>(&self, plan: &'a Plan, today: NaiveDate) -> Option<&'a KeyResult> {
        let own = plan.key_results.get(&self.id)?;
        plan.is_expected(own, today).then_some(own)
    }
}
