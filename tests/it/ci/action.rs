//! The composite action and the workflow that calls it: what a job does with a plan.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use super::runner::Runner;
use super::steps::{ACTION, Action, WORKFLOW, Words, Work, Workflow};
use super::{SOUND, repository, with_change, with_error, with_warning, yaml};

#[test]
fn a_sound_plan_passes_and_loti_is_built_once() -> Result<()> {
    let runner = Runner::new(repository("okrs.toml", SOUND)?)?;
    let mut work = Work::new(&runner, &[])?;
    let ran = work.run()?;
    assert_eq!(ran.code, 0, "{}", ran.log);
    assert!(!ran.log.contains("::error"), "{}", ran.log);

    let here = env!("CARGO_MANIFEST_DIR");
    let temp = runner.temp("work").display().to_string();
    let oldest = env!("CARGO_PKG_RUST_VERSION");
    assert_eq!(
        runner.calls(),
        [
            format!("{here}:  rustup toolchain install {oldest} --profile minimal"),
            format!(
                "{here}: {oldest} cargo install --path . --locked --root {temp}/loti --target-dir {temp}/loti-build"
            ),
        ]
    );
    assert_eq!(runner.written("path"), format!("{temp}/loti/bin\n"));
    assert_eq!(work.keys.len(), 2);
    assert_eq!(work.keys[0], work.keys[1], "kept under what is looked for");
    Ok(())
}

#[test]
fn what_is_in_the_cache_is_not_built_again() -> Result<()> {
    let runner = Runner::new(repository("okrs.toml", SOUND)?)?;
    let mut work = Work::new(&runner, &[])?;
    work.is_cached = true;
    let ran = work.run()?;
    assert_eq!(ran.code, 0, "{}", ran.log);
    assert!(runner.calls().is_empty());
    assert_eq!(work.keys.len(), 1, "nothing new to keep");
    Ok(())
}

#[test]
fn another_source_has_another_place_in_the_cache() -> Result<()> {
    let source = tempfile::tempdir()?;
    for name in ["Cargo.toml", "Cargo.lock", "src/deep/er.rs"] {
        let path = source.path().join(name);
        fs::create_dir_all(path.parent().context("a folder")?)?;
        fs::write(path, name)?;
    }
    let action: Action = yaml(ACTION)?;
    let key = || -> Result<String> {
        let runner = Runner::new(tempfile::tempdir()?)?;
        let mut work = Work::new(&runner, &[])?;
        work.source = source.path().to_owned();
        let ran = work.step(&action.runs.steps[0])?;
        assert_eq!(ran.code, 0, "{}", ran.log);
        work.value("steps.loti.outputs.key")
    };
    let mut keys = vec![key()?];
    assert_eq!(key()?, keys[0]);
    assert!(keys[0].starts_with("loti-Linux-X64-"), "{}", keys[0]);
    for name in ["Cargo.toml", "Cargo.lock", "src/deep/er.rs"] {
        fs::write(source.path().join(name), "changed")?;
        let key = key()?;
        assert!(!keys.contains(&key), "{name} is no part of the key");
        keys.push(key);
    }
    Ok(())
}

#[test]
fn an_error_is_marked_on_its_line_and_fails_the_job() -> Result<()> {
    let plan = "plans/team/okrs.toml";
    let runner = Runner::new(repository(plan, &with_error())?)?;
    let ran = Work::new(&runner, &[("file", plan)])?.run()?;
    assert_eq!(ran.code, 1, "{}", ran.log);
    let marked = format!("::error file={plan},line=19,");
    let mut lines = ran.log.lines();
    assert!(lines.any(|line| line.starts_with(&marked)), "{}", ran.log);
    assert!(runner.written("summary").contains("unknown-status"));
    Ok(())
}

#[test]
fn a_warning_fails_the_job_only_where_it_is_strict() -> Result<()> {
    for (strict, code) in [("false", 0), ("true", 1)] {
        let runner = Runner::new(repository("okrs.toml", &with_warning())?)?;
        let ran = Work::new(&runner, &[("strict", strict)])?.run()?;
        assert_eq!(ran.code, code, "{strict}: {}", ran.log);
        assert!(ran.log.contains("::warning file=okrs.toml,line="));
        assert!(runner.written("summary").contains("overdue"));
    }
    Ok(())
}

#[test]
fn a_pull_request_is_held_against_the_branch_it_goes_into() -> Result<()> {
    let lower = SOUND.replace("target = 400", "target = 300");
    for (base, against, code) in [
        (Some("main"), "", 1),
        (None, "", 0),
        (Some("main"), "none", 0),
        (Some("main"), "HEAD", 0),
        (None, "origin/main", 1),
        (Some("$(touch run)"), "", 2),
        (Some("main"), "$(touch run)", 2),
    ] {
        let runner = Runner::new(repository("okrs.toml", SOUND)?)?;
        with_change(runner.workspace.path(), "okrs.toml", &lower)?;
        let mut work = Work::new(&runner, &[("against", against)])?;
        work.base = base.map(str::to_owned);
        let ran = work.run()?;
        assert_eq!(ran.code, code, "{base:?} {against}: {}", ran.log);
        if code == 1 {
            assert!(
                ran.log.contains("title=loti goalpost-moved::"),
                "{}",
                ran.log
            );
            assert!(runner.written("summary").contains("goalpost-moved"));
        }
        assert!(!runner.workspace.path().join("run").exists());
    }
    Ok(())
}

