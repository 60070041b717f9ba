use clap::Args;

use super::{Manuscript, Output};
use crate::cli::{Exit, Global, World};
use crate::render::html;

/// Write one page for the web: the plan that anyone can read
///
/// The page is one file and asks for nothing from elsewhere: it can be mailed, put on a server or
/// opened from a disk. Without script it says everything; with it, it can be searched. Where there is
/// a git repository it draws how progress came to where it is. `loti open` shows it.
///
///   loti export html -o okrs.html
///   loti export html --since 2021-09-06 -o okrs.html
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct HtmlArgs {
    /// Tell what changed since a day or a revision
    #[arg(long, value_name = "DATE|REV")]
    since: Option<String>,
    #[command(flatten)]
    output: Output,
}

pub(super) fn run(world: &mut World, global: &Global, args: &HtmlArgs) -> anyhow::Result<Exit> {
    let audience = args.output.audience();
    let manuscript = Manuscript::read(world, global, audience, args.since.as_deref())?;
    let page = manuscript.page(world)?;
    args.output.write(world, |out| {
        html::page(out, &page, html::Setting::default())
    })?;
    Ok(Exit::Fine)
}
