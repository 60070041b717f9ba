//! `loti merge install`: what it writes, what it leaves as it is, and whom it serves.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::repo::{Repo, command, git, loti, said};

const PLAN: &str = include_str!("../../sessions/week.in/okrs.toml");

/// Makes a repository with a plan at a path of it, committed.
fn with_plan(path: &str) -> Result<Repo> {
    let repo = Repo::new()?;
    repo.write(path, PLAN)?;
    repo.commit("Begin", "2021-07-15T10:00:00+02:00")?;
    Ok(repo)
}

/// Runs loti with words that may hold spaces.
fn run(folder: &Path, words: &[&str]) -> Result<(Option<i32>, String)> {
    let mut loti = command(folder, env!("CARGO_BIN_EXE_loti"));
    Ok(said(&loti.args(words).output()?))
}

/// What git knows of loti in a folder.
fn configured(folder: &Path) -> Result<String> {
    let all = git(folder, &["config", "--local", "--list"])?;
    let ours = all.lines().filter(|line| line.contains("loti"));
    Ok(ours.collect::<Vec<_>>().join("\n"))
}

#[test]
fn it_is_written_once_and_taken_out_again() -> Result<()> {
    for before in [
        None,
        Some("* text=auto\n# the end"),
        Some("*.png binary\r\n"),
    ] {
        let repo = with_plan("okrs.toml")?;
        if let Some(text) = before {
            repo.write(".gitattributes", text)?;
        }
        let config = fs::read(repo.root().join(".git/config"))?;
        let attributes = || fs::read_to_string(repo.root().join(".gitattributes")).ok();

        let (code, told) = said(&repo.loti("merge install --dry-run")?);
        assert_eq!(code, Some(0));
        assert!(
            told.contains("+ /okrs.toml merge=loti diff=loti\n"),
            "{told}"
        );
        assert!(told.ends_with("nothing is written\n"), "{told}");
        assert_eq!(attributes().as_deref(), before);
        assert_eq!(configured(repo.root())?, "");

        let (code, told) = said(&repo.loti("merge install")?);
        assert_eq!(code, Some(0), "{told}");
        assert!(told.contains("next: commit `.gitattributes`"), "{told}");
        let with = attributes().expect("a file");
        assert!(with.starts_with(before.unwrap_or_default()), "{with}");
        let named = repo.git(&["check-attr", "merge", "diff", "--", "okrs.toml"])?;
        assert_eq!(named, "okrs.toml: merge: loti\nokrs.toml: diff: loti");
        let once = configured(repo.root())?;

        let (code, told) = said(&repo.loti("merge install")?);
        assert_eq!(code, Some(0));
        assert_eq!(
            told,
            "loti merges this plan already: there is nothing to write\n"
        );
        assert_eq!((attributes(), configured(repo.root())?), (Some(with), once));

        let (code, told) = said(&repo.loti("merge install --uninstall")?);
        assert_eq!(code, Some(0), "{told}");
        let left =
            before.map(|text| format!("{}{}", text, if text.ends_with('\n') { "" } else { "\n" }));
        assert_eq!(attributes(), left);
        assert_eq!(fs::read(repo.root().join(".git/config"))?, config);
        let (_, told) = said(&repo.loti("merge install --uninstall")?);
        assert!(told.contains("there is nothing to take out"), "{told}");
    }
    Ok(())
}

#[test]
fn plans_in_folders_and_with_spaces_are_found_from_anywhere() -> Result<()> {
    for path in ["team/okrs.toml", "our plans/next year.toml", "a[1]*.toml"] {
        let repo = with_plan(path)?;
        repo.write("other/deep/keep.txt", "")?;
        let file = format!("../../{path}");
        let (code, told) = run(
            &repo.root().join("other/deep"),
            &["merge", "install", "-f", &file],
        )?;
        assert_eq!(code, Some(0), "{told}");
        let named = repo.git(&["check-attr", "merge", "--", path])?;
        assert_eq!(named, format!("{path}: merge: loti"));
        let named = repo.git(&["check-attr", "merge", "--", "okrs.toml"])?;
        assert_eq!(named, "okrs.toml: merge: unspecified");
    }
    Ok(())
}

#[test]
fn of_two_plans_one_can_be_taken_out() -> Result<()> {
    let repo = with_plan("a/okrs.toml")?;
    repo.write("b/okrs.toml", PLAN)?;
    for plan in ["a", "b"] {
        loti(&repo.root().join(plan), "merge install")?;
    }
    let all = configured(repo.root())?;
    loti(&repo.root().join("a"), "merge install --uninstall")?;
    assert_eq!(configured(repo.root())?, all);
    let named = repo.git(&["check-attr", "merge", "--", "a/okrs.toml", "b/okrs.toml"])?;
    assert_eq!(
        named,
        "a/okrs.toml: merge: unspecified\nb/okrs.toml: merge: loti"
    );
    loti(&repo.root().join("b"), "merge install --uninstall")?;
    assert_eq!(configured(repo.root())?, "");
    assert!(!repo.root().join(".gitattributes").exists());
    Ok(())
}

