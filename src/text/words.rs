use std::fmt::Display;

/// Returns a number with its noun, in the plural where it is not one: `3 key results`.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        return format!("1 {noun}");
    }
    let plural = match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if noun.ends_with("us") || noun.ends_with('x') => format!("{noun}es"),
        _ => format!("{noun}s"),
    };
    format!("{number} {plural}")
}

/// Returns a noun with its article: `a key result`, `an objective`.
pub fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {noun}")
}

/// Returns words as a list for reading: `a, b and c`.
pub fn join<T: Display>(words: impl IntoIterator<Item = T>) -> String {
    list(words, "and")
}

/// Returns words as a choice for reading: `a, b or c`.
pub fn alternatives<T: Display>(words: impl IntoIterator<Item = T>) -> String {
    list(words, "or")
}

fn list<T: Display>(words: impl IntoIterator<Item = T>, last: &str) -> String {
    let mut words: Vec<String> = words.into_iter().map(|word| word.to_string()).collect();
    let Some(tail) = words.pop() else {
        return String::new();
    };
    if words.is_empty() {
        return tail;
    }
    format!("{} {last} {tail}", words.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_follow_their_number() {
        for (number, noun, expected) in [
            (1, "day", "1 day"),
            (0, "day", "0 days"),
            (2, "key result", "2 key results"),
            (3, "reply", "3 replies"),
            (2, "status", "2 statuses"),
        ] {
            assert_eq!(count(number, noun), expected);
        }
    }

    #[test]
    fn lists_read_as_sentences() {
        assert_eq!(join(["a"]), "a");
        assert_eq!(join(["a", "b", "c"]), "a, b and c");
        assert_eq!(alternatives(["a", "b"]), "a or b");
    }
}
