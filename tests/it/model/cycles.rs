//! Which cycle is current, what a closed one and the backlog mean, and what is inherited.

use loti::model::{Address, Office, OnTrack, Stage, Status, Visibility};

use super::{day, id, plan, set};
use crate::frame::frame;

const NESTED: &str = concat!(
    frame!(),
    r#"
[cycle.y]
name = "Year"
start = 2024-01-01
end = 2024-12-31

[cycle.q2]
name = "Second quarter"
start = 2024-04-01
end = 2024-06-30

[kr.1]
objective = "outreach"
title = "For the year"
cycle = "y"

[kr.2]
objective = "outreach"
title = "For the first quarter"
cycle = "q1"

[kr.3]
objective = "outreach"
title = "For the first quarter, due in the second"
cycle = "q1"
due = 2024-05-01

[kr.4]
objective = "outreach"
title = "Some day"
cycle = "later"
due = 2024-02-01

[[kr.4.note]]
on = 2024-01-05
text = "Asked for again."
"#
);

#[test]
fn the_current_cycle_is_the_innermost_open_one() {
    let open = plan(NESTED);
    let mut closed = open.clone();
    set(&mut closed, "cycle.q1", "closed", "2024-03-20");
    let mut named = open.clone();
    set(&mut named, "plan", "cycle", "y");
    for (today, expected, when_closed) in [
        ("2023-11-01", "q1", "q1"),
        ("2024-01-01", "q1", "q1"),
        ("2024-03-19", "q1", "q1"),
        ("2024-03-20", "q1", "y"),
        ("2024-03-31", "q1", "y"),
        ("2024-04-01", "q2", "q2"),
        ("2024-07-01", "y", "y"),
        ("2026-11-23", "q2", "q2"),
    ] {
        let today = day(today);
        assert_eq!(open.current_cycle(today), Some(&id(expected)), "{today}");
        assert_eq!(
            closed.current_cycle(today),
            Some(&id(when_closed)),
            "{today}, q1 closed"
        );
        assert_eq!(
            named.current_cycle(today),
            Some(&id("y")),
            "{today}, y named"
        );
    }
}

#[test]
fn a_cycle_is_ahead_running_ended_or_closed() {
    let mut plan = plan(NESTED);
    for (today, stage) in [
        ("2023-12-31", Stage::Ahead(1)),
        ("2024-01-01", Stage::Running(90)),
        ("2024-03-31", Stage::Running(0)),
        ("2024-04-01", Stage::Ended(1)),
    ] {
        assert_eq!(plan.cycles["q1"].stage(day(today)), stage, "{today}");
    }
    set(&mut plan, "cycle.q1", "closed", "2024-04-02");
    assert_eq!(plan.cycles["q1"].stage(day("2024-04-01")), Stage::Ended(1));
    assert_eq!(plan.cycles["q1"].stage(day("2024-04-02")), Stage::Closed);
}

#[test]
fn a_tree_holds_the_key_results_of_its_cycle_alone() {
    let plan = plan(NESTED);
    for (cycle, expected) in [
        ("y", &["1"][..]),
        ("q1", &["2", "3"]),
        ("q2", &[]),
        ("later", &["4"]),
    ] {
        let tree = plan.tree(&id(cycle));
        let objectives = tree.themes.iter().flat_map(|theme| &theme.objectives);
        let ids: Vec<&str> = objectives
            .flat_map(|objective| &objective.key_results)
            .map(|(id, _)| id.as_str())
            .collect();
        assert_eq!(ids, expected, "{cycle}");
        assert_eq!(tree.rollup.counts.all(), expected.len(), "{cycle}");
        assert_eq!(
            tree.rollup.progress.is_some(),
            !expected.is_empty(),
            "{cycle}"
        );
    }
}

#[test]
fn a_due_day_of_its_own_beats_the_end_of_the_cycle() {
    let plan = plan(NESTED);
    let overdue = |id: &str, today| plan.days_overdue(&plan.key_results[id], day(today));
    assert_eq!(overdue("2", "2024-03-31"), None);
    assert_eq!(overdue("2", "2024-04-02"), Some(2));
    assert_eq!(overdue("3", "2024-05-01"), None);
    assert_eq!(overdue("3", "2024-05-03"), Some(2));
}

#[test]
fn nothing_is_expected_of_what_is_closed_dropped_or_for_later() {
    let mut plan = plan(NESTED);
    set(&mut plan, "plan", "cadence", "weekly");
    let today = day("2024-06-01");
    assert_eq!(plan.days_overdue(&plan.key_results["2"], today), Some(62));
    set(&mut plan, "cycle.q1", "closed", "2024-04-02");
    set(&mut plan, "kr.1", "status", "dropped");
    for id in ["1", "2", "3", "4"] {
        let key_result = &plan.key_results[id];
        assert!(!plan.is_expected(key_result, today), "{id}");
        assert_eq!(plan.days_overdue(key_result, today), None, "{id}");
        assert_eq!(plan.days_silent(key_result, today), None, "{id}");
        assert_eq!(plan.on_track(key_result, today), None, "{id}");
    }
    // The backlog is open all the same: who leaves hands it over.
    assert!(plan.is_open(&plan.key_results["4"], today));
}

