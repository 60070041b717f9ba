//! What somebody else does to the plan while one checks in.

use std::fs;

use anyhow::Result;
use loti::cli::Exit;

use super::PLAN;
use super::dialog::{checked_in, folder, typed};
use crate::asking::Then::{self, Elsewhere, Type};

/// Answers all of kr.1, which somebody ends then, and goes on.
fn answered_and_ended(
    note: &'static str,
    status: &'static str,
    rest: &[&'static str],
) -> Vec<Then> {
    let mut script = typed(&["320", "", "at", "", note]);
    script.push(Elsewhere("status = \"on-track\"\nbaseline", status));
    script.extend(typed(rest));
    script
}

#[test]
fn a_file_that_changed_meanwhile_keeps_both_and_says_so() -> Result<()> {
    let folder = folder()?;
    let script = vec![
        Type("320"),
        Elsewhere("current = 180", "current = 300 # by phone"),
        Type("q"),
        // While the change is looked at.
        Elsewhere("title = \"Quiet rooms\"", "title = \"Quiet reading rooms\""),
        Elsewhere("current = 300", "current = 310"),
        Type("y"),
        Type("y"),
    ];
    let (exit, said, plan) = checked_in(folder.path(), "", script)?;
    assert_eq!(exit, Exit::Fine, "{said}");
    assert!(
        said.contains("kr.1 current: somebody made it 300 meanwhile; you answered 320\n"),
        "{said}"
    );
    assert!(
        said.contains("the file changed while you looked: this is how it would be now\n"),
        "{said}"
    );
    assert!(said.ends_with("kr.1 current: 310 → 320\n"), "{said}");
    let wanted = PLAN
        .replace("current = 180", "current = 320 # by phone")
        .replace("Quiet rooms", "Quiet reading rooms");
    assert_eq!(plan, wanted);
    Ok(())
}

#[test]
fn a_key_result_that_went_away_meanwhile_takes_no_other_answer_with_it() -> Result<()> {
    let folder = folder()?;
    let script = answered_and_ended("", "status = \"dropped\"\nbaseline", &["on", "", "", "y"]);
    let (_, said, plan) = checked_in(folder.path(), "", script)?;
    assert!(
        said.contains(
            "kr.1 is not open any more, or gone: what was answered of it changes nothing\n"
        ),
        "{said}"
    );
    assert!(plan.contains("current = 180"), "{plan}");
    assert!(plan.contains("status = \"on-track\"\n"), "{plan}");
    assert!(plan.contains("checked = 2021-09-20"), "{plan}");
    Ok(())
}

#[test]
fn a_file_broken_meanwhile_loses_no_answer() -> Result<()> {
    let folder = folder()?;
    let script = vec![Type("320"), Elsewhere("[kr.2]", "[kr.2"), Type("q")];
    let (exit, said, _) = checked_in(folder.path(), "", script)?;
    assert_eq!(exit, Exit::Failed, "{said}");
    assert!(said.contains("what you answered is kept"), "{said}");
    let path = folder.path().join("okrs.toml");
    fs::write(
        &path,
        fs::read_to_string(&path)?.replace("[kr.2\n", "[kr.2]\n"),
    )?;
    let (_, _, plan) = checked_in(folder.path(), "", typed(&["y", "q", "y"]))?;
    assert_eq!(plan, PLAN.replace("current = 180", "current = 320"));
    Ok(())
}

#[test]
fn a_file_emptied_meanwhile_loses_no_answer() -> Result<()> {
    let folder = folder()?;
    let script = vec![Type("320"), Elsewhere(PLAN, ""), Type("q")];
    let (exit, said, _) = checked_in(folder.path(), "", script)?;
    assert_eq!(exit, Exit::Failed, "{said}");
    assert!(said.contains("what you answered is kept"), "{said}");
    fs::write(folder.path().join("okrs.toml"), PLAN)?;
    let (_, _, plan) = checked_in(folder.path(), "", typed(&["y", "q", "y"]))?;
    assert_eq!(plan, PLAN.replace("current = 180", "current = 320"));
    Ok(())
}

#[test]
fn what_was_said_of_a_key_result_that_is_done_meanwhile_is_told_and_not_lost() -> Result<()> {
    let folder = folder()?;
    let status = "status = \"done\"\nbaseline";
    let script = answered_and_ended("The driver left.", status, &["q"]);
    let (_, said, _) = checked_in(folder.path(), "", script)?;
    let told = "`loti note 1 'The driver left.'` keeps what was said\n";
    assert!(said.contains(told), "{said}");
    assert!(!said.contains("says all of it already"), "{said}");
    // The next time it is told once more, and then let go.
    let (_, said, _) = checked_in(folder.path(), "", typed(&["y", "q"]))?;
    assert!(said.contains(told), "{said}");
    let (_, said, _) = checked_in(folder.path(), "", typed(&["q"]))?;
    assert!(!said.contains("go on with it?"), "{said}");
    Ok(())
}

#[test]
fn whoever_asks_is_told_the_words_and_what_others_wrote() -> Result<()> {
    let folder = folder()?;
    let mut script = typed(&["", "", "?"]);
    script.push(Elsewhere("status = \"on-track\"", "status = \"off-track\""));
    script.extend(typed(&["", "", "", "", "q", "n"]));
    let (_, said, _) = checked_in(folder.path(), "", script)?;
    assert!(
        said.contains(
            "  not-started, on-track, at-risk, off-track, done, dropped; as much of a word"
        ),
        "{said}"
    );
    assert!(
        said.contains("kr.1 status: somebody made it off-track meanwhile\n"),
        "{said}"
    );
    Ok(())
}
