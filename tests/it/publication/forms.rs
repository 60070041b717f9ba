//! Every form that `loti export` has, searched for what is not for everybody.

use std::path::Path;

use anyhow::Result;

use super::marked::{PLAN, found};
use crate::git::repo::{Repo, command};

/// The forms, each as the words after `loti export`. Whoever adds one adds it here, with each option
/// that lets more in.
pub(crate) const FORMS: &[&str] = &[
    "markdown",
    "markdown --open --level 1",
    "csv",
    "csv --bom --columns id,title,short,status,kind,progress,pace,current,target,unit,baseline,\
     confidence,score,due,days,objective,theme,partners,tags,cycle,next,ask,visibility",
    "json",
    "json --text e",
    "ics",
    "ics --alarm 7d",
    "svg",
    "svg --badge",
    "dot",
    "mermaid",
];

/// Those that tell what changed, each as the words before a revision.
pub(crate) const SINCE: &[&str] = &["markdown --since"];

/// Runs an export on a day in February; returns what it answers.
pub(crate) fn export(folder: &Path, words: &str) -> Result<Vec<u8>> {
    let output = command(folder, env!("CARGO_BIN_EXE_loti"))
        .args(["export", "--today", "2024-02-12"])
        .args(words.split(' '))
        .output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{words}: {said}");
    Ok(output.stdout)
}

fn folder(plan: &str) -> Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("okrs.toml"), plan)?;
    Ok(folder)
}

#[test]
fn no_form_for_everybody_holds_what_is_marked() -> Result<()> {
    let folder = folder(PLAN)?;
    for form in FORMS {
        let made = export(folder.path(), form)?;
        assert_eq!(
            found(&made),
            None,
            "{form}: {}",
            String::from_utf8_lossy(&made)
        );
    }
    Ok(())
}

#[test]
fn no_form_changes_with_what_it_does_not_show() -> Result<()> {
    let mut other = PLAN.to_owned();
    for (from, to) in [
        // What is private.
        (
            "title = \"hush title\"\nstatus = \"off-track\"",
            "title = \"x\"\nstatus = \"done\"",
        ),
        ("due = 2024-03-11", "due = 2024-01-02"),
        ("current = 5573", "current = 0"),
        (
            "title = \"hush in an objective\"\nstatus = \"dropped\"",
            "title = \"y\"",
        ),
        ("name = \"hush theme name\"", "name = \"z\""),
        // What an outline leaves out.
        ("weight = 6133", "weight = 1"),
        ("weight = 7919", "weight = 1"),
        ("current = 6421", "current = 8818"),
        ("progress = 37", "progress = 99"),
        ("start = 2024-01-17", "start = 2024-02-01"),
        ("confidence = 0.4567", "score = 0.1"),
        // What is published nowhere.
        ("on = 2024-02-06", "on = 2024-02-11"),
        ("checked = 2024-02-05", "checked = 2024-01-02"),
        ("cadence = \"monthly\"", "cadence = \"weekly\""),
        ("owner = \"hush-owner\"", "owner = \"hush-author\""),
        ("why = \"hush why\"", "why = \"because\""),
    ] {
        assert!(other.contains(from), "{from}");
        other = other.replacen(from, to, 1);
    }
    let (one, other) = (folder(PLAN)?, folder(&other)?);
    for form in FORMS {
        let shown =
            |folder: &Path| -> Result<String> { Ok(String::from_utf8(export(folder, form)?)?) };
        assert_eq!(shown(one.path())?, shown(other.path())?, "{form}");
    }
    Ok(())
}

#[test]
fn whatever_is_for_those_inside_says_so() -> Result<()> {
    let folder = folder(PLAN)?;
    for form in FORMS {
        let made = export(folder.path(), &format!("{form} --internal"))?;
        let text = String::from_utf8(made)?.to_lowercase();
        assert!(text.contains("internal"), "{form}: {text}");
        assert!(
            form.contains("badge") || text.contains("hush"),
            "{form}: {text}"
        );
    }
    Ok(())
}

#[test]
fn the_past_is_shown_within_what_may_be_seen_today() -> Result<()> {
    let repo = Repo::new()?;
    // What is private today was not then, nor was it called so.
    let then = PLAN
        .replace("visibility = \"private\"", "")
        .replace("[kr.hush-1", "[kr.hush-9")
        .replace("\"hush-1", "\"hush-9");
    repo.write("okrs.toml", then)?;
    let first = repo.commit("Begin", "2024-01-20T10:00:00Z")?;
    repo.write("okrs.toml", PLAN)?;
    let second = repo.commit("Hide", "2024-02-01T10:00:00Z")?;
    for form in FORMS {
        let made = export(repo.root(), &format!("{form} --at {first}"))?;
        assert_eq!(
            found(&made),
            None,
            "{form}: {}",
            String::from_utf8_lossy(&made)
        );
    }
    for form in SINCE {
        let made = export(repo.root(), &format!("{form} {first}"))?;
        assert_eq!(
            found(&made),
            None,
            "{form}: {}",
            String::from_utf8_lossy(&made)
        );
    }
    // And the other way round: what was private then stays out.
    let now = PLAN
        .replace("visibility = \"private\"", "")
        .replace("hush", "seen");
    repo.write("okrs.toml", now)?;
    for form in SINCE {
        let made = export(repo.root(), &format!("{form} {second}"))?;
        let text = String::from_utf8(made)?;
        assert!(!text.contains("hush"), "{form}: {text}");
    }
    Ok(())
}

#[test]
fn what_is_left_out_cannot_be_asked_for() -> Result<()> {
    let folder = folder(PLAN)?;
    for (words, told) in [
        (
            "csv --theme hush-theme",
            "the theme `hush-theme` is private",
        ),
        (
            "json --objective hush-objective",
            "the objective `hush-objective` is private",
        ),
        ("ics --owner hush-owner", "who owns what is not published"),
        (
            "csv --columns id,owner",
            "the column `owner` is not published",
        ),
        (
            "csv --columns id,heard",
            "the column `heard` is not published",
        ),
    ] {
        let output = command(folder.path(), env!("CARGO_BIN_EXE_loti"))
            .arg("export")
            .args(words.split(' '))
            .output()?;
        let said = String::from_utf8(output.stderr)?;
        assert_eq!(output.status.code(), Some(2), "{words}: {said}");
        assert!(said.contains(told), "{words}: {said}");
    }
    Ok(())
}
