//! The driver at work in real repositories: what git merges by loti.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::repo::{Repo, command, git, loti, said};

const PLAN: &str = include_str!("../../sessions/week.in/okrs.toml");
const TIME: &str = "2021-09-20T10:00:00+02:00";

/// Makes a repository whose plan git merges by loti, on branch `main`.
pub(super) fn merged_by_loti() -> Result<Repo> {
    let repo = Repo::new()?;
    repo.write("okrs.toml", PLAN)?;
    let (code, told) = said(&repo.loti("merge install")?);
    assert_eq!(code, Some(0), "{told}");
    repo.commit("Begin", TIME)?;
    Ok(repo)
}

/// Changes the plan on a branch and commits that; ends on the branch.
pub(super) fn change(repo: &Repo, branch: &str, words: &[&str]) -> Result<()> {
    if repo.git(&["branch", "--list", branch])?.is_empty() {
        repo.git(&["checkout", "-q", "-b", branch])?;
    } else {
        repo.git(&["checkout", "-q", branch])?;
    }
    for words in words {
        let (code, told) = said(&repo.loti(words)?);
        assert_eq!(code, Some(0), "{told}");
    }
    repo.commit(&format!("Change on {branch}"), TIME)?;
    Ok(())
}

/// Makes a repository with two branches that both changed the plan: `main`, checked out, and `bus`.
pub(super) fn apart(main: &[&str], bus: &[&str]) -> Result<Repo> {
    let repo = merged_by_loti()?;
    change(&repo, "bus", bus)?;
    change(&repo, "main", main)?;
    Ok(repo)
}

/// Runs git, whether or not it succeeds.
pub(super) fn tried(repo: &Repo, words: &[&str]) -> Result<(Option<i32>, String)> {
    Ok(said(&command(repo.root(), "git").args(words).output()?))
}

pub(super) fn plan(repo: &Repo) -> Result<String> {
    Ok(fs::read_to_string(repo.root().join("okrs.toml"))?)
}

/// Returns what the index holds of a file that is not merged yet: how many versions.
fn stages(repo: &Repo) -> Result<usize> {
    Ok(repo.git(&["ls-files", "-u"])?.lines().count())
}

/// What git can be in the middle of, with the words that begin it on `main` and those that go on.
pub(super) const WAYS: [(&str, &[&str], &[&str]); 4] = [
    (
        "merge",
        &["merge", "bus"],
        &["-c", "core.editor=true", "merge", "--continue"],
    ),
    (
        "rebase",
        &["rebase", "bus"],
        &["-c", "core.editor=true", "rebase", "--continue"],
    ),
    (
        "cherry-pick",
        &["cherry-pick", "bus"],
        &["-c", "core.editor=true", "cherry-pick", "--continue"],
    ),
    ("stash", &["stash", "pop"], &["stash", "drop", "-q"]),
];

/// Makes the repository of a way: for a stash, what `bus` says is put aside and not committed.
pub(super) fn before(way: &str, main: &[&str], bus: &[&str]) -> Result<Repo> {
    if way != "stash" {
        return apart(main, bus);
    }
    let repo = merged_by_loti()?;
    for words in bus {
        repo.loti(words)?;
    }
    repo.git(&["stash", "-q"])?;
    change(&repo, "main", main)?;
    Ok(repo)
}

#[test]
fn what_both_sides_changed_apart_is_merged_whatever_git_is_doing() -> Result<()> {
    for (way, begin, _) in WAYS {
        let repo = before(
            way,
            &["set 1 current=300"],
            &["set 1 due=2021-10-01", "set 3 done"],
        )?;
        let (code, told) = tried(&repo, begin)?;
        assert_eq!(code, Some(0), "{way}: {told}");
        let plan = plan(&repo)?;
        assert!(plan.contains("current = 300\n"), "{way}: {plan}");
        assert!(plan.contains("due = 2021-10-01\n"), "{way}: {plan}");
        assert!(!plan.contains("<<<<<<<"), "{way}: {plan}");
        assert_eq!(stages(&repo)?, 0, "{way}");
    }
    Ok(())
}

#[test]
fn a_revert_takes_one_change_back_and_no_other() -> Result<()> {
    let repo = merged_by_loti()?;
    change(&repo, "main", &["set 1 current=300"])?;
    let reverted = repo.git(&["rev-parse", "HEAD"])?;
    change(&repo, "main", &["set 1 at-risk"])?;
    let (code, told) = tried(&repo, &["revert", "--no-edit", &reverted])?;
    assert_eq!(code, Some(0), "{told}");
    let plan = plan(&repo)?;
    assert!(
        plan.contains("current = 260\n") && plan.contains("status = \"at-risk\""),
        "{plan}"
    );
    Ok(())
}

