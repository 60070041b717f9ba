//! What a shell asks at the Tab key: which words can come next, those of the plan among them.
//!
//! Nothing else is ever said, whatever is wrong with the plan or the line: an error in the middle of
//! what somebody types helps nobody.

mod line;
mod plan_words;
mod wanted;

use std::ffi::OsString;
use std::sync::Arc;

use clap_complete::engine::ArgValueCompleter;
use clap_complete::env::Shells;

use self::line::Line;
use self::wanted::Wanted;
use super::verbs::definition_of_all;
use super::{Exit, World};

/// The variable by which a shell asks, and which shell it is.
pub(super) const VARIABLE: &str = "LOTI_COMPLETE";

/// Answers a shell with the words that can come next.
pub(super) fn answer(world: &mut World, shell: &str) -> Exit {
    let given = world.args.iter().position(|word| word == "--");
    let words: Vec<OsString> = match given {
        Some(at) => world.args[at + 1..].to_vec(),
        None => Vec::new(),
    };
    let shells = Shells::builtins();
    let Some(shell) = shells.completer(shell).filter(|_| !words.is_empty()) else {
        return Exit::Fine;
    };
    let line = Arc::new(Line::new(world, &words, shell.name()));
    let words = with_values_beside(words);
    let mut command = knowing(definition_of_all(), &line);
    let mut answer = Vec::new();
    let answered = shell.write_complete(&mut command, words, Some(&world.folder), &mut answer);
    if answered.is_ok() {
        if shell.name() == "bash" && line.is_behind_sign() {
            answer = without_options(&answer);
        }
        let out = &mut world.streams.out;
        // A shell that went away needs no answer.
        let _ = out.write_all(&answer).and_then(|()| out.flush());
    }
    Exit::Fine
}

/// Takes options out of an answer: behind `owner=` bash asks for a word of its own, where they could
/// stand as well.
fn without_options(answer: &[u8]) -> Vec<u8> {
    // Bash parts by what it names, so that words may hold spaces.
    let words = answer.split_inclusive(|byte| matches!(byte, b'\n' | b'\x0b'));
    let words = words.filter(|word| !word.starts_with(b"-"));
    words.flatten().copied().collect()
}

/// Takes the sign out of `--theme = reach`, as bash parts `--theme=reach`.
///
/// Bash says which word it is about by its number, so that another has to take the sign's place: one
/// that can stand anywhere and changes nothing.
fn with_values_beside(mut words: Vec<OsString>) -> Vec<OsString> {
    for at in 1..words.len().saturating_sub(1) {
        if words[at] == "=" && words[at - 1].to_string_lossy().starts_with("--") {
            words[at] = "--quiet".into();
            words.swap(at, at - 1);
        }
    }
    words
}

/// Writes what makes a shell ask.
pub(super) fn registration(world: &mut World, shell: &str) -> anyhow::Result<()> {
    let shells = Shells::builtins();
    let shell = shells.completer(shell);
    // A program that was named by its path is not found by its name.
    let program = world.args.first().map(std::path::PathBuf::from);
    let program = match program {
        Some(path) if path.components().count() > 1 => world.folder.join(path),
        _ => "loti".into(),
    };
    if let Some(shell) = shell {
        let program = program.to_string_lossy();
        let mut script = Vec::new();
        shell.write_registration(VARIABLE, "loti", "loti", &program, &mut script)?;
        let script = going_on_behind_signs(&String::from_utf8_lossy(&script));
        world.streams.out.write_all(script.as_bytes())?;
    }
    Ok(())
}

/// Makes zsh set no space behind `owner=`, as the other shells do by themselves.
fn going_on_behind_signs(script: &str) -> String {
    let ended = "[[ -n $other ]] && _describe -V 'values' other\n";
    let parted = "local -a signs=(${(M)other:#(*=|*=:*)})
        other=(${other:#(*=|*=:*)})
        [[ -n $other ]] && _describe -V 'values' other
        [[ -n $signs ]] && _describe -V 'values' signs -S ''\n";
    script.replace(ended, parted)
}

/// Makes a command and those below it know what their arguments take.
fn knowing(command: clap::Command, line: &Arc<Line>) -> clap::Command {
    let name = command.get_name().to_owned();
    command
        .mut_args(|arg| match Wanted::by(&name, &arg) {
            None => arg,
            Some(Wanted::File) => arg.value_hint(clap::ValueHint::AnyPath),
            Some(wanted) => {
                let line = Arc::clone(line);
                arg.add(ArgValueCompleter::new(move |current: &std::ffi::OsStr| {
                    let current = current.to_str();
                    current.map_or_else(Vec::new, |current| line.candidates(wanted, current))
                }))
            }
        })
        .mut_subcommands(|below| knowing(below, line))
}
