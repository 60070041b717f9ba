//! The order of what two sides have in orders of their own.

use std::collections::{HashMap, HashSet};

use super::super::unsaid::longest_in_order;

/// Things in the order of each of the three texts.
pub(super) struct Orders<'a> {
    pub(super) base: &'a [u32],
    pub(super) ours: &'a [u32],
    pub(super) theirs: &'a [u32],
}

/// The order of a merge.
pub(super) struct Order {
    pub(super) all: Vec<u32>,
    /// What both sides moved, to different places: it stands where ours has it.
    pub(super) both_moved: Vec<u32>,
}

/// Brings orders together: ours; what only theirs has stands behind what it follows there, and so
/// does what only theirs moved.
///
/// `stays` tells what is to be in the result. Where ours has something new at the same place, theirs
/// comes after as much of it as `goes_before(ours, theirs, anchor)` says.
pub(super) fn order(
    orders: &Orders<'_>,
    stays: impl Fn(u32) -> bool,
    goes_before: impl Fn(u32, u32, Option<u32>) -> bool,
) -> Order {
    let at = |order: &[u32]| -> HashMap<u32, usize> { order.iter().copied().zip(0..).collect() };
    let (in_base, in_ours, in_theirs) = (at(orders.base), at(orders.ours), at(orders.theirs));
    let moved = |side: &[u32]| -> Vec<u32> {
        let places = side.iter().filter_map(|id| Some((*in_base.get(id)?, *id)));
        let places: Vec<(usize, u32)> = places.collect();
        if places.is_sorted() {
            return Vec::new();
        }
        let kept = longest_in_order(&places);
        let moved = places.iter().zip(kept).filter(|(_, kept)| !kept);
        moved.map(|((_, id), _)| *id).collect()
    };
    let (by_us, by_them) = (moved(orders.ours), moved(orders.theirs));
    let (both, follow): (Vec<u32>, Vec<u32>) =
        by_them.into_iter().partition(|id| by_us.contains(id));
    let both_moved = both.into_iter().filter(|id| {
        let before = |order: &[u32], at: &HashMap<u32, usize>| {
            let before = order[..at[id]].iter().rev();
            before.copied().find(|id| in_base.contains_key(id))
        };
        stays(*id) && before(orders.ours, &in_ours) != before(orders.theirs, &in_theirs)
    });
    let both_moved = both_moved.collect();
    // A chain: what follows each, the first under `None`.
    let mut next: HashMap<Option<u32>, u32> = HashMap::new();
    let mut placed: HashSet<u32> = HashSet::new();
    let mut last = None;
    let ours = orders.ours.iter().copied();
    for id in ours.filter(|id| stays(*id) && !follow.contains(id)) {
        next.insert(last, id);
        placed.insert(id);
        last = Some(id);
    }
    let is_new = |id: u32| !in_base.contains_key(&id) && !in_theirs.contains_key(&id);
    let mut before = None;
    for id in orders.theirs.iter().copied().filter(|id| stays(*id)) {
        if placed.insert(id) {
            let mut place = before;
            while let Some(other) = next.get(&place)
                && is_new(*other)
                && goes_before(*other, id, before)
            {
                place = Some(*other);
            }
            let after = next.insert(place, id);
            if let Some(after) = after {
                next.insert(Some(id), after);
            }
        }
        before = Some(id);
    }
    let mut all = Vec::with_capacity(placed.len());
    let mut at = None;
    while let Some(id) = next.get(&at) {
        all.push(*id);
        at = Some(*id);
    }
    Order { all, both_moved }
}
