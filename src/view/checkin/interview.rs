use chrono::NaiveDate;

use super::answers::{Answers, Was};
use super::reading;
use crate::model::{Id, KeyResult, OnTrack, Pace, Plan, Status};
use crate::view::Due;

/// What is asked of a key result, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ask {
    /// The figure it is measured by.
    Figure,
    /// Which milestones are reached.
    Steps,
    /// How it stands.
    Status,
    /// Whether it stands so, although its pace says otherwise; asked once.
    Sure,
    /// How likely it is to be reached.
    Confidence,
    /// What there is to say.
    Note,
}

impl Ask {
    const ALL: [Self; 6] = [
        Self::Figure,
        Self::Steps,
        Self::Status,
        Self::Sure,
        Self::Confidence,
        Self::Note,
    ];
}

/// A walk through key results, one question at a time.
#[derive(Debug)]
pub struct Interview<'a> {
    plan: &'a Plan,
    today: NaiveDate,
    due: Vec<Due<'a>>,
    answers: Vec<Answers>,
    /// Whether a key result's status was doubted already.
    doubted: Vec<bool>,
    /// What is asked now; nothing, when all is answered or somebody stopped.
    now: Option<(usize, Ask)>,
    /// What was asked before, the latest last.
    trail: Vec<(usize, Ask)>,
}

/// What is asked now.
#[derive(Debug)]
pub struct Question<'i, 'a> {
    /// The number of the key result, from 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
    /// The key result, as it stood when the walk began.
    pub due: &'i Due<'a>,
    /// Who answers for it, where the walk is through several people's.
    pub owner: Option<&'i str>,
    /// What was answered of it so far.
    pub answers: &'i Answers,
    /// What is asked.
    pub ask: Ask,
    /// How its pace would be with what was answered.
    pub pace: Option<Pace>,
    /// The milestones that are not reached yet.
    pub open_steps: Vec<&'i Id>,
}

/// What came of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reaction {
    /// It is understood; the next question stands.
    Taken,
    /// It is not understood, and why; the same question stands.
    Unclear(String),
    /// Somebody wants to know what they can answer; the same question stands.
    Help,
}

impl<'a> Interview<'a> {
    /// Begins with the first key result of which not everything is answered.
    pub fn new(
        plan: &'a Plan,
        due: Vec<Due<'a>>,
        mut known: Vec<Answers>,
        today: NaiveDate,
    ) -> Self {
        let answers: Vec<_> = due
            .iter()
            .map(|due| {
                let at = known.iter().position(|known| known.id == *due.row.id);
                at.map_or_else(
                    || Answers::new(due.row.id.clone(), today),
                    |at| known.swap_remove(at),
                )
            })
            .collect();
        let doubted = answers.iter().map(|answers| answers.is_whole).collect();
        let mut interview = Self {
            plan,
            today,
            doubted,
            answers,
            now: None,
            trail: Vec::new(),
            due,
        };
        interview.now = interview.first_from(0);
        interview
    }

    /// Returns what is asked now, if anything is.
    pub fn question(&self) -> Option<Question<'_, 'a>> {
        let (at, ask) = self.now?;
        let due = &self.due[at];
        Some(Question {
            number: at + 1,
            of: self.due.len(),
            due,
            owner: self.owner(due),
            answers: &self.answers[at],
            ask,
            pace: self.pace(at),
            open_steps: reading::open_steps(due.row.key_result),
        })
    }

    /// Takes what somebody typed: an answer, nothing at all for "as it is", or a letter that leads
    /// elsewhere.
    pub fn answer(&mut self, typed: &str) -> Reaction {
        let Some((at, ask)) = self.now else {
            return Reaction::Taken;
        };
        match typed {
            "?" => return Reaction::Help,
            "q" => self.leave(None),
            "b" => self.back(),
            "s" => {
                self.answers[at] = Answers::new(self.due[at].row.id.clone(), self.today);
                self.leave(self.first_from(at + 1));
            }
            _ => {
                if let Err(why) = self.take(at, ask, typed) {
                    return Reaction::Unclear(why);
                }
                let next = self.after(at, ask);
                if next.is_none() {
                    self.answers[at].is_whole = true;
                }
                let next = next.map(|ask| (at, ask));
                self.leave(next.or_else(|| self.first_from(at + 1)));
            }
        }
        Reaction::Taken
    }

    /// Goes back to what was asked before; at the very first question it stays.
    pub fn back(&mut self) {
        let at = self.now.and_then(|(at, _)| at.checked_sub(1));
        // What was answered in an earlier walk stands before it.
        let earlier = at.and_then(|at| Some((at, self.first(at)?)));
        if let Some(before) = self.trail.pop().or(earlier) {
            self.now = Some(before);
        } else if self.now.is_none() {
            self.now = self.due.first().and_then(|_| Some((0, self.first(0)?)));
        }
    }

