use std::io;

use comfy_table::{
    Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Table as Comfy,
    Width, presets,
};

use super::{GAP, Line, Table};
use crate::render::look::{Look, Tone};
use crate::render::wrapped::{bound, unbound};
use crate::text::width;

impl Table {
    /// Writes the table, with columns in line across all groups.
    pub fn write(&self, out: &mut dyn io::Write, look: Look) -> io::Result<()> {
        let widths = self.widths(look.width);
        // Rows that are to be laid out together: those up to the next heading.
        let mut group = Vec::new();
        for line in &self.lines {
            match line {
                Line::Row(row) if look.width.is_none() => {
                    self.write_row(out, look, &widths, *row)?;
                }
                Line::Row(row) => group.push(*row),
                Line::Heading(heading) => {
                    self.write_group(out, look, &widths, &group)?;
                    group.clear();
                    writeln!(out, "{}", self.cell(*heading, 0).0)?;
                }
            }
        }
        self.write_group(out, look, &widths, &group)
    }

    /// Writes a row where nothing has to fit: no line is broken, so none has to be laid out.
    fn write_row(
        &self,
        out: &mut dyn io::Write,
        look: Look,
        widths: &[usize],
        row: u32,
    ) -> io::Result<()> {
        let texts = self.shown.iter().map(|column| self.cell(row, *column).0);
        let height = texts.map(|text| text.split('\n').count()).max();
        for number in 0..height.unwrap_or(1) {
            let mut pending = self.indent;
            for (column, columns) in self.shown.iter().zip(widths) {
                let (text, tone) = self.cell(row, *column);
                let text = text.split('\n').nth(number).unwrap_or_default();
                if text.is_empty() {
                    pending += columns + GAP;
                    continue;
                }
                let missing = columns.saturating_sub(width(text));
                let (before, after) = if self.columns[*column].is_right {
                    (missing, 0)
                } else {
                    (0, missing)
                };
                let gap = pending + before;
                write!(out, "{:gap$}{}", "", look.paint(tone, text))?;
                pending = after + GAP;
            }
            writeln!(out)?;
        }
        Ok(())
    }

    /// Writes rows within a width.
    fn write_group(
        &self,
        out: &mut dyn io::Write,
        look: Look,
        widths: &[usize],
        group: &[u32],
    ) -> io::Result<()> {
        if group.is_empty() {
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
        for row in group {
            let cells = self.shown.iter().map(|column| self.cell(*row, *column));
            comfy.add_row(cells.map(|(text, tone)| styled(text, tone)));
        }
        comfy.set_width(u16::MAX);
        for (at, column) in self.shown.iter().enumerate() {
            let Some(comfy_column) = comfy.column_mut(at) else {
                continue;
            };
            let gap = if at == 0 { self.indent } else { GAP };
            comfy_column.set_padding((gap as u16, 0));
            let columns = (widths[at] + gap).max(1) as u16;
            comfy_column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(columns)));
            if self.columns[*column].is_right {
                comfy_column.set_cell_alignment(CellAlignment::Right);
            }
        }
        for line in comfy.lines() {
            writeln!(out, "{}", unbound(line.trim_end()))?;
        }
        Ok(())
    }
}

fn styled(text: &str, tone: Tone) -> Cell {
    let styled = Cell::new(bound(text));
    match tone {
        Tone::Plain => styled,
        Tone::Strong => styled.add_attribute(Attribute::Bold),
        Tone::Faint => styled.add_attribute(Attribute::Dim),
        Tone::Good => styled.fg(Color::DarkGreen),
        Tone::Warn => styled.fg(Color::DarkYellow),
        Tone::Bad => styled.fg(Color::DarkRed).add_attribute(Attribute::Bold),
    }
}
