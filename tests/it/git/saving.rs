//! What is promised of git: a patch that it applies, and a commit that holds the change alone.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context as _, Result};

use super::repo::{command, git, loti};

const PLAN: &str = include_str!("../../sessions/week.in/okrs.toml");

/// Makes a repository with a plan in a folder of it, committed.
fn repository(name: &str) -> Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    git(folder.path(), &["init", "-q"])?;
    fs::create_dir_all(folder.path().join("team/deep/down"))?;
    fs::write(folder.path().join("team").join(name), PLAN)?;
    git(folder.path(), &["add", "."])?;
    git(folder.path(), &["commit", "-q", "-m", "Begin"])?;
    Ok(folder)
}

/// Makes a patch in one folder and applies it in another; says whether the plan is the new one.
fn applied(root: &Path, from: &str, words: &str, apply_in: &str, name: &str) -> Result<bool> {
    let output = loti(&root.join(from), words)?;
    assert_eq!(output.status.code(), Some(0), "{words}");
    let patch = output.stdout;
    let mut apply = command(&root.join(apply_in), "git")
        .arg("apply")
        .stdin(Stdio::piped())
        .spawn()?;
    apply.stdin.take().context("its input")?.write_all(&patch)?;
    let done = apply.wait()?.success();
    let path = root.join("team").join(name);
    let changed = fs::read_to_string(&path)?.contains("current = 300\n");
    fs::write(path, PLAN)?;
    Ok(done && changed)
}

#[test]
fn git_applies_the_patch_from_where_it_was_made() -> Result<()> {
    let set = "set 1 current=300 --dry-run";
    let repository = repository("okrs.toml")?;
    let root = repository.path();
    assert!(applied(root, "team", set, "team", "okrs.toml")?);
    for file in [
        "team/okrs.toml",
        "./team/okrs.toml",
        "team/deep/../okrs.toml",
    ] {
        let words = format!("{set} -f {file}");
        assert!(applied(root, "", &words, "", "okrs.toml")?, "{file}");
    }
    // Git passes over what lies above the folder it runs in, so that it is told where to run.
    assert!(applied(
        root,
        "team/deep/down",
        set,
        "team/deep/down/../..",
        "okrs.toml"
    )?);
    let output = loti(&root.join("team/deep/down"), set)?;
    assert_eq!(
        String::from_utf8(output.stderr)?,
        "hint: git takes this patch in the plan's folder: `git -C ../.. apply`\n"
    );
    Ok(())
}

#[test]
fn git_applies_the_patch_without_a_repository() -> Result<()> {
    let folder = tempfile::tempdir()?;
    fs::create_dir(folder.path().join("team"))?;
    fs::write(folder.path().join("team/okrs.toml"), PLAN)?;
    let set = "set 1 current=300 --dry-run";
    assert!(applied(folder.path(), "team", set, "team", "okrs.toml")?);
    let words = format!("{set} -f team/okrs.toml");
    assert!(applied(folder.path(), "", &words, "", "okrs.toml")?);
    Ok(())
}

#[cfg(unix)]
#[test]
fn a_name_that_would_act_on_a_terminal_is_quoted_so_that_git_takes_it() -> Result<()> {
    for name in [
        "o\u{1b}[31m.toml",
        "a\"b\\c.toml",
        "a\tb.toml",
        "a\nb.toml",
        "\u{202e}lmot.toml",
        "ziele-städte.toml",
    ] {
        let repository = repository(name)?;
        let root = repository.path();
        let words = format!("set 1 current=300 --dry-run -f {name}");
        assert!(applied(root, "team", &words, "team", name)?, "{name:?}");
        let raw = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        let output = loti(&root.join("team"), &words)?;
        let patch = String::from_utf8(output.stdout)?;
        assert!(!patch.contains(raw), "{patch:?}");

        // Nor does the name act where the file cannot be read.
        fs::write(root.join("team").join(name), "[kr.1\n")?;
        let output = loti(&root.join("team"), &words)?;
        let said = String::from_utf8(output.stderr)?;
        assert!(
            said.contains("toml-syntax") && !said.contains(raw),
            "{said:?}"
        );
    }
    let repository = repository("plan.toml")?;
    let root = repository.path();
    fs::rename(root.join("team/plan.toml"), root.join("team/my plan.toml"))?;
    let output = command(&root.join("team"), env!("CARGO_BIN_EXE_loti"))
        .args(["set", "1", "current=300", "--dry-run", "-f", "my plan.toml"])
        .output()?;
    let patch = String::from_utf8(output.stdout)?;
    assert!(patch.starts_with("--- a/my plan.toml\t\n"), "{patch}");
    Ok(())
}

