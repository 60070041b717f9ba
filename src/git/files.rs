use anyhow::Context as _;
use gix::objs::{Kind, TreeRefIter};

use super::commits::Links;
use super::walk::WalkOptions;
use super::{Id, Repository, TreePath};
use crate::history::Past as _;
use crate::store::MAX_BYTES;

/// The way to a file in a commit: the trees it leads through, from the top, and the file, if it is
/// there.
#[derive(Debug, Default, Clone)]
pub(super) struct Trail {
    trees: Vec<Id>,
    pub file: Option<Id>,
}

impl Repository {
    /// Returns the version of a file that a commit holds.
    pub fn file(&self, commit: Id, path: &TreePath) -> anyhow::Result<Option<Id>> {
        let mut bytes = Vec::new();
        let tree = self.tree(commit, &mut bytes)?;
        Ok(self.trail(tree, path, None, &mut bytes)?.file)
    }

    /// Returns the version of a file that a commit holds, and its name there, which may be another
    /// than it has in `from`: one it had before, or one it got on another branch.
    pub fn file_followed(
        &self,
        commit: Id,
        path: &TreePath,
        from: Id,
    ) -> anyhow::Result<Option<(TreePath, Id)>> {
        if let Some(found) = self.file_before(commit, path, from)? {
            return Ok(Some(found));
        }
        // The branches may have parted in a shallow clone's missing part.
        let Ok(Some(base)) = self.merge_base(commit, from) else {
            return Ok(None);
        };
        if base == commit {
            return Ok(None);
        }
        let Some((path, was)) = self.file_before(base, path, from)? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        let trees = (self.tree(commit, &mut bytes)?, self.tree(base, &mut bytes)?);
        let Some(name) = self.formerly(trees.0, trees.1, &path, was)? else {
            return Ok(None);
        };
        let file = self.trail(trees.0, &name, None, &mut bytes)?.file;
        Ok(file.map(|file| (name, file)))
    }

    /// Looks for a file under the name it has in `from`, and then under those it had before.
    fn file_before(
        &self,
        commit: Id,
        path: &TreePath,
        from: Id,
    ) -> anyhow::Result<Option<(TreePath, Id)>> {
        if let Some(file) = self.file(commit, path)? {
            return Ok(Some((path.clone(), file)));
        }
        let mut walk = self.walk(from, path, WalkOptions::default())?;
        while let Some(step) = walk.next_step()? {
            let Some(name) = step.was_called.and_then(|_| walk.latest_name()) else {
                continue;
            };
            if let Some(file) = self.file(commit, &name)? {
                return Ok(Some((name, file)));
            }
        }
        Ok(None)
    }

    /// Reads a version of a file, in place of what the buffer held.
    pub fn read(&self, file: Id, bytes: &mut Vec<u8>) -> anyhow::Result<()> {
        if let Ok(Some(header)) = self.gix.try_find_header(file) {
            let size = header.size();
            anyhow::ensure!(
                size <= MAX_BYTES,
                "the version `{file}` has {size} bytes; expected a plan of at most {MAX_BYTES}"
            );
        }
        self.object(file, Kind::Blob, bytes)
    }

    /// Returns the tree of a commit.
    fn tree(&self, commit: Id, bytes: &mut Vec<u8>) -> anyhow::Result<Id> {
        self.object(commit, Kind::Commit, bytes)?;
        Ok(Links::of(commit, bytes)?.tree)
    }

    /// Finds the way to a file; where it joins that of another commit to a file of the same path, the
    /// rest is known.
    pub(super) fn trail(
        &self,
        tree: Id,
        path: &TreePath,
        like: Option<&Trail>,
        bytes: &mut Vec<u8>,
    ) -> anyhow::Result<Trail> {
        let mut trail = Trail::default();
        let mut next = Some(tree);
        let mut parts = path.parts().peekable();
        while let (Some(tree), Some(part)) = (next, parts.next()) {
            let depth = trail.trees.len();
            if let Some(like) = like.filter(|like| like.trees.get(depth) == Some(&tree)) {
                trail.trees.extend_from_slice(&like.trees[depth..]);
                trail.file = like.file;
                return Ok(trail);
            }
            trail.trees.push(tree);
            self.object(tree, Kind::Tree, bytes)?;
            let is_last = parts.peek().is_none();
            next = None;
            for entry in TreeRefIter::from_bytes(bytes, tree.kind()) {
                let entry = entry.with_context(|| format!("the tree `{tree}` is damaged"))?;
                if entry.filename != part {
                    continue;
                }
                if is_last && entry.mode.is_blob() {
                    trail.file = Some(entry.oid.to_owned());
                } else if !is_last && entry.mode.is_tree() {
                    next = Some(entry.oid.to_owned());
                }
                break;
            }
        }
        Ok(trail)
    }
}
