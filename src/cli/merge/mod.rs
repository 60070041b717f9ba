//! `loti merge`: what two people made of one plan, brought together; by git, by hand, or where a merge
//! stopped.

mod attributes;
mod driver;
mod files;
mod install;
mod markers;
mod resolve;
mod situation;

use std::convert::Infallible;
use std::path::Path;

use clap::{Args, Subcommand, ValueEnum};

use super::elsewhere::Elsewhere;
use super::{Exit, Global, World};
use crate::change::merge::{Merged, Notice, Options, Prefer, Texts, merge};
use crate::store::{self, EditError};
use crate::text::{count, printable};

/// Merge what two people made of the plan, key by key
///
/// git merges by lines: two notes on one key result, or two changes next to each other, are a conflict
/// to it. loti merges by address: only what both sides gave different values is one, or what one
/// removed and the other changed. Numbers are never added up, and nothing is dropped in silence.
///
///   loti merge install       let git merge the plan by loti, in this clone
///   loti merge resolve       merge where git stopped, or where markers stand in the file
///   loti merge files BASE OURS THEIRS    print what becomes of three files
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct MergeArgs {
    #[command(subcommand)]
    verb: MergeVerb,
}

#[derive(Debug, Subcommand)]
enum MergeVerb {
    Install(install::InstallArgs),
    Resolve(resolve::ResolveArgs),
    Files(files::FilesArgs),
    Driver(driver::DriverArgs),
}

pub(super) fn run(world: &mut World, _: &Global, args: &MergeArgs) -> anyhow::Result<Exit> {
    match &args.verb {
        MergeVerb::Install(args) => install::run(world, args),
        MergeVerb::Resolve(args) => resolve::run(world, args),
        MergeVerb::Files(args) => files::run(world, args),
        MergeVerb::Driver(args) => driver::run(world, args),
    }
}

/// What every merge can be told.
#[derive(Debug, Args)]
struct HowArgs {
    /// Where both sides gave a key different values, take one of them; the other is lost
    #[arg(long, value_name = "SIDE")]
    prefer: Option<PreferWord>,
    /// End with 1 also where something of theirs was given a new id
    #[arg(long)]
    strict: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PreferWord {
    /// What is here; loses what came in for the same key
    Ours,
    /// What came in; loses what is here for the same key
    Theirs,
    /// That of the side with the younger note on the same thing; loses the other's value, even where
    /// the note says nothing of it. Without a younger note the conflict stays
    NewerNote,
}

impl From<PreferWord> for Prefer {
    fn from(word: PreferWord) -> Self {
        match word {
            PreferWord::Ours => Self::Ours,
            PreferWord::Theirs => Self::Theirs,
            PreferWord::NewerNote => Self::NewerNote,
        }
    }
}

impl HowArgs {
    /// Merges, with an eye on the ids of other branches where a new one is to be given.
    fn merge(&self, world: &World, texts: Texts<'_>) -> Merged {
        let mut options = Options {
            prefer: self.prefer.map(Into::into),
            ..Options::default()
        };
        let merged = merge(texts, &options);
        if !merged.notices.iter().any(is_renumbered) {
            return merged;
        }
        // Looked up only now, since it takes reading every branch.
        options.taken = Elsewhere::of(world).addresses().collect();
        merge(texts, &options)
    }

    /// Returns how a command ends that left these conflicts, after what was done.
    fn exit(&self, conflicts: usize, notices: &[Notice]) -> Exit {
        if conflicts > 0 || (self.strict && notices.iter().any(is_renumbered)) {
            Exit::Finding
        } else {
            Exit::Fine
        }
    }
}

fn is_renumbered(notice: &Notice) -> bool {
    matches!(notice, Notice::Renumbered { .. })
}

/// Says in a line each what a person has to know of a merge, then what it could not decide.
///
/// What was done is said even to whoever wants to hear only what was asked for: nothing is lost or
/// renamed in silence.
fn tell(world: &mut World, name: &str, merged: &Merged) {
    tell_notices(world, name, merged);
    tell_conflicts(world, name, merged);
}

fn tell_notices(world: &mut World, name: &str, merged: &Merged) {
    let _ = world.streams.out.flush();
    for notice in &merged.notices {
        world.message(&one_line(&format!("{name}: {notice}")));
    }
}

fn tell_conflicts(world: &mut World, name: &str, merged: &Merged) {
    /// Beyond this many a person looks into the file.
    const MOST: usize = 20;

    let _ = world.streams.out.flush();
    for conflict in merged.conflicts.iter().take(MOST) {
        world.message(&one_line(&format!("{name}: conflict: {conflict}")));
    }
    let more = merged.conflicts.len().saturating_sub(MOST);
    if more > 0 {
        world.message(&format!("{name}: {} more", count(more, "conflict")));
    }
}

/// Replaces the text of a file, unless somebody changed it since it was read.
fn replace(path: &Path, old: &str, new: &str) -> anyhow::Result<()> {
    let saved = store::edit(path, |text| {
        let is_same = text == old;
        Ok::<_, Infallible>((if is_same { new } else { text }.to_owned(), is_same))
    });
    match saved {
        Ok(true) => Ok(()),
        Ok(false) => anyhow::bail!(
            "somebody else changed `{}` meanwhile, and nothing is written\n\
             hint: look at it, and try again",
            path.display()
        ),
        Err(EditError::Save(error)) => Err(error.into()),
        Err(EditError::Make(never)) => match never {},
    }
}

/// Returns words as a line that a terminal can be shown.
fn one_line(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    printable(&words.join(" ")).into_owned()
}
