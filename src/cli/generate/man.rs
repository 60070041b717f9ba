use std::io::{self, Write};

use clap::{Args, Command};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::super::plan_file::did_you_mean;
use super::super::verbs::definition_of_all;
use super::super::{Exit, Global, World};
use crate::text::nearest;

/// Print the manual page of loti, or of one of its commands
///
///   loti man | man -l -
///   loti man set | man -l -
///   loti man set > ~/.local/share/man/man1/loti-set.1
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(in crate::cli) struct ManArgs {
    /// The command, such as `set` or `cycle list` [default: loti as a whole]
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
}

pub(in crate::cli) fn man(world: &mut World, _: &Global, args: &ManArgs) -> anyhow::Result<Exit> {
    let mut root = definition_of_all().disable_help_subcommand(true);
    root.build();
    let mut command = &root;
    for word in &args.command {
        command = command.find_subcommand(word).ok_or_else(|| {
            let names = command.get_subcommands().map(Command::get_name);
            match nearest(word, names) {
                Some(near) => did_you_mean("command", word, near),
                None => {
                    anyhow::anyhow!("there is no command `{word}`\nhint: `loti help` lists them")
                }
            }
        })?;
    }
    page(&mut world.streams.out, &root, command)?;
    Ok(Exit::Fine)
}

/// Writes the manual page of a command.
fn page(out: &mut dyn Write, root: &Command, command: &Command) -> io::Result<()> {
    let is_root = command.get_name() == root.get_name();
    let version = root.get_version().unwrap_or_default();
    // What `-h` leaves out for its brevity belongs here.
    let whole = command.clone().mut_args(|arg| arg.hide_short_help(false));
    let man = Man::new(whole.subcommand_help_heading("COMMANDS"));
    let title = command.get_display_name().unwrap_or(command.get_name());
    let about = command.get_long_about().or(command.get_about());
    let about = about.map(ToString::to_string).unwrap_or_default();
    let (prose, examples) = parted(&about);

    // By hand, for the place of a day that is not said.
    writeln!(
        out,
        ".TH {title} 1 \"\" \"loti {version}\" \"OKRs as code\""
    )?;
    man.render_name_section(out)?;
    let mut roff = Roff::new();
    roff.control("SH", ["SYNOPSIS"]);
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ");
    let name = command.get_bin_name().unwrap_or(command.get_name());
    let rest = usage.strip_prefix(name).unwrap_or_default();
    roff.text([bold(name), roman(rest)]);
    roff.control("SH", ["DESCRIPTION"]);
    for line in prose {
        if line.is_empty() {
            roff.control("PP", []);
        } else {
            roff.text([roman(line)]);
        }
    }
    roff.to_writer(out)?;
    man.render_options_section(out)?;
    if command.has_subcommands() {
        man.render_subcommands_section(out)?;
    }

    let mut roff = Roff::new();
    if is_root {
        list(&mut roff, "ENVIRONMENT", ENVIRONMENT);
        list(&mut roff, "FILES", FILES);
    }
    list(&mut roff, "EXIT STATUS", EXIT_STATUS);
    let examples = if is_root { EXAMPLES.to_vec() } else { examples };
    if !examples.is_empty() {
        roff.control("SH", ["EXAMPLES"]);
        roff.control("nf", []);
        for line in examples {
            roff.text([roman(line)]);
        }
        roff.control("fi", []);
    }
    roff.control("SH", ["SEE ALSO"]);
    let see = if is_root {
        "git(1); `loti man COMMAND` prints the page of a command, `loti explain` says what the words mean"
    } else {
        "loti(1); `loti explain` says what the words mean"
    };
    roff.text([roman(see)]);
    roff.to_writer(out)
}

/// Parts a help text into its prose and its examples, which are the indented lines.
fn parted(about: &str) -> (Vec<&str>, Vec<&str>) {
    let (mut prose, mut examples) = (Vec::new(), Vec::new());
    for line in about.lines() {
        match line.strip_prefix("  ") {
            Some(example) => examples.push(example),
            None => prose.push(line.trim()),
        }
    }
    while prose.last().is_some_and(|line| line.is_empty()) {
        prose.pop();
    }
    // What the name's line says already, unless there is no more.
    if let [_, "", ..] = prose[..] {
        prose.drain(..2);
    }
    (prose, examples)
}

/// Writes a section of names and what they mean.
fn list(roff: &mut Roff, heading: &str, entries: &[(&str, &str)]) {
    roff.control("SH", [heading]);
    for (name, text) in entries {
        roff.control("TP", []);
        roff.text([bold(*name)]);
        roff.text([roman(*text)]);
    }
}

const ENVIRONMENT: &[(&str, &str)] = &[
    (
        "LOTI_FILE",
        "The plan file, as with `--file`, which wins over it.",
    ),
    (
        "LOTI_TODAY",
        "The day to look from, as with `--today`, which wins over it.",
    ),
    (
        "NO_COLOR",
        "Where it is set and not empty, nothing is coloured unless `--color always` asks for it.",
    ),
    (
        "CLICOLOR_FORCE",
        "Where it is set and neither empty nor 0, colour is used without a terminal too. NO_COLOR \
         wins over it.",
    ),
    (
        "VISUAL, EDITOR",
        "The editor that `loti edit` and `loti note` open, with options if it needs any. VISUAL \
         wins. Without either, it is vi where a terminal and vi are there.",
    ),
];

const FILES: &[(&str, &str)] = &[
    (
        "okrs.toml",
        "The plan: in the folder the command is given in, or in the nearest folder above it.",
    ),
    (
        "okrs.schema.json",
        "A JSON Schema of the plan, written by `loti schema`, by which editors complete its keys.",
    ),
];

const EXIT_STATUS: &[(&str, &str)] = &[
    ("0", "It did what was asked."),
    ("1", "It found something, such as an error in the plan."),
    (
        "2",
        "It could not run: the plan or the command cannot be read, or a change was refused.",
    ),
];

const EXAMPLES: &[&str] = &[
    "loti init                                       begin a plan",
    "loti status                                     where it stands",
    "loti set 12 at-risk -m \"The supplier is late.\"  how a key result stands, and why",
    "loti list --overdue                             what is late",
    "loti set 4 current=260 --dry-run                what a change would be",
    "git show HEAD~9:okrs.toml | loti status -f -    an earlier plan",
];
