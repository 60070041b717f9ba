use anyhow::Context as _;
use clap::Args;

use super::asked::{self, Asked, To};
use super::kept::{
    AnswerFile, asked_for, beside, command, given_answers, is_about, kept_answers, set_aside,
};
use crate::change::closing::{Closer, Problem, Sheet, close, may_close};
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
use crate::text::{Source, count, shell_word};
use crate::view::{Closing, ClosingInterview};

/// Close a cycle: grade its key results, and carry over what was not finished
///
/// Asks at a terminal, key result by key result: what became of it, and its grade, which is proposed
/// from its progress. All is written in one edit at the end; answers are kept in a file until then,
/// so that nothing is lost if you stop, with `--dry-run` as well. `--plan` prints that file for answering
/// in an editor; where a file given with `--answers` leaves nothing open, it is done at once.
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
    let given = args.answers.as_ref();
    let given = given.map(|named| given_answers(world, named)).transpose()?;
    let told = given
        .as_ref()
        .and_then(|(_, sheet)| sheet.answers.cycle.as_ref());
    let told = told.filter(|id| plan.cycles.contains_key(*id));
    let named = args.id.as_deref().or(global.cycle.as_deref());
    let named = named.or(told.map(Id::as_str));
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
    let (file, sheet) = match given {
        Some(given) => given,
        None => kept_answers(world, id)?,
    };
    let (next, _) = Elsewhere::of(world).next_number(plan);
    let closer = Closer {
        today: world.today,
        by,
        next_number: next.as_str().parse().unwrap_or(1),
    };
    let mut answers = sheet.answers;
    if file.is_ours {
        set_aside(world, &closing, &mut answers);
    }
    let mut shown = None;
    let is_asked = asks && file.is_file && is_about(&closing, &answers);
    let path = plan_file::path(world)?.filter(|_| is_asked);
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
            Asked::Stopped => return Ok(Some(stopped(world, &file))),
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
        let is_any_asked = ClosingInterview::new(&closing, answers, false)
            .ask()
            .is_some();
        return Err(tell(world, id, &problems, &file, is_any_asked));
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

/// Says how to go on with answers that are kept.
fn stopped(world: &mut World, file: &AnswerFile) -> Exit {
    let name = file.path.display();
    let words = if world.folder.join(&file.path).exists() {
        let again = same_command(world);
        format!(
            "nothing is changed; your answers are in {name}\nhint: `{again}` goes on from there"
        )
    } else {
        "nothing is changed".to_owned()
    };
    world.message(&words);
    Exit::Fine
}

/// Says what the answers leave open, each with its place.
fn tell(
    world: &mut World,
    id: &Id,
    problems: &[Problem],
    file: &AnswerFile,
    is_any_asked: bool,
) -> anyhow::Error {
    let name = if file.is_file {
        file.path.display().to_string()
    } else {
        "<stdin>".to_owned()
    };
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
    let hint = match (file.is_file, is_any_asked, world.streams.is_interactive) {
        (true, true, false) => {
            let answers = file.path.display().to_string();
            let close = command(world, Some(id));
            let words = format!("{close} --answers {}", shell_word(&answers));
            format!("\nhint: `{words}` asks at a terminal for what is missing")
        }
        (true, ..) => format!("\nhint: mend it in {name}, then `{}`", same_command(world)),
        (false, ..) => String::new(),
    };
    world.message(&format!(
        "error: nothing is changed: {} to mend or to answer{hint}",
        count(problems.len(), "thing")
    ));
    Told.into()
}

/// Returns the command as it was typed: given once more, it goes on.
fn same_command(world: &World) -> String {
    let words = world.args.iter().skip(1).map(|word| {
        let word = word.to_string_lossy();
        shell_word(&word).into_owned()
    });
    let words: Vec<_> = ["loti".to_owned()].into_iter().chain(words).collect();
    words.join(" ")
}
