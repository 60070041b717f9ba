use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Returns how many columns of a terminal a text takes, wide and combining characters counted as
/// terminals draw them.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.width()
}

/// Returns a text with spaces after it up to a number of columns; longer ones come back as they are.
pub fn pad(text: &str, columns: usize) -> String {
    let missing = columns.saturating_sub(width(text));
    let mut padded = String::with_capacity(text.len() + missing);
    padded.push_str(text);
    padded.extend(std::iter::repeat_n(' ', missing));
    padded
}

/// Returns a text cut to a number of columns, with `mark` (as a rule `…`) where something was cut.
pub fn shorten<'a>(text: &'a str, columns: usize, mark: &str) -> Cow<'a, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let room = columns.saturating_sub(width(mark));
    let mut used = 0;
    let mut end = 0;
    for (at, character) in text.char_indices() {
        used += character.width().unwrap_or(0);
        if used > room {
            break;
        }
        end = at + character.len_utf8();
    }
    Cow::Owned(format!("{}{mark}", text[..end].trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_as_terminals_draw() {
        for (text, columns) in [("abc", 3), ("東京", 4), ("e\u{301}", 1), ("שלום", 4)] {
            assert_eq!(width(text), columns, "{text}");
            assert_eq!(width(&pad(text, 9)), 9, "{text}");
        }
    }

    #[test]
    fn a_cut_text_says_so_and_fits() {
        assert_eq!(shorten("short", 5, "…"), "short");
        assert_eq!(shorten("rather long", 7, "…"), "rather…");
        assert_eq!(shorten("東京都庁", 6, "…"), "東京…");
        assert_eq!(shorten("abcdef", 4, "..."), "a...");
    }
}
