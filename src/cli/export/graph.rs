use std::io;

use clap::Args;

use super::{Output, Prepared};
use crate::cli::filters::Filters;
use crate::cli::{Exit, Global, World};
use crate::render::export;
use crate::view::Edition;

/// Write what supports and needs what as a graph for Graphviz
///
///   loti export dot | dot -Tsvg > graph.svg
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct DotArgs {
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    filters: Filters,
}

/// Write what supports and needs what as a graph for Mermaid, which GitHub and GitLab draw
///
///   loti export mermaid -o graph.mmd
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct MermaidArgs {
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    filters: Filters,
}

pub(super) fn dot(world: &mut World, global: &Global, args: &DotArgs) -> anyhow::Result<Exit> {
    write(world, global, &args.output, &args.filters, export::dot)
}

pub(super) fn mermaid(
    world: &mut World,
    global: &Global,
    args: &MermaidArgs,
) -> anyhow::Result<Exit> {
    write(world, global, &args.output, &args.filters, export::mermaid)
}

fn write(
    world: &mut World,
    global: &Global,
    output: &Output,
    filters: &Filters,
    form: fn(&mut dyn io::Write, &Edition<'_>) -> io::Result<()>,
) -> anyhow::Result<Exit> {
    let prepared = Prepared::read(world, global, output.audience())?;
    let filter = prepared.filter(world, filters)?;
    let edition = prepared.edition(world, &filter);
    output.write(world, |out| form(out, &edition))?;
    Ok(Exit::Fine)
}
