//! The command among other processes: a reader that has seen enough, many writers at once, and
//! text that would act on a terminal.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Command, Stdio};

use loti::document::Document;
use loti::text::Source;

use crate::frame::frame;

/// Makes the command, on one day and in nobody's configuration.
fn loti(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loti"));
    command
        .current_dir(folder)
        .env_remove("LOTI_FILE")
        .env("LOTI_TODAY", "2021-09-20")
        .env("LC_ALL", "C.UTF-8")
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Returns a folder with a plan of so many key results.
fn folder(key_results: usize) -> tempfile::TempDir {
    let mut text = frame!().to_owned();
    for id in 1..=key_results {
        text.push_str("\n[kr.");
        text.push_str(&id.to_string());
        text.push_str(
            "]\nobjective = \"outreach\"\ntitle = \"Something that takes a while to say\"\n",
        );
    }
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("okrs.toml"), text).expect("a file");
    folder
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    // More than a pipe holds, so that the command is still writing when nobody reads any more.
    let folder = folder(5_000);
    let mut child = loti(folder.path()).arg("status").spawn().expect("loti");
    let mut out = BufReader::new(child.stdout.take().expect("its output"));
    let mut first = String::new();
    out.read_line(&mut first).expect("a line");
    assert!(first.starts_with("Plan · Quarter 1"), "{first}");
    drop(out);
    let mut said = String::new();
    let mut err = child.stderr.take().expect("its conversation");
    err.read_to_string(&mut said).expect("text");
    let status = child.wait().expect("an end");
    assert_eq!((status.code(), said.as_str()), (Some(0), ""));
}

#[test]
fn a_hundred_writers_at_once_lose_nothing() {
    const WRITERS: usize = 100;
    let folder = folder(3);
    let children: Vec<_> = (0..WRITERS)
        .map(|number| {
            loti(folder.path())
                .args(["note", "2", &format!("Note {number}.")])
                .spawn()
                .expect("loti")
        })
        .collect();
    for child in children {
        let output = child.wait_with_output().expect("an end");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), said.as_str()), (Some(0), ""));
    }

    let text = fs::read_to_string(folder.path().join("okrs.toml")).expect("the plan");
    let document = Document::read(Source::new("okrs.toml", text));
    assert_eq!(document.refusals().count(), 0);
    let notes = &document.plan.key_results["2"].note;
    let mut texts: Vec<_> = notes.iter().map(|note| note.text.clone()).collect();
    texts.sort();
    let mut wanted: Vec<_> = (0..WRITERS).map(|n| format!("Note {n}.")).collect();
    wanted.sort();
    assert_eq!(texts, wanted);

    let files = fs::read_dir(folder.path()).expect("the folder");
    let names: Vec<_> = files
        .map(|file| file.expect("a file").file_name())
        .collect();
    assert_eq!(names, ["okrs.toml"], "nothing is left behind");
}

#[test]
fn no_control_character_of_the_file_comes_out() {
    let plan = include_str!("../sessions/hostile.in/okrs.toml");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("okrs.toml");
    for words in [
        "status",
        "status --width 40",
        "status --today 2030-01-01",
        "list",
        "list --sort due",
        "list --columns id,title,unit,owner,next,note,ask,partners,tags",
        "show 1 2 objective.o theme.t plan cycle.q1 person.eve kr.2.milestone.m check",
        "show \u{1b}[2J",
        "days",
        "days --by owner",
        "set 1 current=1",
        "set 1 unit=",
        "set 1 title=\u{1b}[2J",
        "set \u{202e} done",
        "set 1 \u{1b}=2",
        "note 1 \u{9b}31m",
        "add kr o \u{1b}c",
        "add kr \u{1b}c x",
        "remove 1",
        "remove objective.o",
        "remove objective.o --cascade",
        "rename 1 \u{202e}",
        "rename 1 9",
        "handover eve \u{1b}",
        "explain \u{1b}[2J",
        "status \u{1b}[2J",
        "status --owner \u{202e}",
        "status -f \u{1b}[2J",
    ] {
        fs::write(&path, plan).expect("a file");
        let output = loti(folder.path())
            .args(words.split(' '))
            .output()
            .expect("loti");
        for bytes in [&output.stdout, &output.stderr] {
            let text = String::from_utf8_lossy(bytes);
            let raw =
                |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202e}' | '\u{2066}');
            assert!(!text.contains(raw), "{words:?}: {text:?}");
        }
    }
}

