//! What the user is asked for: a text, in their own editor, and a line, at the terminal.

use std::ffi::OsString;
use std::io::{BufRead as _, Write as _};
use std::process::{Command as Process, Stdio};

use anyhow::Context as _;

use super::World;
use crate::model::seen;
use crate::render;
use crate::text::printable;

/// Lets the user write a text in their own editor, beginning with what is given; `instead` says how
/// to do without one.
pub(super) fn ask(
    world: &World,
    text: &str,
    ending: &str,
    instead: &str,
) -> anyhow::Result<String> {
    let editor = world.editor.clone();
    let editor = editor
        .or_else(|| usual(world.streams.is_interactive, is_there))
        .with_context(|| format!("no editor is known\nhint: set EDITOR, or {instead}"))?;
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
        "nothing is changed: `{words}` ended without success"
    );
    std::fs::read_to_string(&path).context("what the editor saved cannot be read")
}

/// Returns the editor of those who named none: the one that every Unix has, where somebody sits at
/// the terminal it needs.
fn usual(is_interactive: bool, is_there: impl Fn(&str) -> bool) -> Option<OsString> {
    (cfg!(unix) && is_interactive && is_there("vi")).then(|| "vi".into())
}

/// Returns whether a command is found.
fn is_there(command: &str) -> bool {
    let found = Process::new("sh")
        .args(["-c", "command -v \"$1\"", "sh", command])
        .stdout(Stdio::null())
        .status();
    found.is_ok_and(|status| status.success())
}

/// Asks for a line at the terminal; `None` if the input is at its end.
///
/// What cannot be text of a plan, such as the signs that an arrow key types, is asked for again.
pub(super) fn line(world: &mut World, question: &str) -> anyhow::Result<Option<String>> {
    loop {
        put(world, question)?;
        let streams = &mut world.streams;
        let mut line = Vec::new();
        let mut input = std::io::BufReader::with_capacity(1, &mut streams.input);
        if input.read_until(b'\n', &mut line)? == 0 {
            // Nobody pressed the key that would have ended the question's line.
            writeln!(streams.err)?;
            return Ok(None);
        }
        let Ok(line) = String::from_utf8(line) else {
            world.message("that is no text in UTF-8: type it again");
            continue;
        };
        let line = line.trim();
        if line.contains(|c: char| c.is_control() && c != '\t') {
            world.message("that holds signs of keys such as the arrows: type it again, without");
            continue;
        }
        if let Err(hidden) = seen(line) {
            world.message(&format!("{hidden}, and type it again"));
            continue;
        }
        return Ok(Some(line.to_owned()));
    }
}

/// Writes a question, and leaves the cursor behind it.
fn put(world: &mut World, question: &str) -> anyhow::Result<()> {
    // It may hold words of the plan.
    let question = printable(question);
    let mut look = world.err_look();
    if !world.errors_to_a_terminal() {
        look.width = None;
    }
    let text = question.trim_start_matches(' ');
    let (indent, mut lines) = (
        &question[..question.len() - text.len()],
        render::lines(text, look),
    );
    let last = lines.pop().unwrap_or_default();
    let err = &mut world.streams.err;
    for line in lines {
        writeln!(err, "{indent}{line}")?;
    }
    write!(err, "{indent}{last} ")?;
    Ok(err.flush()?)
}

#[cfg(test)]
mod tests {
    use super::usual;

    #[cfg(unix)]
    #[test]
    fn without_an_editor_vi_is_taken_where_it_is_and_can_be_used() {
        assert_eq!(usual(true, |command| command == "vi"), Some("vi".into()));
        assert_eq!(usual(true, |_| false), None);
        assert_eq!(usual(false, |_| true), None);
    }
}
