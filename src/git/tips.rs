use anyhow::Context as _;
use gix::refs::TargetRef;

use super::{Id, Repository};

/// Where a branch ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tip {
    /// Its name, as `main` or `origin/main`; `HEAD`, where a commit is checked out and no branch.
    pub name: String,
    /// The commit.
    pub commit: Id,
}

impl Repository {
    /// Returns where every branch ends that git knows, local ones first, and those of other
    /// repositories as they were when last fetched.
    ///
    /// What leads nowhere is left out: it can be damaged without harm to the others.
    pub fn tips(&self) -> anyhow::Result<Vec<Tip>> {
        let mut tips = Vec::new();
        let head = self.gix.head().context("`HEAD` cannot be read")?;
        if let (true, Ok(Some(commit))) = (head.is_detached(), self.head()) {
            tips.push(Tip {
                name: "HEAD".to_owned(),
                commit,
            });
        }
        let references = self.gix.references()?;
        for reference in references
            .local_branches()?
            .chain(references.remote_branches()?)
        {
            let Ok(reference) = reference else {
                continue;
            };
            // `origin/HEAD` is another name of a branch that has one.
            if let TargetRef::Object(commit) = reference.target() {
                tips.push(Tip {
                    name: reference.name().shorten().to_string(),
                    commit: commit.to_owned(),
                });
            }
        }
        Ok(tips)
    }
}
