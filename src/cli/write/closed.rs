use crate::change::Change;
use crate::cli::World;
use crate::model::{Address, Id, Plan};

/// Says no to changes of what a closed cycle says, unless they are asked for all the same; then says
/// that it was closed.
pub(super) fn refuse(
    world: &mut World,
    is_reopened: bool,
    plan: &Plan,
    changes: &[Change],
) -> anyhow::Result<()> {
    if !is_reopened {
        return keep(plan, changes, "`--reopen` changes it all the same");
    }
    if let Some((_, cycle)) = found(plan, changes) {
        let since = since(plan, cycle);
        world.say(&format!(
            "note: cycle.{cycle} was closed{since}; `loti check --against` tells what is not as it \
             was"
        ));
    }
    Ok(())
}

/// Returns the first change of what a closed cycle says, and the cycle.
fn found<'a>(plan: &'a Plan, changes: &'a [Change]) -> Option<(&'a Change, &'a Id)> {
    changes.iter().find_map(|change| {
        let cycle = change.closed_cycle(plan)?;
        Some((change, cycle))
    })
}

fn since(plan: &Plan, cycle: &Id) -> String {
    let since = plan.cycles.get(cycle).and_then(|cycle| cycle.closed);
    since.map_or_else(String::new, |day| format!(" on {day}"))
}

/// Says no to changes of what a closed cycle says.
pub(super) fn keep(plan: &Plan, changes: &[Change], way: &str) -> anyhow::Result<()> {
    let Some((change, cycle)) = found(plan, changes) else {
        return Ok(());
    };
    let since = since(plan, cycle);
    let (stays, name) = match change {
        Change::Add { at, .. } => (format!("{at} cannot be added to it"), None),
        Change::Remove { at } | Change::Rename { from: at, .. } => {
            let stays = if matches!(at, Address::Cycle(_)) {
                "it stays as it is".to_owned()
            } else {
                format!("{at} stays in it as it is")
            };
            (stays, Some(at))
        }
        Change::Set {
            at: at @ Address::Objective(_),
            key,
            ..
        } => {
            let stays = format!("`{key}` of {at} is in the figure it gives for the theme");
            (stays, None)
        }
        Change::Set { at, key, .. }
        | Change::AddItem { at, key, .. }
        | Change::RemoveItem { at, key, .. } => {
            (format!("`{key}` of {at} stays as it is"), Some(at))
        }
        other => (format!("{} stays as it is", other.address()), None),
    };
    let note = match name {
        Some(Address::KeyResult(id) | Address::Milestone(id, _)) => {
            format!("`loti note {id} \"…\"` adds what was learnt since; ")
        }
        Some(at @ Address::Cycle(_)) => {
            format!("`loti note {at} \"…\"` adds what was learnt since; ")
        }
        _ => String::new(),
    };
    anyhow::bail!(
        "cycle.{cycle} was closed{since}: {stays}\n\
         hint: {note}{way}"
    )
}
