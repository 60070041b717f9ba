//! The laws of merging, over edits made at random on either side.

use proptest::prelude::{ProptestConfig, Strategy, prop, prop_assert, prop_assert_eq};
use proptest::proptest;

use super::{PLAN, merged, with};
use crate::change::merge::{Marks, Side};
use crate::document::Document;
use crate::model::Plan;
use crate::text::Source;

/// Edits that have nothing to do with each other: what stands there, and what is to.
const EDITS: &[(&str, &str)] = &[
    ("# The plan of the library.", "# The plan of our library."),
    ("name = \"P\"\n", "name = \"P\"\nowner = \"ana\"\n"),
    ("end = 2024-12-31", "end = 2025-01-31 # longer"),
    ("# Whom we reach\n", "# == Reach ==\n\n# Whom we reach\n"),
    ("name = \"Outreach\"", "name = 'Outreach'"),
    ("name = \"Rooms\"", "name = \"Quiet rooms\""),
    ("[kr.1]\n", "# The first\n[kr.1]\n"),
    ("title = \"Lend books\"", "title = \"Lend more books\""),
    ("status = \"on-track\"\n", ""),
    ("current = 3", "current = 4"),
    ("\"a\", \"b\"", "\"b\""),
    ("name = \"Route\"\n", "name = \"Route\"\ndone = true\n"),
    ("\n[[kr.1.note]]\non = 2024-02-01\ntext = \"First\"\n", ""),
    (
        "\n[kr.2]\n",
        "\n[[kr.1.note]]\non = 2024-03-01\nby = \"ben\"\ntext = \"Second\"\n\n[kr.2]\n",
    ),
    (
        "title = \"Read aloud\"",
        "title = \"Read aloud\" # to whom?",
    ),
    (
        "needs = [\"1\"]\n",
        "needs = [\"1\", \"objective.p\"]\n\n[kr.3]\nobjective = \"p\"\ntitle = \"New\"\n",
    ),
];

/// Makes up which of the edits each side makes.
fn edits() -> impl Strategy<Value = Vec<[bool; 2]>> {
    let side = prop::bool::weighted(0.4);
    let sides = [side, side];
    prop::collection::vec(sides, EDITS.len())
}

fn made(edits: &[[bool; 2]], which: impl Fn(&[bool; 2]) -> bool) -> String {
    let made = EDITS.iter().zip(edits).filter(|(_, sides)| which(sides));
    with(&made.map(|(edit, _)| *edit).collect::<Vec<_>>())
}

fn plan(text: &str) -> Plan {
    Document::read(Source::new("okrs.toml", text)).plan
}

/// Another value for a key of each side: a conflict each.
const CONFLICTS: &[(&str, [&str; 2])] = &[
    ("\"Outreach\"", ["\"Out\"", "\"Reaching out\""]),
    (
        "start = 2024-01-01",
        ["start = 2024-02-01", "start = 2024-03-01"],
    ),
    ("\"Read aloud\"", ["\"Read\"", "\"Aloud\""]),
    ("name = \"Route\"", ["name = \"A\"", "name = \"B\""]),
];

proptest! {
    #![proptest_config(ProptestConfig {
        // More where the environment asks for more.
        cases: ProptestConfig::default().cases.max(400),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn edits_that_do_not_touch_each_other_are_all_there_byte_for_byte(edits in edits()) {
        let ours = made(&edits, |[ours, _]| *ours);
        let theirs = made(&edits, |[_, theirs]| *theirs);
        let both = made(&edits, |[ours, theirs]| *ours || *theirs);
        for (ours, theirs) in [(&ours, &theirs), (&theirs, &ours)] {
            let merged = merged(PLAN, ours, theirs);
            prop_assert!(merged.is_clean(), "{:#?}", merged.conflicts);
            prop_assert_eq!(&merged.text(&Marks::default()), &both);
        }
    }

    #[test]
    fn what_contradicts_is_marked_and_nothing_else_is_touched(
        edits in edits(),
        conflicts in prop::collection::vec(prop::bool::ANY, CONFLICTS.len()),
    ) {
        let is_free = |edit: &(&str, &str)| {
            !CONFLICTS.iter().any(|(old, _)| edit.0.contains(old) || old.contains(edit.0))
        };
        let edits: Vec<[bool; 2]> = EDITS
            .iter()
            .zip(edits)
            .map(|(edit, sides)| if is_free(edit) { sides } else { [false, false] })
            .collect();
        let chosen: Vec<_> = CONFLICTS
            .iter()
            .zip(&conflicts)
            .filter_map(|(conflict, chosen)| chosen.then_some(conflict))
            .collect();
        let decided = |text: &str, side: usize| {
            let chosen = chosen.iter();
            chosen.fold(text.to_owned(), |text, (old, new)| text.replacen(old, new[side], 1))
        };
        let ours = decided(&made(&edits, |[ours, _]| *ours), 0);
        let theirs = decided(&made(&edits, |[_, theirs]| *theirs), 1);
        let both = made(&edits, |[ours, theirs]| *ours || *theirs);
        let there = merged(PLAN, &ours, &theirs);
        prop_assert_eq!(there.conflicts.len(), chosen.len());
        prop_assert_eq!(plan(&there.side(Side::Ours)), plan(&decided(&both, 0)));
        prop_assert_eq!(plan(&there.side(Side::Theirs)), plan(&decided(&both, 1)));
        let back = merged(PLAN, &theirs, &ours);
        prop_assert_eq!(back.conflicts.len(), chosen.len());
        prop_assert_eq!(plan(&back.side(Side::Ours)), plan(&there.side(Side::Theirs)));
    }

    #[test]
    fn a_side_that_changed_nothing_changes_nothing(edits in edits()) {
        let changed = made(&edits, |[ours, _]| *ours);
        for (base, ours, theirs) in [
            (PLAN, PLAN, &*changed),
            (PLAN, &*changed, PLAN),
            (PLAN, &*changed, &*changed),
            (&*changed, PLAN, &*changed),
        ] {
            let merged = merged(base, ours, theirs);
            let expected = if base == changed { ours } else { &*changed };
            prop_assert_eq!(merged.text(&Marks::default()), expected);
        }
    }
}
