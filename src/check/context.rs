use std::cell::OnceCell;

use chrono::NaiveDate;

use super::allowances::Allowances;
use super::levels::{Level, Levels};
use crate::diagnostic::{Diagnostic, Problems, Rule};
use crate::document::{Document, Outline, rules};
use crate::model::{Address, Plan};
use crate::text::Span;

/// What a rule looks at, and where it puts what it finds.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub(super) document: &'a Document,
    pub(super) plan: &'a Plan,
    pub(super) today: NaiveDate,
    pub(super) allowances: Allowances<'a>,
    levels: &'a Levels,
    outline: OnceCell<Outline<'a>>,
    /// The sections in which something could not be read.
    broken: Vec<Span>,
    /// Whether something could not be read at all, so that what seems to be missing may be there.
    is_torn: bool,
    found: Problems,
}

impl<'a> Context<'a> {
    pub(super) fn new(document: &'a Document, levels: &'a Levels, today: NaiveDate) -> Self {
        let mut broken = Vec::new();
        for problem in document.refusals() {
            let start = problem.span().start;
            let section = document
                .sections
                .partition_point(|section| section.span.start <= start);
            let section = section.checked_sub(1).map(|at| document.sections[at].span);
            broken.extend(section);
        }
        let torn = [rules::TOML_SYNTAX, rules::CONFLICT_MARKERS];
        let mut unread = document.problems.iter().map(|problem| problem.rule);
        Self {
            document,
            plan: &document.plan,
            today,
            allowances: Allowances::of(&document.plan),
            levels,
            outline: OnceCell::new(),
            broken,
            is_torn: unread.any(|rule| torn.contains(&rule)),
            found: Problems::new(),
        }
    }

    /// Returns whether a rule is looked at.
    pub(super) fn is_on(&self, rule: Rule) -> bool {
        self.levels.of(rule) != Level::Off
    }

    /// Returns whether all of the file could be read: only then is something known to be missing.
    pub(super) fn is_whole(&self) -> bool {
        !self.is_torn
    }

    /// Adds what a rule found at an address, unless that is allowed there or the place could not be
    /// read in full.
    pub(super) fn add(&mut self, rule: Rule, at: &Address, make: impl FnOnce(&Self) -> Diagnostic) {
        if !self.is_on(rule) || self.allowances.allow(rule, at) || self.is_broken(at) {
            return;
        }
        self.put(rule, make);
    }

    /// Adds what a rule found in the text itself, wherever it stands.
    pub(super) fn put(&mut self, rule: Rule, make: impl FnOnce(&Self) -> Diagnostic) {
        if self.allowances.allow(rule, &Address::Check) {
            return;
        }
        let mut found = std::mem::take(&mut self.found);
        found.add(rule, |_| make(self));
        self.found = found;
    }

    /// Returns whether part of a table could not be read, so that rules would only guess.
    fn is_broken(&self, at: &Address) -> bool {
        if self.broken.is_empty() {
            return false;
        }
        let span = self.place(at, None);
        self.broken.iter().any(|section| section.contains(span))
    }

    /// Returns where something stands, or the value of one of its keys.
    pub(super) fn place(&self, at: &Address, key: Option<&str>) -> Span {
        self.outline().place(at, key).unwrap_or_default()
    }

    /// Returns where the value at a path stands.
    pub(super) fn value_at(&self, path: &[String]) -> Span {
        let entry = self.outline().entry(path);
        entry.map_or_else(Span::default, |entry| entry.value)
    }

    /// Returns where the key at a path stands.
    pub(super) fn key_at(&self, path: &[String]) -> Span {
        let entry = self.outline().entry(path);
        let key = entry.and_then(|entry| entry.segments.last().copied());
        key.unwrap_or_default()
    }

    fn outline(&self) -> &Outline<'a> {
        self.outline.get_or_init(|| Outline::new(self.document))
    }

    /// Returns what was found, as severe as the levels say, and for each rule how much more there
    /// is than anybody reads.
    pub(super) fn into_findings(self) -> (Vec<Diagnostic>, Vec<(Level, usize)>) {
        let levels = self.levels;
        let more = self.found.dropped();
        let more = more.map(|(rule, more)| (levels.of(rule), more)).collect();
        let found = self.found.into_kept().into_iter();
        let found = found.filter_map(|problem| levels.judge(problem));
        (found.collect(), more)
    }
}
