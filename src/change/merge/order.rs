//! The order of what two sides have in orders of their own.

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
    let most = [orders.base, orders.ours, orders.theirs]
        .into_iter()
        .flatten();
    let most = most.max().map_or(0, |most| *most as usize + 1);
    let at = |order: &[u32]| {
        let mut at: Vec<Option<usize>> = vec![None; most];
        for (place, id) in order.iter().enumerate() {
            at[*id as usize] = Some(place);
        }
        at
    };
    let (in_base, in_ours, in_theirs) = (at(orders.base), at(orders.ours), at(orders.theirs));
    let moved = |side: &[u32]| -> Vec<u32> {
        let places = side.iter();
        let places = places.filter_map(|id| Some((in_base[*id as usize]?, *id)));
        let places: Vec<(usize, u32)> = places.collect();
        if places.is_sorted() {
            return Vec::new();
        }
        let kept = longest_in_order(&places);
        let moved = places.iter().zip(kept).filter(|(_, kept)| !kept);
        moved.map(|((_, id), _)| *id).collect()
    };
    let (by_us, by_them) = (moved(orders.ours), moved(orders.theirs));
    let marked = |ids: &[u32]| {
        let mut marked = vec![false; most];
        for id in ids {
            marked[*id as usize] = true;
        }
        marked
    };
    let is_by_us = marked(&by_us);
    let (both, follow): (Vec<u32>, Vec<u32>) =
        by_them.into_iter().partition(|id| is_by_us[*id as usize]);
    let follows = marked(&follow);
    let both_moved = both.into_iter().filter(|id| {
        let before = |order: &[u32], at: &[Option<usize>]| {
            let mut before = order[..at[*id as usize]?].iter().rev();
            before.find(|id| in_base[**id as usize].is_some()).copied()
        };
        stays(*id) && before(orders.ours, &in_ours) != before(orders.theirs, &in_theirs)
    });
    let both_moved = both_moved.collect();
    // A chain: behind each, and before all, what follows.
    let mut chain = Chain {
        next: vec![None; most],
        first: None,
    };
    let mut is_placed = vec![false; most];
    let mut last = None;
    let ours = orders.ours.iter().copied();
    for id in ours.filter(|id| stays(*id) && !follows[*id as usize]) {
        *chain.after(last) = Some(id);
        is_placed[id as usize] = true;
        last = Some(id);
    }
    let is_new = |id: u32| in_base[id as usize].is_none() && in_theirs[id as usize].is_none();
    let mut before = None;
    for id in orders.theirs.iter().copied().filter(|id| stays(*id)) {
        if !is_placed[id as usize] {
            is_placed[id as usize] = true;
            let mut place = before;
            while let Some(other) = *chain.after(place)
                && is_new(other)
                && goes_before(other, id, before)
            {
                place = Some(other);
            }
            let after = chain.after(place).replace(id);
            *chain.after(Some(id)) = after;
        }
        before = Some(id);
    }
    let mut all = Vec::with_capacity(most);
    let mut at = None;
    while let Some(id) = *chain.after(at) {
        all.push(id);
        at = Some(id);
    }
    Order { all, both_moved }
}

/// What follows what.
struct Chain {
    next: Vec<Option<u32>>,
    first: Option<u32>,
}

impl Chain {
    /// Returns what follows something, or what is the first of all.
    fn after(&mut self, id: Option<u32>) -> &mut Option<u32> {
        match id {
            Some(id) => &mut self.next[id as usize],
            None => &mut self.first,
        }
    }
}
