use super::trail::person_of;
use crate::change::Change;
use crate::history::{Commit, Entry, Event, Unread};
use crate::model::{Address, Id, Plan, TableName, Value};

/// A commit in the log, with what it did to the plan in plan words.
#[derive(Debug, Clone)]
pub struct LogEntry {
    /// Who made it, when, and what they said.
    pub commit: Commit,
    /// Who that is in the plan, where they are declared.
    pub person: Option<Id>,
    /// What it did.
    pub event: LogEvent,
    /// What the file was called before, where the commit gave it another name.
    pub was_called: Option<String>,
}

/// What a commit did to the plan.
#[derive(Debug, Clone)]
pub enum LogEvent {
    /// It changed these things, in the order of the format.
    Changed(Vec<LogThing>),
    /// The plan began with it: with so many tables of each kind.
    Begun(Vec<(TableName, usize)>, Vec<LogThing>),
    /// It changed nothing but comments and layout.
    Layout,
    /// It left a file that cannot be read.
    Unread(Unread),
    /// It took the file away.
    Gone,
    /// A shallow clone ends here: what it changed is not known.
    Cut,
}

/// What a commit did to one thing.
#[derive(Debug, Clone)]
pub struct LogThing {
    /// What it is.
    pub address: Address,
    /// What it is called.
    pub title: Option<String>,
    /// What was done, each in a line, old to new.
    pub lines: Vec<LogLine>,
}

/// One change, told.
#[derive(Debug, Clone)]
pub struct LogLine {
    /// The change.
    pub change: Change,
    /// What it did, in words that leave out what it was done to.
    pub words: String,
    /// What the key said before and says now, where one was set.
    pub values: Option<[Option<Value>; 2]>,
}

impl LogEntry {
    /// Tells an entry; `around` is the plan beside the tables it changed, `now` the plan of today, which
    /// knows who people are.
    pub fn of(entry: Entry, around: &Plan, now: &Plan) -> Self {
        let event = match entry.event {
            Event::Unread(unread) => LogEvent::Unread(unread),
            Event::Gone => LogEvent::Gone,
            Event::Cut => LogEvent::Cut,
            Event::Changed { changes, .. } if changes.is_empty() => LogEvent::Layout,
            Event::Changed {
                changes,
                difference,
            } => {
                let plans = [&difference.is, &difference.was, around];
                let things = things(changes, &difference.was, &plans);
                if difference.was == Plan::default() {
                    LogEvent::Begun(count(&difference.is), things)
                } else {
                    LogEvent::Changed(things)
                }
            }
        };
        Self {
            person: person_of(now, &entry.commit.author).cloned(),
            commit: entry.commit,
            event,
            was_called: entry.was_called,
        }
    }
}

impl LogEvent {
    /// Returns the word that programs know it by.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Changed(_) => "changed",
            Self::Begun(..) => "begun",
            Self::Layout => "layout",
            Self::Unread(_) => "unreadable",
            Self::Gone => "gone",
            Self::Cut => "cut",
        }
    }

    /// Returns what it was done to.
    pub fn things(&self) -> &[LogThing] {
        match self {
            Self::Changed(things) | Self::Begun(_, things) => things,
            _ => &[],
        }
    }
}

/// Puts the changes of each thing together, what is done below it included.
pub(super) fn things(changes: Vec<Change>, before: &Plan, plans: &[&Plan]) -> Vec<LogThing> {
    let mut things: Vec<LogThing> = Vec::new();
    for change in changes {
        let own = change.address();
        let address = match own {
            Address::Milestone(of, _) => Address::KeyResult(of.clone()),
            own => own.clone(),
        };
        let words = change.describe(before);
        let prefix = format!("{address} ");
        let line = LogLine {
            words: words.strip_prefix(&prefix).unwrap_or(&words).to_owned(),
            values: change.values(before),
            change,
        };
        if let Some(thing) = things.iter_mut().find(|thing| thing.address == address) {
            thing.lines.push(line);
            continue;
        }
        let title = plans.iter().find_map(|plan| plan.title(&address));
        things.push(LogThing {
            title: title.map(str::to_owned),
            address,
            lines: vec![line],
        });
    }
    things
}

fn count(plan: &Plan) -> Vec<(TableName, usize)> {
    let tables = [TableName::Theme, TableName::Objective, TableName::KeyResult];
    let counts = tables.map(|table| (table, plan.ids(table).count()));
    counts.into_iter().filter(|(_, count)| *count > 0).collect()
}
