mod closed;
mod commit;
mod patched;
pub(super) mod shown;

use std::mem::ManuallyDrop;
use std::path::Path;

use clap::Args;
use serde::Serialize;

use super::line::{Line, spoken};
use super::{Exit, World, coach, plan_file};
use crate::change::{Change, Edit, Refusal, edit};
use crate::document::Document;
use crate::model::{Address, Plan};
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
    /// Change what belongs to a closed cycle, too
    #[arg(long)]
    reopen: bool,
}

impl WriteArgs {
    /// Returns whether the change is only to be shown.
    pub(super) fn is_dry_run(&self) -> bool {
        self.dry_run
    }

    /// Returns whether what is closed may be changed.
    pub(super) fn is_reopened(&self) -> bool {
        self.reopen
    }

    /// Says in lines what changed, for commands whose forms are others.
    pub(super) fn spoken(dry_run: bool, commit: bool) -> Self {
        Self {
            dry_run,
            commit,
            format: Say::Text,
            reopen: false,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Say {
    /// A line for each change
    Text,
    /// For programs
    Json,
}

/// What is done to the file.
pub(super) struct Done {
    /// Its text as it was.
    pub before: String,
    /// Its new text.
    pub after: String,
    /// The changes, for programs.
    pub lines: Vec<Line>,
    /// The changes, for people.
    pub spoken: Vec<String>,
    /// What they are together, where that has a name.
    pub subject: Option<String>,
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
    args: &WriteArgs,
    make: impl FnMut(&Document) -> anyhow::Result<Vec<Change>>,
) -> anyhow::Result<Exit> {
    change_any(world, args, true, make)
}

/// The same, and ends with a word of advice on what the change raised, where a person reads along.
pub(super) fn change_with_advice(
    world: &mut World,
    args: &WriteArgs,
    mut make: impl FnMut(&Document) -> anyhow::Result<Vec<Change>>,
) -> anyhow::Result<Exit> {
    let mut made = None;
    let exit = save(world, args, |world, source| {
        let done = attempt(world, source, true, args, &mut make)?;
        made = Some((done.before.clone(), done.after.clone()));
        Ok(done)
    })?;
    if let Some((before, after)) = made
        && args.format == Say::Text
        && !args.dry_run
    {
        coach::advise(world, &before, &after);
    }
    Ok(exit)
}

/// The same on a file that reading commands may refuse: the change may be what mends it.
pub(super) fn change_any(
    world: &mut World,
    args: &WriteArgs,
    refuse: bool,
    mut make: impl FnMut(&Document) -> anyhow::Result<Vec<Change>>,
) -> anyhow::Result<Exit> {
    save(world, args, |world, source| {
        attempt(world, source, refuse, args, &mut make)
    })
}

/// Says no to changes of what a closed cycle says, unless they are asked for all the same.
pub(super) fn may_change(
    world: &mut World,
    args: &WriteArgs,
    plan: &Plan,
    changes: &[Change],
) -> anyhow::Result<()> {
    closed::refuse(world, args.reopen, plan, changes)
}

/// Says no to changes of what a closed cycle says, whatever is asked for; `way` says how they are made
/// all the same.
pub(super) fn keep_closed(plan: &Plan, changes: &[Change], way: &str) -> anyhow::Result<()> {
    closed::keep(plan, changes, way)
}

/// Says no where `--commit` could not be kept to: to be asked before anybody writes a text.
pub(super) fn ready(world: &World, args: &WriteArgs) -> anyhow::Result<()> {
    plan_file::may_write(world)?;
    if args.commit
        && let Some(path) = plan_file::path(world)?
    {
        commit::ready(&world.folder.join(path))?;
    }
    Ok(())
}

/// Saves what is made of the plan file's text, or shows it, as the command line asks.
pub(super) fn save(
    world: &mut World,
    args: &WriteArgs,
    mut attempt: impl FnMut(&mut World, Source) -> anyhow::Result<Done>,
) -> anyhow::Result<Exit> {
    plan_file::may_write(world)?;
    let Some(path) = plan_file::path(world)? else {
        anyhow::ensure!(
            !args.commit,
            "`--commit` needs a file: a plan from standard input is not written anywhere"
        );
        let source = plan_file::source(world)?;
        let name = source.name().to_owned();
        let done = attempt(world, source)?;
        if args.format == Say::Json || args.dry_run {
            say(world, args, None, &name, &done)?;
            return Ok(Exit::Fine);
        }
        // From a pipe to a pipe: the answer is the new text, and what changed is said beside it.
        for line in &done.spoken {
            world.say(&printable(line));
        }
        world.streams.out.write_all(done.after.as_bytes())?;
        return Ok(Exit::Fine);
    };
    let name = plan_file::shown(world, &path);
    let full = world.folder.join(&path);
    let known = args.commit.then(|| commit::ready(&full)).transpose()?;
    let done = if args.dry_run {
        let source = Source::new(name.clone(), store::read(&path)?);
        attempt(world, source)?
    } else {
        let saved = store::edit(&path, |text| {
            let done = attempt(world, Source::new(name.clone(), text))?;
            Ok((done.after.clone(), done))
        });
        match saved {
            Ok(done) => done,
            Err(EditError::Make(error)) => return Err(error),
            Err(EditError::Save(error)) => return Err(error.into()),
        }
    };
    say(world, args, Some(&path), &name, &done)?;
    if let Some(known) = known.filter(|_| done.before != done.after) {
        let told = commit::commit(&full, known, &done)?;
        world.say(told);
    }
    Ok(Exit::Fine)
}

fn attempt(
    world: &mut World,
    source: Source,
    refuse: bool,
    args: &WriteArgs,
    make: &mut impl FnMut(&Document) -> anyhow::Result<Vec<Change>>,
) -> anyhow::Result<Done> {
    // As when a command only looks: neither plan is ever taken apart again.
    let document = ManuallyDrop::new(Document::read(source));
    if refuse {
        plan_file::refuse(world, &document)?;
    }
    let changes = make(&document)?;
    may_change(world, args, &document.plan, &changes)?;
    let (edit, done) = made(&document, &changes)?;
    std::mem::forget(edit);
    Ok(done)
}

/// Makes changes in a text, all or none, and says what they were.
pub(super) fn made(document: &Document, changes: &[Change]) -> anyhow::Result<(Edit, Done)> {
    let edit = edit(document, changes).map_err(with_hint)?;
    let lines = changes.iter();
    let lines = lines.map(|change| Line::of(change, &document.plan));
    let lines: Vec<_> = lines.collect();
    let done = Done {
        before: document.source.text().to_owned(),
        after: edit.document.source.text().to_owned(),
        spoken: spoken(&lines),
        subject: changes.iter().find_map(subject),
        lines,
    };
    Ok((edit, done))
}

/// Returns what changes are together with this one, where that has a name.
fn subject(change: &Change) -> Option<String> {
    match change {
        Change::Set {
            at: at @ Address::Cycle(_),
            key,
            value: Some(_),
        } if key == "closed" => Some(format!("Close {at}")),
        _ => None,
    }
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
        render::json::write(&mut world.streams.out, &answer)?;
        return Ok(());
    }
    if args.dry_run {
        show_patch(world, path, &done.before, &done.after)?;
        return Ok(());
    }
    if done.before == done.after {
        world.say(&format!(
            "nothing changed in {}: it already says so",
            printable(name)
        ));
        return Ok(());
    }
    for line in &done.spoken {
        writeln!(world.streams.out, "{}", printable(line))?;
    }
    Ok(())
}

/// Prints a change of the plan file as a patch, and says where git takes it.
pub(super) fn show_patch(
    world: &mut World,
    path: Option<&Path>,
    before: &str,
    after: &str,
) -> anyhow::Result<()> {
    let target = patched::target(&world.folder, path);
    let patch = render::patch(&target.name, before, after);
    world.answer(&patch)?;
    if patch.is_empty() {
        world.say("nothing would change");
    } else if let Some(folder) = target.apply_in {
        world.say(&printable(&format!(
            "hint: git takes this patch in the plan's folder: `git -C {folder} apply`"
        )));
    }
    Ok(())
}
