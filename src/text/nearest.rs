/// Returns the candidate that a misspelt word most likely meant, if one is near enough.
///
/// Near is a third of the word's letters at most, swaps of neighbours counted as one; case does not
/// count. The first of several equally near ones is taken.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let limit = limit(&word);
    candidates
        .into_iter()
        .map(|candidate| (distance(&word, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Returns the candidate that a misspelt word can only have meant, if there is one.
///
/// That asks for more than the nearest: two slips at the most, none in the first letter, for
/// `undone` is not `done`; and no other candidate that is near as well. Where case, spaces, `-` and
/// `_` are all that differs, there is nothing to ask.
pub fn only_near<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let limit = limit(&word);
    let near = candidates.into_iter().filter_map(|candidate| {
        let distance = distance(&word, candidate);
        (distance <= limit).then_some((distance, candidate))
    });
    let mut near: Vec<(usize, &str)> = near.collect();
    if near.iter().any(|(distance, _)| *distance == 0) {
        near.retain(|(distance, _)| *distance == 0);
    }
    let [(distance, only)] = near[..] else {
        return None;
    };
    let first = |text: &str| text.chars().next().map(|c| c.to_ascii_lowercase());
    (distance == 0 || (distance <= 2 && first(&word) == first(only))).then_some(only)
}

/// The slips past which no candidate is near.
const FAR: usize = 3;

fn limit(word: &str) -> usize {
    (word.chars().count().max(3) / 3).min(FAR)
}

fn distance(word: &str, candidate: &str) -> usize {
    // `ontrack`, `on_track` and `on track` are one slip from `on-track`, not a matter of distance.
    let bare = |text: &str| text.replace(['-', '_', ' '], "").to_lowercase();
    if bare(word) == bare(candidate) {
        return 0;
    }
    // Comparing takes time by the product of the lengths: a text is no misspelt word.
    let length = |text: &str| text.chars().count();
    if length(word).abs_diff(length(candidate)) > FAR {
        return usize::MAX;
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

    #[test]
    fn only_what_can_mean_nothing_else_is_taken_for_a_word() {
        let words = ["on-track", "off-track", "done", "weekly", "committed"];
        for (word, expected) in [
            ("On track", Some("on-track")),
            (" ontrack", Some("on-track")),
            ("on-trakc", Some("on-track")),
            ("doen", Some("done")),
            // As near to one as to the other.
            ("o-track", None),
            // The first letters say the opposite.
            ("undone", None),
            ("bi-weekly", None),
            // Another word altogether.
            ("completed", None),
            ("", None),
        ] {
            assert_eq!(only_near(word, words), expected, "{word}");
        }
        let keys = ["at-least", "at-most", "ask"];
        assert_eq!(only_near("at-lest", keys), None, "at-most is near too");
        assert_eq!(only_near("at_Least", keys), Some("at-least"));
        assert_eq!(only_near("task", keys), None);
    }
}
