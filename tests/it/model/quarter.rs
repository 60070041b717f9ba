//! The plan of this repository, through a made-up quarter: what the figures say on five days.
//!
//! Read it as a sceptic: does any of these lines sound better than what happened?

use std::fmt::Write as _;

use super::{day, figures, note, plan, set};

/// What is made up to have happened until 20 September. `note` stands for a dated note.
const FIRST_MONTH: &[(&str, &str, &str, &str)] = &[
    // The team agrees to look at the plan every week.
    ("2021-08-24", "plan", "cadence", "weekly"),
    // Finished and published.
    ("2021-08-30", "kr.2", "status", "done"),
    ("2021-09-03", "kr.10", "status", "done"),
    // A step on the way, on its day.
    ("2021-09-08", "kr.3.milestone.workshop", "done", "true"),
    ("2021-09-08", "kr.3", "note", ""),
    // Work begins, with a figure each.
    ("2021-09-10", "kr.13", "status", "on-track"),
    ("2021-09-10", "kr.13", "progress", "40"),
    ("2021-09-13", "kr.17", "status", "on-track"),
    ("2021-09-13", "kr.17", "target", "40"),
    ("2021-09-13", "kr.17", "unit", "pages"),
    ("2021-09-13", "kr.17", "current", "20"),
    ("2021-09-15", "kr.22", "status", "on-track"),
    ("2021-09-15", "kr.22", "current", "1"),
    // Trouble, said aloud.
    ("2021-09-16", "kr.12", "status", "at-risk"),
    ("2021-09-16", "kr.12", "note", ""),
    ("2021-09-17", "kr.20", "status", "off-track"),
    ("2021-09-17", "kr.20", "note", ""),
    // Given up.
    ("2021-09-17", "kr.16", "status", "dropped"),
    // One of the networks no longer meets.
    ("2021-09-17", "kr.4", "current", "2"),
    ("2021-09-17", "kr.4", "checked", "2021-09-17"),
];

/// What is made up to have happened until the last day.
const LAST_WEEKS: &[(&str, &str, &str, &str)] = &[
    ("2021-09-28", "kr.3", "status", "done"),
    ("2021-09-30", "kr.11.milestone.discussions", "done", "true"),
    ("2021-10-01", "kr.23", "status", "done"),
    ("2021-10-04", "kr.17", "current", "40"),
    ("2021-10-04", "kr.17", "status", "done"),
    ("2021-10-06", "kr.13", "progress", "80"),
    ("2021-10-06", "kr.13", "note", ""),
    ("2021-10-11", "kr.18", "current", "1"),
    ("2021-10-11", "kr.18", "status", "done"),
    // Called done with one toolkit of two.
    ("2021-10-14", "kr.22", "status", "done"),
    // All three networks meet again.
    ("2021-10-14", "kr.4", "current", "3"),
    ("2021-10-14", "kr.4", "checked", "2021-10-14"),
];

#[test]
fn the_figures_of_a_quarter_do_not_flatter() {
    let mut plan = plan(include_str!("../../../okrs.toml"));
    let mut found = String::new();
    let mut say = |heading: &str, plan: &loti::model::Plan, today: &str| {
        let _ = write!(found, "\n# {heading}\n{}", figures(plan, day(today)));
    };
    say("as it is in the file", &plan, "2021-08-23");
    say("nothing updated for four weeks", &plan, "2021-09-20");
    update(&mut plan, FIRST_MONTH);
    say("after a month of updates", &plan, "2021-09-20");
    update(&mut plan, LAST_WEEKS);
    say("the last day", &plan, "2021-10-15");
    say("forgotten for five years", &plan, "2026-11-23");
    assert!(found == EXPECTED, "what the figures say now:\n{found}");
}

fn update(plan: &mut loti::model::Plan, updates: &[(&str, &str, &str, &str)]) {
    for (on, address, key, value) in updates {
        match *key {
            "note" => note(plan, address, on),
            key => set(plan, address, key, value),
        }
    }
}

const EXPECTED: &str = "
# as it is in the file
2021-08-23, 53 days left
plan                   0 %  0 of 25 done, 9 on track, 16 not started
  capabilities         2 %  0 of 9 done, 5 on track, 4 not started
    skills            11 %  0 of 4 done, 4 on track
    workplace          0 %  0 of 2 done, 2 not started
    procurement        0 %  0 of 2 done, 2 not started
    cyber              0 %  0 of 1 done, 1 on track
  services             0 %  0 of 13 done, 3 on track, 10 not started
    data               0 %  0 of 4 done, 2 on track, 2 not started
    service-models     0 %  0 of 3 done, 3 not started
    inclusion          0 %  0 of 6 done, 1 on track, 5 not started
  smarter-london       0 %  0 of 3 done, 1 on track, 2 not started
    principles         0 %  0 of 2 done, 1 on track, 1 not started
    districts          0 %  0 of 1 done, 1 not started
pace: none
late to start: none
overdue: none
silent: none
below 100 % and done: none

# nothing updated for four weeks
2021-09-20, 25 days left
plan                   0 %  0 of 25 done, 9 on track, 16 not started
  capabilities         2 %  0 of 9 done, 5 on track, 4 not started
    skills            11 %  0 of 4 done, 4 on track
    workplace          0 %  0 of 2 done, 2 not started
    procurement        0 %  0 of 2 done, 2 not started
    cyber              0 %  0 of 1 done, 1 on track
  services             0 %  0 of 13 done, 3 on track, 10 not started
    data               0 %  0 of 4 done, 2 on track, 2 not started
    service-models     0 %  0 of 3 done, 3 not started
    inclusion          0 %  0 of 6 done, 1 on track, 5 not started
  smarter-london       0 %  0 of 3 done, 1 on track, 2 not started
    principles         0 %  0 of 2 done, 1 on track, 1 not started
    districts          0 %  0 of 1 done, 1 not started
