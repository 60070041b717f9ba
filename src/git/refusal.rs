//! Why git's history cannot be read, in words for the user.

use std::path::Path;

use anyhow::anyhow;
use gix::discover::upwards;
use gix::objs::Kind;

use super::{Id, Repository};

/// What a repository may be said to be beyond the first format, and is still read right.
const KNOWN: [&str; 9] = [
    "noop",
    "preciousobjects",
    "partialclone",
    "worktreeconfig",
    "objectformat",
    "compatobjectformat",
    "relativeworktrees",
    "submodulepathconfig",
    "refstorage",
];

/// Says what cannot be done, and why, in a line.
pub(super) fn because(what: &str, error: &gix::Error) -> anyhow::Error {
    let cause = error.probable_cause().to_string();
    let cause: Vec<&str> = cause.split_whitespace().collect();
    anyhow!("{what}: {}", cause.join(" "))
}

/// Says why no repository was opened.
pub(super) fn not_opened(folder: &Path, error: &gix::Error) -> anyhow::Error {
    use upwards::Error::{NoGitRepository, NoGitRepositoryWithinCeiling, NoGitRepositoryWithinFs};

    let shown = folder.display();
    if !matches!(
        error.downcast_any_ref(),
        Some(
            NoGitRepository { .. }
                | NoGitRepositoryWithinCeiling { .. }
                | NoGitRepositoryWithinFs { .. }
        )
    ) {
        let what = format!("the git repository of `{shown}` cannot be read");
        let said = because(&what, error);
        return anyhow!("{said}\nhint: `git status` there shows what git makes of it");
    }
    let mut folders = folder.ancestors().map(|folder| folder.join(".git"));
    if let Some(broken) = folders.find(|git| git.symlink_metadata().is_ok()) {
        return anyhow!(
            "`{}` is not, or not any more, a git repository\n\
             hint: one that was moved away from its work tree is found again with \
             `git worktree repair`",
            broken.display()
        );
    }
    anyhow!(
        "`{shown}` is not in a git repository, which is where history is kept\n\
         hint: `git init` begins one; what is committed from then on can be looked back to"
    )
}

/// Refuses a repository that is kept in a way that is not read.
pub(super) fn of_format(repository: &gix::Repository) -> anyhow::Result<()> {
    let config = repository.config_snapshot();
    if let Some(storage) = config.string("extensions.refStorage")
        && storage != "files"
    {
        anyhow::bail!(
            "this repository keeps its branches as `{storage}`, which loti does not read\n\
             hint: `git refs migrate --ref-format=files` of git 2.48 or newer turns them into files"
        );
    }
    // In the first format they meant nothing.
    if config.integer("core.repositoryFormatVersion").unwrap_or(0) == 0 {
        return Ok(());
    }
    let sections = config.plumbing().sections_by_name("extensions");
    let mut names = sections.into_iter().flatten().flat_map(|section| {
        let names: Vec<String> = section.value_names().collect();
        names
    });
    match names.find(|name| !KNOWN.contains(&name.to_lowercase().as_str())) {
        Some(name) => {
            anyhow::bail!("this repository needs `extensions.{name}`, which loti does not know")
        }
        None => Ok(()),
    }
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
pub(super) fn damaged(id: Id, kind: Kind, error: &gix::Error) -> anyhow::Error {
    let said = because(&format!("the {kind} `{id}` cannot be read"), error);
    anyhow!("{said}\nhint: `git fsck` says what else is damaged")
}

/// How to get what a shallow clone left out.
pub(super) const UNSHALLOW: &str =
    "`git fetch --unshallow` fetches the rest, and in a workflow `fetch-depth: 0` does";

/// Says that something is beyond the end of a shallow clone.
pub(super) fn beyond(what: &str) -> anyhow::Error {
    anyhow!("{what} in this shallow clone\nhint: {UNSHALLOW}")
}
