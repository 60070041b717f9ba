//! Answers as they stand in a file: written for the first time, and put into one that is there.

use std::fmt::Write as _;

use toml_edit::{DocumentMut, InlineTable, Item, TableLike};

use super::{Answer, Answers, Fate, Misread, Sheet};
use crate::change::write::{Quotes, value};
use crate::model::{Fraction, Id, Type, Value};

/// A key, and its value where one was answered.
type Answered = (&'static str, Option<Value>);

impl Answers {
    /// Returns the answers about the cycle itself as they stand in a file: first which it is and
    /// when it was closed, then the lesson, then what follows.
    pub fn about_cycle(&self) -> [String; 3] {
        let keys = self.keys();
        let (head, rest) = keys.split_at(2);
        let (lesson, next) = rest.split_at(1);
        [head, lesson, next].map(|keys| {
            let keys = keys.iter();
            keys.map(|(key, given)| match given {
                None if ["lesson", "next"].contains(key) => line(key, &Value::from("")),
                None => String::new(),
                Some(given) => line(key, given),
            })
            .collect()
        })
    }

    fn keys(&self) -> [Answered; 7] {
        let id = |id: &Option<Id>| id.as_ref().map(|id| Value::from(id.as_str()));
        [
            ("cycle", id(&self.cycle)),
            ("closed", self.closed.map(Value::Date)),
            ("lesson", self.lesson.as_deref().map(Value::from)),
            ("next", id(&self.next)),
            ("next-name", self.next_name.as_deref().map(Value::from)),
            ("next-start", self.next_start.map(Value::Date)),
            ("next-end", self.next_end.map(Value::Date)),
        ]
    }

    /// Makes a file say these answers; all else in it stays: the order, every comment, what it says of
    /// other key results, and what is not answered here of the cycle.
    ///
    /// `section` writes what stands about a key result of which the file says nothing yet.
    ///
    /// # Errors
    ///
    /// Why the file cannot be read.
    pub fn written_into(
        &self,
        text: &str,
        section: impl Fn(&Id) -> String,
    ) -> Result<String, Misread> {
        let known = Sheet::read(text)?.answers;
        let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
            let message = error.message().to_owned();
            Misread {
                span: None,
                message,
            }
        })?;
        let (was, is) = (known.keys(), self.keys());
        let is = was.iter().zip(is);
        let is: Vec<_> = is
            .map(|((_, was), (key, is))| (key, is.or(was.clone())))
            .collect();
        put(document.as_table_mut(), &was, &is);
        let mut new = String::new();
        for (id, answer) in &self.key_results {
            let is_inline = document.get("kr").is_some_and(Item::is_inline_table);
            let all = document.get_mut("kr").and_then(Item::as_table_like_mut);
            let all = all.filter(|all| is_inline || all.contains_key(id.as_str()));
            let Some(all) = all else {
                let _ = write!(new, "\n{}", section(id));
                continue;
            };
            let own = all
                .entry(id.as_str())
                .or_insert(Item::Value(InlineTable::new().into()));
            let was = known.key_results.get(id);
            if let Some(own) = own.as_table_like_mut() {
                put(
                    own,
                    &was.cloned().unwrap_or_default().keys(),
                    &answer.keys(),
                );
            }
        }
        // The lines of one that is written on Windows end as there.
        let ending = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let mut text = document.to_string();
        if !new.is_empty() && !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(&new);
        Ok(text.replace("\r\n", "\n").replace('\n', ending))
    }
}

impl Answer {
    /// Returns the answers about a key result as they stand in a file; where none was given yet, it
    /// says which are wanted, with the grade that is proposed.
    pub fn lines(&self, is_open: bool, proposed: Option<Fraction>) -> String {
        let keys = self.keys().into_iter();
        keys.map(|(key, given)| match (key, given, proposed) {
            (_, Some(given), _) => line(key, &given),
            ("score", None, Some(proposed)) => {
                format!("#{}", line(key, &Value::Number(proposed.0)))
            }
            ("then", None, _) if is_open => line(key, &Value::from("")),
            ("why", None, _) => line(key, &Value::from("")),
            _ => String::new(),
        })
        .collect()
    }

    fn keys(&self) -> [Answered; 6] {
        [
            ("then", self.then.map(|then| Value::from(Fate::word(then)))),
            ("score", self.score.map(|score| Value::Number(score.0))),
            ("why", self.why.as_deref().map(Value::from)),
            ("id", self.id.as_ref().map(|id| Value::from(id.as_str()))),
            ("title", self.title.as_deref().map(Value::from)),
            ("target", self.target.map(Value::Number)),
        ]
    }
}

fn line(key: &str, given: &Value) -> String {
    let written = value(given, Type::Text, Quotes::default());
    format!("{key} = {written}\n")
}

/// Gives the keys of a table in a file other values, where they are others.
fn put(table: &mut dyn TableLike, was: &[Answered], is: &[Answered]) {
    for ((key, was), (_, is)) in was.iter().zip(is) {
        if was == is {
            continue;
        }
        let stands = table.get_mut(key).and_then(Item::as_value_mut);
        let is_text = matches!(was, Some(Value::Text(_)));
        // An answer that is taken back is asked for again.
        let given = is.clone().or_else(|| is_text.then(|| Value::from("")));
        let written = given.map(|given| value(&given, Type::Text, Quotes::default()));
        let new = written.and_then(|written| written.parse::<toml_edit::Value>().ok());
        match (stands, new) {
            (Some(stands), Some(mut new)) => {
                *new.decor_mut() = stands.decor().clone();
                *stands = new;
            }
            (None, Some(new)) => drop(table.insert(key, Item::Value(new))),
            (_, None) => drop(table.remove(key)),
        }
    }
}
