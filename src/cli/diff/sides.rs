use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chrono::NaiveDate;

use super::super::{World, plan_file};
use crate::document::Document;
use crate::git::{Id, Repository, TreePath};
use crate::history::Commit;
use crate::store::{self, FILE_NAME};
use crate::text::{Source, printable};

/// What is to be compared, as the command line says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A revision with the file.
    Against(String),
    /// The last commit up to the end of a day with the file.
    Since(NaiveDate),
    /// Two revisions.
    Between(String, String),
    /// The second revision with what it has in common with the first.
    SinceParted(String, String),
}

impl Wanted {
    /// Reads revisions as git's own commands take them: what is left out is `HEAD`.
    pub(super) fn parse(words: &str) -> Self {
        let or_head = |word: &str| match word {
            "" => "HEAD".to_owned(),
            word => word.to_owned(),
        };
        if let Some((one, other)) = words.split_once("...") {
            Self::SinceParted(or_head(one), or_head(other))
        } else if let Some((one, other)) = words.split_once("..") {
            Self::Between(or_head(one), or_head(other))
        } else {
            Self::Against(or_head(words))
        }
    }
}

/// Two versions of the plan file.
pub(super) struct Compared {
    /// The file, by the name that messages give it.
    pub(super) file: String,
    /// The versions, the older first; none where there is no file.
    pub(super) documents: [Option<Document>; 2],
    /// Where they stand; none for the file as it is on disk.
    pub(super) commits: [Option<Commit>; 2],
    /// What was compared, in words.
    pub(super) said: String,
}

/// A side to be read.
struct Side {
    commit: Id,
    told: Commit,
    /// The file's name there and its version, where there is one.
    file: Option<(TreePath, Id)>,
}

impl Compared {
    /// Finds and reads both sides.
    pub(super) fn find(world: &mut World, wanted: &Wanted) -> anyhow::Result<Self> {
        let path = path(world)?;
        let (repository, place) = Repository::holding(&world.folder.join(&path))?;
        let file = plan_file::shown(world, &path);
        let place = Place {
            repository: &repository,
            path: place,
        };
        let head = || repository.resolve("HEAD");
        let (one, other) = match wanted {
            Wanted::Against(word) => (place.side(place.commit(word)?, head()?)?, None),
            Wanted::Since(day) => (place.side(place.on_day(*day)?, head()?)?, None),
            Wanted::Between(one, other) => {
                let other = place.side(place.commit(other)?, head()?)?;
                let one = place.before(place.commit(one)?, &other)?;
                (one, Some(other))
            }
            Wanted::SinceParted(one, other) => {
                let (base, other) = place.parted(one, other)?;
                (base, Some(other))
            }
        };
        let said = said(&one, other.as_ref(), &file, &place.path, wanted);
        let was = document(&repository, &one)?;
        let is = match &other {
            Some(other) => document(&repository, other)?,
            None => on_disk(world, &path, was.as_ref())?,
        };
        anyhow::ensure!(
            was.is_some() || is.is_some(),
            "`{}` is on neither side: {said}",
            place.path
        );
        for side in [&was, &is].into_iter().flatten() {
            plan_file::refuse(world, side)?;
        }
        Ok(Self {
            said: format!("comparing {said}"),
            file,
            documents: [was, is],
            commits: [Some(one.told), other.map(|other| other.told)],
        })
    }
}

/// Where a file is in a repository.
struct Place<'a> {
    repository: &'a Repository,
    path: TreePath,
}

