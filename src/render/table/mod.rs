//! Tables: what is in them, how wide their columns are, how they are written.

mod widths;
mod write;

use std::borrow::Cow;

use super::look::Tone;

/// Spaces between two columns.
const GAP: usize = 2;

/// A table: columns, and rows that may stand in groups under headings of their own.
#[derive(Debug, Default)]
pub struct Table {
    columns: Vec<Column>,
    /// Which columns are shown.
    shown: Vec<usize>,
    /// Whether the first row is made of the columns' titles.
    is_titled: bool,
    /// How far rows are indented.
    indent: usize,
    /// The texts of all headings and cells, one after the other: in a long table, far less to keep
    /// than a text each.
    text: String,
    pieces: Vec<Piece>,
    lines: Vec<Line>,
}

/// A column.
#[derive(Debug, Clone, Default)]
pub struct Column {
    /// Its title.
    pub title: &'static str,
    /// Whether its cells stand to the right.
    pub is_right: bool,
    /// Whether it gives way where there is no room, and wraps at words.
    pub is_flexible: bool,
}

/// A cell: a text, of one line or more, in a tone.
#[derive(Debug, Clone, Default)]
pub struct Cell<'a> {
    /// The text, already safe to show.
    pub text: Cow<'a, str>,
    /// What its colour stands for.
    pub tone: Tone,
}

/// A heading or a cell: where its text ends, which begins where the one before ends.
///
/// Plans are bounded, so that 32 bits are enough for all there is to say of one.
#[derive(Debug)]
struct Piece {
    end: u32,
    tone: Tone,
}

/// A line, by the number of its first piece; a row has one for each column.
#[derive(Debug, Clone, Copy)]
enum Line {
    Heading(u32),
    Row(u32),
}

impl Column {
    /// Makes a column that stands to the left and keeps its width.
    pub fn left(title: &'static str) -> Self {
        Self {
            title,
            ..Self::default()
        }
    }

    /// Makes a column that stands to the right and keeps its width.
    pub fn right(title: &'static str) -> Self {
        Self {
            title,
            is_right: true,
            ..Self::default()
        }
    }

    /// Makes a column that wraps where there is no room.
    pub fn flexible(title: &'static str) -> Self {
        Self {
            title,
            is_flexible: true,
            ..Self::default()
        }
    }
}

impl<'a, T: Into<Cow<'a, str>>> From<T> for Cell<'a> {
    fn from(text: T) -> Self {
        Self {
            text: text.into(),
            tone: Tone::Plain,
        }
    }
}

impl<'a> Cell<'a> {
    /// Makes a cell in a tone.
    pub fn toned(tone: Tone, text: impl Into<Cow<'a, str>>) -> Self {
        Self {
            text: text.into(),
            tone,
        }
    }
}

impl Table {
    /// Begins a table with titles over its columns.
    pub fn titled(columns: Vec<Column>) -> Self {
        let titles = columns.iter().map(|column| column.title);
        let titles = titles
            .map(|title| Cell::toned(Tone::Faint, title))
            .collect();
        let mut table = Self::plain(columns, 0);
        table.is_titled = true;
        table.row(titles);
        table
    }

    /// Begins a table without titles, indented.
    pub fn plain(columns: Vec<Column>, indent: usize) -> Self {
        Self {
            shown: (0..columns.len()).collect(),
            columns,
            indent,
            ..Self::default()
        }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<Cell<'_>>) {
        self.lines.push(Line::Row(self.pieces.len() as u32));
        let all = self.columns.len();
        let missing = std::iter::repeat_with(Cell::default);
        for cell in cells.into_iter().chain(missing).take(all) {
            self.piece(&cell.text, cell.tone);
        }
    }

    /// Adds a line of its own between the rows, written as it is.
    pub fn heading(&mut self, text: impl AsRef<str>) {
        self.lines.push(Line::Heading(self.pieces.len() as u32));
        self.piece(text.as_ref(), Tone::Plain);
    }

    /// Takes columns away that are empty in every row.
    pub fn drop_empty(&mut self) {
        let mut shown = std::mem::take(&mut self.shown);
        shown.retain(|column| {
            let rows = self.rows().skip(usize::from(self.is_titled));
            rows.map(|row| self.cell(row, *column))
                .any(|(text, _)| !text.is_empty())
        });
        self.shown = shown;
    }

    fn piece(&mut self, text: &str, tone: Tone) {
        self.text.push_str(text);
        let end = self.text.len() as u32;
        self.pieces.push(Piece { end, tone });
    }

    /// Returns the first pieces of all rows.
    fn rows(&self) -> impl Iterator<Item = u32> {
        self.lines.iter().filter_map(|line| match line {
            Line::Row(first) => Some(*first),
            Line::Heading(_) => None,
        })
    }

    /// Returns the cell that a row has in a column.
    fn cell(&self, row: u32, column: usize) -> (&str, Tone) {
        let number = row as usize + column;
        let before = number.checked_sub(1);
        let start = before.map_or(0, |before| self.pieces[before].end);
        let Piece { end, tone } = self.pieces[number];
        (&self.text[start as usize..end as usize], tone)
    }
}
