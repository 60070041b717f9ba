//! What is wrong with a plan's text, as plain values: the rule, the words, the places, the way out.
//!
//! Finds nothing and draws nothing: `document` and later `check` find, `render` draws.

mod problems;

pub use problems::{Effort, MOST_OF_A_RULE, Problems};

use crate::text::Span;

/// One problem in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that found it.
    pub rule: Rule,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in a line: a lowercase fragment with what the user wrote in backquotes.
    pub message: String,
    /// Where: the first label is the place itself, the others say what has to do with it.
    pub labels: Vec<Label>,
    /// What to do about it, a line each.
    pub help: Vec<String>,
    /// What mends it, where there is one right answer.
    pub fix: Option<Fix>,
}

/// What mends a problem: pieces of the text and what is to stand there instead, in file order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in a line: `write "on-track"`.
    pub title: String,
    /// The pieces.
    pub edits: Vec<Replacement>,
}

/// A piece of the text and what is to stand there instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// The piece.
    pub span: Span,
    /// What is to stand there.
    pub text: String,
}

impl Diagnostic {
    /// Makes an error at a place.
    pub fn error(rule: Rule, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: Severity::Error,
            message: message.into(),
            labels: vec![Label {
                span,
                text: String::new(),
            }],
            help: Vec::new(),
            fix: None,
        }
    }

    /// Returns the same problem as a warning.
    #[must_use]
    pub fn as_warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// Returns the same problem with a word at its place: what is seen there.
    #[must_use]
    pub fn marked(mut self, text: impl Into<String>) -> Self {
        if let Some(first) = self.labels.first_mut() {
            first.text = text.into();
        }
        self
    }

    /// Returns the same problem with another place that has to do with it.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Returns the same problem with a line on what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Returns the same problem with what mends it: a piece of the text and what is to stand there.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        let edit = Replacement {
            span,
            text: text.into(),
        };
        let fix = self.fix.get_or_insert_with(|| Fix {
            title: title.into(),
            edits: Vec::new(),
        });
        fix.edits.push(edit);
        self
    }

    /// Returns the place itself.
    pub fn span(&self) -> Span {
        self.labels.first().map_or(Span::at(0), |label| label.span)
    }
}

/// A place and what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is seen there; may be empty at the first place.
    pub text: String,
}

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A word of advice, which nobody has to follow.
    Advice,
    /// Somebody should look at it.
    Warning,
    /// The plan cannot be relied on.
    Error,
}

impl Severity {
    /// Returns the word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The name of a rule: kebab-case, named for the problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rule(pub &'static str);

impl std::fmt::Display for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}
