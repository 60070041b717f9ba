use super::changes::{Remark, Sides, Told};
use crate::change::Change;
use crate::history::{Commit, Unread};
use crate::model::{Address, Id, Plan, TableName};

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
    /// What it is; of something renamed, its new id.
    pub address: Address,
    /// What it is called.
    pub title: String,
    /// What was done to it and to its milestones.
    pub told: Vec<Told>,
}

impl LogEvent {
    /// Puts together what was done to each thing.
    pub(super) fn of(told: Vec<Told>, sides: Sides<'_>) -> Self {
        let is_added = |told: &&Told| matches!(told.change, Change::Add { .. });
        let added = told.iter().filter(is_added).count();
        let mut things: Vec<LogThing> = Vec::new();
        for told in told {
            // What only spells out what held before is layout to a reader.
            if told.remark == Some(Remark::SpeltOut) {
                continue;
            }
            let address = told.under();
            if let Some(thing) = things.iter_mut().find(|thing| thing.address == address) {
                thing.told.push(told);
                continue;
            }
            things.push(LogThing {
                title: sides.title(&address).unwrap_or_default().to_owned(),
                address,
                told: vec![told],
            });
        }
        if things.is_empty() {
            return Self::Layout;
        }
        // The plan's own table and its settings are always there.
        let all = sides.is.addresses().count() - 2;
        // Nothing was there before: neither of what changed nor beside it.
        let begins = *sides.was == Plan::default() && sides.around == sides.is;
        if begins && added == all {
            return Self::Begun(count(sides.is), things);
        }
        Self::Changed(things)
    }

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

fn count(plan: &Plan) -> Vec<(TableName, usize)> {
    let tables = [TableName::Theme, TableName::Objective, TableName::KeyResult];
    let counts = tables.map(|table| (table, plan.ids(table).count()));
    counts.into_iter().filter(|(_, count)| *count > 0).collect()
}
