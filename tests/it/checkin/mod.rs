//! A check-in: what is due, what is asked, and that no answer is lost.

mod dialog;
mod drafts;
mod due;
mod interview;
mod meanwhile;
mod quarter;
#[cfg(unix)]
pub(crate) mod terminal;
mod unanswered;

use loti::document::Document;
use loti::model::Plan;
use loti::text::Source;

/// A plan with a key result of each measure, looked at on 20 September: an hour before its meeting.
pub(crate) const PLAN: &str = r#"# Ours.
[plan]
name = "Harbour"
cadence = "weekly"
owner = "team"

[cycle.q]
name = "Quarter"
start = 2021-07-15
end = 2021-10-15

[theme.reach]
name = "Reach"

[objective.out]
theme = "reach"
name = "Outreach"

[kr.1]
objective = "out"
title = "Lend 400 books a month"
status = "on-track"
baseline = 120
current = 180
target = 400   # as the smallest branch
unit = "books"
confidence = 0.8

[kr.1.milestone.route]
name = "Second route opens"
due = 2021-09-08

[[kr.1.note]]
on = 2021-08-23
text = "The first route runs full."

[kr.2]
objective = "out"
title = "Open a reading corner"
owner = "ana"
checked = 2021-09-13

[kr.3]
objective = "out"
title = "Half of the town knows the bus"
progress = 70
status = "on-track"
checked = 2021-09-14

[kr.4]
objective = "out"
title = "Quiet rooms"
status = "done"
"#;

fn plan(text: &str) -> Plan {
    let document = Document::read(Source::new("okrs.toml", text));
    assert_eq!(document.problems, []);
    document.plan
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().expect("a day")
}