    /// Returns the plan as it was when the walk began.
    pub fn plan(&self) -> &'a Plan {
        self.plan
    }

    /// Returns the answers of all key results of which anything was answered.
    pub fn answers(&self) -> impl Iterator<Item = &Answers> {
        self.answers.iter().filter(|answers| !answers.is_empty())
    }

    /// Returns how many key results were not answered in full.
    pub fn open(&self) -> usize {
        let answers = self.answers.iter();
        answers.filter(|answers| !answers.is_whole).count()
    }

    fn owner(&self, due: &Due<'a>) -> Option<&str> {
        let own = due.row.owner?;
        let mut all = self.due.iter();
        let is_shared = all.all(|due| due.row.owner == Some(own));
        (!is_shared).then(|| self.plan.person_name(own))
    }

    fn leave(&mut self, next: Option<(usize, Ask)>) {
        self.trail.extend(self.now);
        self.now = next;
    }

    /// Returns the first question of the first key result from a place on that is not answered in full.
    fn first_from(&self, at: usize) -> Option<(usize, Ask)> {
        let mut rest = at..self.due.len();
        let at = rest.find(|at| !self.answers[*at].is_whole)?;
        Some((at, self.first(at)?))
    }

    fn first(&self, at: usize) -> Option<Ask> {
        Ask::ALL.into_iter().find(|ask| self.is_asked(at, *ask))
    }

    fn after(&self, at: usize, ask: Ask) -> Option<Ask> {
        let mut rest = Ask::ALL.into_iter().filter(|next| *next > ask);
        rest.find(|ask| self.is_asked(at, *ask))
    }

    fn is_asked(&self, at: usize, ask: Ask) -> bool {
        let own = self.due[at].row.key_result;
        match ask {
            Ask::Figure => own.figure_key().is_some(),
            Ask::Steps => !reading::open_steps(own).is_empty(),
            Ask::Status | Ask::Note => true,
            Ask::Sure => !self.doubted[at] && self.flatters(at),
            Ask::Confidence => self.applied(at).status().is_open(),
        }
    }

    fn take(&mut self, at: usize, ask: Ask, typed: &str) -> Result<(), String> {
        let own = self.due[at].row.key_result;
        let answers = &mut self.answers[at];
        answers.on = self.today;
        if ask == Ask::Sure && matches!(typed, "n" | "no") {
            return Err("then say how it stands: at-risk, off-track or another status".to_owned());
        }
        if ask == Ask::Sure {
            self.doubted[at] = true;
        }
        // What was answered is taken back.
        if typed == "-" {
            match ask {
                Ask::Figure => answers.figure = None,
                Ask::Steps => answers.steps.clear(),
                Ask::Status | Ask::Sure => answers.status = None,
                Ask::Confidence => answers.confidence = None,
                Ask::Note => answers.note = None,
            }
            return Ok(());
        }
        // What is given up is remembered with its reason, or nobody will know it.
        let is_dropped = answers.status.is_some_and(|own| own.is == Status::Dropped);
        if ask == Ask::Note && typed.is_empty() && is_dropped && answers.note.is_none() {
            return Err(
                "a line why it is given up: whoever looks back will ask; `-` for none".to_owned(),
            );
        }
        // Whoever is sure may say so.
        if typed.is_empty() || (ask == Ask::Sure && matches!(typed, "y" | "yes")) {
            return Ok(());
        }
        match ask {
            Ask::Figure => {
                let is_percent = own.figure_key() == Some("progress");
                let is = reading::figure(typed, is_percent)?;
                answers.figure = moved(own.figure(), is);
            }
            Ask::Steps if typed == "none" => answers.steps.clear(),
            Ask::Steps => answers.steps = reading::steps(typed, own)?,
            Ask::Status | Ask::Sure => {
                let is = reading::status(typed)?;
                answers.status = moved(Some(own.status()), is);
            }
            Ask::Confidence => {
                let is = reading::confidence(typed)?;
                answers.confidence = moved(own.confidence.map(|own| own.0), is);
            }
            Ask::Note => answers.note = Some(typed.to_owned()),
        }
        Ok(())
    }

    fn applied(&self, at: usize) -> KeyResult {
        self.answers[at].applied(self.due[at].row.key_result)
    }

    fn pace(&self, at: usize) -> Option<Pace> {
        self.plan.pace_of(&self.applied(at), self.today)
    }

    /// Returns whether a status is better than the pace that was answered with it, or than the figure.
    fn flatters(&self, at: usize) -> bool {
        let own = self.applied(at);
        let is_behind = matches!(
            self.plan.on_track(&own, self.today),
            Some(OnTrack::Behind(_))
        );
        is_behind || (own.status() == Status::Done && own.falls_short().is_some())
    }
}

/// Returns a new value beside the one that stands there, unless it is the same.
fn moved<T: PartialEq + Copy>(was: Option<T>, is: T) -> Option<Was<T>> {
    (was != Some(is)).then_some(Was { was, is })
}
