use clap::Args;

use super::{Output, Prepared};
use crate::cli::filters::Filters;
use crate::cli::{Exit, Global, World};
use crate::render;

/// Write everything that may be published, for programs
///
/// It carries a version and only ever grows; `loti schema --of export` prints its JSON Schema.
///
///   loti export json -o okrs.json
///   loti export json | jq '.themes[] | .name, .counts.done'
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct JsonArgs {
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    filters: Filters,
}

pub(super) fn run(world: &mut World, global: &Global, args: &JsonArgs) -> anyhow::Result<Exit> {
    let prepared = Prepared::read(world, global, args.output.audience())?;
    let filter = prepared.filter(world, &args.filters)?;
    let edition = prepared.edition(world, &filter);
    args.output
        .write(world, |out| render::json::export(out, &edition))?;
    Ok(Exit::Fine)
}
