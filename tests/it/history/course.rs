//! The laws of courses: how something stood is what its version says, and the time in each status
//! adds up.

use std::collections::HashMap;

use chrono::NaiveDate;
use loti::change::{Change, diff};
use loti::history::{Course, Oldest, State, Wanted};
use loti::model::{Address, Id, Plan, Rollup, Status, days_between};
use proptest::prelude::{ProptestConfig, TestCaseError, prop_assert, prop_assert_eq};
use proptest::proptest;

use super::past::Line;
use super::reading::{afresh, edited};
use crate::frame::frame;
use crate::layouts::{Choices, choices, plan, render};

fn day(number: i64) -> NaiveDate {
    NaiveDate::default() + chrono::TimeDelta::days(number)
}

/// Everything of a plan that has a course.
fn rows(plan: &Plan) -> Vec<Address> {
    let rows = plan.addresses().filter(|address| {
        matches!(
            address,
            Address::Plan | Address::Theme(_) | Address::Objective(_) | Address::KeyResult(_)
        )
    });
    rows.collect()
}

fn wanted(plan: &Plan, today: i64) -> Wanted {
    Wanted {
        rows: rows(plan),
        cycle: plan.cycles.keys().next().expect("a cycle").clone(),
        from: day(-100),
        since: None,
        today: day(today),
        every_version: true,
    }
}

fn follow(past: Line, wanted: Wanted, now: Option<(&str, &Plan)>) -> Course {
    let mut past = past;
    match Course::follow(&mut past, wanted, now) {
        Ok(course) => course,
        Err(never) => match never {},
    }
}

/// Returns how something stands in a plan, reckoned from nothing but that.
fn state(plan: &Plan, cycle: &Id, at: &Address) -> Option<State> {
    let tree = plan.tree(cycle);
    let mut themes = tree.themes.iter();
    let mut objectives = tree.themes.iter().flat_map(|theme| &theme.objectives);
    match at {
        Address::Plan => Some(State::Rollup(tree.rollup)),
        Address::Theme(id) => themes
            .find(|theme| theme.id == id)
            .map(|theme| State::Rollup(theme.rollup)),
        Address::Objective(id) => objectives
            .find(|objective| objective.id == id)
            .map(|objective| State::Rollup(objective.rollup)),
        Address::KeyResult(id) => plan.key_results.get(id).map(State::of),
        _ => None,
    }
}

/// Holds two states to be the same, but for what sums in another order lose.
fn alike(one: Option<State>, other: Option<State>) -> bool {
    let rounded = |state: State| {
        let progress = state.progress().map(|progress| (progress * 1e6).round());
        let counts = match state {
            State::Rollup(Rollup { counts, .. }) => Some(counts),
            State::KeyResult { .. } => None,
        };
        (progress, state.status(), counts)
    };
    one.map(rounded) == other.map(rounded)
}

/// Makes up versions, on days that may be out of order.
fn versions(choices: &mut Choices) -> Vec<(i64, Option<Vec<u8>>)> {
    let first = plan(choices);
    let mut text = render(&first, choices).into_bytes();
    let mut today = 10;
    let mut versions = vec![(today, Some(text.clone()))];
    for _ in 0..8 {
        let next = match choices.below(12) {
            0 => None,
            1 => versions[choices.below(versions.len())].1.clone(),
            _ => Some(edited(&String::from_utf8_lossy(&text), choices)),
        };
        if let Some(next) = next.as_ref().filter(|next| afresh(next).is_ok()) {
            text.clone_from(next);
        }
        today += [0, 1, 1, 5, -3][choices.below(5)];
        versions.push((today, next));
    }
    versions
}

