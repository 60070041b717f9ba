//! `--at`: the plan as it stood, looked at from that day.

use anyhow::Result;

use super::repo::{Repo, loti};
use crate::frame::frame;

const PLAN: &str = concat!(
    frame!(),
    "\n[kr.1]\nobjective = \"outreach\"\ntitle = \"Lend 400 books\"\ntarget = 400\n"
);

/// A plan that was begun on 2 January, made progress on the 20th, and moved on the 30th.
fn repo() -> Result<Repo> {
    let repo = Repo::new()?;
    repo.write("okrs.toml", PLAN)?;
    repo.commit("Begin", "2024-01-02T10:00:00+01:00")?;
    repo.write("okrs.toml", format!("{PLAN}current = 100\n"))?;
    repo.commit("One hundred", "2024-01-20T23:30:00-05:00")?;
    repo.git(&["mv", "okrs.toml", "plan.toml"])?;
    repo.write(
        "plan.toml",
        format!("{PLAN}current = 200\nstatus = \"on-track\"\n"),
    )?;
    repo.commit("Two hundred, and a new name", "2024-01-30T10:00:00+01:00")?;
    Ok(repo)
}

fn answer(repo: &Repo, words: &str) -> Result<(String, String)> {
    let mut command = super::repo::command(repo.root(), env!("CARGO_BIN_EXE_loti"));
    let output = command
        .env_remove("LOTI_TODAY")
        .args(words.split(' '))
        .output()?;
    Ok((
        String::from_utf8(output.stdout)?,
        String::from_utf8(output.stderr)?,
    ))
}

#[test]
fn a_revision_shows_the_plan_of_its_day_under_the_name_it_had() -> Result<()> {
    let repo = repo()?;
    let (out, err) = answer(&repo, "list -f plan.toml --at HEAD~1 --format csv")?;
    assert!(out.contains("1,not-started,25,2024-03-31,71,"), "{out}");
    let (head, rest) = err.split_once("commit ").expect("which commit");
    assert_eq!(head, "as of 2024-01-20: ");
    assert!(rest.ends_with(" by Ana Lima, “One hundred”\n"), "{err}");
    Ok(())
}

#[test]
fn a_day_means_the_last_commit_up_to_its_end_where_it_was_made() -> Result<()> {
    let repo = repo()?;
    for (day, progress) in [
        ("2024-01-02", Some("1,not-started,0,2024-03-31,89,")),
        ("2024-01-19", Some("1,not-started,0,2024-03-31,72,")),
        // Elsewhere it was the 21st already.
        ("2024-01-20", Some("1,not-started,25,2024-03-31,71,")),
        ("2024-02-10", Some("1,on-track,50,2024-03-31,50,")),
        ("2024-01-01", None),
    ] {
        let (out, err) = answer(&repo, &format!("list -f plan.toml --format csv --at {day}"))?;
        match progress {
            Some(row) => assert!(out.contains(row), "{day}: {out}{err}"),
            None => assert_eq!(
                err,
                "error: nothing had been committed by the end of 2024-01-01\n"
            ),
        }
    }
    Ok(())
}

#[test]
fn every_reading_command_looks_back_and_today_wins() -> Result<()> {
    let repo = repo()?;
    for command in [
        "status",
        "list",
        "show 1",
        "days",
        "cycle list",
        "check",
        "report",
        "log",
        "trend",
        "diff HEAD~2",
    ] {
        let output = loti(repo.root(), &format!("{command} -f plan.toml --at HEAD~1"))?;
        assert!(output.status.code() < Some(2), "{command}: {output:?}");
        assert!(
            String::from_utf8(output.stderr)?.contains("One hundred"),
            "{command}"
        );
    }
    let output = loti(
        repo.root(),
        "list -f plan.toml --format csv --at HEAD~1 --today 2024-03-30",
    )?;
    assert!(String::from_utf8(output.stdout)?.contains("2024-03-31,1,"));
    Ok(())
}

