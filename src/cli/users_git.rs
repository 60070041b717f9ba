//! The user's own git, for what only it may do: to commit, and to write its configuration.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use anyhow::Context as _;

/// Runs git in a folder, and returns what it answers.
pub(super) fn git<W: AsRef<OsStr>>(
    folder: &Path,
    words: impl IntoIterator<Item = W>,
) -> anyhow::Result<String> {
    let output = Command::new("git")
        .arg("--literal-pathspecs")
        .arg("-C")
        .arg(folder)
        .args(words)
        .output()
        .context("git cannot be run")?;
    if !output.status.success() {
        let said = [&output.stderr[..], &output.stdout[..]]
            .map(|said| String::from_utf8_lossy(said).trim().to_owned());
        anyhow::bail!("{}", said.join("\n").trim().to_owned());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
