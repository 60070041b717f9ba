//! What `loti check` finds, and what it does not.

mod allowances;
mod examples;
mod fix;
mod fix_command;
mod formats;
pub(crate) mod hostile;
mod laws;
mod plan;
mod quiet;
mod sense;

use loti::check::{Levels, Wish, check};
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
pub(crate) const DAY: &str = "2024-02-10";

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
    check(&document, &levels, DAY.parse().expect("a day")).findings
}
