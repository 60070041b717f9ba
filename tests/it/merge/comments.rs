//! What became of each comment: those of the generated texts have words of their own, `~ours3~`.

use std::collections::BTreeMap;

use super::faults::Fault;

/// Returns what is wrong with the comments of a merged text, conflicts with all their sides included.
pub(super) fn dropped(
    [base, ours, theirs, merged]: [&str; 4],
    is_clean: bool,
) -> Vec<(Fault, String)> {
    let [b, o, t, merged] = [base, ours, theirs, merged].map(counted);
    let mut wrong = Vec::new();
    for (comment, count) in o.iter().chain(&t) {
        let was = b.contains_key(comment);
        let is_kept = o.contains_key(comment) && t.contains_key(comment);
        let found = merged.get(comment).copied().unwrap_or_default();
        if (!was || is_kept) && found == 0 {
            wrong.push((Fault::Comment, format!("dropped comment {comment}")));
        }
        let most = o.get(comment).max(t.get(comment)).unwrap_or(count);
        if is_clean && found > *most {
            wrong.push((Fault::Doubled, format!("comment {comment} {found} times")));
        }
    }
    wrong.sort();
    wrong.dedup();
    wrong
}

fn counted(text: &str) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for line in text.lines() {
        let is_token = |word: &&str| word.len() > 2 && word.starts_with('~') && word.ends_with('~');
        for word in line.split(' ').filter(is_token) {
            *counts.entry(word).or_default() += 1;
        }
    }
    counts
}
