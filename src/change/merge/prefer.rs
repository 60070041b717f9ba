//! Conflicts that somebody asked to have decided.

use super::draft::Draft;
use super::ids::Plans;
use super::lines::push_text;
use super::{Conflict, Notice, Part, Prefer, Side, Why};
use crate::model::{Address, Plan};

/// Decides the conflicts of a draft, as far as that can be said, and tells what was lost.
pub(super) fn decide(draft: &mut Draft, prefer: Prefer, plans: &Plans) -> Vec<Notice> {
    let mut notices = Vec::new();
    let mut parts = Vec::with_capacity(draft.parts.len());
    let mut conflicts = Vec::new();
    for (number, part) in std::mem::take(&mut draft.parts).into_iter().enumerate() {
        let own = draft.conflicts.iter().filter(|(part, _)| *part == number);
        let own: Vec<&Conflict> = own.map(|(_, conflict)| conflict).collect();
        let sides: Vec<_> = own
            .iter()
            .map(|conflict| preferred(conflict, prefer, plans))
            .collect();
        let side = match (&part, sides.as_slice()) {
            (Part::Conflict { .. }, [Some(first), rest @ ..])
                if rest.iter().all(|side| *side == Some(*first)) =>
            {
                *first
            }
            (Part::Conflict { .. }, _) => {
                conflicts.extend(own.into_iter().map(|own| (parts.len(), own.clone())));
                parts.push(part);
                continue;
            }
            (Part::Text(text), _) => {
                push_text(&mut parts, text);
                continue;
            }
        };
        push_text(&mut parts, part.side(side));
        notices.extend(own.into_iter().map(|conflict| Notice::Preferred {
            place: conflict.place(),
            side,
            lost: match side {
                Side::Theirs => conflict.ours.clone(),
                _ => conflict.theirs.clone(),
            },
        }));
    }
    (draft.parts, draft.conflicts) = (parts, conflicts);
    notices
}

/// Returns whose side a conflict is decided for, if it can be.
fn preferred(conflict: &Conflict, prefer: Prefer, plans: &Plans) -> Option<Side> {
    if let Why::NamesRemoved(_) | Why::Lines = conflict.why {
        return None;
    }
    match prefer {
        Prefer::Ours => Some(Side::Ours),
        Prefer::Theirs => Some(Side::Theirs),
        Prefer::NewerNote if conflict.why != Why::BothChanged => None,
        Prefer::NewerNote => {
            let latest = |plan: &Plan| {
                let at = match conflict.at.as_ref()? {
                    Address::Milestone(of, _) => &Address::KeyResult(of.clone()),
                    at => at,
                };
                plan.notes(at)?.iter().map(|note| note.on).max()
            };
            let (ours, theirs) = (latest(&plans.ours), latest(&plans.theirs));
            match ours.cmp(&theirs) {
                std::cmp::Ordering::Greater => Some(Side::Ours),
                std::cmp::Ordering::Less => Some(Side::Theirs),
                std::cmp::Ordering::Equal => None,
            }
        }
    }
}
