//! Reading back: which check-ins wait for an answer.

use std::fs;

use loti::model::Id;
use loti::view::{Filter, Report};

use super::{PLAN, day, plan};
use crate::asking::typed_from;

/// Returns what waits for an answer on 20 September: the key result, its reviewer, the day, the words.
fn waiting(text: &str, since: &str) -> Vec<(String, String, String, Option<String>)> {
    let plan = plan(text);
    let cycle = Id::new("q").expect("an id");
    let today = day("2021-09-20");
    let report = Report::new(&plan, None, &cycle, &Filter::default(), today);
    let report = report.with_unanswered(day(since), today);
    let own = report.unanswered.iter();
    own.map(|own| {
        let said = own.note.map(|note| note.text.clone());
        (
            own.id.to_string(),
            own.reviewer.to_owned(),
            own.on.to_string(),
            said,
        )
    })
    .collect()
}

fn one(
    id: &str,
    reviewer: &str,
    on: &str,
    said: Option<&str>,
) -> (String, String, String, Option<String>) {
    (
        id.to_owned(),
        reviewer.to_owned(),
        on.to_owned(),
        said.map(str::to_owned),
    )
}

fn reviewed() -> String {
    PLAN.replace(
        "owner = \"team\"\n",
        "owner = \"team\"\nreviewer = \"ben\"\n",
    )
}

fn with_note(text: &str, on: &str, by: &str, said: &str) -> String {
    let note =
        format!("runs full.\"\n\n[[kr.1.note]]\non = {on}\nby = \"{by}\"\ntext = \"{said}\"\n");
    text.replace("runs full.\"\n", &note)
}

#[test]
fn without_a_reviewer_nothing_waits() {
    assert_eq!(waiting(PLAN, "2021-07-15"), []);
}

#[test]
fn the_latest_check_in_of_each_waits_for_the_reviewer_in_force() {
    let said = Some("The first route runs full.");
    assert_eq!(
        waiting(&reviewed(), "2021-08-01"),
        [
            one("1", "ben", "2021-08-23", said),
            one("2", "ben", "2021-09-13", None),
            one("3", "ben", "2021-09-14", None),
        ]
    );
    // Before the last meeting it was of the last meeting.
    assert_eq!(
        waiting(&reviewed(), "2021-09-14"),
        [one("3", "ben", "2021-09-14", None)]
    );
    let own = reviewed().replace("progress = 70\n", "progress = 70\nreviewer = \"cleo\"\n");
    assert_eq!(waiting(&own, "2021-09-14")[0].1, "cleo");
    // Nobody answers themselves.
    let own = reviewed().replace("progress = 70\n", "progress = 70\nowner = \"ben\"\n");
    assert_eq!(waiting(&own, "2021-09-14"), []);
}

#[test]
fn a_note_of_the_reviewer_answers_what_came_before_it() {
    let answered = with_note(&reviewed(), "2021-08-23", "ben", "Well done.");
    assert!(
        waiting(&answered, "2021-08-01")
            .iter()
            .all(|own| own.0 != "1")
    );
    // What was said afterwards, on the same day, waits again.
    let again = answered.replace(
        "text = \"Well done.\"\n",
        "text = \"Well done.\"\n\n[[kr.1.note]]\non = 2021-08-23\nby = \"team\"\ntext = \"Too full.\"\n",
    );
    assert_eq!(
        waiting(&again, "2021-08-01")[0],
        one("1", "ben", "2021-08-23", Some("Too full."))
    );
    // A note of somebody else is no answer.
    let other = with_note(&reviewed(), "2021-08-24", "cleo", "Really?");
    assert_eq!(
        waiting(&other, "2021-08-01")[0],
        one("1", "ben", "2021-08-24", Some("Really?"))
    );
}

#[test]
fn a_check_in_without_a_word_does_not_hide_what_was_said() {
    let text = with_note(&reviewed(), "2021-09-10", "team", "A third route.");
    let text = text.replace(
        "confidence = 0.8\n",
        "confidence = 0.8\nchecked = 2021-09-17\n",
    );
    assert_eq!(
        waiting(&text, "2021-09-08")[0],
        one("1", "ben", "2021-09-10", Some("A third route."))
    );
}

#[test]
fn the_report_lists_them_until_a_note_answers() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("okrs.toml"), reviewed())?;
    let run = |words: &str| -> anyhow::Result<String> {
        let words = format!("{words} --width 80");
        Ok(typed_from(folder.path(), &words, Box::new(std::io::empty()), "")?.1)
    };
    let said = run("report")?;
    let (_, rest) = said.split_once("TO BE ANSWERED\n").expect("the list");
    assert!(
        rest.starts_with(
            "  2  Open a reading corner, by ben\n     checked without a word (13 Sep)\n  3  Half of the town knows the bus, by ben\n     checked without a word (14 Sep)\n\n"
        ),
        "{said}"
    );
    run("note 2 Good. --by ben")?;
    run("note 3 Go. --by ben")?;
    let said = run("report")?;
    assert!(!said.contains("TO BE ANSWERED"), "{said}");
    Ok(())
}
