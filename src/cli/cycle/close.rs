use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;

use super::asked::{self, Asked};
use crate::change::closing::{Answer, Answers, Closer, Problem, Sheet, close};
use crate::cli::elsewhere::Elsewhere;
use crate::cli::me::Me;
use crate::cli::past::Past;
use crate::cli::write::{self, WriteArgs, change};
use crate::cli::{Exit, Global, Told, World, plan_file};
use crate::git::WalkOptions;
use crate::history::{Confidences, confidences};
use crate::model::{Id, Plan, Stage, TableName};
use crate::render;
use crate::store;
use crate::text::{Source, count, printable, shell_word};
use crate::view::Closing;

/// Close a cycle: grade its key results, and carry over what was not finished
///
/// Asks at a terminal, key result by key result: what became of it, and its grade, which is proposed
/// from its progress. All is written in one edit at the end; answers are kept in a file until then,
/// so that nothing is lost if you stop. `--plan` prints that file for answering in an editor.
///
///   loti cycle close y3q1
///   loti cycle close y3q1 --plan > answers.toml
///   loti cycle close y3q1 --answers answers.toml --dry-run
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct CloseArgs {
    /// The cycle [default: the first that is over and not closed, else the current one]
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// Print what is asked as a file to answer in, and change nothing
    #[arg(long, conflicts_with_all = ["answers", "dry_run", "commit"])]
    plan: bool,
    /// Take the answers from a file
    #[arg(long, value_name = "FILE")]
    answers: Option<String>,
    /// Who closes it [default: you, where a person of the plan has the `email` git knows you by]
    #[arg(long, value_name = "ID")]
    by: Option<String>,
    #[command(flatten)]
    write: WriteArgs,
}

pub(super) fn run(world: &mut World, global: &Global, args: &CloseArgs) -> anyhow::Result<Exit> {
    if !args.plan {
        write::ready(world, &args.write)?;
    }
    let plan = &*plan_file::read(world)?;
    let id = cycle(plan, args.id.as_deref().or(global.cycle.as_deref()), world)?;
    may_close(plan, id, world)?;
    let past = Past::open(world).and_then(|past| followed(&past));
    let closing = Closing::new(plan, id, &past.unwrap_or_default(), world.today);
    if args.plan {
        let text = render::closing_sheet(&closing, &unanswered(&closing));
        world.answer(&text)?;
        return Ok(Exit::Fine);
    }
    let (file, sheet) = answered(world, args, id)?;
    let mut answers = sheet.answers.clone();
    // What is going on from here was looked at by nobody yet.
    let mut is_unseen =
        world.streams.is_interactive && file.as_ref().is_some_and(|file| file.is_ours);
    if let Some(file) = &file
        && world.streams.is_interactive
        && is_about(&closing, &answers)
        && asked::is_open(&closing, &answers)
    {
        is_unseen = true;
        answers.cycle = Some(id.clone());
        let path = world.folder.join(&file.path);
        let keep = |answers: &Answers| -> anyhow::Result<()> {
            store::write(&path, &render::closing_sheet(&closing, answers))?;
            Ok(())
        };
        if asked::ask(world, &closing, &mut answers, &keep)? == Asked::Stopped {
            return Ok(stopped(world, args, id, file));
        }
    }
    let by = by(world, plan, args)?;
    let (next, _) = Elsewhere::of(world).next_number(plan);
    let closer = Closer {
        today: world.today,
        by,
        next_number: next.as_str().parse().unwrap_or(1),
    };
    let asks = is_unseen && !args.write.is_dry_run();
    if asks && let Ok(changes) = close(plan, id, &answers, &closer) {
        asked::sum_up(world, &closing, &answers, changes.len())?;
        if !asked::confirmed(world, id)? {
            let file = file.as_ref().context("answers that were given are kept")?;
            return Ok(stopped(world, args, id, file));
        }
    }
    let mut problems = Vec::new();
    let done = change(world, &args.write, |document| {
        close(&document.plan, id, &answers, &closer).map_err(|found| {
            problems = found;
            Told.into()
        })
    });
    if !problems.is_empty() {
        return Err(tell(world, id, &problems, &sheet, file.as_ref()));
    }
    let done = done?;
    if args.write.is_dry_run() {
        return Ok(done);
    }
    if let Some(file) = file.filter(|file| file.is_ours) {
        // What it held is in the plan now.
        let _ = std::fs::remove_file(world.folder.join(file.path));
    }
    world.say(&format!(
        "cycle.{id} is closed: `loti status --cycle {id}` shows how it ended"
    ));
    Ok(done)
}

