use clap::Args;

use super::write::{WriteArgs, change};
use super::{Exit, Global, World, plan_file};
use crate::change::Change;
use crate::model::{Address, Plan, TableName};
use crate::text::{count, join};

/// Take something out of the plan
///
/// What is given up is better `dropped` than removed: then the plan still says that it was meant
/// and why it ended. Removing refuses while something refers to it, or while notes stand below it.
///
///   loti remove 26               a key result added by mistake
///   loti remove theme.old --cascade
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct RemoveArgs {
    /// What to remove
    #[arg(value_name = "ADDRESS")]
    address: String,
    /// Take what stands below it along, notes included
    #[arg(long)]
    cascade: bool,
    #[command(flatten)]
    write: WriteArgs,
}

pub(super) fn run(world: &mut World, _: &Global, args: &RemoveArgs) -> anyhow::Result<Exit> {
    change(world, &args.write, |document| {
        let plan = &document.plan;
        let at = plan_file::address(plan, &args.address)?;
        let mut gone = vec![at.clone()];
        if args.cascade {
            gone.extend(below(plan, &at));
        }
        // What stands below goes first, so that nothing ever names what is gone.
        let changes = gone.iter().rev().cloned();
        let changes: Vec<_> = changes.map(|at| Change::Remove { at }).collect();
        let is_closed = changes
            .iter()
            .any(|change| change.closed_cycle(plan).is_some());
        // What is closed says so itself, and how it is removed all the same.
        if !is_closed || args.write.is_reopened() {
            refuse(plan, &at, &gone, args.cascade)?;
        }
        Ok(changes)
    })
}

/// Returns what belongs to a theme or an objective: it would have no place without it.
fn below(plan: &Plan, at: &Address) -> Vec<Address> {
    let key_results = |objective: &crate::model::Id| {
        let own = plan
            .key_results
            .iter()
            .filter(|(_, own)| own.objective == *objective);
        own.map(|(id, _)| Address::KeyResult(id.clone()))
            .collect::<Vec<_>>()
    };
    match at {
        Address::Theme(theme) => {
            let own = plan
                .objectives
                .iter()
                .filter(|(_, own)| own.theme == *theme);
            let parts = own.flat_map(|(id, _)| {
                std::iter::once(Address::Objective(id.clone())).chain(key_results(id))
            });
            parts.collect()
        }
        Address::Objective(id) => key_results(id),
        _ => Vec::new(),
    }
}

fn refuse(plan: &Plan, at: &Address, gone: &[Address], cascade: bool) -> anyhow::Result<()> {
    let stays = |address: &Address| {
        let of = match address {
            Address::Note(of, _) => of,
            other => other,
        };
        !gone.contains(of)
    };
    let references = plan.references();
    let holding: Vec<_> = references
        .iter()
        .filter(|reference| gone.contains(&reference.to) && stays(&reference.at))
        .map(|reference| format!("`{}` ({})", reference.at, reference.key))
        .collect();
    if !holding.is_empty() {
        let shown: Vec<_> = holding.iter().take(5).collect();
        let more = holding.len().saturating_sub(shown.len());
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        let hint = match at.table() {
            TableName::Theme | TableName::Objective if !cascade => {
                "\nhint: `--cascade` takes what stands below it along"
            }
            TableName::Person => "\nhint: `loti handover A B` gives A's work to B",
            _ => "\nhint: change those first",
        };
        anyhow::bail!("`{at}` is still named by {}{more}{hint}", join(shown));
    }
    let notes: usize = gone
        .iter()
        .filter_map(|at| plan.notes(at))
        .map(<[_]>::len)
        .sum();
    if notes > 0 && !cascade {
        let hint = match at {
            Address::KeyResult(id) => format!(
                "\nhint: `loti set {id} dropped -m \"why\"` keeps the record; \
                 `--cascade` removes it with its notes"
            ),
            _ => "\nhint: `--cascade` removes it with its notes".to_owned(),
        };
        anyhow::bail!("{} would go with `{at}`{hint}", count(notes, "note"));
    }
    Ok(())
}
