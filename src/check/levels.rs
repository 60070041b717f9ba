use super::catalogue::{Family, Page, page, pages};
use super::context::Context;
use super::reading::{BAD_LEVEL, UNKNOWN_RULE};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::model::{Address, Plan};
use crate::text::{Span, alternatives, nearest};

/// How much a rule counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It is not looked at.
    Off,
    /// It is a word of advice, and never an exit code.
    Advice,
    /// Somebody should look at it.
    Warning,
    /// The check fails.
    Error,
}

/// What a command line asks of the levels.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// Levels that go before those of the plan.
    pub levels: Vec<(Rule, Level)>,
    /// The only rules to look at; all, if none is named.
    pub only: Vec<Rule>,
    /// Rules not to look at.
    pub except: Vec<Rule>,
    /// Whether a coach's questions are wanted.
    pub coach: bool,
}

/// The level of every rule: as wished, else as the plan's `[check]` says, else the rule's own.
#[derive(Debug, Clone)]
pub struct Levels(Vec<(Rule, Level)>);

impl Level {
    /// Every level, from nothing to all.
    pub const ALL: [Self; 4] = [Self::Off, Self::Advice, Self::Warning, Self::Error];

    /// Returns the word for it in the file and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.word() == word)
    }

    /// Returns how severe a finding at this level is; off, there is none.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Advice => Some(Severity::Advice),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

impl Levels {
    /// Settles the levels for a plan that is held against nothing.
    ///
    /// What keeps every other command from reading the file is always an error, whatever is wished:
    /// nothing would be gained by a check that passes.
    pub fn new(plan: &Plan, wish: &Wish) -> Self {
        Self::settle(plan, None, wish)
    }

    /// Settles the levels for a plan that is held against what it was.
    ///
    /// What the rules of change count is said by the plan as it was, so that no change excuses
    /// itself.
    pub fn against(base: &Plan, plan: &Plan, wish: &Wish) -> Self {
        Self::settle(plan, Some(base), wish)
    }

    fn settle(plan: &Plan, base: Option<&Plan>, wish: &Wish) -> Self {
        let level = |page: &Page| {
            let rule = page.rule;
            if page.is_fixed() {
                return Level::Error;
            }
            let plan = match page.family {
                Family::Change => base,
                _ => Some(plan),
            };
            let Some(plan) = plan else {
                return Level::Off;
            };
            let is_wanted = wish.only.is_empty() || wish.only.contains(&rule);
            if !is_wanted || wish.except.contains(&rule) {
                return Level::Off;
            }
            let wished = wish.levels.iter().rev().find(|(of, _)| *of == rule);
            if let Some((_, level)) = wished {
                return *level;
            }
            // A coach who is not asked says nothing, unless the plan makes more of it than advice.
            let is_asked = wish.coach || wish.only.contains(&rule);
            match stated(plan, page) {
                Level::Advice if page.family == Family::Coaching && !is_asked => Level::Off,
                level => level,
            }
        };
        Self(pages().map(|page| (page.rule, level(page))).collect())
    }

    /// Returns a rule's level.
    pub fn of(&self, rule: Rule) -> Level {
        let level = self.0.iter().find(|(of, _)| *of == rule);
        level.map_or(Level::Error, |(_, level)| *level)
    }

    /// Returns a problem as severe as its rule's level says, if that is on.
    pub fn judge(&self, problem: Diagnostic) -> Option<Diagnostic> {
        let severity = self.of(problem.rule).severity()?;
        Some(Diagnostic {
            severity,
            ..problem
        })
    }
}

/// Returns the level that a plan gives a rule, else the rule's own.
pub(super) fn stated(plan: &Plan, page: &Page) -> Level {
    let levels = &plan.check.levels;
    let stated = levels.iter().find(|(of, _)| of == page.rule.0);
    let stated = stated.and_then(|(_, word)| Level::parse(word));
    stated.unwrap_or(page.level)
}

/// Looks for levels of rules that are not there.
pub(super) fn unknown_rules(context: &mut Context<'_>) {
    for (name, _) in &context.plan.check.levels {
        if page(name).is_none() {
            context.add(UNKNOWN_RULE, &Address::Check, |context| {
                unknown_rule(name, context.key_at(&path(name)))
            });
        }
    }
}

/// Looks for words that are no levels, and for levels that a rule cannot have.
pub(super) fn bad_levels(context: &mut Context<'_>) {
    for (name, word) in &context.plan.check.levels {
        let (message, help) = if Level::parse(word).is_none() {
            let words = Level::ALL.map(|level| format!("`{}`", level.word()));
            let help = format!("write {}", alternatives(words));
            (format!("`{word}` is no level"), help)
        } else if word != Level::Error.word() && page(name).is_some_and(Page::is_fixed) {
            let help = "no other command reads such a file: mend it instead";
            (format!("`{name}` is always an error"), help.to_owned())
        } else {
            continue;
        };
        context.add(BAD_LEVEL, &Address::Check, |context| {
            Diagnostic::error(BAD_LEVEL, context.value_at(&path(name)), message).help(help)
        });
    }
}

fn path(rule: &str) -> [String; 3] {
    ["check", "levels", rule].map(str::to_owned)
}

/// A rule is named that is not there.
pub(super) fn unknown_rule(name: &str, span: Span) -> Diagnostic {
    let problem = Diagnostic::error(UNKNOWN_RULE, span, format!("there is no rule `{name}`"));
    match nearest(name, pages().map(|page| page.rule.0)) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem.help("`loti explain` lists the rules"),
    }
}
