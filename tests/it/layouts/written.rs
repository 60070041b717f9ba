//! Texts that say a plan in every layout TOML has for it.

use std::fmt::Write as _;

use loti::model::{Address, Id, Plan, Table, TableName, Value};

use super::{Choices, UNKNOWN};

/// Writes a plan in a layout made up at random.
pub(crate) fn render(plan: &Plan, choices: &mut Choices) -> String {
    let mut top = String::new();
    let mut rest = String::new();
    for table in [
        TableName::Plan,
        TableName::Check,
        TableName::Person,
        TableName::Cycle,
        TableName::Theme,
        TableName::Objective,
        TableName::KeyResult,
    ] {
        let Some(root) = table.root() else { continue };
        if !table.has_ids() {
            let at = if root == "plan" {
                Address::Plan
            } else {
                Address::Check
            };
            one(plan, &at, None, choices, &mut top, &mut rest);
            continue;
        }
        let ids: Vec<Id> = plan.ids(table).cloned().collect();
        let addresses = ids.into_iter().filter_map(|id| Address::of(table, id));
        let addresses = addresses.collect::<Vec<_>>();
        match choices.below(6) {
            // All within one inline table at the top of the file.
            0 => {
                let inner: Vec<String> = addresses
                    .iter()
                    .map(|at| {
                        let id = at.id().map(Id::as_str).unwrap_or_default();
                        format!("{} = {}", key(id, choices), inline(plan, at, choices))
                    })
                    .collect();
                let _ = writeln!(top, "{root} = {{ {} }}", inner.join(", "));
            }
            // All below one header.
            1 => {
                let mut body = String::new();
                let mut after = String::new();
                for at in &addresses {
                    one(plan, at, Some(1), choices, &mut body, &mut after);
                }
                comment(&mut rest, choices);
                let _ = write!(rest, "[{root}]\n{body}{after}");
            }
            _ => {
                for at in &addresses {
                    one(plan, at, None, choices, &mut top, &mut rest);
                }
            }
        }
    }
    let mut text = top + &rest;
    if choices.chance(3) {
        text = text.replace('\n', "\r\n");
        // A line ending within a text is part of it.
        if text.contains("\"\"\"") {
            text = text.replace("\r\n", "\n");
        } else if choices.chance(3) {
            let lines = text
                .split_inclusive("\r\n")
                .map(|line| match line.strip_suffix("\r\n") {
                    Some(line) if choices.chance(2) => format!("{line}\n"),
                    _ => line.to_owned(),
                });
            text = lines.collect();
        }
    }
    if choices.chance(3) {
        text.truncate(text.trim_end().len());
    }
    if choices.chance(4) {
        text.insert(0, '\u{feff}');
    }
    text
}

/// Writes one table: its lines go to `lines` where it has no header of its own, else to `sections`.
fn one(
    plan: &Plan,
    at: &Address,
    below: Option<usize>,
    choices: &mut Choices,
    lines: &mut String,
    sections: &mut String,
) {
    let path = at.path();
    let name = |from: usize, choices: &mut Choices| -> String {
        let parts: Vec<String> = path[from..].iter().map(|part| key(part, choices)).collect();
        parts.join(".")
    };
    let Some(table) = plan.table(at) else { return };
    let from = below.unwrap_or(0);
    match choices.below(5) {
        0 => {
            let name = name(from, choices);
            let _ = writeln!(
                lines,
                "{name} = {}{}",
                inline(plan, at, choices),
                tail(choices)
            );
        }
        1 => {
            for (key_name, value) in values(table) {
                let name = name(from, choices);
                let value = toml(&value, choices, true);
                let _ = writeln!(lines, "{name}.{key_name} = {value}{}", tail(choices));
            }
            if choices.chance(6) {
                let name = name(from, choices);
                let _ = writeln!(lines, "{name}.{}{}", unknown(choices), tail(choices));
            }
            for milestone in inline_milestones(plan, at, choices) {
                let _ = writeln!(lines, "{}.{milestone}", name(from, choices));
            }
        }
        _ => {
            comment(sections, choices);
            let header = name(0, choices);
            let gap = choices.pick(&[" = ", "=", " =  "]);
            let space = choices.pick(&["", "", "  ", "\t"]);
            let _ = writeln!(sections, "[{header}]{}", tail(choices));
            let mut later = String::new();
            for (key_name, value) in values(table) {
                let rows = matches!(&value, Value::List(items) if items.iter().all(|item| matches!(item, Value::Table(_))));
                if let (true, Value::List(items), false) = (rows, &value, choices.chance(3)) {
                    for item in items {
                        let Value::Table(entries) = item else {
                            continue;
                        };
                        let _ = writeln!(later, "\n[[{}.{key_name}]]", name(0, choices));
                        for (name, value) in entries {
                            let _ = writeln!(later, "{name} = {}", toml(value, choices, true));
                        }
                        if choices.chance(4) {
                            let _ = writeln!(later, "{}", unknown(choices));
                        }
                    }
                    continue;
                }
                comment_line(sections, choices);
                let value = toml(&value, choices, true);
                let _ = writeln!(sections, "{space}{key_name}{gap}{value}{}", tail(choices));
            }
            if choices.chance(6) {
                let _ = writeln!(sections, "{space}{}{}", unknown(choices), tail(choices));
            }
            sections.push_str(&later);
            for milestone in milestones(plan, at) {
                comment(sections, choices);
                let _ = writeln!(sections, "[{milestone}]");
                if let Some(table) = plan.table(&milestone) {
                    for (name, value) in values(table) {
                        let _ = writeln!(sections, "{name} = {}", toml(&value, choices, true));
                    }
                }
            }
        }
    }
}

