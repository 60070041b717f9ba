use std::io;

use chrono::NaiveDate;

use crate::model::Plan;
use crate::render::look::{Look, Tone, one_line};
use crate::text::{pad, printable, width};
use crate::view::Detail;

/// One thing of the plan as lines of a label and a text.
pub(super) struct Sheet<'a> {
    pub(super) plan: &'a Plan,
    pub(super) detail: &'a Detail<'a>,
    pub(super) today: NaiveDate,
    pub(super) look: Look,
    title: String,
    facts: Vec<Fact>,
}

struct Fact {
    label: &'static str,
    text: String,
    tone: Tone,
    /// Whether the text may be broken within a word: not what is to be copied.
    is_copied: bool,
}

impl<'a> Sheet<'a> {
    /// Begins with the address and the title.
    pub(super) fn new(
        plan: &'a Plan,
        detail: &'a Detail<'a>,
        today: NaiveDate,
        look: Look,
    ) -> Self {
        let address = &detail.address;
        let title = plan.title(address).map_or(String::new(), |title| {
            format!("{}{}", look.dot(), one_line(title))
        });
        Self {
            plan,
            detail,
            today,
            look,
            title: format!("{address}{title}"),
            facts: Vec::new(),
        }
    }

    /// Returns whether nothing has been said yet.
    pub(super) fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// Says something under a label; nothing is said of nothing.
    pub(super) fn fact(&mut self, label: &'static str, text: impl Into<String>) {
        self.toned(label, Tone::Plain, text);
    }

    /// Says something in a tone.
    pub(super) fn toned(&mut self, label: &'static str, tone: Tone, text: impl Into<String>) {
        let text = text.into();
        if !text.trim().is_empty() {
            self.facts.push(Fact {
                label,
                text,
                tone,
                is_copied: false,
            });
        }
    }

    /// Says a text of the plan, line breaks kept.
    pub(super) fn some(&mut self, label: &'static str, text: Option<&str>) {
        self.fact(label, printable(text.unwrap_or_default().trim()));
    }

    /// Says something that will be copied, and so is never broken within a word.
    pub(super) fn copied(&mut self, label: &'static str, text: String) {
        self.facts.push(Fact {
            label,
            text,
            tone: Tone::Plain,
            is_copied: true,
        });
    }

    /// Writes the title, then each label once with its texts beside it.
    pub(super) fn write(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let look = self.look;
        let columns = look.width.unwrap_or(usize::MAX);
        for line in textwrap::wrap(&self.title, columns) {
            writeln!(out, "{}", look.paint(Tone::Strong, &line))?;
        }
        let labels = self.facts.iter().map(|fact| width(fact.label)).max();
        let indent = labels.unwrap_or(0) + 4;
        let mut last = "";
        for (at, fact) in self.facts.iter().enumerate() {
            let next = self.facts.get(at + 1).map_or("", |next| next.label);
            // Of several under one label, each shows where it begins.
            let is_item = [last, next].contains(&fact.label);
            let label = if fact.label == last { "" } else { fact.label };
            last = fact.label;
            let options = textwrap::Options::new(columns.saturating_sub(indent).max(16))
                .subsequent_indent(if is_item { "  " } else { "" });
            let options = if fact.is_copied {
                let whole = textwrap::WordSplitter::NoHyphenation;
                options.break_words(false).word_splitter(whole)
            } else {
                options
            };
            for (number, line) in textwrap::wrap(&fact.text, options).iter().enumerate() {
                let label = if number == 0 { label } else { "" };
                let text = format!(
                    "  {}{}",
                    look.paint(Tone::Faint, &pad(label, indent - 2)),
                    look.paint(fact.tone, line)
                );
                writeln!(out, "{}", text.trim_end())?;
            }
        }
        Ok(())
    }
}
