//! Files of answers, by hand and by the terminal: nothing in them is lost, and what they lack is asked.

use std::fs;

use anyhow::Result;
use loti::cli::Exit;

use super::dialog::{DAY, closed, plan, typed};

#[test]
fn somebody_elses_file_keeps_its_comments_and_what_it_says() -> Result<()> {
    let folder = plan()?;
    let mine = "\
# mine, from the meeting
cycle = \"y2q1\"   # the first
lesson = \"Less.\"

# Ana says so
[kr.5] # clubs
score = 0.4   # by telephone
why = \"Two more clubs said yes.\"

[kr.1]
then = \"end\"
# no idea why
why = \"\"
";
    let path = folder.path().join("mine.toml");
    fs::write(&path, mine)?;
    let words = format!("cycle close --answers mine.toml {DAY}");
    let script = typed(&[
        "",
        "The driver left.", // of 1, why it ends, after its grade
        "r",
        "It moves.", // of 2
        "",          // the grade of 3
        "e",         // of 4
        "Eight is late.",
        "e", // of 5
        "d",
        "",
        "n", // of 6
    ]);
    let (exit, said, _) = closed(folder.path(), &words, script)?;
    assert_eq!(exit, Exit::Fine, "{said}");
    assert_eq!(said.matches("What becomes of it?").count(), 4, "{said}");
    let kept = fs::read_to_string(&path)?;
    for line in mine.lines() {
        let line = line.replace("why = \"\"", "why = \"The driver left.\"");
        assert!(kept.contains(&line), "{line}\n{kept}");
    }
    for lines in [
        "[kr.5] # clubs\nscore = 0.4   # by telephone\nwhy = \"Two more clubs said yes.\"\nthen = \"end\"\n",
        "\n# 2  Open a reading corner at the market\n",
    ] {
        assert!(kept.contains(lines), "{lines}\n{kept}");
    }
    let (_, said, plan) = closed(folder.path(), &words, Vec::new())?;
    assert!(said.contains("is closed"), "all of it is answered: {said}");
    assert!(
        plan.contains("Graded 0.4 (0.2 was proposed) and ended: Two more clubs said yes."),
        "{plan}"
    );
    Ok(())
}

#[test]
fn what_a_file_lacks_is_asked_for() -> Result<()> {
    let folder = plan()?;
    let answers = "\
lesson = \"Less.\"
kr.2 = { then = \"drop\", why = \"It moves.\" }
kr.1 = { then = \"carry\" }
kr.3 = {}
kr.4 = { then = \"end\", why = \"Late.\" }
kr.5 = { then = \"end\" }
kr.6 = { then = \"done\" }
";
    fs::write(folder.path().join("some.toml"), answers)?;
    let words = format!("cycle close --answers some.toml {DAY}");
    let script = typed(&["", "y2q2", "", "", "", "", "Two are enough.", "y"]);
    let (exit, said, plan) = closed(folder.path(), &words, script)?;
    assert_eq!(exit, Exit::Fine, "{said}");
    assert!(!said.contains("What becomes of it?"), "{said}");
    assert!(
        plan.contains("text = \"Ended: Two are enough.\"\n"),
        "{plan}"
    );
    assert!(plan.contains("[cycle.y2q2]\n"), "{plan}");
    Ok(())
}

#[test]
fn a_template_has_what_was_answered_before() -> Result<()> {
    let folder = plan()?;
    let script = typed(&["c", "0.4", "The driver left.", "", "", "", "", "q"]);
    closed(folder.path(), &format!("cycle close {DAY}"), script)?;
    let words = format!("cycle close --plan {DAY}");
    let (_, said, _) = closed(folder.path(), &words, Vec::new())?;
    for lines in [
        "with the answers in okrs.close-y2q1.toml\n",
        "[kr.1]\nthen = \"carry\"\nscore = 0.4\nwhy = \"The driver left.\"\n",
        "[kr.2]\nthen = \"\"\n#score = 0.0\n",
        "next = \"y2q2\"\n",
    ] {
        assert!(said.contains(lines), "{lines}\n{said}");
    }
    Ok(())
}

#[test]
fn what_only_a_file_can_say_stays_when_somebody_goes_back() -> Result<()> {
    let folder = plan()?;
    let answers = "\
lesson = \"Less.\"
next = \"later\"
[kr.1]
then = \"end\"
why = \"Long story.\"
[kr.2]
then = \"drop\"
why = \"Moved.\"
[kr.3]
[kr.4]
then = \"end\"
why = \"Late.\"
[kr.5]
then = \"end\"
why = \"Small.\"
[kr.6]
then = \"carry\"
why = \"The new team takes it.\"
id = \"schools\"
title = \"Meet the other schools\"
";
    let path = folder.path().join("mine.toml");
    fs::write(&path, answers.replace("then = \"drop\"\n", ""))?;
    let words = format!("cycle close --answers mine.toml {DAY}");
    // 2 is asked; at the last look 6 is gone back to.
    let script = typed(&["r", "b", "", "", "b", "n"]);
    let (_, said, _) = closed(folder.path(), &words, script)?;
    let kept = fs::read_to_string(&path)?;
    let last = answers.find("[kr.6]").expect("it is there");
    assert!(kept.contains(&answers[last..]), "{said}\n{kept}");
    assert!(
        kept.contains("[kr.2]\nwhy = \"Moved.\"\nthen = \"drop\"\n"),
        "{kept}"
    );
    Ok(())
}

#[test]
fn answers_that_others_broke_or_outdated_are_not_the_end() -> Result<()> {
    let folder = plan()?;
    let kept = folder.path().join("okrs.close-y2q1.toml");
    let words = format!("cycle close {DAY}");
    closed(folder.path(), &words, typed(&["r", "Moved.", "q"]))?;
    let good = fs::read_to_string(&kept)?;
    fs::write(
        &kept,
        format!("{good}\n[kr.77]\nthen = \"drop\"\nwhy = \"Gone.\"\n"),
    )?;
    let (_, said, _) = closed(folder.path(), &words, typed(&["r", "Enough.", "q"]))?;
    assert!(
        said.contains("note: kr.77 went out of cycle.y2q1, or goes by another id"),
        "{said}"
    );
    let both = fs::read_to_string(&kept)?;
    assert!(
        both.contains("\"Gone.\"") && both.contains("\"Enough.\""),
        "{both}"
    );

    fs::write(&kept, format!("{good}= =\n"))?;
    let (exit, said, _) = closed(folder.path(), &words, Vec::new())?;
    assert_eq!(exit, Exit::Failed);
    let line = good.lines().count() + 1;
    assert!(
        said.contains(&format!("okrs.close-y2q1.toml:{line}: ")),
        "{said}"
    );
    Ok(())
}
