use clap::Args;

use super::{Output, Prepared};
use crate::cli::{Exit, Global, World};
use crate::render::export;
use crate::view::Filter;

/// Write a picture: a summary that fills one slide, or a badge
///
/// A picture reads on light and on dark, and asks for nothing from elsewhere.
///
///   loti export svg -o okrs.svg
///   loti export svg --badge --label "Our OKRs" -o badge.svg
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct SvgArgs {
    /// A badge for a README: how many key results are done
    #[arg(long)]
    badge: bool,
    /// What stands on the left of the badge
    #[arg(long, value_name = "WORDS", default_value = "OKRs", requires = "badge")]
    label: String,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(world: &mut World, global: &Global, args: &SvgArgs) -> anyhow::Result<Exit> {
    let prepared = Prepared::read(world, global, args.output.audience())?;
    let edition = prepared.edition(world, &Filter::default());
    args.output.write(world, |out| {
        if args.badge {
            export::badge(out, &edition, &args.label)
        } else {
            export::summary(out, &edition)
        }
    })?;
    Ok(Exit::Fine)
}
