use std::io;

use super::look::Look;

/// Writes running text, wrapped at words where there is a width.
pub fn wrapped(out: &mut dyn io::Write, indent: &str, text: &str, look: Look) -> io::Result<()> {
    for line in indented(indent, text, look) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// Returns running text as lines, wrapped at words where there is a width.
pub fn lines(text: &str, look: Look) -> Vec<String> {
    indented("", text, look)
}

fn indented(indent: &str, text: &str, look: Look) -> Vec<String> {
    let Some(columns) = look.width else {
        return vec![format!("{indent}{text}")];
    };
    // A day or an id is read as one word: `2021-09-15`, `on-track`.
    let options = textwrap::Options::new(columns.max(20))
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .initial_indent(indent)
        .subsequent_indent(indent);
    let text = bound(text);
    let wrapped = textwrap::wrap(&text, options).into_iter();
    wrapped.map(|line| unbound(&line)).collect()
}

/// Binds a percent sign to its figure, so that no line is broken between them.
pub(super) fn bound(text: &str) -> String {
    text.replace(" %", BOUND)
}

/// Takes such bonds off again.
pub(super) fn unbound(line: &str) -> String {
    line.replace(BOUND, " %")
}

/// A percent sign after a space at which no line is broken.
const BOUND: &str = "\u{a0}%";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_one_word_to_a_reader_stays_on_one_line() {
        let look = Look {
            width: Some(24),
            ..Look::PLAIN
        };
        let text = "due on 2021-09-08, now 2021-09-15, progress now at 31 % (+11)";
        assert_eq!(
            lines(text, look),
            [
                "due on 2021-09-08, now",
                "2021-09-15, progress now",
                "at 31 % (+11)",
            ]
        );
        assert_eq!(lines("a progress of over 31 %", look).len(), 1);
        let look = Look {
            width: Some(22),
            ..look
        };
        assert_eq!(
            lines("a progress of over 31 %", look),
            ["a progress of over", "31 %"]
        );
    }
}
