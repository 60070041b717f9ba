//! The plan's past, as the command line names it: by a revision, or by a day.

use std::path::PathBuf;

use anyhow::Context as _;
use chrono::NaiveDate;

use super::{World, day, plan_file};
use crate::document::Document;
use crate::git::{Id, Repository, TreePath};
use crate::history::Commit;
use crate::model::Plan;
use crate::store::{self, FindError};
use crate::text::Source;

/// The repository that holds the plan file, and where the file is in it.
pub(super) struct Past {
    /// The repository.
    pub repository: Repository,
    /// The file's place in the tree of the commit to look back from.
    pub path: TreePath,
    /// The commit to look back from: the one that is checked out, or that `--at` names.
    pub from: Id,
}

/// The plan as it stood, as `--at` asks for it.
pub(super) struct Moment {
    /// The commit.
    pub commit: Commit,
    /// Its name for git.
    pub id: Id,
    /// The file's place in its tree, which may be another than now.
    pub path: TreePath,
    /// The day it is looked at from: the one asked for, else the commit's.
    pub day: NaiveDate,
    source: Source,
}

impl Past {
    /// Opens the past of the plan file.
    pub(super) fn open(world: &World) -> anyhow::Result<Self> {
        let mut past = Self::of_head(world)?;
        if let Some(moment) = &world.at {
            past.from = moment.id;
            past.path = moment.path.clone();
        }
        Ok(past)
    }

    /// Opens the past of the plan file; for a plan from standard input, of the file that would be
    /// read without.
    pub(super) fn open_or_beside(world: &World) -> anyhow::Result<Self> {
        if world.at.is_none() && matches!(plan_file::path(world), Ok(None)) {
            let beside = store::find(None, &world.folder);
            return Self::of_file(world, beside.map(Some).map_err(Into::into));
        }
        Self::open(world)
    }

    /// Opens the past of the plan file as it is now, whatever `--at` asks for.
    pub(super) fn of_head(world: &World) -> anyhow::Result<Self> {
        Self::of_file(world, plan_file::path(world))
    }

    fn of_file(world: &World, file: anyhow::Result<Option<PathBuf>>) -> anyhow::Result<Self> {
        let (repository, path) = match file {
            Ok(Some(file)) => Repository::holding(&file)?,
            Ok(None) => anyhow::bail!(
                "a plan from standard input has no past\n\
                 hint: name the file: `-f okrs.toml`"
            ),
            Err(error) => of_no_file(world, error)?,
        };
        let from = repository.head()?.context(
            "nothing has been committed in this repository yet\n\
             hint: `git add` the plan file and `git commit`",
        )?;
        Ok(Self {
            repository,
            path,
            from,
        })
    }

    /// Returns the commit that a revision names, or the last one up to the end of a day.
    pub(super) fn commit(&self, when: &str) -> anyhow::Result<Id> {
        let Ok(day) = day(when) else {
            return self.repository.resolve(when);
        };
        self.repository
            .on_day(day, self.from)?
            .with_context(|| format!("nothing had been committed by the end of {day}"))
    }

    /// Returns the plan's text as a commit has it, under the name that messages give it; none where
    /// the commit has no such file.
    pub(super) fn source(&self, commit: Id) -> anyhow::Result<Option<Source>> {
        Ok(self.version(commit)?.map(|(_, source)| source))
    }

    /// Returns the same, and where the file is in the tree of that commit.
    pub(super) fn version(&self, commit: Id) -> anyhow::Result<Option<(TreePath, Source)>> {
        let found = self
            .repository
            .file_followed(commit, &self.path, self.from)?;
        let Some((path, file)) = found else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        self.repository.read(file, &mut bytes)?;
        let name = format!("{}:{path}", self.repository.commit(commit)?.short());
        let text = store::read_from(bytes.as_slice(), &name)?;
        Ok(Some((path, Source::new(name, text))))
    }
}

/// Says where the plan is that no folder has, where that is known: in the commit that is checked out.
pub(super) fn or_committed(world: &World, error: anyhow::Error) -> anyhow::Error {
    match of_no_file(world, error) {
        Ok((_, path)) => anyhow::anyhow!(
            "there is no `{path}` on disk, but the commit that is checked out has it\n\
             hint: `--at HEAD` reads it there"
        ),
        Err(error) => error,
    }
}

