//! Somebody at a terminal: what they are asked, and what becomes of their answers.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};

use anyhow::Result;
use loti::cli::{Exit, World, run};

/// What is written is kept for reading.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("the lock").extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Kept {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().expect("the lock").clone()).expect("text")
    }
}

/// Runs a command for somebody who types these answers and uses this editor; returns how it ended
/// and all that was said.
fn typed(folder: &Path, words: &str, answers: &str, editor: &str) -> Result<(Exit, String)> {
    let answers = Cursor::new(answers.to_owned().into_bytes());
    typed_from(folder, words, Box::new(answers), editor)
}

/// The same for answers that come from anywhere.
pub(crate) fn typed_from(
    folder: &Path,
    words: &str,
    answers: Box<dyn Read>,
    editor: &str,
) -> Result<(Exit, String)> {
    let words = format!("{words} --today 2021-09-20");
    typed_on(folder, &words, answers, editor)
}

/// The same with a day among the words.
pub(crate) fn typed_on(
    folder: &Path,
    words: &str,
    answers: Box<dyn Read>,
    editor: &str,
) -> Result<(Exit, String)> {
    let kept = Kept::default();
    let mut world = World::of_process()?;
    let words = format!("loti {words}");
    world.args = words.split(' ').map(Into::into).collect();
    folder.clone_into(&mut world.folder);
    world.editor = (!editor.is_empty()).then(|| editor.into());
    world.state = Some(folder.join("state"));
    world.streams.input = answers;
    world.streams.out = Box::new(kept.clone());
    world.streams.err = Box::new(kept.clone());
    world.streams.is_interactive = true;
    let exit = run(&mut world);
    Ok((exit, kept.text()))
}

#[test]
fn a_last_day_before_the_first_is_asked_again() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let answers = "Harbour\n2021-07-15\nsoon\n2021-01-15\n\n2021-10-15\n";
    let (exit, said) = typed(folder.path(), "init", answers, "")?;
    assert_eq!(exit, Exit::Fine, "{said}");
    assert!(
        said.contains("a cycle ends after it starts: 2021-07-15 to 2021-01-15"),
        "{said}"
    );
    let plan = fs::read_to_string(folder.path().join("okrs.toml"))?;
    assert!(plan.contains("name = \"Harbour\""), "{plan}");
    assert!(
        plan.contains("start = 2021-07-15\nend = 2021-10-15\n"),
        "{plan}"
    );
    Ok(())
}

#[test]
fn what_was_given_with_the_command_is_not_asked_again() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let words = "init --name P --start 2021-07-15 --end 2021-01-15";
    let (exit, said) = typed(folder.path(), words, "2021-10-15\n", "")?;
    assert_eq!(exit, Exit::Failed, "{said}");
    assert!(!folder.path().join("okrs.toml").exists());
    Ok(())
}

#[test]
fn an_end_of_input_ends_the_line_of_the_question() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (exit, said) = typed(folder.path(), "init", "", "")?;
    assert_eq!(exit, Exit::Failed);
    assert_eq!(
        said,
        "What is the plan called? [Our plan] \n\
         error: nothing was answered, and nothing is written\n"
    );
    Ok(())
}

#[test]
fn what_comes_next_fits_the_terminal() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (_, said) = typed(folder.path(), "init --width 40", "\n\n\n", "")?;
    let (_, next) = said.split_once("next: ").expect("what comes next");
    assert!(next.lines().count() > 3, "{next}");
    assert!(
        next.lines().all(|line| line.chars().count() <= 40),
        "{next}"
    );
    Ok(())
}

#[cfg(unix)]
mod editing {
    use super::*;

    /// Makes a plan, and an editor that spoils a key result the first time and mends it the second.
    fn plan() -> Result<(tempfile::TempDir, String)> {
        let folder = tempfile::tempdir()?;
        let plan = include_str!("../sessions/editing.in/okrs.toml");
        fs::write(folder.path().join("okrs.toml"), plan)?;
        let script = folder.path().join("editor.sh");
        fs::write(
            &script,
            "grep -q finished \"$1\" && sed -i s/finished/dropped/ \"$1\" \\\n\
             || sed -i s/done/finished/ \"$1\"\n",
        )?;
        let editor = format!("sh {}", script.display());
        Ok((folder, editor))
    }