pace: none
late to start: 15: 5, 6, 7, 8, 11, 13, 14, 15, 16, 17, 18, 19, 21, 22, 25
overdue: none
silent: none
below 100 % and done: none

# after a month of updates
2021-09-20, 25 days left
plan                  10 %  2 of 25 done, 1 dropped, 1 off track, 1 at risk, 8 on track, 12 not started
  capabilities        13 %  1 of 9 done, 4 on track, 4 not started
    skills            55 %  1 of 4 done, 3 on track
    workplace          0 %  0 of 2 done, 2 not started
    procurement        0 %  0 of 2 done, 2 not started
    cyber              0 %  0 of 1 done, 1 on track
  services            17 %  1 of 13 done, 1 dropped, 1 off track, 1 at risk, 3 on track, 6 not started
    data              35 %  1 of 4 done, 1 at risk, 1 on track, 1 not started
    service-models     0 %  0 of 3 done, 1 dropped, 2 not started
    inclusion         16 %  0 of 6 done, 1 off track, 2 on track, 3 not started
  smarter-london       0 %  0 of 3 done, 1 on track, 2 not started
    principles         0 %  0 of 2 done, 1 on track, 1 not started
    districts          0 %  0 of 1 done, 1 not started
pace: 2: 13 -32.8 at-risk?, 17 -22.8 at-risk?
late to start: 11: 5, 6, 7, 8, 11, 14, 15, 18, 19, 21, 25
overdue: none
silent: 19: 1 67d, 3 12d, 5 67d, 6 67d, 7 67d, 8 67d, 9 67d, 11 67d, 13 67d, 14 67d, 15 67d, 17 67d, 18 67d, 19 67d, 21 67d, 22 67d, 23 28d, 24 67d, 25 67d
below 100 % and done: none

# the last day
2021-10-15, 0 days left
plan                  33 %  7 of 25 done, 1 dropped, 1 off track, 1 at risk, 4 on track, 11 not started
  capabilities        16 %  2 of 9 done, 3 on track, 4 not started
    skills            66 %  2 of 4 done, 2 on track
    workplace          0 %  0 of 2 done, 2 not started
    procurement        0 %  0 of 2 done, 2 not started
    cyber              0 %  0 of 1 done, 1 on track
  services            33 %  4 of 13 done, 1 dropped, 1 off track, 1 at risk, 1 on track, 5 not started
    data              57 %  1 of 4 done, 1 at risk, 1 on track, 1 not started
    service-models     0 %  0 of 3 done, 1 dropped, 2 not started
    inclusion         41 %  3 of 6 done, 1 off track, 2 not started
  smarter-london      50 %  1 of 3 done, 2 not started
    principles       100 %  1 of 2 done, 1 not started
    districts          0 %  0 of 1 done, 1 not started
pace: 1: 13 -20.0 at-risk?
late to start: 9: 5, 6, 7, 8, 14, 15, 19, 21, 25
overdue: none
silent: 16: 1 92d, 5 92d, 6 92d, 7 92d, 8 92d, 9 92d, 11 92d, 12 29d, 13 9d, 14 92d, 15 92d, 19 92d, 20 28d, 21 92d, 24 92d, 25 92d
below 100 % and done: 1: 22 50 %

# forgotten for five years
2026-11-23, ended 1865 days ago
plan                  33 %  7 of 25 done, 1 dropped, 1 off track, 1 at risk, 4 on track, 11 not started
  capabilities        16 %  2 of 9 done, 3 on track, 4 not started
    skills            66 %  2 of 4 done, 2 on track
    workplace          0 %  0 of 2 done, 2 not started
    procurement        0 %  0 of 2 done, 2 not started
    cyber              0 %  0 of 1 done, 1 on track
  services            33 %  4 of 13 done, 1 dropped, 1 off track, 1 at risk, 1 on track, 5 not started
    data              57 %  1 of 4 done, 1 at risk, 1 on track, 1 not started
    service-models     0 %  0 of 3 done, 1 dropped, 2 not started
    inclusion         41 %  3 of 6 done, 1 off track, 2 not started
  smarter-london      50 %  1 of 3 done, 2 not started
    principles       100 %  1 of 2 done, 1 not started
    districts          0 %  0 of 1 done, 1 not started
pace: 1: 13 -20.0 at-risk?
late to start: 9: 5, 6, 7, 8, 14, 15, 19, 21, 25
overdue: 15: 1 1865d, 5 1865d, 6 1865d, 7 1865d, 8 1865d, 9 1865d, 11 1865d, 12 1865d, 13 1865d, 14 1865d, 15 1865d, 19 1865d, 20 1865d, 21 1865d, 25 1865d
silent: 17: 1 1957d, 4 1866d, 5 1957d, 6 1957d, 7 1957d, 8 1957d, 9 1957d, 11 1957d, 12 1894d, 13 1874d, 14 1957d, 15 1957d, 19 1957d, 20 1893d, 21 1957d, 24 1957d, 25 1957d
below 100 % and done: 1: 22 50 %
";
