use std::collections::HashMap;

use super::find::Outline;
use super::{Document, rules};
use crate::diagnostic::Diagnostic;
use crate::model::{Address, Id, KeyResult, Plan, TableName};
use crate::text::{Span, join, nearest};

/// How many problems of this kind are told with their places; past it a file is beyond mending by
/// hand, and finding each place would take its time.
const MOST: usize = 1000;

/// A name for something that is not there.
struct Dangling {
    at: Address,
    key: &'static str,
    to: Address,
}

/// Adds what is wrong between tables: names for what is not there, rings, key results without a
/// cycle.
pub(super) fn check(document: &mut Document) {
    let broken = document
        .problems
        .iter()
        .any(|problem| problem.rule == rules::TOML_SYNTAX);
    let plan = &document.plan;
    let mut problems = Vec::new();

    // What a broken section might have held is not missed.
    let dangling = if broken { Vec::new() } else { dangling(plan) };
    let rings = rings(plan);
    let without_cycle = without_cycle(plan);
    if dangling.is_empty() && rings.is_empty() && without_cycle.is_empty() {
        return;
    }
    let outline = Outline::new(document);
    for Dangling { at, key, to } in dangling.iter().take(MOST) {
        let span = outline.place(at, Some(key)).unwrap_or_default();
        let id = to.id().map(Id::as_str).unwrap_or_default();
        let noun = to.table().noun();
        let mut problem = Diagnostic::error(
            rules::UNKNOWN_REFERENCE,
            span,
            format!("there is no {noun} `{id}`"),
        );
        problem = match nearest(id, plan.ids(to.table()).map(Id::as_str)) {
            Some(nearest) => problem.help(format!("did you mean `{nearest}`?")),
            None => problem.help(format!(
                "name one that is there, or add {}",
                to.table().header().replace("ID", id)
            )),
        };
        problems.push(problem);
    }
    for ring in rings.iter().take(MOST) {
        let span = outline.place(&ring[0], Some("needs")).unwrap_or_default();
        problems.push(
            Diagnostic::error(
                rules::DEPENDENCY_LOOP,
                span,
                format!("{} wait for each other", join(ring)),
            )
            .help("take one of them out of the other's list"),
        );
    }
    for (at, message) in without_cycle.iter().take(MOST) {
        let span = match at {
            Some(id) => outline
                .place(&Address::KeyResult(id.clone()), None)
                .unwrap_or_default(),
            None => Span::at(0),
        };
        let help = match at {
            Some(_) => "add a line `cycle = \"…\"`, or `cycle = \"later\"` for the backlog",
            None => "add a table [cycle.ID] with `name`, `start` and `end`",
        };
        problems.push(Diagnostic::error(rules::NO_CYCLE, span, message.clone()).help(help));
    }
    document.problems.extend(problems);
}

fn dangling(plan: &Plan) -> Vec<Dangling> {
    let mut found = Vec::new();
    // By far the most references are a key result's objective: told apart without making addresses.
    let usual = |key_result: &KeyResult| {
        plan.objectives.contains_key(&key_result.objective)
            && key_result
                .cycle
                .as_ref()
                .is_none_or(|cycle| is_cycle(plan, cycle))
            && key_result.continues.is_none()
            && key_result.supports.is_empty()
            && key_result.needs.is_empty()
            && plan.persons.is_empty()
    };
    let all_usual = plan.key_results.values().all(usual);
    if all_usual && plan.persons.is_empty() {
        let objectives = plan.objectives.iter();
        let plain = objectives.into_iter().all(|(_, objective)| {
            plan.themes.contains_key(&objective.theme) && objective.supports.is_empty()
        });
        if plain
            && plan
                .cycle
                .as_ref()
                .is_none_or(|cycle| plan.cycles.contains_key(cycle))
        {
            return found;
        }
    }
    for reference in plan.references() {
        let empty = reference.to.id().is_none_or(|id| id.as_str().is_empty());
        if !empty && plan.table(&reference.to).is_none() {
            found.push(Dangling {
                at: reference.at,
                key: reference.key,
                to: reference.to,
            });
        }
    }
    found
}

fn is_cycle(plan: &Plan, cycle: &Id) -> bool {
    cycle.as_str() == "later" || plan.cycles.contains_key(cycle)
}

fn without_cycle(plan: &Plan) -> Vec<(Option<Id>, String)> {
    if plan.cycles.is_empty() {
        return vec![(
            None,
            "this plan has no cycle: nothing says when it ends".to_owned(),
        )];
    }
    if plan.cycles.len() == 1 {
        return Vec::new();
    }
    let lacking = plan
        .key_results
        .iter()
        .filter(|(_, key_result)| key_result.cycle.is_none());
    lacking
        .map(|(id, _)| {
            let message = format!(
                "key result `{id}` names no cycle, and the plan has {}",
                plan.cycles.len()
            );
            (Some(id.clone()), message)
        })
        .collect()
}

/// Returns the key results and objectives that need each other in a ring, each ring once.
fn rings(plan: &Plan) -> Vec<Vec<Address>> {
    let edges: HashMap<&Id, Vec<&Id>> = plan
        .key_results
        .iter()
        .filter(|(_, key_result)| !key_result.needs.is_empty())
        .map(|(id, key_result)| {
            let needs = key_result
                .needs
                .iter()
                .filter(|to| to.table() == TableName::KeyResult);
            (id, needs.filter_map(Address::id).collect())
        })
        .collect();
    let mut seen: HashMap<&Id, bool> = HashMap::new();
    let mut rings = Vec::new();
    for start in plan.key_results.keys().filter(|id| edges.contains_key(id)) {
        if seen.contains_key(start) {
            continue;
        }
        // Depth first, with a stack of our own: a chain may be as long as the plan.
        let mut path: Vec<(&Id, usize)> = vec![(start, 0)];
        seen.insert(start, true);
        while let Some((id, next)) = path.last_mut() {
            let target = edges.get(*id).and_then(|needs| needs.get(*next)).copied();
            *next += 1;
            match target {
                None => {
                    let (id, _) = (*id, path.pop());
                    seen.insert(id, false);
                }
                Some(target) => match seen.get(target) {
                    None => {
                        seen.insert(target, true);
                        path.push((target, 0));
                    }
                    Some(true) => {
                        let from = path.iter().position(|(id, _)| *id == target).unwrap_or(0);
                        let ring = path[from..]
                            .iter()
                            .map(|(id, _)| Address::KeyResult((*id).clone()));
                        rings.push(ring.collect());
                    }
                    Some(false) => {}
                },
            }
        }
    }
    rings
}
