//! The command line: one file per command, each with its arguments, its help and what it does.
//!
//! The clock, the environment and the streams are read here, once, into a [`World`]; everything
//! below takes them as facts.

mod add;
mod base;
mod board;
mod check;
mod checkin;
mod coach;
mod completion;
mod cycle;
mod days;
mod diff;
mod edit;
mod editor;
mod elsewhere;
mod explain;
mod export;
mod filters;
mod format;
mod generate;
mod handover;
mod init;
mod interrupt;
mod line;
mod list;
mod log;
mod me;
mod mend;
mod merge;
mod note;
mod open;
mod past;
mod plan_file;
mod remind;
mod remove;
mod rename;
mod report;
mod set;
mod show;
mod status;
mod trend;
mod users_git;
mod verbs;
mod world;
mod write;

use std::process::ExitCode;

use clap::{Args, Parser};

pub use generate::reference;
pub use world::{Streams, World};

use crate::model::read_day as day;

/// OKRs as code: objectives and key results in one file, in git
///
/// A team keeps its objectives and key results in `okrs.toml`. `loti` alone shows where it stands;
/// `loti set 12 at-risk -m "why"` says how a key result is doing; `loti init` begins a plan.
#[derive(Debug, Parser)]
#[command(
    name = "loti",
    version,
    max_term_width = 100,
    disable_help_subcommand = false
)]
#[command(after_help = "New to OKRs? `loti explain okr`, then `loti explain` for all words.")]
struct Head {
    #[command(flatten)]
    global: Global,
}

/// Options that every command takes, with the same meaning.
#[derive(Debug, Args)]
#[command(next_help_heading = "Everywhere")]
pub struct Global {
    /// The plan file; `-` is standard input [default: okrs.toml here or in the nearest folder above]
    #[arg(short, long, global = true, value_name = "PATH")]
    file: Option<String>,
    /// The day to look from, such as 2021-09-20 [default: today]
    #[arg(long, global = true, value_name = "DATE", value_parser = day)]
    today: Option<chrono::NaiveDate>,
    /// The cycle to look at, or `later` for the backlog [default: the current one]
    #[arg(long, global = true, value_name = "ID")]
    cycle: Option<String>,
    /// The plan as it stood at a revision, or at the end of a day, looked at from that day
    #[arg(long, global = true, value_name = "REV|DATE", hide_short_help = true)]
    at: Option<String>,
    /// When to colour
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_short_help = true
    )]
    color: ColorWhen,
    /// The columns to lay out for [default: the terminal's; without a terminal, as long as it comes]
    #[arg(long, global = true, value_name = "COLUMNS", hide_short_help = true)]
    width: Option<usize>,
    /// Say nothing but what was asked for
    #[arg(short, long, global = true, hide_short_help = true)]
    quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum ColorWhen {
    /// Where a terminal reads along
    Auto,
    /// Everywhere
    Always,
    /// Nowhere
    Never,
}

/// How a command ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// It did what was asked.
    Fine,
    /// It found something.
    Finding,
    /// It could not run.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Fine => 0,
            Exit::Finding => 1,
            Exit::Failed => 2,
        })
    }
}

/// Runs a command in a world, and says how it ended.
pub fn run(world: &mut World) -> Exit {
    if let Some(shell) = world.completing.take() {
        return completion::answer(world, &shell);
    }
    let (global, verb) = match verbs::parse(&world.args) {
        Ok(asked) => asked,
        Err(error) => return usage(world, &error),
    };
    if let Err(error) = world.settle(&global) {
        return failed(world, &error);
    }
    let result = verb.run(world, &global);
    let flushed = world.streams.out.flush().map_err(anyhow::Error::from);
    match result.and_then(|exit| flushed.map(|()| exit)) {
        Ok(exit) => exit,
        // Whoever reads has seen enough.
        Err(error) if is_closed_pipe(&error) => Exit::Fine,
        Err(error) => failed(world, &error),
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let io = error
        .chain()
        .find_map(|cause| cause.downcast_ref::<std::io::Error>());
    io.is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}

fn usage(world: &mut World, error: &clap::Error) -> Exit {
    let text = error.render();
    let text = if world.streams.err_colors {
        text.ansi().to_string()
    } else {
        text.to_string()
    };
    // If nobody listens there is nobody to tell.
    if error.use_stderr() {
        let _ = write!(world.streams.err, "{text}");
        Exit::Failed
    } else {
        let _ = write!(world.streams.out, "{text}");
        let _ = world.streams.out.flush();
        Exit::Fine
    }
}

fn failed(world: &mut World, error: &anyhow::Error) -> Exit {
    let _ = world.streams.out.flush();
    if error.downcast_ref::<Told>().is_some() {
        return Exit::Failed;
    }
    world.message(&format!("error: {error:#}"));
    Exit::Failed
}

/// A failure whose reason has been told in full already.
#[derive(Debug)]
struct Told;

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the reason was told")
    }
}

impl std::error::Error for Told {}
