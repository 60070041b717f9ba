//! What was answered and is not saved yet: in a file of the user's own, written after every answer.
//!
//! It is neither in the plan nor beside it, where somebody could commit it.

use std::fs::{self, DirBuilder};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::cli::World;
use crate::model::{Id, Number, Status};
use crate::store;
use crate::text::hash;
use crate::view::{Answers, Was};

/// The place where the answers to one plan's questions are kept.
pub(super) struct Kept {
    plan: String,
    file: Option<PathBuf>,
    /// What this walk is about: of all else it keeps what is there, whoever put it there.
    mine: Vec<Id>,
}

/// As it stands in the file; figures are texts, so that each stays as it was typed.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Draft {
    version: u32,
    plan: String,
    answers: Vec<Record>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Record {
    key_result: String,
    on: String,
    figure: Option<Change>,
    steps: Vec<String>,
    status: Option<Change>,
    confidence: Option<Change>,
    note: Option<String>,
    whole: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct Change {
    was: Option<String>,
    is: String,
}

impl Kept {
    /// Returns the place for a plan file.
    pub(super) fn of(world: &World, path: &Path) -> Self {
        let full = world.folder.join(path);
        let full = full.canonicalize().unwrap_or(full);
        let plan = full.display().to_string();
        let name = format!("checkin-{:016x}.json", hash(&[&plan]));
        let file = world.state.as_ref();
        Self {
            file: file.map(|state| state.join("loti").join(name)),
            mine: Vec::new(),
            plan,
        }
    }

    /// Returns whether there is such a place at all.
    pub(super) fn is_kept(&self) -> bool {
        self.file.is_some()
    }

    /// Reads what was answered.
    pub(super) fn read(&self) -> anyhow::Result<Vec<Answers>> {
        let Some(file) = &self.file else {
            return Ok(Vec::new());
        };
        let text = match fs::read_to_string(file) {
            Ok(text) => text,
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                ) =>
            {
                return Ok(Vec::new());
            }
            Err(error) => return Err(error).with_context(|| unread(file)),
        };
        let draft: Draft = serde_json::from_str(&text).with_context(|| unread(file))?;
        let answers = draft.answers.iter().map(Record::answers);
        let answers: Option<Vec<_>> = answers.collect();
        answers.with_context(|| unread(file))
    }

    /// Says what this walk is about.
    pub(super) fn is_about(&mut self, mine: Vec<Id>) {
        self.mine = mine;
    }

    /// Goes on without keeping anything: it cannot be.
    pub(super) fn give_up(&mut self) {
        self.file = None;
    }

    /// Keeps what was answered so far.
    pub(super) fn keep(&self, answers: &[&Answers]) -> anyhow::Result<()> {
        let Some(file) = &self.file else {
            return Ok(());
        };
        let mut rest = self.read()?;
        rest.retain(|own| !self.mine.contains(&own.id));
        let answers: Vec<_> = answers.iter().copied().chain(&rest).collect();
        if answers.is_empty() {
            return self.remove();
        }
        let draft = Draft {
            version: 1,
            plan: self.plan.clone(),
            answers: answers.iter().map(|own| Record::of(own)).collect(),
        };
        let text = serde_json::to_string_pretty(&draft)?;
        let folder = file.parent().unwrap_or(Path::new("."));
        private_folder(folder)
            .and_then(|()| Ok(store::write(file, &text)?))
            .with_context(|| format!("what you answered cannot be kept in {}", folder.display()))
    }

    /// Forgets what was answered in this walk: it is saved, or not wanted.
    pub(super) fn forget(&self) -> anyhow::Result<()> {
        self.keep(&[])
    }

    fn remove(&self) -> anyhow::Result<()> {
        match self.file.as_ref().map(fs::remove_file) {
            Some(Err(error)) if error.kind() != io::ErrorKind::NotFound => {
                Err(error).context("what you answered cannot be forgotten")
            }
            _ => Ok(()),
        }
    }
}

impl Record {
    fn of(answers: &Answers) -> Self {
        fn change<T: ToString>(moved: Option<&Was<T>>) -> Option<Change> {
            moved.map(|moved| Change {
                was: moved.was.as_ref().map(ToString::to_string),
                is: moved.is.to_string(),
            })
        }
        Self {
            key_result: answers.id.to_string(),
            on: answers.on.to_string(),
            figure: change(answers.figure.as_ref()),
            steps: answers.steps.iter().map(ToString::to_string).collect(),
            status: change(answers.status.as_ref()),
            confidence: change(answers.confidence.as_ref()),
            note: answers.note.clone(),
            whole: answers.is_whole,
        }
    }

    fn answers(&self) -> Option<Answers> {
        let id = |text: &String| Id::new(text);
        let steps = self.steps.iter().map(id);
        Some(Answers {
            id: id(&self.key_result)?,
            on: self.on.parse::<NaiveDate>().ok()?,
            figure: read(self.figure.as_ref(), Number::parse)?,
            steps: steps.collect::<Option<_>>()?,
            status: read(self.status.as_ref(), Status::parse)?,
            confidence: read(self.confidence.as_ref(), Number::parse)?,
            note: self.note.clone(),
            is_whole: self.whole,
        })
    }
}

/// Reads a value and the one before it; `None` where one of them is none.
#[expect(clippy::option_option, reason = "what is absent is read as well")]
fn read<T>(change: Option<&Change>, parse: impl Fn(&str) -> Option<T>) -> Option<Option<Was<T>>> {
    let Some(change) = change else {
        return Some(None);
    };
    let was = match &change.was {
        Some(was) => Some(parse(was)?),
        None => None,
    };
    let is = parse(&change.is)?;
    Some(Some(Was { was, is }))
}

/// Makes a folder that nobody else looks into: the plan may be private.
fn private_folder(folder: &Path) -> anyhow::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    Ok(builder.create(folder)?)
}

fn unread(file: &Path) -> String {
    format!(
        "what you answered before cannot be read from {}\n\
         hint: look into it, then move it away",
        file.display()
    )
}
