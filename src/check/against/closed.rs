use std::collections::HashSet;

use super::comparison::{Comparison, Pair};
use super::said::{named, quoted};
use crate::change::{Change, lacks};
use crate::check::catalogue::{Family, Find, Page};
use crate::check::levels::Level;
use crate::diagnostic::{Diagnostic, Rule};
use crate::model::{Address, Id, Stage, Table, TableName, Type, Value};
use crate::text::Span;

const CLOSED_CYCLE_CHANGED: Rule = Rule("closed-cycle-changed");

pub(super) const PAGES: &[Page] = &[Page {
    rule: CLOSED_CYCLE_CHANGED,
    family: Family::Change,
    level: Level::Error,
    summary: "A cycle that was closed, or something it holds, is not as it was.",
    why: "Closing says that this is what came of it. Whoever looks back later has to find that, \
          and not what it was made into. Notes may still be added, a score where there was none, \
          and links, evidence, tags and visibility may change; notes and scores have rules of \
          their own.",
    bad: "\
[cycle.last]
name = \"Last quarter\"
start = 2023-10-01
end = 2023-12-31
closed = 2024-01-08

[kr.1]
objective = \"outreach\"
title = \"Open the first route of the bus\"
status = \"done\"
cycle = \"last\"
score = 0.6

[[kr.1.note]]
on = 2024-01-08
text = \"Two of three evenings a week.\"
",
    good: "\
[cycle.last]
name = \"Last quarter\"
start = 2023-10-01
end = 2023-12-31
closed = 2024-01-08

[kr.1]
objective = \"outreach\"
title = \"Open the first route of the bus\"
status = \"off-track\"
cycle = \"last\"
score = 0.6

[[kr.1.note]]
on = 2024-01-08
text = \"Two of three evenings a week.\"

[kr.2]
objective = \"outreach\"
title = \"Open the first route of the bus\"
status = \"done\"
cycle = \"q1\"
continues = \"1\"
",
    fix: None,
    find: Find::Against {
        before: "\
[cycle.last]
name = \"Last quarter\"
start = 2023-10-01
end = 2023-12-31
closed = 2024-01-08

[kr.1]
objective = \"outreach\"
title = \"Open the first route of the bus\"
status = \"off-track\"
cycle = \"last\"
score = 0.6

[[kr.1.note]]
on = 2024-01-08
text = \"Two of three evenings a week.\"
",
        find: closed_cycle_changed,
    },
}];

/// Something that is not as it was when its cycle was closed.
struct Altered {
    /// What it is about.
    at: Address,
    /// The table that shows it; nothing, if there is none any more.
    shown: Option<Address>,
    /// The key there.
    key: Option<&'static str>,
    /// What is so.
    message: String,
    /// What was so.
    before: String,
}

fn closed_cycle_changed(comparison: &mut Comparison<'_>) {
    let (old, new) = (comparison.old, comparison.new);
    let mut altered = Vec::new();
    let mut closed = HashSet::new();
    for (id, cycle) in &old.cycles {
        if cycle.stage(comparison.today) == Stage::Closed {
            cycle_itself(comparison, id, &mut altered);
            closed.insert(id);
        }
    }
    if closed.is_empty() {
        return;
    }
    for (id, own) in &new.key_results {
        let was = old.key_results.get(id);
        let was_in = was.and_then(|was| old.cycle_id_of(was));
        let is_in = new.cycle_id_of(own);
        if let (Some(old), Some(was_in)) = (was, was_in.filter(|id| closed.contains(id))) {
            let pair = Pair { id, old, new: own };
            key_result(comparison, &pair, was_in, is_in, &mut altered);
        } else if let Some(is_in) = is_in.filter(|id| closed.contains(id)) {
            let at = Address::KeyResult(id.clone());
            altered.push(came(at.clone(), at, is_in));
        }
    }
    for altered in altered {
        tell(comparison, altered);
    }
}

fn tell(comparison: &mut Comparison<'_>, altered: Altered) {
    let Altered {
        at,
        shown,
        key,
        message,
        before,
    } = altered;
    let before = comparison.then(&before);
    let name = named(&at);
    let found = |place| {
        Diagnostic::error(CLOSED_CYCLE_CHANGED, place, message)
            .marked(before)
            .help("put it back: what a closed cycle says stays as it was")
            .help(format!(
                "`loti note {name} \"…\"` adds what was learnt since"
            ))
    };
    match shown {
        Some(shown) => comparison.add(CLOSED_CYCLE_CHANGED, &at, |context| {
            found(context.place(&shown, key))
        }),
        None => comparison.add_gone(CLOSED_CYCLE_CHANGED, &at, |_| found(Span::default())),
    }
}

