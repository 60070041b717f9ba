use gix::bstr::ByteSlice as _;
use gix::index::entry::Stage;

use super::files::Trail;
use super::{Id, Repository, TreePath, refusal};

/// The versions of a file that a merge could not bring together, as git's index holds them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stages {
    /// What both sides come from; none, where both added the file.
    pub base: Option<Id>,
    /// Our version; none, where our side removed the file.
    pub ours: Option<Id>,
    /// Their version; none, where their side removed the file.
    pub theirs: Option<Id>,
    /// How many other files wait to be merged.
    pub others: usize,
}

impl Repository {
    /// Returns the versions of a file that wait to be merged; none, where it is merged.
    pub fn stages(&self, path: &TreePath) -> anyhow::Result<Option<Stages>> {
        let index = self.gix.try_index();
        let index =
            index.map_err(|error| refusal::because("git's index cannot be read", &error))?;
        let Some(index) = index else {
            return Ok(None);
        };
        let stage = |stage| {
            let entry = index.entry_by_path_and_stage(path.as_bstr(), stage);
            entry.map(|entry| entry.id)
        };
        let [base, ours, theirs] = [Stage::Base, Stage::Ours, Stage::Theirs].map(stage);
        if base.or(ours).or(theirs).is_none() {
            return Ok(None);
        }
        let unmerged = index.entries().iter();
        let unmerged = unmerged.filter(|entry| entry.stage() != Stage::Unconflicted);
        let mut others: Vec<_> = unmerged.map(|entry| entry.path(&index)).collect();
        others.dedup();
        Ok(Some(Stages {
            base,
            ours,
            theirs,
            others: others.len().saturating_sub(1),
        }))
    }

    /// Returns the version of a file that a merge left in the work tree, markers included, where git
    /// wrote that down.
    pub fn left_by_merge(&self, path: &TreePath) -> Option<Id> {
        let written = std::fs::read(self.gix.git_dir().join("AUTO_MERGE")).ok()?;
        let tree = Id::from_hex(written.trim()).ok()?;
        let trail: Trail = self.trail(tree, path, None, &mut Vec::new()).ok()?;
        trail.file
    }
}
