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
mod glance;
mod marks;
mod meaning;
mod mending;
mod names;
mod piece;
mod read;
mod references;
mod rings;
pub mod rules;
mod section;
mod syntax;

pub use body::{Body, Node, NodeKind, Segment};
pub use conflicts::{Unmerged, unmerged};
pub use find::{Entry, Header, Outline, path_of};
pub use glance::Glance;
pub use marks::{Mark, marks};
pub use meaning::is_reserved;
pub use piece::{Piece, Pieces, read_pieces};
pub use section::{Section, ends_there, fill, sections, sections_like};
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
        let (plan, problems) = read_text(source.text(), |section| sections.push(section));
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

/// Reads what a text says and what is wrong with it, but for what it names: whether that is there is
/// not looked at.
pub fn read_plan(text: &str) -> (Plan, Vec<Diagnostic>) {
    read_text(text, drop)
}

fn read_text(text: &str, mut visit: impl FnMut(Section)) -> (Plan, Vec<Diagnostic>) {
    let mut reader = read::Reader::new(text);
    section::cut(text, |section, body| {
        visit(section);
        reader.section(section, body);
    });
    reader.finish()
}
