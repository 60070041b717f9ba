//! What somebody at a terminal is told, and what stands in the file afterwards.

use std::fs;
use std::path::Path;

use anyhow::Result;
use loti::cli::Exit;

use super::PLAN;
use crate::asking::Then::{self, Type};
use crate::asking::{Script, typed_from};

/// Checks in while things happen; returns how it ended, what was said, and the plan then.
pub(super) fn checked_in(
    folder: &Path,
    words: &str,
    script: Vec<Then>,
) -> Result<(Exit, String, String)> {
    let plan = folder.join("okrs.toml");
    let keyboard = Script::new(&plan, script);
    let words = format!("checkin{words} --width 80");
    let (exit, said) = typed_from(folder, &words, Box::new(keyboard), "")?;
    Ok((exit, said, fs::read_to_string(plan)?))
}

pub(super) fn folder() -> Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("okrs.toml"), PLAN)?;
    Ok(folder)
}

pub(super) fn typed(lines: &[&'static str]) -> Vec<Then> {
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
