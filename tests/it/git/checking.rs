//! `loti check --against`: a change held against where it began.

use std::process::{Output, Stdio};

use anyhow::Result;

use super::repo::{Repo, command};
use crate::check::HEAD;

const KR: &str = "\
[kr.1]
objective = \"outreach\"
title = \"Lend 400 books a month from the bus\"
status = \"on-track\"
current = 260
target = 400
";

fn plan(lines: &str) -> String {
    format!("{HEAD}{KR}{lines}")
}

fn key_result(id: u8, title: &str) -> String {
    format!("\n[kr.{id}]\nobjective = \"outreach\"\ntitle = \"{title}\"\n")
}

/// A repository whose `main` holds a plan, with a branch `change` checked out.
fn begun(text: &str) -> Result<Repo> {
    let repo = Repo::new()?;
    repo.write("okrs.toml", text)?;
    repo.commit("Begin", "2024-02-01T10:00:00+01:00")?;
    repo.git(&["checkout", "-q", "-b", "change"])?;
    Ok(repo)
}

fn commit(repo: &Repo, text: &str) -> Result<String> {
    repo.write("okrs.toml", text)?;
    repo.commit("Change", "2024-02-05T10:00:00+01:00")
}

/// What the check answers: how it ends, the rules that find something, and what is said beside it.
struct Answer {
    code: Option<i32>,
    rules: Vec<String>,
    said: String,
}

fn answer(output: &Output) -> Result<Answer> {
    let found: serde_json::Value = match output.stdout.as_slice() {
        [] => serde_json::Value::Null,
        answer => serde_json::from_slice(answer)?,
    };
    let findings = found["findings"].as_array().into_iter().flatten();
    let rules = findings.filter_map(|found| found["rule"].as_str());
    Ok(Answer {
        code: output.status.code(),
        rules: rules.map(str::to_owned).collect(),
        said: String::from_utf8(output.stderr.clone())?,
    })
}

fn check(repo: &Repo, words: &str) -> Result<Answer> {
    let words = format!("check --format json --today 2024-02-10 {words}");
    answer(&repo.loti(words.trim_end())?)
}

#[test]
fn what_the_change_takes_back_is_found_and_what_the_other_side_added_is_not() -> Result<()> {
    let repo = begun(&plan(""))?;
    commit(&repo, &plan("").replace("= 400", "= 300"))?;
    repo.git(&["checkout", "-q", "main"])?;
    let newer = plan(&key_result(2, "Hire a driver")).replace("= 400", "= 500");
    commit(&repo, &newer)?;
    repo.git(&["checkout", "-q", "change"])?;
    let found = check(&repo, "--against main")?;
    assert_eq!(found.code, Some(1));
    assert_eq!(found.rules, ["goalpost-moved"]);
    let base = repo.git(&["rev-parse", "--short=8", "main~1"])?;
    assert_eq!(
        found.said,
        format!("held against commit {base} of 2024-02-01, where this and `main` part\n")
    );
    // As a host does it, the two are merged before they are looked at.
    repo.git(&["checkout", "-q", "-b", "merged", "main"])?;
    repo.git(&["merge", "-q", "-s", "ours", "-m", "Merge", "change"])?;
    let found = check(&repo, "--against main")?;
    assert_eq!((found.code, found.rules.len()), (Some(0), 0));
    Ok(())
}

#[test]
fn the_file_is_looked_at_as_it_stands() -> Result<()> {
    let repo = begun(&plan(""))?;
    let lower = plan("").replace("= 400", "= 300");
    repo.write("okrs.toml", &lower)?;
    let found = check(&repo, "--against main")?;
    assert_eq!(
        (found.code, &*found.rules),
        (Some(1), &["goalpost-moved".to_owned()][..])
    );
    assert_eq!(check(&repo, "")?.code, Some(0));
    // From a pipe, beside the file; and as it was in a commit.
    commit(&repo, &plan(""))?;
    repo.write("lower.toml", &lower)?;
    let input = std::fs::File::open(repo.root().join("lower.toml"))?;
    let piped = command(repo.root(), env!("CARGO_BIN_EXE_loti"))
        .args("check --format json --today 2024-02-10 --against main -f -".split(' '))
        .stdin(Stdio::from(input))
        .output()?;
    assert_eq!(answer(&piped)?.rules, ["goalpost-moved"]);
    commit(&repo, &lower)?;
    commit(&repo, &plan(""))?;
    let again = check(&repo, "--against main")?;
    assert_eq!(again.code, Some(0), "{}", again.said);
    let then = check(&repo, "--against main --at HEAD~1")?;
    assert_eq!(then.rules, ["goalpost-moved"]);
    // Since a day.
    let since = check(&repo, "--against 2024-02-03")?;
    assert_eq!(since.code, Some(0), "{}", since.said);
    Ok(())
}

