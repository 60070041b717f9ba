use super::comparison::Comparison;
use crate::check::catalogue::{Family, Find, Page};
use crate::check::levels::Level;
use crate::diagnostic::{Diagnostic, Rule};
use crate::model::Stage;

const SCORE_CHANGED: Rule = Rule("score-changed");

pub(super) const PAGES: &[Page] = &[Page {
    rule: SCORE_CHANGED,
    family: Family::Change,
    level: Level::Error,
    summary: "A score that was given is another one, or gone.",
    why: "A grade is given once, when everybody still remembers, and the next plan builds on it. A \
          better one later is a better past. One that was given before its cycle was over may be \
          taken back.",
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
score = 1.0
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
status = \"done\"
cycle = \"last\"
score = 0.6

[[kr.1.note]]
on = 2024-02-06
text = \"The evening bus that was missing runs now.\"
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
status = \"done\"
cycle = \"last\"
score = 0.6
",
        find: score_changed,
    },
}];

fn score_changed(comparison: &mut Comparison<'_>) {
    for pair in comparison.key_results() {
        let Some(was) = pair.old.score.filter(|_| pair.old.score != pair.new.score) else {
            continue;
        };
        let cycle = comparison.old.cycle_of(pair.old);
        let stage = cycle.map(|cycle| cycle.stage(comparison.today));
        let is_over = matches!(stage, Some(Stage::Ended(_) | Stage::Closed));
        if pair.new.score.is_none() && !is_over {
            continue;
        }
        let at = pair.at();
        let marked = comparison.then(&format!("was {was}"));
        comparison.add(SCORE_CHANGED, &at, |context| {
            let message = match pair.new.score {
                Some(is) => format!("the score of {at} is {is}, and was {was}"),
                None => format!("the score of {at} is gone, and was {was}"),
            };
            let id = pair.id;
            Diagnostic::error(SCORE_CHANGED, context.place(&at, Some("score")), message)
                .marked(marked)
                .help(format!("`loti set {id} score={was}` gives it back"))
                .help(format!(
                    "`loti note {id} \"…\"` says what one would think of it today"
                ))
        });
    }
}
