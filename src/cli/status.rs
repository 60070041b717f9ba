use clap::Args;

use super::filters::Filters;
use super::format::Format;
use super::plan_file::{self, unknown};
use super::{Exit, Global, World};
use crate::model::TableName;
use crate::render;
use crate::view::Board;

/// Show what comes first, the themes' counts, then the plan
///
/// Filters hide rows; counts and percentages stay the whole plan's.
///
///   loti status                      where everything stands
///   loti status services             one theme
///   loti status --today 2021-09-20   as it looks on that day
#[derive(Debug, Default, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct StatusArgs {
    /// The themes to show [default: all]
    #[arg(value_name = "THEME")]
    themes: Vec<String>,
    #[command(flatten)]
    filters: Filters,
    /// In which form
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    format: Format,
}

pub(super) fn run(world: &mut World, global: &Global, args: &StatusArgs) -> anyhow::Result<Exit> {
    let plan = &*plan_file::read(world)?;
    let cycle = plan_file::cycle(plan, global, world)?;
    let mut filter = args.filters.filter(world, plan)?;
    for theme in &args.themes {
        let id = theme.strip_prefix("theme.").unwrap_or(theme);
        if !plan.themes.contains_key(id) {
            return Err(unknown(plan, TableName::Theme, id));
        }
        filter.themes.push(id.to_owned());
    }
    let board = Board::new(plan, &cycle, &filter, world.today);
    let out = &mut world.streams.out;
    match args.format {
        Format::Table => render::status(out, &board, world.today, world.look)?,
        Format::Json => render::json::status(out, &board, world.today)?,
    }
    Ok(Exit::Fine)
}
