//! What is found in a change: in the plan held against what it was.

mod goals;
mod judge;
mod record;

use loti::check::{Family, page};
use loti::diagnostic::Diagnostic;

use super::{findings_against, whole};

const KR: &str = "[kr.1]\nobjective = \"outreach\"\ntitle = \"Lend 400 books a month\"\n";

/// What the rules of change find.
fn changed(before: &str, after: &str) -> Vec<Diagnostic> {
    let mut found = findings_against(before, after);
    found.retain(is_of_change);
    found
}

fn is_of_change(found: &Diagnostic) -> bool {
    page(found.rule.0).is_some_and(|page| page.family == Family::Change)
}

/// The rules of change that find something in the second lines, held against the first.
fn rules(before: &str, after: &str) -> Vec<&'static str> {
    let found = changed(&whole(before), &whole(after));
    found.iter().map(|problem| problem.rule.0).collect()
}

/// Checks what is found when the lines of key result 1 change.
#[track_caller]
fn change(before: &str, after: &str, expected: &[&str]) {
    let (before, after) = (format!("{KR}{before}"), format!("{KR}{after}"));
    let found = rules(&before, &after);
    assert_eq!(found, expected, "{before}\n---\n{after}");
}

const MOVED: &[&str] = &["goalpost-moved"];
