use std::mem::ManuallyDrop;
use std::path::Path;
use std::process::Command as Process;

use anyhow::Context as _;
use clap::Args;
use serde::Serialize;

use super::line::{Line, spoken};
use super::{Exit, Global, World, plan_file};
use crate::change::{Change, Refusal, edit};
use crate::document::Document;
use crate::render;
use crate::store::{self, EditError};
use crate::text::{Source, printable};

/// What every command that changes the plan can be told.
#[derive(Debug, Args)]
#[command(next_help_heading = "Writing")]
pub(super) struct WriteArgs {
    /// Print the change as a patch and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Commit the plan file, and no other, with a message in plan words
    #[arg(long, conflicts_with = "dry_run")]
    commit: bool,
    /// How to say what changed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Say,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Say {
    /// A line for each change
    Text,
    /// For programs
    Json,
}

/// What was done to the file.
struct Done {
    before: String,
    after: String,
    lines: Vec<Line>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Answer<'a> {
    version: u32,
    file: &'a str,
    changed: bool,
    written: bool,
    changes: &'a [Line],
    /// The new text of a plan that came from standard input: it is written nowhere else.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

/// Makes changes in the plan file, all or none, and says in a line each what they were.
///
/// `make` sees the plan as it is at that moment: where somebody else wrote meanwhile, it is asked
/// again.
pub(super) fn change(
    world: &mut World,
    global: &Global,
    args: &WriteArgs,
    make: impl FnMut(&Document) -> anyhow::Result<Vec<Change>>,
) -> anyhow::Result<Exit> {
    change_any(world, global, args, true, make)
}

/// The same on a file that reading commands may refuse: the change may be what mends it.
pub(super) fn change_any(
    world: &mut World,
    global: &Global,
    args: &WriteArgs,
    refuse: bool,
    mut make: impl FnMut(&Document) -> anyhow::Result<Vec<Change>>,
) -> anyhow::Result<Exit> {
    let Some(path) = plan_file::path(world, global)? else {
        anyhow::ensure!(
            !args.commit,
            "`--commit` needs a file: a plan from standard input is not written anywhere"
        );
        let source = plan_file::source(world, global)?;
        let name = source.name().to_owned();
        let done = attempt(world, source, refuse, &mut make)?;
        if args.format == Say::Json || args.dry_run {
            say(world, args, None, &name, &done)?;
            return Ok(Exit::Fine);
        }
        // From a pipe to a pipe: the answer is the new text, and what changed is said beside it.
        for line in spoken(&done.lines) {
            world.say(&printable(&line));
        }
        world.streams.out.write_all(done.after.as_bytes())?;
        return Ok(Exit::Fine);
    };
    let name = plan_file::shown(world, &path);
    let done = if args.dry_run {
        let source = Source::new(name.clone(), store::read(&path)?);
        attempt(world, source, refuse, &mut make)?
    } else {
        let saved = store::edit(&path, |text| {
            let done = attempt(world, Source::new(name.clone(), text), refuse, &mut make)?;
            Ok((done.after.clone(), done))
        });
        match saved {
            Ok(done) => done,
            Err(EditError::Make(error)) => return Err(error),
            Err(EditError::Save(error)) => return Err(error.into()),
        }
    };
    say(world, args, Some(&path), &name, &done)?;
    if args.commit && done.before != done.after {
        commit(world, &path, &done.lines)?;
    }
    Ok(Exit::Fine)
}

fn attempt(
    world: &mut World,
    source: Source,
    refuse: bool,
    make: &mut impl FnMut(&Document) -> anyhow::Result<Vec<Change>>,
) -> anyhow::Result<Done> {
    // As when a command only looks: neither plan is ever taken apart again.
    let document = ManuallyDrop::new(Document::read(source));
    if refuse {
        plan_file::refuse(world, &document)?;
    }
    let changes = make(&document)?;
    let edit = ManuallyDrop::new(edit(&document, &changes).map_err(with_hint)?);
    let lines = changes.iter();
    let lines = lines.map(|change| Line::of(change, &document.plan));
    Ok(Done {
        before: document.source.text().to_owned(),
        after: edit.document.source.text().to_owned(),
        lines: lines.collect(),
    })
}

/// Says what to do about a refusal, where that is known.
fn with_hint(refusal: Refusal) -> anyhow::Error {
    let hint = match &refusal {
        Refusal::Misfit { misfit, .. } => misfit
            .nearest()
            .map(|near| format!("did you mean `{near}`?")),
        Refusal::Problem { help, .. } => help.first().cloned(),
        Refusal::NoClash { .. } => Some("LINE is a line of one of the two tables".to_owned()),
        _ => None,
    };
    match hint {
        Some(hint) => anyhow::anyhow!("{refusal}\nhint: {hint}"),
        None => refusal.into(),
    }
}

fn say(
    world: &mut World,
    args: &WriteArgs,
    path: Option<&Path>,
    name: &str,
    done: &Done,
) -> anyhow::Result<()> {
    if args.format == Say::Json {
        let is_answer = path.is_none() && !args.dry_run;
        let answer = Answer {
            version: 1,
            file: name,
            changed: done.before != done.after,
            written: done.before != done.after && !args.dry_run && path.is_some(),
            changes: &done.lines,
            text: is_answer.then_some(&done.after),
        };
        serde_json::to_writer_pretty(&mut world.streams.out, &answer)?;
        writeln!(world.streams.out)?;
        return Ok(());
    }
    if args.dry_run {
        let name = match path {
            None => store::FILE_NAME.into(),
            Some(path) => path
                .file_name()
                .map_or(name.into(), std::ffi::OsStr::to_string_lossy),
        };
        let patch = render::patch(&name, &done.before, &done.after);
        // A program takes the patch as it is; a terminal would act on what stands in the file.
        let shown = if world.answers_a_terminal() {
            let patch = patch.replace("\r\n", "\n");
            let parts: Vec<_> = patch.split('\t').map(printable).collect();
            parts.join("\t")
        } else {
            patch.clone()
        };
        world.streams.out.write_all(shown.as_bytes())?;
        if patch.is_empty() {
            world.say("nothing would change");
        }
        return Ok(());
    }
    if done.before == done.after {
        world.say(&format!(
            "nothing changed in {}: it already says so",
            printable(name)
        ));
        return Ok(());
    }
    for line in spoken(&done.lines) {
        writeln!(world.streams.out, "{}", printable(&line))?;
    }
    Ok(())
}

/// Commits the plan file alone, by the user's own git.
fn commit(world: &mut World, path: &Path, lines: &[Line]) -> anyhow::Result<()> {
    let spoken = spoken(lines);
    let message = if let [line] = spoken.as_slice() {
        line.clone()
    } else {
        let all: Vec<_> = spoken.iter().map(|line| format!("- {line}")).collect();
        format!(
            "Update the plan: {} changes\n\n{}",
            lines.len(),
            all.join("\n")
        )
    };
    let folder = path.parent().unwrap_or(&world.folder);
    let git = |words: &[&std::ffi::OsStr]| {
        Process::new("git")
            .arg("-C")
            .arg(folder)
            .args(words)
            .output()
            .context("git cannot be run")
    };
    let path = path.as_os_str();
    let added = git(&["add".as_ref(), "--".as_ref(), path])?;
    let output = if added.status.success() {
        git(&[
            "commit".as_ref(),
            "-m".as_ref(),
            message.as_ref(),
            "--".as_ref(),
            path,
        ])?
    } else {
        added
    };
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        anyhow::bail!(
            "the change is written, but git did not commit it: {}",
            said.trim()
        );
    }
    world.say("committed");
    Ok(())
}
