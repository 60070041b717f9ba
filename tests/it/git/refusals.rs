//! What cannot be read is said in a line, with what to do about it.

use std::fs;
use std::path::Path;

use anyhow::Result;
use loti::git::{Id, Repository, WalkOptions};
use loti::history::Past as _;

use super::repo::{Repo, git, told};

fn two_versions() -> Result<Repo> {
    let repo = Repo::new()?;
    repo.write("okrs.toml", "1")?;
    repo.commit("One", "2021-07-15T10:00:00+02:00")?;
    repo.write("okrs.toml", "2")?;
    repo.commit("Two", "2021-07-16T10:00:00+02:00")?;
    repo.write("okrs.toml", "3")?;
    repo.commit("Three", "2021-07-17T10:00:00+02:00")?;
    repo.git(&["config", "uploadpack.allowFilter", "true"])?;
    Ok(repo)
}

/// Clones a repository as over a network, where what is left out is not just linked.
fn cloned(repo: &Repo, name: &str, how: &[&str]) -> Result<Repository> {
    let from = format!("file://{}", repo.root().display());
    let to = repo.beside(name);
    let to = to.to_str().expect("text");
    git(repo.root(), &[&["clone", "-q"], how, &[&from, to]].concat())?;
    Repository::around(Path::new(to))
}

/// Holds a refusal to its words: a first line, and then hints.
fn refused<T>(result: Result<T>, said: &str, hint: &str) {
    let Err(error) = result else {
        panic!("expected `{said}`");
    };
    let whole = format!("{error:#}");
    let mut lines = whole.lines();
    let first = lines.next().expect("a line");
    assert!(first.contains(said), "{whole}");
    assert!(
        lines.clone().all(|line| line.starts_with("hint: ")),
        "{whole}"
    );
    assert!(
        lines.any(|line| line.contains(hint)) || hint.is_empty(),
        "{whole}"
    );
}

#[test]
fn what_a_filter_left_out_is_named_with_the_way_to_get_it() -> Result<()> {
    let repo = two_versions()?;
    let clone = cloned(&repo, "blobless", &["--filter=blob:none"])?;
    let path = clone.place(&repo.beside("blobless/okrs.toml"))?;
    let before = clone.resolve("HEAD~2")?;
    let file = clone.file(before, &path)?.expect("a file");
    let read = |repository: &Repository| repository.read(file, &mut Vec::new());
    refused(
        read(&clone),
        "was left out when this repository was cloned with `--filter`",
        "`git fetch --refetch --no-filter origin`",
    );
    let head = clone.resolve("HEAD")?;
    let mut walk = clone.walk(head, &path, WalkOptions::default())?;
    refused(
        walk.read(file, &mut Vec::new()),
        "was left out",
        "--refetch",
    );
    // The hint keeps its promise.
    let words = ["fetch", "-q", "--refetch", "--no-filter", "origin"];
    git(&repo.beside("blobless"), &words)?;
    read(&Repository::around(&repo.beside("blobless"))?)?;

    let clone = cloned(&repo, "treeless", &["--filter=tree:0", "--no-checkout"])?;
    let head = clone.resolve("HEAD")?;
    refused(clone.file(head, &path), "the tree `", "--refetch");
    Ok(())
}

#[test]
fn a_shallow_clone_says_where_it_ends() -> Result<()> {
    let repo = two_versions()?;
    let side = repo.git(&["commit-tree", "-p", "HEAD~2", "-m", "Side", "HEAD^{tree}"])?;
    repo.git(&["branch", "side", &side])?;
    let how = ["--depth", "2", "--no-single-branch"];
    let clone = cloned(&repo, "shallow", &how)?;
    let path = clone.place(&repo.beside("shallow/okrs.toml"))?;
    let head = clone.resolve("HEAD")?;
    let steps = told(clone.walk(head, &path, WalkOptions::default())?)?;
    assert_eq!(steps, ["Three", "Two, cut"]);

    let unshallow = "`git fetch --unshallow`";
    refused(
        clone.resolve("HEAD~2"),
        "there is no `HEAD~2` in this shallow clone",
        unshallow,
    );
    let day = "2021-07-15".parse()?;
    refused(
        clone.on_day(day, head),
        "what was before 2021-07-16 is not in this shallow clone",
        unshallow,
    );
    let one = repo.git(&["rev-parse", "main~2"])?;
    // The side's parent is there, so that the lines part somewhere.
    assert!(clone.resolve(&one).is_ok());
    let clone = cloned(&repo, "shallower", &["--depth", "1", "--no-single-branch"])?;
    let (head, side) = (clone.resolve("HEAD")?, clone.resolve("origin/side")?);
    refused(clone.merge_base(head, side), "parted is not", unshallow);
    refused(clone.resolve(&one), "there is no revision", unshallow);
    Ok(())
}

