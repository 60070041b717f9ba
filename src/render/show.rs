use std::fmt::Write as _;
use std::io;

use chrono::NaiveDate;

use super::dates::{date, days_left};
use super::days::when_in;
use super::list::{pace, partners};
use super::look::{Look, Tone, one_line, percent, status_words, tone};
use crate::model::{
    Address, Id, Kind, Link, Measure, Note, Number, Plan, Status, Table, Value, Visibility, Word,
};
use crate::text::{count, pad, printable, width};
use crate::view::{Detail, DetailKind, Row};

/// Writes things of the plan whole, one below the other.
pub fn show(
    out: &mut dyn io::Write,
    plan: &Plan,
    details: &[Detail<'_>],
    today: NaiveDate,
    look: Look,
) -> io::Result<()> {
    for (number, detail) in details.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        let mut sheet = Sheet::new(plan, detail, today, look);
        sheet.fill();
        sheet.write(out)?;
    }
    Ok(())
}

/// One thing of the plan as lines of a label and a text.
struct Sheet<'a> {
    plan: &'a Plan,
    detail: &'a Detail<'a>,
    today: NaiveDate,
    look: Look,
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
    fn new(plan: &'a Plan, detail: &'a Detail<'a>, today: NaiveDate, look: Look) -> Self {
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

    fn fact(&mut self, label: &'static str, text: impl Into<String>) {
        self.toned(label, Tone::Plain, text);
    }

    fn toned(&mut self, label: &'static str, tone: Tone, text: impl Into<String>) {
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

    fn some(&mut self, label: &'static str, text: Option<&str>) {
        self.fact(label, printable(text.unwrap_or_default().trim()));
    }

    fn copied(&mut self, label: &'static str, text: String) {
        self.facts.push(Fact {
            label,
            text,
            tone: Tone::Plain,
            is_copied: true,
        });
    }

    fn fill(&mut self) {
        match &self.detail.kind {
            DetailKind::KeyResult(row) => self.key_result(row),
            DetailKind::Objective(objective, rollup, rows) => {
                self.some("aim", objective.aim.as_deref());
                self.some("about", objective.about.as_deref());
                self.rollup(*rollup);
                self.named("theme", &Address::Theme(objective.theme.clone()));
                let above = self.plan.themes.get(&objective.theme);
                self.owner(
                    &[
                        (objective.owner.as_deref(), ""),
                        (
                            above.and_then(|theme| theme.owner.as_deref()),
                            "its theme's",
                        ),
                        (self.plan.owner.as_deref(), "the plan's"),
                    ],
                    "owner",
                );
                self.some("partners", Some(&objective.partners.join(", ")));
                let visibility = self.plan.objective_visibility(objective);
                self.meaning(
                    "visibility",
                    visibility.word(),
                    meaning(Visibility::WORDS, visibility.word()),
                );
                for address in &objective.supports {
                    self.named("supports", address);
                }
                self.links(&objective.links);
                for row in rows {
                    self.row(row);
                }
                self.notes(&objective.note);
            }
            DetailKind::Theme(theme, rollup, objectives) => {
                self.some("aim", theme.aim.as_deref());
                self.some("about", theme.about.as_deref());
                self.rollup(*rollup);
                self.owner(
                    &[
                        (theme.owner.as_deref(), ""),
                        (self.plan.owner.as_deref(), "the plan's"),
                    ],
                    "owner",
                );
                self.links(&theme.links);
                for (id, objective, rollup) in objectives {
                    let text = format!(
                        "objective.{id}  {}: {}",
                        one_line(&objective.name),
                        rollup.counts.describe()
                    );
                    self.fact("objectives", text);
                }
                self.notes(&theme.note);
            }
            DetailKind::Cycle(line) => {
                self.fact("stands", when_in(line));
                self.other();
            }
            DetailKind::Other => self.other(),
        }
        for reference in &self.detail.named_by {
            let label = match reference.key {
                "needs" => "needed by",
                "supports" => "supported by",
                _ => "continued by",
            };
            self.named(label, &reference.at);
        }
    }

    fn key_result(&mut self, row: &Row<'_>) {
        let own = row.key_result;
        let plan = self.plan;
        let status = status_words(row.status);
        let means = meaning(Status::WORDS, row.status.word());
        self.toned(
            "status",
            tone(row.status),
            format!("{} {status}: {means}", self.look.sign(row.status)),
        );
        self.progress(row);
        self.fact("pace", pace(row));
        self.meaning(
            "kind",
            own.kind().word(),
            meaning(Kind::WORDS, own.kind().word()),
        );
        let objective = plan.objectives.get(&own.objective);
        let theme = row.theme.and_then(|id| plan.themes.get(id));
        self.owner(
            &[
                (own.owner.as_deref(), ""),
                (
                    objective.and_then(|above| above.owner.as_deref()),
                    "its objective's",
                ),
                (
                    theme.and_then(|above| above.owner.as_deref()),
                    "its theme's",
                ),
                (plan.owner.as_deref(), "the plan's"),
            ],
            "owner",
        );
        self.owner(
            &[
                (own.reviewer.as_deref(), ""),
                (
                    objective.and_then(|above| above.reviewer.as_deref()),
                    "its objective's",
                ),
                (
                    theme.and_then(|above| above.reviewer.as_deref()),
                    "its theme's",
                ),
                (plan.reviewer.as_deref(), "the plan's"),
            ],
            "reviewer",
        );
        self.dates(row);
        self.named("objective", &Address::Objective(own.objective.clone()));
        if let Some(theme) = row.theme {
            self.named("theme", &Address::Theme(theme.clone()));
        }
        self.some("about", own.about.as_deref());
        self.some("partners", Some(&partners(plan, own).join(", ")));
        self.some("asks", own.ask.as_deref());
        for (id, step) in &own.milestones {
            let when = match (step.is_done(), step.due) {
                (true, Some(due)) => format!("done, was due {}", date(due)),
                (true, None) => "done".to_owned(),
                (false, Some(due)) if row.is_open => {
                    let days = crate::model::days_between(self.today, due);
                    format!("{}, {}", date(due), days_left(days))
                }
                (false, Some(due)) => date(due),
                (false, None) => "open, no day".to_owned(),
            };
            self.fact(
                "milestones",
                format!("{id}: {} ({when})", one_line(&step.name)),
            );
        }
        for address in &own.needs {
            self.named("needs", address);
        }
        for address in &own.supports {
            self.named("supports", address);
        }
        if let Some(id) = &own.continues {
            self.named("continues", &Address::KeyResult(id.clone()));
        }
        self.links(&own.links);
        for evidence in &own.evidence {
            self.copied("evidence", one_line(evidence).into_owned());
        }
        self.some("tags", Some(&own.tags.join(", ")));
        let visibility = row.visibility;
        self.meaning(
            "visibility",
            visibility.word(),
            meaning(Visibility::WORDS, visibility.word()),
        );
        self.notes(&own.note);
    }

    /// Says how far a key result has come, by which figures and lines.
    fn progress(&mut self, row: &Row<'_>) {
        let own = row.key_result;
        let unit = own
            .unit
            .as_deref()
            .map_or(String::new(), |unit| format!(" {}", one_line(unit)));
        let mut facts = Vec::new();
        if row.progress.is_some() {
            facts.push(percent(row.progress, self.look));
        }
        if let Some(figure) = row.figure() {
            facts.push(one_line(&figure).into_owned());
        }
        let measure = own.measure();
        match &measure {
            Measure::Metric {
                baseline, target, ..
            } => {
                if baseline.get() != 0.0 {
                    facts.push(format!("from {baseline}"));
                }
                if target.is_none() {
                    facts.push("no target yet".to_owned());
                }
            }
            Measure::Deliverable if row.status.is_open() => {
                facts.push("there or not there: 0 until it is done".to_owned());
            }
            Measure::Judged(_) => facts.push("in the owner's judgement".to_owned()),
            Measure::Ongoing { .. } if facts.is_empty() => {
                facts.push("to be kept up over the cycle".to_owned());
            }
            Measure::Guardrail { kept: None } => facts.push("no figure yet".to_owned()),
            _ => {}
        }
        self.fact("progress", facts.join(self.look.dot()));
        let line = |name: &str, figure: Option<Number>| {
            figure.map(|figure| format!("{name} {figure}{unit}"))
        };
        let is_guarded = own.at_least.is_some() || own.at_most.is_some();
        let mut lines: Vec<_> = [
            line("commit", own.commit),
            line(
                "target",
                own.target
                    .filter(|_| own.commit.is_some() || own.stretch.is_some()),
            ),
            line("stretch", own.stretch),
            line("at least", own.at_least),
            line("at most", own.at_most),
            line("now", own.current.filter(|_| is_guarded)),
        ]
        .into_iter()
        .flatten()
        .collect();
        if !lines.is_empty()
            && let Some(reached) = own.line_reached()
        {
            lines.push(format!("{reached} reached"));
        }
        self.fact("lines", lines.join(self.look.dot()));
        if let Some(confidence) = own.confidence {
            self.fact(
                "confidence",
                format!("{confidence} of 1, in the owner's judgement"),
            );
        }
        if let Some(score) = own.score {
            self.fact("score", format!("{score} of 1"));
        }
    }

    fn dates(&mut self, row: &Row<'_>) {
        let own = row.key_result;
        if let Some(due) = row.due {
            let mut text = date(due);
            if let Some(days) = row.days_left {
                let _ = write!(text, ", {}", days_left(days));
            }
            if own.due.is_none() {
                text.push_str(" (the cycle's end)");
            }
            let tone = match row.days_left {
                Some(..0) => Tone::Bad,
                Some(0) => Tone::Warn,
                _ => Tone::Plain,
            };
            self.toned("due", tone, text);
        }
        if let Some(start) = own.start {
            self.fact("start", date(start));
        }
        match self.plan.cycle_id_of(own) {
            Some(id) if id.as_str() == "later" => self.fact("cycle", "the backlog (later)"),
            Some(id) => self.named("cycle", &Address::Cycle(id.clone())),
            None => {}
        }
        let mut heard = own.checked.map_or(String::new(), date);
        if let Some(days) = row.days_silent {
            let days = count(usize::try_from(days).unwrap_or_default(), "day");
            let silent = format!("not heard of for {days}");
            heard = if heard.is_empty() {
                silent
            } else {
                format!("{heard}, {silent}")
            };
        }
        self.fact("checked", heard);
    }

    /// Says who holds an office, and from where that is inherited.
    fn owner(&mut self, from: &[(Option<&str>, &str)], label: &'static str) {
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
    fn named(&mut self, label: &'static str, address: &Address) {
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

    fn row(&mut self, row: &Row<'_>) {
        let progress = row.progress.map_or(String::new(), |progress| {
            format!(", {}", percent(Some(progress), self.look))
        });
        let status = status_words(row.status);
        let title = one_line(&row.key_result.title);
        let text = format!("{}  {title} ({status}{progress})", row.id);
        self.fact("key results", text);
    }

    fn rollup(&mut self, rollup: crate::model::Rollup) {
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

    fn meaning(&mut self, label: &'static str, word: &str, meaning: &str) {
        self.fact(label, format!("{word}: {meaning}"));
    }

    fn links(&mut self, links: &[Link]) {
        for link in links {
            let name = link
                .name
                .as_deref()
                .map_or(String::new(), |name| format!("{}: ", one_line(name)));
            self.copied("links", format!("{name}{}", one_line(&link.url)));
        }
    }

    /// Tells the notes, the latest last.
    fn notes(&mut self, notes: &[Note]) {
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

    /// Tells the keys of what has nothing more to say than they do.
    fn other(&mut self) {
        let address = &self.detail.address;
        let Some(table) = self.plan.table(address) else {
            return;
        };
        if let Address::Milestone(of, id) = address {
            self.named("key result", &Address::KeyResult(of.clone()));
            self.step(of, id);
        }
        let notes = self.plan.notes(address);
        for (key, value) in <dyn Table>::values(table) {
            match value {
                _ if key.name == "note"
                    || matches!((address, key.name), (Address::Milestone(..), "due")) => {}
                Value::Date(day) => self.fact(key.name, date(day)),
                Value::Text(_) if matches!((address, key.name), (Address::Person(_), _)) => {
                    self.some(key.name, Some(&value.to_string()));
                }
                Value::Text(_) if key.name == "name" => {}
                Value::List(items) => {
                    for item in items {
                        self.copied(key.name, one_line(&item.to_string()).into_owned());
                    }
                }
                Value::Text(id) if key.name == "owner" || key.name == "reviewer" => {
                    self.some(key.name, Some(self.plan.person_name(&id)));
                }
                value => self.some(key.name, Some(&value.to_string())),
            }
        }
        self.notes(notes.unwrap_or_default());
    }

    fn step(&mut self, of: &Id, id: &Id) {
        let own = self.plan.key_results.get(of);
        let Some((own, step)) = own.and_then(|own| Some((own, own.milestones.get(id)?))) else {
            return;
        };
        let Some(due) = step.due else {
            return;
        };
        let is_open = self.plan.is_open(own, self.today) && !step.is_done();
        let days = if is_open {
            format!(
                ", {}",
                days_left(crate::model::days_between(self.today, due))
            )
        } else {
            String::new()
        };
        self.fact("due", format!("{}{days}", date(due)));
    }

    /// Writes the title, then each label once with its texts beside it.
    fn write(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let look = self.look;
        let columns = look.width.unwrap_or(usize::MAX);
        for line in textwrap::wrap(&self.title, columns) {
            writeln!(out, "{}", look.paint(Tone::Strong, &line))?;
        }
        let labels = self.facts.iter().map(|fact| width(fact.label)).max();
        let indent = labels.unwrap_or(0) + 4;
        let mut last = "";
        for fact in &self.facts {
            let label = if fact.label == last { "" } else { fact.label };
            last = fact.label;
            let options = textwrap::Options::new(columns.saturating_sub(indent).max(16));
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

/// Returns what a word of a closed list means.
fn meaning(words: &[Word], word: &str) -> &'static str {
    let found = words.iter().find(|known| known.name == word);
    let whole = found.map_or("", |known| known.meaning);
    // What follows is for those who write the file.
    whole.split(';').next().unwrap_or_default()
}
