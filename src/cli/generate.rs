//! What is made from the command line's own definition and from the table of keys.

mod man;

use std::fmt::Write as _;

use clap::{Arg, Args, ValueEnum};

pub(super) use man::{ManArgs, man};

use super::verbs::definition_of_all;
use super::{Exit, Global, World, completion};
use crate::render;

/// Print the JSON Schema of the plan file, for editors, or of what is exported, for programs
///
///   loti schema > okrs.schema.json
///   loti schema --of export > export.schema.json
///
/// With `#:schema ./okrs.schema.json` as the first line of `okrs.toml`, editors complete its keys
/// and show what they mean.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct SchemaArgs {
    /// Of what
    #[arg(long, value_enum, value_name = "WHAT", default_value_t)]
    of: SchemaOf,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum SchemaOf {
    /// The plan file
    #[default]
    Plan,
    /// What `loti export json` writes
    Export,
}

/// Print what makes a shell complete loti's commands, and the words of the plan
///
/// Ids, addresses, statuses, owners, tags, themes, cycles and rules come from the plan and from loti
/// itself each time the Tab key is pressed, so nothing has to be made anew when they change. Put the
/// line for your shell where it reads it when it starts:
///
///   source <(loti completions bash)        in ~/.bashrc
///   source <(loti completions zsh)         in ~/.zshrc, after compinit
///   loti completions fish | source         in ~/.config/fish/completions/loti.fish
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct CompletionsArgs {
    /// The shell
    shell: clap_complete::Shell,
}

pub(super) fn schema(world: &mut World, _: &Global, args: &SchemaArgs) -> anyhow::Result<Exit> {
    let schema = match args.of {
        SchemaOf::Plan => render::schema(),
        SchemaOf::Export => render::export::schema(),
    };
    serde_json::to_writer_pretty(&mut world.streams.out, &schema)?;
    writeln!(world.streams.out)?;
    Ok(Exit::Fine)
}

pub(super) fn completions(
    world: &mut World,
    _: &Global,
    args: &CompletionsArgs,
) -> anyhow::Result<Exit> {
    completion::registration(world, &args.shell.to_string())?;
    Ok(Exit::Fine)
}

const REFERENCE_HEAD: &str = "\
<!-- Written by `LOTI_UPDATE=1 cargo test --test it reference` from the command line's own definition. -->

# The commands of loti
";

/// Returns the reference of all commands, as a Markdown page: what `--help` says, in one place.
pub fn reference() -> String {
    let mut root = definition_of_all();
    root.build();
    let mut page = REFERENCE_HEAD.to_owned();
    tell(&mut page, &root, 2);
    page
}

/// Writes down a command and those below it.
fn tell(page: &mut String, command: &clap::Command, level: usize) {
    let name = command.get_bin_name().unwrap_or(command.get_name());
    let _ = write!(page, "\n{} {name}\n\n", "#".repeat(level));
    let about = command.get_long_about().or(command.get_about());
    page.push_str(&fenced(&about.map(ToString::to_string).unwrap_or_default()));
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ");
    let _ = write!(page, "\n```text\n{usage}\n```\n");

    let is_root = level == 2;
    let own = |arg: &&Arg| {
        !arg.is_hide_set()
            && (is_root || !arg.is_global_set())
            && !matches!(arg.get_id().as_str(), "help" | "version")
    };
    let mut args: Vec<_> = command.get_arguments().filter(own).collect();
    args.sort_by_key(|arg| !arg.is_positional());
    if is_root {
        page.push_str("\nEvery command takes these:\n");
    }
    if !args.is_empty() {
        page.push('\n');
    }
    for arg in args {
        let shown = arg.to_string();
        let short = arg.get_short().map(|short| format!("-{short}, "));
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        let _ = write!(page, "- `{}{shown}`: {help}", short.unwrap_or_default());
        let values = arg.get_possible_values();
        if !values.is_empty() && arg.get_action().takes_values() {
            let names = values.iter().map(|value| format!("`{}`", value.get_name()));
            let names: Vec<_> = names.collect();
            let _ = write!(page, "; one of {}", names.join(", "));
        }
        page.push('\n');
    }
    for below in command.get_subcommands() {
        if below.get_name() != "help" {
            tell(page, below, level + 1);
        }
    }
}

/// Puts a fence around the indented lines of a help text, which are commands to type.
fn fenced(text: &str) -> String {
    let mut shown = String::new();
    let mut is_code = false;
    for line in text.lines() {
        let code = line.strip_prefix("  ");
        if code.is_some() != is_code && (is_code || code.is_some()) {
            shown.push_str(if is_code { "```\n" } else { "```sh\n" });
            is_code = !is_code;
        }
        shown.push_str(code.unwrap_or(line));
        shown.push('\n');
    }
    if is_code {
        shown.push_str("```\n");
    }
    shown
}
