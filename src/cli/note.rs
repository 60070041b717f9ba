use std::io::Read as _;

use chrono::NaiveDate;
use clap::Args;

use super::editor;
use super::me::Me;
use super::set::note;
use super::write::{self, WriteArgs, change};
use super::{Exit, Global, World, plan_file};
use crate::change::Change;
use crate::model::Address;

/// Write down what happened, with its day
///
/// Notes are the plan's memory: why something is at risk, what was decided. They stand below what
/// they are about, and are never changed afterwards. Without a text your editor is opened; text
/// that comes through a pipe is taken from there.
///
///   loti note 12 "First results are in; the pilot goes on."
///   loti note objective.data "We agreed to narrow this."
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct NoteArgs {
    /// What it is about: a key result's id, or an address
    #[arg(value_name = "ADDRESS")]
    address: String,
    /// What happened [default: from your editor, or from a pipe]
    #[arg(value_name = "TEXT")]
    text: Option<String>,
    /// Who says so [default: you, where a person of the plan has the `email` git knows you by]
    #[arg(long, value_name = "ID")]
    by: Option<String>,
    /// The day on which it was true [default: today]
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    on: Option<NaiveDate>,
    #[command(flatten)]
    write: WriteArgs,
}

pub(super) fn run(world: &mut World, _: &Global, args: &NoteArgs) -> anyhow::Result<Exit> {
    write::ready(world, &args.write)?;
    let text = match &args.text {
        Some(text) => text.clone(),
        None => asked(world, args)?,
    };
    let (on, me) = (args.on.unwrap_or(world.today), Me::of(world));
    anyhow::ensure!(
        on <= world.today,
        "{on} is yet to come: `--on` is the day on which it was true"
    );
    let mut answers_nothing = false;
    let exit = change(world, &args.write, |document| {
        let plan = &document.plan;
        let to = plan_file::address(plan, &args.address)?;
        let note = note(plan, &text, args.by.as_deref(), &me, on)?;
        let reviewer = match &to {
            Address::KeyResult(id) => plan
                .key_results
                .get(id)
                .and_then(|own| plan.reviewer_of(own)),
            _ => None,
        };
        answers_nothing = note.by.is_none() && reviewer.is_some();
        Ok(vec![Change::AddNote { to, note }])
    })?;
    if answers_nothing {
        world.say(
            "note: nobody signs it, so that it is no reviewer's answer: `--by ID` does, or \
             `loti set person.ID email=…` with your git address",
        );
    }
    Ok(exit)
}

fn asked(world: &mut World, args: &NoteArgs) -> anyhow::Result<String> {
    if world.streams.is_interactive {
        // What it is about, and who says so, has to be there before a text is asked for.
        let plan = plan_file::read(world)?;
        let at = plan_file::address(&plan, &args.address)?;
        let title = plan.title(&at).unwrap_or_default();
        let hint =
            format!("\n# A note on {at}, {title}.\n# Lines that begin with # are left out.\n");
        note(&plan, "…", args.by.as_deref(), &Me::of(world), world.today)?;
        let instead = format!("give the text: `loti note {at} \"TEXT\"`");
        let text = editor::ask(world, &hint, ".txt", &instead)?;
        let lines: Vec<_> = text.lines().filter(|line| !line.starts_with('#')).collect();
        return Ok(lines.join("\n").trim().to_owned());
    }
    anyhow::ensure!(
        plan_file::path(world)?.is_some(),
        "the plan comes from standard input, so the text has to be given: `loti note ADDRESS TEXT`"
    );
    let mut text = String::new();
    world.streams.input.read_to_string(&mut text)?;
    Ok(text.trim_end().to_owned())
}
