use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;

use super::asked::{self, Asked, To};
use crate::change::closing::{Answers, Closer, Misread, Problem, Sheet, close, may_close};
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
use crate::text::{Source, count, join, printable, shell_word};
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
            let sheet = sheet(&name, &store::read(&kept)?)?;
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
    /// Whether it is a file at all, and not standard input.
    is_file: bool,
}

/// Reads the answers that somebody gave.
fn given_answers(world: &mut World, named: &str) -> anyhow::Result<(AnswerFile, Sheet)> {
    let file = AnswerFile {
        path: named.into(),
        is_ours: false,
        is_file: named != "-",
    };
    if !file.is_file {
        let is_taken = plan_file::path(world)?.is_none();
        anyhow::ensure!(
            !is_taken,
            "the plan and the answers cannot both come from standard input"
        );
        let text = store::read_from(world.streams.input.by_ref(), "standard input")?;
        return Ok((file, sheet("<stdin>", &text)?));
    }
    let path = world.folder.join(named);
    anyhow::ensure!(
        path.exists(),
        "there is no file `{named}`\nhint: `{} --plan > {}` begins one",
        command(world, None),
        shell_word(named)
    );
    let sheet = sheet(named, &store::read(&path)?)?;
    Ok((file, sheet))
}

/// Reads what was answered at a terminal before.
fn kept_answers(world: &mut World, id: &Id) -> anyhow::Result<(AnswerFile, Sheet)> {
    let plan = plan_file::path(world)?.filter(|_| world.streams.is_interactive);
    let Some(plan) = plan else {
        let close = command(world, Some(id));
        anyhow::bail!(
            "closing a cycle asks questions, and there is no terminal to ask at\n\
             hint: `{close} --plan > answers.toml` writes them down to be answered there; then \
             `{close} --answers answers.toml`"
        )
    };
    let path = beside(&plan, id);
    let name = plan_file::shown(world, &path);
    let file = AnswerFile {
        path: name.clone().into(),
        is_ours: true,
        is_file: true,
    };
    if !path.exists() {
        return Ok((file, Sheet::default()));
    }
    world.say(&format!("going on from the answers in {name}"));
    let sheet = sheet(&name, &store::read(&path)?)?;
    Ok((file, sheet))
}

/// Reads a file of answers.
fn sheet(name: &str, text: &str) -> anyhow::Result<Sheet> {
    Sheet::read(text).map_err(|misread| anyhow::anyhow!(in_words(name, text, &misread)))
}

/// Says why answers cannot be read, and where.
pub(super) fn in_words(name: &str, text: &str, misread: &Misread) -> String {
    let source = Source::new(name, text);
    let place = misread
        .span
        .as_ref()
        .map(|span| source.line_column(span.start));
    let place = place.map_or_else(String::new, |place| format!(":{}", place.line));
    printable(&format!("{name}{place}: {}", misread.message)).into_owned()
}

/// Leaves out answers about what is not in the cycle any more.
fn set_aside(world: &mut World, closing: &Closing<'_>, answers: &mut Answers) {
    let is_of = |id: &Id| closing.rows.iter().any(|row| row.row.id == id);
    let gone: Vec<_> = answers.key_results.keys().filter(|id| !is_of(id)).collect();
    if gone.is_empty() {
        return;
    }
    let ids = join(gone.iter().map(|id| format!("kr.{id}")));
    world.message(&format!(
        "note: {ids} went out of cycle.{}, or goes by another id: what was answered of it is left out",
        closing.cycle.id
    ));
    answers.key_results.retain(|id, _| is_of(id));
}

/// Returns where answers are kept if nobody says where: beside the plan.
fn beside(plan: &Path, id: &Id) -> PathBuf {
    let stem = plan.file_stem().unwrap_or_default().to_string_lossy();
    plan.with_file_name(format!("{stem}.close-{id}.toml"))
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

/// Returns the command that closes a cycle of this plan.
fn command(world: &World, id: Option<&Id>) -> String {
    let file = world.file.as_ref().map(|file| {
        let file = file.to_string_lossy();
        format!(" -f {}", shell_word(&file))
    });
    let id = id.map_or_else(String::new, |id| format!(" {id}"));
    format!("loti{} cycle close{id}", file.unwrap_or_default())
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
