use std::fmt;

use crate::diagnostic::Diagnostic;
use crate::document::rules::refuses;
use crate::text::{Source, count};

/// Why a version of a plan cannot be read: as a rule its text was no TOML for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The line of the first thing that is wrong, from 1.
    pub line: u32,
    /// What is wrong there.
    pub message: String,
    /// How many things are wrong beside it.
    pub more: usize,
}

impl Unread {
    /// Takes bytes for the text of a plan.
    pub(super) fn check_text(bytes: Vec<u8>) -> Result<String, Self> {
        String::from_utf8(bytes).map_err(|error| {
            let sound = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            Self {
                line: sound.split(|byte| *byte == b'\n').count() as u32,
                message: "a byte that is no UTF-8 text".to_owned(),
                more: 0,
            }
        })
    }

    /// Returns what is wrong first, unless all of it can be read in spite of it.
    pub(super) fn first_of(text: &str, problems: &[Diagnostic]) -> Option<Self> {
        let mut refused = problems.iter().filter(|problem| refuses(problem.rule));
        let first = refused.by_ref().min_by_key(|problem| problem.span())?;
        let number = problems
            .iter()
            .filter(|problem| refuses(problem.rule))
            .count();
        let source = Source::new("", text);
        Some(Self {
            line: source.line_column(first.span().start).line,
            message: first.message.clone(),
            more: number - 1,
        })
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)?;
        if self.more > 0 {
            write!(f, ", and {}", count(self.more, "more problem"))?;
        }
        Ok(())
    }
}
