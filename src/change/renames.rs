//! Which tables of one plan stand in another under a new id.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;

use super::Change;
use super::apply::rename_all;
use crate::document::is_reserved;
use crate::model::{Address, Id, Plan, Table, TableName, Type, Value};

/// Returns what goes by another id in the second plan, if anything does.
///
/// That is what is gone and stands there unchanged under a new id, with everything that names it
/// following, else what has the same title and the same parent there; where several could be meant,
/// none is.
pub fn renames(a: &Plan, b: &Plan) -> Vec<Change> {
    const WITH_IDS: [TableName; 5] = [
        TableName::Cycle,
        TableName::Theme,
        TableName::Objective,
        TableName::Person,
        TableName::KeyResult,
    ];

    let mut search = Search {
        a,
        b,
        moved: HashMap::new(),
        renames: Vec::new(),
    };
    for table in WITH_IDS {
        let only = |of: &Plan, other: &Plan| -> Vec<Address> {
            let addresses = of.ids(table).filter_map(|id| {
                let at = Address::of(table, id.clone())?;
                other.table(&at).is_none().then_some(at)
            });
            addresses.collect()
        };
        let gone = only(a, b);
        if !gone.is_empty() {
            search.pair(gone, only(b, a));
        }
    }
    search.milestones();
    let renames = search.renames.into_iter();
    let renames = renames.map(|(from, to)| Change::Rename {
        from,
        to,
        line: None,
    });
    renames.collect()
}

/// Returns a plan in which what a diff renames goes by its new id: what the rest of the diff speaks of.
pub fn after_renames<'a>(plan: &'a Plan, changes: &[Change]) -> Cow<'a, Plan> {
    let renames = changes.iter().filter_map(|change| match change {
        Change::Rename { from, to, .. } => Some((from.clone(), to.clone())),
        _ => None,
    });
    let renames: Vec<_> = renames.collect();
    if renames.is_empty() {
        return Cow::Borrowed(plan);
    }
    let mut plan = plan.clone();
    rename_all(&mut plan, &renames);
    Cow::Owned(plan)
}

struct Search<'a> {
    a: &'a Plan,
    b: &'a Plan,
    /// Where what was found is in the second plan.
    moved: HashMap<Address, Address>,
    renames: Vec<(Address, Id)>,
}

impl Search<'_> {
    /// Pairs what is gone with what is new, first by all that they say, then by title and parent.
    fn pair(&mut self, gone: Vec<Address>, new: Vec<Address>) {
        if new.is_empty() {
            return;
        }
        let mut groups: HashMap<String, [Vec<Address>; 2]> = HashMap::new();
        let mut order = Vec::new();
        for (side, at) in sides(gone, new) {
            let says = self.all_that(side, &at);
            let group = groups.entry(says.clone()).or_default();
            group[side].push(at);
            order.push(says);
        }
        let mut left = [Vec::new(), Vec::new()];
        for says in order {
            let Some([gone, new]) = groups.remove(&says) else {
                continue;
            };
            if !says.is_empty() && gone.len() == new.len() {
                // Whichever of several equal ones is which makes no difference.
                for (from, to) in gone.into_iter().zip(new) {
                    self.found(from, to);
                }
            } else {
                left[0].extend(gone);
                left[1].extend(new);
            }
        }
        self.pair_by_title(left);
    }

    fn pair_by_title(&mut self, [gone, new]: [Vec<Address>; 2]) {
        let mut groups: HashMap<(String, Option<Address>), [Vec<Address>; 2]> = HashMap::new();
        let mut order = Vec::new();
        for (side, at) in sides(gone, new) {
            let plan = [self.a, self.b][side];
            let Some(title) = plan.title(&at).filter(|title| !title.is_empty()) else {
                continue;
            };
            let parent = parent(plan, &at);
            let parent = parent.map(|parent| match side {
                0 => self.moved.get(&parent).cloned().unwrap_or(parent),
                _ => parent,
            });
            let same = (title.to_owned(), parent);
            groups.entry(same.clone()).or_default()[side].push(at);
            order.push(same);
        }
        for same in order {
            if let Some([gone, new]) = groups.remove(&same)
                && let (Ok([from]), Ok([to])) = (
                    <[Address; 1]>::try_from(gone),
                    <[Address; 1]>::try_from(new),
                )
            {
                self.found(from, to);
            }
        }
    }

    /// Looks for milestones under new ids, in key results that are in both plans.
    fn milestones(&mut self) {
        for (of, was) in &self.a.key_results {
            let before = Address::KeyResult(of.clone());
            let after = self.moved.get(&before).unwrap_or(&before);
            let Some((now, is)) = after
                .id()
                .and_then(|id| self.b.key_results.get_key_value(id))
            else {
                continue;
            };
            let gone = was.milestones.keys();
            let gone = gone.filter(|id| !is.milestones.contains_key(*id));
            let gone: Vec<_> = gone
                .map(|id| Address::Milestone(of.clone(), id.clone()))
                .collect();
            if gone.is_empty() {
                continue;
            }
            let new = is.milestones.keys();
            let new = new.filter(|id| !was.milestones.contains_key(*id));
            let new = new.map(|id| Address::Milestone(now.clone(), id.clone()));
            let new = new.collect();
            self.pair(gone, new);
        }
    }

    fn found(&mut self, from: Address, to: Address) {
        let Some(id) = to.id().filter(|id| !is_reserved(id.as_str())) else {
            return;
        };
        // What stands below something that was renamed is found at its new place by then.
        let at = match (&from, &to) {
            (Address::Milestone(_, own), Address::Milestone(of, _)) => {
                Address::Milestone(of.clone(), own.clone())
            }
            _ => from.clone(),
        };
        self.renames.push((at, id.clone()));
        self.moved.insert(from, to);
    }

    /// Returns all that a table says, but for what it names that is only in its own plan: that may
    /// have been renamed too. Nothing is the same as what says nothing.
    fn all_that(&self, side: usize, at: &Address) -> String {
        let (plan, other) = match side {
            0 => (self.a, self.b),
            _ => (self.b, self.a),
        };
        let may_follow = |to: &Address| plan.table(to).is_some() && other.table(to).is_none();
        let mut says = String::new();
        if let Some(table) = plan.table(at) {
            write_keys(&mut says, table, &may_follow);
        }
        if let Address::KeyResult(id) = at
            && let Some(key_result) = plan.key_results.get(id)
        {
            let mut milestones: Vec<_> = key_result.milestones.iter().collect();
            milestones.sort_by_key(|(id, _)| *id);
            for (id, milestone) in milestones {
                let _ = write!(says, "[{id}]");
                write_keys(&mut says, milestone, &may_follow);
            }
        }
        says
    }
}