#[test]
fn a_commit_holds_the_change_alone() -> Result<()> {
    let repository = repository("okrs.toml")?;
    let team = repository.path().join("team");
    fs::write(repository.path().join("other.txt"), "Not yet.\n")?;
    git(repository.path(), &["add", "other.txt"])?;
    let output = loti(&team.join("deep"), "set 1 current=300 --commit")?;
    assert_eq!(String::from_utf8(output.stderr)?, "committed\n");
    let log = git(&team, &["log", "-1", "--format=%s", "--name-only"])?;
    assert_eq!(log, "kr.1 current: 260 → 300\n\nteam/okrs.toml");

    // Somebody's other edits, in the file, staged or not, are not swept along.
    let path = team.join("okrs.toml");
    let edited = fs::read_to_string(&path)?.replace("quiet room", "silent room");
    fs::write(&path, &edited)?;
    for staged in [false, true] {
        if staged {
            git(&team, &["add", "okrs.toml"])?;
        }
        for words in [
            "set 1 current=310 --commit",
            "edit 1 --commit",
            "note 1 --commit",
        ] {
            let output = loti(&team, words)?;
            let said = String::from_utf8(output.stderr)?;
            assert_eq!(output.status.code(), Some(2), "{words}");
            assert!(said.contains("changes that are not committed"), "{said}");
            assert!(said.contains("\nhint: "), "{said}");
            assert_eq!(fs::read_to_string(&path)?, edited, "{words}");
        }
    }
    Ok(())
}

#[test]
fn a_file_that_is_new_to_git_is_added() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    fs::write(root.join("okrs.toml"), PLAN)?;
    let output = loti(root, "set 1 current=300 --commit")?;
    let said = String::from_utf8(output.stderr)?;
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said.contains("`--commit` needs a plan file in a git"),
        "{said}"
    );
    assert_eq!(fs::read_to_string(root.join("okrs.toml"))?, PLAN);

    git(root, &["init", "-q"])?;
    let output = loti(root, "set 1 current=300 --commit")?;
    assert_eq!(
        String::from_utf8(output.stderr)?,
        "added to git and committed\n"
    );
    assert_eq!(git(root, &["status", "--porcelain"])?, "");

    fs::write(root.join("plan.toml"), PLAN)?;
    git(root, &["add", "plan.toml"])?;
    let output = loti(root, "set 1 current=300 --commit -f plan.toml")?;
    assert_eq!(
        String::from_utf8(output.stderr)?,
        "added to git and committed\n"
    );

    fs::write(root.join(".gitignore"), "mine.toml\n")?;
    fs::write(root.join("mine.toml"), PLAN)?;
    let output = loti(root, "set 1 current=300 --commit -f mine.toml")?;
    let said = String::from_utf8(output.stderr)?;
    assert!(said.contains("told to ignore"), "{said}");
    assert_eq!(fs::read_to_string(root.join("mine.toml"))?, PLAN);
    Ok(())
}

#[cfg(unix)]
#[test]
fn a_plan_behind_a_link_is_committed_where_it_is() -> Result<()> {
    let repository = repository("okrs.toml")?;
    let elsewhere = tempfile::tempdir()?;
    let link = elsewhere.path().join("okrs.toml");
    std::os::unix::fs::symlink(repository.path().join("team/okrs.toml"), link)?;
    let output = loti(elsewhere.path(), "set 1 current=300 --commit")?;
    assert_eq!(String::from_utf8(output.stderr)?, "committed\n");
    assert_eq!(git(repository.path(), &["status", "--porcelain"])?, "");
    Ok(())
}
