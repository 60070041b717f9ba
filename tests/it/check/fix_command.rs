//! `loti check --fix` among files, pipes and git.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const BROKEN: &str = include_str!("../../sessions/check-fix.in/okrs.toml");
const MENDED: &str = include_str!("../../sessions/check-fix.out/okrs.toml");

fn folder(plan: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("okrs.toml"), plan).expect("a file");
    folder
}

fn loti(folder: &Path, words: &[&str]) -> Output {
    run(folder, words, Stdio::null())
}

fn run(folder: &Path, words: &[&str], input: Stdio) -> Output {
    Command::new(env!("CARGO_BIN_EXE_loti"))
        .current_dir(folder)
        .args(words)
        .env_remove("LOTI_FILE")
        .env("LOTI_TODAY", "2021-09-20")
        .env("LC_ALL", "C.UTF-8")
        .env("NO_COLOR", "1")
        .stdin(input)
        .output()
        .expect("loti")
}

fn plan(folder: &Path) -> String {
    fs::read_to_string(folder.join("okrs.toml")).expect("a file")
}

#[test]
fn git_takes_the_patch_of_a_dry_run_to_the_same_plan() {
    for write in [&str::to_owned as &dyn Fn(&str) -> String, &|text: &str| {
        text.trim_end().replace('\n', "\r\n")
    }] {
        let folder = folder(&write(BROKEN));
        let tried = loti(folder.path(), &["check", "--fix", "--dry-run"]);
        assert_eq!(tried.status.code(), Some(1));
        assert_eq!(plan(folder.path()), write(BROKEN), "nothing is written");
        fs::write(folder.path().join("fix.patch"), &tried.stdout).expect("a file");
        let applied = Command::new("git")
            .args(["apply", "--whitespace=nowarn", "fix.patch"])
            .current_dir(folder.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CEILING_DIRECTORIES", folder.path())
            .output()
            .expect("git");
        assert!(applied.status.success(), "{applied:?}");
        assert_eq!(plan(folder.path()), write(MENDED));
    }
}

#[test]
fn from_a_pipe_to_a_pipe_the_answer_is_the_mended_plan() {
    let folder = folder(BROKEN);
    let file = fs::File::open(folder.path().join("okrs.toml")).expect("a file");
    let output = run(folder.path(), &["check", "--fix", "-f", "-"], file.into());
    assert_eq!(String::from_utf8_lossy(&output.stdout), MENDED);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.starts_with("mended <stdin>:7:"), "{said}");
    assert!(said.contains("`status` cannot be `finished`"), "{said}");
    assert_eq!(output.status.code(), Some(1), "one finding is left");
    assert_eq!(plan(folder.path()), BROKEN);
}

#[test]
fn a_file_with_nothing_to_mend_is_not_written() {
    let folder = folder(MENDED);
    let path = folder.path().join("okrs.toml");
    let written = || {
        let about = fs::metadata(&path).expect("a file");
        about.modified().expect("a time")
    };
    let before = written();
    let output = loti(folder.path(), &["check", "--fix"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("nothing is written"), "{said}");
    assert_eq!(written(), before);
    assert_eq!(plan(folder.path()), MENDED);
}

#[test]
fn how_it_ends_is_said_of_the_mended_plan_and_when_trying_of_the_plan_as_it_is() {
    let only_spelling = BROKEN.replace("\"finished\"", "\"Done\"");
    let folder = folder(&only_spelling);
    let ends = |words: &[&str]| loti(folder.path(), words).status.code();
    assert_eq!(ends(&["check"]), Some(1));
    assert_eq!(ends(&["check", "--fix", "--dry-run"]), Some(1));
    assert_eq!(ends(&["check", "--fix"]), Some(0));
    assert_eq!(ends(&["check"]), Some(0));
    assert_eq!(ends(&["check", "--fix", "--dry-run"]), Some(0));
}

#[test]
fn quiet_says_nothing_and_mends() {
    let folder = folder(BROKEN);
    let output = loti(folder.path(), &["check", "--fix", "-q"]);
    assert_eq!(output.stdout, b"");
    assert_eq!(output.stderr, b"");
    assert_eq!(plan(folder.path()), MENDED);
}

#[test]
fn programs_get_what_is_left_and_people_beside_it_what_was_mended() {
    let folder = folder(BROKEN);
    let output = loti(folder.path(), &["check", "--fix", "--format", "json"]);
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!(answer.to_string().contains("unknown-status"), "{answer}");
    assert!(!answer.to_string().contains("wrong-type"), "{answer}");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(said.lines().count(), 6, "{said}");
    assert!(
        said.lines()
            .all(|line| line.starts_with("mended okrs.toml:"))
    );
}

#[test]
fn two_answers_at_once_are_refused() {
    let folder = folder(BROKEN);
    for words in [
        &["check", "--fix", "--format", "json", "-f", "-"] as &[&str],
        &["check", "--fix", "--dry-run", "--format", "json"],
        &["check", "--dry-run"],
    ] {
        let output = loti(folder.path(), words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert_eq!(output.stdout, b"", "{words:?}");
    }
    assert_eq!(plan(folder.path()), BROKEN);
}

#[test]
fn what_is_no_text_is_a_finding_and_not_written() {
    let folder = folder(BROKEN);
    let path = folder.path().join("okrs.toml");
    let bytes = [BROKEN.as_bytes(), b"# \xff\n"].concat();
    fs::write(&path, &bytes).expect("a file");
    for words in [
        &["check", "--fix"] as &[&str],
        &["check", "--fix", "--dry-run"],
    ] {
        let output = loti(folder.path(), words);
        assert_eq!(output.status.code(), Some(1), "{words:?}: {output:?}");
        let answer = String::from_utf8_lossy(&output.stdout);
        assert!(answer.contains("not UTF-8"), "{words:?}: {answer}");
        assert_eq!(fs::read(&path).expect("a file"), bytes);
    }
}
