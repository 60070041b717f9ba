//! Closing a cycle at a terminal, step by step: plain lines, one question after the other.

use std::path::Path;

use super::kept::in_words;
use crate::change::closing::{Answers, Closer, close};
use crate::cli::interrupt::Interrupt;
use crate::cli::write::shown::{self, Verdict};
use crate::cli::{World, editor, plan_file};
use crate::document::Document;
use crate::history::Confidences;
use crate::model::{Id, Plan, Stage};
use crate::render;
use crate::store;
use crate::text::{Source, count};
use crate::view::{Closing, ClosingInterview, CycleLine, Reaction, is_back};

/// How asking ended.
pub(super) enum Asked {
    /// All was answered; the changes in words, where somebody looked at them and wants them.
    All(Answers, Option<Vec<String>>),
    /// Whoever was asked stopped, or went away.
    Stopped,
    /// The plan is another than it was, and may ask other things.
    Moved,
}

/// Where what is answered goes.
pub(super) struct To<'a> {
    /// The plan file.
    pub(super) plan: &'a Path,
    /// The file that keeps the answers.
    pub(super) answers: &'a Path,
    /// Whether it is to be looked at, even if nothing was left to ask.
    pub(super) is_unseen: bool,
    /// Whether it is only to be shown as a patch.
    pub(super) is_dry_run: bool,
}

/// Asks for all that is not answered yet, each answer kept at once; then shows what it comes to.
pub(super) fn ask(
    world: &mut World,
    closing: &Closing<'_>,
    answers: Answers,
    closer: &Closer,
    to: &To<'_>,
) -> anyhow::Result<Asked> {
    let mut interview = ClosingInterview::new(closing, answers, to.is_unseen);
    let is_unseen = to.is_unseen || interview.ask().is_some();
    let mut interrupt = None;
    if interview.ask().is_some() {
        begin(world, closing.cycle);
        interrupt = Some(Interrupt::new(
            "nothing is changed; the same command goes on with what you answered",
        )?);
    }
    loop {
        if !walk(world, closing, &mut interview, to.answers)? {
            return Ok(Asked::Stopped);
        }
        let answers = interview.answers();
        if !is_unseen {
            return Ok(Asked::All(answers, None));
        }
        let text = store::read(to.plan)?;
        let document = Document::read(Source::new(plan_file::shown(world, to.plan), text));
        plan_file::refuse(world, &document)?;
        let id = closing.cycle.id;
        let Ok(changes) = close(&document.plan, id, &answers, closer) else {
            return Ok(if document.plan == *closing.plan {
                Asked::All(answers, None)
            } else {
                Asked::Moved
            });
        };
        if to.is_dry_run {
            return Ok(Asked::All(answers, None));
        }
        sum_up(world, &document.plan, closing, &answers, changes.len())?;
        let question = format!("close cycle.{id} like this?");
        match shown::ask(world, &question, to.plan, &document, &changes)? {
            Verdict::Save => {
                if let Some(interrupt) = &interrupt {
                    interrupt.say("interrupted while it was saved: the same command tells how far");
                }
                let words = shown::in_words(&changes, &document.plan);
                return Ok(Asked::All(answers, Some(words)));
            }
            Verdict::Leave => return Ok(Asked::Stopped),
            Verdict::Back => {
                interview.back();
            }
        }
    }
}

/// Asks whether a cycle is to be closed that nobody named and that still runs.
pub(super) fn may_begin(world: &mut World, cycle: CycleLine<'_>) -> anyhow::Result<bool> {
    let Some(left) = left(cycle) else {
        return Ok(true);
    };
    let id = cycle.id;
    let question = format!("cycle.{id} has {left} left: close it now? [y/N]");
    let answer = editor::line(world, &question)?;
    let answer = answer.map(|answer| answer.to_lowercase());
    Ok(matches!(answer.as_deref(), Some("y" | "yes")))
}

/// Returns how many days a cycle has left, if it still runs.
fn left(cycle: CycleLine<'_>) -> Option<String> {
    match cycle.stage {
        Some(Stage::Running(days)) => Some(count(usize::try_from(days).unwrap_or(0), "day")),
        _ => None,
    }
}

