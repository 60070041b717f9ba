use std::fmt;

/// Why what stands between two lines of a text cannot be replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BetweenError {
    /// One of them is not there.
    Missing(String),
    /// One of them is there more than once, at these lines.
    Doubled(String, usize, usize),
    /// The second stands above the first, at these lines.
    Crossed(usize, usize),
}

impl fmt::Display for BetweenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(mark) => write!(f, "there is no line `{mark}`"),
            Self::Doubled(mark, one, other) => write!(
                f,
                "the line `{mark}` is there twice, at line {one} and at line {other}"
            ),
            Self::Crossed(begin, end) => write!(
                f,
                "the section ends at line {end}, before it begins at line {begin}"
            ),
        }
    }
}

impl std::error::Error for BetweenError {}

/// Returns a text in which what stands between two lines is replaced, and every other byte is as it
/// was; the new part takes the line ends of the text.
pub fn between(text: &str, marks: [&str; 2], part: &str) -> Result<String, BetweenError> {
    let [begin, end] = marks.map(|mark| line(text, mark));
    let (begin, end) = (begin?, end?);
    if end.start < begin.start {
        return Err(BetweenError::Crossed(begin.number, end.number));
    }
    let line_end = if text[begin.start..begin.end].ends_with("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let part = part.replace('\n', line_end);
    Ok([&text[..begin.end], &part, &text[end.start..]].concat())
}

/// A line of a text, its end included.
struct Line {
    start: usize,
    end: usize,
    /// Its number from 1.
    number: usize,
}

/// Finds the one line that is a mark, whatever space is around it.
fn line(text: &str, mark: &str) -> Result<Line, BetweenError> {
    let mut found: Option<Line> = None;
    let mut start = 0;
    for (at, whole) in text.split_inclusive('\n').enumerate() {
        let end = start + whole.len();
        if whole.trim().trim_start_matches('\u{feff}') == mark {
            if let Some(first) = found {
                let mark = mark.to_owned();
                return Err(BetweenError::Doubled(mark, first.number, at + 1));
            }
            found = Some(Line {
                start,
                end,
                number: at + 1,
            });
        }
        start = end;
    }
    found.ok_or_else(|| BetweenError::Missing(mark.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKS: [&str; 2] = ["<!-- a -->", "<!-- b -->"];

    #[test]
    fn only_what_stands_between_is_replaced() {
        for (text, wanted) in [
            (
                "x\n<!-- a -->\nold\n<!-- b -->\ny",
                "x\n<!-- a -->\nnew\n<!-- b -->\ny",
            ),
            ("<!-- a -->\n<!-- b -->", "<!-- a -->\nnew\n<!-- b -->"),
            (
                "x\r\n  <!-- a -->\r\nold\r\n <!-- b -->\r\n",
                "x\r\n  <!-- a -->\r\nnew\r\n <!-- b -->\r\n",
            ),
            (
                "\u{feff}<!-- a -->\n\n\n<!-- b -->\n",
                "\u{feff}<!-- a -->\nnew\n<!-- b -->\n",
            ),
        ] {
            let new = between(text, MARKS, "new\n").expect("both lines");
            assert_eq!(new, wanted);
            assert_eq!(between(&new, MARKS, "new\n").as_deref(), Ok(wanted));
        }
    }

    #[test]
    fn lines_that_are_missing_doubled_or_crossed_are_told() {
        let told = |text: &str| between(text, MARKS, "new\n").map_err(|error| error.to_string());
        for (text, words) in [
            ("", "there is no line `<!-- a -->`"),
            ("<!-- a -->\n", "there is no line `<!-- b -->`"),
            // Within a line it is a word like any other.
            (
                "see <!-- a -->\n<!-- b -->\n",
                "there is no line `<!-- a -->`",
            ),
            (
                "<!-- a -->\n<!-- a -->\n<!-- b -->\n",
                "the line `<!-- a -->` is there twice, at line 1 and at line 2",
            ),
            (
                "<!-- b -->\n<!-- a -->\n",
                "the section ends at line 1, before it begins at line 2",
            ),
        ] {
            assert_eq!(told(text), Err(words.to_owned()), "{text:?}");
        }
    }
}
