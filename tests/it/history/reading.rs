//! The law of reading versions: to read only the sections that differ gives what reading all does.

use loti::change::{apply, diff};
use loti::history::{Reading, Unread};
use loti::model::Plan;
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq};
use proptest::proptest;

use crate::layouts::{Choices, choices, plan, render};

/// Lines that change what stands around them.
const LINES: &[&str] = &[
    "",
    "# a comment",
    "status = \"done\"",
    "status = \"on-track\"",
    "title = \"\"\"",
    "\"\"\"",
    "'''",
    "needs = [",
    "]",
    "[kr.1]",
    "  [kr.2]",
    "[kr.1.milestone.m9]",
    "name = \"step\"",
    "[[kr.1.note]]",
    "on = 2024-02-01",
    "text = \"said\"",
    "note = [{ on = 2024-02-01, text = \"[kr.3]\" }]",
    "milestone.m1.done = true",
    "kr.3.title = \"dotted\"",
    "kr = { 9 = { objective = \"o1\", title = \"inline\" } }",
    "[kr]",
    "[plan]",
    "[plan.x-unknown]",
    "[[plan.note]]",
    "[check.levels]",
    "stale = \"error\"",
    "[x-unknown.y]",
    "<<<<<<< ours",
    "\u{feff}",
];

/// Changes a text as people and merges do: by lines, blocks of lines and bytes.
pub(super) fn edited(text: &str, choices: &mut Choices) -> Vec<u8> {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    for _ in 0..=choices.below(3) {
        let at = choices.below(lines.len() + 1);
        let to = lines.len().min(at + 1 + choices.below(6));
        let new = LINES[choices.below(LINES.len())];
        match choices.below(8) {
            0 => lines.insert(at, format!("{new}\n")),
            1 => lines.insert(at, format!("{new}\r\n")),
            2 => drop(lines.drain(at..to)),
            3 => {
                let block: Vec<_> = lines.drain(at..to).collect();
                let to = choices.below(lines.len() + 1);
                lines.splice(to..to, block);
            }
            4 => {
                let block = lines[at..to].to_vec();
                let to = choices.below(lines.len() + 1);
                lines.splice(to..to, block);
            }
            5 if at < lines.len() => lines[at] = lines[at].replace("on-track", "at-risk"),
            6 if at < lines.len() => drop(lines[at].pop()),
            _ if at < lines.len() => lines[at] = format!("{new}\n"),
            _ => {}
        }
    }
    let mut bytes = lines.concat().into_bytes();
    if choices.below(40) == 1 && !bytes.is_empty() {
        let at = choices.below(bytes.len());
        bytes[at] = 0xff;
    }
    bytes
}

pub(super) fn afresh(text: &[u8]) -> Result<Plan, Unread> {
    let mut reading = Reading::default();
    reading.turn(&mut text.to_vec())?;
    Ok(reading.plan().clone())
}

/// Turns into each version in turn, and compares with reading it afresh.
fn holds(versions: &[Vec<u8>]) -> Result<(), proptest::test_runner::TestCaseError> {
    let mut reading = Reading::default();
    let mut before = Plan::default();
    for version in versions {
        let shown = String::from_utf8_lossy(version).into_owned();
        let fresh = afresh(version);
        let turned = reading.turn(&mut version.clone());
        prop_assert_eq!(turned.clone().err(), fresh.clone().err(), "{}", shown);
        let (Ok(difference), Ok(fresh)) = (turned, fresh) else {
            prop_assert_eq!(reading.plan(), &before);
            continue;
        };
        prop_assert_eq!(reading.plan(), &fresh, "{}", shown);
        // Rows say nothing by their order but which of one day is the last.
        for (id, key_result) in &fresh.key_results {
            let turned = &reading.plan().key_results[id];
            prop_assert_eq!(turned.last_note(), key_result.last_note());
        }
        let changes = difference.changes();
        prop_assert_eq!(changes.len(), diff(&before, &fresh).len(), "{}", shown);
        for change in &changes {
            apply(&mut before, change).expect("what differs can be changed");
        }
        prop_assert_eq!(&before, &fresh, "{}", shown);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn reading_what_differs_gives_what_reading_all_does(mut choices in choices()) {
        let plan = plan(&mut choices);
        let text = render(&plan, &mut choices);
        let mut versions = vec![text.into_bytes()];
        for _ in 0..8 {
            let at = versions.len() - 1 - choices.below(versions.len().min(2));
            let last = String::from_utf8_lossy(&versions[at]).into_owned();
            versions.push(edited(&last, &mut choices));
        }
        holds(&versions)?;
    }

    #[test]
    fn the_same_holds_of_plans_as_people_write_them(mut choices in choices()) {
        let mut versions = vec![include_bytes!("../../../okrs.toml").to_vec()];
        for _ in 0..6 {
            let last = String::from_utf8_lossy(versions.last().expect("one")).into_owned();
            versions.push(edited(&last, &mut choices));
            if choices.below(3) == 1 {
                versions.push(last.into_bytes());
            }
        }
        holds(&versions)?;
    }

    #[test]
    fn a_version_turned_into_itself_differs_in_nothing(mut choices in choices()) {
        let plan = plan(&mut choices);
        let text = render(&plan, &mut choices).into_bytes();
        let mut reading = Reading::default();
        reading.turn(&mut text.clone()).expect("the text is sound");
        let difference = reading.turn(&mut text.clone()).expect("the text is sound");
        prop_assert!(difference.changes().is_empty());
    }
}

#[test]
fn a_version_that_cannot_be_read_says_where_it_is_wrong_first() {
    let unread = afresh(b"[plan]\nname = \"Plan\"\n\n[kr.1]\nstatus = \"fine\"\n");
    let unread = unread.expect_err("no status");
    assert_eq!(
        unread.to_string(),
        "line 4: this key result has no `objective`, and 2 more problems"
    );
}
