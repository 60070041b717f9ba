//! What the README says is true: its pictures are what the program prints, its commands exist, its
//! plan can be read.

use std::process::Command;

use anyhow::Result;
use loti::document::Document;
use loti::text::Source;

use crate::frame::frame;

const README: &str = include_str!("../../README.md");

/// The blocks of the README in a language.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    README
        .split(&fence)
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect()
}

fn loti(words: &[&str]) -> Result<(i32, String)> {
    let output = Command::new(env!("CARGO_BIN_EXE_loti"))
        .args(words)
        .env_clear()
        .env("LC_ALL", "C.UTF-8")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    Ok((output.status.code().unwrap_or(-1), text))
}

#[test]
fn the_picture_of_status_is_what_status_prints() -> Result<()> {
    let (code, printed) = loti(&["status", "--today", "2021-09-20", "--width", "80"])?;
    assert_eq!(code, 0);
    let picture = blocks("text")[0];
    assert!(
        printed.starts_with(picture),
        "README:\n{picture}\nprinted:\n{printed}"
    );
    assert!(
        picture.lines().count() <= 20,
        "the week's questions are answered in 20 lines"
    );
    Ok(())
}

#[test]
fn every_command_of_the_readme_is_one() -> Result<()> {
    let lines = blocks("console").into_iter().flat_map(str::lines);
    let commands: Vec<_> = lines
        .filter_map(|line| line.strip_prefix("$ loti "))
        .collect();
    assert!(commands.len() >= 8, "{commands:?}");
    for command in commands {
        let verb = command.split(' ').next().unwrap_or_default();
        let (code, help) = loti(&[verb, "--help"])?;
        assert_eq!(code, 0, "{command}");
        assert!(help.contains("Usage: loti"), "{command}");
    }
    Ok(())
}

#[test]
fn the_plan_of_the_readme_can_be_read() {
    let text = format!("{}{}", frame!(), blocks("toml")[0]);
    let document = Document::read(Source::new("README.md", text));
    assert_eq!(document.problems, []);
    assert_eq!(document.plan.key_results["3"].note.len(), 1);
}
