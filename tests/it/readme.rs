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

/// The commands of the README that a newcomer types in a folder of their own, in order: those in
/// blocks, and those within the text.
fn two_minutes() -> Vec<String> {
    let (_, rest) = README.split_once("## Two minutes\n").unwrap_or_default();
    let section = rest.split("\n## ").next().unwrap_or_default();
    let mut commands = Vec::new();
    for (number, part) in section.split("```").enumerate() {
        if number % 2 == 1 {
            let lines = part.lines().filter_map(|line| line.strip_prefix("$ "));
            commands.extend(lines.map(str::to_owned));
        } else {
            let inline = part.split('`').skip(1).step_by(2);
            commands.extend(inline.map(|code| code.replace('\n', " ")));
        }
    }
    commands.retain(|command| command.starts_with("loti "));
    commands
}

#[cfg(unix)]
#[test]
fn the_two_minutes_go_as_they_are_written() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_loti"));
    let beside = program.parent().unwrap_or(program).display();
    let commands = two_minutes();
    assert!(commands.len() >= 15, "{commands:?}");
    for command in &commands {
        let output = Command::new("sh")
            .args(["-c", command])
            .env_clear()
            .env("PATH", format!("{beside}:/usr/bin:/bin"))
            .env("LC_ALL", "C.UTF-8")
            .env("LOTI_TODAY", "2021-09-20")
            .current_dir(folder.path())
            .output()?;
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{command}\n{said}");
        assert!(!said.contains("nothing changed"), "{command}\n{said}");
    }
    let plan = std::fs::read_to_string(folder.path().join("okrs.toml"))?;
    let document = Document::read(Source::new("okrs.toml", plan));
    assert_eq!(document.problems, []);
    assert_eq!(
        document.plan.key_results["3"].owner.as_deref(),
        Some("team")
    );
    Ok(())
}

#[test]
fn the_plan_of_the_readme_can_be_read() {
    let text = format!("{}{}", frame!(), blocks("toml")[0]);
    let document = Document::read(Source::new("README.md", text));
    assert_eq!(document.problems, []);
    assert_eq!(document.plan.key_results["3"].note.len(), 1);
}
