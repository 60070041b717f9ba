//! What a reviewer would say of a plan: rules, each with a name, a reason and a way out.
//!
//! Reading has found what keeps a plan from being understood; the rules here look at what it says,
//! and at what it said before.
//! Draws nothing: a [`Report`] is a value, and `render` lays it out.

mod against;
mod allowances;
mod catalogue;
mod clone;
mod coaching;
mod context;
mod facts;
mod fix;
mod habit;
mod hidden;
mod levels;
mod reading;
mod reading_names;
mod reading_text;
mod sense;

pub use against::{Base, new_ids};
pub use catalogue::{Family, Page, page, pages};
pub use facts::Facts;
pub use fix::{Fixed, Mended, Piece, fix};
pub use levels::{Level, Levels, Wish};

use crate::change::{after_renames, renames};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::document::rules::TOML_SYNTAX;
use crate::text::{Source, Span};
use against::Comparison;
use catalogue::Find;
use context::Context;

/// What `loti check` found in a plan.
#[derive(Debug)]
pub struct Report<'a> {
    /// The text that was looked at.
    pub source: &'a Source,
    /// What was found, in file order, each as severe as the level in force says.
    pub findings: Vec<Diagnostic>,
    /// How many findings were left out since so many were not wanted.
    pub hidden: usize,
    /// How many findings are errors, those left out included.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// How many have one right answer, which `--fix` writes.
    pub fixable: usize,
}

/// Looks at a plan on a day, or with whatever else is known of where it stands.
pub fn check<'a>(document: &'a Document, levels: &Levels, facts: impl Into<Facts>) -> Report<'a> {
    let found = looked_at(document, levels, facts.into());
    report(document, levels, found)
}

/// Looks at a plan on a day, and at what it makes of the plan that it was; the levels are those of
/// [`Levels::against`].
pub fn check_against<'a>(
    document: &'a Document,
    base: &Base<'_>,
    levels: &Levels,
    facts: impl Into<Facts>,
) -> Report<'a> {
    let facts = facts.into();
    let mut found = looked_at(document, levels, facts);
    let renames = renames(&base.document.plan, &document.plan);
    let old = after_renames(&base.document.plan, &renames);
    let mut comparison = Comparison::new(document, base, (&old, &renames), levels, facts.today);
    for page in pages() {
        if let Find::Against { find, .. } = page.find
            && levels.of(page.rule) != Level::Off
        {
            find(&mut comparison);
        }
    }
    let (findings, more) = comparison.into_findings();
    found.0.extend(findings);
    found.1.extend(more);
    report(document, levels, found)
}

/// What was found, and for each rule how much more there is than anybody reads.
type Found = (Vec<Diagnostic>, Vec<(Level, usize)>);

fn looked_at(document: &Document, levels: &Levels, facts: Facts) -> Found {
    let mut context = Context::new(document, levels, facts);
    for page in pages() {
        if let Find::Plan(find) | Find::Clone(find) = page.find
            && context.is_on(page.rule)
        {
            find(&mut context);
        }
    }
    context.into_findings()
}

fn report<'a>(document: &'a Document, levels: &Levels, (mut findings, more): Found) -> Report<'a> {
    let read = document.problems.iter().cloned();
    findings.extend(read.filter_map(|problem| levels.judge(problem)));
    findings.sort_by_key(Diagnostic::span);
    let of = |level: Level| {
        let found = findings.iter().map(|found| found.severity);
        let found = found.filter(|severity| level.severity() == Some(*severity));
        let more = more.iter().filter(|(of, _)| *of == level);
        found.count() + more.map(|(_, more)| more).sum::<usize>()
    };
    Report {
        source: &document.source,
        hidden: more.iter().map(|(_, more)| more).sum(),
        errors: of(Level::Error),
        warnings: of(Level::Warning),
        fixable: findings.iter().filter(|found| found.fix.is_some()).count(),
        findings,
    }
}

/// Reports a file that is no text: what stands before the first byte that is none is given, and
/// nothing else is looked at.
pub fn not_text(before: &Source, byte: u8) -> Report<'_> {
    let place = Span::at(before.text().len() as u32);
    let message = format!("this is not UTF-8 text: the byte 0x{byte:02x} is no character of it");
    let found = Diagnostic::error(TOML_SYNTAX, place, message)
        .marked("the first one stands here")
        .help("save the file as UTF-8");
    Report {
        source: before,
        findings: vec![found],
        hidden: 0,
        errors: 1,
        warnings: 0,
        fixable: 0,
    }
}

impl Report<'_> {
    /// Keeps the first findings, so many at most; the counts stay those of all.
    pub fn shorten(&mut self, most: usize) {
        let left_out = self.findings.len().saturating_sub(most);
        self.findings.truncate(most);
        self.hidden += left_out;
    }

    /// Returns how many findings are words of advice, those left out included.
    pub fn advice(&self) -> usize {
        self.findings.len() + self.hidden - self.errors - self.warnings
    }

    /// Takes the fixes away, where those that do no harm have been made.
    pub fn forget_fixes(&mut self) {
        self.fixable = 0;
        for found in &mut self.findings {
            found.fix = None;
        }
    }

    /// Returns whether somebody has to mend something: errors, and warnings too where they count.
    pub fn fails(&self, strict: bool) -> bool {
        self.errors > 0 || (strict && self.warnings > 0)
    }
}
