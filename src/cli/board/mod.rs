//! The plan full screen: a state and what a key makes of it, a picture of that, and a thin loop
//! between the terminal, the file and both.

mod draw;
mod entry;
mod file;
mod key;
mod outline;
mod press;
mod screen;
mod seen;
mod state;
#[cfg(test)]
mod tests;

use std::io::IsTerminal as _;
use std::time::Duration;

use anyhow::Context as _;
use clap::Args;

use self::file::{File, Renewed};
use self::screen::{Screen, Told};
use self::seen::Seen;
use self::state::{Effect, State};
use super::me::Me;
use super::{Exit, Global, World, plan_file};
use crate::document::Document;

/// Look at the plan full screen, and change it from the keys
///
/// What comes first stands on top, the plan below it: themes, their objectives, their key results.
/// Enter shows one whole, `/` finds, `s` sets a status, `v` a figure, `m` writes a note, `t` sees to
/// the milestones, `u` takes back, and `?` shows every key. What is set is saved at once, as `loti
/// set` and `loti note` do it; what others write shows by itself.
///
///   loti board
///   loti board --cycle y3q1
///   loti board --at 2021-09-01        as it stood, only to look at
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct BoardArgs {}

/// How long the file is not looked at while no key is pressed.
const GLANCE: Duration = Duration::from_millis(400);

pub(super) fn run(world: &mut World, global: &Global, _: &BoardArgs) -> anyhow::Result<Exit> {
    anyhow::ensure!(
        std::io::stdin().is_terminal() && std::io::stdout().is_terminal(),
        "the board needs a terminal\n\
         hint: `loti status` prints the same, and `loti status --format json` for programs"
    );
    let is_past = world.at.is_some();
    let path = if is_past {
        None
    } else {
        plan_file::path(world)?
    };
    anyhow::ensure!(
        is_past || path.is_some(),
        "the board needs a file, which it can change: standard input is none"
    );
    let document = Document::read(plan_file::source(world)?);
    plan_file::refuse(world, &document)?;
    let cycle = plan_file::cycle(&document.plan, global, world)?;
    anyhow::ensure!(
        !world.is_dumb(),
        "the board needs a terminal that can be drawn on, and TERM is `dumb`\n\
         hint: `loti status` prints the same"
    );
    let path = path.map(|path| world.folder.join(path));
    let mut file = File::new(path, &document.source);
    let mut seen = Seen::new(document.plan, cycle, world.today, world.look);
    let me = Me::of(world);

    let mut screen = Screen::open().context("the terminal cannot be taken over")?;
    let size = screen.terminal.size()?;
    let mut state = State::new(&seen, (size.width, size.height));
    state.is_past = is_past;
    let mut is_new = true;
    loop {
        if is_new {
            let terminal = &mut screen.terminal;
            terminal.draw(|frame| draw::draw(frame, &state, &seen))?;
        }
        let told = screen.next(GLANCE)?;
        let effect = match told {
            Told::Key(key) => state.key(key, &seen),
            Told::Pasted(ref words) => state.paste(words, &seen),
            Told::Resized => {
                let size = screen.terminal.size()?;
                state.resize(&seen, (size.width, size.height));
                Effect::Nothing
            }
            Told::Nothing => Effect::Nothing,
            Told::End => Effect::Quit,
        };
        let done = match effect {
            Effect::Quit => return Ok(Exit::Fine),
            Effect::Save(wish) => {
                let saved = file.save(&wish, &me, seen.today);
                if saved.is_ok() {
                    state.saved();
                }
                Some(saved)
            }
            Effect::Undo => Some(file.undo()),
            Effect::Nothing if told == Told::Nothing => file.changed(),
            Effect::Nothing => None,
        };
        is_new = told != Told::Nothing || done.is_some();
        match done {
            Some(Ok(Renewed { plan, words })) => {
                let renewed = seen.anew(plan, seen.today);
                let before = std::mem::replace(&mut seen, renewed);
                state.say(words);
                state.renew(&before, &seen);
            }
            Some(Err(error)) => state.complain(format!("{error:#}")),
            None => {}
        }
        // A board that stands open over midnight is that of the new day.
        let today = world.day_to_look_from(global)?;
        if today != seen.today {
            let renewed = seen.anew(seen.plan.clone(), today);
            let before = std::mem::replace(&mut seen, renewed);
            state.renew(&before, &seen);
            is_new = true;
        }
    }
}
