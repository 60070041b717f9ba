//! The walk at a terminal: plain lines, nothing drawn over.

use super::kept::Kept;
use super::saving::{self, Verdict};
use super::{CheckinArgs, say_none};
use crate::cli::interrupt::Interrupt;
use crate::cli::{Exit, World, editor, plan_file, write};
use crate::model::{Id, Plan};
use crate::render;
use crate::text::{count, join};
use crate::view::{Answers, Due, Filter, Interview, Moved, Reaction, Row};

/// Asks for what is due, and saves what was answered.
pub(super) fn ask<'a>(
    world: &mut World,
    args: &CheckinArgs,
    plan: &'a Plan,
    mut due: Vec<Due<'a>>,
    cycles: &[&Id],
    filter: &Filter,
) -> anyhow::Result<Exit> {
    write::ready(world, &args.write())?;
    let path = plan_file::path(world)?;
    let Some(path) = path else {
        anyhow::bail!("a plan from standard input cannot be asked about: give the file");
    };
    saving::known_signer(world, args, plan)?;
    let mut kept = Kept::of(world, &path);
    // Whoever asks for theirs is not asked about what somebody else was.
    let is_of_walk = |own: &Answers| {
        let found = plan.key_results.get_key_value(&own.id);
        found.is_none_or(|(id, key_result)| {
            let cycle = plan.cycle_id_of(key_result);
            if cycle.is_some_and(|cycle| !cycles.contains(&cycle)) {
                return false;
            }
            let row = Row::new(plan, id, key_result, world.today);
            filter.shows(plan, &row, world.today)
        })
    };
    let mut known = kept.read()?;
    known.retain(is_of_walk);
    let all = known.iter().map(|own| own.id.clone());
    kept.is_about(
        all.chain(due.iter().map(|due| due.row.id.clone()))
            .collect(),
    );
    let Some(known) = unsaved(world, &kept, known)? else {
        return Ok(Exit::Fine);
    };
    let is_gone = |own: &Answers| own.moved(plan, world.today).iter().any(Moved::is_gone);
    let (gone, known): (Vec<_>, Vec<_>) = known.into_iter().partition(is_gone);
    saving::tell_moved(world, &gone.iter().collect::<Vec<_>>(), plan);
    resume(plan, &known, &mut due, world.today);
    if due.is_empty() {
        if known.is_empty() {
            // All that is left of it was told just now.
            kept.forget()?;
        }
        say_none(world, args, plan, cycles, filter);
        return Ok(Exit::Fine);
    }
    let mut interview = Interview::new(plan, due, known, world.today);
    begin(world, &kept, &interview);
    let interrupt = kept
        .is_kept()
        .then(|| Interrupt::new("nothing is saved; `loti checkin` goes on with what you answered"));
    let interrupt = interrupt.transpose()?;
    loop {
        if !walk(world, &mut kept, &mut interview)? {
            return Ok(leave(world, &kept, &interview));
        }
        match saving::review(world, args, &path, &interview, interrupt.as_ref()) {
            Ok(Verdict::Saved) => {
                kept.forget()?;
                return Ok(Exit::Fine);
            }
            Ok(Verdict::Shown) => return Ok(Exit::Fine),
            Ok(Verdict::Left) => return Ok(leave(world, &kept, &interview)),
            Ok(Verdict::Back) => interview.back(),
            Err(error) => {
                // A commit that failed comes after the edit.
                if saving::is_saved(world, args, &path, &interview) {
                    kept.forget()?;
                } else {
                    leave(world, &kept, &interview);
                }
                return Err(error);
            }
        }
    }
}

/// Asks whether to go on with what an earlier walk left unsaved; `None`, where nobody answers.
fn unsaved(
    world: &mut World,
    kept: &Kept,
    known: Vec<Answers>,
) -> anyhow::Result<Option<Vec<Answers>>> {
    if known.is_empty() {
        return Ok(Some(known));
    }
    let days = known.iter().map(|own| own.on);
    let day = days.max().unwrap_or(world.today);
    let ids = join(known.iter().map(|own| format!("kr.{}", own.id)));
    world.message(&format!(
        "on {day} you answered for {ids}, and it was not saved"
    ));
    loop {
        let answer = editor::line(
            world,
            "go on with it? [Y]es, [n]o, which forgets it, or [q]uit",
        )?;
        let answer = answer.map(|answer| answer.to_lowercase());
        match answer.as_deref() {
            None | Some("q" | "quit") => return Ok(None),
            Some("" | "y" | "yes") => return Ok(Some(known)),
            Some("n" | "no") => {
                kept.forget()?;
                return Ok(Some(Vec::new()));
            }
            Some(_) => {}
        }
    }
}

/// Puts what was answered before in front of what is due, wherever it is still open.
fn resume<'a>(plan: &'a Plan, known: &[Answers], due: &mut Vec<Due<'a>>, today: chrono::NaiveDate) {
    let mut before = Vec::new();
    for answers in known {
        if let Some(at) = due.iter().position(|due| *due.row.id == answers.id) {
            before.push(due.remove(at));
        } else if let Some((id, own)) = plan.key_results.get_key_value(&answers.id) {
            let row = Row::new(plan, id, own, today);
            before.extend(Due::new(row, plan, today));
        }
    }
    before.append(due);
    *due = before;
}

fn begin(world: &mut World, kept: &Kept, interview: &Interview<'_>) {
    if let Some(question) = interview.question() {
        let due = count(question.of, "key result");
        world.message(&format!("check-in of {due}"));
        world.message("Enter leaves it as it is, s skips, b goes back, q stops, ? says more");
        if !kept.is_kept() {
            world.message(
                "note: neither XDG_STATE_HOME nor HOME is set, so answers are not kept before the end",
            );
        }
    }
}

/// Asks until all is answered or somebody stops; false, where the input ends.
fn walk(world: &mut World, kept: &mut Kept, interview: &mut Interview<'_>) -> anyhow::Result<bool> {
    let mut last = None;
    while let Some(question) = interview.question() {
        let look = world.err_look();
        if last != Some(question.number) {
            blank(world)?;
            for line in render::about(&question, world.today, look) {
                world.message(&line);
            }
        }
        last = Some(question.number);
        if let Some(remark) = render::remark(&question) {
            world.message(&remark);
        }
        let Some(typed) = editor::line(world, &render::ask(&question))? else {
            return Ok(false);
        };
        let asked = question.ask;
        match interview.answer(&typed) {
            Reaction::Taken => {
                let answers: Vec<_> = interview.answers().collect();
                if let Err(error) = kept.keep(&answers) {
                    world.message(&format!(
                        "note: {error:#}; it is saved at the end all the same"
                    ));
                    kept.give_up();
                }
            }
            Reaction::Unclear(why) => world.message(&format!("  {why}")),
            Reaction::Help => {
                for line in render::answers(asked) {
                    world.message(&format!("  {line}"));
                }
            }
        }
    }
    Ok(true)
}

/// Parts what follows from what stands above it.
pub(super) fn blank(world: &mut World) -> anyhow::Result<()> {
    writeln!(world.streams.err)?;
    Ok(())
}

/// Says that nothing is saved, and what becomes of what was answered.
fn leave(world: &mut World, kept: &Kept, interview: &Interview<'_>) -> Exit {
    let is_answered = interview.answers().next().is_some();
    world.message(if is_answered && kept.is_kept() {
        "nothing is saved; what you answered is kept, and `loti checkin` goes on with it"
    } else {
        "nothing is saved"
    });
    Exit::Fine
}