/// Returns whether answers are about this cycle and what it holds: others are not written anew.
fn is_about(closing: &Closing<'_>, answers: &Answers) -> bool {
    let is_of = |id: &Id| closing.rows.iter().any(|row| row.row.id == id);
    let cycle = answers.cycle.as_ref();
    cycle.is_none_or(|cycle| cycle == closing.cycle.id) && answers.key_results.keys().all(is_of)
}

/// Returns the cycle that is meant.
fn cycle<'a>(plan: &'a Plan, named: Option<&str>, world: &World) -> anyhow::Result<&'a Id> {
    if let Some(named) = named {
        let word = named.strip_prefix("cycle.").unwrap_or(named);
        let found = plan.cycles.get_key_value(word);
        return found
            .map(|(id, _)| id)
            .ok_or_else(|| plan_file::unknown(plan, TableName::Cycle, word));
    }
    let over = plan.cycles.iter();
    let over = over.filter(|(_, cycle)| matches!(cycle.stage(world.today), Stage::Ended(_)));
    let first = over.min_by_key(|(_, cycle)| (cycle.end, cycle.start));
    first
        .map(|(id, _)| id)
        .or_else(|| plan.current_cycle(world.today))
        .context("the plan has no cycle")
}

fn may_close(plan: &Plan, id: &Id, world: &World) -> anyhow::Result<()> {
    let Some(cycle) = plan.cycles.get(id) else {
        return Ok(());
    };
    if let Some(day) = cycle.closed {
        anyhow::bail!(
            "cycle.{id} was closed on {day}\n\
             hint: `loti status --cycle {id}` shows how it ended; \
             `loti set cycle.{id} closed= --reopen` opens it again"
        );
    }
    anyhow::ensure!(
        cycle.start <= world.today,
        "cycle.{id} begins on {}: there is nothing to close yet",
        cycle.start
    );
    Ok(())
}

/// Reads how likely the key results were thought to be reached, as far as there is a history.
fn followed(past: &Past) -> anyhow::Result<Confidences> {
    let walk = past
        .repository
        .walk(past.from, &past.path, WalkOptions::default())?;
    confidences(walk)
}

/// Returns answers in which all is left open.
fn unanswered(closing: &Closing<'_>) -> Answers {
    let usual = closing.usual.as_ref();
    let new = usual.filter(|usual| closing.next.is_none() && usual.id.is_some());
    let asked = closing.rows.iter().filter(|row| row.is_any_asked());
    Answers {
        cycle: Some(closing.cycle.id.clone()),
        closed: Some(closing.today),
        lesson: None,
        next: closing.next.cloned().or_else(|| new?.id.clone()),
        next_name: new.and_then(|new| new.name.clone()),
        next_start: new.map(|new| new.start),
        next_end: new.map(|new| new.end),
        key_results: asked
            .map(|row| (row.row.id.clone(), Answer::default()))
            .collect(),
    }
}

/// Where answers are kept.
struct AnswerFile {
    path: PathBuf,
    /// Whether nobody named it, so that it goes when its work is done.
    is_ours: bool,
}

