use chrono::NaiveDate;

use super::reading::{day, fate, goes_on, grade, is_back, is_yes};
use super::{Closing, ClosingRow};
use crate::change::closing::{Answer, Answers, Fate, falls_short, leads_on};
use crate::document::is_reserved;
use crate::model::{Fraction, Id, Measure, Number};
use crate::text::nearest;
use crate::view::Reaction;

/// What is asked when a cycle is closed.
#[derive(Debug, Clone, PartialEq)]
pub enum ClosingAsk {
    /// What becomes of a key result that is open.
    Fate,
    /// Its grade; one is proposed where something is measured.
    Grade(Option<Fraction>),
    /// Why the grade is not the one that was proposed: the one, and the other.
    WhyGrade(Fraction, Fraction),
    /// Why it ends as it stands.
    WhyEnd,
    /// Why it is given up.
    WhyDrop,
    /// The next target of one that stands at its target, or past it: where it stands, and that.
    Target(Number, Number),
    /// The cycle that carries on what was not finished; one is proposed where it is known.
    Next(Option<Id>),
    /// What that is called, where it is not in the plan yet.
    NextName(Id, Option<String>),
    /// Its first day.
    NextStart(Option<NaiveDate>),
    /// Its last day.
    NextEnd(Option<NaiveDate>),
    /// What was learnt.
    Lesson,
}

/// A walk through what closing a cycle asks, one question at a time, with every step back.
#[derive(Debug)]
pub struct ClosingInterview<'a> {
    closing: &'a Closing<'a>,
    /// The key results about which anything is open, in the order of the file.
    rows: Vec<&'a ClosingRow<'a>>,
    now: State,
    /// Whether nothing counts as answered that is only proposed.
    confirms: bool,
    /// How it stood before each answer, and that, the latest last.
    trail: Vec<(State, String)>,
    /// What was taken back, to be answered again, the next last.
    again: Vec<String>,
}

/// How far a walk has come.
#[derive(Debug, Clone)]
struct State {
    /// What was answered of the cycle, and of each key result that is answered in full.
    answers: Answers,
    /// Which key result it is about.
    at: usize,
    /// What was answered of that one so far.
    own: Answer,
    /// What was answered of it before it is asked anew.
    known: Answer,
    /// Whether the next cycle was named in this walk and begins with it.
    begins: bool,
    is_over: bool,
}