/// Looks for the plan in the tree where it is no longer on disk, or where nothing is.
fn of_no_file(world: &World, error: anyhow::Error) -> anyhow::Result<(Repository, TreePath)> {
    if !matches!(error.downcast_ref(), Some(FindError::NoPlan { .. })) {
        return Err(error);
    }
    let Ok(repository) = Repository::around(&world.folder) else {
        return Err(error);
    };
    let here = PathBuf::from(store::FILE_NAME);
    let above = world.folder.ancestors();
    let above = above.map(|folder| folder.join(store::FILE_NAME));
    let places = [here].into_iter().chain(above);
    let places = places.map_while(|file| repository.place(&file).ok());
    let head = repository.head()?;
    for path in places {
        if let Some(head) = head
            && repository.file(head, &path)?.is_some()
        {
            return Ok((repository, path));
        }
    }
    Err(error)
}

/// Finds the plan as it stood.
pub(super) fn moment(world: &World, when: &str) -> anyhow::Result<Moment> {
    let past = Past::of_head(world)?;
    let id = past.commit(when)?;
    let commit = past.repository.commit(id)?;
    let (path, source) = past.version(id)?.with_context(|| {
        format!(
            "there was no `{}` in commit {} of {}",
            past.path,
            commit.short(),
            commit.day()
        )
    })?;
    Ok(Moment {
        day: day(when).unwrap_or_else(|_| commit.day()),
        id,
        path,
        source,
        commit,
    })
}

/// Reads the plan as it was at a day or a revision, and the commit that has it; where it is not known,
/// says why.
pub(super) fn before(
    world: &mut World,
    past: &Past,
    since: &str,
) -> anyhow::Result<Option<(Plan, Commit)>> {
    let Some((document, commit)) = version_of(world, past, since)? else {
        return Ok(None);
    };
    plan_file::refuse(world, &document)?;
    say_compared(world, since, &commit);
    Ok(Some((document.plan, commit)))
}

/// Does the same for a day that nobody asked for: a version that cannot be read holds nothing up.
pub(super) fn before_by_default(
    world: &mut World,
    past: &Past,
    since: &str,
) -> anyhow::Result<Option<(Plan, Commit)>> {
    let Some((document, commit)) = version_of(world, past, since)? else {
        return Ok(None);
    };
    if document.refusals().next().is_some() {
        world.say(&format!(
            "what changed is not told: the plan cannot be read in commit {} of {}\n\
             hint: `--since DATE` looks back to another day",
            commit.short(),
            commit.day()
        ));
        return Ok(None);
    }
    say_compared(world, since, &commit);
    Ok(Some((document.plan, commit)))
}

/// Finds a version by a day or a revision; where there is none, says why.
fn version_of(
    world: &mut World,
    past: &Past,
    since: &str,
) -> anyhow::Result<Option<(Document, Commit)>> {
    let id = match past.commit(since) {
        Ok(id) => id,
        Err(error) if day(since).is_ok() => {
            world.say(&format!("what changed is not told: {error:#}"));
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let commit = past.repository.commit(id)?;
    let Some(source) = past.source(id)? else {
        world.say(&format!(
            "what changed is not told: there was no `{}` in commit {} of {}",
            past.path,
            commit.short(),
            commit.day()
        ));
        return Ok(None);
    };
    Ok(Some((Document::read(source), commit)))
}

fn say_compared(world: &mut World, since: &str, commit: &Commit) {
    world.say(&format!(
        "since {since}: compared with commit {} of {} by {}",
        commit.short(),
        commit.day(),
        commit.author.name
    ));
}

impl Moment {
    /// Returns the plan's text.
    pub(super) fn source(&self) -> Source {
        self.source.clone()
    }

    /// Returns which commit it is, in words.
    pub(super) fn describe(&self) -> String {
        let Commit {
            author, subject, ..
        } = &self.commit;
        let made = self.commit.day();
        let (short, name) = (self.commit.short(), &author.name);
        if made == self.day {
            format!("as of {made}: commit {short} by {name}, “{subject}”")
        } else {
            format!(
                "as of {}: commit {short} of {made} by {name}, “{subject}”",
                self.day
            )
        }
    }
}