/// The readable versions by their number, the newest first, each with the names that the rows of the
/// newest have in it.
fn with_names(
    versions: &[(i64, Option<Vec<u8>>)],
) -> Vec<(usize, Plan, HashMap<Address, Address>)> {
    let mut told: Vec<(usize, Plan, HashMap<Address, Address>)> = Vec::new();
    for (number, (_, version)) in versions.iter().enumerate().rev() {
        let before = number.checked_sub(1).map(|before| &versions[before].1);
        let Some(plan) = version.as_ref().filter(|_| before != Some(version)) else {
            continue;
        };
        let Ok(plan) = afresh(plan) else { continue };
        let names = match told.last() {
            None => rows(&plan)
                .into_iter()
                .map(|row| (row.clone(), row))
                .collect(),
            Some((_, newer, names)) => {
                let mut names = names.clone();
                for change in diff(&plan, newer) {
                    if let Change::Rename { from, to, .. } = change {
                        let now = from.with_id(to);
                        for name in names.values_mut().filter(|name| **name == now) {
                            *name = from.clone();
                        }
                    }
                }
                names
            }
        };
        told.push((number, plan, names));
    }
    told
}

fn holds(versions: &[(i64, Option<Vec<u8>>)]) -> Result<(), TestCaseError> {
    let told = with_names(versions);
    let Some((_, newest, _)) = told.first() else {
        return Ok(());
    };
    if newest.cycles.is_empty() {
        return Ok(());
    }
    let wanted = wanted(newest, 30);
    let rows = wanted.rows.clone();
    let cycle = wanted.cycle.clone();
    let course = follow(Line::on(versions.to_vec()), wanted, None);
    prop_assert_eq!(course.versions, told.len());
    prop_assert_eq!(course.moments().len(), told.len());
    for (row, address) in rows.iter().enumerate() {
        for ((mark, found), (number, plan, names)) in course.states(row).zip(told.iter().rev()) {
            let mark = course.mark(mark);
            let id = mark.commit.as_ref().expect("a commit").id.clone();
            prop_assert_eq!(id, format!("{number:040x}"));
            let afresh = state(plan, &cycle, &names[address]);
            prop_assert!(
                alike(found, afresh),
                "{address} in {number}: {found:?} {afresh:?}"
            );
        }
        let spans = &course.flow(row).spans;
        let Some(first) = spans.first() else {
            continue;
        };
        let starts = spans.iter().map(|span| course.mark(span.since).day);
        let ends = starts.clone().skip(1).chain([day(30)]);
        let lengths: Vec<i64> = starts.zip(ends).map(|(a, b)| days_between(a, b)).collect();
        prop_assert!(lengths.iter().all(|days| *days >= 0), "{lengths:?}");
        let whole = days_between(course.mark(first.since).day, day(30));
        prop_assert_eq!(lengths.iter().sum::<i64>(), whole);
        prop_assert!(spans.windows(2).all(|two| two[0].status != two[1].status));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn how_something_stood_is_what_its_version_says(mut choices in choices()) {
        holds(&versions(&mut choices))?;
    }

    #[test]
    fn the_last_version_of_a_day_stands_for_it(mut choices in choices()) {
        let versions = versions(&mut choices);
        let told = with_names(&versions);
        if let Some((_, newest, _)) = told.first() && !newest.cycles.is_empty() {
            let every = follow(Line::on(versions.clone()), wanted(newest, 30), None);
            let by_day = Wanted { every_version: false, ..wanted(newest, 30) };
            let by_day = follow(Line::on(versions), by_day, None);
            for row in 0..rows(newest).len() {
                let (every, by_day) = (every.days(row), by_day.days(row));
                // A day whose last version is as the day before was may be told or not.
                let on = |days: &[(NaiveDate, Option<State>)], day| {
                    days.iter().rev().find(|(from, _)| *from <= day).and_then(|(_, is)| *is)
                };
                for number in 0..31 {
                    prop_assert!(alike(on(&every, day(number)), on(&by_day, day(number))));
                }
            }
        }
    }
}

/// Key result 1 with these keys, in the plan that tests begin with.
fn text(keys: &str) -> Vec<u8> {
    let head = "[kr.1]\nobjective = \"outreach\"\ntitle = \"Lend books\"\n";
    format!("{}\n{head}{keys}\n", frame!()).into_bytes()
}

/// Tells the flow of key result 1 in words.
fn told(course: &Course) -> Vec<String> {
    let flow = course.flow(0);
    let spans = flow.spans.iter().map(|span| {
        let status = span.status.map_or("gone", Status::word);
        let mark = course.mark(span.since);
        let by = if mark.commit.is_some() {
            ""
        } else {
            ", not committed"
        };
        format!("{status} from {}{by}", mark.day)
    });
    let moves = flow.moves.iter().map(|due| {
        let on = course.mark(due.at).day;
        format!("{} to {}, {} days, on {on}", due.from, due.to, due.days())
    });
    spans.chain(moves).collect()
}

fn of_key_result_1(newest: &[u8], today: i64) -> Wanted {
    let plan = afresh(newest).expect("the text is sound");
    Wanted {
        rows: vec!["1".parse().expect("an address")],
        ..wanted(&plan, today)
    }
}

#[test]
fn statuses_and_due_days_are_told_with_their_commits() {
    let on_track = "status = \"on-track\"";
    let later = String::from_utf8(text("due = 2024-03-15\nstatus = \"at-risk\"")).expect("text");
    let later = later.replace("end = 2024-03-31", "end = 2024-04-30");
    let newest = later.replace("due = 2024-03-15\n", "").into_bytes();
    let past = Line::on([
        (10, Some(text(""))),
        (12, Some(text(on_track))),
        (15, Some(text("status = "))),
        (16, None),
        (17, Some(text(&format!("due = 2024-03-15\n{on_track}")))),
        (19, Some(later.into_bytes())),
        (25, Some(newest.clone())),
    ]);
    let course = follow(past, of_key_result_1(&newest, 30), None);
    assert_eq!(
        told(&course),
        [
            "not-started from 1970-01-11",
            "on-track from 1970-01-13",
            "at-risk from 1970-01-20",
            "2024-03-31 to 2024-03-15, -16 days, on 1970-01-18",
            "2024-03-15 to 2024-04-30, 46 days, on 1970-01-26",
        ]
    );
    assert_eq!((course.versions, course.unread), (5, 1));
    assert_eq!(course.oldest, Oldest::First);
}

#[test]
fn a_wrong_clock_makes_no_time_run_back() {
    let newest = text("status = \"done\"");
    let past = Line::on([
        (10, Some(text(""))),
        (40, Some(text("status = \"on-track\""))),
        (20, Some(newest.clone())),
    ]);
    let course = follow(past, of_key_result_1(&newest, 30), None);
    assert_eq!(
        told(&course),
        [
            "not-started from 1970-01-11",
            "on-track from 1970-01-21",
            "done from 1970-01-21",
        ]
    );
    let clock = course.mark(course.flow(0).spans[1].since);
    assert_eq!(clock.commit.expect("a commit").day, day(40));
}

#[test]
fn what_was_not_committed_is_the_last_version_if_it_says_something_else() {
    let committed = text("status = \"on-track\"");
    let versions = [(10, Some(text(""))), (12, Some(committed.clone()))];
    let now = |text: &[u8]| {
        let plan = afresh(text).expect("the text is sound");
        let text = String::from_utf8(text.to_vec()).expect("text");
        let past = Line::on(versions.clone());
        follow(
            past,
            of_key_result_1(text.as_bytes(), 30),
            Some((&text, &plan)),
        )
    };
    let same = now(&[&committed, b"# a comment\n".as_slice()].concat());
    assert!(!same.is_uncommitted());
    assert_eq!(
        told(&same),
        ["not-started from 1970-01-11", "on-track from 1970-01-13"]
    );
    let other = now(&text("status = \"at-risk\""));
    assert!(other.is_uncommitted());
    assert_eq!(
        told(&other),
        [
            "not-started from 1970-01-11",
            "on-track from 1970-01-13",
            "at-risk from 1970-01-31, not committed",
        ]
    );
    assert_eq!(other.moments().len(), 3);
}

#[test]
fn nothing_is_told_from_before_the_day_that_is_wanted() {
    let newest = text("status = \"done\"");
    let past = || {
        Line::on([
            (5, Some(text(""))),
            (10, Some(text("status = \"at-risk\""))),
            (20, Some(newest.clone())),
        ])
    };
    let wanted = Wanted {
        since: Some(day(14)),
        ..of_key_result_1(&newest, 30)
    };
    let course = follow(past(), wanted, None);
    assert_eq!(
        told(&course),
        ["at-risk from 1970-01-15", "done from 1970-01-21"]
    );
    assert_eq!(course.oldest, Oldest::Since);

    // How it stood is wanted from a later day on than the rest.
    let wanted = Wanted {
        from: day(14),
        ..of_key_result_1(&newest, 30)
    };
    let course = follow(past(), wanted, None);
    assert_eq!(told(&course)[0], "not-started from 1970-01-06");
    assert_eq!(course.moments().len(), 2);
}

#[test]
fn what_comes_before_the_cycle_and_its_key_results_is_not_read() {
    let newest = text("");
    let empty = frame!().as_bytes().to_vec();
    let with_other = [&empty, b"# other\n".as_slice()].concat();
    let past = Line::on([
        (1, Some(with_other)),
        (2, Some(empty)),
        (20, Some(newest.clone())),
    ]);
    let wanted = Wanted {
        from: day(14),
        ..of_key_result_1(&newest, 30)
    };
    let course = follow(past, wanted, None);
    assert_eq!(told(&course), ["not-started from 1970-01-21"]);
    assert_eq!(course.versions, 2);
}

#[test]
fn what_goes_by_another_id_is_followed() {
    let other = |text: Vec<u8>, names: &[(&str, &str)]| {
        let text = String::from_utf8(text).expect("text");
        let text = names
            .iter()
            .fold(text, |text, (old, new)| text.replace(old, new));
        text.into_bytes()
    };
    let names = [
        ("kr.1", "kr.bus"),
        ("outreach", "town"),
        ("reach", "people"),
        ("q1", "first"),
    ];
    let newest = other(text("status = \"done\"\n"), &names);
    let past = Line::on([
        (10, Some(text("progress = 30"))),
        (12, Some(text("progress = 30\nstatus = \"on-track\""))),
        (
            15,
            Some(other(
                text("progress = 30\nstatus = \"on-track\""),
                &names[..1],
            )),
        ),
        (
            16,
            Some(other(
                text("progress = 30\nstatus = \"on-track\""),
                &names[..2],
            )),
        ),
        (
            17,
            Some(other(
                text("progress = 30\nstatus = \"on-track\""),
                &names[..3],
            )),
        ),
        (
            18,
            Some(other(text("progress = 30\nstatus = \"on-track\""), &names)),
        ),
        (20, Some(newest.clone())),
    ]);
    let plan = afresh(&newest).expect("the text is sound");
    let course = follow(past, wanted(&plan, 30), None);
    for (row, address) in rows(&plan).iter().enumerate() {
        let progress = course.states(row).map(|(_, state)| state?.progress());
        let progress: Vec<_> = progress.collect();
        let mut expected = vec![Some(30.0); 7];
        expected[6] = Some(100.0);
        assert_eq!(progress, expected, "{address}");
    }
    let row = rows(&plan)
        .iter()
        .position(|row| row.to_string() == "kr.bus");
    let flow = course.flow(row.expect("a row"));
    let days: Vec<_> = flow
        .spans
        .iter()
        .map(|span| course.mark(span.since).day)
        .collect();
    assert_eq!(days, [day(10), day(12), day(20)]);
}

#[test]
fn a_key_result_that_was_away_for_a_while_is_told_as_that() {
    let newest = text("status = \"on-track\"");
    let past = Line::on([
        (10, Some(text(""))),
        (12, Some(frame!().as_bytes().to_vec())),
        (20, Some(newest.clone())),
    ]);
    let course = follow(past, of_key_result_1(&newest, 30), None);
    assert_eq!(
        told(&course),
        [
            "not-started from 1970-01-11",
            "gone from 1970-01-13",
            "on-track from 1970-01-21",
        ]
    );
}