#[test]
fn one_key_with_two_values_is_a_conflict_with_gits_own_labels() -> Result<()> {
    let repo = apart(&["set 1 off-track"], &["set 1 at-risk"])?;
    let (code, told) = tried(&repo, &["merge", "bus"])?;
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("okrs.toml: conflict: "), "{told}");
    assert_eq!(stages(&repo)?, 3);
    let text = plan(&repo)?;
    assert!(text.contains("<<<<<<< "), "{text}");
    assert!(!text.contains("|||||||"), "{text}");
    assert_eq!(text.matches("status = \"off-track\"").count(), 1, "{text}");

    // What both come from is marked, too, for whoever told git so.
    tried(&repo, &["merge", "--abort"])?;
    for style in ["diff3", "zdiff3"] {
        let style = format!("merge.conflictStyle={style}");
        repo.git(&[
            "config",
            "merge.conflictStyle",
            style.rsplit('=').next().unwrap_or(""),
        ])?;
        tried(&repo, &["merge", "bus"])?;
        assert!(plan(&repo)?.contains("|||||||"), "{style}");
        tried(&repo, &["merge", "--abort"])?;
    }
    Ok(())
}

#[test]
fn markers_are_as_long_as_the_attribute_says() -> Result<()> {
    let repo = merged_by_loti()?;
    let attributes = fs::read_to_string(repo.root().join(".gitattributes"))?;
    repo.write(
        ".gitattributes",
        format!("{attributes}*.toml conflict-marker-size=12\n"),
    )?;
    repo.commit("Longer markers", TIME)?;
    change(&repo, "bus", &["set 1 at-risk"])?;
    change(&repo, "main", &["set 1 off-track"])?;
    tried(&repo, &["merge", "bus"])?;
    assert!(plan(&repo)?.contains(&format!("\n{} ", "<".repeat(12))));
    Ok(())
}

#[test]
fn a_driver_that_dies_or_is_gone_leaves_gits_own_conflict() -> Result<()> {
    let repo = apart(&["set 1 off-track"], &["set 1 at-risk", "set 3 done"])?;
    let own = git_alone(&repo)?;
    let driver = repo.git(&["config", "merge.loti.driver"])?;
    let loti = env!("CARGO_BIN_EXE_loti");
    let dying = repo.beside("dying");
    for (what, instead) in [
        ("killed", "kill -9 $$"),
        (
            "killed half way",
            "printf half > .merge_half; rm .merge_half; kill -9 $$",
        ),
        ("failed", "exit 2"),
        (
            "killed by the system while it writes",
            &format!("ulimit -f 0; exec {loti} \"$@\""),
        ),
    ] {
        fs::write(&dying, format!("#!/bin/sh\n{instead}\n"))?;
        let shell = format!("sh {}", dying.display());
        repo.git(&["config", "merge.loti.driver", &driver.replace(loti, &shell)])?;
        let (code, told) = tried(&repo, &["merge", "bus"])?;
        assert_eq!(code, Some(1), "{what}: {told}");
        assert_eq!(plan(&repo)?, own, "{what}");
        assert_eq!(stages(&repo)?, 3, "{what}");
        assert_eq!(left_over(repo.root())?, "UU okrs.toml", "{what}");
        tried(&repo, &["merge", "--abort"])?;
    }
    let nowhere = driver.replace(loti, "/nowhere/loti");
    repo.git(&["config", "merge.loti.driver", &nowhere])?;
    tried(&repo, &["merge", "bus"])?;
    assert_eq!(plan(&repo)?, own, "gone");
    Ok(())
}

/// Merges `bus` as git does by itself, with the names that the driver's way out gives the sides, and
/// takes it back.
fn git_alone(repo: &Repo) -> Result<String> {
    let versions =
        ["main~1", "main", "bus"].map(|of| repo.git(&["show", &format!("{of}:okrs.toml")]));
    let [base, ours, theirs] = versions;
    for (name, text) in [("base", base?), ("ours", ours?), ("theirs", theirs?)] {
        fs::write(repo.beside(name), text + "\n")?;
    }
    let [base, ours, theirs] = ["base", "ours", "theirs"].map(|name| repo.beside(name));
    let mut merge = command(repo.root(), "git");
    merge.args([
        "merge-file",
        "-p",
        "-L",
        "ours",
        "-L",
        "base",
        "-L",
        "theirs",
    ]);
    let output = merge.args([ours, base, theirs]).output()?;
    Ok(String::from_utf8(output.stdout)?)
}

#[test]
fn bytes_that_are_no_text_are_left_to_git() -> Result<()> {
    let repo = merged_by_loti()?;
    let latin = [PLAN.as_bytes(), b"# caf\xe9\n"].concat();
    repo.write("okrs.toml", &latin)?;
    repo.commit("Latin-1", TIME)?;
    repo.git(&["checkout", "-q", "-b", "bus"])?;
    repo.write("okrs.toml", [b"# first\n", &latin[..]].concat())?;
    repo.commit("First", TIME)?;
    repo.git(&["checkout", "-q", "main"])?;
    repo.write("okrs.toml", [&latin[..], b"# last\n"].concat())?;
    repo.commit("Last", TIME)?;
    let (code, told) = tried(&repo, &["merge", "bus"])?;
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("is not UTF-8 text"), "{told}");
    let merged = fs::read(repo.root().join("okrs.toml"))?;
    assert!(merged.starts_with(b"# first\n") && merged.ends_with(b"# last\n"));
    Ok(())
}

