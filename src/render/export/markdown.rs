use std::io;

use super::facts::{as_of, name, progress, status, whole};
use crate::render::changes::item;
use crate::render::dates::{date, days_left, short_date};
use crate::render::look::{Look, percent};
use crate::text::markdown as escaped;
use crate::view::{Edition, ObjectiveGroup, Row, ThemeGroup};

/// Writes a section for a wiki or a README: how the whole stands, the themes' counts, then the plan;
/// the heading is of a level from 1 to 4, and those below it of the next two.
///
/// Nothing of the plan's text can form a link, a mention, an image, HTML or the end of a cell.
pub fn markdown(out: &mut dyn io::Write, edition: &Edition<'_>, level: u8) -> io::Result<()> {
    let hashes = |below: u8| "#".repeat(usize::from((level + below).min(6)));
    writeln!(out, "{} {}", hashes(0), escaped(&name(edition)))?;
    if let Some(internal) = edition.internal() {
        writeln!(out, "\n> **{internal}**")?;
    }
    if let Some(aim) = &edition.board.plan.aim {
        writeln!(out, "\n{}", escaped(aim))?;
    }
    let whole = whole(edition).join(", ");
    writeln!(out, "\n**{whole}.** {}.\n", as_of(edition))?;
    themes(out, edition)?;
    for said in edition.not_shown() {
        writeln!(out, "\n{said}")?;
    }
    changes(out, edition, &hashes(1))?;
    for group in &edition.board.themes {
        theme(out, edition, group, [&hashes(1), &hashes(2)])?;
    }
    Ok(())
}

fn themes(out: &mut dyn io::Write, edition: &Edition<'_>) -> io::Result<()> {
    if edition.board.themes.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "| Theme | Key results | Progress |\n| --- | --- | ---: |"
    )?;
    for group in &edition.board.themes {
        let name = escaped(&group.theme.name);
        let counts = group.rollup.counts.describe();
        let progress = percent(group.rollup.progress, Look::PLAIN);
        writeln!(out, "| {name} | {counts} | {progress} |")?;
    }
    Ok(())
}

fn changes(out: &mut dyn io::Write, edition: &Edition<'_>, hashes: &str) -> io::Result<()> {
    let Some(since) = &edition.since else {
        return Ok(());
    };
    writeln!(out, "\n{hashes} What changed since {}\n", date(since.day))?;
    let changed = since.changes.groups.iter().flat_map(|group| &group.changed);
    let items: Vec<String> = changed.map(item).collect();
    if items.is_empty() {
        return writeln!(out, "Nothing.");
    }
    out.write_all(items.concat().as_bytes())
}

fn theme(
    out: &mut dyn io::Write,
    edition: &Edition<'_>,
    group: &ThemeGroup<'_>,
    [hashes, below]: [&str; 2],
) -> io::Result<()> {
    let shown = group.objectives.iter();
    let shown = shown.filter(|own| !own.rows.is_empty() || edition.board.hidden == 0);
    let shown: Vec<_> = shown.collect();
    if shown.is_empty() && edition.board.hidden > 0 {
        return Ok(());
    }
    writeln!(out, "\n{hashes} {}", escaped(&group.theme.name))?;
    if let Some(aim) = &group.theme.aim {
        writeln!(out, "\n{}", escaped(aim))?;
    }
    for group in shown {
        objective(out, edition, group, below)?;
    }
    Ok(())
}

fn objective(
    out: &mut dyn io::Write,
    edition: &Edition<'_>,
    group: &ObjectiveGroup<'_>,
    hashes: &str,
) -> io::Result<()> {
    let own = group.objective;
    writeln!(out, "\n{hashes} {}\n", escaped(&own.name))?;
    if let Some(aim) = &own.aim {
        writeln!(out, "{}\n", escaped(aim))?;
    }
    let progress = group.rollup.progress;
    let progress = progress.map(|_| format!(", progress {}", percent(progress, Look::PLAIN)));
    let counts = group.rollup.counts.describe();
    writeln!(out, "{counts}{}.", progress.unwrap_or_default())?;
    if !own.partners.is_empty() {
        writeln!(out, "With {}.", escaped(&own.partners.join(", ")))?;
    }
    if group.rows.is_empty() {
        return Ok(());
    }
    // Who answers is said only where it may be.
    let people = edition.publication.people;
    let owner = |text: &str| {
        if people {
            format!(" {text} |")
        } else {
            String::new()
        }
    };
    writeln!(
        out,
        "\n| | Key result | Status | Progress | Due |{}\n| ---: | --- | --- | ---: | --- |{}",
        owner("Owner"),
        owner("---")
    )?;
    for own in &group.rows {
        let name = own.owner.map(|id| edition.board.plan.person_name(id));
        writeln!(
            out,
            "| {} | {} | {} | {} | {} |{}",
            own.id,
            told(edition, own),
            status(own),
            escaped(&progress_of(own)),
            due(edition, own),
            owner(&escaped(name.unwrap_or_default()))
        )?;
    }
    let asks = group.rows.iter().filter(|row| row.is_open);
    let asks = asks.filter_map(|row| Some((row.id, row.key_result.ask.as_deref()?)));
    for (number, (id, ask)) in asks.enumerate() {
        if number == 0 {
            writeln!(out)?;
        }
        writeln!(out, "- {id} asks: {}", escaped(ask))?;
    }
    Ok(())
}

/// Returns the title, with who acts and what is next.
fn told(edition: &Edition<'_>, row: &Row<'_>) -> String {
    let own = row.key_result;
    let mut parts = vec![escaped(&own.title)];
    if !own.partners.is_empty() {
        parts.push(format!("with {}", escaped(&own.partners.join(", "))));
    }
    if let Some(step) = row.steps(edition.today).first() {
        let late = match step.days_left {
            ..0 => format!(", {}", days_left(step.days_left)),
            _ => String::new(),
        };
        let due = short_date(step.due, edition.today);
        parts.push(format!("next: {} ({due}{late})", escaped(step.title)));
    }
    if edition.publication.notes
        && let Some(note) = own.last_note()
    {
        let on = short_date(note.on, edition.today);
        parts.push(format!("{on}: {}", escaped(&note.text)));
    }
    parts.join(" · ")
}

/// Returns how far a key result has come; nothing, where only its outline is shown.
fn progress_of(row: &Row<'_>) -> String {
    if row.key_result.is_outline {
        return String::new();
    }
    progress(row)
}

fn due(edition: &Edition<'_>, row: &Row<'_>) -> String {
    let Some(due) = row.due.filter(|_| !row.key_result.is_ongoing()) else {
        return String::new();
    };
    let due = short_date(due, edition.today);
    // In a cycle that is over everything is late: its own line says so.
    match row.days_overdue.filter(|_| !edition.board.cycle.is_over()) {
        Some(days) => format!("{due}, {}", days_left(-days)),
        None => due,
    }
}
