//! A word of advice at the end of a change, on what the change itself raised.

use std::collections::HashSet;

use super::World;
use crate::check::{Family, Levels, Wish, check, pages};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::text::Source;

/// Says what a coach would ask of a plan that was not to be asked of it before: each question once,
/// in a line.
///
/// What was there before was not made by this change, and whoever heard it once need not hear it again.
pub(super) fn advise(world: &mut World, before: &str, after: &str) {
    let before = Document::read(Source::new("", before));
    let after = Document::read(Source::new("", after));
    if world.quiet || !after.plan.check.wants_coaching() {
        return;
    }
    let known = advice(world, &before).into_iter();
    let known: HashSet<_> = known.map(|known| (known.rule, known.message)).collect();
    let is_new = |found: &Diagnostic| !known.contains(&(found.rule, found.message.clone()));
    let mut said = Vec::new();
    for found in advice(world, &after).into_iter().filter(is_new) {
        if said.contains(&found.rule) {
            continue;
        }
        said.push(found.rule);
        let rule = found.rule;
        world.say(&format!(
            "advice: {} (`loti explain {rule}`)",
            found.message
        ));
    }
}

/// Returns what a coach would ask of a plan.
fn advice(world: &World, document: &Document) -> Vec<Diagnostic> {
    let coaching = pages().filter(|page| page.family == Family::Coaching);
    let wish = Wish {
        only: coaching.map(|page| page.rule).collect(),
        ..Wish::default()
    };
    let levels = Levels::new(&document.plan, &wish);
    let mut found = check(document, &levels, world.today).findings;
    found.retain(|found| wish.only.contains(&found.rule));
    found
}
