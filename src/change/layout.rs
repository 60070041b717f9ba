//! Lines and gaps: what stands around a place, so that what is new can stand there in the same way.

/// Returns where the line of a place begins, a byte order mark left out.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    // Whoever steps back by a byte from the first line may land within the mark.
    let at = text.floor_char_boundary(at);
    match text[..at].rfind('\n') {
        Some(newline) => newline + 1,
        None if text.starts_with('\u{feff}') => '\u{feff}'.len_utf8().min(at),
        None => 0,
    }
}

/// Returns where the first line begins: after the byte order mark, if there is one.
pub(super) fn top(text: &str) -> usize {
    text.len() - text.trim_start_matches('\u{feff}').len()
}

/// Returns where the line after the one of a place begins.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    text[at..]
        .find('\n')
        .map_or(text.len(), |newline| at + newline + 1)
}

/// Returns where the line of a place ends, its line ending left out.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    let next = next_line(text, at);
    at + text[at..next].trim_end_matches(['\n', '\r']).len()
}

/// Returns the line ending used around a place.
pub(super) fn newline(text: &str, at: usize) -> &str {
    let ending = |at: usize| {
        let line = &text[..next_line(text, at)];
        match () {
            () if line.ends_with("\r\n") => Some("\r\n"),
            () if line.ends_with('\n') => Some("\n"),
            () => None,
        }
    };
    let before = || ending(line_start(text, at).checked_sub(1)?);
    ending(at).or_else(before).unwrap_or("\n")
}

/// Returns the space that a line begins with.
pub(super) fn indent(text: &str, at: usize) -> &str {
    let start = line_start(text, at);
    let line = &text[start..];
    let len = line.len() - line.trim_start_matches([' ', '\t']).len();
    &line[..len]
}

/// Returns whether nothing but space stands before a place on its line.
pub(super) fn opens_line(text: &str, at: usize) -> bool {
    text[line_start(text, at)..at].trim().is_empty()
}

/// Returns whether the line of a place is empty.
pub(super) fn is_blank(text: &str, at: usize) -> bool {
    text[line_start(text, at)..line_end(text, at)]
        .trim()
        .is_empty()
}

/// Returns whether the line of a place is a comment, and no directive to a program.
pub(super) fn is_comment(text: &str, at: usize) -> bool {
    let line = text[line_start(text, at)..line_end(text, at)].trim_start();
    line.starts_with('#') && !line.starts_with("#:")
}

/// Returns the first comma between two places, comments left out.
pub(super) fn comma(text: &str, from: usize, to: usize) -> Option<usize> {
    let mut in_comment = false;
    let between = text[from..to].bytes().position(|byte| {
        match byte {
            b'#' => in_comment = true,
            b'\n' => in_comment = false,
            _ => {}
        }
        byte == b',' && !in_comment
    });
    between.map(|at| from + at)
}

/// How an entry stands around its `=`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gaps {
    before: String,
    after: String,
    /// The width of key and gap together, where the `=` of several lines stand below each other.
    column: Option<usize>,
}

impl Default for Gaps {
    fn default() -> Self {
        Self {
            before: " ".to_owned(),
            after: " ".to_owned(),
            column: None,
        }
    }
}

impl Gaps {
    /// Takes the gaps of an entry: its key, what stands before `=` and after it.
    pub(super) fn of(key: &str, before: &str, after: &str) -> Self {
        let wide = before.len() > 1 && !before.contains('\t');
        Self {
            before: before.to_owned(),
            after: after.to_owned(),
            column: wide.then(|| key.chars().count() + before.len()),
        }
    }

    /// Writes an entry.
    pub(super) fn entry(&self, key: &str, value: &str) -> String {
        let before = match self.column {
            Some(column) => " ".repeat(column.saturating_sub(key.chars().count()).max(1)),
            None => self.before.clone(),
        };
        format!("{key}{before}={}{value}", self.after)
    }
}

#[cfg(test)]
mod tests {
    use super::line_start;

    #[test]
    fn a_step_back_into_a_byte_order_mark_is_the_start() {
        let text = "\u{feff}a\nb";
        let starts: Vec<_> = (0..=text.len()).map(|at| line_start(text, at)).collect();
        assert_eq!(starts, [0, 0, 0, 3, 3, 5, 5]);
    }
}