#[test]
fn half_the_time_without_a_beginning_is_late() {
    let mut plan = plan(NESTED);
    let late = |plan: &loti::model::Plan, today| {
        plan.on_track(&plan.key_results["2"], day(today)) == Some(OnTrack::LateToStart)
    };
    // The first quarter has 90 days from its first to its last; the 45th is its middle.
    assert!(!late(&plan, "2024-02-15"));
    assert!(late(&plan, "2024-02-16"));
    set(&mut plan, "kr.2", "start", "2024-02-20");
    assert!(!late(&plan, "2024-02-25"));
    set(&mut plan, "kr.2", "start", "2024-01-01");
    set(&mut plan, "kr.2", "status", "on-track");
    assert!(!late(&plan, "2024-03-30"));
    assert_eq!(plan.key_results["2"].status(), Status::OnTrack);
}

#[test]
fn silence_is_counted_from_the_latest_word() {
    let mut plan = plan(NESTED);
    set(&mut plan, "plan", "cadence", "weekly");
    let silent =
        |plan: &loti::model::Plan, today| plan.days_silent(&plan.key_results["2"], day(today));
    assert_eq!(silent(&plan, "2024-01-08"), None);
    assert_eq!(silent(&plan, "2024-01-09"), Some(8));
    super::note(&mut plan, "kr.2", "2024-01-10");
    assert_eq!(silent(&plan, "2024-01-17"), None);
    assert_eq!(silent(&plan, "2024-01-18"), Some(8));
    set(&mut plan, "kr.2", "checked", "2024-01-20");
    assert_eq!(silent(&plan, "2024-01-27"), None);
    // A day that is still to come says nothing yet.
    super::note(&mut plan, "kr.2", "2124-01-10");
    assert_eq!(silent(&plan, "2024-01-28"), Some(8));
    set(&mut plan, "kr.2", "checked", "2124-01-20");
    assert_eq!(silent(&plan, "2024-01-28"), Some(18));
    set(&mut plan, "kr.2", "checked", "2024-01-20");
    // A reviewer answers its owner, who has said nothing since.
    super::note(&mut plan, "kr.2", "2024-01-26");
    let answer = plan.key_results.get_mut("2").expect("it is there");
    answer.note.last_mut().expect("a note").by = Some("rea".to_owned());
    assert_eq!(silent(&plan, "2024-01-28"), None);
    set(&mut plan, "kr.2", "reviewer", "rea");
    assert_eq!(silent(&plan, "2024-01-28"), Some(8));
    set(&mut plan, "kr.2", "owner", "rea");
    assert_eq!(silent(&plan, "2024-01-28"), None);
    set(&mut plan, "kr.2", "owner", "ana");
    set(&mut plan, "kr.2", "cadence", "monthly");
    assert_eq!(silent(&plan, "2024-02-20"), None);
    assert_eq!(silent(&plan, "2024-02-21"), Some(32));
    plan.cadence = None;
    plan.key_results.get_mut("2").expect("it is there").cadence = None;
    assert_eq!(silent(&plan, "2024-03-30"), None);
}

#[test]
fn the_nearest_owner_and_the_strictest_visibility_hold() {
    let mut plan = plan(NESTED);
    let owner = |plan: &loti::model::Plan| {
        let key_result = &plan.key_results["1"];
        let owner = plan.owner_of(key_result).map(str::to_owned);
        (owner, plan.reviewer_of(key_result).map(str::to_owned))
    };
    assert_eq!(owner(&plan), (None, None));
    for at in ["plan", "theme.reach", "objective.outreach", "kr.1"] {
        set(&mut plan, at, "owner", &format!("owner of {at}"));
        set(&mut plan, at, "reviewer", &format!("reviewer of {at}"));
        let expected = (
            Some(format!("owner of {at}")),
            Some(format!("reviewer of {at}")),
        );
        assert_eq!(owner(&plan), expected, "{at}");
        let at: Address = at.parse().expect("an address");
        for below in ["plan", "theme.reach", "objective.outreach", "kr.1"] {
            let below: Address = below.parse().expect("an address");
            let named = if below.table() < at.table() {
                &below
            } else {
                &at
            };
            let holder = plan.holder(Office::Reviewer, &below);
            let expected = format!("reviewer of {named}");
            assert_eq!(holder, Some((expected.as_str(), named.table())), "{below}");
        }
    }

    for (theme, objective, own, expected) in [
        ("public", "public", "public", Visibility::Public),
        ("public", "outline", "public", Visibility::Outline),
        ("outline", "public", "private", Visibility::Private),
        ("private", "public", "public", Visibility::Private),
        ("public", "public", "outline", Visibility::Outline),
    ] {
        set(&mut plan, "theme.reach", "visibility", theme);
        set(&mut plan, "objective.outreach", "visibility", objective);
        set(&mut plan, "kr.1", "visibility", own);
        let found = plan.visibility_of(&plan.key_results["1"]);
        assert_eq!(found, expected, "{theme}, {objective}, {own}");
    }
}
