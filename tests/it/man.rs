//! The manual pages: what is in them, and that a program that shows them has nothing to mend.

use std::io::Write as _;
use std::process::{Command, Stdio};

use anyhow::Result;

fn page(words: &[&str]) -> Result<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_loti"))
        .arg("man")
        .args(words)
        .env("LOTI_TODAY", "2021-09-20")
        .output()?;
    assert_eq!(output.status.code(), Some(0), "{words:?}");
    Ok(String::from_utf8(output.stdout)?)
}

fn sections(page: &str) -> Vec<&str> {
    let headings = page.lines().filter_map(|line| line.strip_prefix(".SH "));
    headings.map(|heading| heading.trim_matches('"')).collect()
}

#[test]
fn the_main_page_says_what_a_page_has_to() -> Result<()> {
    let page = page(&[])?;
    assert_eq!(
        sections(&page),
        [
            "NAME",
            "SYNOPSIS",
            "DESCRIPTION",
            "OPTIONS",
            "EVERYWHERE",
            "COMMANDS",
            "ENVIRONMENT",
            "FILES",
            "EXIT STATUS",
            "EXAMPLES",
            "SEE ALSO"
        ]
    );
    for word in [
        "loti\\-set(1)",
        "LOTI_FILE",
        "LOTI_TODAY",
        "NO_COLOR",
        "CLICOLOR_FORCE",
        "VISUAL",
        "EDITOR",
        "The columns to lay out for",
    ] {
        assert!(page.contains(word), "{word}");
    }
    assert!(!page.contains("2021\\-09\\-20]"), "nothing of the machine");
    Ok(())
}

#[test]
fn each_command_has_a_page_of_its_own() -> Result<()> {
    let main = page(&[])?;
    let names = main
        .lines()
        .filter_map(|line| line.strip_prefix("loti\\-")?.strip_suffix("(1)"));
    let names: Vec<_> = names.collect();
    assert!(names.len() >= 15, "{names:?}");
    for name in names {
        let page = page(&[name])?;
        let title = format!(".TH loti-{name} 1 ");
        assert!(page.contains(&title), "{name}: {page}");
        assert!(page.contains("\nloti\\-"), "{name}");
        let has = sections(&page);
        for section in ["SYNOPSIS", "DESCRIPTION", "EXIT STATUS"] {
            assert!(has.contains(&section), "{name} has no {section}");
        }
        // The commands below it have some.
        let has_examples = has.contains(&"EXAMPLES") || has.contains(&"COMMANDS");
        assert!(has_examples, "{name} has no examples");
    }
    assert!(page(&["cycle", "list"])?.contains(".TH loti-cycle-list 1 "));
    Ok(())
}

#[test]
fn a_page_is_shown_without_a_warning() -> Result<()> {
    let child = Command::new("groff")
        .args(["-man", "-ww", "-Tutf8"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn();
    // Where there is no such program there is nothing to ask.
    let Ok(mut child) = child else { return Ok(()) };
    let text = page(&[])? + &page(&["set"])?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(text.as_bytes())?;
    }
    let output = child.wait_with_output()?;
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    Ok(())
}
