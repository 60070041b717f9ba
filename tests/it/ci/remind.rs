//! The workflow that keeps one issue a week: its shell, run against a stand-in for the site's command.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context as _, Result};

use super::runner::Runner;
use super::steps::{Step, Workflow};
use super::{LOTI, SOUND, repository, yaml};

const WORKFLOW: &str = "docs/ci/remind.yml";

/// Answers with the issues that are there, and keeps the text of one that is written.
const GH: &str = r#"
case "$1 $2" in
    "issue list") cat "$ISSUES" ;;
    "issue create" | "issue edit")
        while [ $# -gt 0 ]; do
            if [ "$1" = --body-file ]; then cp "$2" "$BODY"; fi
            shift
        done
        ;;
esac
"#;

/// Runs the step on a plan, with the issues that are there; returns what the site was asked for, and
/// the text it was given.
fn run(plan: &str, issues: &str) -> Result<(Vec<String>, String)> {
    let runner = Runner::new(repository("okrs.toml", plan)?)?;
    runner.command("gh", GH)?;
    std::os::unix::fs::symlink(LOTI, runner.temp("commands").join("loti"))?;
    fs::write(runner.temp("issues"), issues)?;
    let mut workflow: Workflow = yaml(WORKFLOW)?;
    let job = workflow.jobs.remove("remind").context("the job")?;
    let step: Step = job.steps.into_iter().next_back().context("a step")?;
    let script = step.run.context("a step that runs")?;
    let path = |name: &str| runner.temp(name).display().to_string();
    let env = BTreeMap::from([
        ("RUNNER_TEMP".to_owned(), path("")),
        ("ISSUES".to_owned(), path("issues")),
        ("BODY".to_owned(), path("body")),
    ]);
    let ran = runner.bash(&script, &env)?;
    assert_eq!(ran.code, 0, "{}", ran.log);
    let calls = runner.calls().into_iter().filter_map(|call| {
        let (_, call) = call.split_once(" gh ")?;
        let is_question = call.starts_with("issue list") || call.starts_with("label create");
        (!is_question).then(|| call.replace(&path(""), ""))
    });
    Ok((calls.collect(), runner.written("body")))
}

/// A plan in which a check-in is due, whose title would be an issue's heading if it could.
fn owing() -> String {
    SOUND
        .replace("[plan]\n", "[plan]\ncadence = \"weekly\"\n")
        .replace(
            "Lend 400 books a month from the bus",
            "$(touch x) `ls` @everyone # no",
        )
}

#[test]
fn one_issue_a_week_is_opened_and_then_kept_up_to_date() -> Result<()> {
    let title = "Check-ins of 2024, week 3";
    let (calls, body) = run(&owing(), "")?;
    assert_eq!(
        calls,
        [format!(
            "issue create --label loti-reminders --title {title} --body-file /body.md"
        )]
    );
    assert!(body.starts_with("**ana**: 1 check-in due"), "{body}");
    assert!(body.contains("check-in"), "{body}");
    assert!(!body.contains("@everyone"), "{body}");

    let (calls, again) = run(&owing(), &format!("9\tOPEN\t{title}\n"))?;
    assert_eq!(calls, ["issue edit 9 --body-file /body.md"]);
    assert_eq!(again, body);

    let (calls, _) = run(&owing(), &format!("9\tCLOSED\t{title}\n"))?;
    assert_eq!(
        calls,
        ["issue reopen 9", "issue edit 9 --body-file /body.md"]
    );
    Ok(())
}

#[test]
fn the_issue_of_last_week_is_closed() -> Result<()> {
    let issues = "8\tOPEN\tCheck-ins of 2024, week 2\n7\tCLOSED\tCheck-ins of 2024, week 1\n";
    let (calls, _) = run(&owing(), issues)?;
    assert_eq!(calls.len(), 2, "{calls:?}");
    assert_eq!(calls[0], "issue close 8");
    assert!(calls[1].starts_with("issue create "), "{calls:?}");
    Ok(())
}

#[test]
fn where_nobody_owes_anything_no_issue_is_opened_and_none_is_left() -> Result<()> {
    assert_eq!(run(SOUND, "")?, (Vec::new(), String::new()));
    let (calls, _) = run(SOUND, "9\tOPEN\tCheck-ins of 2024, week 3\n")?;
    assert_eq!(calls, ["issue close 9"]);
    Ok(())
}

#[test]
fn it_may_write_issues_and_nothing_else() -> Result<()> {
    let workflow: Workflow = yaml(WORKFLOW)?;
    assert!(workflow.permissions.is_empty());
    let permissions = &workflow.jobs["remind"].permissions;
    let permissions: Vec<_> = permissions
        .iter()
        .map(|(what, how)| format!("{what}: {how}"))
        .collect();
    assert_eq!(permissions, ["contents: read", "issues: write"]);
    Ok(())
}
