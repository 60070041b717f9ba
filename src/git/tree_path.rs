use std::borrow::Cow;
use std::fmt;
use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::Context as _;
use gix::bstr::{BStr, BString, ByteSlice as _};

use super::Repository;

/// Where a file is in the tree of a commit: its path from the top, with `/` between its parts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TreePath(BString);

impl TreePath {
    /// Returns the folders on the way, from the top, and the file's own name.
    pub(super) fn parts(&self) -> impl Iterator<Item = &BStr> {
        self.0.split(|byte| *byte == b'/').map(BStr::new)
    }

    /// Returns the whole path.
    pub(super) fn as_bstr(&self) -> &BStr {
        self.0.as_bstr()
    }

    /// Returns the folder that the file is in, and its name.
    pub(super) fn folder_and_name(&self) -> (&BStr, &BStr) {
        match self.0.rfind_byte(b'/') {
            Some(at) => (self.0[..at].as_bstr(), self.0[at + 1..].as_bstr()),
            None => (b"".as_bstr(), self.0.as_bstr()),
        }
    }
}

impl From<BString> for TreePath {
    fn from(path: BString) -> Self {
        Self(path)
    }
}

impl fmt::Display for TreePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_str_lossy())
    }
}

impl Repository {
    /// Opens the repository that a file is in, and says where the file is in its tree.
    ///
    /// A link is followed first: what it leads to is what has a history.
    pub fn holding(file: &Path) -> anyhow::Result<(Self, TreePath)> {
        let real = real(file).with_context(|| format!("`{}` cannot be found", file.display()))?;
        let folder = real.ancestors().skip(1).find(|folder| folder.is_dir());
        let repository = Self::around(folder.unwrap_or(Path::new(".")))?;
        let path = if repository.gix.workdir().is_some() {
            repository.place(&real)?
        } else {
            repository.place(file)?
        };
        Ok((repository, path))
    }

    /// Returns where a file is in the tree: links followed, or in a repository without a work tree as
    /// it is given, from the repository's folder.
    pub fn place(&self, file: &Path) -> anyhow::Result<TreePath> {
        let path = match self.gix.workdir() {
            None if file.is_absolute() => {
                let top = fs::canonicalize(self.gix.git_dir())?;
                let real = real(file)?;
                let inside = real.strip_prefix(top).map(Path::to_owned);
                Cow::Owned(inside.unwrap_or(real))
            }
            None => Cow::Borrowed(file),
            Some(top) => {
                let inside = || {
                    let real = real(file).ok()?;
                    let top = fs::canonicalize(top).ok()?;
                    real.strip_prefix(top).ok().map(Path::to_owned)
                };
                Cow::Owned(inside().with_context(|| {
                    format!(
                        "`{}` is outside the repository `{}`",
                        file.display(),
                        top.display()
                    )
                })?)
            }
        };
        let mut place = BString::default();
        for part in path.components() {
            let name = match part {
                Component::CurDir => continue,
                Component::Normal(name) => gix::path::os_str_into_bstr(name)?,
                _ => anyhow::bail!(
                    "`{}` cannot be found in a repository without a work tree\n\
                     hint: expected a path from the top of its tree, such as `okrs.toml`",
                    file.display()
                ),
            };
            if !place.is_empty() {
                place.push(b'/');
            }
            place.extend_from_slice(name);
        }
        Ok(TreePath(place))
    }
}

/// Returns a path without links, whether or not there is still a file.
fn real(path: &Path) -> std::io::Result<PathBuf> {
    match (fs::canonicalize(path), path.parent(), path.file_name()) {
        (Ok(real), _, _) => Ok(real),
        (Err(_), Some(folder), Some(name)) => {
            let folder = if folder == Path::new("") {
                Path::new(".")
            } else {
                folder
            };
            Ok(real(folder)?.join(name))
        }
        (Err(error), ..) => Err(error),
    }
}
