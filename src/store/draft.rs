//! The file beside the plan in which a new text becomes whole before it takes
//! the plan's place.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

/// How the name of a draft ends, after the plan's name and [`RANDOM`].
const SUFFIX: &str = ".loti-tmp";

/// How many random letters and digits tell drafts of one plan apart.
const RANDOM: usize = 6;

/// A whole text on the disk, not yet in its place. Dropped, it is removed.
pub(super) struct Draft {
    file: NamedTempFile<File>,
    target: PathBuf,
}

impl Draft {
    /// Writes a text that is to be at `target`, where there is nothing yet.
    pub(super) fn new(target: &Path, text: &str) -> io::Result<Self> {
        let mut draft = Self::open(target, OpenOptions::new())?;
        draft.write(text)?;
        Ok(draft)
    }

    /// Writes a text that is to replace the file at `target`, with the mode, owner
    /// and group of that file.
    pub(super) fn like(old: &Metadata, target: &Path, text: &str) -> io::Result<Self> {
        let mut draft = Self::open(target, private())?;
        let file = draft.file.as_file();
        // In this order, as a change of owner takes bits from the mode.
        keep_owner(old, file);
        file.set_permissions(old.permissions())?;
        draft.write(text)?;
        Ok(draft)
    }

    /// Puts the draft in the place of the file at its target.
    pub(super) fn replace(self) -> io::Result<()> {
        // `rename` rather than `persist`: on Windows it can replace a file that
        // others have open, as every writer waiting for the lock has.
        let mut draft = self.file.into_temp_path();
        fs::rename(&draft, &self.target)?;
        draft.disable_cleanup(true);
        sync_folder(&self.target);
        Ok(())
    }

    /// Puts the draft at its target, if there is nothing.
    pub(super) fn create(self) -> io::Result<()> {
        self.file
            .into_temp_path()
            .persist_noclobber(&self.target)
            .map_err(|failure| failure.error)?;
        sync_folder(&self.target);
        Ok(())
    }

    fn open(target: &Path, mut options: OpenOptions) -> io::Result<Self> {
        options.write(true).create_new(true);
        let file = Builder::new()
            .prefix(&prefix(target)?)
            .suffix(SUFFIX)
            .rand_bytes(RANDOM)
            .make_in(folder_of(target), |path| options.open(path))?;
        Ok(Self {
            file,
            target: target.to_owned(),
        })
    }

    /// Writes the text through to the disk, so that after a loss of power the
    /// plan's name does not lead to a file whose text never got there.
    fn write(&mut self, text: &str) -> io::Result<()> {
        let file = self.file.as_file_mut();
        file.write_all(text.as_bytes())?;
        file.sync_all()
    }
}

/// Removes the drafts of `target` that killed writers left.
///
/// Only for the holder of the lock: then no draft can belong to a living writer.
/// What cannot be removed stays, for it is in nobody's way.
pub(super) fn sweep(target: &Path) {
    let (Ok(prefix), Ok(entries)) = (prefix(target), fs::read_dir(folder_of(target))) else {
        return;
    };
    for entry in entries.flatten() {
        if is_draft(&entry.file_name(), &prefix) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The folder that a file is in.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// Whether a file name is the prefix, the random part and the suffix, and so not
/// that of a draft of a neighbour whose name is longer.
fn is_draft(name: &OsStr, prefix: &OsStr) -> bool {
    name.as_encoded_bytes()
        .strip_prefix(prefix.as_encoded_bytes())
        .and_then(|rest| rest.strip_suffix(SUFFIX.as_bytes()))
        .is_some_and(|random| {
            random.len() == RANDOM && random.iter().all(u8::is_ascii_alphanumeric)
        })
}

/// How the name of every draft of `target` begins.
fn prefix(target: &Path) -> io::Result<OsString> {
    let name = target.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
    let mut prefix = OsString::from(".");
    prefix.push(name);
    prefix.push(".");
    Ok(prefix)
}

/// Options to open a file that nobody else can read, since the plan that it is to
/// replace may be private.
fn private() -> OpenOptions {
    #[cfg_attr(not(unix), allow(unused_mut))]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Gives a file the owner and group of the old one, or the group alone, or
/// neither: what the user may not give away is no reason to keep the edit back.
#[cfg(unix)]
fn keep_owner(old: &Metadata, file: &File) {
    use std::os::unix::fs::{MetadataExt, fchown};
    if fchown(file, Some(old.uid()), Some(old.gid())).is_err() {
        let _ = fchown(file, None, Some(old.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_old: &Metadata, _file: &File) {}

/// Makes the new name last through a loss of power.
///
/// It cannot fail: the new text is in place by now, and where a folder cannot be
/// opened or synced it would be wrong to say that the plan was not written.
#[cfg(unix)]
fn sync_folder(target: &Path) {
    let _ = File::open(folder_of(target)).and_then(|folder| folder.sync_all());
}

#[cfg(not(unix))]
fn sync_folder(_target: &Path) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_drafts_of_this_very_plan_are_drafts() {
        let ours = |name: &str| is_draft(OsStr::new(name), OsStr::new(".okrs.toml."));
        assert!(ours(".okrs.toml.aB3xYz.loti-tmp"));
        assert!(!ours(".okrs.toml.aB3xY.loti-tmp"));
        assert!(!ours(".okrs.toml.aB3xYz"));
        assert!(!ours(".okrs.toml.old.aB3xYz.loti-tmp"));
        assert!(!ours(".okrs.toml.a-3xYz.loti-tmp"));
        assert!(!ours("okrs.toml.aB3xYz.loti-tmp"));
        assert!(!ours("okrs.toml"));
    }
}
