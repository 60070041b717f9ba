use std::path::Path;

use anyhow::{Context as _, ensure};

use super::super::past::Past;
use super::super::{World, plan_file};
use crate::document::Document;
use crate::git::{Id, TreePath};
use crate::history::Commit;
use crate::store;
use crate::text::{Source, printable};

/// What is to be compared, as the command line says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A revision or day with the file.
    Against(String),
    /// Two of them.
    Between(String, String),
    /// The second with what it has in common with the first.
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

    /// Finds the commits that it names, the older first; none for the file as it is on disk.
    fn commits(&self, world: &World, past: &Past) -> anyhow::Result<(Id, Option<Id>)> {
        let (one, other) = match self {
            Self::Against(one) => {
                let other = world.at.as_ref().map(|moment| moment.id);
                return Ok((past.commit(one)?, other));
            }
            Self::Between(one, other) | Self::SinceParted(one, other) => (one, other),
        };
        ensure!(
            world.at.is_none(),
            "`--at` says what to compare a revision with, and here are two\n\
             hint: leave `--at` out, or one of them"
        );
        let [first, second] = [past.commit(one)?, past.commit(other)?];
        if let Self::Between(..) = self {
            return Ok((first, Some(second)));
        }
        let base = past.repository.merge_base(first, second)?;
        let base = base.with_context(|| {
            format!(
                "`{one}` and `{other}` have no commit in common\n\
                 hint: `{one}..{other}` compares them as they are"
            )
        })?;
        Ok((base, Some(second)))
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

/// A commit as a side.
struct Side {
    told: Commit,
    /// Where the file is in its tree, and what it says there; none where there is none.
    file: Option<(TreePath, Source)>,
}

impl Side {
    fn find(past: &Past, commit: Id) -> anyhow::Result<Self> {
        Ok(Self {
            told: past.repository.commit(commit)?,
            file: past.version(commit)?,
        })
    }
}

impl Compared {
    /// Finds and reads both sides.
    pub(super) fn find(world: &mut World, wanted: &Wanted) -> anyhow::Result<Self> {
        let mut past = Past::open(world)?;
        let (one, other) = wanted.commits(world, &past)?;
        let place = past.path.clone();
        // What is not there any more goes by the name that it had.
        let path = plan_file::path(world).ok().flatten();
        let file = match &path {
            Some(path) => plan_file::shown(world, path),
            None => place.to_string(),
        };
        let other = match other {
            None => None,
            Some(id) => {
                let side = Side::find(&past, id)?;
                // The older side is looked for from the newer one, under the name it has there.
                past.from = id;
                past.path = side
                    .file
                    .as_ref()
                    .map_or(past.path, |(path, _)| path.clone());
                Some(side)
            }
        };
        let one = Side::find(&past, one)?;
        let said = said([Some(&one), other.as_ref()], &file, &place, wanted);
        let commits = [Some(one.told), other.as_ref().map(|side| side.told.clone())];
        let was = one.file.map(|(_, source)| Document::read(source));
        let is = match other {
            Some(side) => side.file.map(|(_, source)| source),
            None => match path {
                Some(path) => on_disk(&path, &file, was.as_ref())?,
                None => None,
            },
        };
        let documents = [was, is.map(Document::read)];
        ensure!(
            documents.iter().any(Option::is_some),
            "`{place}` is on neither side: {said}"
        );
        for document in documents.iter().flatten() {
            plan_file::refuse(world, document)?;
        }
        Ok(Self {
            file,
            documents,
            commits,
            said,
        })
    }
}

/// Reads the file as it is on disk, if it is there.
fn on_disk(path: &Path, name: &str, was: Option<&Document>) -> anyhow::Result<Option<Source>> {
    let text = match store::read(path) {
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
    Ok(Some(Source::new(name, text)))
}

/// Says what is compared: each commit with its day, and the file's name there where it is another.
fn said(sides: [Option<&Side>; 2], file: &str, place: &TreePath, wanted: &Wanted) -> String {
    let [one, other] = sides.map(|side| match side {
        None => format!("{file} as it is"),
        Some(Side { told, file }) => {
            let was = match file {
                Some((path, _)) if path != place => format!(" (there {path})"),
                _ => String::new(),
            };
            format!("{} of {}{was}", told.short(), told.day())
        }
    });
    let base = match wanted {
        Wanted::SinceParted(one, other) => format!(", where {other} left {one},"),
        _ => String::new(),
    };
    printable(&format!("comparing {one}{base} with {other}")).into_owned()
}
