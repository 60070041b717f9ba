use loti::model::Id;
use loti::view::{Asked, Filter, due};

use super::{PLAN, day, plan};

/// Returns the ids of what is due on a day, with for how many days each has been.
fn ids(text: &str, today: &str, asked: Asked) -> Vec<(String, Option<i64>)> {
    let plan = plan(text);
    let cycle = Id::new("q").expect("an id");
    let due = due(&plan, &[&cycle], &Filter::default(), asked, day(today));
    let due = due.iter();
    due.map(|due| (due.row.id.to_string(), due.days_late))
        .collect()
}

fn late(list: &[(&str, i64)]) -> Vec<(String, Option<i64>)> {
    let list = list.iter();
    list.map(|(id, days)| ((*id).to_owned(), Some(*days)))
        .collect()
}

#[test]
fn what_was_not_heard_of_for_its_cadence_is_due_the_longest_overdue_first() {
    // The day on which the cadence is over is the day to ask.
    assert_eq!(ids(PLAN, "2021-09-19", Asked::Due), late(&[("1", 20)]));
    assert_eq!(
        ids(PLAN, "2021-09-20", Asked::Due),
        late(&[("1", 21), ("2", 0)])
    );
    assert_eq!(
        ids(PLAN, "2021-09-30", Asked::Due),
        late(&[("1", 31), ("2", 10), ("3", 9)])
    );
}

#[test]
fn all_means_whatever_is_open() {
    assert_eq!(
        ids(PLAN, "2021-09-20", Asked::All),
        late(&[("1", 21), ("2", 0), ("3", -1)])
    );
    let quiet = PLAN.replace("cadence = \"weekly\"\n", "");
    assert_eq!(ids(&quiet, "2021-09-20", Asked::Due), []);
    assert_eq!(ids(&quiet, "2021-09-20", Asked::All).len(), 3);
}

#[test]
fn nothing_is_due_before_it_begins_in_a_closed_cycle_or_in_the_backlog() {
    assert_eq!(ids(PLAN, "2021-07-01", Asked::Due), []);
    let closed = PLAN.replace(
        "end = 2021-10-15\n",
        "end = 2021-10-15\nclosed = 2021-09-15\n",
    );
    assert_eq!(ids(&closed, "2021-09-20", Asked::All), []);
    let later = PLAN.replace(
        "objective = \"out\"\n",
        "objective = \"out\"\ncycle = \"later\"\n",
    );
    assert_eq!(ids(&later, "2021-09-20", Asked::All), []);
}

#[test]
fn a_key_result_has_a_cadence_of_its_own() {
    let monthly = PLAN.replace(
        "unit = \"books\"\n",
        "unit = \"books\"\ncadence = \"monthly\"\n",
    );
    assert_eq!(
        ids(&monthly, "2021-09-22", Asked::Due),
        late(&[("2", 2), ("3", 1)])
    );
    assert_eq!(
        ids(&monthly, "2021-09-23", Asked::Due)[2],
        ("1".to_owned(), Some(0))
    );
}