#[test]
fn from_a_pipe_to_a_pipe_the_answer_is_the_new_plan() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = include_str!("../sessions/keys.in/okrs.toml");
    let path = folder.path().join("given.toml");
    fs::write(&path, plan).expect("a file");
    let output = loti(folder.path())
        .args(["set", "2", "on-track", "-f", "-"])
        .stdin(fs::File::open(&path).expect("a file"))
        .output()
        .expect("loti");
    let title = "title = \"Open a reading corner at the market\"\n";
    let wanted = plan.replace(title, &format!("{title}status = \"on-track\"\n"));
    assert_eq!(String::from_utf8_lossy(&output.stdout), wanted);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.starts_with("kr.2 status:"), "{said}");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(fs::read_to_string(&path).expect("a file"), plan);
}

#[test]
fn a_plan_from_a_pipe_can_be_tried_and_answered_as_json() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = include_str!("../sessions/keys.in/okrs.toml");
    let path = folder.path().join("given.toml");
    fs::write(&path, plan).expect("a file");
    let run = |more: &[&str]| {
        let output = loti(folder.path())
            .args(["set", "2", "on-track", "-f", "-"])
            .args(more)
            .stdin(fs::File::open(&path).expect("a file"))
            .output()
            .expect("loti");
        (
            output.status.code(),
            String::from_utf8(output.stdout).expect("text"),
        )
    };
    let (code, patch) = run(&["--dry-run"]);
    assert_eq!(code, Some(0));
    assert!(
        patch.starts_with("--- a/okrs.toml\n+++ b/okrs.toml\n@@"),
        "{patch}"
    );
    assert!(patch.contains("\n+status = \"on-track\"\n"), "{patch}");

    let (code, answer) = run(&["--format", "json"]);
    assert_eq!(code, Some(0));
    let answer: serde_json::Value = serde_json::from_str(&answer).expect("JSON");
    let text = answer["text"].as_str().expect("the new text");
    assert_eq!(text.len(), plan.len() + "status = \"on-track\"\n".len());
    assert_eq!(answer["changed"], true);
    assert_eq!(answer["written"], false);

    let (code, nothing) = run(&["--commit"]);
    assert_eq!((code, nothing.as_str()), (Some(2), ""));
}

#[test]
fn what_is_said_comes_in_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = folder.path().join("said");
    let file = fs::File::create(&said).expect("a file");
    let status = loti(folder.path())
        .args(["init", "--name", "P"])
        .stdout(file.try_clone().expect("the same file"))
        .stderr(file)
        .status()
        .expect("loti");
    assert_eq!(status.code(), Some(0));
    let said = fs::read_to_string(&said).expect("words");
    assert!(said.starts_with("wrote okrs.toml: P\nnext: "), "{said}");
}

#[test]
fn people_are_ids_for_programs_and_names_for_readers() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = include_str!("../sessions/keys.in/okrs.toml");
    fs::write(folder.path().join("okrs.toml"), plan).expect("a file");
    let run = |words: &str| {
        let output = loti(folder.path())
            .args(words.split(' '))
            .output()
            .expect("loti");
        String::from_utf8(output.stdout).expect("text")
    };
    let csv = run("list --columns id,owner,reviewer --format csv");
    assert!(
        csv.contains(",team,") && !csv.contains("Library team"),
        "{csv}"
    );
    let table = run("list --columns id,owner --width 80");
    assert!(table.contains("Library team"), "{table}");

    let csv = run("cycle list --format csv");
    let mut lines = csv.lines();
    assert!(
        lines
            .next()
            .expect("names")
            .starts_with("id,name,start,end,days,state,")
    );
    let states: Vec<_> = lines
        .filter_map(|line| line.split(',').rev().nth(8))
        .collect();
    assert_eq!(states, ["running"], "{csv}");
}

#[test]
fn a_terminal_without_unicode_gets_ascii_signs() {
    let folder = folder(2);
    let output = loti(folder.path())
        .args(["status", "--width", "80"])
        .env("LC_ALL", "C")
        .output()
        .expect("loti");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("not started"), "{text}");
    assert!(text.is_ascii(), "{text}");
}

#[cfg(unix)]
#[test]
fn a_word_that_is_no_text_is_no_other_word() {
    use std::os::unix::ffi::OsStringExt as _;

    let folder = folder(1);
    let path = folder.path().join("okrs.toml");
    let before = fs::read_to_string(&path).expect("a plan");
    let word = std::ffi::OsString::from_vec(b"a\xffb".to_vec());
    let output = loti(folder.path()).args(["note", "1"]).arg(word).output();
    let output = output.expect("loti");
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let said = String::from_utf8(output.stderr).expect("text");
    assert!(said.contains("invalid UTF-8"), "{said}");
    assert_eq!(fs::read_to_string(&path).expect("a plan"), before);
}
