//! Every way in which the store can fail, in words for the user.
//!
//! Each message is a lowercase fragment that names the file. A cause from the
//! operating system is not in the message but is its
//! [`source`](std::error::Error::source).

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use super::{FILE_NAME, MAX_BYTES};

/// Why no plan file was found.
#[derive(Debug)]
pub enum FindError {
    /// Neither the folder nor any folder above it holds a plan.
    NoPlan {
        /// Where the search began.
        folder: PathBuf,
    },
    /// The search could not begin: the folder is missing or closed to us.
    Folder {
        /// Where the search was to begin.
        folder: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
}

impl fmt::Display for FindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPlan { folder } => write!(
                f,
                "no `{FILE_NAME}` in `{}` or any folder above it; make one with `loti init`",
                folder.display()
            ),
            Self::Folder { folder, .. } => {
                write!(
                    f,
                    "could not look for `{FILE_NAME}` in `{}`",
                    folder.display()
                )
            }
        }
    }
}

impl Error for FindError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NoPlan { .. } => None,
            Self::Folder { source, .. } => Some(source),
        }
    }
}

/// Why a plan could not be read as text.
///
/// `name` is the path as the user gave it, or what the caller of
/// [`read_from`](super::read_from) calls its reader.
#[derive(Debug)]
pub enum ReadError {
    /// There is no such file.
    Missing {
        /// The file.
        name: String,
    },
    /// It is a folder.
    Directory {
        /// The folder.
        name: String,
    },
    /// This user may not read it.
    Denied {
        /// The file.
        name: String,
    },
    /// It holds more than [`MAX_BYTES`].
    TooLarge {
        /// The file.
        name: String,
        /// Its size in bytes, if it was known before reading.
        size: Option<u64>,
    },
    /// It is not UTF-8 text; the place is that of the first byte that is not.
    NotUtf8 {
        /// The file.
        name: String,
        /// The line, counted from one.
        line: usize,
        /// The character in the line, counted from one.
        column: usize,
        /// The byte in the file, counted from zero.
        offset: usize,
        /// The byte itself.
        byte: u8,
        /// The text before it.
        before: String,
    },
    /// Reading failed in any other way.
    Io {
        /// The file.
        name: String,
        /// What the operating system said.
        source: io::Error,
    },
}

impl ReadError {
    /// Picks the variant for what the operating system said of `name`.
    pub(super) fn from_io(name: &str, source: io::Error) -> Self {
        let name = name.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Missing { name },
            io::ErrorKind::IsADirectory => Self::Directory { name },
            io::ErrorKind::PermissionDenied => Self::Denied { name },
            _ => Self::Io { name, source },
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MIB: u64 = 1024 * 1024;
        match self {
            Self::Missing { name } => write!(
                f,
                "`{name}` does not exist; check the path, or make a plan with `loti init`"
            ),
            Self::Directory { name } => {
                write!(
                    f,
                    "`{name}` is a directory; expected a plan file such as `{FILE_NAME}`"
                )
            }
            Self::Denied { name } => write!(
                f,
                "no permission to read `{name}`; expected a file that this user may read"
            ),
            Self::TooLarge {
                name,
                size: Some(size),
            } => write!(
                f,
                "`{name}` has {size} bytes; expected a plan of at most {MAX_BYTES} ({} MiB)",
                MAX_BYTES / MIB
            ),
            Self::TooLarge { name, size: None } => write!(
                f,
                "`{name}` goes on for more than {MAX_BYTES} bytes; \
                 expected a plan of at most {} MiB",
                MAX_BYTES / MIB
            ),
            Self::NotUtf8 {
                name,
                line,
                column,
                offset,
                byte,
                ..
            } => write!(
                f,
                "`{name}` is not UTF-8 text: byte 0x{byte:02x} at line {line}, column {column} \
                 (byte offset {offset}); save the file as UTF-8"
            ),
            Self::Io { name, .. } => write!(f, "could not read `{name}`"),
        }
    }
}

impl Error for ReadError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// Why a plan was not written. The file is as it was.
#[derive(Debug)]
pub enum SaveError {
    /// The text to edit could not be read.
    Read(ReadError),
    /// It is a pipe or a device, which cannot be replaced.
    NotRegular {
        /// The plan.
        path: PathBuf,
    },
    /// It is marked read-only, or this user may not write to it.
    ReadOnly {
        /// The plan.
        path: PathBuf,
    },
    /// A new plan would overwrite what is there.
    Exists {
        /// The plan that was to be.
        path: PathBuf,
    },
    /// The folder that a new plan was to be in is missing.
    NoFolder {
        /// The folder.
        folder: PathBuf,
    },
    /// The lock that keeps writers apart could not be taken.
    Lock {
        /// The plan.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The new text could not be written, as on a full disk.
    Write {
        /// The plan.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
}

impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => error.fmt(f),
            Self::NotRegular { path } => write!(
                f,
                "`{}` is a pipe or a device; expected a regular file to write to",
                path.display()
            ),
            Self::ReadOnly { path } => write!(
                f,
                "`{}` is read-only; give this user permission to write to it and try again",
                path.display()
            ),
            Self::Exists { path } => write!(
                f,
                "`{}` already exists; move it away to make a new one",
                path.display()
            ),
            Self::NoFolder { folder } => write!(
                f,
                "the folder `{}` does not exist; make it first",
                folder.display()
            ),
            Self::Lock { path, .. } => write!(f, "could not lock `{}`", path.display()),
            Self::Write { path, .. } => {
                write!(
                    f,
                    "could not write `{}` by way of a new file in its folder; nothing was changed",
                    path.display()
                )
            }
        }
    }
}

impl Error for SaveError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Read(error) => error.source(),
            Self::Lock { source, .. } | Self::Write { source, .. } => Some(source),
            Self::NotRegular { .. }
            | Self::ReadOnly { .. }
            | Self::Exists { .. }
            | Self::NoFolder { .. } => None,
        }
    }
}

impl From<ReadError> for SaveError {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

/// Why an [`edit`](super::edit) changed nothing.
#[derive(Debug)]
pub enum EditError<E> {
    /// The caller could not make the new text.
    Make(E),
    /// The store could not read the old text or write the new one.
    Save(SaveError),
}

impl<E: fmt::Display> fmt::Display for EditError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Make(error) => error.fmt(f),
            Self::Save(error) => error.fmt(f),
        }
    }
}

impl<E: Error> Error for EditError<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Make(error) => error.source(),
            Self::Save(error) => error.source(),
        }
    }
}

impl<E> From<SaveError> for EditError<E> {
    fn from(error: SaveError) -> Self {
        Self::Save(error)
    }
}
