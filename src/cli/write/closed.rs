use crate::change::Change;
use crate::cli::World;
use crate::model::{Address, Plan};

/// Says no to changes of what a closed cycle says, unless they are asked for all the same; then says
/// that it was closed.
pub(super) fn refuse(
    world: &mut World,
    is_reopened: bool,
    plan: &Plan,
    changes: &[Change],
) -> anyhow::Result<()> {
    let found = changes.iter().find_map(|change| {
        let cycle = change.closed_cycle(plan, world.today)?;
        Some((change, cycle))
    });
    let Some((change, cycle)) = found else {
        return Ok(());
    };
    let since = plan.cycles.get(cycle).and_then(|cycle| cycle.closed);
    let since = since.map_or_else(String::new, |day| format!(" on {day}"));
    if is_reopened {
        world.say(&format!(
            "note: cycle.{cycle} was closed{since}; `loti check --against` tells what is not as it \
             was"
        ));
        return Ok(());
    }
    let (stays, name) = match change {
        Change::Add { at, .. } => (format!("{at} cannot be added to it"), None),
        Change::Remove { at } | Change::Rename { from: at, .. } => {
            (format!("{at} stays in it as it is"), Some(at))
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
         hint: {note}`--reopen` changes it all the same"
    )
}
