//! A machine that runs a job, as far as the shell of its steps can tell: a checked out repository,
//! a folder for temporary files, and the files by which steps speak to the host.
//!
//! In place of cargo and rustup stand two scripts that write down how they were called; the one of
//! cargo "installs" this build.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};
use tempfile::TempDir;

use super::{GIT, LOTI, TODAY};

pub(super) struct Runner {
    /// The repository that the job checks out.
    pub(super) workspace: TempDir,
    temp: TempDir,
}

/// How a script ended, and what the job's log says of it.
pub(super) struct Ran {
    pub(super) code: i32,
    pub(super) log: String,
}

impl Runner {
    pub(super) fn new(workspace: TempDir) -> Result<Self> {
        let temp = tempfile::tempdir()?;
        let runner = Self { workspace, temp };
        fs::create_dir(runner.temp("commands"))?;
        runner.command(
            "cargo",
            r#"
while [ $# -gt 0 ]; do
    if [ "$1" = --root ]; then root=$2; fi
    shift
done
mkdir -p "$root/bin"
ln -sf "$LOTI" "$root/bin/loti"
"#,
        )?;
        runner.command("rustup", "")?;
        Ok(runner)
    }

    /// A path in the folder for temporary files.
    pub(super) fn temp(&self, name: &str) -> PathBuf {
        self.temp.path().join(name)
    }

    /// What stands in one of the host's files, nothing if no step wrote it.
    pub(super) fn written(&self, name: &str) -> String {
        fs::read_to_string(self.temp(name)).unwrap_or_default()
    }

    /// How cargo and rustup were called: folder, toolchain, name and arguments, a call a line.
    pub(super) fn calls(&self) -> Vec<String> {
        let calls = self.written("calls");
        calls.lines().map(str::to_owned).collect()
    }

    /// Runs a script as the host does, in the repository.
    pub(super) fn bash(&self, script: &str, env: &BTreeMap<String, String>) -> Result<Ran> {
        let file = self.temp("script.sh");
        fs::write(&file, script)?;
        let log = self.temp("log");
        let out = File::create(&log)?;
        let mut path = self.temp("commands").into_os_string();
        path.push(":");
        path.push(std::env::var_os("PATH").context("a PATH")?);
        let mut bash = Command::new("bash");
        bash.args(["--noprofile", "--norc", "-eo", "pipefail"])
            .arg(file)
            .current_dir(self.workspace.path())
            .env_clear()
            .env("PATH", path)
            .env("LC_ALL", "C.UTF-8")
            .env("LOTI", LOTI)
            .env("LOTI_TODAY", TODAY)
            .env("CALLS", self.temp("calls"))
            .envs(GIT)
            .envs(env)
            .stdout(out.try_clone()?)
            .stderr(out);
        let code = bash.status()?.code().context("an end of its own")?;
        let log = fs::read_to_string(log)?;
        Ok(Ran { code, log })
    }

    /// Puts a script in the place of a command; it writes down how it was called.
    pub(super) fn command(&self, name: &str, then: &str) -> Result<()> {
        let file = self.temp("commands").join(name);
        let call =
            r#"printf '%s: %s %s %s\n' "$PWD" "$RUSTUP_TOOLCHAIN" "${0##*/}" "$*" >> "$CALLS""#;
        fs::write(&file, format!("#!/bin/sh\nset -e\n{call}\n{then}"))?;
        Ok(fs::set_permissions(
            &file,
            PermissionsExt::from_mode(0o755),
        )?)
    }
}