#[test]
fn the_change_cannot_excuse_itself() -> Result<()> {
    let excuse = "\n[check]\nlevels = { goalpost-moved = \"off\" }\n";
    let lower = |text: &str| text.replace("= 400", "= 300");
    let repo = begun(&plan(""))?;
    commit(&repo, &lower(&plan(excuse)))?;
    let found = check(&repo, "--against main")?;
    assert_eq!(found.code, Some(1));
    assert_eq!(found.rules, ["goalpost-moved", "check-loosened"]);
    // The branch it goes into can, and so can whoever runs the check.
    let except =
        "--against main --except goalpost-moved,stale --level check-loosened=warning,overdue=off";
    let found = check(&repo, except)?;
    assert_eq!(
        (found.code, &*found.rules),
        (Some(0), &["check-loosened".to_owned()][..])
    );
    let repo = begun(&plan(excuse))?;
    commit(&repo, &lower(&plan(excuse)))?;
    assert_eq!(check(&repo, "--against main")?.code, Some(0));
    Ok(())
}

#[test]
fn an_id_that_was_removed_long_ago_is_known() -> Result<()> {
    let repo = Repo::new()?;
    let commit = |text: &str| commit(&repo, text);
    repo.write("plan.toml", plan(&key_result(2, "Hire a driver")))?;
    repo.commit("Begin", "2024-01-01T10:00:00+01:00")?;
    repo.git(&["mv", "plan.toml", "okrs.toml"])?;
    repo.commit("Rename", "2024-01-02T10:00:00+01:00")?;
    // For a while it could not be read.
    commit("oh")?;
    commit(&plan(&key_result(3, "Count the readers")))?;
    // A side branch tries something, and takes it back before it is merged.
    repo.git(&["checkout", "-q", "-b", "side"])?;
    commit(&plan(&key_result(4, "Paint the bus")))?;
    commit(&plan(&key_result(3, "Count the readers")))?;
    repo.git(&["checkout", "-q", "main"])?;
    commit(&plan(""))?;
    repo.git(&["merge", "-q", "-s", "ours", "-m", "Merge", "side"])?;
    for (id, title, expected) in [
        (2, "Write to all schools", &["id-reused"][..]),
        (2, "Hire a driver", &[]),
        (3, "Write to all schools", &["id-reused"]),
        // What never came to the branch was never there.
        (4, "Write to all schools", &[]),
        (5, "Write to all schools", &[]),
    ] {
        repo.write("okrs.toml", plan(&key_result(id, title)))?;
        let found = check(&repo, "--against main")?;
        assert_eq!(found.rules, expected, "{id} {title}: {}", found.said);
    }
    Ok(())
}

#[test]
fn where_there_is_nothing_to_compare_the_other_rules_decide() -> Result<()> {
    let bad = plan("staus = \"done\"\n");
    let broken = plan("\n[kr.2]\nobjective = \"outreach\"\ntitle = oh\ntarget = 9\n");
    let bytes: &[u8] = b"[plan]\nname = \"\xff\"\n";
    for (before, said) in [
        (None, "there was no `okrs.toml` in commit "),
        (Some(bytes), "what the change takes back is not told"),
        (
            Some(broken.as_bytes()),
            "the plan there has 1 problem; what could not be read is not compared\n",
        ),
    ] {
        let repo = Repo::new()?;
        if let Some(before) = before {
            repo.write("okrs.toml", before)?;
        }
        repo.commit("Begin", "2024-02-01T10:00:00+01:00")?;
        repo.git(&["checkout", "-q", "-b", "change"])?;
        commit(&repo, &plan(""))?;
        let found = check(&repo, "--against main")?;
        assert!(found.said.contains(said), "{}", found.said);
        assert_eq!((found.code, found.rules.len()), (Some(0), 0), "{said}");
        commit(&repo, &bad)?;
        let found = check(&repo, "--against main")?;
        assert_eq!(found.code, Some(1), "{said}");
        assert_eq!(found.rules, ["unknown-key"], "{said}");
    }
    // What could be read there is.
    let repo = begun(&broken)?;
    commit(&repo, &plan(&key_result(2, "x")).replace("= 400", "= 300"))?;
    assert_eq!(check(&repo, "--against main")?.rules, ["goalpost-moved"]);
    Ok(())
}

