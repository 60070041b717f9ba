use super::printable;

/// What is written between two characters that a site would read together as a name of something:
/// a space without width, which Markdown shows as nothing.
const APART: &str = "&#8203;";

/// Returns a text as Markdown that reads as just this text, on one line: it can form no mention, no
/// link, no image, no heading or list, no cell of a table and no HTML, on GitHub or GitLab.
///
/// What stands between two backquotes becomes code, where it can. A backslash alone does not keep
/// a site from reading `@name`, `#12` or a bare address, so these are pulled apart as well.
pub fn markdown(text: &str) -> String {
    let shown = printable(text).replace('\n', " ");
    let mut written = String::with_capacity(shown.len());
    let mut rest = shown.trim();
    while let Some((before, after)) = rest.split_once('`')
        && let Some((quoted, more)) = after.split_once('`')
    {
        prose(&mut written, before);
        // A bar would end a cell of a table, and spaces at the ends would be lost.
        if quoted.is_empty() || quoted.contains('|') || quoted.trim() != quoted {
            written.push_str("\\`");
            prose(&mut written, quoted);
            written.push_str("\\`");
        } else {
            written.push('`');
            written.push_str(quoted);
            written.push('`');
        }
        rest = more;
    }
    prose(&mut written, rest);
    written
}

fn prose(written: &mut String, text: &str) {
    let mut before = None;
    let mut hexadecimal = 0;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied();
        let opens = written.bytes().all(|byte| byte.is_ascii_digit());
        // ==marked== and ++put in++.
        let doubles = matches!(character, '=' | '+') && next == Some(character);
        if acts(character) || doubles || (opens && character.is_ascii_punctuation()) {
            written.push('\\');
        }
        written.push(character);
        hexadecimal = if character.is_ascii_hexdigit() {
            hexadecimal + 1
        } else {
            0
        };
        // Seven such letters are the name of a commit.
        let is_commit = hexadecimal == 6 && next.is_some_and(|next| next.is_ascii_hexdigit());
        if is_commit || next.is_some_and(|next| refers(before, character, next)) {
            written.push_str(APART);
            hexadecimal = 0;
        }
        before = Some(character);
    }
}

/// Returns whether a character means something to Markdown wherever it stands.
fn acts(character: char) -> bool {
    "\\`*_{}[]<>#!|~$&@^".contains(character)
}

/// Returns whether a character and the next one may be part of a mention, a reference, an emoji or an
/// address.
fn refers(before: Option<char>, character: char, next: char) -> bool {
    let is_name = next.is_alphanumeric() || "\"'_/".contains(next);
    match character {
        '@' | '#' | '!' | '$' | '%' | '&' | '~' | '^' | '*' | ':' => is_name,
        // www.example.org
        'w' | 'W' => matches!(before, Some('w' | 'W')) && next == '.',
        // GH-12
        '-' => before.is_some_and(char::is_alphabetic) && next.is_ascii_digit(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        for (text, written) in [
            ("Lend 400 books a month", "Lend 400 books a month"),
            ("due 2024-03-01, 50% there", "due 2024-03-01, 50% there"),
            ("`on track` is no status", "`on track` is no status"),
            ("naïve 東京 שלום", "naïve 東京 שלום"),
            ("two\nlines", "two lines"),
            ("", ""),
            // Mentions and references.
            ("@everyone", "\\@&#8203;everyone"),
            ("a@example.org", "a\\@&#8203;example.org"),
            (
                "#12 !3 %v1 &4 $5",
                "\\#&#8203;12 \\!&#8203;3 %&#8203;v1 \\&&#8203;4 \\$&#8203;5",
            ),
            ("~bug", "\\~&#8203;bug"),
            ("GH-12", "GH-&#8203;12"),
            ("see 0123456789abcdef", "see 012345&#8203;6789ab&#8203;cdef"),
            (":octocat:", "\\:&#8203;octocat:"),
            // Links, images, HTML.
            ("[x](javascript:1)", "\\[x\\](javascript:&#8203;1)"),
            ("![x](y)", "\\!\\[x\\](y)"),
            ("https://example.org", "https:&#8203;//example.org"),
            ("www.example.org", "www&#8203;.example.org"),
            ("<script>", "\\<script\\>"),
            ("&lt;", "\\&&#8203;lt;"),
            // Tables, headings, lists, code.
            ("a | b", "a \\| b"),
            ("`a | b`", "\\`a \\| b\\`"),
            ("- item", "\\- item"),
            ("12. item", "12\\. item"),
            ("    code", "code"),
            ("# title", "\\# title"),
            ("``` x", "\\`\\`\\` x"),
            ("a ` b", "a \\` b"),
            ("\\`x`", "\\\\`x`"),
            // What hides.
            ("a\u{202e}b", "a\\\\u\\{202e\\}b"),
        ] {
            assert_eq!(markdown(text), written, "{text:?}");
        }
    }
}
