//! What somebody at a terminal is told, and what stands in the file afterwards.

use std::fs;
use std::path::Path;

use anyhow::Result;
use loti::cli::Exit;

use super::PLAN;
use crate::asking::Then::{self, Elsewhere, Type};
use crate::asking::{Script, typed_from};

/// Checks in while things happen; returns how it ended, what was said, and the plan then.
fn checked_in(folder: &Path, words: &str, script: Vec<Then>) -> Result<(Exit, String, String)> {
    let plan = folder.join("okrs.toml");
    let keyboard = Script::new(&plan, script);
    let words = format!("checkin{words} --width 80");
    let (exit, said) = typed_from(folder, &words, Box::new(keyboard), "")?;
    Ok((exit, said, fs::read_to_string(plan)?))
}

fn folder() -> Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("okrs.toml"), PLAN)?;
    Ok(folder)
}

fn typed(lines: &[&'static str]) -> Vec<Then> {
    lines.iter().map(|line| Type(line)).collect()
}

#[test]
fn a_check_in_is_a_few_lines_and_one_edit() -> Result<()> {
    let folder = folder()?;
    let lines = ["320", "1", "at", "0.5", "The driver left.", "", "", "", "y"];
    let (exit, said, plan) = checked_in(folder.path(), " --by team", typed(&lines))?;
    assert_eq!(exit, Exit::Fine, "{said}");
    let (_, end) = said
        .split_once("this would be saved")
        .expect("a look at it");
    assert_eq!(
        end,
        " in okrs.toml:
  kr.1 current: 180 → 320
  kr.1.milestone.route done: false → true
  kr.1 status: on-track → at-risk
  kr.1 confidence: 0.8 → 0.5
  kr.1 note added: The driver left.
  kr.2 checked: 2021-09-13 → 2021-09-20
save it? [Y]es, [n]o, [b]ack, [d]iff of the file kr.1 current: 180 → 320
kr.1.milestone.route done: false → true
kr.1 status: on-track → at-risk
kr.1 confidence: 0.8 → 0.5
kr.1 note added: The driver left.
kr.2 checked: 2021-09-13 → 2021-09-20
"
    );
    let wanted = PLAN
        .replace("current = 180", "current = 320")
        .replace("status = \"on-track\"\nbaseline", "status = \"at-risk\"\nbaseline")
        .replace("confidence = 0.8", "confidence = 0.5")
        .replace("due = 2021-09-08\n", "due = 2021-09-08\ndone = true\n")
        .replace(
            "runs full.\"\n",
            "runs full.\"\n\n[[kr.1.note]]\non = 2021-09-20\nby = \"team\"\ntext = \"The driver left.\"\n",
        )
        .replace("checked = 2021-09-13", "checked = 2021-09-20");
    assert_eq!(plan, wanted);
    assert!(!folder.path().join("state/loti").read_dir()?.any(|_| true));
    Ok(())
}

#[test]
fn what_is_asked_is_said_in_plain_lines() -> Result<()> {
    let folder = folder()?;
    let (_, said, _) = checked_in(folder.path(), "", typed(&["", "", "", "", "", "q", "n"]))?;
    assert!(
        said.starts_with(
            "check-in of 2 key results
Enter leaves it as it is, s skips, b goes back, q stops, ? says more

1 of 2: kr.1, Lend 400 books a month
  last heard of 23 Aug, check-in 21 days late
  \"The first route runs full.\" (23 Aug)
  on track, 180 of 400 books, team, progress 21 %, 51 points behind the time gone, due 15 Oct, in 25 days
  open milestones:
    1 route: Second route opens (8 Sep, 12 days late)
  figure now? [180 books] "
        ),
        "{said}"
    );
    assert!(said.contains("which looks off track; you"), "{said}");
    assert!(!said.contains('\u{1b}'), "{said}");
    Ok(())
}

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
fn back_from_the_last_look_leads_to_the_last_question() -> Result<()> {
    let folder = folder()?;
    let script = typed(&["s", "", "", "Word.", "b", "Another word.", "d", "", ""]);
    let (_, said, plan) = checked_in(folder.path(), "", script)?;
    assert!(said.contains("what happened? [Word.] "), "{said}");
    assert!(
        said.contains("+text = \"Another word.\"\n"),
        "the diff: {said}"
    );
    assert!(plan.contains("text = \"Another word.\""), "{plan}");
    assert!(!plan.contains("text = \"Word.\""), "{plan}");
    assert!(said.contains("1 key result left for later"), "{said}");
    Ok(())
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
    let script = vec![
        Type("320"),
        Type(""),
        Type("at"),
        Type(""),
        Type(""),
        Elsewhere(
            "status = \"on-track\"\nbaseline",
            "status = \"dropped\"\nbaseline",
        ),
        Type("on"),
        Type(""),
        Type(""),
        Type("y"),
    ];
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
    let script = vec![
        Type("320"),
        Type(""),
        Type("at"),
        Type(""),
        Type("The driver left."),
        Elsewhere(
            "status = \"on-track\"\nbaseline",
            "status = \"done\"\nbaseline",
        ),
        Type("q"),
    ];
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
fn only_shown_nothing_is_written_and_nothing_lost() -> Result<()> {
    let folder = folder()?;
    let (_, said, plan) = checked_in(folder.path(), " --dry-run", typed(&["320", "q"]))?;
    assert_eq!(plan, PLAN);
    assert!(said.contains("-current = 180\n+current = 320\n"), "{said}");
    let (_, said, _) = checked_in(folder.path(), "", typed(&["y", "q", "y"]))?;
    assert!(said.ends_with("kr.1 current: 180 → 320\n"), "{said}");
    Ok(())
}

#[test]
fn each_owner_is_asked_for_their_own() -> Result<()> {
    let folder = folder()?;
    let (_, said, _) = checked_in(folder.path(), " --owner ana", typed(&["q"]))?;
    assert!(
        said.contains("1 of 1: kr.2, Open a reading corner\n"),
        "{said}"
    );
    let (_, said, _) = checked_in(folder.path(), " --all --owner team", typed(&["s", "q"]))?;
    assert!(said.contains("2 of 2: kr.3, Half of the town"), "{said}");
    Ok(())
}

#[test]
fn where_nothing_is_due_nothing_is_asked() -> Result<()> {
    let folder = folder()?;
    let path = folder.path().join("okrs.toml");
    fs::write(&path, PLAN.replace("cadence = \"weekly\"\n", ""))?;
    let (_, said, _) = checked_in(folder.path(), "", Vec::new())?;
    assert_eq!(
        said,
        "nothing is due: no cadence is agreed\n\
         hint: `loti set plan cadence=weekly` sets one; `loti checkin --all` asks anyway\n"
    );
    fs::write(
        &path,
        PLAN.replace("cadence = \"weekly\"", "cadence = \"monthly\""),
    )?;
    let (_, said, _) = checked_in(folder.path(), "", Vec::new())?;
    assert_eq!(
        said,
        "nothing is due before 2021-09-23\n\
         hint: `loti checkin --all` asks for whatever is open\n"
    );
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
fn a_check_in_ends_with_advice_on_what_it_raised() -> Result<()> {
    let folder = folder()?;
    let path = folder.path().join("okrs.toml");
    fs::write(&path, PLAN.replace("end = 2021-10-15", "end = 2022-01-15"))?;
    let (_, said, _) = checked_in(folder.path(), "", typed(&["400", "q", "y"]))?;
    assert!(
        said.ends_with(
            "kr.1 current: 180 → 400\n\
             advice: kr.1 is at its target before half of its time (`loti explain sandbagged`)\n"
        ),
        "{said}"
    );
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
