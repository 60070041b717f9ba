//! The commands, each with its word, its arguments and what it does; and which of them a command
//! line needs.

use std::ffi::OsString;

use clap::{ArgMatches, Args as _, CommandFactory as _, FromArgMatches as _};

use super::{
    Exit, Global, Head, World, add, board, check, checkin, cycle, days, diff, edit, explain,
    export, generate, handover, init, list, log, merge, note, open, remind, remove, rename, report,
    set, show, status, trend,
};
use crate::text::printable;

macro_rules! verbs {
    ($($word:literal $verb:ident($args:ty) $run:path,)*) => {
        /// A command with its arguments.
        #[derive(Debug)]
        pub(super) enum Verb {
            $($verb($args),)*
        }

        impl Verb {
            /// Does what was asked.
            pub(super) fn run(&self, world: &mut World, global: &Global) -> anyhow::Result<Exit> {
                match self {
                    $(Self::$verb(args) => $run(world, global, args),)*
                }
            }

            fn from_matches(word: &str, matches: &ArgMatches) -> Result<Self, clap::Error> {
                match word {
                    $($word => <$args>::from_arg_matches(matches).map(Self::$verb),)*
                    _ => unreachable!("clap knows only the commands of this list"),
                }
            }
        }

        /// Returns the definition of `loti` with those of its commands whose words are wanted.
        fn definition(is_wanted: impl Fn(&str) -> bool) -> clap::Command {
            let mut root = Head::command();
            $(if is_wanted($word) {
                root = root.subcommand(<$args>::augment_args(clap::Command::new($word)));
            })*
            root
        }
    };
}

verbs! {
    "status" Status(status::StatusArgs) status::run,
    "list" List(list::ListArgs) list::run,
    "show" Show(show::ShowArgs) show::run,
    "days" Days(days::DaysArgs) days::run,
    "board" Board(board::BoardArgs) board::run,
    "cycle" Cycle(cycle::CycleArgs) cycle::run,
    "checkin" Checkin(checkin::CheckinArgs) checkin::run,
    "set" Set(set::SetArgs) set::run,
    "note" Note(note::NoteArgs) note::run,
    "edit" Edit(edit::EditArgs) edit::run,
    "add" Add(add::AddArgs) add::run,
    "remove" Remove(remove::RemoveArgs) remove::run,
    "rename" Rename(rename::RenameArgs) rename::run,
    "handover" Handover(handover::HandoverArgs) handover::run,
    "check" Check(check::CheckArgs) check::run,
    "diff" Diff(diff::DiffArgs) diff::run,
    "log" Log(log::LogArgs) log::run,
    "report" Report(report::ReportArgs) report::run,
    "remind" Remind(remind::RemindArgs) remind::run,
    "trend" Trend(trend::TrendArgs) trend::run,
    "export" Export(export::ExportArgs) export::run,
    "open" Open(open::OpenArgs) open::run,
    "merge" Merge(merge::MergeArgs) merge::run,
    "init" Init(init::InitArgs) init::run,
    "explain" Explain(explain::ExplainArgs) explain::run,
    "schema" Schema(generate::SchemaArgs) generate::schema,
    "completions" Completions(generate::CompletionsArgs) generate::completions,
    "man" Man(generate::ManArgs) generate::man,
}

/// Returns the definition of `loti` with all its commands.
pub(super) fn definition_of_all() -> clap::Command {
    definition(|_| true)
}

/// Reads a command line.
///
/// Only the commands that its words name are set up, since setting up all of them costs more than
/// a small plan does. Whatever cannot be read that way (help, a misspelling) is read with all, and
/// with words that a terminal can be shown, since a message may repeat them.
pub(super) fn parse(words: &[OsString]) -> Result<(Global, Verb), clap::Error> {
    let is_named = |verb: &str| words.iter().any(|word| word == verb);
    let matches = definition(is_named)
        .try_get_matches_from(words)
        .or_else(|first| match first.kind() {
            // Shown words could be read, and would not be what was given.
            clap::error::ErrorKind::InvalidUtf8 => Err(first),
            _ => definition_of_all().try_get_matches_from(words.iter().map(shown)),
        })?;
    let global = Global::from_arg_matches(&matches)?;
    let verb = match matches.subcommand() {
        Some((word, matches)) => Verb::from_matches(word, matches)?,
        None => Verb::Status(status::StatusArgs::default()),
    };
    Ok((global, verb))
}

/// Returns a word as a terminal can be shown it.
fn shown(word: &OsString) -> OsString {
    printable(&word.to_string_lossy()).replace('\n', " ").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_sound() {
        definition_of_all().debug_assert();
    }
}