fn milestones(plan: &Plan, at: &Address) -> Vec<Address> {
    let Address::KeyResult(of) = at else {
        return Vec::new();
    };
    let key_result = &plan.key_results[of];
    let ids = key_result.milestones.keys();
    ids.map(|id| Address::Milestone(of.clone(), id.clone()))
        .collect()
}

fn values(table: &dyn Table) -> Vec<(&'static str, Value)> {
    let values = table.values().map(|(key, value)| (key.name, value));
    values.collect()
}

fn inline(plan: &Plan, at: &Address, choices: &mut Choices) -> String {
    let mut parts: Vec<String> = plan.table(at).map_or_else(Vec::new, |table| {
        let values = values(table).into_iter();
        values
            .map(|(name, value)| format!("{name} = {}", toml(&value, choices, false)))
            .collect()
    });
    parts.extend(inline_milestones(plan, at, choices));
    if choices.chance(6) {
        parts.push(unknown(choices));
    }
    format!("{{ {} }}", parts.join(", "))
}

fn inline_milestones(plan: &Plan, at: &Address, choices: &mut Choices) -> Vec<String> {
    let milestones = milestones(plan, at).into_iter().map(|milestone| {
        let id = milestone.id().map_or("", Id::as_str);
        format!("milestone.{id} = {}", inline(plan, &milestone, choices))
    });
    milestones.collect()
}

/// Writes an entry that the format does not know; [`UNKNOWN`] is in it.
fn unknown(choices: &mut Choices) -> String {
    let value = choices.pick(&["1", "\"x\"", "[1, 2]", "{ a = 1 }", "07:32:00"]);
    format!("{UNKNOWN} = {value}")
}

fn key(name: &str, choices: &mut Choices) -> String {
    match choices.below(6) {
        0 => format!("\"{name}\""),
        1 => format!("'{name}'"),
        _ => name.to_owned(),
    }
}

fn tail(choices: &mut Choices) -> &'static str {
    choices.pick(&["", "", "", " # why", "  "])
}

fn comment(text: &mut String, choices: &mut Choices) {
    text.push_str(choices.pick(&[
        "",
        "\n",
        "\n",
        "\n# of it\n",
        "# close\n",
        "\n# apart\n\n",
        "\n\n",
    ]));
}

fn comment_line(text: &mut String, choices: &mut Choices) {
    text.push_str(choices.pick(&["", "", "", "# [kr.3] status = \"x\"\n", "\n"]));
}

fn toml(value: &Value, choices: &mut Choices, may_break: bool) -> String {
    match value {
        Value::Text(text) => quoted(text, choices, may_break),
        Value::List(items) => {
            let breaks = may_break && choices.chance(3);
            let items: Vec<String> = items.iter().map(|item| row(item, choices)).collect();
            if breaks {
                let comma = choices.pick(&[",", ", # last", ""]);
                format!("[\n  {}{comma}\n]", items.join(", # item\n  "))
            } else {
                format!("[{}]", items.join(choices.pick(&[", ", ","])))
            }
        }
        Value::Table(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(name, value)| format!("{name} = {}", toml(value, choices, false)))
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
        other => other.to_string(),
    }
}

/// Writes an item of a list; a small table may hold what the format does not know.
fn row(item: &Value, choices: &mut Choices) -> String {
    let written = toml(item, choices, false);
    match written.strip_suffix(" }") {
        Some(open) if matches!(item, Value::Table(_)) && choices.chance(4) => {
            format!("{open}, {} }}", unknown(choices))
        }
        _ => written,
    }
}

fn quoted(text: &str, choices: &mut Choices, may_break: bool) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    if text.contains('\n') && may_break && choices.chance(2) {
        return format!("\"\"\"\n{escaped}\"\"\"");
    }
    if !text.contains(['\n', '\'']) && choices.chance(2) {
        return format!("'{text}'");
    }
    let escaped = escaped.replace('\n', "\\n").replace('\t', "\\t");
    format!("\"{escaped}\"")
}