fn cycle_itself(comparison: &Comparison<'_>, id: &Id, altered: &mut Vec<Altered>) {
    let at = Address::Cycle(id.clone());
    if comparison.new.cycles.contains_key(id) {
        keys(comparison, &at, &at, id, altered);
    } else if comparison.is_whole() {
        let name = comparison.old.title(&at).unwrap_or_default();
        altered.push(Altered {
            shown: None,
            key: None,
            message: format!("{at} was closed, and is gone"),
            before: format!("{} was there", quoted(name)),
            at,
        });
    }
}

fn key_result(
    comparison: &Comparison<'_>,
    pair: &Pair<'_>,
    cycle: &Id,
    is_in: Option<&Id>,
    altered: &mut Vec<Altered>,
) {
    let at = pair.at();
    keys(comparison, &at, &at, cycle, altered);
    if is_in != Some(cycle) {
        altered.push(Altered {
            at: at.clone(),
            shown: Some(at.clone()),
            key: Some("cycle"),
            message: format!("{at} was taken out of cycle.{cycle}, which is closed"),
            before: format!("was in `{cycle}`"),
        });
    }
    for (id, own) in &pair.old.milestones {
        let step = Address::Milestone(pair.id.clone(), id.clone());
        if pair.new.milestones.contains_key(id) {
            keys(comparison, &at, &step, cycle, altered);
        } else {
            altered.push(Altered {
                at: at.clone(),
                shown: Some(at.clone()),
                key: None,
                message: format!("{step} is gone, and cycle.{cycle} is closed"),
                before: format!("{} was there", quoted(&own.name)),
            });
        }
    }
    let steps = pair.new.milestones.keys();
    for id in steps.filter(|id| !pair.old.milestones.contains_key(*id)) {
        let step = Address::Milestone(pair.id.clone(), id.clone());
        altered.push(came(at.clone(), step, cycle));
    }
}

/// Something was put into a closed cycle.
fn came(at: Address, shown: Address, cycle: &Id) -> Altered {
    Altered {
        at,
        key: None,
        message: format!("{shown} was put into cycle.{cycle}, which is closed"),
        before: "was not there".to_owned(),
        shown: Some(shown),
    }
}

/// Looks for keys of a table that do not say what they said.
fn keys(
    comparison: &Comparison<'_>,
    at: &Address,
    shown: &Address,
    cycle: &Id,
    altered: &mut Vec<Altered>,
) {
    let (Some(old), Some(new)) = (comparison.old.table(shown), comparison.new.table(shown)) else {
        return;
    };
    let table = shown.table();
    for (number, key) in table.keys().iter().enumerate() {
        // Which cycle it is set for may be said without the key; scores have a rule of their own.
        let is_cycle = table == TableName::KeyResult && key.name == "cycle";
        if key.name == "score" || key.name == "note" || is_cycle {
            continue;
        }
        let says = |of: &dyn Table| {
            of.field(number)
                .get()
                .or_else(|| table.default_of(key.name))
        };
        let (was, is) = (says(old), says(new));
        // Of what is free, the record may grow.
        let is_record = matches!(key.name, "links" | "evidence");
        let is_free = Change::is_free_when_closed(key.name);
        if was == is || (is_free && !(is_record && lacks(was.as_ref(), is.as_ref()))) {
            continue;
        }
        // So may an owner be spelt out whom it had from above.
        let owner = match shown {
            Address::KeyResult(id) if key.name == "owner" => comparison.old.key_results.get(id),
            _ => None,
        };
        let owner = owner.and_then(|own| comparison.old.owner_of(own));
        if owner.is_some_and(|owner| is == Some(Value::from(owner))) {
            continue;
        }
        let was = match was {
            Some(Value::Text(text)) if key.takes == Type::Text => format!("was {}", quoted(&text)),
            Some(value) => format!("was {value}"),
            None => "was not there".to_owned(),
        };
        altered.push(Altered {
            at: at.clone(),
            shown: Some(shown.clone()),
            key: Some(key.name),
            message: format!(
                "`{}` of {shown} changed, and cycle.{cycle} is closed",
                key.name
            ),
            before: was,
        });
    }
}
