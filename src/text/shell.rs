use std::borrow::Cow;

/// Returns a word as a shell takes it for one: in single quotes where it holds more than plain
/// letters.
pub fn shell_word(word: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:@+,=%".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(format!("'{}'", word.replace('\'', r"'\''")))
}

#[cfg(test)]
mod tests {
    use super::shell_word;

    #[test]
    fn only_what_a_shell_would_part_is_quoted() {
        for (word, quoted) in [
            ("kr.3", "kr.3"),
            ("../städte", "../städte"),
            ("my plan.toml", "'my plan.toml'"),
            ("Ana's", r"'Ana'\''s'"),
            ("$(x)", "'$(x)'"),
            ("", "''"),
        ] {
            assert_eq!(shell_word(word), quoted);
        }
    }
}
