//! The promises of the store, put to the test with real files and real
//! processes.

mod create;
mod edit;
mod editors;
mod find;
mod keeps;
mod processes;
mod read;

use std::convert::Infallible;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use loti::store::{self, EditError};
use tempfile::TempDir;

/// The edit that puts a text in the place of any other.
fn put(path: &Path, text: &str) -> Result<(), EditError<Infallible>> {
    store::edit(path, |_| Ok((text.to_owned(), ())))
}

/// The edit that adds a line at the end.
fn append(path: &Path, line: &str) -> Result<(), EditError<Infallible>> {
    store::edit(path, |old| Ok((format!("{old}{line}\n"), ())))
}

/// The names in a folder, in order.
fn names(folder: &Path) -> Result<Vec<String>> {
    let mut names = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<Result<Vec<_>>>()?;
    names.sort();
    Ok(names)
}

/// A folder with a plan in it.
fn plan(text: &str) -> Result<(TempDir, PathBuf)> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join(store::FILE_NAME);
    fs::write(&path, text)?;
    Ok((folder, path))
}
