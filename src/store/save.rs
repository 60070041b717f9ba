//! The two ways to change a plan: edit the one that is there, or create one.

use std::fs::OpenOptions;
use std::io;
use std::path::Path;

use super::draft::{self, Draft};
use super::lock::Held;
use super::{EditError, SaveError};

/// Replaces the text of the plan at `path` by what `make` makes of it.
///
/// `make` is given the text as it is with the plan locked, and returns the new
/// text and whatever the caller wants back. Other writers that come through here
/// wait until this one is done, so no edit is lost. A text editor or git knows
/// nothing of the lock: if one of them changes the file meanwhile, `make` is
/// called afresh on the new text. It must not call `edit` on the same plan, which
/// would wait for itself.
///
/// If the new text is the old text nothing is written at all. Otherwise the file
/// is replaced in one step by a new one with the same mode and, where this user
/// may set them, the same owner and group. A symbolic link stays and the file it
/// points to is replaced; of a file with several hard links only this name gets
/// the new text. Access control lists and extended attributes are not carried
/// over.
///
/// Before writing, what killed writers of this plan left beside it is removed.
///
/// On a filesystem without locks the edit goes on without one. Two edits at the
/// very same moment may then lose one of the two, but never tear the file.
///
/// # Errors
///
/// [`EditError::Make`] with the error of `make`, or [`EditError::Save`] if the
/// plan cannot be read, locked or written. In each case the file is as it was
/// and nothing is left beside it.
pub fn edit<T, E>(
    path: &Path,
    mut make: impl FnMut(&str) -> Result<(String, T), E>,
) -> Result<T, EditError<E>> {
    loop {
        let plan = Held::take(path)?;
        let old = plan.read()?;
        let (new, value) = make(&old).map_err(EditError::Make)?;
        if new == old {
            return Ok(value);
        }
        if replace(&plan, path, &new)? {
            return Ok(value);
        }
    }
}

/// Creates a plan at `path` with this text.
///
/// The file appears whole or not at all.
///
/// # Errors
///
/// [`SaveError::Exists`] if anything bears that name already, be it a dangling
/// symbolic link; [`SaveError::NoFolder`] if the folder is missing; and
/// [`SaveError::Write`] if the text cannot be written. In each case nothing is
/// left behind.
pub fn create(path: &Path, text: &str) -> Result<(), SaveError> {
    let exists = || SaveError::Exists {
        path: path.to_owned(),
    };
    if path.symlink_metadata().is_ok() {
        return Err(exists());
    }
    let folder = draft::folder_of(path);
    if !folder.is_dir() {
        return Err(SaveError::NoFolder {
            folder: folder.to_owned(),
        });
    }
    Draft::new(path, text)
        .and_then(Draft::create)
        .map_err(|source| {
            // Asked again, for another process may have been first, and its first
            // edit takes our draft for one that a killed writer left.
            if path.symlink_metadata().is_ok() {
                return exists();
            }
            SaveError::Write {
                path: path.to_owned(),
                source,
            }
        })
}

/// Writes a text to `path`, in the place of the text that is there, if one is.
///
/// # Errors
///
/// As those of [`edit`] and [`create`]: what is there is no text, is read-only or no file, or the
/// folder is missing. Then all is as it was.
pub fn write(path: &Path, text: &str) -> Result<(), SaveError> {
    match create(path, text) {
        Err(SaveError::Exists { .. }) => {}
        done => return done,
    }
    let edited = edit(path, |_| {
        Ok::<_, std::convert::Infallible>((text.to_owned(), ()))
    });
    edited.map_err(|error| match error {
        EditError::Save(error) => error,
        EditError::Make(never) => match never {},
    })
}

/// Puts the new text in place, unless someone without the lock changed the plan
/// since it was taken: then it does nothing and returns `false`.
fn replace(plan: &Held, path: &Path, new: &str) -> Result<bool, SaveError> {
    let target = plan.target();
    let failed = |source: io::Error| SaveError::Write {
        path: path.to_owned(),
        source,
    };
    // To replace a file takes no permission to write to it, only to its folder,
    // so nothing but this check keeps a read-only plan as it is. The mode is
    // looked at by itself since root may open any file.
    let writable = OpenOptions::new().append(true).open(target);
    if plan.about().permissions().readonly()
        || matches!(&writable, Err(e) if e.kind() == io::ErrorKind::PermissionDenied)
    {
        return Err(SaveError::ReadOnly {
            path: path.to_owned(),
        });
    }
    drop(writable);

    draft::sweep(target);
    let draft = Draft::like(plan.about(), target, new).map_err(failed)?;
    if !plan.is_current(path) {
        return Ok(false);
    }
    draft.replace().map_err(failed)?;
    Ok(true)
}
