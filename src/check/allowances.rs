use std::collections::HashMap;

use super::catalogue::{Family, page};
use super::context::Context;
use super::levels::unknown_rule;
use super::reading::{UNKNOWN_RULE, UNNEEDED_ALLOWANCE};
use crate::diagnostic::{Diagnostic, Rule};
use crate::document::path_of;
use crate::model::{Address, Allowance, Plan};

/// The findings that a plan allows: for a table and what stands below it, or, in `[check]`, for all.
#[derive(Debug)]
pub(super) struct Allowances<'a> {
    all: Vec<Given<'a>>,
    /// Which of them are for a rule at a place.
    numbers: HashMap<(&'a str, Address), Vec<usize>>,
}

/// An allowance and where it stands.
#[derive(Debug)]
pub(super) struct Given<'a> {
    pub(super) at: Address,
    /// Which it is there, from 1.
    number: usize,
    pub(super) allowance: &'a Allowance,
    is_needed: bool,
}

impl<'a> Allowances<'a> {
    /// Gathers the allowances of a plan.
    pub(super) fn of(plan: &'a Plan) -> Self {
        let all = given(plan);
        let mut numbers: HashMap<_, Vec<usize>> = HashMap::new();
        for (number, given) in all.iter().enumerate() {
            let key = (given.allowance.rule.as_str(), given.at.clone());
            numbers.entry(key).or_default().push(number);
        }
        Self { all, numbers }
    }

    /// Returns whether a finding is allowed, and keeps in mind that the allowance was needed.
    pub(super) fn allow(&mut self, rule: Rule, at: &Address) -> bool {
        if self.all.is_empty() {
            return false;
        }
        let mut is_allowed = false;
        let mut place = Some(at.clone());
        while let Some(at) = place {
            for number in self
                .numbers
                .get(&(rule.0, at.clone()))
                .into_iter()
                .flatten()
            {
                self.all[*number].is_needed = true;
                is_allowed = true;
            }
            place = around(&at);
        }
        is_allowed
    }
}

/// Returns every allowance of a plan.
pub(super) fn given<'p>(plan: &'p Plan) -> Vec<Given<'p>> {
    let mut all = Vec::new();
    let mut gather = |at: Address, allow: &'p [Allowance]| {
        for (number, allowance) in allow.iter().enumerate() {
            all.push(Given {
                at: at.clone(),
                number: number + 1,
                allowance,
                is_needed: false,
            });
        }
    };
    gather(Address::Plan, &plan.allow);
    gather(Address::Check, &plan.check.allow);
    for (id, cycle) in plan.cycles.iter().filter(|(_, own)| !own.allow.is_empty()) {
        gather(Address::Cycle(id.clone()), &cycle.allow);
    }
    for (id, theme) in plan.themes.iter().filter(|(_, own)| !own.allow.is_empty()) {
        gather(Address::Theme(id.clone()), &theme.allow);
    }
    let objectives = plan.objectives.iter();
    for (id, objective) in objectives.filter(|(_, own)| !own.allow.is_empty()) {
        gather(Address::Objective(id.clone()), &objective.allow);
    }
    let persons = plan.persons.iter();
    for (id, person) in persons.filter(|(_, own)| !own.allow.is_empty()) {
        gather(Address::Person(id.clone()), &person.allow);
    }
    for (id, key_result) in &plan.key_results {
        if !key_result.allow.is_empty() {
            gather(Address::KeyResult(id.clone()), &key_result.allow);
        }
        for (step, milestone) in &key_result.milestones {
            if !milestone.allow.is_empty() {
                let at = Address::Milestone(id.clone(), step.clone());
                gather(at, &milestone.allow);
            }
        }
    }
    all
}

/// Returns the table whose allowances hold for what stands at an address too: a step's key result,
/// a note's owner, and for all the settings of the check.
pub(super) fn around(at: &Address) -> Option<Address> {
    match at {
        Address::Milestone(of, _) => Some(Address::KeyResult(of.clone())),
        Address::Note(of, _) => Some((**of).clone()),
        Address::Check => None,
        _ => Some(Address::Check),
    }
}

impl Given<'_> {
    /// Returns the path of the rule's name in the file.
    pub(super) fn path(&self) -> Vec<String> {
        let mut path = path_of(&self.at);
        let row = format!("#{}", self.number);
        path.extend(["allow".to_owned(), row, "rule".to_owned()]);
        path
    }
}

/// Looks for allowances of rules that are not there.
pub(super) fn unknown_rules(context: &mut Context<'_>) {
    let given = context.allowances.all.iter();
    let unknown: Vec<_> = given
        .filter(|given| page(&given.allowance.rule).is_none())
        .map(|given| (given.at.clone(), given.path(), given.allowance))
        .collect();
    for (at, path, allowance) in unknown {
        context.add(UNKNOWN_RULE, &at, |context| {
            unknown_rule(&allowance.rule, context.value_at(&path))
        });
    }
}

/// Looks for allowances that allow nothing.
pub(super) fn unneeded(context: &mut Context<'_>) {
    // What a part that could not be read holds may need them.
    if !context.is_all_read() {
        return;
    }
    let given = context.allowances.all.iter();
    let unneeded: Vec<_> = given
        .filter(|given| !given.is_needed)
        .filter_map(|given| Some((page(&given.allowance.rule)?, given)))
        .filter(|(page, _)| context.is_on(page.rule))
        // Those are for changes to come.
        .filter(|(page, _)| page.family != Family::Change)
        .map(|(page, given)| (page, given.at.clone(), given.path()))
        .collect();
    for (page, at, path) in unneeded {
        let rule = page.rule;
        let (message, help) = if page.can_be_allowed() {
            (
                format!("nothing here needs the allowance of `{rule}`"),
                "take it out: it would hide the next finding of this kind",
            )
        } else {
            (format!("`{rule}` cannot be allowed"), "mend what it finds")
        };
        context.add(UNNEEDED_ALLOWANCE, &at, |context| {
            Diagnostic::error(UNNEEDED_ALLOWANCE, context.value_at(&path), message).help(help)
        });
    }
}
