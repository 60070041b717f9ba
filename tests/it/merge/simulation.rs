//! As many random merges as wanted, each held against the oracle, and what was counted.

use std::collections::BTreeMap;

use loti::change::merge::{Marks, Options, Side, Texts, merge};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, TestRunner};

use super::faults::{Fault, Outcome, faults};
use super::sides::{Case, LeftOut, MOST, case};
use super::values::parse;
use crate::layouts::{Choices, so_many};

/// How many merges there are where the environment does not say.
const MERGES: u32 = 100;

#[test]
#[expect(clippy::print_stdout, reason = "what was counted is for reading")]
fn nothing_is_lost_in_random_merges() {
    let wanted = std::env::var("LOTI_MERGES").ok();
    let wanted = wanted.and_then(|wanted| wanted.parse().ok());
    let merges = wanted.unwrap_or(MERGES);
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    // The same merges at every run, and others where the environment gives a seed.
    let mut runner = match std::env::var_os("PROPTEST_RNG_SEED") {
        Some(_) => TestRunner::new(config),
        None => TestRunner::deterministic(),
    };
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    let mut first = BTreeMap::new();
    for _ in 0..merges {
        let tree = so_many(5000).new_tree(&mut runner).expect("choices");
        let choices = tree.current();
        let tried = Tried::of(&choices, &LeftOut::new());
        for what in tried.counts() {
            *counted.entry(what).or_default() += 1;
        }
        let mut kinds: Vec<Fault> = tried.faults.iter().map(|(fault, _)| *fault).collect();
        kinds.dedup();
        for fault in &kinds {
            *counted.entry(fault.words()).or_default() += 1;
            first.entry(*fault).or_insert_with(|| choices.clone());
        }
    }
    println!("{merges} merges");
    for (what, count) in &counted {
        println!("{count:>8} {what}");
    }
    // Nothing is lost in these, they are a nuisance: rare, and only in layouts of several kinds at once.
    for nuisance in [Fault::Wide, Fault::Doubled] {
        let count = counted.get(nuisance.words()).copied().unwrap_or_default();
        assert!(
            200 * count <= merges as usize + 1000,
            "{count} {}",
            nuisance.words()
        );
        first.remove(&nuisance);
    }
    let shown = first.into_iter();
    let shown = shown.map(|(fault, choices)| smallest(&choices, fault));
    let shown: Vec<String> = shown.collect();
    assert!(shown.is_empty(), "{}", shown.join("\n\n"));
}

#[test]
fn an_outcome_without_one_side_is_found_out() {
    let mut runner = TestRunner::deterministic();
    let (mut changed, mut found) = (0, 0);
    for _ in 0..40 {
        let tree = so_many(5000).new_tree(&mut runner).expect("choices");
        let case = case(&tree.current(), &LeftOut::new());
        if parse(&case.theirs.text) == parse(&case.base) {
            continue;
        }
        let text = &case.ours.text;
        let outcome = Outcome {
            text: text.clone(),
            settled: [text.clone(), text.clone()],
            conflicts: Vec::new(),
        };
        changed += 1;
        let faults = faults(&case, &outcome).into_iter();
        let mut kinds = faults.map(|(fault, _)| fault);
        found += usize::from(kinds.any(|kind| matches!(kind, Fault::Lost | Fault::Invented)));
    }
    // Now and then ours did the same, or the two contradict each other in all that theirs did.
    assert!(
        changed > 10 && 10 * found >= 9 * changed,
        "{found} of {changed}"
    );
}

impl Fault {
    fn words(self) -> &'static str {
        match self {
            Self::Lost => "fault: a change is lost",
            Self::Invented => "fault: a value is invented",
            Self::Comment => "fault: a comment is dropped",
            Self::Doubled => "with a comment there twice",
            Self::Unreadable => "fault: a text cannot be read and carries no markers",
            Self::Needless => "fault: a conflict that is none",
            Self::Silent => "fault: a conflict that is not told",
            Self::Wide => "left to a person as a whole file, where a part would do",
            Self::Law => "fault: a law is broken",
        }
    }
}

/// A merge that was made, both ways round.
struct Tried {
    case: Case,
    outcome: Outcome,
    faults: Vec<(Fault, String)>,
}

impl Tried {
    fn of(choices: &Choices, left_out: &LeftOut) -> Self {
        let case = case(choices, left_out);
        let outcome = merged(&case.base, &case.ours.text, &case.theirs.text);
        let mut all = faults(&case, &outcome);
        let turned = Case {
            base: case.base.clone(),
            ours: case.theirs.clone(),
            theirs: case.ours.clone(),
        };
        let back = merged(&turned.base, &turned.ours.text, &turned.theirs.text);
        let back = faults(&turned, &back).into_iter();
        all.extend(back.map(|(fault, what)| (fault, format!("{what} (the other way round)"))));
        for side in [&case.ours, &case.theirs] {
            let (b, a) = (&case.base, &side.text);
            for (law, texts) in [
                ("merge(b, a, b) = a", [b, a, b]),
                ("merge(b, b, a) = a", [b, b, a]),
                ("merge(b, a, a) = a", [b, a, a]),
            ] {
                let outcome = merged(texts[0], texts[1], texts[2]);
                if outcome.text != *a || !outcome.conflicts.is_empty() {
                    all.push((Fault::Law, law.to_owned()));
                }
            }
        }
        all.sort();
        Self {
            case,
            outcome,
            faults: all,
        }
    }

    fn counts(&self) -> Vec<&'static str> {
        let (base, ours, theirs) = (&self.case.base, &self.case.ours, &self.case.theirs);
        let mut counts = vec![match self.outcome.conflicts.len() {
            0 => "without a conflict",
            _ => "with conflicts",
        }];
        if ours.text != *base && theirs.text != *base && ours.text != theirs.text {
            counts.push("changed differently on both sides");
        }
        counts
    }
}

fn merged(base: &str, ours: &str, theirs: &str) -> Outcome {
    let texts = Texts { base, ours, theirs };
    let merged = merge(texts, &Options::default());
    let marks = Marks {
        base: Some("base"),
        ..Marks::default()
    };
    let conflicts = merged.conflicts.iter();
    Outcome {
        text: merged.text(&marks),
        settled: [merged.side(Side::Ours), merged.side(Side::Theirs)],
        conflicts: conflicts
            .map(|conflict| {
                let at = conflict.at.as_ref();
                let at = at.map_or_else(String::new, ToString::to_string);
                (at, conflict.key.clone())
            })
            .collect(),
    }
}

/// Leaves out of a merge what its fault does not need, and shows the rest.
fn smallest(choices: &Choices, fault: Fault) -> String {
    let mut left_out = LeftOut::new();
    for done in (0..MOST).flat_map(|done| [(0, done), (1, done)]) {
        left_out.insert(done);
        let tried = Tried::of(choices, &left_out);
        if !tried.faults.iter().any(|(other, _)| *other == fault) {
            left_out.remove(&done);
        }
    }
    let tried = Tried::of(choices, &left_out);
    let faults = tried.faults.iter();
    let faults: Vec<String> = faults
        .map(|(fault, what)| format!("{fault:?}: {what}"))
        .collect();
    format!(
        "{}\n==== base\n{}\n==== ours\n{}\n==== theirs\n{}\n==== merged\n{}\n==== conflicts {:?}",
        faults.join("\n"),
        tried.case.base,
        tried.case.ours.text,
        tried.case.theirs.text,
        tried.outcome.text,
        tried.outcome.conflicts,
    )
}
