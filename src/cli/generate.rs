//! What is made from the command line's own definition and from the table of keys.

use clap::{Args, CommandFactory as _};

use super::{Command, Exit, World};
use crate::render;

/// Print the JSON Schema of the plan file, for editors
///
///   loti schema > okrs.schema.json
///
/// With `#:schema ./okrs.schema.json` as the first line of `okrs.toml`, editors complete its keys
/// and show what they mean.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct SchemaArgs {}

/// Print completions for a shell
///
///   loti completions bash > ~/.local/share/bash-completion/completions/loti
///   loti completions zsh > ~/.zfunc/_loti
///   loti completions fish > ~/.config/fish/completions/loti.fish
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct CompletionsArgs {
    /// The shell
    shell: clap_complete::Shell,
}

/// Print the manual page
///
///   loti man | man -l -
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct ManArgs {}

pub(super) fn schema(world: &mut World) -> anyhow::Result<Exit> {
    serde_json::to_writer_pretty(&mut world.streams.out, &render::schema())?;
    writeln!(world.streams.out)?;
    Ok(Exit::Fine)
}

pub(super) fn completions(world: &mut World, args: &CompletionsArgs) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Command::command(), "loti", &mut script);
    world.streams.out.write_all(&script)?;
    Ok(Exit::Fine)
}

pub(super) fn man(world: &mut World) -> anyhow::Result<Exit> {
    let out = &mut world.streams.out;
    clap_mangen::Man::new(Command::command()).render(out)?;
    Ok(Exit::Fine)
}
