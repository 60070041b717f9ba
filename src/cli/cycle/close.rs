use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;

use super::asked::{self, Asked, To};
use crate::change::closing::{Answers, Closer, Problem, Sheet, close, may_close};
use crate::cli::elsewhere::Elsewhere;
use crate::cli::me::Me;
use crate::cli::past::Past;
use crate::cli::set::signer;
use crate::cli::write::shown::{only, unless_other};
use crate::cli::write::{self, WriteArgs, change};
use crate::cli::{Exit, Global, Told, World, plan_file};
use crate::document::Document;
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
    loop {
        if let Some(exit) = attempt(world, global, args)? {
            return Ok(exit);
        }
        world.message("the plan changed meanwhile: this is how it would be now");
    }
}

/// Closes the cycle of the plan as it stands; `None`, where it changed before anything was saved.
fn attempt(world: &mut World, global: &Global, args: &CloseArgs) -> anyhow::Result<Option<Exit>> {
    let plan = &*plan_file::read(world)?;
    let named = args.id.as_deref().or(global.cycle.as_deref());
    let id = cycle(plan, named, world)?;
    check(plan, id, world)?;
    let past = Past::open(world).and_then(|past| followed(&past));
    let closing = Closing::new(plan, id, &past.unwrap_or_default(), world.today);
    if args.plan {
        let text = render::closing_sheet(&closing, &asked_for(world, &closing)?);
        world.answer(&text)?;
        return Ok(Some(Exit::Fine));
    }
    let by = signer(plan, args.by.as_deref(), &Me::of(world))?;
    let asks = world.streams.is_interactive;
    if asks && named.is_none() && !asked::may_begin(world, closing.cycle)? {
        world.message("nothing is changed");
        return Ok(Some(Exit::Fine));
    }
    let (file, sheet) = answered(world, args, id)?;
    let (next, _) = Elsewhere::of(world).next_number(plan);
    let closer = Closer {
        today: world.today,
        by,
        next_number: next.as_str().parse().unwrap_or(1),
    };
    let mut answers = sheet.answers;
    let mut shown = None;
    let path = plan_file::path(world)?.filter(|_| asks && is_about(&closing, &answers));
    if let Some(path) = &path {
        answers.cycle = Some(id.clone());
        let to = To {
            plan: &world.folder.join(path),
            answers: &world.folder.join(&file.path),
            is_unseen: file.is_ours,
            is_dry_run: args.write.is_dry_run(),
        };
        match asked::ask(world, &closing, answers, &closer, &to)? {
            Asked::All(all, words) => (answers, shown) = (all, words),
            Asked::Stopped => return Ok(Some(stopped(world, args, id, &file))),
            Asked::Moved => return Ok(None),
        }
    }
    let mut problems = Vec::new();
    let mut make = |document: &Document| {
        close(&document.plan, id, &answers, &closer).map_err(|found| {
            problems = found;
            Told.into()
        })
    };
    let done = match &shown {
        Some(words) => change(world, &args.write, only(words, &mut make)),
        None => change(world, &args.write, make),
    };
    if !problems.is_empty() && shown.is_some() {
        // It could be closed as it was looked at.
        return Ok(None);
    }
    if !problems.is_empty() {
        return Err(tell(world, args, id, &problems, &file));
    }
    let done = unless_other(done)?;
    if done.is_none() || args.write.is_dry_run() {
        return Ok(done);
    }
    let kept = plan_file::path(world)?.map(|plan| beside(&plan, id));
    if let Some(kept) = kept.filter(|kept| kept.exists()) {
        if file.is_ours {
            // What it held is in the plan now.
            let _ = std::fs::remove_file(kept);
        } else {
            let kept = plan_file::shown(world, &kept);
            world.say(&format!(
                "note: {kept} holds answers that were given before; nothing needs them any more"
            ));
        }
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

fn check(plan: &Plan, id: &Id, world: &World) -> anyhow::Result<()> {
    let Some(cycle) = plan.cycles.get(id) else {
        return Ok(());
    };
    may_close(id, cycle, world.today).map_err(|why| {
        let hint = match cycle.closed {
            Some(_) => format!(
                "\nhint: `loti status --cycle {id}` shows how it ended; \
                 `loti set cycle.{id} closed= --reopen` opens it again"
            ),
            None => String::new(),
        };
        anyhow::anyhow!("{why}{hint}")
    })
}

/// Reads how likely the key results were thought to be reached, as far as there is a history.
fn followed(past: &Past) -> anyhow::Result<Confidences> {
    let walk = past
        .repository
        .walk(past.from, &past.path, WalkOptions::default())?;
    confidences(walk)
}

/// Returns answers in which is left open what was not answered at a terminal before.
fn asked_for(world: &mut World, closing: &Closing<'_>) -> anyhow::Result<Answers> {
    let plan = plan_file::path(world).ok().flatten();
    let kept = plan.map(|plan| beside(&plan, closing.cycle.id));
    let known = match kept.filter(|kept| kept.exists()) {
        Some(kept) => {
            let name = plan_file::shown(world, &kept);
            let sheet = sheet(&kept, &name)?;
            world.say(&format!("with the answers in {name}"));
            sheet.answers
        }
        None => Answers::default(),
    };
    let usual = closing.usual.as_ref();
    let new = usual.filter(|usual| closing.next.is_none() && usual.id.is_some());
    let new = new.filter(|_| known.next.is_none());
    let asked = closing.rows.iter().filter(|row| row.is_any_asked());
    let asked = asked.map(|row| {
        let own = known.key_results.get(row.row.id);
        (row.row.id.clone(), own.cloned().unwrap_or_default())
    });
    Ok(Answers {
        cycle: Some(closing.cycle.id.clone()),
        closed: known.closed.or(Some(closing.today)),
        lesson: known.lesson,
        next: known
            .next
            .or_else(|| closing.next.cloned().or_else(|| new?.id.clone())),
        next_name: known.next_name.or_else(|| new?.name.clone()),
        next_start: known.next_start.or(new.map(|new| new.start)),
        next_end: known.next_end.or(new.map(|new| new.end)),
        key_results: asked.collect(),
    })
}

/// Where answers are kept.
struct AnswerFile {
    path: PathBuf,
    /// Whether nobody named it, so that it goes when its work is done.
    is_ours: bool,
}

/// Reads what is answered already, and where answers are kept.
fn answered(world: &mut World, args: &CloseArgs, id: &Id) -> anyhow::Result<(AnswerFile, Sheet)> {
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
    let name = file.path.display().to_string();
    if !path.exists() {
        anyhow::ensure!(
            file.is_ours || world.streams.is_interactive,
            "there is no file `{name}`\nhint: `loti cycle close {id} --plan` prints one to answer in",
        );
        return Ok((file, Sheet::default()));
    }
    let sheet = sheet(&path, &name)?;
    if file.is_ours {
        world.say(&format!("going on from the answers in {name}"));
    }
    Ok((file, sheet))
}

/// Reads a file of answers.
fn sheet(path: &Path, name: &str) -> anyhow::Result<Sheet> {
    let text = store::read(path)?;
    Sheet::read(&text).map_err(|misread| {
        let source = Source::new(name, text);
        let place = misread.span.map(|span| source.line_column(span.start));
        let place = place.map_or_else(String::new, |place| format!(":{}", place.line));
        anyhow::anyhow!(printable(&format!("{name}{place}: {}", misread.message)).into_owned())
    })
}

/// Returns where answers are kept if nobody says where: beside the plan.
fn beside(plan: &Path, id: &Id) -> PathBuf {
    let stem = plan.file_stem().unwrap_or_default().to_string_lossy();
    plan.with_file_name(format!("{stem}.close-{id}.toml"))
}

/// Says how to go on with answers that are kept.
fn stopped(world: &mut World, args: &CloseArgs, id: &Id, file: &AnswerFile) -> Exit {
    let name = file.path.display();
    world.message(&if world.folder.join(&file.path).exists() {
        format!(
            "nothing is changed; your answers are in {name}\n\
             hint: `{}` goes on from there",
            again(args, id)
        )
    } else {
        "nothing is changed".to_owned()
    });
    Exit::Fine
}

/// Says what the answers leave open, each with its place.
fn tell(
    world: &mut World,
    args: &CloseArgs,
    id: &Id,
    problems: &[Problem],
    file: &AnswerFile,
) -> anyhow::Error {
    let name = file.path.display().to_string();
    // The file as it is now: answers may have been put into it.
    let text = store::read(&world.folder.join(&file.path)).ok();
    let source = text.map(|text| Source::new(name.clone(), text));
    let sheet = source
        .as_ref()
        .and_then(|source| Sheet::read(source.text()).ok());
    for problem in problems {
        let place = problem.of.as_ref();
        let place = place.and_then(|of| sheet.as_ref()?.places.get(of));
        let place = place.zip(source.as_ref());
        let place = place.map(|(span, source)| source.line_column(span.start).line);
        let line = match place {
            Some(line) => format!("{name}:{line}: {}", problem.message),
            None => format!("{name}: {}", problem.message),
        };
        world.message(&line);
    }
    let again = again(args, id);
    let hint = if world.streams.is_interactive {
        format!("mend it in {name}, then `{again}`")
    } else {
        format!("`{again}` asks at a terminal for what is missing")
    };
    world.message(&format!(
        "error: nothing is changed: {} to mend or to answer\nhint: {hint}",
        count(problems.len(), "thing")
    ));
    Told.into()
}

/// Returns the command that goes on with the answers.
fn again(args: &CloseArgs, id: &Id) -> String {
    match &args.answers {
        Some(named) => format!("loti cycle close {id} --answers {}", shell_word(named)),
        None => format!("loti cycle close {id}"),
    }
}
