use anyhow::bail;
use clap::Args;

use super::{Output, Prepared};
use crate::cli::filters::Filters;
use crate::cli::list::column;
use crate::cli::{Exit, Global, World};
use crate::render::{self, ListColumn};
use crate::view::{self, CycleLine, Sort};

/// The columns where none are asked for.
const COLUMNS: &[ListColumn] = &[
    ListColumn::Id,
    ListColumn::Theme,
    ListColumn::Objective,
    ListColumn::Title,
    ListColumn::Status,
    ListColumn::Progress,
    ListColumn::Current,
    ListColumn::Target,
    ListColumn::Unit,
    ListColumn::Due,
    ListColumn::Days,
    ListColumn::Partners,
    ListColumn::Tags,
    ListColumn::Ask,
    ListColumn::Visibility,
];

/// Write a table for a spreadsheet, a line for each key result
///
/// What a spreadsheet would run as a formula is made text.
///
///   loti export csv --bom -o okrs.csv
///   loti export csv --columns id,title,status,due
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct CsvArgs {
    /// Begin with the mark by which spreadsheets know that it is UTF-8
    #[arg(long)]
    bom: bool,
    /// Which columns, in this order
    #[arg(long, value_name = "COLUMN", value_delimiter = ',', value_parser = column())]
    columns: Vec<ListColumn>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    filters: Filters,
}

pub(super) fn run(world: &mut World, global: &Global, args: &CsvArgs) -> anyhow::Result<Exit> {
    let prepared = Prepared::read(world, global, args.output.audience())?;
    let filter = prepared.filter(world, &args.filters)?;
    let columns = match &args.columns[..] {
        [] => COLUMNS,
        columns => columns,
    };
    are_published(&prepared, columns)?;
    let plan = &prepared.publication.plan;
    let today = world.today;
    let rows = view::list(plan, &prepared.cycle, &filter, Sort::File, today);
    let list = render::List {
        plan,
        cycle: CycleLine::new(plan, &prepared.cycle, today),
        rows: &rows,
        columns,
        by: &[],
        today,
    };
    let is_internal = prepared.edition(world, &filter).is_internal();
    args.output.write(world, |out| {
        if args.bom {
            out.write_all("\u{feff}".as_bytes())?;
        }
        render::csv::export(out, &list, is_internal)
    })?;
    Ok(Exit::Fine)
}

/// Refuses columns that would stand empty, or say what is not so, since it is not published what they
/// are made of.
fn are_published(prepared: &Prepared, columns: &[ListColumn]) -> anyhow::Result<()> {
    use ListColumn::{Checked, Heard, Note, Owner, Reviewer};

    for column in columns {
        let word = match column {
            Owner | Reviewer if !prepared.publication.people => "people",
            Note | Checked | Heard if !prepared.publication.notes => "notes",
            _ => continue,
        };
        bail!(
            "the column `{}` is not published\n\
             hint: `publish = [\"{word}\"]` in `[plan]` publishes it, and `--internal` shows all",
            column.name()
        );
    }
    Ok(())
}
