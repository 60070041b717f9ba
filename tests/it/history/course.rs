//! The laws of courses: how something stood is what its version says, and the time in each status
//! adds up.

mod told;

use std::collections::HashMap;

use chrono::NaiveDate;
use loti::change::{Change, diff};
use loti::history::{Course, State, Wanted};
use loti::model::{Address, Id, Plan, Rollup, days_between};
use proptest::prelude::{ProptestConfig, TestCaseError, prop_assert, prop_assert_eq};
use proptest::proptest;

use super::past::Line;
use super::reading::{afresh, edited};
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
