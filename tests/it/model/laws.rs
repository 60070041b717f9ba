//! What holds of progress, roll-up and pace whatever the figures are.

use chrono::{Days, NaiveDate};
use loti::model::{
    ById, Counts, Cycle, KeyResult, Measure, Milestone, Number, Percent, Plan, Rollup, Status,
    Weight, whole_percent,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::sample::{Index, select};

use super::{day, id};

/// Any number that a file can hold.
fn number() -> impl Strategy<Value = Number> {
    prop_oneof![
        4 => (-500_i64..500).prop_map(Number::Integer),
        2 => (-500.0..500.0).prop_map(Number::Float),
        1 => any::<i64>().prop_map(Number::Integer),
        1 => (proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL | proptest::num::f64::ZERO)
            .prop_map(Number::Float),
    ]
}

/// A number as teams write them.
fn usual() -> impl Strategy<Value = Number> {
    prop_oneof![
        (-10_000_i64..10_000).prop_map(Number::Integer),
        (-1_000_000_i64..1_000_000).prop_map(|cents| Number::Float(cents as f64 / 100.0)),
    ]
}

fn status() -> impl Strategy<Value = Status> {
    select(Status::ALL)
}

fn metric(baseline: Number, current: Number, target: Number) -> KeyResult {
    KeyResult {
        baseline: Some(baseline),
        current: Some(current),
        target: Some(target),
        ..KeyResult::default()
    }
}

/// Any key result, with every way to measure and any mixture of them.
fn key_result() -> impl Strategy<Value = KeyResult> {
    let figures = (
        option::weighted(0.3, number()),
        option::weighted(0.3, number()),
        option::weighted(0.3, number()),
        option::weighted(0.2, number().prop_map(Percent)),
        option::weighted(0.1, number()),
    );
    let rest = (
        option::of(status()),
        option::of(number().prop_map(Weight)),
        option::weighted(0.1, any::<bool>()),
        vec(any::<bool>(), 0..4),
    );
    (figures, rest).prop_map(|(figures, (status, weight, ongoing, steps))| {
        let (baseline, current, target, progress, at_least) = figures;
        let milestones: ById<_> = steps
            .into_iter()
            .enumerate()
            .map(|(number, done)| {
                let step = Milestone {
                    done: Some(done),
                    ..Milestone::default()
                };
                (id(&number.to_string()), step)
            })
            .collect();
        KeyResult {
            status,
            baseline,
            current,
            target,
            progress,
            at_least,
            weight,
            ongoing,
            milestones,
            ..KeyResult::default()
        }
    })
}

/// Key results as the members of one objective, with weights that make sense.
fn siblings() -> impl Strategy<Value = Vec<KeyResult>> {
    let weight = option::of((0_i64..20).prop_map(|weight| Weight(Number::Integer(weight))));
    let one = (key_result(), weight).prop_map(|(key_result, weight)| KeyResult {
        weight,
        ..key_result
    });
    vec(one, 0..12)
}

fn near(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-6,
        (a, b) => a == b,
    }
}

const START: &str = "2024-07-15";

fn plan_of(key_result: KeyResult, length: u64) -> Plan {
    let start = day(START);
    let cycle = Cycle {
        start,
        end: start + Days::new(length),
        ..Cycle::default()
    };
    Plan {
        cycles: [(id("q"), cycle)].into_iter().collect(),
        key_results: [(id("1"), key_result)].into_iter().collect(),
        ..Plan::default()
    }
}

fn after(days: u64) -> NaiveDate {
    day(START) + Days::new(days)
}

