use clap::Args;

use super::format::Format;
use super::plan_file;
use super::{Exit, Global, World};
use crate::render;
use crate::view;

/// Show one thing of the plan whole
///
///   loti show 3                        a key result
///   loti show objective.data theme.x   an objective and a theme
///   loti show kr.3.milestone.route     a milestone
///   loti show person.ana               what somebody owns and reviews
///   loti show plan cycle.q1            the plan itself, and a cycle
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct ShowArgs {
    /// What to show: `3`, `kr.3`, `objective.ID`, `theme.ID`, `cycle.ID`, `person.ID`, `plan`
    #[arg(value_name = "ADDRESS", required = true)]
    addresses: Vec<String>,
    /// In which form
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    format: Format,
}

pub(super) fn run(world: &mut World, global: &Global, args: &ShowArgs) -> anyhow::Result<Exit> {
    let plan = &*plan_file::read(world)?;
    let cycle = plan_file::cycle(plan, global, world)?;
    let mut details = Vec::new();
    for word in &args.addresses {
        let address = plan_file::address(plan, word)?;
        details.extend(view::show(plan, &address, &cycle, world.today));
    }
    let out = &mut world.streams.out;
    match args.format {
        Format::Table => render::show(out, plan, &details, world.today, world.look)?,
        Format::Json => render::json::show(out, plan, &details, world.today)?,
    }
    Ok(Exit::Fine)
}
