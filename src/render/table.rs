use std::borrow::Cow;
use std::io;

use comfy_table::{
    Cell as ComfyCell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Table as Comfy,
    Width, presets,
};

use super::look::{Look, Tone};
use crate::text::width;

/// Spaces between two columns.
const GAP: usize = 2;

/// A table: columns, and rows that may stand in groups under headings of their own.
#[derive(Debug, Default)]
pub struct Table<'a> {
    /// The columns.
    pub columns: Vec<Column>,
    /// Whether the columns' titles are shown.
    pub titled: bool,
    /// How far rows are indented.
    pub indent: usize,
    lines: Vec<Line<'a>>,
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

#[derive(Debug)]
enum Line<'a> {
    Heading(String),
    Row(Vec<Cell<'a>>),
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

impl<'a> Table<'a> {
    /// Begins a table with titles over its columns.
    pub fn titled(columns: Vec<Column>) -> Self {
        Self {
            columns,
            titled: true,
            ..Self::default()
        }
    }

    /// Begins a table without titles, indented.
    pub fn plain(columns: Vec<Column>, indent: usize) -> Self {
        Self {
            columns,
            indent,
            ..Self::default()
        }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<Cell<'a>>) {
        self.lines.push(Line::Row(cells));
    }

    /// Adds a line of its own between the rows, written as it is.
    pub fn heading(&mut self, text: impl Into<String>) {
        self.lines.push(Line::Heading(text.into()));
    }

    /// Takes columns away that are empty in every row.
    pub fn drop_empty(&mut self) {
        for at in (0..self.columns.len()).rev() {
            if self
                .rows()
                .all(|row| row.get(at).is_none_or(|cell| cell.text.is_empty()))
            {
                self.columns.remove(at);
                for line in &mut self.lines {
                    if let Line::Row(cells) = line
                        && at < cells.len()
                    {
                        cells.remove(at);
                    }
                }
            }
        }
    }

    fn rows(&self) -> impl Iterator<Item = &Vec<Cell<'a>>> {
        self.lines.iter().filter_map(|line| match line {
            Line::Row(cells) => Some(cells),
            Line::Heading(_) => None,
        })
    }

    /// Writes the table, with columns in line across all groups.
    pub fn write(&self, out: &mut dyn io::Write, look: Look) -> io::Result<()> {
        let widths = self.widths(look.width);
        let titles = || {
            self.columns
                .iter()
                .map(|column| Cell::toned(Tone::Faint, column.title))
        };
        let mut group: Vec<Vec<Cell<'_>>> = Vec::new();
        if self.titled {
            group.push(titles().collect());
        }
        for line in &self.lines {
            match line {
                Line::Row(cells) if look.width.is_none() => {
                    for row in group.drain(..) {
                        self.write_unbound(out, look, &widths, &row)?;
                    }
                    self.write_unbound(out, look, &widths, cells)?;
                }
                Line::Row(cells) => group.push(cells.clone()),
                Line::Heading(text) => {
                    self.write_group(out, look, &widths, &mut group)?;
                    writeln!(out, "{text}")?;
                }
            }
        }
        self.write_group(out, look, &widths, &mut group)
    }

    /// Returns how wide each column is to be.
    fn widths(&self, limit: Option<usize>) -> Vec<usize> {
        let mut natural: Vec<usize> = self
            .columns
            .iter()
            .map(|column| if self.titled { width(column.title) } else { 0 })
            .collect();
        // Nothing stands behind the last column: without a limit it is as wide as it comes.
        let measured = match limit {
            Some(_) => natural.len(),
            None => natural.len().saturating_sub(1),
        };
        for row in self.rows() {
            for (widest, cell) in natural[..measured].iter_mut().zip(row) {
                let lines = cell.text.split('\n').map(width);
                *widest = lines.max().unwrap_or(0).max(*widest);
            }
        }
        let Some(limit) = limit else {
            return natural;
        };
        let gaps = GAP * natural.len().saturating_sub(1) + self.indent;
        let is_flexible = |at: usize| self.columns[at].is_flexible;
        let fixed: usize = (0..natural.len())
            .filter(|at| !is_flexible(*at))
            .map(|at| natural[at])
            .sum();
        let room = limit.saturating_sub(gaps + fixed);
        let wanted: usize = (0..natural.len())
            .filter(|at| is_flexible(*at))
            .map(|at| natural[at])
            .sum();
        if wanted <= room {
            return natural;
        }
        // The narrow ones keep what they want while it is less than an even share.
        let mut flexible: Vec<usize> = (0..natural.len()).filter(|at| is_flexible(*at)).collect();
        flexible.sort_by_key(|at| natural[*at]);
        let mut room = room;
        let mut left = flexible.len();
        for at in flexible {
            let share = (room / left).max(8).min(natural[at]);
            natural[at] = share;
            room = room.saturating_sub(share);
            left -= 1;
        }
        natural
    }

    fn write_group(
        &self,
        out: &mut dyn io::Write,
        look: Look,
        widths: &[usize],
        group: &mut Vec<Vec<Cell<'_>>>,
    ) -> io::Result<()> {
        if group.is_empty() {
            return Ok(());
        }
        if look.width.is_none() {
            for row in group.drain(..) {
                self.write_unbound(out, look, widths, &row)?;
            }
            return Ok(());
        }
        let mut comfy = Comfy::new();
        comfy
            .load_style(presets::NOTHING)
            .set_content_arrangement(ContentArrangement::Dynamic);
        if look.color {
            comfy.enforce_styling();
        } else {
            comfy.force_no_tty();
        }
        comfy.style_text_only();
        for row in group.drain(..) {
            comfy.add_row(row.into_iter().map(styled));
        }
        comfy.set_width(u16::MAX);
        for (at, column) in self.columns.iter().enumerate() {
            let Some(comfy_column) = comfy.column_mut(at) else {
                continue;
            };
            let gap = if at == 0 { self.indent } else { GAP };
            comfy_column.set_padding((gap as u16, 0));
            let columns = (widths[at] + gap).max(1) as u16;
            comfy_column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(columns)));
            if column.is_right {
                comfy_column.set_cell_alignment(CellAlignment::Right);
            }
        }
        for line in comfy.lines() {
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    /// Writes a row where nothing has to fit: no line is broken, so none has to be laid out.
    fn write_unbound(
        &self,
        out: &mut dyn io::Write,
        look: Look,
        widths: &[usize],
        row: &[Cell<'_>],
    ) -> io::Result<()> {
        let height = row
            .iter()
            .map(|cell| cell.text.split('\n').count())
            .max()
            .unwrap_or(1);
        for number in 0..height {
            let mut pending = self.indent;
            for (at, (cell, columns)) in row.iter().zip(widths).enumerate() {
                let text = cell.text.split('\n').nth(number).unwrap_or_default();
                if text.is_empty() {
                    pending += columns + GAP;
                    continue;
                }
                let missing = columns.saturating_sub(width(text));
                let (before, after) = if self.columns[at].is_right {
                    (missing, 0)
                } else {
                    (0, missing)
                };
                write!(
                    out,
                    "{:1$}{2}",
                    "",
                    pending + before,
                    look.paint(cell.tone, text)
                )?;
                pending = after + GAP;
            }
            writeln!(out)?;
        }
        Ok(())
    }
}

fn styled(cell: Cell<'_>) -> ComfyCell {
    let styled = ComfyCell::new(cell.text);
    match cell.tone {
        Tone::Plain => styled,
        Tone::Strong => styled.add_attribute(comfy_table::Attribute::Bold),
        Tone::Faint => styled.add_attribute(comfy_table::Attribute::Dim),
        Tone::Good => styled.fg(Color::DarkGreen),
        Tone::Warn => styled.fg(Color::DarkYellow),
        Tone::Bad => styled
            .fg(Color::DarkRed)
            .add_attribute(comfy_table::Attribute::Bold),
    }
}
