//! The lock that makes writers take turns.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Seek};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::read::read_file;
use super::{ReadError, SaveError};

/// A plan file that this process alone may replace, until dropped.
///
/// The lock is on the plan file itself, so there is no lock file to be left
/// behind, to be committed or to be ignored. The operating system lets go of it
/// when the process ends, however it ends.
pub(super) struct Held {
    file: File,
    name: String,
    target: PathBuf,
    about: Metadata,
}

impl Held {
    /// Waits for the plan at `path` and takes it.
    pub(super) fn take(path: &Path) -> Result<Self, SaveError> {
        loop {
            let held = Self::take_once(path)?;
            // The writer that we waited for has put a new file at the path, and
            // the lock just gained is on the old one, which is of no more use:
            // the next writer locks the new one without asking for it.
            if held.is_current(path) {
                return Ok(held);
            }
        }
    }

    /// Takes whatever file is at `path` now, which may not be there any more by
    /// the time it is taken.
    fn take_once(path: &Path) -> Result<Self, SaveError> {
        let name = path.display().to_string();
        let unreadable = |source| ReadError::from_io(&name, source);
        let target = fs::canonicalize(path).map_err(unreadable)?;
        let kind = fs::metadata(&target).map_err(unreadable)?;
        if kind.is_dir() {
            return Err(ReadError::Directory { name }.into());
        }
        // Asked before opening, which would wait for the other end of a pipe.
        if !kind.is_file() {
            return Err(SaveError::NotRegular {
                path: path.to_owned(),
            });
        }
        let file = File::open(&target).map_err(unreadable)?;
        let file = locked(file, &target).map_err(|source| SaveError::Lock {
            path: path.to_owned(),
            source,
        })?;
        let about = file.metadata().map_err(unreadable)?;
        Ok(Self {
            file,
            name,
            target,
            about,
        })
    }

    /// Reads the plan, through the very handle that holds the lock: on Windows no
    /// other can.
    pub(super) fn read(&self) -> Result<String, SaveError> {
        (&self.file)
            .rewind()
            .map_err(|source| ReadError::from_io(&self.name, source))?;
        Ok(read_file(&self.file, &self.name)?)
    }

    /// The real path of the file, with every symbolic link followed.
    pub(super) fn target(&self) -> &Path {
        &self.target
    }

    /// What the operating system knew of the file when it was taken.
    pub(super) fn about(&self) -> &Metadata {
        &self.about
    }

    /// Whether `path` still leads to this file, and the file is as it was when it
    /// was taken.
    pub(super) fn is_current(&self, path: &Path) -> bool {
        // If there is nothing at the path any more, then to take it again is what
        // tells the user so.
        fs::metadata(path).is_ok_and(|now| Stamp::of(&now) == Stamp::of(&self.about))
    }
}

/// Locks an open file, waiting as long as it takes.
fn locked(file: File, target: &Path) -> io::Result<File> {
    if lock(&file).is_ok() {
        return Ok(file);
    }
    // NFS gives this lock only to a handle that may write. Where that is not what
    // was wrong, the second try fails as the first one did.
    let file = OpenOptions::new().read(true).write(true).open(target)?;
    lock(&file)?;
    Ok(file)
}

/// Locks an open file, if its filesystem has locks.
fn lock(file: &File) -> io::Result<()> {
    loop {
        match file.lock() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::Unsupported => return Ok(()),
            result => return result,
        }
    }
}

/// Which file, and in which state: equal stamps mean that nothing was written in
/// between.
///
/// Windows has no stable way to ask which file it is. There the time and the
/// length stand for it, which differ between two files written one after the
/// other.
#[derive(PartialEq, Eq)]
struct Stamp {
    #[cfg(unix)]
    inode: (u64, u64),
    len: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    fn of(about: &Metadata) -> Self {
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt;
        Self {
            #[cfg(unix)]
            inode: (about.dev(), about.ino()),
            len: about.len(),
            modified: about.modified().ok(),
        }
    }
}
