use super::find::{Entry, Outline, path_of};
use super::rings::{Ring, dependency_loop, rings};
use super::{Document, rules};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::{Effort, Problems};
use crate::model::{Address, Id, KeyResult, Plan, TableName};
use crate::text::Span;

/// A name for something that is not there.
struct Dangling {
    at: Address,
    key: &'static str,
    /// The item of the list it is, from 0, where the key takes a list.
    item: Option<usize>,
    to: Address,
}

/// Adds what is wrong between tables: a plan that is not there, names for what is not there, rings,
/// key results without a cycle.
pub(super) fn check(document: &mut Document) {
    let unread = [rules::TOML_SYNTAX, rules::CONFLICT_MARKERS];
    let mut rules_broken = document.problems.iter().map(|problem| problem.rule);
    let is_broken = rules_broken.any(|rule| unread.contains(&rule));
    let plan = &document.plan;

    // What a broken section might have held is not missed.
    let is_unnamed = !is_broken && plan.name.is_empty();
    if is_unnamed && says_nothing(document.source.text()) {
        document.problems.push(nothing_there());
        return;
    }
    let dangling = if is_broken {
        Vec::new()
    } else {
        dangling(plan)
    };
    let rings: Vec<Ring> = ["needs", "supports", "continues"]
        .into_iter()
        .flat_map(|key| rings(plan, key))
        .collect();
    let without_cycle = without_cycle(plan, is_broken);
    if !is_unnamed && dangling.is_empty() && rings.is_empty() && without_cycle.is_empty() {
        return;
    }
    let mut problems = Problems::new();
    let outline = Outline::new(document);
    let root = path_of(&Address::Plan);
    if is_unnamed && outline.sections(&root).is_empty() && outline.entries(&root).is_empty() {
        problems.add(rules::MISSING_KEY, |_| no_plan());
    }
    let mut places = Places::new(&outline);
    for reference in &dangling {
        problems.add(rules::UNKNOWN_REFERENCE, |effort| {
            let span = places.find(&reference.at, reference.key, reference.item);
            unknown_reference(plan, &reference.to, span, effort)
        });
    }
    for ring in &rings {
        problems.add(rules::DEPENDENCY_LOOP, |_| {
            let spans = ring.first.iter();
            let spans = spans.map(|(at, item)| places.find(at, ring.key, Some(*item)));
            dependency_loop(ring, &spans.collect::<Vec<_>>())
        });
    }
    for at in &without_cycle {
        problems.add(rules::NO_CYCLE, |_| match at {
            Some(id) => {
                let address = Address::KeyResult((*id).clone());
                no_cycle_named(plan, id, outline.place(&address, None).unwrap_or_default())
            }
            None => no_cycle(),
        });
    }
    document.problems.extend(problems.into_kept());
}

/// Returns whether a file holds nothing but comments.
fn says_nothing(text: &str) -> bool {
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    lines.all(|line| line.is_empty() || line.starts_with('#'))
}

/// Where names stand, item by item; a long list of names is looked up once.
struct Places<'o, 'd> {
    outline: &'o Outline<'d>,
    path: Vec<String>,
    /// What stands at the path: the value, and its items where it is a list.
    entries: Vec<Entry>,
}

impl<'o, 'd> Places<'o, 'd> {
    fn new(outline: &'o Outline<'d>) -> Self {
        Self {
            outline,
            path: Vec::new(),
            entries: Vec::new(),
        }
    }

    /// Returns the place of one name behind a key, else the place of the table.
    fn find(&mut self, at: &Address, key: &str, item: Option<usize>) -> Span {
        let mut path = path_of(at);
        path.push(key.to_owned());
        if path != self.path {
            self.entries = self.outline.entries(&path);
            self.path = path;
        }
        let item = item.and_then(|item| self.entries.get(item + 1));
        match item.or(self.entries.first()) {
            Some(entry) => entry.value,
            None => self.outline.place(at, None).unwrap_or_default(),
        }
    }
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

/// A file holds nothing.
fn nothing_there() -> Diagnostic {
    Diagnostic::error(
        rules::MISSING_KEY,
        Span::at(0),
        "there is no plan in this file",
    )
    .help("delete the file, then `loti init` writes a plan to begin with")
}

/// A file holds something, but not the table of the plan itself.
fn no_plan() -> Diagnostic {
    let message = "this file has no table [plan], which says what the plan is called";
    Diagnostic::error(rules::MISSING_KEY, Span::at(0), message)
        .help("add a line `[plan]` and below it a line `name = \"…\"`")
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
    let tables = [
        TableName::Cycle,
        TableName::Theme,
        TableName::Objective,
        TableName::Person,
    ];
    let tables = tables.iter().flat_map(|table| {
        let ids = plan.ids(*table);
        ids.filter_map(|id| Address::of(*table, id.clone()))
    });
    // Nearly every key result names what is there: told apart without making addresses.
    let key_results = plan.key_results.iter();
    let key_results = key_results
        .filter(|(_, own)| !is_plain(plan, own))
        .map(|(id, _)| Address::KeyResult(id.clone()));
    for at in [Address::Plan].into_iter().chain(tables).chain(key_results) {
        for reference in plan.references_at(&at) {
            let empty = reference.to.id().is_none_or(|id| id.as_str().is_empty());
            if !empty && plan.table(&reference.to).is_none() {
                found.push(Dangling {
                    at: reference.at,
                    key: reference.key,
                    item: reference.item,
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
        _ if is_broken => Vec::new(),
        0 => vec![None],
        1 => Vec::new(),
        _ => {
            let mut all = plan.key_results.iter();
            let named = all.by_ref().filter(|(_, of)| of.cycle.is_none());
            named.map(|(id, _)| Some(id)).collect()
        }
    }
}
