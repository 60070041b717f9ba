//! One look at what was answered, and one edit.

use std::path::Path;

use chrono::NaiveDate;

use super::CheckinArgs;
use super::asking::blank;
use crate::change::Change;
use crate::cli::interrupt::Interrupt;
use crate::cli::line::{Line, spoken};
use crate::cli::me::Me;
use crate::cli::set::signer;
use crate::cli::write::{change, change_with_advice, shown};
use crate::cli::{World, plan_file};
use crate::document::Document;
use crate::model::Plan;
use crate::render;
use crate::store;
use crate::text::{Source, count, shell_word};
use crate::view::{Answers, Interview, Moved};

/// What became of the answers.
pub(super) enum Verdict {
    /// They are saved, or the plan says all of it already.
    Saved,
    /// They were only to be shown.
    Shown,
    /// Nobody wanted them saved now.
    Left,
    /// There is something to be answered otherwise.
    Back,
}

/// Says no to a signer who is nobody, before anything is asked.
pub(super) fn known_signer(world: &World, args: &CheckinArgs, plan: &Plan) -> anyhow::Result<()> {
    signer(plan, args.by.as_deref(), &Me::of(world)).map(|_| ())
}

/// Shows what would be saved in the plan as it is now, asks, and saves just that.
pub(super) fn review(
    world: &mut World,
    args: &CheckinArgs,
    path: &Path,
    interview: &Interview<'_>,
    interrupt: Option<&Interrupt>,
) -> anyhow::Result<Verdict> {
    let answers: Vec<_> = interview.answers().collect();
    if answers.is_empty() {
        world.message("nothing was answered");
        return Ok(Verdict::Saved);
    }
    loop {
        let name = plan_file::shown(world, path);
        let document = Document::read(Source::new(name.clone(), store::read(path)?));
        plan_file::refuse(world, &document)?;
        let wanted = changes(world, args, &answers, &document.plan)?;
        blank(world)?;
        tell_moved(world, &answers, &document.plan);
        tell_meanwhile(world, &answers, interview.plan(), &document.plan);
        let is_lost = |own: &&Answers| {
            own.moved(&document.plan, world.today)
                .iter()
                .any(Moved::is_gone)
        };
        if wanted.is_empty() && answers.iter().any(is_lost) {
            world.message("there is nothing that could be saved of it");
            return Ok(Verdict::Left);
        }
        if wanted.is_empty() {
            world.message(&format!("{name} says all of it already"));
            return Ok(Verdict::Saved);
        }
        if args.dry_run {
            change(world, &args.write(), |_| Ok(wanted.clone()))?;
            return Ok(Verdict::Shown);
        }
        world.message(&format!("this would be saved in {name}:"));
        let own = wanted.iter();
        let own: Vec<_> = own.map(|own| Line::of(own, &document.plan)).collect();
        for line in spoken(&own) {
            world.message(&format!("  {line}"));
        }
        match interview.open() {
            0 => {}
            open => world.message(&format!("{} left for later", count(open, "key result"))),
        }
        match shown::ask(world, "save it?", path, &document, &wanted)? {
            shown::Verdict::Save => {}
            shown::Verdict::Leave => return Ok(Verdict::Left),
            shown::Verdict::Back => return Ok(Verdict::Back),
        }
        if let Some(interrupt) = interrupt {
            interrupt.say("interrupted while it was saved: `loti checkin` tells how far that came");
        }
        if save(
            world,
            args,
            &answers,
            &shown::in_words(&wanted, &document.plan),
        )? {
            return Ok(Verdict::Saved);
        }
        world.message("the file changed while you looked: this is how it would be now");
    }
}

/// Says what is otherwise in the plan than when it was asked about.
pub(super) fn tell_moved(world: &mut World, answers: &[&Answers], plan: &Plan) {
    for own in answers {
        for moved in own.moved(plan, world.today) {
            world.message(&render::moved(&moved));
            if let (true, Some(note)) = (moved.is_gone(), &own.note) {
                let note = shell_word(note);
                world.message(&format!(
                    "  `loti note {} {note}` keeps what was said",
                    own.id
                ));
            }
        }
    }
}

/// Says what was left as it is, and is otherwise by now.
fn tell_meanwhile(world: &mut World, answers: &[&Answers], before: &Plan, now: &Plan) {
    for own in answers {
        let (Some(old), Some(new)) = (
            before.key_results.get(&own.id),
            now.key_results.get(&own.id),
        ) else {
            continue;
        };
        if own.status.is_none() && old.status() != new.status() {
            let id = &own.id;
            let status = new.status();
            world.message(&format!(
                "kr.{id} status: somebody made it {status} meanwhile"
            ));
        }
        if own.figure.is_none() && old.figure() != new.figure() {
            let figure = new
                .figure()
                .map_or_else(|| "(none)".to_owned(), |own| own.to_string());
            let key = new.figure_key().unwrap_or("current");
            world.message(&format!(
                "kr.{} {key}: somebody made it {figure} meanwhile",
                own.id
            ));
        }
    }
}

/// Returns whether the plan says all that was answered.
pub(super) fn is_saved(
    world: &World,
    args: &CheckinArgs,
    path: &Path,
    interview: &Interview<'_>,
) -> bool {
    let Ok(text) = store::read(path) else {
        return false;
    };
    let document = Document::read(Source::new("", text));
    // Of what cannot be read nobody knows.
    if document.is_refused() {
        return false;
    }
    let answers: Vec<_> = interview.answers().collect();
    let left = changes(world, args, &answers, &document.plan);
    left.is_ok_and(|left| left.is_empty())
}

fn changes(
    world: &World,
    args: &CheckinArgs,
    answers: &[&Answers],
    plan: &Plan,
) -> anyhow::Result<Vec<Change>> {
    all_changes(&Me::of(world), world.today, args, answers, plan)
}

fn all_changes(
    me: &Me,
    today: NaiveDate,
    args: &CheckinArgs,
    answers: &[&Answers],
    plan: &Plan,
) -> anyhow::Result<Vec<Change>> {
    let by = signer(plan, args.by.as_deref(), me)?;
    let all = answers.iter();
    let all = all.flat_map(|own| own.changes(plan, by.as_deref(), today));
    Ok(all.collect())
}

/// Saves the changes that were looked at; false, where the file changed meanwhile and they would be
/// others, or change something else.
fn save(
    world: &mut World,
    args: &CheckinArgs,
    answers: &[&Answers],
    lines: &[String],
) -> anyhow::Result<bool> {
    let (me, today) = (Me::of(world), world.today);
    let make = |document: &Document| all_changes(&me, today, args, answers, &document.plan);
    let saved = change_with_advice(world, &args.write(), shown::only(lines, make));
    Ok(shown::unless_other(saved)?.is_some())
}
