//! The same merges with the same plans laid out in other ways: which of them lets plain git conflict
//! least?

use std::fmt::Write as _;
use std::io::Write as _;

use loti::model::{Address, Note, Plan, TableName, Value};

use crate::mergers::Merger;
use crate::week::{Merge, Quarter, Work, read};

/// How a plan is laid out, where that differs from what loti writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// As loti's edits leave it.
    Edited,
    /// Written anew, as loti would write it.
    Anew,
    /// The latest note first.
    NewestFirst,
    /// Notes by who wrote them, then by day.
    ByAuthor,
    /// Notes in an order that means nothing.
    Scattered,
    /// Notes in one list, a line each.
    Inline,
    /// All notes at the end of the file.
    NotesLast,
    /// Nothing between tables.
    Dense,
    /// Three blank lines between tables.
    Airy,
    /// A blank line between keys.
    AiryKeys,
    /// `status`, `progress` and `checked` always there.
    SpeltOut,
    /// The same with a blank line between keys.
    SpeltOutAiry,
    /// `checked` behind all other keys.
    CheckedLast,
    /// The same with notes by author.
    SpeltOutByAuthor,
}

impl Layout {
    const ALL: &[Self] = &[
        Self::Edited,
        Self::Anew,
        Self::NewestFirst,
        Self::ByAuthor,
        Self::Scattered,
        Self::Inline,
        Self::NotesLast,
        Self::Dense,
        Self::Airy,
        Self::AiryKeys,
        Self::SpeltOut,
        Self::SpeltOutAiry,
        Self::CheckedLast,
        Self::SpeltOutByAuthor,
    ];
}

/// Prints how often plain git conflicts in each layout.
pub(crate) fn compare(repeats: u64) -> anyhow::Result<()> {
    const WORKS: &[Work] = &[
        Work::Statuses(5),
        Work::Anything(5),
        Work::SameNote,
        Work::SameKeyResult,
        Work::Adds,
        Work::Weeks(2),
        Work::Weeks(5),
        Work::Weeks(10),
    ];

    let mut out = std::io::stdout();
    let folder = tempfile::tempdir()?;
    for work in WORKS {
        let mut conflicts = vec![0_usize; Layout::ALL.len()];
        let mut bytes = vec![0_usize; Layout::ALL.len()];
        let mut merges = 0;
        for seed in 0..repeats {
            for merge in Quarter::new(*work, seed) {
                let merge = merge?;
                merges += 1;
                for (number, layout) in Layout::ALL.iter().enumerate() {
                    let again = |text: &str| match layout {
                        Layout::Edited => text.to_owned(),
                        _ => write(&read(text).plan, *layout),
                    };
                    let again = Merge {
                        base: again(&merge.base),
                        ours: again(&merge.ours),
                        theirs: again(&merge.theirs),
                        changes: Vec::new(),
                        contradicts: false,
                    };
                    let merged = Merger::Git.merge(&again, folder.path())?;
                    conflicts[number] += usize::from(!merged.is_clean);
                    bytes[number] += again.ours.len();
                }
            }
        }
        writeln!(out, "\n{} ({merges} merges)", work.words())?;
        for (number, layout) in Layout::ALL.iter().enumerate() {
            writeln!(
                out,
                "  {:<18} {:>5.1} % conflict, {:>6} bytes",
                format!("{layout:?}"),
                100.0 * conflicts[number] as f64 / merges as f64,
                bytes[number] / merges,
            )?;
        }
    }
    Ok(())
}

