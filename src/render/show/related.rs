use std::fmt::Write as _;

use super::sheet::Sheet;
use crate::model::{Address, Link, Note, Rollup, Word};
use crate::render::dates::date;
use crate::render::look::{one_line, percent, status_words};
use crate::text::printable;

impl Sheet<'_> {
    /// Says who holds an office, and from where that is inherited.
    pub(super) fn owner(&mut self, from: &[(Option<&str>, &str)], label: &'static str) {
        let found = from.iter().find_map(|(id, whose)| Some(((*id)?, *whose)));
        let Some((id, whose)) = found else {
            return;
        };
        let name = one_line(self.plan.person_name(id)).into_owned();
        self.fact(
            label,
            if whose.is_empty() {
                name
            } else {
                format!("{name} ({whose})")
            },
        );
    }

    /// Names something else of the plan, by its address and title.
    pub(super) fn named(&mut self, label: &'static str, address: &Address) {
        let title = self
            .plan
            .title(address)
            .map_or(String::new(), |title| format!("  {}", one_line(title)));
        let status = match address {
            Address::KeyResult(id) => self.plan.key_results.get(id).map_or(String::new(), |own| {
                format!(" ({})", status_words(own.status()))
            }),
            _ => String::new(),
        };
        self.fact(label, format!("{address}{title}{status}"));
    }

    pub(super) fn rollup(&mut self, rollup: Rollup) {
        let mut text = rollup.counts.describe();
        if rollup.progress.is_some() {
            let _ = write!(
                text,
                "{}progress {}",
                self.look.dot(),
                percent(rollup.progress, self.look)
            );
        }
        self.fact("stands", text);
    }

    pub(super) fn meaning(&mut self, label: &'static str, word: &str, meaning: &str) {
        self.fact(label, format!("{word}: {meaning}"));
    }

    pub(super) fn links(&mut self, links: &[Link]) {
        for link in links {
            let name = link
                .name
                .as_deref()
                .map_or(String::new(), |name| format!("{}: ", one_line(name)));
            self.copied("links", format!("{name}{}", one_line(&link.url)));
        }
    }

    /// Tells the notes, the latest last.
    pub(super) fn notes(&mut self, notes: &[Note]) {
        let mut notes: Vec<&Note> = notes.iter().collect();
        notes.sort_by_key(|note| note.on);
        for note in notes {
            let by = note.by.as_deref().map_or(String::new(), |by| {
                format!(", {}", one_line(self.plan.person_name(by)))
            });
            let text = format!("{}{by}: {}", date(note.on), printable(note.text.trim()));
            self.fact("notes", text);
        }
    }
}

/// Returns what a word of a closed list means.
pub(super) fn meaning(words: &[Word], word: &str) -> &'static str {
    let found = words.iter().find(|known| known.name == word);
    let whole = found.map_or("", |known| known.meaning);
    // What follows is for those who write the file.
    whole.split(';').next().unwrap_or_default()
}
