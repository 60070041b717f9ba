//! Somebody at a terminal: what they are asked, and what becomes of their answers.

use std::collections::VecDeque;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};

use anyhow::Result;
use loti::cli::{Exit, World, run};

/// What happens, one after the other, while somebody is asked.
pub(crate) enum Then {
    /// They type a line.
    Type(&'static str),
    /// Somebody else puts one text in the place of another in the plan file.
    Elsewhere(&'static str, &'static str),
}

/// A keyboard at which other things happen, too.
pub(crate) struct Script {
    plan: std::path::PathBuf,
    rest: VecDeque<Then>,
    line: VecDeque<u8>,
}

impl Script {
    pub(crate) fn new(plan: &Path, rest: Vec<Then>) -> Self {
        Self {
            plan: plan.to_owned(),
            rest: rest.into(),
            line: VecDeque::new(),
        }
    }
}

impl Read for Script {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.line.is_empty() {
            match self.rest.pop_front() {
                None => return Ok(0),
                Some(Then::Type(line)) => self.line.extend(line.bytes().chain([b'\n'])),
                Some(Then::Elsewhere(old, new)) => {
                    let text = fs::read_to_string(&self.plan)?;
                    assert!(text.contains(old), "{old}");
                    fs::write(&self.plan, text.replace(old, new))?;
                }
            }
        }
        self.line.read(buffer)
    }
}

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
