use std::ops::Range;
use std::sync::OnceLock;

/// A text under its name, and the way from a byte to its line and column.
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    text: String,
    /// Where the lines begin, once somebody asks.
    lines: OnceLock<Vec<u32>>,
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.text == other.text
    }
}

impl Eq for Source {}

impl Source {
    /// Takes a text and the name that messages give it, as a rule the path it was read from.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            lines: OnceLock::new(),
        }
    }

    /// Returns the name that messages give this text.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the whole text, a byte order mark included.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the part of the text that a span covers.
    ///
    /// A span that does not lie within the text gives the empty string.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Returns where a byte stands, counted as people count.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let offset = self.text.floor_char_boundary(offset as usize);
        let lines = self.lines();
        let line = lines.partition_point(|start| *start as usize <= offset);
        let start = lines[line - 1] as usize;
        LineColumn {
            line: line as u32,
            column: self.text[start..offset]
                .trim_start_matches('\u{feff}')
                .chars()
                .count() as u32
                + 1,
        }
    }

    /// Returns where the lines begin; the first one always does.
    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let breaks = self.text.bytes().enumerate();
            let breaks = breaks.filter(|(_, byte)| *byte == b'\n');
            let starts = breaks.map(|(at, _)| at as u32 + 1);
            [0].into_iter().chain(starts).collect()
        })
    }

    /// Returns the span of a line without its ending, lines counted from 1.
    pub fn line(&self, line: u32) -> Option<Span> {
        let mut start = 0;
        for (number, text) in self.text.split('\n').enumerate() {
            if number as u32 + 1 == line {
                let end = start + text.trim_end_matches('\r').len();
                return Some(Span::new(start, end));
            }
            start += text.len() + 1;
        }
        None
    }
}

/// A run of bytes of a text: where it starts, and where the next one would.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// Makes a span from byte offsets of a text of at most 512 MB.
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start: start as u32,
            end: end as u32,
        }
    }

    /// Returns the empty span at one offset.
    pub fn at(offset: u32) -> Self {
        Self {
            start: offset,
            end: offset,
        }
    }

    /// Returns the same run as a range of indexes.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Returns whether the run holds no bytes.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Returns whether another span lies wholly within this one.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Returns the smallest span that covers both.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

/// A place in a text as an editor shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// From 1.
    pub line: u32,
    /// In characters, from 1.
    pub column: u32,
}

impl std::fmt::Display for LineColumn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, offset: u32, expected: &str) {
        let source = Source::new("t", text);
        assert_eq!(source.line_column(offset).to_string(), expected, "{text:?}");
    }

    #[test]
    fn lines_and_columns_count_characters_from_one() {
        check("", 0, "1:1");
        check("ab\ncd", 3, "2:1");
        check("ab\r\ncd", 5, "2:2");
        check("é=1", 2, "1:2");
        check("\u{feff}a = 1", 3, "1:1");
        check("ab", 99, "1:3");
    }

    #[test]
    fn a_line_is_found_without_its_ending() {
        let source = Source::new("t", "a\r\nbc\n");
        assert_eq!(source.line(1).map(|s| source.slice(s)), Some("a"));
        assert_eq!(source.line(2).map(|s| source.slice(s)), Some("bc"));
        assert_eq!(source.line(3).map(|s| source.slice(s)), Some(""));
        assert_eq!(source.line(4), None);
    }
}
