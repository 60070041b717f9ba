//! `loti export markdown --update` and `--output`: what is written where, and what is left alone.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::marked::PLAN;
use crate::git::repo::command;

const AROUND: &str = "# Ours\n\n<!-- loti:begin -->\n<!-- loti:end -->\n\nMore of ours.";

fn folder() -> Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("okrs.toml"), PLAN)?;
    Ok(folder)
}

/// Runs an export; returns how it ended and what it said.
fn run(folder: &Path, words: &str) -> Result<(Option<i32>, String)> {
    let output = command(folder, env!("CARGO_BIN_EXE_loti"))
        .args(["export", "-q", "--today", "2024-02-12"])
        .args(words.split(' '))
        .output()?;
    assert_eq!(output.stdout, b"", "{words}");
    Ok((output.status.code(), String::from_utf8(output.stderr)?))
}

#[test]
fn only_what_stands_between_the_lines_is_replaced() -> Result<()> {
    for line_end in ["\n", "\r\n"] {
        let folder = folder()?;
        let readme = folder.path().join("README.md");
        fs::write(&readme, AROUND.replace('\n', line_end))?;
        let words = "markdown --update README.md";
        assert_eq!(run(folder.path(), words)?, (Some(0), String::new()));
        let once = fs::read_to_string(&readme)?;
        let plain = once.replace("\r\n", "\n");
        assert!(
            plain.starts_with("# Ours\n\n<!-- loti:begin -->\n\n## Harbour Library"),
            "{plain}"
        );
        assert!(
            plain.ends_with("\n<!-- loti:end -->\n\nMore of ours."),
            "{plain}"
        );
        assert_eq!(once.matches('\n').count(), once.matches(line_end).count());
        // A second time changes nothing.
        let before = fs::metadata(&readme)?.modified()?;
        assert_eq!(run(folder.path(), words)?.0, Some(0));
        assert_eq!(fs::read_to_string(&readme)?, once);
        assert_eq!(fs::metadata(&readme)?.modified()?, before);
    }
    Ok(())
}

#[test]
fn without_the_two_lines_nothing_is_written() -> Result<()> {
    let folder = folder()?;
    let readme = folder.path().join("README.md");
    for (text, told) in [
        ("# Ours\n", "there is no line `<!-- loti:begin -->`"),
        (
            "<!-- loti:begin -->\n",
            "there is no line `<!-- loti:end -->`",
        ),
        (
            "<!-- loti:begin -->\n<!-- loti:end -->\n<!-- loti:begin -->\n<!-- loti:end -->\n",
            "the line `<!-- loti:begin -->` is there twice, at line 1 and at line 3",
        ),
        (
            "<!-- loti:end -->\n<!-- loti:begin -->\n",
            "the section ends at line 1, before it begins at line 2",
        ),
    ] {
        fs::write(&readme, text)?;
        let (code, said) = run(folder.path(), "markdown --update README.md")?;
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(told), "{said}");
        assert!(said.contains("hint: the section goes between"), "{said}");
        assert_eq!(fs::read_to_string(&readme)?, text);
    }
    let (code, said) = run(folder.path(), "markdown --update none.md")?;
    assert_eq!(code, Some(2));
    assert!(said.contains("none.md"), "{said}");
    Ok(())
}

#[test]
fn a_file_is_written_whole_and_never_over_the_plan() -> Result<()> {
    let folder = folder()?;
    let json = folder.path().join("okrs.json");
    assert_eq!(
        run(folder.path(), "json -o okrs.json")?,
        (Some(0), String::new())
    );
    let once = fs::read(&json)?;
    fs::write(&json, "old")?;
    assert_eq!(run(folder.path(), "json -o okrs.json")?.0, Some(0));
    assert_eq!(fs::read(&json)?, once);
    for words in [
        "json -o okrs.toml",
        "json -o ./okrs.toml",
        "markdown --update okrs.toml",
    ] {
        let (code, said) = run(folder.path(), words)?;
        assert_eq!(code, Some(2), "{words}");
        assert!(said.contains("is the plan itself"), "{said}");
    }
    assert_eq!(fs::read_to_string(folder.path().join("okrs.toml"))?, PLAN);
    let (code, said) = run(folder.path(), "json -o none/okrs.json")?;
    assert_eq!(code, Some(2));
    assert!(said.contains("none"), "{said}");
    let names = fs::read_dir(folder.path())?.count();
    assert_eq!(names, 2, "nothing is left beside");
    Ok(())
}
