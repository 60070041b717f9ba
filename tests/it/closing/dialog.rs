//! Closing as somebody at a terminal does it: what is asked, what is taken back, and what stands in
//! the files afterwards.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use anyhow::Result;
use loti::cli::Exit;

use crate::asking::Then::{self, Elsewhere, Type};
use crate::asking::{Script, typed_on};

pub(super) const DAY: &str = "--today 2021-10-20";

pub(super) fn plan() -> Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    let plan = include_str!("../../sessions/closing.in/okrs.toml");
    fs::write(folder.path().join("okrs.toml"), plan)?;
    Ok(folder)
}

/// Carries 1 over into a new cycle, drops 2, confirms 3, carries 4 over, ends 5 with another
/// grade, and finds 6 done.
const ANSWERS: [&str; 16] = [
    "c",
    "",
    "",
    "",
    "",
    "",
    "r",
    "It moves in spring.",
    "0,9",
    "Two rooms are small.",
    "carry",
    "e",
    "0.3",
    "By telephone.",
    "d",
    "",
];

#[test]
fn each_key_result_is_asked_about_and_all_is_one_edit() -> Result<()> {
    let folder = plan()?;
    let answers = format!("{}\nOne thing at a time.\ny\n", ANSWERS.join("\n"));
    let (exit, said) = typed_then(folder.path(), "cycle close", &answers)?;
    assert_eq!(exit, Exit::Fine, "{said}");
    assert!(said.contains("1 of 6 · kr.1  Lend 400 books"), "{said}");
    assert!(said.contains("Its grade, 0 to 1 [0.5]:"), "{said}");
    assert!(
        said.contains("6 key results: 2 carried over, 1 dropped, 2 done and 1 ended"),
        "{said}"
    );
    let plan = fs::read_to_string(folder.path().join("okrs.toml"))?;
    for line in [
        "closed = 2021-10-20\n",
        "text = \"One thing at a time.\"\n",
        "text = \"Dropped: It moves in spring.\"\n",
        "text = \"Graded 0.9 (1 was proposed): Two rooms are small.\"\n",
        "text = \"Graded 0.3 (0.2 was proposed) and ended: By telephone.\"\n",
        "[cycle.y2q2]\nname = \"Year 2, Quarter 2\"\n",
        "continues = \"1\"\nbaseline = 260\n",
    ] {
        assert!(plan.contains(line), "{line}{plan}");
    }
    assert_eq!(
        fs::read_dir(folder.path())?.count(),
        1,
        "no answers are left over"
    );
    Ok(())
}

#[test]
fn whoever_stops_goes_on_where_they_stopped() -> Result<()> {
    let folder = plan()?;
    let path = folder.path().join("okrs.toml");
    let before = fs::read_to_string(&path)?;
    let whole = format!("{}\n\ny\n", ANSWERS.join("\n"));
    typed_then(folder.path(), "cycle close", &whole)?;
    let after = fs::read_to_string(&path)?;
    // The input ends after each number of answers in turn: a closed window. Whoever goes on answers
    // only what is left.
    for end in 0..=ANSWERS.len() {
        let folder = plan()?;
        let path = folder.path().join("okrs.toml");
        let first = ANSWERS[..end].join("\n") + if end > 0 { "\n" } else { "" };
        let (_, said) = typed_then(folder.path(), "cycle close", &first)?;
        assert!(said.contains("nothing is changed"), "{said}");
        assert_eq!(fs::read_to_string(&path)?, before);
        let rest = [&ANSWERS[end..], &["", "y"]].concat().join("\n") + "\n";
        let (_, said) = typed_then(folder.path(), "cycle close", &rest)?;
        assert_eq!(fs::read_to_string(&path)?, after, "{end}\n{said}");
    }
    let folder = plan()?;
    let (_, said) = typed_then(folder.path(), "cycle close", "c\n\n\n\n\n\nq\n")?;
    assert!(
        said.contains("your answers are in okrs.close-y2q1.toml"),
        "{said}"
    );
    let rest = format!("{}\n\ny\n", ANSWERS[6..].join("\n"));
    let (exit, said) = typed_then(folder.path(), "cycle close", &rest)?;
    assert_eq!(exit, Exit::Fine, "{said}");
    assert!(said.contains("going on from the answers in"), "{said}");
    assert!(said.contains("1 of 5 · kr.2"), "{said}");
    let plan = fs::read_to_string(folder.path().join("okrs.toml"))?;
    assert!(plan.contains("closed = 2021-10-20\n"), "{plan}");
    Ok(())
}