#[test]
fn plans_in_folders_with_spaces_and_in_linked_work_trees_are_merged() -> Result<()> {
    let repo = Repo::new()?;
    repo.write("our plans/it's.toml", PLAN)?;
    repo.commit("Begin", TIME)?;
    let folder = repo.root().join("our plans");
    loti(&folder, "merge install -f it's.toml")?;
    repo.commit("By loti", TIME)?;
    let linked = repo.beside("linked one");
    repo.git(&[
        "worktree",
        "add",
        "-q",
        "-b",
        "bus",
        linked.to_str().expect("text"),
    ])?;
    for (folder, words) in [
        (
            linked.join("our plans"),
            "set 1 current=300 --commit -f it's.toml",
        ),
        (folder, "set 1 due=2021-10-01 --commit -f it's.toml"),
    ] {
        let (code, told) = said(&loti(&folder, words)?);
        assert_eq!(code, Some(0), "{told}");
    }
    git(&linked, &["merge", "-q", "--no-edit", "main"])?;
    let plan = fs::read_to_string(linked.join("our plans/it's.toml"))?;
    assert!(
        plan.contains("current = 300\n") && plan.contains("due = 2021-10-01\n"),
        "{plan}"
    );
    assert_eq!(left_over(&linked)?, "");
    Ok(())
}

/// What is in a work tree and not committed.
fn left_over(folder: &Path) -> Result<String> {
    git(folder, &["status", "--porcelain"])
}

#[test]
fn by_hand_three_files_are_merged_to_the_output() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text);
    write("base.toml", PLAN)?;
    write("ours.toml", &PLAN.replace("current = 260", "current = 300"))?;
    write("theirs.toml", &PLAN.replace("quiet room", "silent room"))?;
    let words = "merge files base.toml ours.toml theirs.toml";
    let output = loti(folder.path(), words)?;
    let merged = PLAN
        .replace("current = 260", "current = 300")
        .replace("quiet room", "silent room");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stdout)?, merged);
    assert_eq!(output.stderr, b"");

    write(
        "theirs.toml",
        &PLAN.replace("current = 260", "current = 280"),
    )?;
    let output = loti(folder.path(), &format!("{words} --diff3 --marker-size 9"))?;
    assert_eq!(output.status.code(), Some(1));
    let marked = String::from_utf8(output.stdout)?;
    for marker in [
        "<<<<<<<<< ours.toml",
        "||||||||| base.toml",
        ">>>>>>>>> theirs.toml",
    ] {
        assert!(marked.contains(marker), "{marked}");
    }
    assert!(String::from_utf8(output.stderr)?.starts_with("ours.toml: conflict: "));
    let (code, told) = said(&loti(
        folder.path(),
        "merge files base.toml ours.toml nowhere.toml",
    )?);
    assert_eq!(code, Some(2));
    assert!(told.contains("does not exist"), "{told}");
    Ok(())
}

#[test]
fn branches_that_come_from_several_commits_are_merged() -> Result<()> {
    // Both merged the other's first change, and each gave the key that was in conflict another value.
    let repo = apart(
        &["set 1 off-track", "note 1 main"],
        &["set 1 at-risk", "note 1 bus"],
    )?;
    let bus = repo.git(&["rev-parse", "bus"])?;
    tried(&repo, &["merge", "bus"])?;
    repo.loti("merge resolve --prefer ours")?;
    repo.commit("On main", TIME)?;
    repo.git(&["checkout", "-q", "bus"])?;
    tried(&repo, &["merge", "main~1"])?;
    repo.loti("merge resolve --prefer ours")?;
    repo.commit("On bus", TIME)?;
    assert_ne!(repo.git(&["rev-parse", "bus"])?, bus);
    change(&repo, "bus", &["set 1 due=2021-10-01"])?;
    change(&repo, "main", &["set 1 current=300"])?;
    let bases = repo.git(&["merge-base", "--all", "main", "bus"])?;
    assert_eq!(bases.lines().count(), 2);

    let (code, told) = tried(&repo, &["merge", "bus"])?;
    assert_eq!(code, Some(1), "{told}");
    assert_eq!(told.matches("okrs.toml: conflict: ").count(), 1, "{told}");
    assert!(told.contains("kr.1.status"), "{told}");
    let text = plan(&repo)?;
    assert!(
        text.contains("current = 300\n") && text.contains("due = 2021-10-01\n"),
        "{text}"
    );
    for note in ["main", "bus"] {
        assert_eq!(
            text.matches(&format!("text = \"{note}\"")).count(),
            1,
            "{text}"
        );
    }
    Ok(())
}
