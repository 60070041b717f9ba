//! The workflow that publishes the plan: what it makes, and what it may do.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context as _, Result};

use super::runner::Runner;
use super::steps::{Job, Workflow};
use super::{SOUND, repository, with_error, yaml};

const PAGES: &str = "docs/ci/pages.yml";

fn job(name: &str) -> Result<Job> {
    let mut workflow: Workflow = yaml(PAGES)?;
    assert!(workflow.permissions.is_empty());
    workflow.jobs.remove(name).context("the job")
}

#[test]
fn the_plan_is_made_into_what_is_uploaded() -> Result<()> {
    let build = job("build")?;
    let steps = build.steps.iter();
    let script = steps.filter_map(|step| step.run.clone());
    let script = script.collect::<Vec<_>>().join("\n");
    let upload = build.steps.last().context("a last step")?;
    let folder = upload.with.get("path").context("what is uploaded")?;

    let runner = Runner::new(repository("okrs.toml", SOUND)?)?;
    let url = "https://example.org/plan";
    let env = BTreeMap::from([("URL".to_owned(), url.to_owned())]);
    // The step before it leaves loti on the path.
    let ran = runner.bash(&format!("loti() {{ \"$LOTI\" \"$@\"; }}\n{script}"), &env)?;
    assert_eq!(ran.code, 0, "{}", ran.log);
    let read = |name: &str| fs::read_to_string(runner.workspace.path().join(folder).join(name));
    assert!(read("index.html")?.contains("Lend 400 books a month from the bus"));
    assert!(read("history.html")?.contains("The plan began."));
    assert!(read("feed.xml")?.contains(&format!("href=\"{url}/feed.xml\"")));
    Ok(())
}

#[test]
fn a_plan_with_errors_is_not_published() -> Result<()> {
    let runner = Runner::new(repository("okrs.toml", &with_error())?)?;
    let ran = runner.bash("\"$LOTI\" export site public", &BTreeMap::new())?;
    assert_eq!(ran.code, 2, "{}", ran.log);
    assert!(!runner.workspace.path().join("public").exists());
    Ok(())
}

#[test]
fn who_builds_may_not_publish_and_each_action_is_one_commit() -> Result<()> {
    let [build, publish] = [job("build")?, job("publish")?];
    assert!(build.permissions.values().all(|may| may == "read"));
    assert!(publish.steps.iter().all(|step| step.run.is_none()));
    let text = yaml_text()?;
    for line in text.lines().filter(|line| line.contains("uses: ")) {
        let (_, commit) = line.split_once('@').context("a version")?;
        let commit = commit.split(' ').next().unwrap_or_default();
        let is_whole = commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert!(is_whole || commit == "COMMIT", "{line}");
    }
    let checkout = build.steps.first().context("a first step")?;
    assert_eq!(
        checkout.with.get("fetch-depth").map(String::as_str),
        Some("0")
    );
    Ok(())
}

fn yaml_text() -> Result<String> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGES);
    Ok(fs::read_to_string(path)?)
}