#[test]
fn the_summary_can_be_left_out() -> Result<()> {
    let runner = Runner::new(repository("okrs.toml", &with_error())?)?;
    let ran = Work::new(&runner, &[("summary", "false")])?.run()?;
    assert_eq!((ran.code, &*runner.written("summary")), (1, ""));
    Ok(())
}

#[test]
fn a_plan_that_is_not_there_is_no_finding() -> Result<()> {
    let runner = Runner::new(repository("okrs.toml", SOUND)?)?;
    let ran = Work::new(&runner, &[("file", "nowhere.toml")])?.run()?;
    assert_eq!((ran.code, &*runner.written("summary")), (2, ""));
    assert!(ran.log.contains("nowhere.toml"), "{}", ran.log);
    Ok(())
}

#[test]
fn an_input_is_never_run() -> Result<()> {
    let hostile = "okrs.toml\"; touch run; $(touch run) `touch run`";
    let runner = Runner::new(repository("okrs.toml", SOUND)?)?;
    for (input, said) in [
        ("file", "$(touch run)"),
        ("strict", "take true or false"),
        ("summary", "take true or false"),
    ] {
        let ran = Work::new(&runner, &[(input, hostile)])?.run()?;
        assert_eq!(ran.code, 2, "{}", ran.log);
        assert!(ran.log.contains(said), "{}", ran.log);
    }
    assert!(!runner.workspace.path().join("run").exists());

    // The host would put the value into the script before the shell sees it.
    let action: Action = yaml(ACTION)?;
    for script in action
        .runs
        .steps
        .iter()
        .filter_map(|step| step.run.as_ref())
    {
        assert!(!script.contains("${{"), "{script}");
    }
    Ok(())
}

#[test]
fn a_plan_cannot_command_the_runner() -> Result<()> {
    let hostile = r#"
"::add-mask::on" = 1
'##[add-mask]on' = 1
short = "\n::add-mask::on\r::add-mask::on"
due = '##[add-mask]on'
"#;
    let runner = Runner::new(repository("okrs.toml", &format!("{SOUND}{hostile}"))?)?;
    let ran = Work::new(&runner, &[])?.run()?;
    assert_eq!(ran.code, 1, "{}", ran.log);
    assert!(ran.log.contains("add-mask"), "{}", ran.log);
    // The runner takes `::` at the start of a line, and else `##[` anywhere in it.
    for line in ran.log.split(['\n', '\r']) {
        let is_ours = line.starts_with("::error file=") || line.starts_with("::warning file=");
        let commands = line.trim_start().starts_with("::") || line.contains("##[");
        assert!(is_ours || !commands, "{line}");
    }
    Ok(())
}

#[test]
fn others_actions_are_pinned_and_the_job_may_only_read() -> Result<()> {
    let workflow: Workflow = yaml(WORKFLOW)?;
    assert!(workflow.permissions.is_empty());
    let job = &workflow.jobs["check"];
    let may: Vec<_> = job.permissions.iter().collect();
    assert_eq!(may, [(&"contents".to_owned(), &"read".to_owned())]);
    assert_eq!(job.steps[0].with["fetch-depth"], "0");
    assert_eq!(job.steps[0].with["persist-credentials"], "false");

    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pinned = 0;
    for name in [ACTION, WORKFLOW] {
        for line in fs::read_to_string(root.join(name))?.lines() {
            let Some((_, used)) = line.split_once("uses: ") else {
                continue;
            };
            // What a team puts in itself.
            if used == "OWNER/loti@COMMIT" {
                continue;
            }
            let (_, at) = used.split_once('@').with_context(|| used.to_owned())?;
            let (commit, version) = at.split_once(" # v").with_context(|| used.to_owned())?;
            let is_commit = commit.len() == 40 && commit.bytes().all(|c| c.is_ascii_hexdigit());
            assert!(is_commit && version.contains('.'), "{used}");
            pinned += 1;
        }
    }
    assert_eq!(pinned, 3);
    Ok(())
}

#[test]
fn the_page_lists_the_inputs() -> Result<()> {
    let page = include_str!("../../../docs/ci.md");
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    let listed: Words = rows
        .map(|row| {
            let cells: Vec<_> = row
                .split('|')
                .map(|cell| cell.trim().trim_matches('`'))
                .collect();
            (cells[1].to_owned(), cells[3].to_owned())
        })
        .collect();
    let action: Action = yaml(ACTION)?;
    let inputs = action.inputs.into_iter();
    let inputs: Words = inputs.map(|(name, input)| (name, input.default)).collect();
    assert_eq!(listed, inputs);
    Ok(())
}
