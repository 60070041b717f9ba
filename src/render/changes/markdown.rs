use std::io;

use super::beside::{beside, unknown};
use super::counts::{counted, name, whole};
use super::words::words;
use crate::history::Commit;
use crate::render::dates::date;
use crate::render::findings::{LONGEST, brief};
use crate::render::look::Look;
use crate::text::{self, count};
use crate::view::{Changed, Comparison};

/// Writes what changed for a comment on a pull request or the summary of a job: how much, then a list
/// by the parts of the plan.
///
/// Nothing of the file can form a mention, a link, an image or HTML. What does not fit into a comment
/// is only counted.
pub fn markdown(out: &mut dyn io::Write, comparison: &Comparison<'_>) -> io::Result<()> {
    heading(out, comparison)?;
    let mut room = LONGEST;
    let mut left = 0;
    for group in &comparison.changes.groups {
        let mut heading = Some(format!("\n**{}**\n\n", escaped(name(group))));
        if comparison.whole.is_some() {
            continue;
        }
        for changed in &group.changed {
            let item = item(changed);
            let needed = item.len() + heading.as_ref().map_or(0, String::len);
            if needed > room {
                // What comes later is not told before it either.
                room = 0;
                left += changed.told.len();
                continue;
            }
            room -= needed;
            if let Some(heading) = heading.take() {
                out.write_all(heading.as_bytes())?;
            }
            out.write_all(item.as_bytes())?;
        }
    }
    if left > 0 {
        let changes = count(left, "change");
        writeln!(out, "\n{changes} not listed here: `loti diff` shows all.")?;
    }
    closing(out, comparison)
}

/// Writes how much changed in each part of the plan.
pub fn stat_markdown(out: &mut dyn io::Write, comparison: &Comparison<'_>) -> io::Result<()> {
    heading(out, comparison)?;
    if comparison.whole.is_none() && !comparison.changes.groups.is_empty() {
        writeln!(out)?;
        for group in &comparison.changes.groups {
            writeln!(
                out,
                "- **{}**: {}",
                escaped(name(group)),
                counted(group.counts())
            )?;
        }
    }
    closing(out, comparison)
}

fn heading(out: &mut dyn io::Write, comparison: &Comparison<'_>) -> io::Result<()> {
    let file = escaped(comparison.file);
    let changes = &comparison.changes;
    let words = match &comparison.whole {
        Some(all) => whole(all),
        None if changes.groups.is_empty() => "no change in the plan".to_owned(),
        None => counted(changes.counts()),
    };
    let told = |commit: &Commit| format!("`{}` of {}", commit.short(), date(commit.day()));
    let compared = match comparison.sides {
        [Some(was), Some(is)] => format!("\n\nFrom {} to {}.", told(was), told(is)),
        [Some(was), None] => format!("\n\nSince {}.", told(was)),
        [None, _] => String::new(),
    };
    writeln!(out, "**{file}**: {words}{compared}")
}

fn closing(out: &mut dyn io::Write, comparison: &Comparison<'_>) -> io::Result<()> {
    if comparison.whole.is_some() {
        return Ok(());
    }
    for said in [unknown, beside] {
        if let Some(text) = said(&comparison.changes) {
            writeln!(out, "\n{}", escaped(&text))?;
        }
    }
    Ok(())
}

/// Writes something with what was done to it: on one line, where that is one thing.
pub(in crate::render) fn item(changed: &Changed) -> String {
    let mut item = format!("- `{}`", changed.at);
    if !changed.title.is_empty() {
        item = format!("{item} {}", escaped(&changed.title));
    }
    let mut lines = changed.told.iter().map(|told| {
        let words = words(told, Look::PLAIN);
        match words.text.as_str() {
            "" => format!("**{}**", words.label),
            text => format!("**{}** {}", words.label, escaped(text)),
        }
    });
    if changed.told.len() == 1 {
        let line = lines.next().unwrap_or_default();
        return format!("{item}: {line}\n");
    }
    item.push('\n');
    for line in lines {
        item = format!("{item}  - {line}\n");
    }
    item
}

fn escaped(text: &str) -> String {
    text::markdown(&brief(text))
}
