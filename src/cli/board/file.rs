use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::Context as _;
use chrono::NaiveDate;

use super::state::Wish;
use crate::change::Splice;
use crate::cli::me::Me;
use crate::cli::set;
use crate::cli::write::{self, Done};
use crate::document::Document;
use crate::model::Plan;
use crate::store::{self, EditError};
use crate::text::{Source, count};

/// The file behind the board: read again when it changes, changed as the commands do.
pub(super) struct File {
    /// `None` where the past is shown, which cannot be changed.
    path: Option<PathBuf>,
    name: String,
    stamp: Option<Stamp>,
    /// Whether somebody may have written between reading and stamping it.
    is_unsure: bool,
    /// Whether it could not be read the last time.
    is_out_of_sight: bool,
    text: String,
    /// What takes the changes made here back, the last one at the end.
    done: Vec<Undo>,
}

/// By what one tells, without reading it, that a file is another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
}

/// What takes a change back.
struct Undo {
    splices: Vec<Splice>,
    /// The text that it was made from, and the one that it made.
    before: u64,
    after: u64,
    words: String,
}

/// A plan that was read again, and what is to be said of that.
pub(super) struct Renewed {
    pub(super) plan: Plan,
    pub(super) words: String,
}

impl File {
    /// Begins with a text that was just read.
    pub(super) fn new(path: Option<PathBuf>, source: &Source) -> Self {
        Self {
            stamp: path.as_deref().and_then(Stamp::of),
            is_unsure: true,
            is_out_of_sight: false,
            path,
            name: source.name().to_owned(),
            text: source.text().to_owned(),
            done: Vec::new(),
        }
    }

    /// Makes a change in the file as it is now.
    pub(super) fn save(
        &mut self,
        wish: &Wish,
        me: &Me,
        today: NaiveDate,
    ) -> anyhow::Result<Renewed> {
        let path = self.path()?;
        let name = self.name.clone();
        let saved = store::edit(&path, |text| {
            let document = Document::read(Source::new(name.clone(), text));
            anyhow::ensure!(!document.is_refused(), "{}", unreadable(&name, &document));
            let changes = set::wanted(
                &document.plan,
                &wish.words,
                wish.note.as_deref(),
                None,
                me,
                today,
            )?;
            let way = "`loti set … --reopen` changes it all the same";
            write::keep_closed(&document.plan, &changes, way)?;
            let (edit, done) = write::made(&document, &changes)?;
            let undo = Undo {
                splices: edit.inverse(),
                before: hash(&done.before),
                after: hash(&done.after),
                words: done.spoken.join("; "),
            };
            Ok((done.after.clone(), (edit.document.plan, undo, done)))
        });
        let (plan, undo, done) = settled(saved)?;
        let Done { before, after, .. } = done;
        let words = if before == after {
            "nothing changed: the plan already says so".to_owned()
        } else {
            undo.words.clone()
        };
        if before != after {
            self.done.push(undo);
        }
        self.took(after);
        Ok(Renewed { plan, words })
    }

    /// Takes the last change back, byte by byte, where nobody wrote since.
    pub(super) fn undo(&mut self) -> anyhow::Result<Renewed> {
        let path = self.path()?;
        let undo = self.done.last().context("there is nothing to take back")?;
        let saved = store::edit(&path, |text| {
            anyhow::ensure!(
                hash(text) == undo.after,
                "the file was changed by others since: take it back by hand, or with git"
            );
            let before = Splice::apply_all(&undo.splices, text);
            anyhow::ensure!(hash(&before) == undo.before, "it cannot be taken back");
            Ok((before.clone(), before))
        });
        let text = settled(saved)?;
        let words = format!("taken back: {}", undo.words);
        self.done.pop();
        let plan = Document::read(Source::new(self.name.clone(), text.as_str())).plan;
        self.took(text);
        Ok(Renewed { plan, words })
    }

    /// Returns the plan anew where somebody else changed the file; an error where it cannot be read,
    /// once.
    pub(super) fn changed(&mut self) -> Option<anyhow::Result<Renewed>> {
        let path = self.path.as_deref()?;
        let stamp = Stamp::of(path);
        if stamp == self.stamp && !std::mem::take(&mut self.is_unsure) {
            return None;
        }
        self.stamp = stamp;
        let text = match store::read(path) {
            Ok(text) if text == self.text && !self.is_out_of_sight => return None,
            Ok(text) => text,
            Err(error) => {
                self.is_out_of_sight = true;
                return Some(Err(error.into()));
            }
        };
        self.is_out_of_sight = false;
        let document = Document::read(Source::new(self.name.clone(), text.as_str()));
        self.text = text;
        if document.is_refused() {
            return Some(Err(anyhow::anyhow!(
                "{}",
                unreadable(&self.name, &document)
            )));
        }
        let words = format!("{} was changed, and is read again", self.name);
        Some(Ok(Renewed {
            plan: document.plan,
            words,
        }))
    }

    fn path(&self) -> anyhow::Result<PathBuf> {
        let path = self.path.clone();
        path.context("this is the past, which cannot be changed: leave `--at` out")
    }

    fn took(&mut self, text: String) {
        self.text = text;
        self.stamp = self.path.as_deref().and_then(Stamp::of);
        self.is_unsure = true;
    }
}

impl Stamp {
    fn of(path: &Path) -> Option<Self> {
        let about = fs::metadata(path).ok()?;
        Some(Self {
            modified: about.modified().ok(),
            length: about.len(),
        })
    }
}

fn settled<T>(saved: Result<T, EditError<anyhow::Error>>) -> anyhow::Result<T> {
    saved.map_err(|error| match error {
        EditError::Make(error) => error,
        EditError::Save(error) => error.into(),
    })
}

fn hash(text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};

    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

fn unreadable(name: &str, document: &Document) -> String {
    let problems = document.refusals().count();
    format!(
        "{name} has {} now: `loti check` shows them; this is the plan as it was",
        count(problems, "problem")
    )
}
