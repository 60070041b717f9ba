use std::fmt::Write as _;

use super::{Answer, Answers, Fate};
use crate::change::write::{Quotes, text, value};
use crate::model::{Fraction, Id, Type, Value};

impl Answers {
    /// Returns the answers about the cycle itself as they stand in a file: first which it is and
    /// when it was closed, then the lesson, then what follows.
    pub fn about_cycle(&self) -> [String; 3] {
        let mut head = Lines::default();
        head.text("cycle", self.cycle.as_ref().map(Id::as_str));
        head.value("closed", self.closed.map(Value::Date));
        let mut lesson = Lines::default();
        lesson.text("lesson", Some(self.lesson.as_deref().unwrap_or_default()));
        let mut next = Lines::default();
        next.text("next", Some(self.next.as_ref().map_or("", Id::as_str)));
        next.text("next-name", self.next_name.as_deref());
        next.value("next-start", self.next_start.map(Value::Date));
        next.value("next-end", self.next_end.map(Value::Date));
        [head.0, lesson.0, next.0]
    }
}

impl Answer {
    /// Returns the answers about a key result as they stand in a file; where none was given yet, it
    /// says which are wanted, with the grade that is proposed.
    pub fn lines(&self, is_open: bool, proposed: Option<Fraction>) -> String {
        let mut lines = Lines::default();
        if is_open {
            lines.text("then", Some(self.then.map_or("", Fate::word)));
        }
        match (self.score, proposed) {
            (Some(score), _) => lines.value("score", Some(Value::Number(score.0))),
            (None, Some(proposed)) => {
                lines.0.push('#');
                lines.value("score", Some(Value::Number(proposed.0)));
            }
            (None, None) => {}
        }
        lines.text("why", Some(self.why.as_deref().unwrap_or_default()));
        lines.text("id", self.id.as_ref().map(Id::as_str));
        lines.text("title", self.title.as_deref());
        lines.value("target", self.target.map(Value::Number));
        lines.0
    }
}

/// Lines of a file.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn text(&mut self, key: &str, given: Option<&str>) {
        if let Some(given) = given {
            let _ = writeln!(self.0, "{key} = {}", text(given, Quotes::default()));
        }
    }

    fn value(&mut self, key: &str, given: Option<Value>) {
        if let Some(given) = given {
            let written = value(&given, Type::Text, Quotes::default());
            let _ = writeln!(self.0, "{key} = {written}");
        }
    }
}
