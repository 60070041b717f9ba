use std::collections::HashSet;

use super::comparison::Comparison;
use super::said::the;
use crate::check::allowances;
use crate::check::catalogue::{Family, Find, Page, page, pages};
use crate::check::levels::{Level, stated};
use crate::diagnostic::{Diagnostic, Rule};
use crate::model::{Address, Cadence, Plan, Settings};
use crate::text::Span;

const CHECK_LOOSENED: Rule = Rule("check-loosened");

pub(super) const PAGES: &[Page] = &[Page {
    rule: CHECK_LOOSENED,
    family: Family::Change,
    level: Level::Error,
    summary: "The change lets pass what was a finding before: a lower level, a wider threshold, a \
              rarer check-in, an allowance for all of the plan or of an error.",
    why: "A change that is judged more kindly because it says so has not been judged. An allowance \
          at one place, for what is no error, is the answer to a finding and no loosening. That \
          persons are declared is part of it: without any, no `owner` and no `by` has to be one. \
          What is loosened with good reason is best a change of its own, so that it is seen.",
    bad: "\
[check]
levels = { overdue = \"off\" }

[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"on-track\"
due = 2024-02-05
",
    good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"on-track\"
due = 2024-02-05
allow = [{ rule = \"overdue\", why = \"The garage decides on 12 February.\" }]
",
    fix: None,
    find: Find::Against {
        before: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"on-track\"
due = 2024-02-05
",
        find: check_loosened,
    },
}];

/// A way in which the plan is judged more kindly.
struct Loosened {
    /// The table that says so.
    at: Address,
    /// Where in it.
    place: Place,
    /// What is so.
    message: String,
    /// What was so.
    before: String,
}

enum Place {
    /// At a key, or at the header where there is none.
    Key(&'static str),
    /// At the value of a path.
    Path(Vec<String>),
    /// What is not there has none.
    Nowhere,
}

fn check_loosened(comparison: &mut Comparison<'_>) {
    let (old, new) = (comparison.old, comparison.new);
    let mut found = levels(old, new);
    found.extend(thresholds(&old.check, &new.check));
    found.extend(allowed(comparison));
    found.extend(cadences(comparison));
    if !old.persons.is_empty() && new.persons.is_empty() && comparison.is_whole() {
        found.push(Loosened {
            at: Address::Plan,
            place: Place::Nowhere,
            message: "no person is declared any more: any name will do".to_owned(),
            before: format!("there were {}", old.persons.len()),
        });
    }
    for loosened in found {
        tell(comparison, loosened);
    }
}

fn tell(comparison: &mut Comparison<'_>, loosened: Loosened) {
    let marked = comparison.then(&loosened.before);
    let at = loosened.at;
    comparison.add(CHECK_LOOSENED, &at, |context| {
        let place = match loosened.place {
            Place::Key(key) => context.place(&at, Some(key)),
            Place::Path(path) => context.value_at(&path),
            Place::Nowhere => Span::default(),
        };
        Diagnostic::error(CHECK_LOOSENED, place, loosened.message)
            .marked(marked)
            .help("take it out, or make it a change of its own, so that whoever accepts it sees it")
    });
}

fn levels(old: &Plan, new: &Plan) -> Vec<Loosened> {
    let pages = pages().filter(|page| !page.is_fixed());
    let lower = pages.filter_map(|page| {
        let (was, is) = (stated(old, page), stated(new, page));
        // Nobody has to hear a coach.
        let is_coaching = page.family == Family::Coaching && was == Level::Advice;
        let (rule, was, is) = (
            page.rule.0,
            was.word(),
            (is < was && !is_coaching).then_some(is.word())?,
        );
        let is_given = new.check.levels.iter().any(|(of, _)| of == rule);
        let path = ["check", "levels", rule].map(str::to_owned);
        Some(Loosened {
            at: Address::Check,
            place: if is_given {
                Place::Path(path.to_vec())
            } else {
                Place::Key("levels")
            },
            message: format!("the level of `{rule}` is {is}, and was {was}"),
            before: format!("was {was}"),
        })
    });
    lower.collect()
}

fn thresholds(old: &Settings, new: &Settings) -> Vec<Loosened> {
    let of = |settings: &Settings| {
        let (at_risk, off_track) = settings.behind();
        [
            ("at-risk-behind", at_risk),
            ("off-track-behind", off_track),
            ("most-key-results", settings.most_key_results()),
        ]
    };
    let wider = of(old).into_iter().zip(of(new));
    let wider = wider.filter(|((_, was), (_, is))| is > was);
    let wider = wider.map(|((key, was), (_, is))| Loosened {
        at: Address::Check,
        place: Place::Key(key),
        message: format!("`{key}` is {is}, and was {was}"),
        before: format!("was {was}"),
    });
    wider.collect()
}

/// Looks for allowances for all of the plan, and for any of an error.
fn allowed(comparison: &Comparison<'_>) -> Vec<Loosened> {
    let (old, new) = (comparison.old, comparison.new);
    let before: HashSet<(&str, Address)> = allowances::given(old)
        .iter()
        .map(|given| (&*given.allowance.rule, given.at.clone()))
        .collect();
    let mut found = Vec::new();
    for given in allowances::given(new) {
        let Some(page) = page(&given.allowance.rule).filter(|page| page.can_be_allowed()) else {
            continue;
        };
        let level = stated(old, page);
        let is_coaching = page.family == Family::Coaching && level == Level::Advice;
        let counts = level == Level::Error
            || (given.at == Address::Check && level != Level::Off && !is_coaching);
        let mut around = std::iter::successors(Some(given.at.clone()), allowances::around);
        if counts && !around.any(|at| before.contains(&(page.rule.0, at))) {
            let rule = page.rule;
            let message = match given.at {
                Address::Check => format!("`{rule}` is allowed everywhere"),
                _ => format!("`{rule}` is an error, and is allowed here"),
            };
            found.push(Loosened {
                place: Place::Path(given.path()),
                at: given.at,
                message,
                before: "was not allowed".to_owned(),
            });
        }
    }
    found
}

/// Looks for check-ins that are due more rarely, where anybody asks for them.
fn cadences(comparison: &Comparison<'_>) -> Vec<Loosened> {
    let (old, new) = (comparison.old, comparison.new);
    if page("stale").is_some_and(|page| stated(old, page) == Level::Off) {
        return Vec::new();
    }
    let rarer = |at: Address, was: Option<Cadence>, is: Option<Cadence>| {
        let was = was.filter(|was| is.is_none_or(|is| is.days() > was.days()))?;
        let message = match is {
            Some(is) => format!("check-ins of {} are {is}, and were {was}", the(&at)),
            None => format!(
                "check-ins of {} were {was}, and are never due now",
                the(&at)
            ),
        };
        Some(Loosened {
            at,
            place: Place::Key("cadence"),
            message,
            before: format!("was {was}"),
        })
    };
    let own = comparison.key_results().into_iter().filter_map(|pair| {
        // What the plan's cadence makes of it is said of the plan.
        if pair.old.cadence == pair.new.cadence || comparison.closed_cycle_of(pair.old).is_some() {
            return None;
        }
        let (was, is) = (old.cadence_of(pair.old), new.cadence_of(pair.new));
        rarer(Address::KeyResult(pair.id.clone()), was, is)
    });
    rarer(Address::Plan, old.cadence, new.cadence)
        .into_iter()
        .chain(own)
        .collect()
}
