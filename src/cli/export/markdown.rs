use std::path::{Path, PathBuf};

use clap::Args;

use super::output::is_not_the_plan;
use super::{Output, Prepared};
use crate::cli::filters::Filters;
use crate::cli::{Exit, Global, World, plan_file};
use crate::render::export;
use crate::store::{self, EditError};
use crate::text::between;

/// The lines between which a file is updated.
const BEGIN: &str = "<!-- loti:begin -->";
const END: &str = "<!-- loti:end -->";

/// Write a section for a wiki or a README
///
/// With `--update` it goes between two lines of a file, and nothing else of that file changes:
///
///   <!-- loti:begin -->
///   <!-- loti:end -->
///
///   loti export markdown --update README.md
///   loti export markdown --since 2021-09-06 --level 3
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct MarkdownArgs {
    /// The file in which to replace what stands between the two lines
    #[arg(long, value_name = "FILE", conflicts_with = "output")]
    update: Option<PathBuf>,
    /// Tell what changed since a day or a revision
    #[arg(long, value_name = "DATE|REV")]
    since: Option<String>,
    /// The level of the heading; those below it are of the next ones
    #[arg(long, value_name = "LEVEL", default_value = "2", value_parser = clap::value_parser!(u8).range(1..=4))]
    level: u8,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    filters: Filters,
}

pub(super) fn run(world: &mut World, global: &Global, args: &MarkdownArgs) -> anyhow::Result<Exit> {
    let prepared = Prepared::read(world, global, args.output.audience())?;
    let filter = prepared.filter(world, &args.filters)?;
    let mut edition = prepared.edition(world, &filter);
    if let Some(since) = &args.since {
        edition.since = Some(prepared.since(world, since)?);
    }
    let Some(file) = &args.update else {
        args.output
            .write(world, |out| export::markdown(out, &edition, args.level))?;
        return Ok(Exit::Fine);
    };
    let mut section = Vec::new();
    export::markdown(&mut section, &edition, args.level)?;
    update(world, file, &String::from_utf8(section)?)?;
    Ok(Exit::Fine)
}

/// Replaces what stands between the two lines of a file.
fn update(world: &mut World, file: &Path, section: &str) -> anyhow::Result<()> {
    let path = world.folder.join(file);
    is_not_the_plan(world, &path)?;
    let section = format!("\n{section}\n");
    let shown = plan_file::shown(world, &path);
    let changed = store::edit(&path, |old| {
        let new = between(old, [BEGIN, END], &section)?;
        let is_changed = new != old;
        Ok::<_, crate::text::BetweenError>((new, is_changed))
    });
    let is_changed = match changed {
        Ok(is_changed) => is_changed,
        Err(EditError::Save(error)) => return Err(error.into()),
        Err(EditError::Make(error)) => anyhow::bail!(
            "`{shown}`: {error}\n\
             hint: the section goes between a line `{BEGIN}` and a line `{END}` below it"
        ),
    };
    world.say(&if is_changed {
        format!("updated: {shown}")
    } else {
        format!("nothing changed in {shown}: it already says so")
    });
    Ok(())
}