    #[test]
    fn lines_that_cannot_be_saved_are_edited_again() -> Result<()> {
        let (folder, editor) = plan()?;
        let (exit, said) = typed(folder.path(), "edit 3", "\n", &editor)?;
        assert_eq!(exit, Exit::Fine, "{said}");
        assert!(said.contains("your lines:4:10"), "{said}");
        assert!(said.contains("edit again? [Y/n]"), "{said}");
        assert!(said.ends_with("kr.3 status: done → dropped\n"), "{said}");
        Ok(())
    }

    #[test]
    fn without_an_editor_the_hint_fits_the_command() -> Result<()> {
        let (folder, _) = plan()?;
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_loti"))
            .args(["edit", "3"])
            .current_dir(folder.path())
            .env_clear()
            .stdin(std::process::Stdio::null())
            .output()?;
        assert_eq!(
            String::from_utf8(output.stderr)?,
            "error: no editor is known\n\
             hint: set EDITOR, or give the lines with `--from FILE`\n"
        );
        Ok(())
    }

    #[test]
    fn lines_that_are_given_up_are_kept_with_the_way_to_go_on() -> Result<()> {
        let (folder, editor) = plan()?;
        let path = folder.path().join("okrs.toml");
        let before = fs::read_to_string(&path)?;
        let (exit, said) = typed(folder.path(), "edit 3", "n\n", &editor)?;
        assert_eq!(exit, Exit::Failed, "{said}");
        assert_eq!(fs::read_to_string(&path)?, before);
        let (_, told) = said.split_once("your lines are in ").expect("where");
        let kept = told.lines().next().unwrap_or_default();
        let lines = fs::read_to_string(kept)?;
        assert!(lines.contains("finished"), "{lines}");
        let hint = format!("hint: mend them there, then `loti edit 3 --from {kept}`\n");
        assert!(said.ends_with(&hint), "{said}");

        fs::write(kept, lines.replace("finished", "off-track"))?;
        let (exit, said) = typed(folder.path(), &format!("edit 3 --from {kept}"), "", "")?;
        assert_eq!(
            (exit, said.as_str()),
            (Exit::Fine, "kr.3 status: done → off-track\n")
        );
        fs::remove_file(kept)?;
        Ok(())
    }
}

mod merging {
    use super::*;

    /// Makes a plan that a merge left two conflicts in.
    fn torn() -> Result<tempfile::TempDir> {
        let folder = tempfile::tempdir()?;
        let plan = include_str!("../sessions/week.in/okrs.toml");
        let plan = plan
            .replace(
                "current = 260\n",
                "<<<<<<< HEAD\ncurrent = 300\n||||||| base\ncurrent = 260\n=======\ncurrent = 280\n\
                 >>>>>>> bus\n",
            )
            .replace(
                "unit = \"books\"\n",
                "<<<<<<< HEAD\nunit = \"loans\"\n||||||| base\nunit = \"books\"\n=======\n\
                 unit = \"volumes\"\n>>>>>>> bus\n",
            );
        fs::write(folder.path().join("okrs.toml"), plan)?;
        Ok(folder)
    }

    fn resolved(answers: &str, editor: &str) -> Result<(Exit, String, String)> {
        let folder = torn()?;
        let (exit, said) = typed(folder.path(), "merge resolve", answers, editor)?;
        let plan = fs::read_to_string(folder.path().join("okrs.toml"))?;
        Ok((exit, said, plan))
    }

    #[test]
    fn each_conflict_is_asked_and_what_is_answered_stands() -> Result<()> {
        let (exit, said, plan) = resolved("what?\no\nTheirs\n", "")?;
        assert_eq!(exit, Exit::Fine, "{said}");
        assert!(plan.contains("current = 300\n"), "{plan}");
        assert!(plan.contains("unit = \"volumes\"\n"), "{plan}");
        assert!(!plan.contains("<<<<<<<"), "{plan}");
        assert!(said.contains("conflict 1 of 2"), "{said}");
        assert!(said.contains("ours, HEAD:\n    current = 300\n"), "{said}");
        assert!(
            said.contains("okrs.toml: merged, 2 conflicts decided by you\n"),
            "{said}"
        );
        assert_eq!(said.matches("[o]urs, [t]heirs").count(), 3, "{said}");
        Ok(())
    }