fn begin(world: &mut World, cycle: CycleLine<'_>) {
    let name = cycle.cycle.map_or("", |cycle| cycle.name.as_str());
    let left = left(cycle).map(|left| format!(", which has {left} left"));
    world.say(&format!(
        "closing cycle.{}, {name}{}",
        cycle.id,
        left.unwrap_or_default()
    ));
    world.say(
        "Enter takes what stands in [ ]; b goes back, q stops, ? says more. Answers are kept, and \
         written into the plan at the end.",
    );
}

/// Asks until all is answered; false, where somebody stops or the input ends.
fn walk(
    world: &mut World,
    closing: &Closing<'_>,
    interview: &mut ClosingInterview<'_>,
    file: &Path,
) -> anyhow::Result<bool> {
    let mut last: Option<&Id> = None;
    while let Some(ask) = interview.ask() {
        let row = interview.row();
        if let Some(row) = row.filter(|row| last != Some(row.row.id)) {
            let (at, of) = interview.number();
            let look = world.err_look();
            let number = format!("{at} of {of}");
            render::closing_card(&mut world.streams.err, closing, row, &number, look)?;
        }
        if row.is_none() {
            writeln!(world.streams.err)?;
        }
        last = row.map(|row| row.row.id);
        let question = render::closing_ask(closing, &ask, interview.again().as_deref());
        let typed = editor::line(world, &question)?;
        let typed = typed.filter(|typed| !matches!(typed.to_lowercase().as_str(), "q" | "quit"));
        let Some(typed) = typed else {
            return Ok(false);
        };
        let before = interview.answers();
        match interview.answer(&typed) {
            // What is gone back to stays as it was kept, until it is answered again.
            Reaction::Taken if is_back(&typed) => {}
            Reaction::Taken => {
                let said = said_since(&before, &interview.answers());
                if !keep(world, file, closing, &said)? {
                    return Ok(false);
                }
            }
            Reaction::Unclear(why) => world.message(&why),
            Reaction::Help => {
                for line in render::closing_help(&ask) {
                    world.message(&format!("  {line}"));
                }
            }
        }
    }
    Ok(true)
}

/// Returns of answers only what was not answered so before: what others write meanwhile stays, and what
/// is gone back to, until it is answered again.
fn said_since(before: &Answers, now: &Answers) -> Answers {
    let mut said = now.clone();
    said.key_results
        .retain(|id, own| own.is_begun() && before.key_results.get(id) != Some(own));
    said
}

/// Keeps what is answered, in the file as somebody wrote it, where there is one; false, where that
/// cannot be read and nobody mends it.
fn keep(
    world: &mut World,
    file: &Path,
    closing: &Closing<'_>,
    said: &Answers,
) -> anyhow::Result<bool> {
    loop {
        if !file.exists() {
            store::write(file, &render::closing_sheet(closing, said))?;
            return Ok(true);
        }
        let section = |id: &Id| render::closing_section(closing, said, id);
        let text = store::read(file)?;
        match said.written_into(&text, section) {
            Ok(new) if new == text => return Ok(true),
            Ok(new) => {
                store::write(file, &new)?;
                return Ok(true);
            }
            Err(misread) => {
                let name = plan_file::shown(world, file);
                world.message(&in_words(&name, &text, &misread));
                let question = "mend that, then press Enter; q stops without this answer";
                let typed = editor::line(world, question)?;
                if typed.is_none_or(|typed| typed == "q") {
                    return Ok(false);
                }
            }
        }
    }
}

/// Says what the answers come to, of the plan as it is now.
fn sum_up(
    world: &mut World,
    plan: &Plan,
    closing: &Closing<'_>,
    answers: &Answers,
    changes: usize,
) -> anyhow::Result<()> {
    let now = Closing::new(
        plan,
        closing.cycle.id,
        &Confidences::default(),
        closing.today,
    );
    let look = world.err_look();
    let err = &mut world.streams.err;
    writeln!(err)?;
    render::closing_sum(err, &now, answers, look)?;
    world.message(&format!("{} to the plan", count(changes, "change")));
    Ok(())
}
