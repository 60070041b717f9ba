use std::collections::HashMap;

use super::find::Outline;
use super::problems::{Effort, Problems};
use super::{Document, rules};
use crate::diagnostic::Diagnostic;
use crate::model::{Address, Id, KeyResult, Plan};
use crate::text::{Span, join};

/// How much of a ring is named; the rest is counted.
const RING: usize = 10;

/// A name for something that is not there.
struct Dangling {
    at: Address,
    key: &'static str,
    to: Address,
}

/// Things that need each other: the first of them, and how many there are.
struct Ring {
    first: Vec<Address>,
    length: usize,
}

/// Adds what is wrong between tables: names for what is not there, rings, key results without a
/// cycle.
pub(super) fn check(document: &mut Document) {
    let unread = [rules::TOML_SYNTAX, rules::CONFLICT_MARKERS];
    let mut rules_broken = document.problems.iter().map(|problem| problem.rule);
    let is_broken = rules_broken.any(|rule| unread.contains(&rule));
    let plan = &document.plan;

    // What a broken section might have held is not missed.
    let dangling = if is_broken {
        Vec::new()
    } else {
        dangling(plan)
    };
    let rings = rings(plan);
    let without_cycle = without_cycle(plan, is_broken);
    if dangling.is_empty() && rings.is_empty() && without_cycle.is_empty() {
        return;
    }
    let mut problems = Problems::new();
    let outline = Outline::new(document);
    // A long list of names is looked up once.
    let mut last = None;
    for reference in &dangling {
        problems.add(rules::UNKNOWN_REFERENCE, |effort| {
            let at = (&reference.at, reference.key);
            let known = last.filter(|(of, _)| *of == at);
            let (_, span) = known.unwrap_or_else(|| (at, place(&outline, at.0, Some(at.1))));
            last = Some((at, span));
            unknown_reference(plan, &reference.to, span, effort)
        });
    }
    for ring in &rings {
        problems.add(rules::DEPENDENCY_LOOP, |_| {
            let span = place(&outline, &ring.first[0], Some("needs"));
            dependency_loop(ring, span)
        });
    }
    for at in &without_cycle {
        problems.add(rules::NO_CYCLE, |_| match at {
            Some(id) => {
                let address = Address::KeyResult((*id).clone());
                no_cycle_named(plan, id, place(&outline, &address, None))
            }
            None => no_cycle(),
        });
    }
    document.problems.extend(problems.into_kept());
}

fn place(outline: &Outline<'_>, at: &Address, key: Option<&str>) -> Span {
    outline.place(at, key).unwrap_or_default()
}

fn unknown_reference(plan: &Plan, to: &Address, span: Span, effort: &mut Effort<'_>) -> Diagnostic {
    let id = to.id().map(Id::as_str).unwrap_or_default();
    let table = to.table();
    let ids: Vec<&str> = match to {
        Address::Milestone(of, _) => {
            let of = plan.key_results.get(of);
            let ids = of.into_iter().flat_map(|of| of.milestones.keys());
            ids.map(Id::as_str).collect()
        }
        _ => plan.ids(table).map(Id::as_str).collect(),
    };
    let message = format!("there is no {} `{id}`", table.noun());
    let problem = Diagnostic::error(rules::UNKNOWN_REFERENCE, span, message);
    match effort.nearest(id, ids.into_iter()) {
        Some(nearest) => problem.help(format!("did you mean `{nearest}`?")),
        None => problem.help(format!(
            "name one that is there, or add [{}]",
            to.path().join(".")
        )),
    }
}

fn dependency_loop(ring: &Ring, span: Span) -> Diagnostic {
    let more = ring.length - ring.first.len();
    let names = ring.first.iter().map(ToString::to_string);
    let message = match (ring.length, more) {
        (1, _) => format!("{} waits for itself", join(names)),
        (_, 0) => format!("{} wait for each other", join(names)),
        _ => format!(
            "{} wait for each other",
            join(names.chain([format!("{more} more")]))
        ),
    };
    Diagnostic::error(rules::DEPENDENCY_LOOP, span, message)
        .help("take one of them out of the other's list")
}

fn no_cycle() -> Diagnostic {
    Diagnostic::error(
        rules::NO_CYCLE,
        Span::at(0),
        "this plan has no cycle: nothing says when it ends",
    )
    .help("add a table [cycle.ID] with `name`, `start` and `end`")
}

