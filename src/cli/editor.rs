use std::io::Write as _;
use std::process::Command as Process;

use anyhow::Context as _;

use super::World;

/// Lets the user write a text in their own editor, beginning with what is given.
pub(super) fn ask(world: &World, text: &str, ending: &str) -> anyhow::Result<String> {
    let editor = world
        .editor
        .as_ref()
        .context("no editor is known\nhint: set EDITOR, or give the text on the command line")?;
    let mut file = tempfile::Builder::new()
        .prefix("loti-")
        .suffix(ending)
        .tempfile()
        .context("no file for the editor can be made")?;
    file.write_all(text.as_bytes())?;
    let path = file.into_temp_path();
    // The variable may hold a command with options, as git and others take it: the shell parts it.
    let words = editor.to_string_lossy();
    let mut process = if cfg!(windows) {
        let mut process = Process::new("cmd");
        process
            .arg("/C")
            .arg(format!("{words} \"{}\"", path.display()));
        process
    } else {
        let mut process = Process::new("sh");
        process
            .arg("-c")
            .arg(format!("{words} \"$1\""))
            .arg("sh")
            .arg(&path);
        process
    };
    let status = process
        .status()
        .with_context(|| format!("`{words}` cannot be run"))?;
    anyhow::ensure!(
        status.success(),
        "`{words}` ended without success: nothing is changed"
    );
    std::fs::read_to_string(&path).context("what the editor saved cannot be read")
}
