/// Returns the candidate that a misspelt word most likely meant, if one is near enough.
///
/// Near is a third of the word's letters at most, swaps of neighbours counted as one; case does not
/// count. The first of several equally near ones is taken.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let limit = (word.chars().count().max(3) / 3).min(3);
    candidates
        .into_iter()
        .map(|candidate| (distance(&word, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

fn distance(word: &str, candidate: &str) -> usize {
    // `ontrack`, `on_track` and `on track` are one slip from `on-track`, not a matter of distance.
    let bare = |text: &str| text.replace(['-', '_', ' '], "").to_lowercase();
    if bare(word) == bare(candidate) {
        return 0;
    }
    strsim::damerau_levenshtein(word, &candidate.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_spelling_wins_and_far_ones_are_silent() {
        let words = [
            "not-started",
            "on-track",
            "at-risk",
            "off-track",
            "done",
            "dropped",
        ];
        for (word, expected) in [
            ("on_track", Some("on-track")),
            ("On Track", Some("on-track")),
            ("ontrak", Some("on-track")),
            ("doen", Some("done")),
            ("droped", Some("dropped")),
            ("finished", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, words), expected, "{word}");
        }
    }
}