#[test]
fn what_looks_back_from_then_finds_the_file_under_the_name_it_had() -> Result<()> {
    let repo = repo()?;
    let (out, err) = answer(&repo, "log -f plan.toml --at HEAD~1")?;
    assert!(out.contains("current: none → 100"), "{out}{err}");
    assert!(out.contains("the plan begins"), "{out}{err}");
    let (out, err) = answer(&repo, "trend 1 -f plan.toml --at HEAD~1")?;
    assert!(out.contains("From 2 committed versions"), "{out}{err}");
    // What it is compared with may be older, and newer.
    for (words, expected) in [
        ("HEAD~2", "none → 100"),
        ("HEAD", "200 → 100"),
        ("--since 2024-01-10", "none → 100"),
    ] {
        let words = format!("diff {words} -f plan.toml --at HEAD~1");
        let (out, err) = answer(&repo, &words)?;
        assert!(out.contains(expected), "{words}: {out}{err}");
    }
    let words = "report --since HEAD~2 -f plan.toml --at HEAD~1";
    let (out, err) = answer(&repo, words)?;
    assert!(out.contains("none → 100"), "{out}{err}");
    Ok(())
}

#[test]
fn the_past_is_not_changed() -> Result<()> {
    let repo = repo()?;
    for command in [
        "set 1 done",
        "note 1 said",
        "add kr outreach New",
        "check --fix",
    ] {
        let output = loti(repo.root(), &format!("{command} -f plan.toml --at HEAD~1"))?;
        assert_eq!(output.status.code(), Some(2), "{command}");
        assert!(
            String::from_utf8(output.stderr)?.contains("the past, which cannot be changed"),
            "{command}"
        );
    }
    assert_eq!(repo.git(&["status", "--porcelain"])?, "");
    Ok(())
}

#[test]
fn a_plan_that_is_no_longer_on_disk_is_found_in_the_commit() -> Result<()> {
    let repo = repo()?;
    let (_, err) = answer(&repo, "list --at HEAD~2")?;
    assert!(err.contains("no `okrs.toml` in"), "{err}");
    repo.git(&["checkout", "-q", "HEAD~1"])?;
    repo.git(&["rm", "-q", "--cached", "okrs.toml"])?;
    std::fs::remove_file(repo.root().join("okrs.toml"))?;
    let (out, _) = answer(&repo, "list --at HEAD~1 --format csv")?;
    assert!(out.contains("1,not-started,0,"), "{out}");
    Ok(())
}

#[test]
fn a_bare_repository_shows_its_plan() -> Result<()> {
    let work = repo()?;
    let from = work.root().display().to_string();
    let bare = Repo::with(&["clone", "-q", "--bare", &from, "."])?;
    let (out, err) = answer(&bare, "list -f plan.toml --at main --format csv")?;
    assert!(out.contains("1,on-track,50,"), "{out}{err}");
    Ok(())
}

#[test]
fn a_plan_that_is_not_on_disk_is_answered_with_where_it_is() -> Result<()> {
    let work = Repo::new()?;
    work.write("okrs.toml", PLAN)?;
    work.commit("Begin", "2024-01-02T10:00:00Z")?;
    let from = work.root().display().to_string();
    let bare = Repo::with(&["clone", "-q", "--bare", &from, "."])?;
    let output = loti(bare.root(), "status")?;
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        String::from_utf8(output.stderr)?,
        "error: there is no `okrs.toml` on disk, but the commit that is checked out has it\n\
         hint: `--at HEAD` reads it there\n"
    );
    let (out, err) = answer(&bare, "trend 1 --today 2024-02-10")?;
    assert!(out.contains("From 1 committed version"), "{out}{err}");
    assert_eq!(err, "the plan is not on disk: told is what was committed\n");
    Ok(())
}

#[test]
fn outside_a_repository_it_says_so() -> Result<()> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("okrs.toml"), PLAN)?;
    let output = loti(folder.path(), "status --at HEAD")?;
    assert_eq!(output.status.code(), Some(2));
    let err = String::from_utf8(output.stderr)?;
    assert!(err.contains("git repository"), "{err}");
    let output = loti(folder.path(), "status -f - --at HEAD")?;
    let err = String::from_utf8(output.stderr)?;
    assert!(err.contains("standard input has no past"), "{err}");
    Ok(())
}
