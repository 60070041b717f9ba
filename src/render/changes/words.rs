use std::borrow::Cow;

use chrono::NaiveDate;

use crate::change::Change;
use crate::model::{Address, Note, Status, TableName, Type, Value, whole_percent};
use crate::render::dates::{date, short_date};
use crate::render::look::{Look, percent, status_words};
use crate::text::{count, shorten};
use crate::view::{Remark, Told};

/// Texts longer than this are shown round the place where they differ.
const LONG: usize = 60;

/// A change in words, as they stand in the plan: to be made safe for whatever shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// What changed: the key, or `note`, `new`, `removed`, `renamed`, `moved`, `milestone`.
    pub label: Cow<'static, str>,
    /// How: from what to what, and what it means.
    pub text: String,
}

impl Words {
    /// Returns them on one line: `due: 15 Oct → 30 Nov 2021 (46 days later)`.
    pub fn line(&self) -> String {
        let Self { label, text } = self;
        match (label.as_ref(), text.as_str()) {
            (label, "") => label.to_owned(),
            ("", text) => text.to_owned(),
            (label, text) => format!("{label}: {text}"),
        }
    }
}

/// Says a change that was made on a day in words: a note of that very day needs no other.
pub fn words_on(told: &Told, day: NaiveDate, look: Look) -> Words {
    match &told.change {
        Change::AddNote { note, .. } if note.on == day => Words {
            label: "note".into(),
            text: noted("added", note, told.names[1].as_deref(), None, look),
        },
        _ => words(told, look),
    }
}

/// Says a change in words, without what it is about.
pub fn words(told: &Told, look: Look) -> Words {
    let own = own_words(told, look);
    let Address::Milestone(..) = told.at else {
        return own;
    };
    // A milestone is told under its key result, and so by its name.
    let what = match (own.label.as_ref(), own.text.as_str()) {
        (label, "") => label.to_owned(),
        ("done" | "name", text) => text.to_owned(),
        (label, text) => format!("{label} {text}"),
    };
    Words {
        label: "milestone".into(),
        text: format!("{}: {what}", told.title),
    }
}

fn own_words(told: &Told, look: Look) -> Words {
    let say = |label: &'static str, text: String| Words {
        label: label.into(),
        text,
    };
    match &told.change {
        Change::Set { key, .. } => set(told, key, look),
        Change::AddItem { key, item, .. } => say(key_name(told, key), format!("added {item}")),
        Change::RemoveItem { key, item, .. } => say(key_name(told, key), format!("removed {item}")),
        Change::Add { values, .. } => say("new", new(told, values, look)),
        Change::Remove { .. } => say("removed", gone(told, look)),
        Change::AddNote { note, .. } => {
            let author = told.names[1].as_deref();
            say("note", noted("added", note, author, Some(note.on), look))
        }
        Change::RemoveNote { note, .. } => {
            let author = told.names[0].as_deref();
            say("note", noted("removed", note, author, Some(note.on), look))
        }
        Change::Rename { from, .. } => say("renamed", format!("was {from}")),
    }
}

/// Returns a key by the name that the format gives it.
fn key_name(told: &Told, key: &str) -> &'static str {
    let table = told.at.table();
    let number = table.find(key);
    number.map_or("", |number| table.keys()[number].name)
}

