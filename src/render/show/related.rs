use super::sheet::Sheet;
use crate::model::{Address, Allowance, Link, Note, Office, TableName, Visibility, Weight, Word};
use crate::render::dates::date;
use crate::render::look::{one_line, status_words};
use crate::text::printable;

impl Sheet<'_> {
    /// Says who answers for it and who reads its check-ins, and from where that is inherited.
    pub(super) fn offices(&mut self) {
        let at = &self.detail.address;
        for office in [Office::Owner, Office::Reviewer] {
            let Some((id, table)) = self.plan.holder(office, at) else {
                continue;
            };
            let whose = match table {
                own if own == at.table() => String::new(),
                TableName::Plan => " (the plan's)".to_owned(),
                above => format!(" (its {}'s)", above.noun()),
            };
            let name = one_line(self.plan.person_name(id));
            self.fact(office.key(), format!("{name}{whose}"));
        }
    }

    /// Says how widely something may be shown, where that is not to everybody.
    pub(super) fn visibility(&mut self, visibility: Visibility) {
        if visibility != Visibility::Public {
            let word = visibility.word();
            let means = meaning(Visibility::WORDS, word);
            self.fact("visibility", format!("{word} in public exports: {means}"));
        }
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

    /// Names what names it.
    pub(super) fn named_by(&mut self) {
        for reference in &self.detail.named_by {
            let label = match reference.key {
                "needs" => "needed by",
                "supports" => "supported by",
                "owner" | "reviewer" if matches!(reference.at, Address::KeyResult(_)) => {
                    // Those in force are told whole.
                    continue;
                }
                "owner" => "owner of",
                "reviewer" => "reviewer of",
                _ => "continued by",
            };
            self.named(label, &reference.at);
        }
    }

    /// Names where more is to be found.
    pub(super) fn links(&mut self, links: &[Link]) {
        for link in links {
            let name = link
                .name
                .as_deref()
                .map_or(String::new(), |name| format!("{}: ", one_line(name)));
            self.copied("links", format!("{name}{}", one_line(&link.url)));
        }
    }

    /// Says how much something counts in what is above it, where that is not as much as any other.
    pub(super) fn weight(&mut self, weight: Option<Weight>) {
        if let Some(weight) = weight {
            self.fact("weight", weight.0.to_string());
        }
    }

    /// Tells which rules are switched off here, and why.
    pub(super) fn allowances(&mut self, allowances: &[Allowance]) {
        for allowance in allowances {
            let (rule, why) = (one_line(&allowance.rule), one_line(&allowance.why));
            self.fact("allows", format!("{rule}: {why}"));
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

/// Returns a word of a closed list with what it means.
pub(super) fn with_meaning(words: &[Word], word: &str) -> String {
    format!("{word}: {}", meaning(words, word))
}

/// Returns what a word of a closed list means.
pub(super) fn meaning(words: &[Word], word: &str) -> &'static str {
    let found = words.iter().find(|known| known.name == word);
    let whole = found.map_or("", |known| known.meaning);
    // What follows is for those who write the file.
    whole.split(';').next().unwrap_or_default()
}
