use super::comparison::{Comparison, Pair};
use super::said::{named, quoted};
use super::{days, figures};
use crate::check::catalogue::{Family, Find, Page};
use crate::check::levels::Level;
use crate::diagnostic::{Diagnostic, Rule};
use crate::model::{Address, KeyResult, Kind, Number, Status};

const GOALPOST_MOVED: Rule = Rule("goalpost-moved");

pub(super) const PAGES: &[Page] = &[Page {
    rule: GOALPOST_MOVED,
    family: Family::Change,
    level: Level::Error,
    summary: "A committed key result was made easier to meet, or is measured otherwise: a later \
              day, a lower target, another baseline, weight, unit or kind.",
    why: "A commitment counts because others plan with it. What cannot be met any more is at risk \
          or off track, and the plan has words for that; a moved goalpost hides it. Looked at are \
          the due day in force, the cycle, its last day, the steps and their days, the target and \
          what was promised below it, the baseline, unit, weight, kind and bounds, and, once work \
          has begun, the title; not in a closed cycle, which has a rule of its own, and not in \
          the backlog. A note does not excuse it: that a goal moves is agreed by those who count \
          on it, not by whoever moves it.",
    bad: "\
[kr.1]
objective = \"outreach\"
title = \"Lend 400 books a month from the bus\"
status = \"on-track\"
current = 260
target = 300
",
    good: "\
[kr.1]
objective = \"outreach\"
title = \"Lend 400 books a month from the bus\"
status = \"at-risk\"
current = 260
target = 400

[[kr.1.note]]
on = 2024-02-06
text = \"300 is what one bus can do. The second one comes in April.\"
",
    fix: None,
    find: Find::Against {
        before: "\
[kr.1]
objective = \"outreach\"
title = \"Lend 400 books a month from the bus\"
status = \"on-track\"
current = 260
target = 400
",
        find: goalpost_moved,
    },
}];

/// Something that a commitment is judged by, and that was moved.
pub(super) struct Move {
    /// The table that says so now.
    pub(super) at: Address,
    /// The key there; what has none is told of at the header.
    pub(super) key: &'static str,
    /// What is so.
    pub(super) message: String,
    /// What was so.
    pub(super) before: String,
    /// The words after `loti set` that put it back, where words can.
    pub(super) back: Option<String>,
}

impl Move {
    /// Makes one of a key result's key.
    pub(super) fn of(pair: &Pair<'_>, key: &'static str, message: String, before: String) -> Self {
        Self {
            at: pair.at(),
            key,
            message,
            before,
            back: None,
        }
    }

    /// Returns the same with what the key was set to; nothing, where it was absent.
    pub(super) fn back(mut self, value: Option<impl std::fmt::Display>) -> Self {
        let at = named(&self.at);
        let value = value.map(|value| value.to_string()).unwrap_or_default();
        self.back = Some(format!("{at} {}={value}", self.key));
        self
    }
}

fn goalpost_moved(comparison: &mut Comparison<'_>) {
    let promises = promises(comparison);
    let mut moves = Vec::new();
    for pair in &promises {
        terms(pair, &mut moves);
        days::moved(comparison, pair, &mut moves);
        figures::moved(pair, &mut moves);
    }
    moves.extend(days::cycles_moved(comparison, &promises));
    for moved in moves {
        tell(comparison, moved);
    }
}

/// Returns the key results that were promises: committed, set for a cycle, and that not closed.
fn promises<'a>(comparison: &Comparison<'a>) -> Vec<Pair<'a>> {
    let mut pairs = comparison.key_results();
    pairs.retain(|pair| {
        pair.old.kind() == Kind::Committed
            && comparison.old.cycle_of(pair.old).is_some()
            && comparison.closed_cycle_of(pair.old).is_none()
            && comparison.is_read_around(pair)
    });
    pairs
}

fn tell(comparison: &mut Comparison<'_>, moved: Move) {
    let marked = comparison.then(&moved.before);
    let at = moved.at;
    comparison.add(GOALPOST_MOVED, &at, |context| {
        let place = context.place(&at, Some(moved.key));
        let mut found = Diagnostic::error(GOALPOST_MOVED, place, moved.message).marked(marked);
        if let Some(back) = moved.back {
            found = found.help(format!("`loti set {back}` puts it back"));
        }
        found.help(
            "if it was agreed to, say so in a note; whoever accepts the change lets it pass (see \
             `loti explain goalpost-moved`)",
        )
    });
}

/// Looks at what is promised apart from days and figures.
fn terms(pair: &Pair<'_>, moves: &mut Vec<Move>) {
    let Pair { id, old, new, .. } = *pair;
    if new.kind() != Kind::Committed {
        let (is, was) = (new.kind(), old.kind());
        let message = format!("kr.{id} is {is} now, and was {was}");
        moves.push(Move::of(pair, "kind", message, format!("was {was}")).back(old.kind));
    }
    if old.status() != Status::NotStarted && old.title != new.title {
        let message = format!("kr.{id} was begun under another title");
        moves.push(Move::of(
            pair,
            "title",
            message,
            format!("was {}", quoted(&old.title)),
        ));
    }
    let weight = |own: &KeyResult| own.weight.map_or(Number::Integer(1), |weight| weight.0);
    let (was, is) = (weight(old), weight(new));
    if was != is {
        let message = format!("kr.{id} counts {is} in its objective, and counted {was}");
        moves.push(Move::of(pair, "weight", message, format!("was {was}")).back(old.weight));
    }
}
