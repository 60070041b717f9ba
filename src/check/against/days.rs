//! The days by which something was promised: whether they are later.

use std::collections::HashMap;

use super::comparison::{Comparison, Pair};
use super::goalposts::Move;
use super::said::{later, quoted};
use crate::model::{Address, Id};
use crate::text::count;

/// Looks at the cycle of a key result, its due day and those of its steps.
pub(super) fn moved(comparison: &Comparison<'_>, pair: &Pair<'_>, moves: &mut Vec<Move>) {
    let moved_on = later_cycle(comparison, pair);
    let is_told = moved_on.is_some();
    moves.extend(moved_on);
    // What is kept up is due on no day.
    let is_kept_up = pair.old.is_ongoing() && pair.new.is_ongoing();
    let inherits = pair.old.due.is_none() && pair.new.due.is_none();
    let has_none = inherits || (is_told && pair.new.due.is_none());
    if !has_none && !is_kept_up {
        moves.extend(later_due(comparison, pair));
    }
    steps(pair, moves);
}

/// It was moved to a cycle that ends later, or to the backlog.
fn later_cycle(comparison: &Comparison<'_>, pair: &Pair<'_>) -> Option<Move> {
    let was = comparison.old.cycle_id_of(pair.old)?;
    let is = comparison.new.cycle_id_of(pair.new)?;
    if was == is {
        return None;
    }
    let id = pair.id;
    let message = match comparison.new.cycles.get(is) {
        None if is.as_str() == "later" => format!("kr.{id} was moved to the backlog"),
        None => return None,
        Some(cycle) => {
            let end = comparison.old.cycle_of(pair.old)?.end;
            if cycle.end <= end {
                return None;
            }
            format!(
                "kr.{id} was moved to a cycle that ends {}",
                later(end, cycle.end)
            )
        }
    };
    let moved = Move::of(pair, "cycle", message, format!("was in `{was}`"));
    Some(moved.back(Some(was)))
}

fn later_due(comparison: &Comparison<'_>, pair: &Pair<'_>) -> Option<Move> {
    let was = comparison.old.due_of(pair.old)?;
    let is = comparison.new.due_of(pair.new)?;
    if is <= was {
        return None;
    }
    let message = format!("kr.{} is due on {is}, {}", pair.id, later(was, is));
    Some(Move::of(pair, "due", message, format!("was {was}")).back(pair.old.due))
}

fn steps(pair: &Pair<'_>, moves: &mut Vec<Move>) {
    for (step, old) in &pair.old.milestones {
        let at = Address::Milestone(pair.id.clone(), step.clone());
        let Some(new) = pair.new.milestones.get(step) else {
            // A step that was made may be tidied away.
            if !old.is_done() {
                let message = format!("the step {} of kr.{} is gone", quoted(&old.name), pair.id);
                let due = old.due.map(|due| format!(", due on {due}"));
                let before = format!("it was there{},", due.unwrap_or_default());
                moves.push(Move::of(pair, "milestone", message, before));
            }
            continue;
        };
        let Some(due) = old.due.filter(|was| new.due.is_none_or(|is| is > *was)) else {
            continue;
        };
        let message = match new.due {
            Some(is) => format!("{at} is due on {is}, {}", later(due, is)),
            None => format!("{at} is due on no day any more"),
        };
        let moved = Move {
            at,
            key: "due",
            message,
            before: format!("was {due}"),
            back: None,
        };
        moves.push(moved.back(Some(due)));
    }
}

/// Looks at the last days of cycles: of one that ends later it is said once, and not of each key
/// result that is due then.
pub(super) fn cycles_moved(comparison: &Comparison<'_>, promises: &[Pair<'_>]) -> Vec<Move> {
    let (old, new) = (comparison.old, comparison.new);
    let mut due_then: HashMap<&Id, usize> = HashMap::new();
    for pair in promises {
        let is_kept_up = pair.old.is_ongoing() && pair.new.is_ongoing();
        let inherits = pair.old.due.is_none() && pair.new.due.is_none();
        let cycle = old.cycle_id_of(pair.old);
        let stays = cycle == new.cycle_id_of(pair.new);
        if let Some(id) = cycle
            && stays
            && inherits
            && !is_kept_up
            && pair.old.status().is_open()
        {
            *due_then.entry(id).or_default() += 1;
        }
    }
    let later = old.cycles.iter().filter_map(|(id, was)| {
        let number = due_then.get(id)?;
        let is = new.cycles.get(id).filter(|is| is.end > was.end)?;
        let at = Address::Cycle(id.clone());
        let message = format!(
            "{at} ends {}, and {} with it",
            later(was.end, is.end),
            count(*number, "commitment"),
        );
        let moved = Move {
            at,
            key: "end",
            message,
            before: format!("was {}", was.end),
            back: None,
        };
        Some(moved.back(Some(was.end)))
    });
    later.collect()
}
