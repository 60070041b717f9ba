//! A past held in memory: one version after the other, each on the one before.

use std::convert::Infallible;

use loti::history::{Author, Commit, Past, Step, Version};

pub(crate) struct Line {
    /// The oldest first; none where there was no file.
    versions: Vec<Option<Vec<u8>>>,
    /// The day of each, counted from 1 January 1970.
    days: Vec<i64>,
    /// How many are still to be told.
    left: usize,
}

impl Line {
    /// A version a day.
    pub(crate) fn new(versions: Vec<Option<Vec<u8>>>) -> Self {
        Self::on((0..).zip(versions))
    }

    /// Versions on days of their own.
    pub(crate) fn on(versions: impl IntoIterator<Item = (i64, Option<Vec<u8>>)>) -> Self {
        let (days, versions): (Vec<_>, Vec<_>) = versions.into_iter().unzip();
        Self {
            left: versions.len(),
            days,
            versions,
        }
    }

    fn version(&self, commit: usize) -> Version<usize> {
        // Equal files go by the number of the first.
        let file = self.versions[commit].as_ref();
        let file = file.and_then(|file| {
            let mut all = self.versions.iter();
            all.position(|other| other.as_ref() == Some(file))
        });
        Version { commit, file }
    }
}

impl Past for Line {
    type Id = usize;
    type Error = Infallible;

    fn next_step(&mut self) -> Result<Option<Step<usize>>, Infallible> {
        while self.left > 0 {
            self.left -= 1;
            let now = self.version(self.left);
            let before = self.left.checked_sub(1).map(|before| self.version(before));
            let is_same = match before {
                Some(before) => before.file == now.file,
                None => now.file.is_none(),
            };
            if is_same {
                continue;
            }
            let day = chrono::DateTime::from_timestamp(self.days[self.left] * 86_400, 0);
            let day = day.expect("a day").fixed_offset();
            return Ok(Some(Step {
                commit: Commit {
                    id: format!("{:040x}", self.left),
                    author: Author::default(),
                    authored: day,
                    committed: day,
                    subject: String::new(),
                },
                now,
                before: before.into_iter().collect(),
                was_called: None,
                is_cut: false,
            }));
        }
        Ok(None)
    }

    fn read(&mut self, file: usize, bytes: &mut Vec<u8>) -> Result<(), Infallible> {
        bytes.clear();
        bytes.extend(self.versions[file].iter().flatten());
        Ok(())
    }

    fn earlier(&mut self, commit: usize) -> Result<Option<Version<usize>>, Infallible> {
        let file = self.version(commit).file;
        let mut before = (0..commit).rev().map(|before| self.version(before));
        Ok(before.find(|before| before.file != file))
    }
}
