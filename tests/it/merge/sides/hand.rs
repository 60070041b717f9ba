//! What people do to a text by hand.

use super::super::values::{addresses, parse};
use super::{Week, told_apart};
use crate::layouts::{Choices, UNKNOWN, render};
use crate::tree::read;

impl Week {
    /// Writes a comment above a line, or at the end of one.
    pub(super) fn comment(&mut self, choices: &mut Choices) {
        let token = format!("~{}{}~", self.name, self.number);
        self.by_line(choices, |line, choices| {
            let end = line.trim_end_matches(['\r', '\n']);
            let ending = &line[end.len()..];
            Some(match choices.below(3) {
                0 => format!("{end} # {token}{ending}"),
                1 => format!("# {token}\n{line}"),
                _ => format!("# {token}\n\n{line}"),
            })
        });
    }

    pub(super) fn uncomment(&mut self, choices: &mut Choices) {
        self.by_line(choices, |line, _| {
            let at = line.rfind('#').filter(|at| line[*at..].contains('~'))?;
            let kept = line[..at].trim_end();
            let ending = line.trim_end_matches(['\r', '\n']).len();
            match kept {
                "" => Some(String::new()),
                kept => Some(format!("{kept}{}", &line[ending..])),
            }
        });
    }

    pub(super) fn space(&mut self, choices: &mut Choices) {
        self.by_line(choices, |line, choices| {
            Some(match choices.below(4) {
                0 => format!("\n{line}"),
                1 => line.replacen(" = ", "  =  ", 1),
                2 => format!("  {line}"),
                _ if line.trim().is_empty() => String::new(),
                _ => line.replacen(" = ", "=", 1),
            })
        });
    }

    pub(super) fn quotes(&mut self, choices: &mut Choices) {
        self.by_line(choices, |line, _| Some(line.replace('"', "'")));
    }

    /// Makes something of a line by hand, where the text says the same afterwards but for what is new.
    pub(super) fn by_line(
        &mut self,
        choices: &mut Choices,
        make: impl Fn(&str, &mut Choices) -> Option<String>,
    ) {
        let lines: Vec<&str> = self.side.text.split_inclusive('\n').collect();
        let at = choices.below(lines.len());
        let Some(new) = lines.get(at).and_then(|line| make(line, choices)) else {
            return;
        };
        let mut text: Vec<&str> = lines;
        text[at] = &new;
        self.keep(text.concat(), true);
    }

    /// Writes another text into a line, or another note above a header.
    pub(super) fn hand(&mut self, choices: &mut Choices) {
        let (name, number) = (self.name.clone(), self.number);
        let lines: Vec<&str> = self.side.text.split_inclusive('\n').collect();
        let at = choices.below(lines.len());
        let Some(line) = lines.get(at) else { return };
        let end = line.trim_end_matches(['\r', '\n']);
        let key = end.split([' ', '=']).next().unwrap_or_default();
        let new = match key {
            "text" | "unit" | "ask" => {
                format!("{key} = \"by {name} {number}\"{}", &line[end.len()..])
            }
            _ if end.starts_with("[kr.") && !end.contains("milestone") => {
                let id = end.split(['.', ']']).nth(1).unwrap_or_default();
                format!(
                    "[[kr.{id}.note]]\non = 2024-05-01\ntext = \"by {name} {number}\"\n\n{line}"
                )
            }
            _ => return,
        };
        let mut text: Vec<&str> = lines.clone();
        text[at] = &new;
        self.keep(text.concat(), false);
    }

    /// Changes places of two parts that follow each other.
    pub(super) fn swap(&mut self, choices: &mut Choices) {
        let mut parts: Vec<String> = vec![String::new()];
        for line in self.side.text.split_inclusive('\n') {
            if line.starts_with('[') {
                parts.push(String::new());
            }
            parts.last_mut().expect("one at least").push_str(line);
        }
        let at = 1 + choices.below(parts.len());
        if at + 1 < parts.len() {
            if !parts[at + 1].ends_with('\n') {
                parts[at + 1].push('\n');
            }
            parts.swap(at, at + 1);
            self.keep(parts.concat(), true);
        }
    }

    pub(super) fn endings(&mut self) {
        let plain = self.side.text.replace("\r\n", "\n");
        let text = if plain == self.side.text {
            plain.replace('\n', "\r\n")
        } else {
            plain
        };
        self.keep(text, true);
    }

    /// Writes all of it anew, in another layout.
    pub(super) fn relay(&mut self, choices: &mut Choices) {
        if self.side.text.contains(UNKNOWN) || self.side.text.contains("x-hand") {
            return;
        }
        let text = render(&read(&self.side.text).plan, choices);
        let text = told_apart(&text, &format!("{}-{}-", self.name, self.number));
        // What the layouts themselves make up is a change as well.
        self.keep(text, true);
    }

    pub(super) fn keep(&mut self, text: String, is_same: bool) {
        let Some(root) = parse(&text) else { return };
        let mut root_without = root.clone();
        let mut was = parse(&self.side.text).unwrap_or_default();
        for root in [&mut root_without, &mut was] {
            forget(root);
        }
        // A title goes over several lines now and then: a hand that gets into one renames nothing.
        let titles_stay = addresses(&root_without) == addresses(&was);
        if (is_same && root_without != was) || !titles_stay || read(&text).is_refused() {
            return;
        }
        self.side.text = text;
    }
}

/// Takes away what the hand of nobody in particular wrote.
fn forget(table: &mut toml::Table) {
    table.remove("x-hand");
    table.remove(UNKNOWN);
    for (_, value) in table.iter_mut() {
        forget_in(value);
    }
}

fn forget_in(value: &mut toml::Value) {
    match value {
        toml::Value::Table(table) => forget(table),
        toml::Value::Array(items) => items.iter_mut().for_each(forget_in),
        _ => {}
    }
}
