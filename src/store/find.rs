//! Which file is the plan.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::FindError;

/// The name of a plan file that nobody named.
pub const FILE_NAME: &str = "okrs.toml";

/// Returns the path of the plan file.
///
/// An `explicit` path wins and comes back as it is; whether a file is there is
/// for [`read`](super::read()) to say. Otherwise the plan is the [`FILE_NAME`] in
/// `folder` or else in the nearest folder above it. Whatever bears that name
/// ends the search, even a folder or a dangling link: to pass over it in silence
/// would mean to work on another plan than the one the user sees.
///
/// # Errors
///
/// [`FindError::NoPlan`] if no folder up to the root holds one, and
/// [`FindError::Folder`] if `folder` itself cannot be looked into.
pub fn find(explicit: Option<&Path>, folder: &Path) -> Result<PathBuf, FindError> {
    if let Some(path) = explicit {
        return Ok(path.to_owned());
    }
    let start = full(folder).map_err(|source| FindError::Folder {
        folder: folder.to_owned(),
        source,
    })?;
    start
        .ancestors()
        .map(|folder| folder.join(FILE_NAME))
        .find(|path| path.symlink_metadata().is_ok())
        .ok_or_else(|| FindError::NoPlan {
            folder: folder.to_owned(),
        })
}

/// The full path of a folder that exists, without `..`, so that to drop its last
/// part is to go up.
fn full(folder: &Path) -> io::Result<PathBuf> {
    let real = fs::canonicalize(folder)?;
    if cfg!(windows) {
        // There `absolute` resolves `..` too, and its path, unlike the real one
        // (`\\?\C:\...`), is fit to be shown.
        return std::path::absolute(folder);
    }
    Ok(real)
}
