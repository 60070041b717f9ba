use std::path::Path;

use clap::Args;

use super::{HowArgs, replace, tell};
use crate::change::merge::{Marks, Side, Texts};
use crate::cli::{Exit, World};
use crate::git;
use crate::store;

/// Merge a file for git, which calls this by itself after `loti merge install`
///
/// git gives three files, the size of conflict markers, the merged file's path and, from 2.44 on, what
/// it calls the three. The result takes the place of OURS, whole or not at all; ends with 0 where all
/// is merged, 1 where conflicts are marked in it, 2 where it could not merge.
///
///   loti merge driver -- %O %A %B %L %P %S %X %Y
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct DriverArgs {
    /// What both sides come from: git's %O
    #[arg(value_name = "BASE")]
    base: String,
    /// Our side, which the result replaces: %A
    #[arg(value_name = "OURS")]
    ours: String,
    /// Their side: %B
    #[arg(value_name = "THEIRS")]
    theirs: String,
    /// How many characters a conflict marker has: %L
    #[arg(value_name = "SIZE", default_value_t = 7)]
    size: u16,
    /// The path of the merged file: %P
    #[arg(value_name = "PATH")]
    path: Option<String>,
    /// What the base is called: %S
    #[arg(value_name = "BASE NAME")]
    base_name: Option<String>,
    /// What our side is called: %X
    #[arg(value_name = "OUR NAME")]
    ours_name: Option<String>,
    /// What their side is called: %Y
    #[arg(value_name = "THEIR NAME")]
    theirs_name: Option<String>,
    /// For merging what branches come from that have several such: what they contradict each other in
    /// is left as it was before
    #[arg(long)]
    ancestor: bool,
    #[command(flatten)]
    how: HowArgs,
}

pub(super) fn run(world: &mut World, args: &DriverArgs) -> anyhow::Result<Exit> {
    let file = |name: &str| world.folder.join(Path::new(name));
    let path = args.path.clone().unwrap_or_else(|| args.ours.clone());
    let ours_file = file(&args.ours);
    let (base, ours, theirs) = (
        store::read(&file(&args.base))?,
        store::read(&ours_file)?,
        store::read(&file(&args.theirs))?,
    );
    // Whose ids are not to be given again.
    world.file = Some(file(&path).into());
    let texts = Texts {
        base: &base,
        ours: &ours,
        theirs: &theirs,
    };
    let merged = args.how.merge(world, texts);
    let text = if args.ancestor {
        merged.side(Side::Base)
    } else {
        let with_base = !merged.is_clean() && git::marks_base(&world.folder);
        merged.text(&Marks {
            size: usize::from(args.size.clamp(7, 200)),
            ours: called(args.ours_name.as_ref(), "ours"),
            base: with_base.then(|| called(args.base_name.as_ref(), "base")),
            theirs: called(args.theirs_name.as_ref(), "theirs"),
        })
    };
    replace(&ours_file, &ours, &text)?;
    if args.ancestor {
        return Ok(Exit::Fine);
    }
    tell(world, &path, &merged);
    Ok(args.how.exit(merged.conflicts.len(), &merged.notices))
}

/// Returns what git calls a side; an older git hands its placeholder on as it stands.
fn called<'a>(name: Option<&'a String>, otherwise: &'a str) -> &'a str {
    let name = name.map(String::as_str).filter(|name| !name.is_empty());
    name.filter(|name| !["%S", "%X", "%Y"].contains(name))
        .unwrap_or(otherwise)
}