#[test]
fn an_answer_can_be_taken_back() -> Result<()> {
    let folder = plan()?;
    // 1 is ended, then carried over after all; no is heard at the end.
    let rest = ANSWERS.join("\n");
    let answers = format!("e\n\nWhy not.\nb\nb\nb\n{rest}\n\nn\n");
    let (exit, said) = typed_then(folder.path(), "cycle close", &answers)?;
    assert_eq!(exit, Exit::Fine, "{said}");
    assert!(said.contains("2 carried over, 1 dropped, 2 done"), "{said}");
    assert!(
        said.contains("nothing is changed; your answers are in"),
        "{said}"
    );
    let kept = fs::read_to_string(folder.path().join("okrs.close-y2q1.toml"))?;
    assert!(!kept.contains("Why not."), "{kept}");
    Ok(())
}

#[test]
fn what_cannot_be_an_answer_is_asked_again() -> Result<()> {
    let folder = plan()?;
    let (_, said) = typed_then(
        folder.path(),
        "cycle close",
        "maybe\ne\n1.5\nhalf\n0.5\n\nno time\nq\n",
    )?;
    assert!(
        said.contains("expected c, d, e or r; ? says what they mean"),
        "{said}"
    );
    assert_eq!(
        said.matches("expected a number from 0 to 1").count(),
        2,
        "{said}"
    );
    assert!(said.contains("a word why is kept as a note"), "{said}");
    Ok(())
}

fn typed_then(folder: &Path, words: &str, answers: &str) -> Result<(Exit, String)> {
    let answers = Cursor::new(answers.to_owned().into_bytes());
    typed_on(folder, &format!("{words} {DAY}"), Box::new(answers), "")
}

/// Closes while things happen; returns how it ended, what was said, and the plan then.
pub(super) fn closed(
    folder: &Path,
    words: &str,
    script: Vec<Then>,
) -> Result<(Exit, String, String)> {
    let plan = folder.join("okrs.toml");
    let keyboard = Box::new(Script::new(&plan, script));
    let (exit, said) = typed_on(folder, &format!("{words} --width 80"), keyboard, "")?;
    Ok((exit, said, fs::read_to_string(plan)?))
}

