use std::cell::OnceCell;
use std::collections::HashSet;

use chrono::NaiveDate;

use super::allowances::Allowances;
use super::facts::Facts;
use super::levels::{Level, Levels};
use crate::diagnostic::{Diagnostic, Problems, Rule};
use crate::document::{Document, Outline, path_of, rules};
use crate::model::{Address, KeyResult, Plan};
use crate::text::Span;

/// What a rule looks at, and where it puts what it finds.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub(super) document: &'a Document,
    pub(super) plan: &'a Plan,
    pub(super) today: NaiveDate,
    /// Whether this clone cannot merge the plan as its repository says.
    pub(super) lacks_driver: bool,
    pub(super) allowances: Allowances<'a>,
    levels: &'a Levels,
    /// The level from which an unknown key makes its table one that could not be read.
    heeds_keys_at: Level,
    outline: OnceCell<Outline<'a>>,
    /// The tables in which something could not be read, once somebody asks.
    broken: OnceCell<Broken>,
    found: Problems,
}

/// What could not be read, so that rules would only guess.
#[derive(Debug, Default)]
struct Broken {
    /// The paths of tables with something unreadable in them or below them.
    paths: HashSet<Vec<String>>,
    /// Sections whose header names no table of its own: what stands in them may be any.
    sections: Vec<Span>,
}

impl<'a> Context<'a> {
    pub(super) fn new(document: &'a Document, levels: &'a Levels, facts: impl Into<Facts>) -> Self {
        let facts = facts.into();
        Self {
            document,
            plan: &document.plan,
            today: facts.today,
            lacks_driver: facts.lacks_driver,
            allowances: Allowances::of(&document.plan),
            levels,
            heeds_keys_at: Level::Advice,
            outline: OnceCell::new(),
            broken: OnceCell::new(),
            found: Problems::new(),
        }
    }

    /// Makes one for a plan that is held against another.
    ///
    /// Nothing keeps its rules quiet that does not make the check fail by itself: else a change
    /// could hide behind a misspelt key that counts as little as it likes.
    pub(super) fn of_change(document: &'a Document, levels: &'a Levels, today: NaiveDate) -> Self {
        Self {
            heeds_keys_at: Level::Error,
            ..Self::new(document, levels, today)
        }
    }

    /// Returns whether a rule is looked at.
    pub(super) fn is_on(&self, rule: Rule) -> bool {
        self.levels.of(rule) != Level::Off
    }

    /// Returns whether all of the file could be read: only then is something known to be missing.
    pub(super) fn is_whole(&self) -> bool {
        let torn = [
            rules::TOML_SYNTAX,
            rules::CONFLICT_MARKERS,
            rules::DUPLICATE_ID,
            rules::BAD_ID,
            rules::UNKNOWN_KEY,
        ];
        !self.unread().any(|problem| torn.contains(&problem.rule))
    }

    /// Returns whether nothing at all was left unread or misunderstood: only then has every rule said
    /// what it would.
    pub(super) fn is_all_read(&self) -> bool {
        self.unread().next().is_none()
    }

    /// Returns whether a table, and all that stands below it, could be read in full. What is said of
    /// two tables is said only where both could.
    pub(super) fn is_read(&self, at: &Address) -> bool {
        let broken = self.broken();
        if broken.paths.is_empty() && broken.sections.is_empty() {
            return true;
        }
        let is_within = || {
            let place = self.place(at, None);
            let mut sections = broken.sections.iter();
            sections.any(|section| section.contains(place))
        };
        !broken.paths.contains(&path_of(at)) && !is_within()
    }

    /// Returns whether all that a key result takes its days, its owner and its cadence from could be
    /// read: its cycle, its objective, its theme, the plan.
    pub(super) fn is_read_around(&self, own: &KeyResult) -> bool {
        let broken = self.broken();
        if broken.paths.is_empty() && broken.sections.is_empty() {
            return true;
        }
        let theme = self.plan.objectives.get(&own.objective);
        let theme = theme.map(|objective| Address::Theme(objective.theme.clone()));
        let cycle = self.plan.cycle_id_of(own);
        let cycle = cycle.map(|id| Address::Cycle(id.clone()));
        let objective = Address::Objective(own.objective.clone());
        let around = [Address::Plan, Address::Check, objective];
        let mut around = around.iter().chain(&theme).chain(&cycle);
        around.all(|at| self.is_read(at))
    }

    /// Adds what a rule found at an address, unless that is allowed there or the place could not be
    /// read in full.
    pub(super) fn add(&mut self, rule: Rule, at: &Address, make: impl FnOnce(&Self) -> Diagnostic) {
        if !self.is_on(rule) || self.allowances.allow(rule, at) || !self.is_read(at) {
            return;
        }
        self.keep(rule, make);
    }

    /// Adds what a rule found in the text itself, wherever it stands.
    pub(super) fn put(&mut self, rule: Rule, make: impl FnOnce(&Self) -> Diagnostic) {
        if !self.allowances.allow(rule, &Address::Check) {
            self.keep(rule, make);
        }
    }

    /// Adds what a rule found, allowed or not.
    pub(super) fn keep(&mut self, rule: Rule, make: impl FnOnce(&Self) -> Diagnostic) {
        let mut found = std::mem::take(&mut self.found);
        found.add(rule, |_| make(self));
        self.found = found;
    }

    /// Returns where something stands, or the value of one of its keys.
    pub(super) fn place(&self, at: &Address, key: Option<&str>) -> Span {
        self.outline().place(at, key).unwrap_or_default()
    }

    /// Returns where an item of a list stands, from 0, or one of its own keys.
    pub(super) fn item(&self, at: &Address, key: &str, item: usize, own: Option<&str>) -> Span {
        let mut path = path_of(at);
        path.extend([key.to_owned(), format!("#{}", item + 1)]);
        let own = own.and_then(|own| {
            let own = [path.as_slice(), &[own.to_owned()]].concat();
            self.outline().entry(&own)
        });
        match own.or_else(|| self.outline().entry(&path)) {
            Some(entry) => entry.value,
            None => self.place(at, Some(key)),
        }
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

    /// Returns the problems that leave a part of the plan unknown. A misspelt key does, too: what it
    /// was meant to say is missing.
    fn unread(&self) -> impl Iterator<Item = &'a Diagnostic> {
        let heeds_keys = self.levels.of(rules::UNKNOWN_KEY) >= self.heeds_keys_at;
        let problems = self.document.problems.iter();
        problems.filter(move |problem| match problem.rule {
            rules::UNKNOWN_KEY => heeds_keys,
            // Nothing there is misunderstood.
            rules::DEPENDENCY_LOOP | rules::TOML_1_1 => false,
            _ => true,
        })
    }

    fn broken(&self) -> &Broken {
        self.broken.get_or_init(|| {
            let sections = &self.document.sections;
            let mut broken = Broken::default();
            for problem in self.unread() {
                let start = problem.span().start;
                let after = sections.partition_point(|section| section.span.start <= start);
                let Some(number) = after.checked_sub(1) else {
                    continue;
                };
                // It stands at the beginning of the file, and is about all of it.
                if problem.rule == rules::NO_CYCLE && start == 0 {
                    continue;
                }
                let path = &self.outline().header(number).path;
                if path.len() < 2 {
                    broken.sections.push(sections[number].span);
                }
                for length in 1..=path.len() {
                    broken.paths.insert(path[..length].to_vec());
                }
            }
            broken
        })
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