proptest! {
    #[test]
    fn progress_lies_between_0_and_100(key_result in key_result()) {
        if let Some(progress) = key_result.progress() {
            prop_assert!((0.0..=100.0).contains(&progress), "{progress}");
            prop_assert!(whole_percent(progress) <= 100);
        }
    }

    #[test]
    fn a_metric_that_moves_towards_its_target_never_loses_progress(
        baseline in usual(), target in usual(), mut a in usual(), mut b in usual(),
    ) {
        let falling = target < baseline;
        if (b < a) != falling {
            (a, b) = (b, a);
        }
        let before = metric(baseline, a, target).progress();
        let now = metric(baseline, b, target).progress();
        prop_assert!(before <= now, "{before:?} then {now:?}");
    }

    #[test]
    fn a_metric_begins_at_0_and_ends_at_100(
        baseline in usual(), target in usual(), beyond in 0_i64..100,
    ) {
        let ends = |current| metric(baseline, current, target).progress();
        if baseline == target {
            prop_assert_eq!(ends(target), None);
            return Ok(());
        }
        let beyond = if target < baseline { -(beyond as f64) } else { beyond as f64 };
        prop_assert_eq!(ends(baseline), Some(0.0));
        prop_assert_eq!(ends(Number::Float(baseline.get() - beyond)), Some(0.0));
        prop_assert_eq!(ends(target), Some(100.0));
        prop_assert_eq!(ends(Number::Float(target.get() + beyond)), Some(100.0));
    }

    #[test]
    fn a_falling_target_counts_like_a_rising_one(
        baseline in usual(), current in usual(), target in usual(),
    ) {
        let mirrored = |number: Number| Number::Float(-number.get());
        prop_assert!(near(
            metric(baseline, current, target).progress(),
            metric(mirrored(baseline), mirrored(current), mirrored(target)).progress(),
        ));
    }

    #[test]
    fn whole_steps_of_a_hundred_are_whole_percents(current in 0_i64..=100, scale in 1_i64..1000) {
        let figure = |number| Number::Integer(number * scale);
        let key_result = metric(figure(0), figure(current), figure(100));
        let shown = key_result.progress().map(whole_percent);
        prop_assert_eq!(shown.map(i64::from), Some(current));
    }

    #[test]
    fn a_metric_keeps_what_was_measured_whatever_its_status(
        baseline in number(), current in number(), target in number(), status in status(),
    ) {
        let plain = metric(baseline, current, target);
        let stated = KeyResult { status: Some(status), ..plain.clone() };
        prop_assert_eq!(plain.progress(), stated.progress());
    }

    #[test]
    fn without_a_measure_nothing_but_done_counts(status in status()) {
        let key_result = KeyResult { status: Some(status), ..KeyResult::default() };
        let expected = if status == Status::Done { 100.0 } else { 0.0 };
        prop_assert_eq!(key_result.progress(), Some(expected));
    }

    #[test]
    fn steps_alone_never_finish_a_key_result(steps in vec(any::<bool>(), 1..9)) {
        let mut key_result = KeyResult::default();
        for (number, done) in steps.iter().enumerate() {
            let step = Milestone { done: Some(*done), ..Milestone::default() };
            key_result.milestones.insert(id(&number.to_string()), step);
        }
        let progress = key_result.progress().expect("steps give progress");
        prop_assert!(progress < 100.0);
        key_result.status = Some(Status::Done);
        prop_assert_eq!(key_result.progress(), Some(100.0));
    }

    #[test]
    fn a_mean_lies_between_its_least_and_its_most(siblings in vec(key_result(), 0..12)) {
        let rollup = Rollup::of_key_results(&siblings);
        let counted = siblings.iter().filter(|one| one.status() != Status::Dropped);
        let parts: Vec<f64> = counted.filter_map(KeyResult::progress).collect();
        let least = parts.iter().copied().fold(f64::INFINITY, f64::min);
        let most = parts.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if let Some(mean) = rollup.progress {
            prop_assert!((0.0..=100.0).contains(&mean), "{mean}");
            prop_assert!(least - 1e-6 <= mean && mean <= most + 1e-6, "{least} {mean} {most}");
        }
        prop_assert_eq!(rollup.counts.all(), siblings.len());
    }

    #[test]
    fn the_order_of_key_results_says_nothing(siblings in siblings(), by in any::<Index>()) {
        let before = Rollup::of_key_results(&siblings);
        let mut turned = siblings;
        if !turned.is_empty() {
            let at = by.index(turned.len());
            turned.rotate_left(at);
            turned.reverse();
        }
        let after = Rollup::of_key_results(&turned);
        prop_assert_eq!(before.counts, after.counts);
        prop_assert!(near(before.progress, after.progress));
    }

    #[test]
    fn only_the_ratio_of_weights_counts(siblings in siblings(), factor in 1_i64..50) {
        let before = Rollup::of_key_results(&siblings);
        let mut scaled = siblings;
        for key_result in &mut scaled {
            let weight = key_result.weight.map_or(1.0, Weight::get);
            key_result.weight = Some(Weight(Number::Float(weight * factor as f64)));
        }
        prop_assert!(near(before.progress, Rollup::of_key_results(&scaled).progress));
    }

    #[test]
    fn a_weight_of_two_counts_as_two(siblings in siblings(), twice in key_result()) {
        let with_weight = |weight| KeyResult {
            weight: Some(Weight(Number::Integer(weight))),
            ..twice.clone()
        };
        let heavy = siblings.iter().cloned().chain([with_weight(2)]);
        let double = siblings.iter().cloned().chain([with_weight(1), with_weight(1)]);
        let heavy: Vec<_> = heavy.collect();
        let double: Vec<_> = double.collect();
        prop_assert!(near(
            Rollup::of_key_results(&heavy).progress,
            Rollup::of_key_results(&double).progress,
        ));
    }

    #[test]
    fn what_is_dropped_stays_in_the_counts_and_leaves_the_mean(
        mut siblings in siblings(), by in any::<Index>(),
    ) {
        if siblings.is_empty() {
            return Ok(());
        }
        let at = by.index(siblings.len());
        let was = siblings[at].status();
        let before = Rollup::of_key_results(&siblings).counts;
        siblings[at].status = Some(Status::Dropped);
        let dropped = Rollup::of_key_results(&siblings);
        siblings.remove(at);
        let without = Rollup::of_key_results(&siblings);
        prop_assert_eq!(dropped.counts.all(), before.all());
        prop_assert_eq!(dropped.counts.open(), before.open() - usize::from(was.is_open()));
        prop_assert!(near(dropped.progress, without.progress));
    }

    #[test]
    fn a_finished_one_more_never_lowers_the_mean(mut siblings in siblings()) {
        let before = Rollup::of_key_results(&siblings);
        siblings.push(KeyResult { status: Some(Status::Done), ..KeyResult::default() });
        let after = Rollup::of_key_results(&siblings);
        prop_assert_eq!(after.counts.of(Status::Done), before.counts.of(Status::Done) + 1);
        prop_assert_eq!(after.counts.all(), before.counts.all() + 1);
        prop_assert_eq!(after.counts.open(), before.counts.open());
        let least = before.progress.unwrap_or(0.0);
        prop_assert!(after.progress.is_some_and(|mean| mean >= least - 1e-9));
    }

    #[test]
    fn finishing_something_never_lowers_the_mean(mut siblings in siblings(), by in any::<Index>()) {
        // Picking up again what was dropped may: it counts as not done until it is.
        siblings.retain(|one| one.status() != Status::Dropped);
        if siblings.is_empty() {
            return Ok(());
        }
        let before = Rollup::of_key_results(&siblings).progress;
        let at = by.index(siblings.len());
        siblings[at].status = Some(Status::Done);
        let after = Rollup::of_key_results(&siblings).progress;
        prop_assert!(after.unwrap_or(100.0) >= before.unwrap_or(0.0) - 1e-9);
    }

    #[test]
    fn pace_is_silent_in_the_first_third_and_bounded_afterwards(
        key_result in key_result(), length in 0_u64..400, gone in 0_u64..500,
    ) {
        let plan = plan_of(key_result, length);
        let key_result = &plan.key_results["1"];
        let Some(pace) = plan.pace_of(key_result, after(gone)) else {
            return Ok(());
        };
        prop_assert!(3 * gone >= length, "{gone} of {length} days");
        prop_assert!((-100.0..=100.0).contains(&pace.points), "{}", pace.points);
        prop_assert!(key_result.status().is_open());
        let suggests = match pace.points {
            points if points < -33.0 => Some(Status::OffTrack),
            points if points < -16.0 => Some(Status::AtRisk),
            _ => None,
        };
        prop_assert_eq!(pace.suggests, suggests);
    }

    #[test]
    fn waiting_never_improves_the_pace(
        key_result in key_result(), length in 1_u64..400, gone in 0_u64..500, more in 0_u64..100,
    ) {
        let plan = plan_of(key_result, length);
        let key_result = &plan.key_results["1"];
        let now = plan.pace_of(key_result, after(gone));
        let later = plan.pace_of(key_result, after(gone + more));
        if let Some(now) = now {
            prop_assert!(later.is_some_and(|later| later.points <= now.points + 1e-9));
        }
    }

    #[test]
    fn what_has_no_way_to_measure_a_pace_has_none(
        key_result in key_result(), length in 1_u64..400, gone in 0_u64..500,
    ) {
        let plan = plan_of(key_result, length);
        let key_result = &plan.key_results["1"];
        let measure = key_result.measure();
        let paced = matches!(measure, Measure::Judged(_) | Measure::Metric { target: Some(_), .. });
        prop_assert!(paced || plan.pace_of(key_result, after(gone)).is_none(), "{measure:?}");
    }

    #[test]
    fn counts_add_up(statuses in vec(status(), 0..30)) {
        let mut counts = Counts::default();
        for status in &statuses {
            counts.add(*status);
        }
        let mut parts = Counts::default();
        parts.add_all(counts);
        prop_assert_eq!(parts, counts);
        prop_assert_eq!(counts.all(), statuses.len());
        let finished = counts.of(Status::Done) + counts.of(Status::Dropped);
        prop_assert_eq!(counts.open() + finished, counts.all());
    }

    #[test]
    fn numbers_are_ordered_as_they_are_equal(a in number(), b in number()) {
        prop_assert_eq!(a == b, a.partial_cmp(&b) == Some(std::cmp::Ordering::Equal));
    }
}

#[test]
fn percents_are_shown_rounded_down() {
    for (progress, shown) in [
        (0.0, 0),
        (0.99, 0),
        (28.999_999_999_999_996, 29),
        (66.666, 66),
        (99.999, 99),
        (100.0, 100),
    ] {
        assert_eq!(whole_percent(progress), shown, "{progress}");
    }
}

#[test]
fn a_metric_of_three_steps_is_something_to_deliver() {
    for (baseline, target, has_pace) in [
        (Number::Integer(0), Number::Integer(3), false),
        (Number::Integer(3), Number::Integer(0), false),
        (Number::Integer(0), Number::Float(3.0), false),
        (Number::Integer(0), Number::Integer(4), true),
        (Number::Integer(0), Number::Float(0.5), true),
        (Number::Integer(97), Number::Integer(100), false),
    ] {
        let plan = plan_of(metric(baseline, baseline, target), 90);
        let key_result = &plan.key_results["1"];
        let at_end = plan.pace_of(key_result, after(90));
        assert_eq!(at_end.is_some(), has_pace, "{baseline} to {target}");
    }
}
