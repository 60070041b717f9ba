use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, ValueEnum};

use super::filters::Filters;
use super::format::RowFormat;
use super::plan_file;
use super::{Exit, Global, World};
use crate::render::{self, ListColumn};
use crate::view::{self, CycleLine, Filter};

/// List key results, one row each
///
/// Without filters these are all of the cycle. JSON always holds every field; the columns are those
/// of the table and of CSV.
///
///   loti list --open --sort due            what is still to come, the next first
///   loti list --owner bus-team --overdue   what a team is late with
///   loti list --columns id,title,note      other columns
///   loti list --format csv > okrs.csv      for a spreadsheet
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct ListArgs {
    #[command(flatten)]
    filters: Filters,
    /// In which order
    #[arg(long, value_enum, value_name = "ORDER", default_value_t)]
    sort: Order,
    /// Which columns, in this order [default: those that tell the rows apart]
    #[arg(long, value_name = "COLUMN", value_delimiter = ',', value_parser = column())]
    columns: Vec<ListColumn>,
    /// In which form
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    format: RowFormat,
}

/// In which order a list stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Order {
    /// As in the file
    #[default]
    File,
    /// The next due day first
    Due,
    /// What is in most trouble first
    Status,
    /// The least progress first
    Progress,
    /// By owner
    Owner,
    /// The longest unheard of first
    Heard,
}

impl From<Order> for view::Sort {
    fn from(order: Order) -> Self {
        match order {
            Order::File => Self::File,
            Order::Due => Self::Due,
            Order::Status => Self::Status,
            Order::Progress => Self::Progress,
            Order::Owner => Self::Owner,
            Order::Heard => Self::Heard,
        }
    }
}

/// Takes a column by its name, or answers with the nearest one.
pub(super) fn column() -> impl clap::builder::TypedValueParser<Value = ListColumn> {
    PossibleValuesParser::new(ListColumn::ALL.iter().map(|column| column.name()))
        .try_map(|name| ListColumn::parse(&name).ok_or("there is no such column"))
}

/// Returns the columns that show why a row is listed, or where: what the filter and the order ask of.
fn by(filter: &Filter, order: Order) -> Vec<ListColumn> {
    let is_by_day = filter.overdue || filter.due_within.is_some() || order == Order::Due;
    let wanted = [
        (is_by_day, ListColumn::Next),
        (filter.stale || order == Order::Heard, ListColumn::Heard),
        (filter.asks, ListColumn::Ask),
        (!filter.partners.is_empty(), ListColumn::Partners),
        (!filter.tags.is_empty(), ListColumn::Tags),
    ];
    let wanted = wanted.into_iter().filter(|(is_wanted, _)| *is_wanted);
    wanted.map(|(_, column)| column).collect()
}

pub(super) fn run(world: &mut World, global: &Global, args: &ListArgs) -> anyhow::Result<Exit> {
    let plan = &*plan_file::read(world)?;
    let cycle = plan_file::cycle(plan, global, world)?;
    let filter = args.filters.filter(world, plan)?;
    let today = world.today;
    let rows = view::list(plan, &cycle, &filter, args.sort.into(), today);
    let list = render::List {
        plan,
        cycle: CycleLine::new(plan, &cycle, today),
        rows: &rows,
        columns: &args.columns,
        by: &by(&filter, args.sort),
        today,
    };
    let out = &mut world.streams.out;
    match args.format {
        RowFormat::Table => render::list(out, &list, world.look)?,
        RowFormat::Json => render::json::list(out, &list)?,
        RowFormat::Csv => render::csv::list(out, &list)?,
    }
    if rows.is_empty() {
        plan_file::say_none(world, plan, &cycle, &filter);
    }
    Ok(Exit::Fine)
}
