//! Comments, which no merge drops.

use std::collections::HashMap;

use crate::document::{Mark, marks};

/// Returns the comments that a side has more often than the base, in its order.
pub(super) fn added<'t>(base: &str, side: &'t str) -> Vec<&'t str> {
    if !side.contains('#') || base == side {
        return Vec::new();
    }
    let mut known = counts(base);
    comments(side)
        .filter(|comment| !take(&mut known, comment))
        .collect()
}

/// Returns the comments that either side added and that a merged text does not have.
pub(super) fn missing<'t>([base, ours, theirs]: [&'t str; 3], merged: &str) -> Vec<&'t str> {
    let (by_us, by_them) = (added(base, ours), added(base, theirs));
    if by_us.is_empty() && by_them.is_empty() {
        return Vec::new();
    }
    let mut there = counts(merged);
    let mut missing = Vec::new();
    // What both added is there once for both.
    for added in [by_us, by_them] {
        let mut there_now = there.clone();
        for comment in added {
            if !take(&mut there_now, comment) {
                missing.push(comment);
                *there.entry(comment).or_default() += 1;
            }
        }
    }
    missing
}

/// How the comments of a merged text are those of the three.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kept {
    /// Each that a side added or that all three have is there, none more often than in the text that
    /// has it most.
    Right,
    /// Each is there, and some too often: by how many.
    Doubled(HashMap<String, usize>),
    /// Some are not there.
    Lost,
}

/// Holds the comments of a merged text against those of the three; where both sides' lines stand side
/// by side, they may be there twice.
pub(super) fn kept([base, ours, theirs]: [&str; 3], merged: &str, is_clean: bool) -> Kept {
    if ![base, ours, theirs].iter().any(|text| text.contains('#')) {
        return Kept::Right;
    }
    let there = counts(merged);
    let [was, our, their] = [counts(base), counts(ours), counts(theirs)];
    let count = |counts: &HashMap<&str, usize>, comment: &str| -> usize {
        counts.get(comment).copied().unwrap_or_default()
    };
    let mut excess = HashMap::new();
    let all = was.keys().chain(our.keys()).chain(their.keys());
    for comment in all.chain(there.keys()) {
        let [was, our, their, is] = [&was, &our, &their, &there].map(|of| count(of, comment));
        let is_needed = our > was || their > was || (was > 0 && our > 0 && their > 0);
        if is == 0 && is_needed {
            return Kept::Lost;
        }
        let most = was.max(our).max(their);
        if is_clean && is > most {
            excess.insert((*comment).to_owned(), is - most);
        }
    }
    if excess.is_empty() {
        Kept::Right
    } else {
        Kept::Doubled(excess)
    }
}

fn comments(text: &str) -> impl Iterator<Item = &str> {
    marks(text).filter_map(|mark| match mark {
        Mark::Comment(comment) => Some(comment),
        Mark::Said(_) => None,
    })
}

fn counts(text: &str) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    for comment in comments(text) {
        *counts.entry(comment).or_default() += 1;
    }
    counts
}

fn take(counts: &mut HashMap<&str, usize>, comment: &str) -> bool {
    match counts.get_mut(comment) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    }
}
