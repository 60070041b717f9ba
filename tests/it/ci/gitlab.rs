//! The snippet for GitLab: its script runs as one, and leaves a report that GitLab reads.

use std::collections::BTreeMap;
use std::fs;

use anyhow::Result;
use serde::Deserialize;
use serde_json::Value;

use super::runner::{Ran, Runner};
use super::{SOUND, repository, with_change, with_error, with_warning, yaml};

#[derive(Deserialize)]
struct Job {
    variables: BTreeMap<String, String>,
    before_script: Vec<String>,
    script: Vec<String>,
    artifacts: Artifacts,
}

#[derive(Deserialize)]
struct Artifacts {
    when: String,
    reports: BTreeMap<String, String>,
}

/// Runs the job on a runner.
fn run(runner: &Runner, job: &Job) -> Result<Ran> {
    let script = [&job.before_script[..], &job.script].concat().join("\n");
    runner.bash(&script, &job.variables)
}

fn job() -> Result<Job> {
    let mut jobs: BTreeMap<String, Job> = yaml("docs/ci/gitlab.yml")?;
    assert_eq!(jobs.len(), 1);
    Ok(jobs.remove("loti check").expect("the job"))
}

#[test]
fn the_job_reports_findings_and_fails_on_errors() -> Result<()> {
    for (plan, code, found) in [
        (SOUND.to_owned(), 0, None),
        (with_warning(), 0, Some("overdue")),
        (with_error(), 1, Some("unknown-status")),
    ] {
        let job = job()?;
        assert_eq!(job.variables["GIT_DEPTH"], "0");
        assert_eq!(job.artifacts.when, "always");
        let runner = Runner::new(repository("okrs.toml", &plan)?)?;
        let ran = run(&runner, &job)?;
        assert_eq!(ran.code, code, "{}", ran.log);
        let report = &job.artifacts.reports["codequality"];
        let report = fs::read_to_string(runner.workspace.path().join(report))?;
        let report: Vec<Value> = serde_json::from_str(&report)?;
        let rules: Vec<_> = report
            .iter()
            .filter_map(|one| one["check_name"].as_str())
            .collect();
        assert_eq!(rules, Vec::from_iter(found), "{}", ran.log);
        assert!(ran.log.contains(found.unwrap_or_default()), "{}", ran.log);
    }
    Ok(())
}

#[test]
fn a_merge_request_is_held_against_the_branch_it_goes_into() -> Result<()> {
    let lower = SOUND.replace("target = 400", "target = 300");
    for (target, code) in [(Some("main"), 1), (None, 0), (Some("$(touch run) x"), 2)] {
        let mut job = job()?;
        if let Some(target) = target {
            let name = "CI_MERGE_REQUEST_TARGET_BRANCH_NAME".to_owned();
            job.variables.insert(name, target.to_owned());
        }
        let runner = Runner::new(repository("okrs.toml", SOUND)?)?;
        with_change(runner.workspace.path(), "okrs.toml", &lower)?;
        let ran = run(&runner, &job)?;
        if code == 2 {
            assert_ne!(ran.code, 0, "{}", ran.log);
        } else {
            assert_eq!(ran.code, code, "{}", ran.log);
        }
        assert_eq!(ran.log.contains("goalpost-moved"), code == 1, "{}", ran.log);
        assert!(!runner.workspace.path().join("run").exists());
    }
    Ok(())
}

#[test]
fn loti_is_built_once() -> Result<()> {
    let job = job()?;
    let runner = Runner::new(repository("okrs.toml", SOUND)?)?;
    for _ in 0..2 {
        let ran = run(&runner, &job)?;
        assert_eq!(ran.code, 0, "{}", ran.log);
    }
    let calls = runner.calls();
    assert_eq!(calls.len(), 1, "{calls:?}");
    let call = "cargo install --git https://gitlab.example/OWNER/loti.git --rev COMMIT --locked --root .loti loti";
    assert!(calls[0].ends_with(call), "{calls:?}");
    Ok(())
}

#[test]
fn a_plan_that_is_not_there_fails_the_job() -> Result<()> {
    let runner = Runner::new(repository("elsewhere.toml", SOUND)?)?;
    let ran = run(&runner, &job()?)?;
    assert_ne!(ran.code, 0);
    assert!(ran.log.contains("okrs.toml"), "{}", ran.log);
    Ok(())
}
