//! Repositories of every kind are read, and nothing of them is run.

use std::fs;
use std::path::Path;

use anyhow::Result;
use loti::git::{Repository, WalkOptions};

use super::repo::{Repo, text, told};

const PLAN: &str = include_str!("../../sessions/week.in/okrs.toml");

/// Makes a repository with two versions of a plan in a folder.
fn two_versions(words: &[&str]) -> Result<Repo> {
    let repo = Repo::with(words)?;
    repo.write("team/okrs.toml", PLAN)?;
    repo.commit("One", "2021-07-15T10:00:00+02:00")?;
    repo.write("team/okrs.toml", format!("{PLAN}# two\n"))?;
    repo.commit("Two", "2021-07-16T10:00:00+02:00")?;
    Ok(repo)
}

/// Reads what there is around a file: the commits that changed it, and its oldest text.
fn looked_back(file: &Path) -> Result<(Vec<String>, Option<String>)> {
    let (repository, path) = Repository::holding(file)?;
    let head = repository.head()?.expect("a commit");
    let steps = told(repository.walk(head, &path, WalkOptions::default())?)?;
    let first = repository.resolve("HEAD~1")?;
    Ok((steps, text(&repository, first, &path)?))
}

fn both() -> (Vec<String>, Option<String>) {
    let steps = ["Two", "One"].map(ToOwned::to_owned);
    (steps.to_vec(), Some(PLAN.to_owned()))
}

#[test]
fn work_trees_are_read_wherever_their_repository_is() -> Result<()> {
    for format in ["--object-format=sha1", "--object-format=sha256"] {
        let repo = two_versions(&["init", "-q", "-b", "main", format, "."])?;
        let file = repo.root().join("team/okrs.toml");
        assert_eq!(looked_back(&file)?, both(), "loose, {format}");
        repo.git(&["repack", "-adfq"])?;
        repo.git(&["pack-refs", "--all"])?;
        assert_eq!(looked_back(&file)?, both(), "packed, {format}");
        repo.git(&["checkout", "-q", "--detach"])?;
        assert_eq!(looked_back(&file)?, both(), "detached, {format}");

        let linked = repo.beside("linked");
        let name = linked.to_str().expect("text");
        repo.git(&["worktree", "add", "-q", "-b", "other", name])?;
        let file = linked.join("team/okrs.toml");
        assert_eq!(looked_back(&file)?, both(), "linked, {format}");
    }
    Ok(())
}

#[test]
fn a_submodule_has_a_history_of_its_own() -> Result<()> {
    let inner = two_versions(&["init", "-q", "-b", "main", "."])?;
    let outer = Repo::new()?;
    let from = inner.root().to_str().expect("text");
    let words = ["-c", "protocol.file.allow=always", "submodule", "-q", "add"];
    outer.git(&[&words[..], &[from, "goals"]].concat())?;
    outer.commit("With goals", "2021-07-17T10:00:00+02:00")?;
    let file = outer.root().join("goals/team/okrs.toml");
    assert_eq!(looked_back(&file)?, both());
    Ok(())
}

#[test]
fn a_bare_repository_is_read_by_the_path_in_its_tree() -> Result<()> {
    let repo = two_versions(&["init", "-q", "-b", "main", "."])?;
    let bare = repo.beside("bare.git");
    let name = bare.to_str().expect("text");
    repo.git(&["clone", "-q", "--bare", ".", name])?;
    let repository = Repository::around(&bare)?;
    let inside = bare.join("team/okrs.toml");
    for path in [
        "team/okrs.toml",
        "./team/okrs.toml",
        inside.to_str().expect("text"),
    ] {
        let path = repository.place(Path::new(path))?;
        let first = repository.resolve("main~1")?;
        assert_eq!(text(&repository, first, &path)?.as_deref(), Some(PLAN));
    }
    for path in ["../okrs.toml", "/okrs.toml"] {
        let refused = repository
            .place(Path::new(path))
            .map_err(|error| error.to_string());
        let said = refused.expect_err("nowhere");
        assert!(said.contains("without a work tree\nhint: "), "{said}");
    }
    Ok(())
}

