use std::path::Path;

use clap::Args;

use super::{HowArgs, tell};
use crate::change::merge::{Marks, Texts};
use crate::cli::{Exit, World};
use crate::store;

/// Merge three files and print the result
///
/// BASE is what both come from; an empty file, where there is none. What stands where in conflict is
/// said beside the answer, and marked in it. Ends with 1 where there is a conflict.
///
///   loti merge files before.toml mine.toml yours.toml > okrs.toml
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct FilesArgs {
    /// What both sides come from
    #[arg(value_name = "BASE")]
    base: String,
    /// Our side
    #[arg(value_name = "OURS")]
    ours: String,
    /// Their side
    #[arg(value_name = "THEIRS")]
    theirs: String,
    /// Mark conflicts with what both sides come from, too
    #[arg(long)]
    diff3: bool,
    /// How many characters a conflict marker has
    #[arg(long, value_name = "NUMBER", default_value_t = 7, value_parser = clap::value_parser!(u16).range(7..=200))]
    marker_size: u16,
    #[command(flatten)]
    how: HowArgs,
}

pub(super) fn run(world: &mut World, args: &FilesArgs) -> anyhow::Result<Exit> {
    let read = |name: &str| store::read(&world.folder.join(Path::new(name)));
    let (base, ours, theirs) = (read(&args.base)?, read(&args.ours)?, read(&args.theirs)?);
    let texts = Texts {
        base: &base,
        ours: &ours,
        theirs: &theirs,
    };
    let merged = args.how.merge(world, texts);
    let text = merged.text(&Marks {
        size: usize::from(args.marker_size),
        ours: &args.ours,
        base: args.diff3.then_some(&args.base),
        theirs: &args.theirs,
    });
    world.answer(&text)?;
    tell(world, &args.ours, &merged);
    Ok(args.how.exit(merged.conflicts.len(), &merged.notices))
}
