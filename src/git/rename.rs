use std::collections::HashMap;

use anyhow::Context as _;
use gix::bstr::{BStr, BString, ByteSlice as _};
use gix::objs::{Kind, TreeRefIter};

use super::{Id, Repository, TreePath};

/// How many files that are gone are read in search of one that is like the file.
const MOST: usize = 32;

/// How much of the larger of two files has to be the same, in parts of a hundred, as in git.
const ALIKE: usize = 50;

impl Repository {
    /// Returns what a file was called in the tree before, where it has the name `path` first in
    /// `tree`: a file that is gone since and was the same, or else one that was much like it.
    pub(super) fn formerly(
        &self,
        before: Id,
        tree: Id,
        path: &TreePath,
        file: Id,
    ) -> anyhow::Result<Option<TreePath>> {
        let mut gone = self.gone(before, tree, file)?;
        let (folder, name) = path.folder_and_name();
        gone.sort_by_cached_key(|(path, _)| {
            let (old_folder, old_name) = path.folder_and_name();
            (old_folder != folder, old_name != name, path.to_string())
        });
        if let Some(at) = gone.iter().position(|(_, id)| *id == file) {
            return Ok(Some(gone.swap_remove(at).0));
        }
        let mut text = Vec::new();
        let mut other = Vec::new();
        self.read(file, &mut text)?;
        let mut best = None;
        for (path, id) in gone.into_iter().take(MOST) {
            self.read(id, &mut other)?;
            let alike = alike(&text, &other);
            if alike >= ALIKE && best.as_ref().is_none_or(|(most, _)| alike > *most) {
                best = Some((alike, path));
            }
        }
        Ok(best.map(|(_, path)| path))
    }

    /// Returns the files that are in one tree and not in the other, of those that may be a plan: the
    /// very file, and every TOML file.
    fn gone(&self, before: Id, after: Id, file: Id) -> anyhow::Result<Vec<(TreePath, Id)>> {
        let mut gone = Vec::new();
        let mut folders = vec![(BString::default(), before, Some(after))];
        let (mut old, mut new) = (Vec::new(), Vec::new());
        while let Some((folder, before, after)) = folders.pop() {
            new.clear();
            if let Some(after) = after {
                self.object(after, Kind::Tree, &mut new)?;
            }
            let mut there = HashMap::new();
            for entry in TreeRefIter::from_bytes(&new, before.kind()) {
                let entry = entry.context("a tree is damaged")?;
                there.insert(entry.filename, (entry.mode, entry.oid));
            }
            self.object(before, Kind::Tree, &mut old)?;
            for entry in TreeRefIter::from_bytes(&old, before.kind()) {
                let entry = entry.context("a tree is damaged")?;
                let now = there.get(entry.filename);
                if entry.mode.is_tree() {
                    let now = now.filter(|(mode, _)| mode.is_tree()).map(|(_, id)| *id);
                    if now != Some(entry.oid) {
                        let now = now.map(ToOwned::to_owned);
                        folders.push((
                            join(folder.as_ref(), entry.filename),
                            entry.oid.to_owned(),
                            now,
                        ));
                    }
                } else if entry.mode.is_blob()
                    && !now.is_some_and(|(mode, _)| mode.is_blob())
                    && (entry.oid == file || entry.filename.ends_with(b".toml"))
                {
                    let path = join(folder.as_ref(), entry.filename);
                    gone.push((path.into(), entry.oid.to_owned()));
                }
            }
        }
        Ok(gone)
    }
}

fn join(folder: &BStr, name: &BStr) -> BString {
    let mut path = folder.to_owned();
    if !path.is_empty() {
        path.push(b'/');
    }
    path.extend_from_slice(name);
    path
}

/// Returns how much of the larger of two texts is lines of the other, in parts of a hundred.
fn alike(one: &[u8], other: &[u8]) -> usize {
    let larger = one.len().max(other.len());
    let smaller = one.len().min(other.len());
    // What can be said without a look at the lines.
    if larger == 0 || smaller * 100 < larger * ALIKE {
        return 0;
    }
    let mut lines: HashMap<&[u8], usize> = HashMap::new();
    for line in one.lines_with_terminator() {
        *lines.entry(line).or_default() += 1;
    }
    let mut same = 0;
    for line in other.lines_with_terminator() {
        if let Some(left) = lines.get_mut(line).filter(|left| **left > 0) {
            *left -= 1;
            same += line.len();
        }
    }
    same * 100 / larger
}