fn set(told: &Told, key: &str, look: Look) -> Words {
    let [was, is] = [0, 1].map(|side| shown(told, key, side));
    if told.remark == Some(Remark::Moved) {
        return Words {
            label: "moved".into(),
            text: format!("from {was} to {is}"),
        };
    }
    if told.at.table() == TableName::Milestone && key == "done" {
        let is_done = told.remark == Some(Remark::Done);
        return Words {
            label: "done".into(),
            text: if is_done { "done" } else { "no longer done" }.to_owned(),
        };
    }
    let [was, is] = match &told.values {
        [Some(Value::Date(was)), Some(Value::Date(is))] => [short_date(*was, *is), date(*is)],
        [Some(Value::Text(_)), Some(Value::Text(_))] => apart(&was, &is, look),
        [Some(Value::Table(was)), Some(Value::Table(is))] => {
            [(was, is), (is, was)].map(|(own, other)| differing(own, other))
        }
        _ => [was, is],
    };
    let mut text = format!("{was} {} {is}", look.arrow());
    if let Some(remark) = told.remark.as_ref().and_then(|own| remark(own, key, look)) {
        text = format!("{text} ({remark})");
    }
    Words {
        label: key_name(told, key).into(),
        text,
    }
}

/// Returns what a key said on one of the sides, for reading.
fn shown(told: &Told, key: &str, side: usize) -> String {
    let Some(value) = &told.values[side] else {
        return "none".to_owned();
    };
    if let Some(name) = &told.names[side] {
        return name.clone();
    }
    let table = told.at.table();
    let takes = table.find(key).map(|number| table.keys()[number].takes);
    match (value, takes) {
        (Value::Text(text), Some(Type::Text)) if !refers(table, key) => format!("\"{text}\""),
        (Value::Text(text), _) => match Status::parse(text) {
            Some(status) if key == "status" => status_words(status),
            _ => text.clone(),
        },
        (Value::Date(day), _) => date(*day),
        (Value::Number(number), _) if key == "progress" => format!("{number} %"),
        (Value::Number(number), _) => match &told.unit {
            // Said once, after the second figure.
            Some(unit) if side == 1 && has_unit(key) => format!("{number} {unit}"),
            _ => number.to_string(),
        },
        (Value::Bool(is), _) => if *is { "yes" } else { "no" }.to_owned(),
        (other, _) => other.to_string(),
    }
}

fn refers(table: TableName, key: &str) -> bool {
    let number = table.find(key);
    number.is_some_and(|number| table.keys()[number].refers.is_some())
}

/// Returns whether the figures of a key are counted in the key result's unit.
fn has_unit(key: &str) -> bool {
    matches!(
        key,
        "baseline" | "current" | "target" | "commit" | "stretch" | "at-least" | "at-most"
    )
}

/// Returns what a change means, where that is more than what was and is.
fn remark(remark: &Remark, key: &str, look: Look) -> Option<String> {
    let either =
        |is_more: bool, more: &str, less: &str| Some(if is_more { more } else { less }.to_owned());
    match remark {
        Remark::Later(days) => {
            let number = usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX);
            let word = if *days > 0 { "later" } else { "earlier" };
            Some(format!("{} {word}", count(number, "day")))
        }
        Remark::More | Remark::Less => {
            let is_more = *remark == Remark::More;
            match key {
                "target" => either(is_more, "goal raised", "goal lowered"),
                "commit" => either(is_more, "promise raised", "promise lowered"),
                "stretch" => either(is_more, "stretch raised", "stretch lowered"),
                "at-least" | "at-most" => either(is_more, "tightened", "loosened"),
                "confidence" => either(is_more, "more sure", "less sure"),
                "kind" => either(is_more, "a promise now", "no longer a promise"),
                "visibility" => either(is_more, "shown to more", "shown to fewer"),
                _ => None,
            }
        }
        Remark::Progress([was, is]) => {
            let same = was.map(whole_percent) == is.map(whole_percent);
            let is = percent(*is, look);
            Some(if same {
                format!("progress still {is}")
            } else {
                format!("progress {} {} {is}", percent(*was, look), look.arrow())
            })
        }
        Remark::Reopened => Some("reopened".to_owned()),
        Remark::HandedOver => Some("handed over".to_owned()),
        // The new value says so itself.
        Remark::Done
        | Remark::Dropped
        | Remark::Moved
        | Remark::New { .. }
        | Remark::Gone { .. } => None,
        Remark::SpeltOut => Some("as before".to_owned()),
    }
}

