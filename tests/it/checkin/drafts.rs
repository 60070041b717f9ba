//! What is kept of a walk that did not come to its end, and who goes on with it.

use std::fs;

use anyhow::Result;
use loti::cli::Exit;

use super::PLAN;
use super::dialog::{checked_in, folder, typed};

#[test]
fn an_end_of_input_loses_nothing() -> Result<()> {
    let folder = folder()?;
    let (exit, said, plan) = checked_in(folder.path(), "", typed(&["320", "1", "at"]))?;
    assert_eq!((exit, &*plan), (Exit::Fine, PLAN));
    assert!(
        said.ends_with(
            "nothing is saved; what you answered is kept, and `loti checkin` goes on with it\n"
        ),
        "{said}"
    );

    // Another key result was checked in meanwhile, and this one is still asked first.
    let lines = ["", "", "", "", "", "Said later.", "q", "y"];
    let (_, said, plan) = checked_in(folder.path(), "", typed(&lines))?;
    assert!(
        said.starts_with(
            "on 2021-09-20 you answered for kr.1, and it was not saved\ngo on with it? [Y]es, [n]o, which forgets it, or [q]uit "
        ),
        "{said}"
    );
    assert!(said.contains("figure now? [320 books] "), "{said}");
    assert!(
        said.contains("milestones reached since? [route] "),
        "{said}"
    );
    assert!(said.contains("status? [at-risk] "), "{said}");
    assert!(plan.contains("current = 320"), "{said}");
    assert!(plan.contains("done = true"), "{said}");
    assert!(plan.contains("text = \"Said later.\""), "{said}");

    let (_, said, _) = checked_in(folder.path(), "", typed(&["q"]))?;
    assert!(said.starts_with("check-in of 1 key result\n"), "{said}");
    Ok(())
}

#[test]
fn whoever_says_no_keeps_the_answers_until_they_are_not_wanted() -> Result<()> {
    let folder = folder()?;
    let lines = ["320", "q", "n"];
    let (_, said, plan) = checked_in(folder.path(), "", typed(&lines))?;
    assert_eq!(plan, PLAN);
    assert!(said.contains("what you answered is kept"), "{said}");
    let (_, said, plan) = checked_in(folder.path(), "", typed(&["n", "q"]))?;
    assert_eq!(plan, PLAN);
    assert!(said.contains("figure now? [180 books] "), "{said}");
    let (_, said, _) = checked_in(folder.path(), "", typed(&["q"]))?;
    assert!(said.starts_with("check-in of"), "{said}");
    Ok(())
}

#[test]
fn answers_that_cannot_be_read_are_left_alone() -> Result<()> {
    let folder = folder()?;
    checked_in(folder.path(), "", typed(&["320"]))?;
    let mut kept = folder.path().join("state/loti").read_dir()?;
    let kept = kept.next().expect("what was answered")?.path();
    fs::write(&kept, "{}")?;
    let (exit, said, _) = checked_in(folder.path(), "", typed(&["q"]))?;
    assert_eq!(exit, Exit::Failed);
    assert!(
        said.contains("what you answered before cannot be read from"),
        "{said}"
    );
    assert_eq!(fs::read_to_string(kept)?, "{}");
    Ok(())
}

#[test]
fn a_draft_of_somebody_elses_waits_for_their_own_walk() -> Result<()> {
    let folder = folder()?;
    // Kept of kr.1, which is the team's.
    checked_in(folder.path(), "", typed(&["320", "1"]))?;
    let (_, said, _) = checked_in(folder.path(), " --owner ana", typed(&["", "", "", "y"]))?;
    assert!(!said.contains("kr.1"), "{said}");
    assert!(
        said.contains("kr.2 checked: 2021-09-13 → 2021-09-20"),
        "{said}"
    );
    let (_, said, _) = checked_in(folder.path(), " --owner team", typed(&["", "q", "n"]))?;
    assert!(
        said.starts_with("on 2021-09-20 you answered for kr.1"),
        "{said}"
    );
    assert!(said.contains("figure now? [320 books]"), "{said}");
    Ok(())
}

#[test]
fn whoever_goes_on_can_go_back_to_what_they_answered_before() -> Result<()> {
    let folder = folder()?;
    // All of kr.1, and then the end of the input at kr.2.
    let lines = ["320", "1", "at", "0.5", "The driver left."];
    checked_in(folder.path(), "", typed(&lines))?;
    let (_, said, _) = checked_in(folder.path(), "", typed(&["", "b", "b", "330", "q", "n"]))?;
    let (_, again) = said
        .split_once("2 of 2: kr.2")
        .expect("kr.2 is asked first");
    assert!(again.contains("1 of 2: kr.1"), "{said}");
    assert!(again.contains("figure now? [320 books]"), "{said}");
    assert!(said.contains("kr.1 current: 180 → 330"), "{said}");
    Ok(())
}

#[test]
fn where_nothing_can_be_kept_it_is_said_and_saved_all_the_same() -> Result<()> {
    let folder = folder()?;
    // A file where the folder would be.
    fs::write(folder.path().join("state"), "")?;
    let lines = ["320", "1", "at", "0.5", "The driver left.", "q", "y"];
    let (exit, said, plan) = checked_in(folder.path(), "", typed(&lines))?;
    assert_eq!(exit, Exit::Fine, "{said}");
    let told = "note: what you answered cannot be kept in ";
    assert_eq!(said.matches(told).count(), 1, "{said}");
    assert!(plan.contains("current = 320\n"), "{said}");
    Ok(())
}

#[test]
fn two_walks_at_once_keep_what_each_was_told() -> Result<()> {
    let folder = folder()?;
    let state = folder.path().join("state/loti");
    // Somebody answers of kr.1; then another walk, about kr.2, is in the middle when it is begun anew.
    checked_in(folder.path(), " --owner team", typed(&["320", "1"]))?;
    checked_in(folder.path(), " --owner ana", typed(&["at"]))?;
    let draft = state.read_dir()?.next().expect("a draft")?.path();
    let both = fs::read_to_string(&draft)?;
    assert!(both.contains("\"1\"") && both.contains("\"2\""), "{both}");
    // What is saved of one takes nothing of the other away.
    let (_, said, _) = checked_in(
        folder.path(),
        " --owner ana",
        typed(&["", "", "", "Late.", "y"]),
    )?;
    assert!(
        said.contains("kr.2 status: not-started → at-risk"),
        "{said}"
    );
    let left = fs::read_to_string(&draft)?;
    assert!(left.contains("\"1\"") && !left.contains("\"2\""), "{left}");
    Ok(())
}

#[test]
fn no_other_word_goes_on_with_a_draft() -> Result<()> {
    let folder = folder()?;
    checked_in(folder.path(), "", typed(&["320", "1"]))?;
    let (_, said, _) = checked_in(folder.path(), "", typed(&["loti checkin", "No", "q"]))?;
    assert_eq!(said.matches("go on with it?").count(), 2, "{said}");
    assert!(said.contains("figure now? [180 books]"), "{said}");
    Ok(())
}
