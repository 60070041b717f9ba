use std::fmt::Write as _;

use chrono::NaiveDate;
use indexmap::IndexSet;

use crate::history::Commit;

/// The number of a version among those that something is told of; a later version has a lower one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarkId(u32);

/// A version that something is told of: a commit, or the file as it is now.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark<'a> {
    /// The day from which on it was so.
    pub day: NaiveDate,
    /// The commit; none, where it was not committed yet.
    pub commit: Option<MarkedCommit<'a>>,
}

/// What is kept of a commit.
#[derive(Debug, Clone, PartialEq)]
pub struct MarkedCommit<'a> {
    /// Its whole name.
    pub id: String,
    /// Who made it.
    pub author: &'a str,
    /// Its own day, which a wrong clock may have put after that of a later one.
    pub day: NaiveDate,
}

/// Versions, the newest first, each in some forty bytes.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Whether the first is the file as it is now.
    uncommitted: bool,
    days: Vec<NaiveDate>,
    commits: Vec<Kept>,
    /// The names of the commits, one after the other, two digits to a byte.
    ids: Vec<u8>,
    authors: IndexSet<String>,
}

#[derive(Debug)]
struct Kept {
    day: NaiveDate,
    author: u32,
}

impl MarkedCommit<'_> {
    /// Returns enough of its name for people.
    pub fn short(&self) -> &str {
        self.id.get(..8).unwrap_or(&self.id)
    }
}

impl Marks {
    /// Adds a version that is older than all of them.
    pub(super) fn add(&mut self, day: NaiveDate, commit: Option<&Commit>) -> MarkId {
        let id = MarkId(self.days.len() as u32);
        self.days.push(day);
        let Some(commit) = commit else {
            self.uncommitted = true;
            return id;
        };
        let digits = commit.id.as_bytes().chunks(2);
        self.ids.extend(digits.map(|two| {
            let two = std::str::from_utf8(two).unwrap_or_default();
            u8::from_str_radix(two, 16).unwrap_or_default()
        }));
        let author = if commit.author.name.is_empty() {
            &commit.author.email
        } else {
            &commit.author.name
        };
        let author = match self.authors.get_index_of(author) {
            Some(known) => known,
            None => self.authors.insert_full(author.clone()).0,
        };
        self.commits.push(Kept {
            day: commit.day(),
            author: author as u32,
        });
        id
    }

    /// Returns whether the newest is the file as it is now.
    pub(super) fn begin_uncommitted(&self) -> bool {
        self.uncommitted
    }

    pub(super) fn get(&self, id: MarkId) -> Mark<'_> {
        let at = id.0 as usize;
        let number = at.checked_sub(usize::from(self.uncommitted));
        Mark {
            day: self.days[at],
            commit: number.map(|number| self.commit(number)),
        }
    }

    fn commit(&self, number: usize) -> MarkedCommit<'_> {
        // All names are equally long.
        let bytes = self.ids.len() / self.commits.len();
        let kept = &self.commits[number];
        let mut id = String::with_capacity(2 * bytes);
        for byte in &self.ids[number * bytes..(number + 1) * bytes] {
            let _ = write!(id, "{byte:02x}");
        }
        MarkedCommit {
            id,
            author: &self.authors[kept.author as usize],
            day: kept.day,
        }
    }
}
