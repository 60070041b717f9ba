use std::io;

use super::beside::{beside, unknown};
use super::counts::{counted, whole};
use super::words::words;
use crate::change::Change;
use crate::document::{Document, Outline};
use crate::model::Address;
use crate::render::findings::{brief, path};
use crate::render::look::Look;
use crate::render::workflow::{MOST, command};
use crate::text::count;
use crate::view::{Comparison, Told};

/// Writes what changed as commands of a GitHub workflow: each change on its line of the new file.
///
/// Every line is either such a command, with what comes from the file escaped, or has nothing of the
/// file in it.
pub fn github(
    out: &mut dyn io::Write,
    comparison: &Comparison<'_>,
    after: Option<&Document>,
) -> io::Result<()> {
    let changes = &comparison.changes;
    if let Some(all) = &comparison.whole {
        return writeln!(out, "loti diff: {}", whole(all));
    }
    let outline = after.map(Outline::new);
    let file = after.map_or(comparison.file.to_owned(), |after| path(&after.source));
    for told in changes.told().take(MOST) {
        let line = outline.as_ref().and_then(|outline| {
            let after = after?;
            Some(after.source.line_column(place(told, after, outline)?).line)
        });
        let line = line.map(|line| line.to_string());
        writeln!(out, "{}", notice(&file, line.as_deref(), told))?;
    }
    let all = changes.told().count();
    let more = all.saturating_sub(MOST);
    match (all, more) {
        (0, _) => writeln!(out, "loti diff: no change in the plan")?,
        (_, 0) => writeln!(out, "loti diff: {}", counted(changes.counts()))?,
        _ => writeln!(
            out,
            "loti diff: {}; {} not marked here, `loti diff` lists them all",
            counted(changes.counts()),
            count(more, "change")
        )?,
    }
    // The names of unknown keys are the file's own words.
    if let Some(text) = unknown(changes) {
        writeln!(
            out,
            "{}",
            command("notice", &[("file", &file)], &brief(&text))
        )?;
    }
    if let Some(text) = beside(changes) {
        writeln!(out, "{text}")?;
    }
    Ok(())
}

fn notice(file: &str, line: Option<&str>, told: &Told) -> String {
    let words = words(told, Look::PLAIN);
    let title = format!("loti {} {}", told.at, words.label);
    let title = title.trim_end();
    let message = match (&*told.title, &*words.text) {
        // A milestone's words begin with its name.
        (title, text) if text.starts_with(title) => text.to_owned(),
        (title, "") => title.to_owned(),
        (title, text) => format!("{title}: {text}"),
    };
    let message = brief(&message);
    match line {
        Some(line) => command(
            "notice",
            &[("file", file), ("line", line), ("title", title)],
            &message,
        ),
        None => command("notice", &[("file", file), ("title", title)], &message),
    }
}

/// Returns where a change is found in the new text; what is gone is nowhere.
fn place(told: &Told, after: &Document, outline: &Outline<'_>) -> Option<u32> {
    after.plan.table(&told.at)?;
    let note = match &told.change {
        Change::AddNote { to, note } => {
            let mut notes = after.plan.notes(to)?.iter();
            let number = notes.position(|other| other == note)? + 1;
            Some(Address::Note(Box::new(to.clone()), number))
        }
        _ => None,
    };
    let span = outline.place(note.as_ref().unwrap_or(&told.at), told.key());
    Some(span?.start)
}
