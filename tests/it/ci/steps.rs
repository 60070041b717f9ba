//! The steps of the composite action, done one after the other as the ready workflow asks for them.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use serde::Deserialize;

use super::runner::{Ran, Runner};
use super::{LOTI, yaml};

#[derive(Deserialize)]
pub(super) struct Action {
    pub(super) inputs: BTreeMap<String, Input>,
    pub(super) runs: Runs,
}

#[derive(Deserialize)]
pub(super) struct Input {
    pub(super) default: String,
}

#[derive(Deserialize)]
pub(super) struct Runs {
    pub(super) steps: Vec<Step>,
}

#[derive(Deserialize)]
pub(super) struct Workflow {
    pub(super) permissions: Words,
    pub(super) jobs: BTreeMap<String, Job>,
}

#[derive(Deserialize)]
pub(super) struct Job {
    pub(super) permissions: Words,
    pub(super) steps: Vec<Step>,
}

#[derive(Deserialize)]
pub(super) struct Step {
    id: Option<String>,
    #[serde(rename = "if")]
    condition: Option<String>,
    uses: Option<String>,
    pub(super) run: Option<String>,
    #[serde(default)]
    env: Words,
    #[serde(default)]
    pub(super) with: Words,
}

impl Step {
    /// How expressions name an output of the step.
    fn output(&self, name: &str) -> String {
        format!(
            "steps.{}.outputs.{name}",
            self.id.as_deref().unwrap_or_default()
        )
    }
}

pub(super) type Words = BTreeMap<String, String>;

pub(super) const ACTION: &str = "action.yml";
pub(super) const WORKFLOW: &str = "docs/ci/github.yml";

/// The action at work: what its expressions may name, and what the cache was asked.
pub(super) struct Work<'a> {
    runner: &'a Runner,
    /// Where the action's own repository is checked out to.
    pub(super) source: PathBuf,
    inputs: Words,
    outputs: Words,
    pub(super) is_cached: bool,
    /// The branch that a pull request goes into.
    pub(super) base: Option<String>,
    pub(super) keys: Vec<String>,
}

impl<'a> Work<'a> {
    /// Begins it with the inputs of the ready workflow and others over them.
    pub(super) fn new(runner: &'a Runner, changed: &[(&str, &str)]) -> Result<Self> {
        let action: Action = yaml(ACTION)?;
        let mut inputs: Words = action
            .inputs
            .into_iter()
            .map(|(name, input)| (name, input.default))
            .collect();
        let workflow: Workflow = yaml(WORKFLOW)?;
        let call = workflow.jobs["check"].steps.last().context("a step")?;
        let changed = changed.iter().map(|(name, value)| (*name, *value));
        let given = call.with.iter().map(|(name, value)| (&**name, &**value));
        for (name, value) in given.chain(changed) {
            let old = inputs.insert(name.to_owned(), value.to_owned());
            old.with_context(|| format!("the action has no input `{name}`"))?;
        }
        Ok(Self {
            runner,
            source: env!("CARGO_MANIFEST_DIR").into(),
            inputs,
            outputs: Words::new(),
            is_cached: false,
            base: None,
            keys: Vec::new(),
        })
    }

    /// Runs all steps, up to the first that fails.
    pub(super) fn run(&mut self) -> Result<Ran> {
        let action: Action = yaml(ACTION)?;
        let mut all = String::new();
        for step in &action.runs.steps {
            let Ran { code, log } = self.step(step)?;
            all.push_str(&log);
            if code != 0 {
                return Ok(Ran { code, log: all });
            }
        }
        Ok(Ran { code: 0, log: all })
    }

    /// Does a step, unless its condition says not to.
    pub(super) fn step(&mut self, step: &Step) -> Result<Ran> {
        let nothing = Ran {
            code: 0,
            log: String::new(),
        };
        if let Some(condition) = &step.condition {
            let (name, value) = condition.split_once(" != ").context("a condition")?;
            if format!("'{}'", self.value(name)?) == value {
                return Ok(nothing);
            }
        }
        if let Some(uses) = &step.uses {
            self.cache(uses, step)?;
            return Ok(nothing);
        }
        self.script(step)
    }

    /// Does what the actions of the cache would do.
    fn cache(&mut self, uses: &str, step: &Step) -> Result<()> {
        let with = self.evaluated(&step.with)?;
        let folder = Path::new(&with["path"]).join("bin");
        self.keys.push(with["key"].clone());
        if uses.starts_with("actions/cache/restore@") {
            let hit = step.output("cache-hit");
            self.outputs.insert(hit, self.is_cached.to_string());
            if self.is_cached {
                fs::create_dir_all(&folder)?;
                symlink(LOTI, folder.join("loti"))?;
            }
        } else if uses.starts_with("actions/cache/save@") {
            ensure!(folder.join("loti").exists(), "nothing to keep");
        } else {
            bail!("{uses}: what does it do?");
        }
        Ok(())
    }

    fn script(&mut self, step: &Step) -> Result<Ran> {
        let mut env = self.evaluated(&step.env)?;
        for (name, file) in [
            ("GITHUB_OUTPUT", "output"),
            ("GITHUB_PATH", "path"),
            ("GITHUB_STEP_SUMMARY", "summary"),
            ("RUNNER_TEMP", "work"),
        ] {
            let path = self.runner.temp(file).display().to_string();
            env.insert(name.to_owned(), path);
        }
        let source = self.source.display().to_string();
        env.insert("GITHUB_ACTION_PATH".to_owned(), source);
        // Elsewhere it is empty.
        let base = self.base.clone().unwrap_or_default();
        env.insert("GITHUB_BASE_REF".to_owned(), base);
        env.insert("RUNNER_OS".to_owned(), "Linux".to_owned());
        env.insert("RUNNER_ARCH".to_owned(), "X64".to_owned());

        // Each step has its own.
        let output = self.runner.temp("output");
        fs::write(&output, "")?;
        let script = step.run.as_deref().context("a step uses or runs")?;
        let ran = self.runner.bash(script, &env)?;
        for line in fs::read_to_string(output)?.lines() {
            let (name, value) = line.split_once('=').context("an output")?;
            self.outputs.insert(step.output(name), value.to_owned());
        }
        Ok(ran)
    }

    /// Texts with what their expressions stand for.
    fn evaluated(&self, words: &Words) -> Result<Words> {
        let value = |text: &String| match text.strip_prefix("${{ ") {
            Some(expression) => self.value(expression.strip_suffix(" }}").context("its end")?),
            None if text.contains("${{") => bail!("{text}: more than one value"),
            None => Ok(text.clone()),
        };
        words
            .iter()
            .map(|(name, text)| Ok((name.clone(), value(text)?)))
            .collect()
    }

    /// What an expression stands for.
    pub(super) fn value(&self, expression: &str) -> Result<String> {
        let found = match expression.strip_prefix("inputs.") {
            Some(input) => self.inputs.get(input),
            None => self.outputs.get(expression),
        };
        found.cloned().with_context(|| expression.to_owned())
    }
}
