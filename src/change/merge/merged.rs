use super::{Conflict, Notice};

/// What became of a merge.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Merged {
    /// The text, in its order; neighbouring texts are one.
    pub parts: Vec<Part>,
    /// What the sides contradict each other in: one for each conflict among the parts, in their order.
    pub conflicts: Vec<Conflict>,
    /// What was done that a person has to know.
    pub notices: Vec<Notice>,
}

/// A piece of a merged text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Text that both sides agree on.
    Text(String),
    /// Whole lines that they do not agree on; empty where a side has none.
    Conflict {
        /// What the lines are about, behind the names of the sides: `kr.3.status`; empty for lines
        /// that are about nothing in particular.
        label: String,
        /// The lines as they were.
        base: String,
        /// The lines of our side.
        ours: String,
        /// The lines of their side.
        theirs: String,
    },
}

/// One of the three texts of a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// What both sides come from.
    Base,
    /// Ours.
    Ours,
    /// Theirs.
    Theirs,
}

/// How conflicts are marked.
#[derive(Debug, Clone, Copy)]
pub struct Marks<'a> {
    /// How many characters a marker has; git's own is 7.
    pub size: usize,
    /// What our side is called.
    pub ours: &'a str,
    /// What the base is called, where its lines are to stand between the others'.
    pub base: Option<&'a str>,
    /// What their side is called.
    pub theirs: &'a str,
}

impl Default for Marks<'_> {
    fn default() -> Self {
        Self {
            size: 7,
            ours: "ours",
            base: None,
            theirs: "theirs",
        }
    }
}

impl Merged {
    /// Makes one of a text alone.
    pub(super) fn clean(text: impl Into<String>) -> Self {
        Self {
            parts: vec![Part::Text(text.into())],
            ..Self::default()
        }
    }

    /// Returns whether the sides contradict each other nowhere.
    pub fn is_clean(&self) -> bool {
        self.conflicts.is_empty()
    }

    /// Returns the text with all conflicts decided for one of the three.
    pub fn side(&self, side: Side) -> String {
        let parts = self.parts.iter().map(|part| part.side(side));
        parts.collect()
    }

    /// Returns the text, each conflict between markers as git writes them.
    pub fn text(&self, marks: &Marks<'_>) -> String {
        let ending = if self.side(Side::Ours).contains("\r\n") {
            "\r\n"
        } else {
            "\n"
        };
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Text(lines) => text.push_str(lines),
                Part::Conflict {
                    label,
                    base,
                    ours,
                    theirs,
                } => {
                    let label = match label.as_str() {
                        "" => String::new(),
                        label => format!(" · {label}"),
                    };
                    let mut mark = |sign: &str, name: &str, lines: &str| {
                        end_line(&mut text, ending);
                        text.push_str(&sign.repeat(marks.size));
                        if !name.is_empty() {
                            text.push(' ');
                            text.push_str(name);
                        }
                        text.push_str(ending);
                        text.push_str(lines);
                    };
                    mark("<", &format!("{}{label}", marks.ours), ours);
                    if let Some(name) = marks.base {
                        mark("|", name, base);
                    }
                    mark("=", "", theirs);
                    mark(">", &format!("{}{label}", marks.theirs), "");
                }
            }
        }
        text
    }
}

impl Part {
    /// Returns the text as one of the three has it.
    pub fn side(&self, side: Side) -> &str {
        match (self, side) {
            (Self::Text(text), _)
            | (Self::Conflict { base: text, .. }, Side::Base)
            | (Self::Conflict { ours: text, .. }, Side::Ours)
            | (Self::Conflict { theirs: text, .. }, Side::Theirs) => text,
        }
    }
}

/// Ends a line that is still open: a marker stands on a line of its own.
fn end_line(text: &mut String, ending: &str) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push_str(ending);
    }
}
