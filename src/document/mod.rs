//! From text to plan: sections with every place kept, the plan they say, and all their problems.
//!
//! Reads; changes nothing. A section is a header and all up to the next one: a mistake stays in its
//! section, and an edit looks only at the sections it is about.

mod before;
mod body;
mod complaints;
mod conflicts;
mod events;
mod find;
mod meaning;
mod mending;
mod names;
mod read;
mod references;
mod rings;
pub mod rules;
mod section;
mod syntax;

pub use body::{Body, Node, NodeKind, Segment};
pub use find::{Entry, Header, Outline, path_of};
pub use meaning::is_reserved;
pub use section::{Section, fill};
pub use syntax::{Modern, SyntaxError};

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Plan;
use crate::text::Source;

/// A plan's text with what it says.
#[derive(Debug)]
pub struct Document {
    /// The text.
    pub source: Source,
    /// Its sections, in file order; together they are the whole text.
    pub sections: Vec<Section>,
    /// What it says, as far as it can be read.
    pub plan: Plan,
    /// What is wrong with it, in file order.
    pub problems: Vec<Diagnostic>,
}

impl Document {
    /// Reads a text.
    pub fn read(source: Source) -> Self {
        let mut sections = Vec::new();
        let mut reader = read::Reader::new(source.text());
        section::cut(source.text(), |section, body| {
            sections.push(section);
            reader.section(section, body);
        });
        let (plan, problems) = reader.finish();
        let mut document = Self {
            source,
            sections,
            plan,
            problems,
        };
        references::check(&mut document);
        document.problems.sort_by_key(Diagnostic::span);
        document
    }

    /// Returns whether reading commands have to refuse the file.
    pub fn is_refused(&self) -> bool {
        self.refusals().next().is_some()
    }

    /// Returns the problems for which reading commands refuse the file.
    pub fn refusals(&self) -> impl Iterator<Item = &Diagnostic> {
        self.problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error && rules::refuses(problem.rule))
    }
}