#[test]
fn a_file_is_found_where_its_links_lead() -> Result<()> {
    let repo = two_versions(&["init", "-q", "-b", "main", "."])?;
    for path in ["team/../team/okrs.toml", "team/./okrs.toml"] {
        assert_eq!(looked_back(&repo.root().join(path))?, both(), "{path}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;

        let link = repo.beside("okrs.toml");
        symlink(repo.root().join("team/okrs.toml"), &link)?;
        assert_eq!(looked_back(&link)?, both());
        let link = repo.beside("goals");
        symlink(repo.root().join("team"), &link)?;
        assert_eq!(looked_back(&link.join("okrs.toml"))?, both());
    }
    // What was taken away still has a history.
    fs::remove_dir_all(repo.root().join("team"))?;
    assert_eq!(looked_back(&repo.root().join("team/okrs.toml"))?, both());

    let outside = repo.beside("okrs.toml");
    let refused = repo
        .open()?
        .place(&outside)
        .map_err(|error| error.to_string());
    let said = refused.expect_err("outside");
    assert!(said.contains("is outside the repository"), "{said}");
    Ok(())
}

#[test]
fn outside_a_repository_there_is_no_history() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let refused = Repository::around(folder.path()).map(|_| ());
    let said = refused.expect_err("no repository").to_string();
    let first = said.lines().next();
    assert!(
        first.is_some_and(|line| line.contains("is not in a git repository")),
        "{said}"
    );
    assert!(said.contains("\nhint: `git init`"), "{said}");
    Ok(())
}

#[cfg(unix)]
#[test]
fn nothing_of_a_repository_is_run() -> Result<()> {
    let repo = two_versions(&["init", "-q", "-b", "main", "."])?;
    let canary = repo.beside("canary");
    let touch = format!("touch {}", canary.display());
    for (key, value) in [
        ("core.pager", &*touch),
        ("core.editor", &touch),
        ("core.fsmonitor", &touch),
        ("core.sshCommand", &touch),
        ("alias.log", &format!("!{touch}")),
        ("alias.show", &format!("!{touch}")),
        ("filter.x.smudge", &touch),
        ("filter.x.clean", &touch),
        ("filter.x.process", &touch),
        ("filter.x.required", "true"),
        ("diff.x.textconv", &touch),
        ("diff.x.command", &touch),
        ("diff.external", &touch),
        ("credential.helper", &format!("!{touch}")),
        ("gpg.program", &touch),
        ("uploadpack.packObjectsHook", &touch),
        ("include.path", "/dev/null/nowhere"),
    ] {
        repo.git(&["config", key, value])?;
    }
    fs::write(
        repo.root().join(".git/info/attributes"),
        "* filter=x diff=x\n",
    )?;
    let hooks = repo.root().join(".git/hooks");
    for hook in fs::read_dir(&hooks)? {
        // The samples may be run already; the name is what holds them back.
        let sample = hook?.path();
        fs::write(&sample, format!("#!/bin/sh\n{touch}\n"))?;
        fs::rename(&sample, sample.with_extension(""))?;
    }
    assert_eq!(looked_back(&repo.root().join("team/okrs.toml"))?, both());
    for words in [
        "status --at HEAD~1",
        "list --at 2021-07-15",
        "log",
        "trend",
        "report --since HEAD~1",
        "diff HEAD~1",
        "diff HEAD~1..HEAD --format github",
        "check --against HEAD~1",
        "set 1 current=270 --dry-run",
        "note 1 More",
    ] {
        let output = repo.loti(&format!("{words} -f team/okrs.toml"))?;
        assert_ne!(output.status.code(), Some(2), "{words}");
    }
    assert!(!canary.exists());
    Ok(())
}

#[test]
fn line_endings_of_the_work_tree_are_not_those_of_history() -> Result<()> {
    let repo = Repo::new()?;
    repo.write(".gitattributes", "*.toml text eol=crlf\n")?;
    let windows = PLAN.replace('\n', "\r\n");
    repo.write("team/okrs.toml", &windows)?;
    repo.commit("One", "2021-07-15T10:00:00+02:00")?;
    repo.write("team/okrs.toml", format!("{windows}# two\r\n"))?;
    repo.commit("Two", "2021-07-16T10:00:00+02:00")?;
    assert_eq!(looked_back(&repo.root().join("team/okrs.toml"))?, both());
    Ok(())
}
