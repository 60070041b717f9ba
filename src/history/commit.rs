use chrono::{DateTime, FixedOffset, NaiveDate};

/// Who changed the plan, when, and what they said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its whole name in hexadecimal digits.
    pub id: String,
    /// Who made the change, as `.mailmap` calls them.
    pub author: Author,
    /// When the change was made, in its author's own offset.
    pub authored: DateTime<FixedOffset>,
    /// When it became part of the history, in the committer's own offset: what orders it, and what
    /// `--at`, `--since` and `--until` go by.
    pub committed: DateTime<FixedOffset>,
    /// The first line of what was said of it.
    pub subject: String,
}

/// A person as git knows them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Author {
    /// The name.
    pub name: String,
    /// The mail address, by which a `[person]` of the plan is found.
    pub email: String,
}

impl Commit {
    /// Returns enough of its name for people.
    pub fn short(&self) -> &str {
        self.id.get(..8).unwrap_or(&self.id)
    }

    /// Returns the day on which it became part of the history, where it was made.
    pub fn day(&self) -> NaiveDate {
        self.committed.date_naive()
    }
}
