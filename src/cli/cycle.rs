mod asked;
mod close;
mod kept;
mod start;

use clap::{Args, Subcommand};

use super::format::RowFormat;
use super::plan_file;
use super::{Exit, Global, World};
use crate::render;
use crate::view;

/// List, start and close the cycles that the plan is made for
#[derive(Debug, Args)]
pub(super) struct CycleArgs {
    #[command(subcommand)]
    verb: CycleVerb,
}

#[derive(Debug, Subcommand)]
enum CycleVerb {
    List(ListArgs),
    Start(start::StartArgs),
    Close(close::CloseArgs),
}

/// List the cycles with their days and counts
///
///   loti cycle list
///   loti status --cycle ID    where one of them stands
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
struct ListArgs {
    /// In which form
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    format: RowFormat,
}

pub(super) fn run(world: &mut World, global: &Global, args: &CycleArgs) -> anyhow::Result<Exit> {
    match &args.verb {
        CycleVerb::List(args) => list(world, args),
        CycleVerb::Start(args) => start::run(world, args),
        CycleVerb::Close(args) => close::run(world, global, args),
    }
}

fn list(world: &mut World, args: &ListArgs) -> anyhow::Result<Exit> {
    let plan = plan_file::read(world)?;
    let today = world.today;
    let rows = view::cycles(&plan, today);
    let out = &mut world.streams.out;
    match args.format {
        RowFormat::Table => render::cycles(out, &rows, world.look)?,
        RowFormat::Json => render::json::cycles(out, &rows, today)?,
        RowFormat::Csv => render::csv::cycles(out, &rows)?,
    }
    Ok(Exit::Fine)
}
