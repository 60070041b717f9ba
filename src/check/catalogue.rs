use super::against::{self, Comparison};
use super::context::Context;
use super::levels::Level;
use super::{clone, coaching, habit, reading, reading_names, reading_text, sense};
use crate::diagnostic::Rule;
use crate::document::rules::refuses;

/// A rule with all that is to be said of it.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// Its name.
    pub rule: Rule,
    /// What kind of rule it is.
    pub family: Family,
    /// How much it counts where nobody says otherwise.
    pub level: Level,
    /// What it finds, in a sentence.
    pub summary: &'static str,
    /// Why that matters to a team.
    pub why: &'static str,
    /// Lines of a plan in which it finds exactly one thing.
    pub bad: &'static str,
    /// The same lines, mended.
    pub good: &'static str,
    /// What `loti check --fix` does about it, if anything.
    pub fix: Option<&'static str>,
    /// Looks for it.
    pub(super) find: Find,
}

/// How a rule comes to what it finds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Find {
    /// Reading finds it by itself.
    Reading,
    /// It looks at the plan.
    Plan(fn(&mut Context<'_>)),
    /// It looks at the clone that the plan stands in; the examples are files of that.
    Clone(fn(&mut Context<'_>)),
    /// It holds the plan against what it was.
    Against {
        /// What it was in the examples.
        before: &'static str,
        /// Looks for it.
        find: fn(&mut Comparison<'_>),
    },
}

/// What kind of rule it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// The file can be read, and names what is there.
    Reading,
    /// What is said goes together.
    Sense,
    /// The plan is looked after.
    Habit,
    /// What a coach would ask.
    Coaching,
    /// What was promised, said and settled before still holds.
    Change,
}

impl Page {
    /// Returns whether it is always an error: no other command reads a file in which it finds
    /// something.
    pub fn is_fixed(&self) -> bool {
        matches!(self.find, Find::Reading) && refuses(self.rule)
    }

    /// Returns whether a finding can be let pass at one place of the plan: not what reading finds, nor
    /// what the plan is not to blame for.
    pub fn can_be_allowed(&self) -> bool {
        !matches!(self.find, Find::Reading | Find::Clone(_))
    }

    /// Returns whether it looks at the clone that the plan stands in: its examples are files of that.
    pub fn is_of_clone(&self) -> bool {
        matches!(self.find, Find::Clone(_))
    }

    /// Returns the lines of the plan as it was before the examples, of rules that hold it against
    /// that.
    pub fn before(&self) -> Option<&'static str> {
        match self.find {
            Find::Against { before, .. } => Some(before),
            Find::Reading | Find::Plan(_) | Find::Clone(_) => None,
        }
    }
}

impl Family {
    /// Every family, in the order of the pages.
    pub const ALL: [Self; 5] = [
        Self::Reading,
        Self::Sense,
        Self::Habit,
        Self::Coaching,
        Self::Change,
    ];

    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Sense => "sense",
            Self::Habit => "habit",
            Self::Coaching => "coaching",
            Self::Change => "change",
        }
    }

    /// Returns what it is about, in a sentence.
    pub fn about(self) -> &'static str {
        match self {
            Self::Reading => "The file can be read, and what it names is there.",
            Self::Sense => "What the plan says goes together.",
            Self::Habit => "The plan is looked after.",
            Self::Coaching => {
                "What a coach would ask (`loti check --coach`, and at the end of `loti add` and \
                 `loti checkin`): advice that makes no check fail."
            }
            Self::Change => {
                "Held against a revision (`--against REV`), what was promised, said and settled \
                 still stands."
            }
        }
    }
}

/// Returns all rules, family by family.
pub fn pages() -> impl Iterator<Item = &'static Page> {
    // Whether an allowance is needed shows once all else has been looked for.
    let reading = [reading_text::PAGES, reading_names::PAGES, reading::PAGES];
    let habit = [habit::PAGES, clone::PAGES];
    reading
        .into_iter()
        .chain(sense::PAGES)
        .chain(habit)
        .chain(coaching::PAGES)
        .chain([reading::LAST])
        .chain(against::PAGES)
        .flatten()
}

/// Returns the page of a rule, by its name.
pub fn page(name: &str) -> Option<&'static Page> {
    pages().find(|page| page.rule.0 == name)
}
