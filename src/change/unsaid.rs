use std::collections::{BTreeMap, HashMap};

use super::Change;
use super::apply::{self, Moves};
use super::trees::Window;
use super::unknown::unknown;
use crate::document::{Document, Mark, marks};
use crate::model::{Address, Id, Plan};

/// What makes one text of another and is no change of the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unsaid {
    /// Comments that come.
    pub comments_added: usize,
    /// Comments that go; one that is changed goes and comes.
    pub comments_removed: usize,
    /// What stands elsewhere among its like, and so on the screen.
    pub moved: Vec<Address>,
    /// Keys that the format does not know, with another value: their paths in the file.
    pub unknown: Vec<String>,
    /// Whether the same is written in another way: told only where the plans say the same.
    pub layout: bool,
}

impl Unsaid {
    /// Returns whether there is nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Finds what two texts differ in beside the changes that make the plan of the one that of the other.
pub fn unsaid(before: &Document, after: &Document, changes: &[Change]) -> Unsaid {
    if before.source.text() == after.source.text() {
        return Unsaid::default();
    }
    let window = Window::of(before, after);
    let [old, new] = window.texts(before, after).map(Iterator::collect::<Vec<_>>);
    let (comments_added, comments_removed) = comments(&old, &new);
    let moved = moved(&before.plan, &after.plan, changes);
    let unknown = unknown(before, after, window, changes);
    let is_told = comments_added + comments_removed + moved.len() > 0;
    let layout = changes.is_empty() && unknown.is_empty() && (!is_told || said(&old) != said(&new));
    Unsaid {
        comments_added,
        comments_removed,
        moved,
        unknown,
        layout,
    }
}

/// Returns how many comments come and how many go.
fn comments(old: &[&str], new: &[&str]) -> (usize, usize) {
    let mut counts: HashMap<&str, i64> = HashMap::new();
    for (texts, by) in [(old, -1), (new, 1)] {
        for mark in texts.iter().flat_map(|text| marks(text)) {
            if let Mark::Comment(comment) = mark {
                *counts.entry(comment).or_default() += by;
            }
        }
    }
    let sum = |counts: &mut dyn Iterator<Item = i64>| {
        let sum: u64 = counts.map(i64::unsigned_abs).sum();
        usize::try_from(sum).unwrap_or(usize::MAX)
    };
    (
        sum(&mut counts.values().copied().filter(|count| *count > 0)),
        sum(&mut counts.values().copied().filter(|count| *count < 0)),
    )
}

/// Returns what each section says, comments and blanks aside, whatever the order of the sections.
fn said<'t>(texts: &[&'t str]) -> Vec<Vec<Mark<'t>>> {
    let is_said = |mark: &Mark<'_>| matches!(mark, Mark::Said(_));
    let sections = texts.iter();
    let mut said: Vec<Vec<_>> = sections
        .map(|text| marks(text).filter(is_said).collect())
        .collect();
    said.sort();
    said
}

/// Returns what is in both plans and stands elsewhere among its like: the fewest that have to be taken
/// out so that the others are in their old order.
fn moved(before: &Plan, after: &Plan, changes: &[Change]) -> Vec<Address> {
    let renames = changes.iter().filter_map(|change| match change {
        Change::Rename { from, to, .. } => Some((from.clone(), from.with_id(to.clone()))),
        _ => None,
    });
    let renames: Moves = renames.collect();
    let now = |at: Address| apply::moved(&at, &renames).unwrap_or(at);
    let old: HashMap<Address, usize> = before.addresses().map(now).zip(0..).collect();
    // What is told apart by its kind, and milestones by their key result.
    let mut alike: BTreeMap<Address, Vec<(usize, Address)>> = BTreeMap::new();
    for at in after.addresses() {
        if let Some(place) = old.get(&at) {
            let kind = like(&at);
            alike.entry(kind).or_default().push((*place, at));
        }
    }
    let moved = alike.into_values().flat_map(out_of_order);
    moved.collect()
}

/// Returns what stands for all that an address is in order with.
fn like(at: &Address) -> Address {
    match at {
        Address::Milestone(of, _) => Address::Milestone(of.clone(), Id::default()),
        _ => at.with_id(Id::default()),
    }
}

/// Returns what is not part of the longest run that is in order.
fn out_of_order(all: Vec<(usize, Address)>) -> Vec<Address> {
    let kept = longest_in_order(&all);
    let all = all.into_iter().zip(kept);
    all.filter(|(_, kept)| !kept)
        .map(|((_, at), _)| at)
        .collect()
}

/// Returns which of things with their places are part of the longest run that is in order.
pub(super) fn longest_in_order<T>(all: &[(usize, T)]) -> Vec<bool> {
    // For each length, where the run of that length ends that ends lowest.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(all.len());
    for (at, (place, _)) in all.iter().enumerate() {
        let length = ends.partition_point(|end| all[*end].0 < *place);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut kept = vec![false; all.len()];
    let mut next = ends.last().copied();
    while let Some(at) = next {
        kept[at] = true;
        next = before[at];
    }
    kept
}
