//! What `loti check` finds, and what it does not.

mod against;
mod allowances;
mod coaching;
mod examples;
mod fix;
mod fix_command;
mod formats;
pub(crate) mod hostile;
mod laws;
mod plan;
mod quiet;
mod sense;

use std::collections::HashMap;

use chrono::NaiveDate;
use loti::check::{Base, Facts, Family, Levels, Page, Wish, check, check_against};
use loti::diagnostic::Diagnostic;

use crate::tree::read;

/// A plan to which examples are added: everything that has to be there, and no more.
pub(crate) const HEAD: &str = "\
[plan]
name = \"Harbour Library\"
owner = \"library-team\"

[cycle.q1]
name = \"Quarter 1\"
start = 2024-01-01
end = 2024-03-31

[theme.reach]
name = \"Reach\"

[objective.outreach]
theme = \"reach\"
name = \"Outreach\"

";

/// The day from which examples are looked at.
pub(crate) fn day() -> NaiveDate {
    "2024-02-10".parse().expect("a day")
}

/// What stood under an id long before the examples of `id-reused`.
pub(crate) const FORMER: [(&str, &str); 1] = [("kr.9", "Hire a driver")];

/// Returns an example as a whole plan.
pub(crate) fn whole(example: &str) -> String {
    if example.contains("[plan]") || example.is_empty() {
        example.to_owned()
    } else {
        format!("{HEAD}{example}")
    }
}

/// Returns what is found in a text.
pub(crate) fn findings(text: &str) -> Vec<Diagnostic> {
    let document = read(text);
    let levels = Levels::new(&document.plan, &Wish::default());
    check(&document, &levels, day()).findings
}

/// Returns what is found in a text, which is held against what it was.
pub(crate) fn findings_against(before: &str, text: &str) -> Vec<Diagnostic> {
    let (base, document) = (read(before), read(text));
    let former = FORMER.map(|(at, was)| (at.parse().expect(at), was.to_owned()));
    let base = Base {
        document: &base,
        revision: "1a2b3c4d",
        former: &HashMap::from(former),
    };
    let levels = Levels::against(&base.document.plan, &document.plan, &Wish::default());
    check_against(&document, &base, &levels, day()).findings
}

/// Returns what is found in a plan without faults that stands in a clone with these files; what a real
/// clone is taken for is looked at with the real git.
fn findings_in_clone(files: &str) -> Vec<Diagnostic> {
    let plan = "[kr.1]\nobjective = \"outreach\"\ntitle = \"Open the second route of the bus\"\n";
    let document = read(&whole(plan));
    let levels = Levels::new(&document.plan, &Wish::default());
    let facts = Facts {
        today: day(),
        lacks_driver: files.contains("merge=loti")
            && !files.contains("[merge \"loti\"]\ndriver = "),
    };
    check(&document, &levels, facts).findings
}

/// Returns what one rule finds in a text.
fn findings_of(page: &Page, text: &str) -> Vec<Diagnostic> {
    let document = read(text);
    let wish = Wish {
        only: vec![page.rule],
        ..Wish::default()
    };
    let levels = Levels::new(&document.plan, &wish);
    check(&document, &levels, day()).findings
}

/// Returns what is found in a text by the rules of a page, against its base where it has one.
pub(crate) fn findings_as(page: &Page, text: &str) -> Vec<Diagnostic> {
    match page.before() {
        Some(before) => findings_against(&whole(before), text),
        None if page.is_of_clone() => findings_in_clone(text),
        None if page.family == Family::Coaching => findings_of(page, text),
        None => findings(text),
    }
}