impl<'a> ClosingInterview<'a> {
    /// Begins with the first key result of which not everything is answered.
    ///
    /// Where `confirms` is set, nothing is taken as answered that is only proposed: the grade, and the
    /// days of a new cycle.
    pub fn new(closing: &'a Closing<'a>, answers: Answers, confirms: bool) -> Self {
        let mut interview = Self {
            closing,
            rows: Vec::new(),
            confirms,
            now: State {
                answers,
                at: 0,
                own: Answer::default(),
                known: Answer::default(),
                begins: false,
                is_over: false,
            },
            trail: Vec::new(),
            again: Vec::new(),
        };
        let is_open = |row: &&ClosingRow<'_>| {
            row.is_any_asked()
                && match interview.now.answers.key_results.get(row.row.id) {
                    Some(own) => interview.ask_about(row, own, confirms).is_some(),
                    None => true,
                }
        };
        let rows = closing.rows.iter().filter(is_open).collect();
        interview.rows = rows;
        interview.come_to(0);
        interview
    }

    /// Returns what is asked now, if anything is.
    pub fn ask(&self) -> Option<ClosingAsk> {
        if self.now.is_over {
            return None;
        }
        if let Some(row) = self.row() {
            return self.ask_about(row, &self.now.own, true);
        }
        let all = self.now.answers.key_results.values();
        let is_any_carried = all.into_iter().any(|own| own.then == Some(Fate::Carry));
        let next = is_any_carried.then(|| self.ask_next()).flatten();
        let lesson = self.now.answers.lesson.is_none();
        next.or_else(|| lesson.then_some(ClosingAsk::Lesson))
    }

    /// Returns the key result that is asked about, if it is about one.
    pub fn row(&self) -> Option<&'a ClosingRow<'a>> {
        self.rows.get(self.now.at).copied()
    }

    /// Returns its number among those that are asked about, and how many these are.
    pub fn number(&self) -> (usize, usize) {
        (self.now.at + 1, self.rows.len())
    }

    /// Returns what was answered to this before it was gone back to, if it was.
    pub fn again(&self) -> Option<String> {
        let again = self.again.last().cloned();
        let again = again.or_else(|| self.known());
        again.filter(|typed| !typed.is_empty())
    }

    /// Returns what was answered to this when the key result was asked about before.
    fn known(&self) -> Option<String> {
        let known = &self.now.known;
        match self.ask()? {
            ClosingAsk::Fate => known.then.map(|then| then.word().to_owned()),
            ClosingAsk::Grade(_) => known.score.map(|score| score.to_string()),
            ClosingAsk::WhyGrade(..) | ClosingAsk::WhyEnd | ClosingAsk::WhyDrop => {
                known.why.clone()
            }
            _ => None,
        }
    }

    /// Returns all that is answered, of the key result that is asked about as well.
    pub fn answers(&self) -> Answers {
        let mut all = self.now.answers.clone();
        if let Some(row) = self.row().filter(|_| self.now.own != Answer::default()) {
            let own = self.now.own.clone();
            all.key_results.insert(row.row.id.clone(), own);
        }
        all
    }

    /// Takes what somebody typed.
    pub fn answer(&mut self, typed: &str) -> Reaction {
        let Some(ask) = self.ask() else {
            return Reaction::Taken;
        };
        if typed == "?" {
            return Reaction::Help;
        }
        if is_back(typed) {
            return if self.back() {
                Reaction::Taken
            } else {
                Reaction::Unclear("there is nothing before this".to_owned())
            };
        }
        let again = self.again().filter(|_| typed.is_empty());
        let typed = again.unwrap_or_else(|| typed.to_owned());
        let before = self.now.clone();
        if let Err(why) = self.take(ask, &typed) {
            return Reaction::Unclear(why);
        }
        // Another answer leads to other questions.
        if self.again.pop().is_some_and(|again| again != typed) {
            self.again.clear();
        }
        self.trail.push((before, typed));
        if let Some(row) = self.row()
            && self.ask_about(row, &self.now.own, true).is_none()
        {
            let known = std::mem::take(&mut self.now.known);
            let mut own = std::mem::take(&mut self.now.own);
            if own.why.is_none() && own.then == known.then {
                own.why = known.why;
            }
            let all = &mut self.now.answers.key_results;
            all.insert(row.row.id.clone(), own);
            self.come_to(self.now.at + 1);
        }
        Reaction::Taken
    }

    /// Goes back a question; where a walk was gone on with, to what was answered before it. False, where
    /// nothing is before.
    pub fn back(&mut self) -> bool {
        if let Some((before, typed)) = self.trail.pop() {
            self.now = before;
            self.again.push(typed);
            return true;
        }
        self.again.clear();
        if self.row().is_some() && self.now.own.is_begun() {
            self.ask_anew();
            return true;
        }
        let first = self.rows.first().map(|row| row.row.id);
        let all = self.closing.rows.iter();
        let before = all.take_while(|row| Some(row.row.id) != first);
        let Some(row) = before.filter(|row| row.is_any_asked()).last() else {
            return false;
        };
        self.rows.insert(0, row);
        self.now.is_over = false;
        self.come_to(0);
        self.ask_anew();
        true
    }

    /// Asks everything of the key result anew; what can be said in the file alone stays.
    fn ask_anew(&mut self) {
        let own = &mut self.now.own;
        let kept = Answer {
            id: own.id.clone(),
            title: own.title.clone(),
            target: own.target,
            ..Answer::default()
        };
        self.now.known = std::mem::replace(own, kept);
    }

    fn come_to(&mut self, at: usize) {
        self.now.at = at;
        let known = self.row().map(|row| row.row.id);
        let known = known.and_then(|id| self.now.answers.key_results.get(id));
        self.now.own = known.cloned().unwrap_or_default();
        self.now.known = Answer::default();
    }

    /// Returns what is to be asked of a key result next; its grade, unless it is only looked at, even
    /// where one is proposed.
    fn ask_about(&self, row: &ClosingRow<'_>, own: &Answer, confirms: bool) -> Option<ClosingAsk> {
        if row.is_asked() && own.then.is_none() {
            return Some(ClosingAsk::Fate);
        }
        let then = own.then.filter(|_| row.is_asked());
        let proposed = row.grade(then);
        let needs_grade = row.needs_grade(then) && own.score.is_none();
        if needs_grade && (confirms || proposed.is_none()) {
            return Some(ClosingAsk::Grade(proposed));
        }
        let graded = own.score.filter(|_| row.needs_grade(then));
        let regraded = graded.zip(proposed).filter(|(own, usual)| own != usual);
        match then {
            _ if own.why.is_some() => {}
            _ if let Some((own, usual)) = regraded => {
                return Some(ClosingAsk::WhyGrade(own, usual));
            }
            Some(Fate::End) => return Some(ClosingAsk::WhyEnd),
            Some(Fate::Drop) => return Some(ClosingAsk::WhyDrop),
            _ => {}
        }
        if then != Some(Fate::Carry) {
            return None;
        }
        if let Measure::Metric {
            current,
            target: Some(target),
            ..
        } = row.row.key_result.measure()
            && own.target.is_none()
            && !leads_on(row.row.key_result)
        {
            return Some(ClosingAsk::Target(current, target));
        }
        self.ask_next()
    }

    /// Returns what is to be asked of the next cycle, once something is carried over.
    fn ask_next(&self) -> Option<ClosingAsk> {
        let State {
            answers, begins, ..
        } = &self.now;
        let usual = self.closing.usual.as_ref();
        let begins = *begins || self.confirms;
        let Some(next) = &answers.next else {
            let known = self.closing.next.or_else(|| usual?.id.as_ref());
            return Some(ClosingAsk::Next(known.cloned()));
        };
        if !self.is_new(next) {
            return None;
        }
        let own = usual.filter(|usual| usual.id.as_ref() == Some(next));
        let name = own.and_then(|usual| usual.name.clone());
        let start = usual.map(|own| own.start);
        let end = answers.next_start.or(start);
        let end = usual.zip(end).and_then(|(own, start)| own.end_from(start));
        if answers.next_name.is_none() && (begins || name.is_none()) {
            return Some(ClosingAsk::NextName(next.clone(), name));
        }
        if answers.next_start.is_none() && (begins || start.is_none()) {
            return Some(ClosingAsk::NextStart(start));
        }
        if answers.next_end.is_none() && (begins || end.is_none()) {
            return Some(ClosingAsk::NextEnd(end));
        }
        None
    }

    fn is_new(&self, id: &Id) -> bool {
        id.as_str() != "later" && !self.closing.plan.cycles.contains_key(id)
    }

    fn take(&mut self, ask: ClosingAsk, typed: &str) -> Result<(), String> {
        let own = &mut self.now.own;
        match ask {
            ClosingAsk::Fate => {
                let then = fate(typed)?;
                let row = self.rows.get(self.now.at).map(|row| row.row.key_result);
                if let Some(short) = row.and_then(|own| falls_short(own, then)) {
                    return Err(short);
                }
                own.then = Some(then);
            }
            ClosingAsk::Grade(proposed) => own.score = Some(grade(typed, proposed)?),
            ClosingAsk::WhyGrade(_, proposed) if typed.is_empty() => own.score = Some(proposed),
            ClosingAsk::WhyGrade(..) | ClosingAsk::WhyEnd | ClosingAsk::WhyDrop => {
                if typed.is_empty() {
                    return Err(
                        "a word why is kept as a note: whoever looks back will ask".to_owned()
                    );
                }
                own.why = Some(typed.to_owned());
            }
            ClosingAsk::Target(current, _) => {
                let number = Number::parse(typed).filter(|number| *number != current);
                let number =
                    number.ok_or_else(|| format!("expected a number other than {current}"));
                own.target = Some(number?);
            }
            ClosingAsk::Next(known) => {
                let next = self.next(typed, known)?;
                self.now.begins = self.is_new(&next);
                self.now.answers.next = Some(next);
            }
            ClosingAsk::NextName(_, usual) => {
                let typed = Some(typed).filter(|typed| !is_yes(typed));
                let name = typed.map(str::to_owned).or(usual);
                self.now.answers.next_name = Some(name.ok_or("a cycle needs a name")?);
            }
            ClosingAsk::NextStart(usual) => {
                let start = day(typed, usual)?;
                goes_on(self.closing, start)?;
                self.now.answers.next_start = Some(start);
            }
            ClosingAsk::NextEnd(usual) => {
                let (start, end) = (self.now.answers.next_start, day(typed, usual)?);
                let start = start.or(self.closing.usual.as_ref().map(|own| own.start));
                if let Some(start) = start.filter(|start| *start >= end) {
                    return Err(format!("a cycle ends after it starts, which is on {start}"));
                }
                self.now.answers.next_end = Some(end);
            }
            ClosingAsk::Lesson => {
                self.now.is_over = true;
                let typed = Some(typed).filter(|typed| !typed.is_empty());
                self.now.answers.lesson = typed.map(str::to_owned);
            }
        }
        Ok(())
    }

    /// Reads where what is carried over goes.
    fn next(&self, typed: &str, known: Option<Id>) -> Result<Id, String> {
        let Closing { plan, cycle, .. } = self.closing;
        if let (true, Some(known)) = (is_yes(typed), known) {
            return Ok(known);
        }
        let word = typed.strip_prefix("cycle.").unwrap_or(typed);
        let id = Id::new(word).filter(|id| id.as_str() == "later" || !is_reserved(id.as_str()));
        let Some(id) = id.filter(|_| !is_yes(word)) else {
            return Err(
                "expected the id of another cycle, or of a new one: letters, digits, `-` and `_`"
                    .to_owned(),
            );
        };
        if id == *cycle.id {
            return Err(format!("cycle.{id} is the one that is closed"));
        }
        if let Some(own) = plan.cycles.get(&id) {
            if own.closed.is_some() {
                return Err(format!("cycle.{id} is closed itself"));
            }
            goes_on(self.closing, own.start)?;
        }
        // A word of an answer that belongs elsewhere is no name of a cycle.
        let near = nearest(word, ["later"]).filter(|near| *near != word);
        match near {
            Some(near) => Err(format!("did you mean `{near}`, the backlog?")),
            None => Ok(id),
        }
    }
}
