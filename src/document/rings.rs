use std::collections::HashMap;

use super::rules;
use crate::diagnostic::Diagnostic;
use crate::model::{Address, Id, Plan, TableName};
use crate::text::{Span, join};

/// How much of a ring is named; the rest is counted.
const RING: usize = 10;

/// Things that name each other in a ring, behind one key.
pub(super) struct Ring {
    /// The key they name each other behind.
    pub(super) key: &'static str,
    /// The first of them, each with the item of its list that names the next.
    pub(super) first: Vec<(Address, usize)>,
    length: usize,
}

/// Returns the objectives and key results that name each other behind a key, each ring once.
pub(super) fn rings(plan: &Plan, key: &'static str) -> Vec<Ring> {
    // Few name anything: only from those a ring can be entered.
    let objectives = plan.objectives.iter();
    let objectives = objectives.filter(|(_, own)| key == "supports" && !own.supports.is_empty());
    let key_results = plan.key_results.iter().filter(|(_, own)| match key {
        "supports" => !own.supports.is_empty(),
        "needs" => !own.needs.is_empty(),
        _ => own.continues.is_some(),
    });
    let objectives = objectives.map(|(id, _)| (TableName::Objective, id));
    let key_results = key_results.map(|(id, _)| (TableName::KeyResult, id));
    let mut visits: HashMap<Node, Visit> = HashMap::new();
    let mut rings = Vec::new();
    for start in objectives.chain(key_results) {
        if visits.contains_key(&start) {
            continue;
        }
        // Depth first, with a stack of our own: a chain may be as long as the plan.
        let mut path: Vec<(Node, usize)> = vec![(start, 0)];
        visits.insert(start, Visit::Open(0));
        while let Some((node, next)) = path.last_mut() {
            let Some((item, target)) = named(plan, key, *node, *next) else {
                let node = *node;
                path.pop();
                visits.insert(node, Visit::Done);
                continue;
            };
            *next = item + 1;
            match visits.get(&target) {
                None => {
                    visits.insert(target, Visit::Open(path.len()));
                    path.push((target, 0));
                }
                Some(Visit::Open(from)) => {
                    let ring = &path[*from..];
                    let first = ring.iter().take(RING);
                    let first = first.filter_map(|((table, id), next)| {
                        Some((Address::of(*table, (*id).clone())?, next - 1))
                    });
                    rings.push(Ring {
                        key,
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

/// What may be in a ring: an objective or a key result.
type Node<'a> = (TableName, &'a Id);

/// How far the search for rings has come with a node.
enum Visit {
    /// It is on the way that is being followed, so many steps from its beginning.
    Open(usize),
    /// Everything it names has been seen.
    Done,
}

/// Returns the first that a node names behind a key and that may be in a ring, from an item of the
/// list on, with its own item.
fn named<'a>(
    plan: &'a Plan,
    key: &str,
    (table, id): Node<'_>,
    from: usize,
) -> Option<(usize, Node<'a>)> {
    let addresses = match (table, key) {
        (TableName::Objective, "supports") => &plan.objectives.get(id)?.supports,
        (TableName::KeyResult, "supports") => &plan.key_results.get(id)?.supports,
        (TableName::KeyResult, "needs") => &plan.key_results.get(id)?.needs,
        (TableName::KeyResult, _) if from == 0 => {
            let id = plan.key_results.get(id)?.continues.as_ref()?;
            return Some((0, (TableName::KeyResult, id)));
        }
        _ => return None,
    };
    let items = addresses.iter().enumerate().skip(from);
    let mut nodes = items.filter_map(|(item, address)| match address {
        Address::KeyResult(id) => Some((item, (TableName::KeyResult, id))),
        Address::Objective(id) => Some((item, (TableName::Objective, id))),
        _ => None,
    });
    nodes.next()
}

/// Things name each other in a ring; `places` are those of the names, in its order.
pub(super) fn dependency_loop(ring: &Ring, places: &[Span]) -> Diagnostic {
    let more = ring.length - ring.first.len();
    let names = ring.first.iter().map(|(at, _)| at.to_string());
    let more = (more > 0).then(|| format!("{more} more"));
    let verb = match (ring.key, ring.length) {
        ("needs", 1) => "waits for itself",
        ("needs", _) => "wait for each other",
        ("supports", 1) => "supports itself",
        ("supports", _) => "support each other",
        (_, 1) => "continues itself",
        _ => "continue each other",
    };
    let message = format!("{} {verb}", join(names.chain(more)));
    let mut places = places.iter().copied();
    let first = places.next().unwrap_or_default();
    let mut problem = Diagnostic::error(rules::DEPENDENCY_LOOP, first, message);
    for place in places {
        problem = problem.label(place, "and here");
    }
    problem.help(match ring.key {
        "continues" => "take `continues` out of one of them: the older one continues none",
        _ if ring.length == 1 => "take it out of its own list",
        _ => "take one of them out of the other's list",
    })
}
