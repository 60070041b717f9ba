use anyhow::Context as _;
use clap::Args;

use super::write::{WriteArgs, change_any};
use super::{Exit, Global, World, add, plan_file};
use crate::change::Change;
use crate::model::{Address, Id};

/// Give something another id; whatever names it follows
///
/// Where two tables clash under one id, `@LINE` picks the one whose header stands on that line, and
/// what names the id stays with the other.
///
///   loti rename 26 31
///   loti rename kr.26@240 31
///   loti rename objective.data data-ethics
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct RenameArgs {
    /// What to rename
    #[arg(value_name = "ADDRESS[@LINE]")]
    address: String,
    /// Its new id
    #[arg(value_name = "NEW")]
    new: String,
    #[command(flatten)]
    write: WriteArgs,
}

pub(super) fn run(world: &mut World, _: &Global, args: &RenameArgs) -> anyhow::Result<Exit> {
    let (word, line) = match args.address.split_once('@') {
        Some((word, line)) => {
            let line = line
                .parse()
                .ok()
                .with_context(|| format!("`{line}` is no line of the file: write `kr.26@240`"))?;
            (word, Some(line))
        }
        None => (args.address.as_str(), None),
    };
    change_any(world, &args.write, line.is_none(), |document| {
        let plan = &document.plan;
        let from = plan_file::address(plan, word)?;
        let new = args.new.rsplit('.').next().unwrap_or_default();
        let to = match &from {
            Address::Milestone(..) => Id::new(new).with_context(|| {
                format!("`{new}` cannot be an id: letters, digits, `-` and `_`")
            })?,
            _ => add::free(plan, from.table(), new)?,
        };
        Ok(vec![Change::Rename { from, to, line }])
    })
}
