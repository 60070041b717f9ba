use std::cell::RefCell;
use std::io;

use serde::{Serialize, Serializer};

use super::VERSION;
use super::key_result::day;
use super::keys::value;
use super::write::write;
use crate::change::Change;
use crate::view::{LogEntry, LogEvent, LogLine, LogThing};

#[derive(Serialize)]
struct JsonLog<'a> {
    version: u32,
    entries: Entries<'a>,
}

/// Entries that are written as they come: a long history is never held as a whole.
struct Entries<'a>(RefCell<&'a mut dyn Iterator<Item = LogEntry>>);

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entries = self.0.borrow_mut();
        serializer.collect_seq((&mut **entries).map(|entry| JsonEntry::new(&entry)))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct JsonEntry {
    commit: String,
    day: String,
    authored: String,
    committed: String,
    author: JsonAuthor,
    subject: String,
    /// What it did: `changed`, `begun`, `layout`, `unreadable`, `gone`, `cut`.
    event: &'static str,
    /// Why the file cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<JsonProblem>,
    #[serde(skip_serializing_if = "Option::is_none")]
    was_called: Option<String>,
    changes: Vec<JsonChange>,
}

#[derive(Serialize)]
struct JsonAuthor {
    name: String,
    email: String,
    person: Option<String>,
}

#[derive(Serialize)]
struct JsonProblem {
    line: u32,
    message: String,
}

#[derive(Serialize)]
struct JsonChange {
    address: String,
    title: Option<String>,
    text: String,
    /// The key that was set, and what it said before and says now.
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    old: serde_json::Value,
    new: serde_json::Value,
}

impl JsonEntry {
    fn new(entry: &LogEntry) -> Self {
        let commit = &entry.commit;
        let problem = match &entry.event {
            LogEvent::Unread(unread) => Some(JsonProblem {
                line: unread.line,
                message: unread.message.clone(),
            }),
            _ => None,
        };
        let things = entry.event.things().iter();
        let changes =
            things.flat_map(|thing| thing.lines.iter().map(|line| JsonChange::new(thing, line)));
        Self {
            commit: commit.id.clone(),
            day: day(commit.day()),
            authored: commit.authored.to_rfc3339(),
            committed: commit.committed.to_rfc3339(),
            author: JsonAuthor {
                name: commit.author.name.clone(),
                email: commit.author.email.clone(),
                person: entry.person.as_ref().map(ToString::to_string),
            },
            subject: commit.subject.clone(),
            event: entry.event.word(),
            problem,
            was_called: entry.was_called.clone(),
            changes: changes.collect(),
        }
    }
}

impl JsonChange {
    fn new(thing: &LogThing, line: &LogLine) -> Self {
        let address = line.change.address();
        let table = address.table();
        let (key, old, new) = match (&line.change, &line.values) {
            (Change::Set { key, .. }, Some([old, new])) => {
                let takes = table.find(key).map(|number| table.keys()[number].takes);
                let json = |side: &Option<_>| {
                    takes.map_or(serde_json::Value::Null, |takes| value(takes, side.as_ref()))
                };
                (Some(key.clone()), json(old), json(new))
            }
            _ => <_>::default(),
        };
        Self {
            address: address.to_string(),
            title: thing.title.clone(),
            text: line.words.clone(),
            key,
            old,
            new,
        }
    }
}

/// Writes a log, every change of every commit, as they come.
pub fn log(out: &mut dyn io::Write, entries: &mut dyn Iterator<Item = LogEntry>) -> io::Result<()> {
    write(
        out,
        &JsonLog {
            version: VERSION,
            entries: Entries(RefCell::new(entries)),
        },
    )
}
