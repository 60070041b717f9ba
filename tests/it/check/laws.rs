//! What holds for the check of any text.

use std::collections::BTreeSet;

use loti::check::{Family, Levels, Wish, check, page, pages};
use loti::diagnostic::Diagnostic;
use loti::model::{Fraction, Id, KeyResult, Note, Number, Plan, Settings, Status};
use proptest::prelude::*;
use proptest::sample::Index;

use super::{day, findings_against, whole};
use crate::layouts::{Choices, choices, plan, render};
use crate::tree::read;

/// A way to spoil a text.
#[derive(Debug, Clone)]
enum Slip {
    /// Take out what lies between two places.
    Cut(Index, Index),
    /// Put something in.
    Insert(Index, String),
    /// Let two lines change places.
    Swap(Index, Index),
    /// Say a line again elsewhere.
    Repeat(Index, Index),
}

fn slip() -> impl Strategy<Value = Slip> {
    let index = any::<Index>;
    let piece = prop_oneof![
        "[\\[\\]{}\"'=.,#\n é\u{200b}0-9a-z-]{1,6}",
        proptest::sample::select(vec![
            "[kr.1]\n",
            "[[kr.1.note]]\n",
            "[cycle.q1]\n",
            "status = \"done\"\n",
            "end = 0001-01-01\n",
            "due = 9999-12-31\n",
            "target = 9223372036854775807\n",
            "progress = -1e308\n",
            "at-least = inf\n",
            "<<<<<<< a\n",
            "\"\"\"",
            "kr.1.title = \"x\"\n",
            "needs = [\"kr.1\", \"kr.2\"]\n",
            "allow = [{ rule = \"stale\", why = \"\" }]\n",
        ])
        .prop_map(str::to_owned),
    ];
    prop_oneof![
        (index(), index()).prop_map(|(from, to)| Slip::Cut(from, to)),
        (index(), piece).prop_map(|(at, piece)| Slip::Insert(at, piece)),
        (index(), index()).prop_map(|(one, other)| Slip::Swap(one, other)),
        (index(), index()).prop_map(|(line, to)| Slip::Repeat(line, to)),
    ]
}

fn spoil(text: &str, slip: &Slip) -> String {
    let at = |index: &Index| text.floor_char_boundary(index.index(text.len() + 1));
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    match slip {
        Slip::Cut(from, to) => {
            let (from, to) = (at(from), at(to));
            let (from, to) = (from.min(to), from.max(to));
            // A long cut leaves little to look at.
            let to = text.floor_char_boundary(to.min(from + 60)).max(from);
            format!("{}{}", &text[..from], &text[to..])
        }
        Slip::Insert(place, piece) => {
            let (before, after) = text.split_at(at(place));
            format!("{before}{piece}{after}")
        }
        _ if lines.is_empty() => String::new(),
        Slip::Swap(one, other) => {
            let (one, other) = (one.index(lines.len()), other.index(lines.len()));
            lines.swap(one, other);
            lines.concat()
        }
        Slip::Repeat(line, to) => {
            let line = lines[line.index(lines.len())];
            lines.insert(to.index(lines.len()), line);
            lines.concat()
        }
    }
}

/// The plan of the repository, or an example of a rule.
fn sound() -> impl Strategy<Value = String> {
    let examples = pages().flat_map(|page| [page.bad, page.good]);
    let examples: Vec<String> = examples.map(whole).collect();
    prop_oneof![
        1 => Just(include_str!("../../../okrs.toml").to_owned()),
        8 => proptest::sample::select(examples),
    ]
}

/// Checks a text, and that all that is said of it lies within it.
fn holds(text: &str) -> Result<(), TestCaseError> {
    let document = read(text);
    let levels = Levels::new(&document.plan, &Wish::default());
    let report = check(&document, &levels, day());
    lies_within(&report.findings, text)?;
    let counted = report.errors + report.warnings;
    prop_assert!(counted <= report.findings.len());
    Ok(())
}

fn lies_within(findings: &[Diagnostic], text: &str) -> Result<(), TestCaseError> {
    for found in findings {
        prop_assert!(!found.labels.is_empty() && !found.message.is_empty());
        let labels = found.labels.iter().map(|label| label.span);
        let edits = found.fix.iter().flat_map(|fix| &fix.edits);
        for span in labels.chain(edits.map(|edit| edit.span)) {
            prop_assert!(text.get(span.range()).is_some(), "{text}\n{found:#?}");
        }
    }
    Ok(())
}