impl Place<'_> {
    /// Returns the commit that a word names: a revision, or a day.
    fn commit(&self, word: &str) -> anyhow::Result<Id> {
        match word.parse() {
            Ok(day) => self.on_day(day),
            Err(_) => self.repository.resolve(word),
        }
    }

    fn on_day(&self, day: NaiveDate) -> anyhow::Result<Id> {
        let head = self.repository.resolve("HEAD")?;
        let found = self.repository.on_day(day, head)?;
        found.with_context(|| {
            format!(
                "nothing that this repository holds was committed by {day}\n\
                 hint: `git log --reverse --first-parent` begins with the first commit"
            )
        })
    }

    /// Looks up a side, by the name that the file has there.
    fn side(&self, commit: Id, from: Id) -> anyhow::Result<Side> {
        let file = self.repository.file_followed(commit, &self.path, from)?;
        Ok(Side {
            commit,
            told: self.repository.commit(commit)?,
            file,
        })
    }

    /// Looks up the older side of another.
    fn before(&self, commit: Id, other: &Side) -> anyhow::Result<Side> {
        let path = other.file.as_ref().map_or(&self.path, |(path, _)| path);
        let place = Place {
            repository: self.repository,
            path: path.clone(),
        };
        place.side(commit, other.commit)
    }

    /// Looks up a revision, and the commit where it parted from another.
    fn parted(&self, one: &str, other: &str) -> anyhow::Result<(Side, Side)> {
        let [first, second] = [self.commit(one)?, self.commit(other)?];
        let base = self.repository.merge_base(first, second)?;
        let base = base.with_context(|| {
            format!(
                "`{one}` and `{other}` have no commit in common\n\
                 hint: `{one}..{other}` compares them as they are"
            )
        })?;
        let other = self.side(second, self.repository.resolve("HEAD")?)?;
        Ok((self.before(base, &other)?, other))
    }
}

/// Returns the plan file, which may be gone by now.
fn path(world: &World) -> anyhow::Result<PathBuf> {
    match plan_file::path(world) {
        Ok(Some(path)) => Ok(path),
        Ok(None) => anyhow::bail!(
            "a plan from standard input has no history\n\
             hint: name the file that it is a version of: `-f PATH`"
        ),
        Err(error) => {
            let is_known = Repository::holding(&world.folder.join(FILE_NAME)).is_ok_and(
                |(repository, place)| {
                    let head = repository.head().ok().flatten();
                    head.is_some_and(|head| matches!(repository.file(head, &place), Ok(Some(_))))
                },
            );
            if is_known {
                Ok(PathBuf::from(FILE_NAME))
            } else {
                Err(error)
            }
        }
    }
}

/// Reads the file as a commit has it.
fn document(repository: &Repository, side: &Side) -> anyhow::Result<Option<Document>> {
    let Some((path, file)) = &side.file else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    repository.read(*file, &mut bytes)?;
    let name = format!("{}:{path}", side.told.short());
    let text = store::read_from(&*bytes, &name)?;
    Ok(Some(Document::read(Source::new(name, text))))
}

/// Reads the file as it is on disk.
fn on_disk(world: &World, path: &Path, was: Option<&Document>) -> anyhow::Result<Option<Document>> {
    let text = match store::read(&world.folder.join(path)) {
        Ok(text) => text,
        Err(store::ReadError::Missing { .. }) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    // Where git gives the file other line endings on disk, that is no change.
    let has_own = was.is_some_and(|was| was.source.text().contains("\r\n"));
    let text = if has_own {
        text
    } else {
        text.replace("\r\n", "\n")
    };
    let name = plan_file::shown(world, path);
    Ok(Some(Document::read(Source::new(name, text))))
}

/// Says what is compared: each commit with its day, and the file's name there where it is another.
fn said(one: &Side, other: Option<&Side>, file: &str, place: &TreePath, wanted: &Wanted) -> String {
    let told = |side: &Side| {
        let was = match &side.file {
            Some((path, _)) if path != place => format!(" (there {path})"),
            _ => String::new(),
        };
        format!("{} of {}{was}", side.told.short(), side.told.day())
    };
    let base = match wanted {
        Wanted::SinceParted(one, other) => format!(", where {other} left {one},"),
        _ => String::new(),
    };
    let words = match other {
        Some(other) => format!("{}{base} with {}", told(one), told(other)),
        None => format!("{} with {file} as it is", told(one)),
    };
    printable(&words).into_owned()
}
