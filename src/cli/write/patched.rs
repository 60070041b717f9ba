use std::path::{Path, PathBuf};

use crate::store;
use crate::text::shell_word;

/// The name of the plan file in a patch, and where the patch is to be applied.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Target {
    /// The file's path from there, parted by `/`.
    pub name: String,
    /// The folder, as a shell takes it; `None` is the one the command was given in.
    pub apply_in: Option<String>,
}

/// Returns how a patch of the plan file is to name it.
///
/// `git apply` takes names from the folder it runs in, and passes over what does not lie in it or
/// below without a word: where the plan lies higher up, the patch is for the plan's own folder.
pub(super) fn target(folder: &Path, path: Option<&Path>) -> Target {
    let Some(path) = path else {
        // From standard input: as if it stood here.
        return here(store::FILE_NAME.to_owned());
    };
    let real = |path: PathBuf| path.canonicalize().unwrap_or(path);
    let (folder, path) = (real(folder.to_owned()), real(folder.join(path)));
    let lossy = |part: &std::ffi::OsStr| part.to_string_lossy().into_owned();
    if let Ok(below) = path.strip_prefix(&folder) {
        let parts: Vec<_> = below.iter().map(lossy).collect();
        return here(parts.join("/"));
    }
    let own = path.parent().unwrap_or(&path);
    let way = match folder.strip_prefix(own) {
        Ok(down) => down.iter().map(|_| "..").collect::<Vec<_>>().join("/"),
        Err(_) => own.display().to_string(),
    };
    Target {
        name: path.file_name().map(lossy).unwrap_or_default(),
        apply_in: Some(shell_word(&way).into_owned()),
    }
}

fn here(name: String) -> Target {
    Target {
        name,
        apply_in: None,
    }
}