#[test]
fn the_file_may_have_had_another_name() -> Result<()> {
    let repo = begun(&plan(""))?;
    repo.git(&["mv", "okrs.toml", "plan.toml"])?;
    repo.commit("Rename", "2024-02-05T10:00:00+01:00")?;
    repo.write("plan.toml", plan("").replace("= 400", "= 300"))?;
    repo.commit("Lower", "2024-02-06T10:00:00+01:00")?;
    let found = check(&repo, "--against main -f plan.toml")?;
    assert_eq!(found.rules, ["goalpost-moved"], "{}", found.said);
    Ok(())
}

#[test]
fn what_cannot_be_compared_is_said_with_what_to_do() -> Result<()> {
    let repo = begun(&plan(""))?;
    let refused = |repo: &Repo, words: &str, said: &str| -> Result<()> {
        let found = check(repo, words)?;
        assert_eq!(found.code, Some(2), "{}", found.said);
        assert!(found.said.contains(said), "{}", found.said);
        Ok(())
    };
    refused(&repo, "--against mian", "did you mean `main`?")?;
    refused(&repo, "--only stale,kr-removed", "`--against main`")?;
    repo.git(&["checkout", "-q", "--orphan", "alone"])?;
    commit(&repo, &plan(""))?;
    refused(&repo, "--against main", "have no commit in common\n")?;
    let dry = repo.loti("check --fix --dry-run --against main")?;
    assert_eq!(dry.status.code(), Some(2));

    // A shallow clone, as hosts make it unless they are told otherwise.
    repo.git(&["checkout", "-q", "change"])?;
    for number in 0..3 {
        commit(&repo, &plan(&format!("# {number}\n")))?;
    }
    repo.git(&["checkout", "-q", "main"])?;
    commit(&repo, &plan("# main\n"))?;
    let url = format!("file://{}", repo.root().display());
    let clone = [
        "clone",
        "-q",
        "--depth",
        "1",
        "-b",
        "change",
        "--no-single-branch",
        &url,
        ".",
    ];
    let shallow = Repo::with(&clone)?;
    refused(
        &shallow,
        "--against origin/main",
        "in this shallow clone\nhint: `git fetch --unshallow`",
    )?;
    let clone = ["clone", "-q", "--depth", "1", "-b", "change", &url, "."];
    let shallow = Repo::with(&clone)?;
    refused(&shallow, "--against origin/main", "`fetch-depth: 0`")?;
    let known = check(&shallow, "--against HEAD")?;
    assert_eq!(known.code, Some(0), "{}", known.said);
    shallow.write("okrs.toml", plan(&key_result(9, "x")))?;
    let known = check(&shallow, "--against HEAD")?;
    assert!(
        known
            .said
            .contains("as far back as this shallow clone goes"),
        "{}",
        known.said
    );
    Ok(())
}

#[test]
fn nothing_that_git_was_told_commands_the_log_of_a_job() -> Result<()> {
    let repo = begun(&plan(""))?;
    let hostile = "##[add-mask]on\n::add-mask::on";
    repo.git(&[
        "commit",
        "-q",
        "--amend",
        "-m",
        hostile,
        "--author",
        "::add-mask::on ##[add-mask] <x@example.org>",
    ])?;
    repo.git(&["branch", "-f", "main"])?;
    commit(&repo, &plan(""))?;
    for form in ["github", "human"] {
        let output = repo.loti(&format!("check --against main --format {form}"))?;
        let log = [output.stdout, output.stderr].concat();
        let log = String::from_utf8(log)?;
        assert!(!log.contains("add-mask"), "{log}");
    }
    Ok(())
}