/// Says what is new: of a key result where it belongs and when it is due.
fn new(told: &Told, values: &[(String, Value)], look: Look) -> String {
    let day = |wanted: &str| {
        let found = values.iter().find(|(key, _)| key == wanted);
        match found {
            Some((_, Value::Date(day))) => Some(*day),
            _ => None,
        }
    };
    match (&told.remark, told.at.table()) {
        (
            Some(Remark::New {
                objective,
                due,
                milestones,
            }),
            _,
        ) => {
            let objective = objective.as_ref().map(|name| format!("in {name}"));
            let due = due.map(|due| format!("due {}", date(due)));
            let milestones = (*milestones > 0).then(|| count(*milestones, "milestone"));
            let said: Vec<_> = [objective, due, milestones].into_iter().flatten().collect();
            said.join(", ")
        }
        (_, TableName::Milestone) => {
            day("due").map_or(String::new(), |due| format!("due {}", date(due)))
        }
        (_, TableName::Cycle) => match (day("start"), day("end")) {
            (Some(start), Some(end)) => {
                format!("{} {} {}", short_date(start, end), look.dash(), date(end))
            }
            _ => String::new(),
        },
        (_, table) => table.noun().to_owned(),
    }
}

/// Says what is gone: of a key result how it stood.
fn gone(told: &Told, look: Look) -> String {
    match (&told.remark, told.at.table()) {
        (Some(Remark::Gone { status, progress }), _) => {
            let was = format!("was {}", status_words(*status));
            match progress {
                Some(_) if *status != Status::Done => {
                    format!("{was}, {}", percent(*progress, look))
                }
                _ => was,
            }
        }
        (_, TableName::Milestone) => String::new(),
        (_, table) => table.noun().to_owned(),
    }
}

/// Says what was written down, by whom and of which day.
fn noted(
    what: &str,
    note: &Note,
    author: Option<&str>,
    on: Option<NaiveDate>,
    look: Look,
) -> String {
    /// As much of a note as a reader needs to know it by.
    const MOST: usize = 300;

    let by = author.map_or(String::new(), |name| format!(" by {name}"));
    let on = on.map_or(String::new(), |day| format!(", {}", date(day)));
    let text = note.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = shorten(&text, MOST, look.ellipsis());
    format!("{what}{by}{on}: \"{text}\"")
}

/// Returns the pairs of a table that another does not have.
fn differing(own: &[(String, Value)], other: &[(String, Value)]) -> String {
    let only: Vec<_> = own
        .iter()
        .filter(|pair| !other.contains(pair))
        .cloned()
        .collect();
    if only.is_empty() {
        return "none".to_owned();
    }
    Value::Table(only).to_string()
}

/// Returns two texts, of long ones what differs with a few words before and after.
fn apart(was: &str, is: &str, look: Look) -> [String; 2] {
    /// So many words lead to what differs, and away from it.
    const ROUND: usize = 3;

    let words = [was, is].map(|text| text.split_whitespace().collect::<Vec<_>>());
    if was.chars().count() <= LONG && is.chars().count() <= LONG {
        return words.map(|words| words.join(" "));
    }
    let [old, new] = &words;
    let shorter = old.len().min(new.len());
    let start = (0..shorter).take_while(|at| old[*at] == new[*at]).count();
    let most = shorter - start;
    let end = (1..=most)
        .take_while(|at| old[old.len() - at] == new[new.len() - at])
        .count();
    let (start, end) = (start.saturating_sub(ROUND), end.saturating_sub(ROUND));
    words.map(|words| {
        let mark = look.ellipsis();
        let before = if start > 0 {
            format!("{mark} ")
        } else {
            String::new()
        };
        let after = if end > 0 {
            format!(" {mark}")
        } else {
            String::new()
        };
        let middle = words[start..words.len() - end].join(" ");
        format!("{before}{}{after}", shorten(&middle, 4 * LONG, mark))
    })
}
