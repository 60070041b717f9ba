use std::borrow::Cow;
use std::fmt::Write as _;

/// Returns a text that is safe to send to a terminal: control characters and those that change the
/// reading direction or hide are written out, as `\u{202e}`.
///
/// A line break stays one; what follows it is the caller's to indent.
pub fn printable(text: &str) -> Cow<'_, str> {
    // Nearly every text is plain: one pass over bytes settles it.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) || !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_hidden(character) {
            let _ = write!(shown, "\\u{{{:x}}}", character as u32);
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// Returns whether a character would act on a terminal, or deceive a reader, instead of being seen.
#[expect(clippy::match_same_arms, reason = "each arm says what it is about")]
pub fn is_hidden(character: char) -> bool {
    match character {
        '\n' => false,
        // Directional marks, embeddings, overrides and isolates.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            true
        }
        // Line and paragraph separators, zero-width space, word joiner and its invisible kin,
        // interlinear marks, byte order mark, soft hyphen.
        '\u{2028}'
        | '\u{2029}'
        | '\u{200b}'
        | '\u{2060}'..='\u{2064}'
        | '\u{206a}'..='\u{206f}' => true,
        '\u{fff9}'..='\u{fffb}' | '\u{feff}' | '\u{ad}' => true,
        // Tag characters, which can spell out an unseen text.
        '\u{e0000}'..='\u{e007f}' => true,
        _ => character.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_on_a_terminal_is_written_out() {
        for (text, shown) in [
            ("plain", "plain"),
            ("naïve 東京 שלום", "naïve 東京 שלום"),
            ("two\nlines", "two\nlines"),
            ("\x1b[31mred", "\\u{1b}[31mred"),
            ("tab\tbell\x07", "tab\\u{9}bell\\u{7}"),
            ("a\u{202e}b", "a\\u{202e}b"),
            ("a\u{2067}b\u{2069}", "a\\u{2067}b\\u{2069}"),
            ("\u{9b}31m", "\\u{9b}31m"),
            ("zero\u{200b}width\u{e0041}", "zero\\u{200b}width\\u{e0041}"),
            ("carriage\rreturn", "carriage\\u{d}return"),
        ] {
            assert_eq!(printable(text), shown);
        }
    }

    #[test]
    fn joiners_that_scripts_and_emoji_need_stay() {
        assert_eq!(
            printable("👩\u{200d}💻 می\u{200c}خواهم"),
            "👩\u{200d}💻 می\u{200c}خواهم"
        );
    }
}
