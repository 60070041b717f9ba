use std::io;

use super::beside::{beside, unknown};
use super::counts::{counted, name, whole};
use super::words::words;
use crate::change::Change;
use crate::model::Status;
use crate::render::look::{Look, Tone, one_line, tone};
use crate::render::table::{Cell, Column, Table};
use crate::render::wrapped::wrapped;
use crate::text::shorten;
use crate::view::{Comparison, Remark, Told};

/// Writes what changed for people: by the parts of the plan, each thing with what was done to it.
pub fn human(out: &mut dyn io::Write, comparison: &Comparison<'_>, look: Look) -> io::Result<()> {
    if let Some(all) = &comparison.whole {
        return wrapped(out, "", &whole(all), look);
    }
    let changes = &comparison.changes;
    let mut table = Table::plain(vec![Column::left(""), Column::flexible("")], 2);
    for (number, group) in changes.groups.iter().enumerate() {
        if number > 0 {
            table.heading("");
        }
        // Upper case first: the letters of an escape stay small.
        let heading = name(group).to_uppercase();
        table.heading(look.paint(Tone::Strong, &cut(&one_line(&heading), look)));
        for changed in &group.changed {
            let title = one_line(&changed.title);
            let dot = if title.is_empty() { "" } else { look.dot() };
            let line = format!("{}{dot}{title}", changed.at);
            table.heading(look.paint(Tone::Strong, &cut(&line, look)));
            for told in &changed.told {
                let words = words(told, look);
                table.row(vec![
                    Cell::toned(Tone::Faint, words.label),
                    Cell::toned(tone_of(told), one_line(&words.text).into_owned()),
                ]);
            }
        }
    }
    table.write(out, look)?;
    closing(out, comparison, look)
}

/// Writes how much changed, in each part of the plan and in all.
pub fn stat(out: &mut dyn io::Write, comparison: &Comparison<'_>, look: Look) -> io::Result<()> {
    if let Some(all) = &comparison.whole {
        return wrapped(out, "", &whole(all), look);
    }
    let changes = &comparison.changes;
    let mut table = Table::plain(vec![Column::flexible(""), Column::flexible("")], 0);
    for group in &changes.groups {
        let name = one_line(name(group)).into_owned();
        table.row(vec![name.into(), counted(group.counts()).into()]);
    }
    if changes.groups.len() > 1 {
        let all = counted(changes.counts());
        table.row(vec![
            Cell::toned(Tone::Strong, "All"),
            Cell::toned(Tone::Strong, all),
        ]);
    }
    table.write(out, look)?;
    closing(out, comparison, look)
}

/// Says what changed in the file and not in the plan.
fn closing(out: &mut dyn io::Write, comparison: &Comparison<'_>, look: Look) -> io::Result<()> {
    let changes = &comparison.changes;
    let said = [unknown(changes), beside(changes)];
    for (number, text) in said.into_iter().flatten().enumerate() {
        if number == 0 && !changes.groups.is_empty() {
            writeln!(out)?;
        }
        wrapped(out, "", &one_line(&text), look)?;
    }
    Ok(())
}

/// Returns whether a change is good news or bad, where the plan itself says so.
fn tone_of(told: &Told) -> Tone {
    match (&told.change, &told.values[1], &told.remark) {
        (Change::Set { key, .. }, Some(crate::model::Value::Text(word)), _) if key == "status" => {
            Status::parse(word).map_or(Tone::Plain, tone)
        }
        (_, _, Some(Remark::Done)) => Tone::Good,
        _ => Tone::Plain,
    }
}

fn cut(text: &str, look: Look) -> String {
    match look.width {
        Some(columns) => shorten(text, columns, look.ellipsis()).into_owned(),
        None => text.to_owned(),
    }
}
