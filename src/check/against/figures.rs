//! What a key result is measured by: whether that was moved.

use super::comparison::Pair;
use super::goalposts::Move;
use super::said::quoted;
use crate::model::{KeyResult, Measure, Number};

/// What there is to reach or to keep, whatever the figures.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Goal {
    /// Something that is there or not, in somebody's judgement or by steps.
    Result,
    /// A target figure.
    Target,
    /// A figure within bounds.
    Bounds,
    /// Something to keep up.
    Upkeep,
}

impl Goal {
    fn of(own: &KeyResult) -> Self {
        match own.measure() {
            Measure::Ongoing { .. } => Self::Upkeep,
            Measure::Guardrail { .. } => Self::Bounds,
            Measure::Metric {
                target: Some(_), ..
            } => Self::Target,
            Measure::Metric { target: None, .. }
            | Measure::Judged(_)
            | Measure::Steps { .. }
            | Measure::Untold
            | Measure::Deliverable => Self::Result,
        }
    }
}

/// Looks at all that a key result is measured by.
pub(super) fn moved(pair: &Pair<'_>, moves: &mut Vec<Move>) {
    let (was, is) = (Goal::of(pair.old), Goal::of(pair.new));
    match (was, is) {
        (Goal::Target, Goal::Target) => figures(pair, moves),
        // What had no figure has one now: that is sharper.
        (Goal::Result, Goal::Result | Goal::Target) => return,
        (Goal::Bounds | Goal::Upkeep, Goal::Bounds | Goal::Upkeep) => {
            bounds(pair, moves);
            if was != is {
                moves.push(other_goal(pair, was));
            }
        }
        _ => {
            moves.push(other_goal(pair, was));
            return;
        }
    }
    if let Some(was) = pair
        .old
        .unit
        .as_ref()
        .filter(|_| pair.old.unit != pair.new.unit)
    {
        let id = pair.id;
        let was = quoted(was);
        let message = match &pair.new.unit {
            Some(is) => format!("kr.{id} counts {}, and counted {was}", quoted(is)),
            None => format!("kr.{id} does not say any more that it counts {was}"),
        };
        moves.push(Move::of(pair, "unit", message, format!("was {was}")));
    }
}

/// It is measured in another way.
fn other_goal(pair: &Pair<'_>, was: Goal) -> Move {
    let (id, old) = (pair.id, pair.old);
    match was {
        Goal::Target => {
            let message = format!("kr.{id} is not measured by a target any more");
            let target = old.target.map(|target| target.to_string());
            let before = format!("was {}", target.as_deref().unwrap_or("there"));
            Move::of(pair, "target", message, before).back(old.target)
        }
        Goal::Bounds => {
            let message = format!("kr.{id} is not kept within bounds any more");
            let key = if old.at_least.is_some() {
                "at-least"
            } else {
                "at-most"
            };
            Move::of(pair, key, message, format!("was {}", shown_bounds(old)))
        }
        Goal::Upkeep => {
            let message = format!("kr.{id} is not kept up over the cycle any more");
            Move::of(pair, "ongoing", message, "was true".to_owned()).back(Some(true))
        }
        Goal::Result => {
            let message = format!("kr.{id} is only kept up now, and was to be reached");
            let key = if pair.new.is_ongoing() {
                "ongoing"
            } else if pair.new.at_least.is_some() {
                "at-least"
            } else {
                "at-most"
            };
            Move::of(pair, key, message, "was not there".to_owned()).back(None::<bool>)
        }
    }
}

fn shown_bounds(own: &KeyResult) -> String {
    let least = own.at_least.map(|least| format!("at least {least}"));
    let most = own.at_most.map(|most| format!("at most {most}"));
    least.into_iter().chain(most).collect::<Vec<_>>().join(", ")
}

/// Looks at a figure on its way from a baseline to a target.
fn figures(pair: &Pair<'_>, moves: &mut Vec<Move>) {
    let Pair { id, old, new, .. } = *pair;
    let start = |own: &KeyResult| own.baseline.unwrap_or(Number::Integer(0));
    let (was, is) = (start(old), start(new));
    if was != is {
        let message = format!("kr.{id} begins at {is}, and began at {was}");
        moves.push(Move::of(pair, "baseline", message, format!("was {was}")).back(old.baseline));
    }
    let (Some(target), Some(new_target)) = (old.target, new.target) else {
        return;
    };
    // Which way is up was said by the plan as it was.
    let is_easier = |was: Number, is: Number| {
        if target < start(old) {
            is > was
        } else {
            is < was
        }
    };
    if is_easier(target, new_target) {
        let message = format!("the target of kr.{id} is {new_target}, and was {target}");
        let before = format!("was {target}");
        moves.push(Move::of(pair, "target", message, before).back(old.target));
    }
    // Below a target that is a stretch stands what was promised.
    let promised = old.commit.unwrap_or(target);
    if let Some(commit) = new.commit.filter(|commit| is_easier(promised, *commit)) {
        let message = format!("kr.{id} promises {commit}, and promised {promised}");
        let before = match old.commit {
            Some(was) => format!("was {was}"),
            None => "was not there".to_owned(),
        };
        moves.push(Move::of(pair, "commit", message, before).back(old.commit));
    }
}

/// Looks at the bounds of a figure that is to be kept.
fn bounds(pair: &Pair<'_>, moves: &mut Vec<Move>) {
    let Pair { id, old, new, .. } = *pair;
    if let Some(was) = old.at_least
        && new.at_least.is_none_or(|is| is < was)
    {
        let message = match new.at_least {
            Some(is) => format!("kr.{id} may fall to {is}, and might fall to {was}"),
            None => format!("nothing keeps kr.{id} from falling below {was} any more"),
        };
        moves.push(Move::of(pair, "at-least", message, format!("was {was}")).back(Some(was)));
    }
    if let Some(was) = old.at_most
        && new.at_most.is_none_or(|is| is > was)
    {
        let message = match new.at_most {
            Some(is) => format!("kr.{id} may rise to {is}, and might rise to {was}"),
            None => format!("nothing keeps kr.{id} from rising above {was} any more"),
        };
        moves.push(Move::of(pair, "at-most", message, format!("was {was}")).back(Some(was)));
    }
}