fn no_cycle_named(plan: &Plan, id: &Id, span: Span) -> Diagnostic {
    let count = plan.cycles.len();
    Diagnostic::error(
        rules::NO_CYCLE,
        span,
        format!("key result `{id}` names no cycle, and the plan has {count}"),
    )
    .help("add a line `cycle = \"…\"`, or `cycle = \"later\"` for the backlog")
}

fn dangling(plan: &Plan) -> Vec<Dangling> {
    let mut found = Vec::new();
    for at in plan.addresses() {
        // Nearly every key result names what is there: told apart without making addresses.
        if let Address::KeyResult(id) = &at
            && plan
                .key_results
                .get(id)
                .is_some_and(|own| is_plain(plan, own))
        {
            continue;
        }
        for reference in plan.references_at(&at) {
            let empty = reference.to.id().is_none_or(|id| id.as_str().is_empty());
            if !empty && plan.table(&reference.to).is_none() {
                found.push(Dangling {
                    at: reference.at,
                    key: reference.key,
                    to: reference.to,
                });
            }
        }
    }
    found
}

/// Returns whether a key result names an objective, a cycle and persons that are there, and nothing
/// else.
fn is_plain(plan: &Plan, key_result: &KeyResult) -> bool {
    let is_person = |id: Option<&String>| {
        plan.persons.is_empty() || id.is_none_or(|id| plan.persons.contains_key(id.as_str()))
    };
    plan.objectives.contains_key(&key_result.objective)
        && key_result
            .cycle
            .as_ref()
            .is_none_or(|cycle| is_cycle(plan, cycle))
        && key_result.continues.is_none()
        && key_result.supports.is_empty()
        && key_result.needs.is_empty()
        && is_person(key_result.owner.as_ref())
        && is_person(key_result.reviewer.as_ref())
        && key_result
            .note
            .iter()
            .all(|note| is_person(note.by.as_ref()))
}

fn is_cycle(plan: &Plan, cycle: &Id) -> bool {
    cycle.as_str() == "later" || plan.cycles.contains_key(cycle)
}

/// Returns the key results that name no cycle where they have to, or `None` alone where the plan
/// itself has no cycle.
fn without_cycle(plan: &Plan, is_broken: bool) -> Vec<Option<&Id>> {
    match plan.cycles.len() {
        0 if is_broken => Vec::new(),
        0 => vec![None],
        1 => Vec::new(),
        _ => {
            let mut all = plan.key_results.iter();
            let named = all.by_ref().filter(|(_, of)| of.cycle.is_none());
            named.map(|(id, _)| Some(id)).collect()
        }
    }
}

/// How far the search for rings has come with a key result.
enum Visit {
    /// It is on the way that is being followed, so many steps from its beginning.
    Open(usize),
    /// Everything it waits for has been seen.
    Done,
}

/// Returns the key results that need each other in a ring, each ring once.
fn rings(plan: &Plan) -> Vec<Ring> {
    let needing = |id: &Id| plan.key_results.get(id).map(|of| of.needs.as_slice());
    let mut visits: HashMap<&Id, Visit> = HashMap::new();
    let mut rings = Vec::new();
    for (start, key_result) in &plan.key_results {
        if key_result.needs.is_empty() || visits.contains_key(start) {
            continue;
        }
        // Depth first, with a stack of our own: a chain may be as long as the plan.
        let mut path: Vec<(&Id, usize)> = vec![(start, 0)];
        visits.insert(start, Visit::Open(0));
        while let Some((id, next)) = path.last_mut() {
            let target = needing(id).and_then(|needs| needs.get(*next));
            *next += 1;
            let Some(target) = target else {
                let id = *id;
                path.pop();
                visits.insert(id, Visit::Done);
                continue;
            };
            let Address::KeyResult(target) = target else {
                continue;
            };
            match visits.get(target) {
                None => {
                    visits.insert(target, Visit::Open(path.len()));
                    path.push((target, 0));
                }
                Some(Visit::Open(from)) => {
                    let ring = &path[*from..];
                    let first = ring.iter().take(RING);
                    let first = first.map(|(id, _)| Address::KeyResult((*id).clone()));
                    rings.push(Ring {
                        first: first.collect(),
                        length: ring.len(),
                    });
                }
                Some(Visit::Done) => {}
            }
        }
    }
    rings
}