/// Reads what is answered already, and where answers are kept.
fn answered(
    world: &mut World,
    args: &CloseArgs,
    id: &Id,
) -> anyhow::Result<(Option<AnswerFile>, Sheet)> {
    let file = match (&args.answers, plan_file::path(world)?) {
        (Some(named), _) => AnswerFile {
            path: named.into(),
            is_ours: false,
        },
        (None, Some(plan)) if world.streams.is_interactive => AnswerFile {
            path: plan_file::shown(world, &beside(&plan, id)).into(),
            is_ours: true,
        },
        _ => anyhow::bail!(
            "closing a cycle asks questions, and there is no terminal to ask at\n\
             hint: `loti cycle close {id} --plan > answers.toml` writes them down to be answered \
             there; then `loti cycle close {id} --answers answers.toml`"
        ),
    };
    let path = world.folder.join(&file.path);
    if !path.exists() {
        anyhow::ensure!(
            file.is_ours || world.streams.is_interactive,
            "there is no file `{}`\nhint: `loti cycle close {id} --plan` prints one to answer in",
            file.path.display()
        );
        return Ok((Some(file), Sheet::default()));
    }
    let text = store::read(&path)?;
    let sheet = Sheet::read(&text).map_err(|misread| {
        let source = Source::new(shown(&file.path), text);
        let place = misread.span.map(|span| source.line_column(span.start));
        let place = place.map_or_else(String::new, |place| format!(":{}", place.line));
        let name = source.name();
        anyhow::anyhow!(printable(&format!("{name}{place}: {}", misread.message)).into_owned())
    })?;
    if file.is_ours {
        world.say(&format!(
            "going on from the answers in {}",
            shown(&file.path)
        ));
    }
    Ok((Some(file), sheet))
}

/// Returns where answers are kept if nobody says where: beside the plan.
fn beside(plan: &Path, id: &Id) -> PathBuf {
    let stem = plan.file_stem().unwrap_or_default().to_string_lossy();
    plan.with_file_name(format!("{stem}.close-{id}.toml"))
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn by(world: &World, plan: &Plan, args: &CloseArgs) -> anyhow::Result<Option<String>> {
    match &args.by {
        Some(by) if !plan.persons.is_empty() && !plan.persons.contains_key(by.as_str()) => {
            Err(plan_file::unknown(plan, TableName::Person, by))
        }
        Some(by) => Ok(Some(by.clone())),
        None => Ok(Me::of(world).person(plan).map(|id| id.to_string())),
    }
}

/// Says how to go on with answers that are kept.
fn stopped(world: &mut World, args: &CloseArgs, id: &Id, file: &AnswerFile) -> Exit {
    let name = shown(&file.path);
    let more = match &args.answers {
        Some(named) => format!(" --answers {}", shell_word(named)),
        None => String::new(),
    };
    world.message(&if world.folder.join(&file.path).exists() {
        format!(
            "nothing is changed; your answers are in {name}\n\
             hint: `loti cycle close {id}{more}` goes on from there"
        )
    } else {
        "nothing is changed".to_owned()
    });
    Exit::Fine
}

/// Says what the answers leave open, each with its place.
fn tell(
    world: &mut World,
    id: &Id,
    problems: &[Problem],
    sheet: &Sheet,
    file: Option<&AnswerFile>,
) -> anyhow::Error {
    let text = file.and_then(|file| store::read(&world.folder.join(&file.path)).ok());
    let name = file.map_or_else(String::new, |file| shown(&file.path));
    let source = text.map(|text| Source::new(name.clone(), text));
    for problem in problems {
        let place = problem.of.as_ref().and_then(|of| sheet.places.get(of));
        let place = place.zip(source.as_ref());
        let place = place.map(|(span, source)| source.line_column(span.start).line);
        let line = match place {
            Some(line) => format!("{name}:{line}: {}", problem.message),
            None => format!("{name}: {}", problem.message),
        };
        world.message(&line);
    }
    world.message(&format!(
        "error: nothing is changed: {} to mend or to answer\n\
         hint: `loti cycle close {id}` asks at a terminal",
        count(problems.len(), "thing")
    ));
    Told.into()
}
