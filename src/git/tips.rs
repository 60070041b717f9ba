use gix::refs::TargetRef;

use super::{Id, Repository, refusal};

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
        if let Ok(head) = self.gix.head()
            && head.is_detached()
            && let Ok(Some(commit)) = self.head()
        {
            tips.push(Tip {
                name: "HEAD".to_owned(),
                commit,
            });
        }
        let unreadable = |error| refusal::because("the branches cannot be read", &error);
        let references = self.gix.references().map_err(unreadable)?;
        let local = references.local_branches().map_err(unreadable)?;
        let remote = references.remote_branches().map_err(unreadable)?;
        for reference in local.chain(remote) {
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