/// Returns which rules of change find something.
fn rules_of_change(before: &str, after: &str) -> BTreeSet<&'static str> {
    let found = findings_against(before, after);
    let rules = found.iter().map(|found| found.rule.0);
    let is_of_change = |rule: &&str| page(rule).is_some_and(|page| page.family == Family::Change);
    rules.filter(is_of_change).collect()
}

/// Makes a plan and one in which a single thing was taken back, and returns which rule says so.
fn taken_back(choices: &mut Choices) -> (Plan, Plan, &'static str) {
    let mut before = plan(choices);
    for cycle in before.cycles.values_mut() {
        cycle.closed = None;
    }
    // What stands in a table beside what the format knows would keep the rules quiet.
    let off = |rule: &str| (rule.to_owned(), "off".to_owned());
    before.check = Settings {
        levels: vec![off("unknown-key")],
        ..Settings::default()
    };
    let id = before.key_results.keys().next().expect("one").clone();
    let own = |plan: &mut Plan, lines: &dyn Fn(&mut KeyResult)| {
        lines(plan.key_results.get_mut(&id).expect("the first"));
    };
    own(&mut before, &|own| {
        own.kind = None;
        own.status = Some(Status::Done);
        own.score = Some(Fraction(Number::Float(0.5)));
        own.due = Some("2024-02-01".parse().expect("a day"));
        own.ongoing = None;
        (own.at_least, own.at_most, own.progress) = (None, None, None);
        (own.baseline, own.commit) = (None, None);
        own.target = Some(400.into());
        own.note.push(Note {
            on: "2024-01-02".parse().expect("a day"),
            by: None,
            text: "Only here.".to_owned(),
        });
    });
    let mut after = before.clone();
    let rule = match choices.below(7) {
        0 => {
            own(&mut after, &|own| own.target = Some(300.into()));
            "goalpost-moved"
        }
        1 => {
            let later = "2024-02-02".parse().expect("a day");
            own(&mut after, &|own| own.due = Some(later));
            "goalpost-moved"
        }
        2 => {
            own(&mut after, &|own| own.status = Some(Status::AtRisk));
            "reopened-without-note"
        }
        3 => {
            own(&mut after, &|own| drop(own.note.pop()));
            "note-rewritten"
        }
        4 => {
            own(&mut after, &|own| own.score = Some(Fraction(1.into())));
            "score-changed"
        }
        5 => {
            after.check.levels = vec![off("stale"), off("unknown-key")];
            "check-loosened"
        }
        _ => {
            let id = Id::new("away").expect("an id");
            let own = before.key_results[0].clone();
            let own = KeyResult {
                title: "Gone".to_owned(),
                ..own
            };
            before.key_results.insert(id, own);
            "kr-removed"
        }
    };
    (before, after, rule)
}

proptest! {
    #[test]
    fn any_spoilt_plan_is_checked(
        text in sound(),
        slips in proptest::collection::vec(slip(), 1..6),
    ) {
        let text = slips.iter().fold(text, |text, slip| spoil(&text, slip));
        holds(&text)?;
    }

    #[test]
    fn any_spoilt_plan_is_held_against_another(
        text in sound(),
        slips in proptest::collection::vec(slip(), 0..4),
        more in proptest::collection::vec(slip(), 0..4),
    ) {
        let before = slips.iter().fold(text.clone(), |text, slip| spoil(&text, slip));
        let after = more.iter().fold(text, |text, slip| spoil(&text, slip));
        lies_within(&findings_against(&before, &after), &after)?;
    }

    /// Another layout, another order of the lines and other comments are no change.
    #[test]
    fn what_says_the_same_takes_nothing_back(mut choices in choices()) {
        let plan = plan(&mut choices);
        let (before, after) = (render(&plan, &mut choices), render(&plan, &mut choices));
        let found = rules_of_change(&before, &after);
        prop_assert!(found.is_empty(), "{}\n---\n{}\n{:?}", before, after, found);
    }

    #[test]
    fn what_is_taken_back_is_told_by_its_rule_alone(mut choices in choices()) {
        let (before, after, rule) = taken_back(&mut choices);
        let (before, after) = (render(&before, &mut choices), render(&after, &mut choices));
        let found = rules_of_change(&before, &after);
        prop_assert_eq!(found, BTreeSet::from([rule]), "{}\n---\n{}", before, after);
    }

    #[test]
    fn any_bytes_are_checked(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        holds(&String::from_utf8_lossy(&bytes))?;
    }
}
