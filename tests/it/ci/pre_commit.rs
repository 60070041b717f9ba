//! The hook, run by pre-commit itself.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{GIT, LOTI, SOUND, TODAY, git, repository, with_error, with_warning, yaml};
use crate::tools::tool;

const HOOKS: &str = ".pre-commit-hooks.yaml";

/// A repository whose commits run the hook, with this build in place of one that pre-commit makes.
fn with_hook(plan: &str, changed: &Value) -> Result<(TempDir, TempDir)> {
    let folder = repository("okrs.toml", plan)?;
    let mut hooks: Vec<Value> = yaml(HOOKS)?;
    let hook = hooks[0].as_object_mut().context("a hook")?;
    hook.insert("language".to_owned(), "system".into());
    hook.extend(changed.as_object().context("keys")?.clone());
    let config = json!({ "repos": [{ "repo": "local", "hooks": hooks }] });
    fs::write(
        folder.path().join(".pre-commit-config.yaml"),
        config.to_string(),
    )?;
    git(folder.path(), "add .")?;
    Ok((folder, tempfile::tempdir()?))
}

/// Runs pre-commit in a repository; it keeps what it keeps in a folder of its own.
fn pre_commit(folder: &Path, home: &Path, words: &str) -> Result<(bool, String)> {
    let output = tool("pre-commit")
        .args(words.split(' '))
        .current_dir(folder)
        .env_clear()
        .envs(GIT)
        .env("PATH", path()?)
        .env("HOME", home)
        .env("PRE_COMMIT_HOME", home)
        .env("LC_ALL", "C.UTF-8")
        .env("LOTI_TODAY", TODAY)
        .output()?;
    let mut said = String::from_utf8(output.stdout)?;
    said.push_str(&String::from_utf8(output.stderr)?);
    Ok((output.status.success(), said))
}

/// Where commands are looked for, this build first.
fn path() -> Result<OsString> {
    let folder = Path::new(LOTI).parent().context("a folder")?;
    let mut path = folder.as_os_str().to_owned();
    path.push(":");
    path.push(std::env::var_os("PATH").context("a PATH")?);
    Ok(path)
}

#[test]
fn the_manifest_is_one() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let home = tempfile::tempdir()?;
    let (passes, said) = pre_commit(root, home.path(), &format!("validate-manifest {HOOKS}"))?;
    assert!(passes, "{said}");
    Ok(())
}

#[test]
fn errors_stop_a_commit_and_warnings_are_shown() -> Result<()> {
    let strict = json!({ "args": ["--strict"] });
    for (plan, changed, passes, shown) in [
        (SOUND.to_owned(), json!({}), true, "Passed"),
        (with_warning(), json!({}), true, "overdue"),
        (with_warning(), strict, false, "overdue"),
        (with_error(), json!({}), false, "unknown-status"),
    ] {
        let (folder, home) = with_hook(&plan, &changed)?;
        let (passed, said) = pre_commit(folder.path(), home.path(), "run --all-files")?;
        assert_eq!(passed, passes, "{said}");
        assert!(said.contains(shown), "{said}");
    }
    Ok(())
}

#[test]
fn only_a_commit_of_the_plan_runs_the_hook() -> Result<()> {
    let (folder, home) = with_hook(&with_error(), &json!({}))?;
    git(folder.path(), "commit --quiet --message=Hook")?;
    fs::write(folder.path().join("notes.txt"), "x")?;
    git(folder.path(), "add .")?;
    let (passed, said) = pre_commit(folder.path(), home.path(), "run")?;
    assert!(passed && said.contains("Skipped"), "{said}");

    // What is staged counts, whatever the file says by now.
    let plan = folder.path().join("okrs.toml");
    fs::write(&plan, format!("{}# changed\n", with_error()))?;
    git(folder.path(), "add .")?;
    fs::write(&plan, SOUND)?;
    let (passed, said) = pre_commit(folder.path(), home.path(), "run")?;
    assert!(!passed && said.contains("unknown-status"), "{said}");
    assert_eq!(fs::read_to_string(plan)?, SOUND);
    Ok(())
}

#[test]
fn a_commit_is_stopped_by_the_installed_hook() -> Result<()> {
    let (folder, home) = with_hook(SOUND, &json!({}))?;
    let (passed, said) = pre_commit(folder.path(), home.path(), "install")?;
    assert!(passed, "{said}");
    fs::write(folder.path().join("okrs.toml"), with_error())?;
    git(folder.path(), "add .")?;
    let output = Command::new("git")
        .args(["commit", "--quiet", "--message=Break the plan"])
        .current_dir(folder.path())
        .envs(GIT)
        .env("PATH", path()?)
        .env("PRE_COMMIT_HOME", home.path())
        .env("LOTI_TODAY", TODAY)
        .output()?;
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("unknown-status"), "{said}");
    Ok(())
}

#[test]
fn a_plan_elsewhere_is_named_as_the_hook_says() -> Result<()> {
    let elsewhere = json!({ "files": "^plans/okrs\\.toml$", "args": ["--file=plans/okrs.toml"] });
    let (folder, home) = with_hook(SOUND, &elsewhere)?;
    fs::create_dir(folder.path().join("plans"))?;
    fs::write(folder.path().join("plans/okrs.toml"), with_error())?;
    git(folder.path(), "add .")?;
    let (passed, said) = pre_commit(folder.path(), home.path(), "run")?;
    assert!(!passed && said.contains("plans/okrs.toml"), "{said}");
    Ok(())
}
