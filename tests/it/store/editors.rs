//! A text editor, which knows of no lock, at the same file.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use loti::store::{self, EditError, ReadError, SaveError};

use super::{names, plan};

/// What a text editor does while an edit is being made, it knowing of no lock.
fn edit_while(path: &Path, mut editor: impl FnMut() -> Result<()>) -> Result<u32> {
    let mut calls = 0;
    let result = store::edit(path, |old| {
        calls += 1;
        if calls == 1 {
            editor()?;
        }
        anyhow::Ok((format!("{old}ours\n"), ()))
    });
    match result {
        Ok(()) => Ok(calls),
        Err(EditError::Make(error)) => Err(error),
        Err(EditError::Save(error)) => Err(error.into()),
    }
}

#[cfg(unix)]
#[test]
fn an_editor_that_writes_in_place_is_not_overwritten() -> Result<()> {
    let (folder, path) = plan("old\n")?;
    let calls = edit_while(&path, || Ok(fs::write(&path, "theirs\n")?))?;
    assert_eq!(calls, 2);
    assert_eq!(store::read(&path)?, "theirs\nours\n");
    assert_eq!(names(folder.path())?, [store::FILE_NAME]);
    Ok(())
}

#[test]
fn an_editor_that_replaces_the_file_is_not_overwritten() -> Result<()> {
    let (folder, path) = plan("old\n")?;
    let calls = edit_while(&path, || {
        let theirs = folder.path().join("theirs");
        fs::write(&theirs, "theirs\n")?;
        Ok(fs::rename(&theirs, &path)?)
    })?;
    assert_eq!(calls, 2);
    assert_eq!(store::read(&path)?, "theirs\nours\n");
    assert_eq!(names(folder.path())?, [store::FILE_NAME]);
    Ok(())
}

#[test]
fn a_plan_removed_during_an_edit_stays_removed() -> Result<()> {
    let (folder, path) = plan("old\n")?;
    let error = edit_while(&path, || Ok(fs::remove_file(&path)?))
        .err()
        .context("it was written")?;
    assert!(matches!(
        error.downcast_ref(),
        Some(SaveError::Read(ReadError::Missing { .. }))
    ));
    assert!(names(folder.path())?.is_empty());
    Ok(())
}