pub(super) fn typed(lines: &[&'static str]) -> Vec<Then> {
    lines.iter().map(|line| Type(line)).collect()
}

/// All answers but the last line, which closes.
fn all() -> Vec<Then> {
    typed(&[&ANSWERS[..], &["One thing at a time."]].concat())
}

#[test]
fn the_last_look_shows_each_key_result_and_the_file() -> Result<()> {
    let folder = plan()?;
    let mut script = all();
    // Any other word is no answer; a step back leads to the lesson, which stands there.
    script.extend(typed(&["what", "d", "b", "", "y"]));
    let words = format!("cycle close {DAY}");
    let (exit, said, plan) = closed(folder.path(), &words, script)?;
    assert_eq!(exit, Exit::Fine, "{said}");
    let (_, end) = said.split_once("[none]: ").expect("the lesson is asked");
    assert!(
        end.starts_with(
            "
  kr.1  0.5  carried over  Lend 400 books a month from the bus
  kr.2    –  dropped       Open a reading corner at the market
                           \"It moves in spring.\"
  kr.3  0.9  done          Every branch has a quiet room
                           \"Two rooms are small.\"
  kr.4    –  carried over  Keep the reading room open till eight
  kr.5  0.3  ended         Lend the big room to five clubs
                           \"By telephone.\"
  kr.6    1  done          Meet every school
6 key results: 2 carried over, 1 dropped, 2 done and 1 ended
what is carried over goes into the new cycle.y2q2, Year 2, Quarter 2, 16 Oct
2021 to 15 Jan 2022
the lesson: \"One thing at a time.\"
21 changes to the plan
close cycle.y2q1 like this? [Y]es, [n]o, [b]ack, [d]iff of the file y saves it, n leaves it, b"
        ),
        "{end}"
    );
    assert!(end.contains("+closed = 2021-10-20\n"), "{end}");
    assert!(
        end.contains("A note on cycle.y2q1 [One thing at a time.]: "),
        "{end}"
    );
    assert!(plan.contains("text = \"One thing at a time.\"\n"), "{plan}");
    Ok(())
}

#[test]
fn a_step_back_is_one_question_and_offers_what_was_answered() -> Result<()> {
    let folder = plan()?;
    let words = format!("cycle close {DAY}");
    // The next cycle's name is wanted otherwise, when its days are asked for.
    let script = typed(&[
        "c",
        "50 %",
        "",
        "",
        "2021-11-01",
        "b",
        "b",
        "Winter",
        "",
        "q",
    ]);
    let (_, said, _) = closed(folder.path(), &words, script)?;
    for question in [
        "cycle.y2q2 is new. What is it called? [Year 2, Quarter 2] ",
        "Its first day? [2021-11-01] ",
        "Its last day? [2022-01-15] ",
    ] {
        assert!(said.contains(question), "{question}\n{said}");
    }
    let script = typed(&[
        "c", "", "", "", "", "", "b", "b", "b", "", "", "", "r", "b", "q",
    ]);
    let (_, said, _) = closed(folder.path(), &words, script)?;
    assert!(said.contains("d[r]op [r]: "), "{said}");
    let kept = fs::read_to_string(folder.path().join("okrs.close-y2q1.toml"))?;
    assert!(kept.contains("next-start = 2021-10-16\n"), "{kept}");
    Ok(())
}

#[test]
fn whoever_asks_is_told_what_the_answers_mean() -> Result<()> {
    let folder = plan()?;
    let script = typed(&["?", "c", "?", "", "?", "lter", "b", "b", "b", "q"]);
    let (_, said, _) = closed(folder.path(), &format!("cycle close {DAY}"), script)?;
    for words in [
        "  c, carry: a new key result of the next cycle goes on from where this one stands\n",
        "  how much of it was reached: 0.7, or 70 %;",
        "  the id of a cycle of the plan;",
        "did you mean `later`, the backlog?\n",
        "there is nothing before this\n",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
    Ok(())
}

#[test]
fn a_cycle_that_runs_is_not_closed_because_nobody_named_one() -> Result<()> {
    let folder = plan()?;
    let (exit, said, _) = closed(
        folder.path(),
        "cycle close --today 2021-10-01",
        typed(&["", "y"]),
    )?;
    assert_eq!(exit, Exit::Fine);
    assert_eq!(
        said,
        "cycle.y2q1 has 14 days left: close it now? [y/N] nothing is changed\n"
    );
    let words = "cycle close y2q1 --today 2021-10-01";
    let (_, said, _) = closed(folder.path(), words, typed(&["q"]))?;
    assert!(
        said.starts_with("closing cycle.y2q1, Year 2, Quarter 1, which has 14 days left\n"),
        "{said}"
    );
    Ok(())
}

#[test]
fn only_what_was_looked_at_is_saved() -> Result<()> {
    let folder = plan()?;
    let mut script = all();
    script.push(Elsewhere("current = 260", "current = 330"));
    script.extend(typed(&["y", "It was so.", "y"]));
    let words = format!("cycle close y2q1 {DAY}");
    let (exit, said, plan) = closed(folder.path(), &words, script)?;
    assert_eq!(exit, Exit::Fine, "{said}");
    assert!(
        said.contains("the plan changed meanwhile: this is how it would be now\n"),
        "{said}"
    );
    assert_eq!(said.matches("like this?").count(), 2, "{said}");
    assert!(said.contains("Why 0.5, when 0.75 is proposed?"), "{said}");
    assert!(plan.contains("baseline = 330\n"), "{plan}");
    // And what is new is asked about.
    let folder = self::plan()?;
    let mut script = all();
    let new = "[kr.9]\nobjective = \"rooms\"\ntitle = \"New\"\n\n[kr.5]";
    script.push(Elsewhere("[kr.5]", new));
    script.extend(typed(&["y", "r", "Never begun.", "", "y"]));
    let (_, said, plan) = closed(folder.path(), &words, script)?;
    assert!(said.contains("1 of 1 · kr.9  New"), "{said}");
    assert!(
        plan.contains("text = \"Dropped: Never begun.\"\n"),
        "{plan}"
    );
    Ok(())
}

#[test]
fn at_the_last_look_what_was_answered_before_can_be_gone_back_to() -> Result<()> {
    let folder = plan()?;
    let mut script = all();
    script.push(Type("n"));
    let words = format!("cycle close {DAY}");
    closed(folder.path(), &words, script)?;
    let script = typed(&["b", "r", "Enough.", "", "y"]);
    let (exit, said, plan) = closed(folder.path(), &words, script)?;
    assert_eq!(exit, Exit::Fine, "{said}");
    assert!(said.contains("1 of 1 · kr.6  Meet every school"), "{said}");
    assert!(plan.contains("text = \"Dropped: Enough.\"\n"), "{plan}");
    Ok(())
}

#[test]
fn what_is_gone_back_to_offers_its_own_answer() -> Result<()> {
    let folder = plan()?;
    let words = format!("cycle close {DAY}");
    let script = typed(&["d", "r", "Moved.", "e", "q"]);
    let (_, said, _) = closed(folder.path(), &words, script)?;
    assert!(
        said.contains("it stands at 260, its target is 400, and done would be more"),
        "{said}"
    );
    // Going on, 2 lacks its grade; two steps back from there is what was answered of 1.
    let (_, said, _) = closed(folder.path(), &words, typed(&["b", "b", "", "", "q"]))?;
    let (_, end) = said.split_once("kr.1  Lend").expect("1 is asked again");
    assert!(
        end.contains("d[r]op [drop]: Why is it given up? [Moved.] "),
        "{end}"
    );
    Ok(())
}

#[test]
fn a_line_that_is_no_text_is_typed_again() -> Result<()> {
    let folder = plan()?;
    let script = typed(&["r", "supl\u{1b}[D\u{1b}[Dy", "Late supply.", "Back", "Quit"]);
    let (_, said, _) = closed(folder.path(), &format!("cycle close {DAY}"), script)?;
    assert!(
        said.contains("signs of keys such as the arrows: type it again"),
        "{said}"
    );
    let kept = fs::read_to_string(folder.path().join("okrs.close-y2q1.toml"))?;
    assert!(kept.contains("why = \"Late supply.\"\n"), "{kept}");
    assert!(
        said.ends_with("Why is it given up? [Late supply.] nothing is changed; your answers are in \
         okrs.close-y2q1.toml\nhint: `loti cycle close --today 2021-10-20 --width 80` goes on from there\n"),
        "{said}"
    );
    Ok(())
}

#[test]
fn a_next_cycle_comes_after_and_has_an_id_of_its_own() -> Result<()> {
    let folder = plan()?;
    let path = folder.path().join("okrs.toml");
    let old =
        "[cycle.old]\nname = \"Before\"\nstart = 2021-04-01\nend = 2021-07-14\n\n[cycle.y2q1]";
    let plan = fs::read_to_string(&path)?.replace("[cycle.y2q1]", old);
    let of = "\n[kr.N]\ncycle = \"y2q1\"\n";
    let plan = (1..=6).fold(plan, |plan, id| {
        let (bare, with) = (format!("\n[kr.{id}]\n"), of.replace('N', &id.to_string()));
        plan.replace(&bare, &with)
    });
    fs::write(&path, plan)?;
    let lines = [
        "c",
        "",
        "old",
        "plan",
        "done",
        "autumn",
        "Y",
        "Autumn",
        "2021-08-01",
        "2021-11-01",
    ];
    let script = typed(&[&lines[..], &["", "q"]].concat());
    let (_, said, _) = closed(folder.path(), &format!("cycle close y2q1 {DAY}"), script)?;
    for words in [
        "goes on after cycle.y2q1, which ends on 2021-10-15, not on 2021-04-01\n",
        "expected the id of another cycle, or of a new one",
        "cycle.autumn is new. What is it called? a cycle needs a name",
        "not on 2021-08-01\n",
        // As long as this one, from its own first day on.
        "Its last day? [2022-01-31] ",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
    assert_eq!(
        said.matches("expected the id of another").count(),
        2,
        "{said}"
    );
    Ok(())
}
