use std::cell::RefCell;
use std::io;

use serde::ser::SerializeSeq as _;
use serde::{Serialize, Serializer};

use super::VERSION;
use super::changes::JsonTold;
use super::key_result::day;
use super::write::write;
use crate::view::{LogEntry, LogEvent};

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
        let mut list = serializer.serialize_seq(None)?;
        for entry in &mut **entries {
            list.serialize_element(&JsonEntry::new(&entry))?;
        }
        list.end()
    }
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct JsonEntry<'a> {
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
    changes: Vec<JsonTold<'a>>,
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

impl<'a> JsonEntry<'a> {
    fn new(entry: &'a LogEntry) -> Self {
        let commit = &entry.commit;
        let problem = match &entry.event {
            LogEvent::Unread(unread) => Some(JsonProblem {
                line: unread.line,
                message: unread.message.clone(),
            }),
            _ => None,
        };
        let told = entry.event.things().iter().flat_map(|thing| &thing.told);
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
            changes: told.map(JsonTold::new).collect(),
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