/// Returns the addresses of both sides, each with the number of its side.
fn sides(gone: Vec<Address>, new: Vec<Address>) -> impl Iterator<Item = (usize, Address)> {
    let gone = gone.into_iter().map(|at| (0, at));
    gone.chain(new.into_iter().map(|at| (1, at)))
}

fn parent(plan: &Plan, at: &Address) -> Option<Address> {
    Some(match at {
        Address::KeyResult(id) => Address::Objective(plan.key_results.get(id)?.objective.clone()),
        Address::Objective(id) => Address::Theme(plan.objectives.get(id)?.theme.clone()),
        Address::Milestone(of, _) => Address::KeyResult(of.clone()),
        _ => return None,
    })
}

fn write_keys(says: &mut String, table: &dyn Table, may_follow: &dyn Fn(&Address) -> bool) {
    for (key, value) in table.values() {
        let _ = write!(says, "{}=", key.name);
        write_value(says, key.takes, key.refers, &value, may_follow);
        says.push(';');
    }
}

fn write_value(
    says: &mut String,
    takes: Type,
    refers: Option<TableName>,
    value: &Value,
    may_follow: &dyn Fn(&Address) -> bool,
) {
    let named = |text: &str| match refers {
        Some(refers) => Id::new(text).and_then(|id| Address::of(refers, id)),
        None if takes == Type::Addresses => text.parse().ok(),
        None => None,
    };
    match value {
        Value::Text(text) if named(text).is_some_and(|to| may_follow(&to)) => says.push('?'),
        Value::Text(text) => _ = write!(says, "{text:?}"),
        Value::List(items) => {
            let mut written: Vec<String> = items
                .iter()
                .map(|item| {
                    let mut says = String::new();
                    write_value(&mut says, takes, refers, item, may_follow);
                    says
                })
                .collect();
            // Where a note stands among its fellows says nothing.
            if matches!(takes, Type::Rows(_)) {
                written.sort();
            }
            says.push_str(&written.join(","));
        }
        Value::Table(entries) => {
            let keys = match takes {
                Type::Rows(table) => table.keys(),
                _ => &[],
            };
            for (name, value) in entries {
                let key = keys.iter().find(|key| key.name == name);
                let _ = write!(says, "{name}:");
                let (takes, refers) = key.map_or((Type::Text, None), |key| (key.takes, key.refers));
                write_value(says, takes, refers, value, may_follow);
                says.push(',');
            }
        }
        other => _ = write!(says, "{other}"),
    }
}