    #[test]
    fn what_is_left_stays_marked() -> Result<()> {
        for (answers, decided) in [("l\nt\n", 1), ("t\n", 1), ("q\n", 0), ("", 0)] {
            let (exit, said, plan) = resolved(answers, "")?;
            assert_eq!(exit, Exit::Finding, "{said}");
            assert_eq!(
                plan.matches("<<<<<<< HEAD").count(),
                2 - decided,
                "{said}\n{plan}"
            );
            assert!(plan.contains("current = 300\n") || decided == 1, "{plan}");
            assert!(said.contains("left marked"), "{said}");
        }
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn what_is_edited_stands_once_its_markers_are_gone() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let script = folder.path().join("editor.sh");
        // Saves it unchanged the first time.
        let once = folder.path().join("once");
        fs::write(
            &script,
            format!(
                "test -e {0} && printf 'current = 290 # between\\n' > \"$1\"; touch {0}\n",
                once.display()
            ),
        )?;
        let editor = format!("sh {}", script.display());
        let (exit, said, plan) = resolved("e\ne\no\n", &editor)?;
        assert_eq!(exit, Exit::Fine, "{said}");
        assert!(said.contains("markers are still there"), "{said}");
        assert!(plan.contains("current = 290 # between\n"), "{plan}");
        Ok(())
    }

    #[test]
    fn installing_is_asked_and_no_is_heard() -> Result<()> {
        let folder = tempfile::tempdir()?;
        crate::git::repo::git(folder.path(), &["init", "-q"])?;
        fs::write(folder.path().join("okrs.toml"), "")?;
        for (answers, written) in [("n\n", false), ("", false), ("\n", true)] {
            let (exit, said) = typed(folder.path(), "merge install", answers, "")?;
            assert_eq!(exit, Exit::Fine, "{said}");
            assert!(said.contains("write this? [Y/n]"), "{said}");
            assert_eq!(
                folder.path().join(".gitattributes").exists(),
                written,
                "{said}"
            );
            assert_eq!(said.contains("nothing is written"), !written, "{said}");
        }
        Ok(())
    }
}

mod closing {
    use super::*;

    const DAY: &str = "--today 2021-10-20";

    fn plan() -> Result<tempfile::TempDir> {
        let folder = tempfile::tempdir()?;
        let plan = include_str!("../sessions/closing.in/okrs.toml");
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
            said.contains("6 key results: 2 carried over, 1 done, 1 dropped and 1 ended"),
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
        let before = fs::read_to_string(folder.path().join("okrs.toml"))?;
        // The input ends after each number of answers in turn: a closed window.
        for end in 0..ANSWERS.len() {
            let folder = plan()?;
            let first = ANSWERS[..end].join("\n") + if end > 0 { "\n" } else { "" };
            let (_, said) = typed_then(folder.path(), "cycle close", &first)?;
            assert!(said.contains("nothing is changed"), "{said}");
            let path = folder.path().join("okrs.toml");
            assert_eq!(fs::read_to_string(&path)?, before);
            let kept = folder.path().join("okrs.close-y2q1.toml");
            let asked =
                said.matches("What becomes of it?").count() + usize::from(said.contains("kr.3"));
            let known = fs::read_to_string(&kept).unwrap_or_default();
            // All but the one that was being asked about.
            assert_eq!(
                known.matches("\n[kr.").count() + 1,
                asked.max(1),
                "{said}\n{known}"
            );
        }
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
        let answers = format!("e\n\nWhy not.\nb\n{rest}\n\nn\n");
        let (exit, said) = typed_then(folder.path(), "cycle close", &answers)?;
        assert_eq!(exit, Exit::Fine, "{said}");
        assert!(said.contains("2 carried over, 1 done"), "{said}");
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
            said.contains("expected c, d, e or r; b goes back, q stops"),
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
}