fn write(plan: &Plan, layout: Layout) -> String {
    let mut text = String::new();
    let mut last = String::new();
    table(&mut text, plan, &Address::Plan, layout);
    for name in [
        TableName::Cycle,
        TableName::Person,
        TableName::Theme,
        TableName::Objective,
        TableName::KeyResult,
    ] {
        for id in plan.ids(name) {
            let Some(at) = Address::of(name, id.clone()) else {
                continue;
            };
            table(&mut text, plan, &at, layout);
            if let Some(key_result) = plan
                .key_results
                .get(id)
                .filter(|_| name == TableName::KeyResult)
            {
                for step in key_result.milestones.keys() {
                    let step = Address::Milestone(id.clone(), step.clone());
                    table(&mut text, plan, &step, layout);
                }
            }
            let notes = plan.notes(&at).unwrap_or_default();
            let to = match layout {
                Layout::NotesLast => &mut last,
                _ => &mut text,
            };
            if layout != Layout::Inline {
                for note in ordered(notes, layout) {
                    gap(to, layout);
                    let _ = writeln!(to, "[[{at}.note]]\non = {}", note.on);
                    if let Some(by) = &note.by {
                        let _ = writeln!(to, "by = {}", quoted(by));
                    }
                    let _ = writeln!(to, "text = {}", quoted(&note.text));
                }
            }
        }
    }
    text + &last
}

fn ordered(notes: &[Note], layout: Layout) -> Vec<&Note> {
    let mut notes: Vec<&Note> = notes.iter().collect();
    match layout {
        Layout::NewestFirst => notes.reverse(),
        Layout::ByAuthor | Layout::SpeltOutByAuthor => {
            notes.sort_by_key(|note| (&note.by, note.on));
        }
        Layout::Scattered => notes.sort_by_key(|note| {
            let bytes = note.text.bytes();
            bytes.fold(7_u32, |sum, byte| {
                sum.wrapping_mul(31)
                    .wrapping_add(u32::from(byte))
                    .rotate_left(5)
            })
        }),
        _ => {}
    }
    notes
}

fn gap(text: &mut String, layout: Layout) {
    text.push_str(match layout {
        Layout::Dense => "",
        Layout::Airy => "\n\n\n",
        _ => "\n",
    });
}

fn table(text: &mut String, plan: &Plan, at: &Address, layout: Layout) {
    let Some(table) = plan.table(at) else { return };
    gap(text, layout);
    let _ = writeln!(text, "[{at}]");
    let spelt_out = matches!(
        layout,
        Layout::SpeltOut | Layout::SpeltOutAiry | Layout::SpeltOutByAuthor
    );
    let mut entries: Vec<(&str, String)> = Vec::new();
    for (number, key) in at.table().keys().iter().enumerate() {
        if key.name == "note" {
            continue;
        }
        let value = table.field(number).get();
        let value = value.map(|value| written(&value));
        let value = value.or_else(|| {
            let is_usual = spelt_out && at.table() == TableName::KeyResult;
            let usual = match key.name {
                "status" => "\"not-started\"",
                "progress" => "0",
                "checked" => "2021-07-15",
                _ => return None,
            };
            is_usual.then(|| usual.to_owned())
        });
        entries.extend(value.map(|value| (key.name, value)));
    }
    if layout == Layout::CheckedLast {
        entries.sort_by_key(|(name, _)| *name == "checked");
    }
    let between = match layout {
        Layout::AiryKeys | Layout::SpeltOutAiry => "\n\n",
        _ => "\n",
    };
    let lines: Vec<String> = entries
        .iter()
        .map(|(key, value)| format!("{key} = {value}"))
        .collect();
    let _ = writeln!(text, "{}", lines.join(between));
    let notes = plan.notes(at).unwrap_or_default();
    if layout == Layout::Inline && !notes.is_empty() {
        let _ = writeln!(text, "note = [");
        for note in notes {
            let by = note
                .by
                .as_ref()
                .map_or_else(String::new, |by| format!("by = {}, ", quoted(by)));
            let _ = writeln!(
                text,
                "  {{ on = {}, {by}text = {} }},",
                note.on,
                quoted(&note.text)
            );
        }
        let _ = writeln!(text, "]");
    }
}

fn written(value: &Value) -> String {
    match value {
        Value::Text(text) => quoted(text),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(written).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Table(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("{key} = {}", written(value)))
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
        other => other.to_string(),
    }
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
