//! Where the answers that close a cycle come from, and where those that are given at a terminal are kept.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::change::closing::{Answers, Misread, Sheet};
use crate::cli::{World, plan_file};
use crate::model::Id;
use crate::store;
use crate::text::{Source, join, printable, shell_word};
use crate::view::Closing;

/// Where answers are kept.
pub(super) struct AnswerFile {
    pub(super) path: PathBuf,
    /// Whether nobody named it, so that it goes when its work is done.
    pub(super) is_ours: bool,
    /// Whether it is a file at all, and not standard input.
    pub(super) is_file: bool,
}

/// Reads the answers that somebody gave.
pub(super) fn given_answers(world: &mut World, named: &str) -> anyhow::Result<(AnswerFile, Sheet)> {
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
pub(super) fn kept_answers(world: &mut World, id: &Id) -> anyhow::Result<(AnswerFile, Sheet)> {
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
pub(super) fn set_aside(world: &mut World, closing: &Closing<'_>, answers: &mut Answers) {
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
pub(super) fn beside(plan: &Path, id: &Id) -> PathBuf {
    let stem = plan.file_stem().unwrap_or_default().to_string_lossy();
    plan.with_file_name(format!("{stem}.close-{id}.toml"))
}

/// Returns answers in which is left open what was not answered at a terminal before.
pub(super) fn asked_for(world: &mut World, closing: &Closing<'_>) -> anyhow::Result<Answers> {
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

/// Returns whether answers are about this cycle and what it holds: others are not written anew.
pub(super) fn is_about(closing: &Closing<'_>, answers: &Answers) -> bool {
    let is_of = |id: &Id| closing.rows.iter().any(|row| row.row.id == id);
    let cycle = answers.cycle.as_ref();
    cycle.is_none_or(|cycle| cycle == closing.cycle.id) && answers.key_results.keys().all(is_of)
}

/// Returns the command that closes a cycle of this plan.
pub(super) fn command(world: &World, id: Option<&Id>) -> String {
    let file = world.file.as_ref().map(|file| {
        let file = file.to_string_lossy();
        format!(" -f {}", shell_word(&file))
    });
    let id = id.map_or_else(String::new, |id| format!(" {id}"));
    format!("loti{} cycle close{id}", file.unwrap_or_default())
}
