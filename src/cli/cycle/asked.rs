//! Closing a cycle at a terminal, step by step: plain lines, one question after the other.

use std::path::Path;

use crate::change::closing::{Answers, Closer, close};
use crate::cli::write::shown::{self, Verdict};
use crate::cli::{World, editor, plan_file};
use crate::document::Document;
use crate::model::{Id, Plan, Stage};
use crate::render;
use crate::store;
use crate::text::{Source, count};
use crate::view::{Closing, ClosingInterview, CycleLine, Reaction};

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
    let mut interview = ClosingInterview::new(closing, answers);
    let is_unseen = to.is_unseen || interview.ask().is_some();
    if interview.ask().is_some() {
        begin(world, closing.cycle);
    }
    loop {
        if !walk(world, closing, &mut interview, to.answers)? {
            return Ok(Asked::Stopped);
        }
        let answers = interview.answers();
        if !is_unseen || to.is_dry_run {
            return Ok(Asked::All(answers.clone(), None));
        }
        let text = store::read(to.plan)?;
        let document = Document::read(Source::new(plan_file::shown(world, to.plan), text));
        plan_file::refuse(world, &document)?;
        let id = closing.cycle.id;
        let Ok(changes) = close(&document.plan, id, answers, closer) else {
            return Ok(if document.plan == *closing.plan {
                Asked::All(answers.clone(), None)
            } else {
                Asked::Moved
            });
        };
        sum_up(world, &document.plan, id, closing, answers, changes.len())?;
        let question = format!("close cycle.{id} like this?");
        match shown::ask(world, &question, to.plan, &document, &changes)? {
            Verdict::Save => {
                let words = shown::in_words(&changes, &document.plan);
                return Ok(Asked::All(answers.clone(), Some(words)));
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
        let question = render::closing_ask(closing, &ask, interview.again());
        let typed = editor::line(world, &question)?;
        let Some(typed) = typed.filter(|typed| typed != "q") else {
            return Ok(false);
        };
        let before = interview.answers().clone();
        match interview.answer(&typed) {
            // What is gone back to stays as it was answered, until it is answered again.
            Reaction::Taken if typed == "b" || *interview.answers() == before => {}
            Reaction::Taken => keep(file, closing, interview.answers())?,
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

/// Keeps what is answered: in the file as somebody wrote it, where there is one.
fn keep(file: &Path, closing: &Closing<'_>, answers: &Answers) -> anyhow::Result<()> {
    let text = if file.exists() {
        let section = |id: &Id| render::closing_section(closing, answers, id);
        let text = answers.written_into(&store::read(file)?, section);
        text.map_err(|misread| anyhow::anyhow!(misread.message))?
    } else {
        render::closing_sheet(closing, answers)
    };
    Ok(store::write(file, &text)?)
}

/// Says what the answers come to.
fn sum_up(
    world: &mut World,
    plan: &Plan,
    id: &Id,
    closing: &Closing<'_>,
    answers: &Answers,
    changes: usize,
) -> anyhow::Result<()> {
    // Grades and figures are those of the plan as it is now.
    let past = crate::history::Confidences::default();
    let now = Closing::new(plan, id, &past, closing.today);
    writeln!(world.streams.err)?;
    let look = world.err_look();
    for line in render::closing_sum(&now, answers, look) {
        world.message(&line);
    }
    world.message(&format!("{} to the plan", count(changes, "change")));
    Ok(())
}
