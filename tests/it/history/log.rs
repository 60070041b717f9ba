//! The law of logs: what was changed from the first version on, put together, gives the last.

use loti::change::apply;
use loti::history::{Entry, Event, Log};
use loti::model::Plan;
use proptest::prelude::{ProptestConfig, prop_assert_eq};
use proptest::proptest;

use super::past::Line;
use super::reading::{afresh, edited};
use crate::layouts::{choices, plan, render};

fn entries(versions: Vec<Option<Vec<u8>>>) -> Vec<Entry> {
    let mut log = Log::new(Line::new(versions));
    let mut entries = Vec::new();
    while let Ok(Some(entry)) = log.next_entry() {
        entries.push(entry);
    }
    entries
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn all_changes_together_give_the_last_version(mut choices in choices()) {
        let first = plan(&mut choices);
        let mut text = render(&first, &mut choices).into_bytes();
        let mut versions = vec![Some(text.clone())];
        for _ in 0..8 {
            let next = match choices.below(12) {
                0 => None,
                1 => versions[choices.below(versions.len())].clone(),
                _ => Some(edited(&String::from_utf8_lossy(&text), &mut choices)),
            };
            // People go on from a version that can be read.
            if let Some(next) = next.as_ref().filter(|next| afresh(next).is_ok()) {
                text.clone_from(next);
            }
            versions.push(next);
        }
        let mut sum = Plan::default();
        for entry in entries(versions.clone()).iter().rev() {
            match &entry.event {
                Event::Changed { changes, .. } => {
                    for change in changes {
                        apply(&mut sum, change).expect("it was changed so");
                    }
                    let number = usize::from_str_radix(&entry.commit.id, 16).expect("a number");
                    let version = versions[number].as_ref().expect("a file");
                    prop_assert_eq!(&sum, &afresh(version).expect("it can be read"));
                }
                Event::Gone => sum = Plan::default(),
                Event::Unread(_) | Event::Cut => {}
            }
        }
    }
}

#[test]
fn a_version_that_cannot_be_read_is_told_and_the_log_goes_on() {
    let plan = |status: &str| {
        let text = format!("[kr.1]\nobjective = \"o\"\ntitle = \"T\"\n{status}\n");
        Some(text.into_bytes())
    };
    let entries = entries(vec![
        plan("status = \"on-track\""),
        plan("<<<<<<< ours"),
        plan("status = "),
        plan("status = \"done\""),
    ]);
    let told = entries.iter().map(|entry| match &entry.event {
        Event::Changed {
            changes,
            difference,
        } => {
            let words = changes
                .iter()
                .map(|change| change.describe(&difference.was));
            words.collect::<Vec<_>>().join(", ")
        }
        Event::Unread(unread) => unread.to_string(),
        other => format!("{other:?}"),
    });
    let told: Vec<String> = told.collect();
    assert_eq!(
        told,
        [
            "kr.1 status: on-track → done",
            "line 4: string values must be quoted, expected literal string",
            "line 4: a merge left its conflict markers in the file",
            "added kr.1 “T”",
        ]
    );
}
