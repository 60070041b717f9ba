//! Why git's history cannot be read, in words for the user.

use std::path::Path;

use anyhow::anyhow;
use gix::discover::upwards;
use gix::objs::Kind;

use super::{Id, Repository};

/// Says why no repository was opened.
pub(super) fn not_opened(folder: &Path, error: gix::Error) -> anyhow::Error {
    use upwards::Error::{NoGitRepository, NoGitRepositoryWithinCeiling, NoGitRepositoryWithinFs};

    let folder = folder.display();
    match error.downcast_any_ref() {
        Some(
            NoGitRepository { .. }
            | NoGitRepositoryWithinCeiling { .. }
            | NoGitRepositoryWithinFs { .. },
        ) => anyhow!(
            "`{folder}` is not in a git repository, which is where history is kept\n\
             hint: `git init` begins one; what is committed from then on can be looked back to"
        ),
        _ => anyhow!(error).context(format!("the git repository of `{folder}` cannot be read")),
    }
}

/// Refuses a repository whose branches are kept in a way that is not read.
pub(super) fn of_format(repository: &gix::Repository) -> anyhow::Result<()> {
    let config = repository.config_snapshot();
    let Some(storage) = config.string("extensions.refStorage") else {
        return Ok(());
    };
    anyhow::ensure!(
        storage == "files",
        "this repository keeps its branches as `{storage}`, which loti does not read\n\
         hint: `git refs migrate --ref-format=files` turns them into files"
    );
    Ok(())
}

/// Says that an object is not there, and where it may be had.
pub(super) fn missing(repository: &Repository, id: Id, kind: Kind) -> anyhow::Error {
    let remotes = repository.gix.remote_names();
    let config = repository.gix.config_snapshot();
    let partial = remotes.iter().find(|name| {
        let promisor = config.boolean(format!("remote.{name}.promisor").as_str());
        promisor == Some(true)
    });
    if let Some(name) = partial {
        return anyhow!(
            "the {kind} `{id}` was left out when this repository was cloned with `--filter`\n\
             hint: `git fetch --refetch --no-filter {name}` fetches what was left out"
        );
    }
    anyhow!(
        "the {kind} `{id}` is not in the repository\nhint: `git fsck` says what else is missing"
    )
}

/// Says that an object cannot be read.
pub(super) fn damaged(id: Id, kind: Kind, error: gix::Error) -> anyhow::Error {
    anyhow!(error).context(format!(
        "the {kind} `{id}` cannot be read; `git fsck` says more"
    ))
}
