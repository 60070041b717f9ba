//! The proof that an edit did what was asked and nothing else, by reading both texts again.

use std::collections::HashMap;

use super::rename::mends;
use super::trees::{Window, same_elsewhere};
use super::{Change, Refusal, apply};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::document::Document;
use crate::model::{Address, Plan};

/// Refuses an edit that is not what was asked.
pub(super) fn prove(
    before: &Document,
    after: &Document,
    changes: &[Change],
) -> Result<(), Refusal> {
    // What cannot be done to the plan is said in the plan's words.
    let expected = if changes.iter().any(mends) {
        None
    } else {
        Some(applied(&before.plan, changes)?)
    };
    no_new_problem(before, after)?;
    match expected {
        Some(expected) if expected != after.plan => {
            return Err(unproved("the plan would not be the one that was asked for"));
        }
        Some(_) => {}
        None => clash(before, after, changes)?,
    }
    let window = Window::of(before, after);
    if same_elsewhere(before, after, window, changes) {
        Ok(())
    } else {
        Err(unproved("something else would change with it"))
    }
}

fn applied(plan: &Plan, changes: &[Change]) -> Result<Plan, Refusal> {
    let mut plan = plan.clone();
    for change in changes {
        apply(&mut plan, change)?;
    }
    Ok(plan)
}

fn unproved(why: &str) -> Refusal {
    Refusal::Unproved {
        why: why.to_owned(),
    }
}

fn no_new_problem(before: &Document, after: &Document) -> Result<(), Refusal> {
    let errors = |document: &Document| -> Vec<Diagnostic> {
        let errors = document.problems.iter();
        errors
            .filter(|problem| problem.severity == Severity::Error)
            .cloned()
            .collect()
    };
    let mut known: HashMap<Rule, usize> = HashMap::new();
    let old = errors(before);
    for problem in &old {
        *known.entry(problem.rule).or_default() += 1;
    }
    let mut found: HashMap<Rule, usize> = HashMap::new();
    let new = errors(after);
    for problem in &new {
        *found.entry(problem.rule).or_default() += 1;
    }
    let worse = new
        .iter()
        .filter(|problem| found.get(&problem.rule).copied() > known.get(&problem.rule).copied());
    let is_old = |problem: &&Diagnostic| !old.iter().any(|old| old.message == problem.message);
    let worse: Vec<&Diagnostic> = worse.collect();
    match worse
        .iter()
        .copied()
        .find(is_old)
        .or(worse.first().copied())
    {
        None => Ok(()),
        Some(problem) => Err(Refusal::Problem {
            message: problem.message.clone(),
            help: problem.help.clone(),
        }),
    }
}

/// Holds the plans against each other where tables of one id clashed: all but the tables that were
/// renamed is as it was, and all other changes are made.
fn clash(before: &Document, after: &Document, changes: &[Change]) -> Result<(), Refusal> {
    let (mut old, mut new) = (before.plan.clone(), after.plan.clone());
    for change in changes {
        if let Change::Rename {
            from,
            to,
            line: Some(_),
        } = change
        {
            if new.table(from).is_none() || new.table(&from.with_id(to.clone())).is_none() {
                return Err(unproved("one of the two tables would be lost"));
            }
            forget(&mut old, from);
            forget(&mut new, from);
            forget(&mut new, &from.with_id(to.clone()));
        } else {
            apply(&mut old, change)?;
        }
    }
    if old == new {
        Ok(())
    } else {
        Err(unproved("the plan would not be the one that was asked for"))
    }
}

fn forget(plan: &mut Plan, at: &Address) {
    // What is not there is forgotten already.
    let _ = apply(plan, &Change::Remove { at: at.clone() });
}
