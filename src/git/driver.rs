use std::fs;
use std::path::Path;

use gix::bstr::ByteSlice as _;
use gix::glob::pattern::Case;
use gix_attributes::search::{MetadataCollection, Outcome};
use gix_attributes::{Search, StateRef};

use super::{Repository, TreePath, user};

/// What git calls the way loti merges.
pub const DRIVER: &str = "loti";

/// Who merges and compares a file, by what the repository says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Named {
    /// Whether loti is to merge it.
    pub merge: bool,
    /// Whether hunks of its differences are to be headed as loti says.
    pub diff: bool,
}

impl Repository {
    /// Returns whether the repository's attributes name loti for a file.
    ///
    /// Reads the files of the work tree, and the one of this clone alone; those outside of the
    /// repository say nothing of it to others.
    pub fn named(&self, path: &TreePath) -> Named {
        let Some(top) = self.gix.workdir() else {
            return Named::default();
        };
        let mut search = Search::default();
        let mut known = MetadataCollection::default();
        let mut add = |file: &Path, root: Option<&Path>| {
            if let Ok(bytes) = fs::read(file) {
                let macros = root.is_none_or(|root| file.parent() == Some(root));
                let _ = search.add_patterns_buffer(&bytes, file.into(), root, &mut known, macros);
            }
        };
        let mut folder = top.to_owned();
        add(&folder.join(ATTRIBUTES), Some(top));
        let (folders, _) = path.folder_and_name();
        for part in folders.split_str("/").filter(|part| !part.is_empty()) {
            folder.push(part.to_path_lossy());
            add(&folder.join(ATTRIBUTES), Some(top));
        }
        add(&self.gix.common_dir().join("info/attributes"), None);
        let mut found = Outcome::default();
        found.initialize_with_selection(&known, ["merge", "diff"]);
        search.pattern_matching_relative_path(
            path.as_bstr(),
            Case::Sensitive,
            Some(false),
            &mut found,
        );
        let mut named = Named::default();
        for found in found.iter_selected() {
            let is_ours = matches!(
                found.assignment.state,
                StateRef::Value(value) if value.as_bstr() == DRIVER
            );
            match found.assignment.name.as_str() {
                "merge" => named.merge = is_ours,
                "diff" => named.diff = is_ours,
                _ => {}
            }
        }
        named
    }
}

/// The files that say how git is to treat others.
const ATTRIBUTES: &str = ".gitattributes";

/// Returns whether a repository has a file merged by loti, and this clone does not know how: it would
/// merge by lines, without a word.
///
/// Outside of a repository nothing is missing.
pub fn lacks_driver(file: &Path) -> bool {
    let folder = file.parent().unwrap_or(Path::new(""));
    // Asked first, since most plans are not merged by loti: to open the repository costs more.
    let Ok(real) = fs::canonicalize(if folder == Path::new("") {
        Path::new(".")
    } else {
        folder
    }) else {
        return false;
    };
    let mut files = real.ancestors().map(|folder| folder.join(ATTRIBUTES));
    if !files.any(|file| fs::read(file).is_ok_and(|bytes| bytes.contains_str(DRIVER))) {
        return false;
    }
    let Ok((repository, path)) = Repository::holding(file) else {
        return false;
    };
    let key = format!("merge.{DRIVER}.driver");
    repository.named(&path).merge
        && user::config(&real).is_none_or(|config| config.string(key.as_str()).is_none())
}

/// Returns whether conflicts are to be marked with what both sides come from, as the configuration of
/// a folder's repository and its user says.
pub fn marks_base(folder: &Path) -> bool {
    let style = user::config(folder).and_then(|config| config.string("merge.conflictStyle"));
    style.is_some_and(|style| style.contains_str("diff3"))
}