#[test]
fn a_line_that_is_there_already_is_kept_as_it_is() -> Result<()> {
    let repo = with_plan("team/okrs.toml")?;
    repo.write("team/.gitattributes", "*.toml text merge=loti diff=loti\n")?;
    let (code, told) = said(&repo.loti("merge install -f team/okrs.toml")?);
    assert_eq!(code, Some(0));
    assert!(
        told.starts_with("git's configuration of this clone:\n"),
        "{told}"
    );
    assert!(
        told.ends_with("merges the plan by loti in this clone now\n"),
        "{told}"
    );
    assert!(!repo.root().join(".gitattributes").exists());
    Ok(())
}

#[test]
fn linked_work_trees_and_submodules_are_served_too() -> Result<()> {
    let repo = with_plan("okrs.toml")?;
    let linked = repo.beside("linked");
    let name = linked.to_str().expect("text");
    repo.git(&["worktree", "add", "-q", "-b", "other", name])?;
    loti(&linked, "merge install")?;
    assert!(linked.join(".gitattributes").exists());
    assert!(configured(repo.root())?.contains("merge.loti.driver="));

    let outer = Repo::new()?;
    let from = repo.root().to_str().expect("text");
    let words = ["-c", "protocol.file.allow=always", "submodule", "-q", "add"];
    outer.git(&[&words[..], &[from, "goals"]].concat())?;
    let inner = outer.root().join("goals");
    loti(&inner, "merge install")?;
    assert!(inner.join(".gitattributes").exists());
    assert!(configured(&inner)?.contains("merge.loti.driver="));
    assert!(!configured(outer.root())?.contains("merge.loti.driver="));
    Ok(())
}

#[test]
fn where_there_is_nothing_to_install_it_says_so() -> Result<()> {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("okrs.toml"), PLAN)?;
    for (words, expected) in [
        ("merge install", "is not in a git repository"),
        (
            "merge install -f -",
            "a plan from standard input is in no repository",
        ),
        ("merge install --at HEAD", ""),
    ] {
        let (code, told) = said(&loti(folder.path(), words)?);
        assert_eq!(code, Some(2), "{words}");
        assert!(told.contains(expected), "{told}");
    }
    Ok(())
}

#[test]
fn check_says_when_this_clone_does_not_know_the_driver() -> Result<()> {
    let rule = "merge-driver-missing";
    let repo = with_plan("team/okrs.toml")?;
    let found = |words: &str, variable: &str| -> Result<bool> {
        let mut loti = command(repo.root(), env!("CARGO_BIN_EXE_loti"));
        let loti = loti.args(words.split(' ')).env("CI", variable);
        let (code, told) = said(&loti.output()?);
        assert_ne!(code, Some(2), "{words}: {told}");
        Ok(told.contains(rule))
    };
    let check = "check -f team/okrs.toml";
    assert!(!found(check, "")?, "no attribute");
    repo.write("team/.gitattributes", "okrs.toml merge=loti\n")?;
    assert!(found(check, "")?, "named, not known");
    assert!(found(check, "false")?, "named, not known");
    assert!(!found(check, "true")?, "nobody merges there");
    assert!(!found(&format!("{check} --except {rule}"), "")?);
    assert!(
        !found(&format!("{check} --at HEAD"), "")?,
        "not of this clone"
    );
    repo.write(
        "team/.gitattributes",
        "okrs.toml merge=loti\n# x\nokrs.toml !merge\n",
    )?;
    assert!(!found(check, "")?, "taken back");
    repo.write("team/.gitattributes", "*.toml merge=loti\n")?;
    assert!(found(check, "")?, "by a pattern");
    let (code, _) = said(&repo.loti(&format!("{check} --only {rule} --strict"))?);
    assert_eq!(code, Some(1));

    repo.loti("merge install -f team/okrs.toml")?;
    assert!(!found(check, "")?, "known");
    // A plan in a folder that is no repository, and one from a pipe, have no clone.
    let plan = fs::read(repo.root().join("team/okrs.toml"))?;
    let alone = tempfile::tempdir()?;
    fs::write(alone.path().join("okrs.toml"), plan)?;
    fs::write(
        alone.path().join(".gitattributes"),
        "okrs.toml merge=loti\n",
    )?;
    let (_, told) = said(&loti(alone.path(), "check")?);
    assert!(!told.contains(rule), "{told}");
    Ok(())
}

#[test]
fn the_heads_of_hunks_name_what_changed() -> Result<()> {
    let repo = with_plan("okrs.toml")?;
    repo.loti("merge install")?;
    repo.loti("set 1 current=300")?;
    let diff = repo.git(&["diff", "-U0", "--", "okrs.toml"])?;
    let head = diff
        .lines()
        .find(|line| line.starts_with("@@"))
        .expect("a hunk");
    assert!(head.ends_with("@@ [kr.1]"), "{head}");
    Ok(())
}
