use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;

use crate::model::{ById, Fraction, Id, Number};
use crate::text::Span;

/// What becomes of a key result that is open when its cycle is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// A new key result of the next cycle carries it on.
    Carry,
    /// It was finished after all.
    Done,
    /// It ended as it stands, and nothing follows.
    End,
    /// It was given up.
    Drop,
}

impl Fate {
    /// Every one, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Carry, Self::Done, Self::End, Self::Drop];

    /// Returns the word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Carry => "carry",
            Self::Done => "done",
            Self::End => "end",
            Self::Drop => "drop",
        }
    }

    /// Returns the letter for it.
    pub fn letter(self) -> &'static str {
        match self {
            Self::Carry => "c",
            Self::Done => "d",
            Self::End => "e",
            Self::Drop => "r",
        }
    }
}

/// What was answered about a cycle that is to be closed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answers {
    /// The cycle that they are about.
    pub cycle: Option<Id>,
    /// The day on which it is closed.
    pub closed: Option<NaiveDate>,
    /// What was learnt.
    pub lesson: Option<String>,
    /// The cycle that carries on what was not finished.
    pub next: Option<Id>,
    /// What that is called, where it is not in the plan yet.
    pub next_name: Option<String>,
    /// Its first day.
    pub next_start: Option<NaiveDate>,
    /// Its last day.
    pub next_end: Option<NaiveDate>,
    /// What was answered about each key result.
    pub key_results: ById<Answer>,
}

/// What was answered about one key result.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// What becomes of it, if it is open.
    pub then: Option<Fate>,
    /// The grade, where it is not the one that is proposed.
    pub score: Option<Fraction>,
    /// Why it is graded otherwise, ended or was given up.
    pub why: Option<String>,
    /// The id of the key result that carries it on.
    pub id: Option<Id>,
    /// The title of that, where it is another.
    pub title: Option<String>,
    /// The target of that, where it is another.
    pub target: Option<Number>,
}

impl Answer {
    /// Returns whether anything was answered that is asked: what it becomes, its grade, or why.
    pub fn is_begun(&self) -> bool {
        self.then.is_some() || self.score.is_some() || self.why.is_some()
    }
}

/// Answers from a file, and where it speaks of which key result.
#[derive(Debug, Default)]
pub struct Sheet {
    /// The answers.
    pub answers: Answers,
    /// Where those about a key result stand.
    pub places: HashMap<Id, Span>,
}

/// Why a file of answers cannot be read, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    /// Where, if that is known.
    pub span: Option<Span>,
    /// What is wrong.
    pub message: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    cycle: Option<Spanned<String>>,
    closed: Option<Spanned<toml::Value>>,
    lesson: Option<String>,
    next: Option<Spanned<String>>,
    next_name: Option<String>,
    next_start: Option<Spanned<toml::Value>>,
    next_end: Option<Spanned<toml::Value>>,
    #[serde(default)]
    kr: BTreeMap<Spanned<String>, Spanned<WrittenAnswer>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenAnswer {
    then: Option<Spanned<String>>,
    score: Option<Spanned<toml::Value>>,
    why: Option<String>,
    id: Option<Spanned<String>>,
    title: Option<String>,
    target: Option<Spanned<toml::Value>>,
}

impl Sheet {
    /// Reads a file of answers.
    ///
    /// # Errors
    ///
    /// What cannot be read, and where.
    pub fn read(text: &str) -> Result<Self, Misread> {
        let written: Written = toml::from_str(text).map_err(|error| Misread {
            span: error.span().map(|span| Span::new(span.start, span.end)),
            message: error.message().to_owned(),
        })?;
        let mut sheet = Self {
            answers: Answers {
                cycle: written.cycle.as_ref().map(id).transpose()?.flatten(),
                closed: written.closed.as_ref().map(date).transpose()?,
                lesson: written.lesson.and_then(said),
                next: written.next.as_ref().map(id).transpose()?.flatten(),
                next_name: written.next_name.and_then(said),
                next_start: written.next_start.as_ref().map(date).transpose()?,
                next_end: written.next_end.as_ref().map(date).transpose()?,
                key_results: ById::default(),
            },
            places: HashMap::new(),
        };
        for (key, written) in written.kr {
            let place = place(&key);
            let Some(id) = id(&key)? else { continue };
            let answer = answer(written.into_inner())?;
            sheet.places.insert(id.clone(), place);
            sheet.answers.key_results.insert(id, answer);
        }
        Ok(sheet)
    }
}

fn answer(written: WrittenAnswer) -> Result<Answer, Misread> {
    Ok(Answer {
        then: written.then.as_ref().map(fate).transpose()?.flatten(),
        score: written.score.as_ref().map(score).transpose()?,
        why: written.why.and_then(said),
        id: written.id.as_ref().map(id).transpose()?.flatten(),
        title: written.title.and_then(said),
        target: written.target.as_ref().map(number).transpose()?,
    })
}

/// Returns what a text says, if anything.
fn said(text: String) -> Option<String> {
    (!text.trim().is_empty()).then_some(text)
}

fn place<T>(written: &Spanned<T>) -> Span {
    let span = written.span();
    Span::new(span.start, span.end)
}

fn misread<T>(written: &Spanned<T>, message: String) -> Misread {
    Misread {
        span: Some(place(written)),
        message,
    }
}

/// Reads an id; an empty text is an answer that was not given yet.
fn id(written: &Spanned<String>) -> Result<Option<Id>, Misread> {
    if written.get_ref().is_empty() {
        return Ok(None);
    }
    let word = written.get_ref();
    Id::new(word).map(Some).ok_or_else(|| {
        let message = format!(
            "`{word}` cannot be an id: ids are made of letters, digits, `-` and `_`, in quotes"
        );
        misread(written, message)
    })
}

fn fate(written: &Spanned<String>) -> Result<Option<Fate>, Misread> {
    let word = written.get_ref().as_str();
    if word.is_empty() {
        return Ok(None);
    }
    let found = Fate::ALL.into_iter().find(|fate| fate.word() == word);
    found.map(Some).ok_or_else(|| {
        let message = format!("expected `carry`, `done`, `end` or `drop`, found `{word}`");
        misread(written, message)
    })
}

/// Reads a day, in quotes or without.
fn date(written: &Spanned<toml::Value>) -> Result<NaiveDate, Misread> {
    let day = match written.get_ref() {
        toml::Value::String(day) => day.clone(),
        other => other.to_string(),
    };
    day.parse().map_err(|_| {
        let message = format!("expected a day such as 2021-10-15, found {day}");
        misread(written, message)
    })
}

fn number(written: &Spanned<toml::Value>) -> Result<Number, Misread> {
    match written.get_ref() {
        toml::Value::Integer(number) => Ok(Number::Integer(*number)),
        toml::Value::Float(number) if number.is_finite() => Ok(Number::Float(*number)),
        other => Err(misread(
            written,
            format!("expected a number without quotes, found {other}"),
        )),
    }
}

fn score(written: &Spanned<toml::Value>) -> Result<Fraction, Misread> {
    let place = place(written);
    let number = number(written)?.get();
    if !(0.0..=1.0).contains(&number) {
        return Err(Misread {
            span: Some(place),
            message: format!("a score is from 0.0 to 1.0, found {number}"),
        });
    }
    Ok(Fraction(Number::Float(number)))
}
