use clap::Args;

use super::{Output, Prepared};
use crate::cli::filters::{self, Filters};
use crate::cli::{Exit, Global, World};
use crate::render::export;

/// Write a calendar: due days and milestones as all-day events
///
/// An event keeps its id as long as its address and the plan's name stay, so that a calendar that
/// fetches it again moves events and does not double them.
///
///   loti export ics -o okrs.ics
///   loti export ics --alarm 7d --alarm 1d --theme reach -o reach.ics
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct IcsArgs {
    /// Remind so long before what is still open: `7d`, `2w`; may be given several times
    #[arg(long, value_name = "DAYS", value_parser = filters::days)]
    alarm: Vec<i64>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    filters: Filters,
}

pub(super) fn run(world: &mut World, global: &Global, args: &IcsArgs) -> anyhow::Result<Exit> {
    let prepared = Prepared::read(world, global, args.output.audience())?;
    let filter = prepared.filter(world, &args.filters)?;
    let edition = prepared.edition(world, &filter);
    args.output
        .write(world, |out| export::icalendar(out, &edition, &args.alarm))?;
    Ok(Exit::Fine)
}