#[test]
fn a_branch_that_was_not_fetched_is_answered_with_how_to() -> Result<()> {
    let repo = two_versions()?;
    repo.git(&["branch", "team/next"])?;
    let clone = cloned(&repo, "single", &["--single-branch", "--branch", "main"])?;
    let fetch = "git fetch origin team/next:refs/remotes/origin/team/next";
    refused(
        clone.resolve("origin/team/next"),
        "there is no revision",
        fetch,
    );
    let words: Vec<&str> = fetch.split(' ').skip(1).collect();
    git(&repo.beside("single"), &words)?;
    clone.resolve("origin/team/next")?;
    Ok(())
}

#[test]
fn a_repository_that_is_kept_in_another_way_is_refused() -> Result<()> {
    for (change, said, hint) in [
        (
            &["core.repositoryFormatVersion", "99"],
            "Unsupported repository format version",
            "`git status` there",
        ),
        (
            &["extensions.unheardOf", "true"],
            "needs `extensions.unheardOf`",
            "",
        ),
        (
            &["extensions.objectFormat", "sha3"],
            "sha3",
            "`git status` there",
        ),
        (
            &["extensions.refStorage", "reftable"],
            "as `reftable`",
            "git refs migrate",
        ),
    ] {
        let repo = two_versions()?;
        repo.git(&["config", "core.repositoryFormatVersion", "1"])?;
        repo.git(&[&["config"], &change[..]].concat())?;
        refused(repo.open(), said, hint);
    }
    Ok(())
}

#[test]
fn branches_in_a_table_are_refused_until_they_are_files() -> Result<()> {
    let words = ["init", "-q", "-b", "main", "--ref-format=reftable", "."];
    let Ok(repo) = Repo::with(&words) else {
        // An older git knows no such thing.
        return Ok(());
    };
    // What is logged of branches git 2.47 cannot turn.
    repo.git(&["config", "core.logAllRefUpdates", "false"])?;
    repo.commit("One", "2021-07-15T10:00:00+02:00")?;
    refused(
        repo.open(),
        "keeps its branches as `reftable`",
        "git refs migrate",
    );
    // The hint keeps its promise.
    repo.git(&["refs", "migrate", "--ref-format=files"])?;
    assert!(repo.open()?.head()?.is_some());
    Ok(())
}

#[test]
fn a_repository_that_is_broken_is_named() -> Result<()> {
    let repo = two_versions()?;
    let linked = repo.beside("linked");
    repo.git(&["worktree", "add", "-q", linked.to_str().expect("text")])?;
    let git_folder = repo.root().join(".git");
    let config = git_folder.join("config");
    let good = fs::read_to_string(&config)?;
    fs::write(&config, format!("{good}[core\n"))?;
    refused(repo.open(), "cannot be read", "`git status` there");
    fs::write(&config, good)?;

    let head = git_folder.join("HEAD");
    fs::write(&head, "garbage\n")?;
    refused(repo.open()?.head(), "`HEAD` cannot be read", "");
    fs::write(&head, "ref: refs/heads/main\n")?;

    let commit = repo.open()?.resolve("HEAD~1")?;
    let name = commit.to_string();
    let object = git_folder.join("objects").join(&name[..2]).join(&name[2..]);
    fs::remove_file(&object)?;
    refused(
        repo.open()?.commit(commit),
        "is not in the repository",
        "git fsck",
    );
    fs::write(&object, "garbage")?;
    refused(repo.open()?.commit(commit), "cannot be read", "git fsck");

    fs::rename(repo.root(), repo.beside("moved"))?;
    refused(
        Repository::around(&linked),
        "is not, or not any more, a git repository",
        "`git worktree repair`",
    );
    Ok(())
}

#[test]
fn what_is_no_file_of_a_commit_is_none() -> Result<()> {
    let repo = two_versions()?;
    repo.write("team/okrs.toml", "1")?;
    let repository = repo.open()?;
    let head: Id = repository.head()?.expect("a commit");
    for path in ["team/okrs.toml", "team", "okrs.toml/deeper"] {
        let path = repository.place(&repo.root().join(path))?;
        assert_eq!(repository.file(head, &path)?, None, "{path}");
        assert_eq!(repository.file_followed(head, &path, head)?, None);
        let mut walk = repository.walk(head, &path, WalkOptions::default())?;
        assert_eq!(walk.next_step()?, None, "{path}");
    }
    Ok(())
}
