use clap::{Args, ValueEnum};

use super::filters::{self, Filters};
use super::format::RowFormat;
use super::plan_file;
use super::{Exit, Global, World};
use crate::render;
use crate::view::{self, Days};

/// Show how many days are left, and for whom
///
/// Milestones count as dated things of their own, beside their key result.
///
///   loti days                        by theme
///   loti days --by owner --within 7d who has something due this week
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct DaysArgs {
    /// A line for each of these
    #[arg(long, value_enum, value_name = "WHAT", default_value_t)]
    by: By,
    /// How many days ahead counts as near: `14d`, `2w`
    #[arg(long, value_name = "DAYS", default_value = "14d", value_parser = filters::days)]
    within: i64,
    #[command(flatten)]
    filters: Filters,
    /// In which form
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    format: RowFormat,
}

/// By what the lines are grouped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum By {
    /// Each theme
    #[default]
    Theme,
    /// Each objective
    Objective,
    /// Each owner, inherited or not
    Owner,
}

impl From<By> for view::GroupBy {
    fn from(by: By) -> Self {
        match by {
            By::Theme => Self::Theme,
            By::Objective => Self::Objective,
            By::Owner => Self::Owner,
        }
    }
}

pub(super) fn run(world: &mut World, global: &Global, args: &DaysArgs) -> anyhow::Result<Exit> {
    let plan = &*plan_file::read(world)?;
    let cycle = plan_file::cycle(plan, global, world)?;
    let filter = args.filters.filter(world, plan)?;
    let today = world.today;
    let days = Days::new(plan, &cycle, &filter, args.by.into(), args.within, today);
    let out = &mut world.streams.out;
    match args.format {
        RowFormat::Table => render::days(out, &days, today, world.look)?,
        RowFormat::Json => render::json::days(out, &days, today)?,
        RowFormat::Csv => render::csv::days(out, &days)?,
    }
    if days.groups.is_empty() {
        plan_file::say_none(world, plan, &cycle, &filter);
    }
    Ok(Exit::Fine)
}
