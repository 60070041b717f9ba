//! What is exported, read by the programs that it is made for.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use super::forms::export;
use super::marked::PLAN;
use crate::tools::tool;

/// Reads a calendar with a reader that knows the whole standard.
fn calendar(written: &[u8]) -> Result<Value> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tools/read_calendar.py");
    let mut reader = tool("python")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut input = reader.stdin.take().context("its input")?;
    input.write_all(written)?;
    drop(input);
    let output = reader.wait_with_output()?;
    anyhow::ensure!(output.status.success(), "the calendar cannot be read");
    Ok(serde_json::from_slice(&output.stdout)?)
}

#[test]
fn a_calendar_is_read_as_it_is_meant() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("okrs.toml");
    fs::write(&path, PLAN)?;
    let read = calendar(&export(folder.path(), "ics --alarm 7d --alarm 1d")?)?;
    assert_eq!(read["name"], "Harbour Library");
    assert_eq!(read["errors"], json!([]));
    let events = read["events"].as_array().context("events")?;
    let told = |key: &str| -> Vec<&str> {
        events
            .iter()
            .filter_map(|event| event[key].as_str())
            .collect()
    };
    assert_eq!(
        told("summary"),
        [
            "Quarter 1 ends",
            "Lend 400 books a month (kr.1)",
            "Second route opens (step of kr.1)",
            "Outlined result (kr.2)",
            "Done: Open the second route (kr.4)",
            "Drawn result (kr.3)",
        ]
    );
    let days = [
        "2024-03-31",
        "2024-03-31",
        "2024-02-20",
        "2024-03-15",
        "2024-03-31",
        "2024-03-31",
    ];
    assert_eq!(told("start"), days);
    assert_eq!(events[2]["end"], "2024-02-21");
    assert_eq!(events[2]["stamp"], "2024-02-12T00:00:00+00:00");
    assert_eq!(events[1]["alarms"], json!([-7, -1]));
    assert_eq!(
        events[4]["alarms"],
        json!([]),
        "what is done needs no reminder"
    );
    assert!(events.iter().all(|event| event["errors"] == json!([])));
    // An event keeps its id when its day moves.
    fs::write(&path, PLAN.replace("due = 2024-03-15", "due = 2024-03-20"))?;
    let moved = calendar(&export(folder.path(), "ics")?)?;
    assert_eq!(moved["events"][3]["uid"], events[3]["uid"]);
    assert_eq!(moved["events"][3]["start"], "2024-03-20");
    let mut ids = told("uid");
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), events.len());
    Ok(())
}

#[test]
fn a_calendar_holds_any_text() -> Result<()> {
    let folder = tempfile::tempdir()?;
    for attack in crate::markdown::ATTACKS {
        let text = serde_json::to_string(attack)?;
        let plan = PLAN.replace("\"Lend 400 books a month\"", &text);
        fs::write(folder.path().join("okrs.toml"), plan)?;
        let read = calendar(&export(folder.path(), "ics")?)?;
        assert_eq!(read["errors"], json!([]), "{attack:?}");
        let shown = loti::text::printable(attack);
        assert_eq!(read["events"][1]["summary"], format!("{shown} (kr.1)"));
    }
    Ok(())
}

#[test]
fn a_spreadsheet_shows_text_where_the_text_looks_like_a_formula() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("okrs.csv");
    for formula in [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(1)",
        "=HYPERLINK(\"https://example.org\")",
        "\t=1+1",
    ] {
        let text = serde_json::to_string(formula)?;
        let plan = PLAN.replace("\"Lend 400 books a month\"", &text);
        fs::write(folder.path().join("okrs.toml"), plan)?;
        fs::write(
            &path,
            export(folder.path(), "csv --bom --columns id,title,status")?,
        )?;
        // As a spreadsheet of its own, in which a formula is no text.
        let profile = format!(
            "-env:UserInstallation=file://{}/profile",
            folder.path().display()
        );
        let output = Command::new("soffice")
            .args([
                &profile,
                "--headless",
                "--convert-to",
                "fods:OpenDocument Spreadsheet Flat XML",
            ])
            .arg("--outdir")
            .args([folder.path(), &path])
            .output()
            .context("soffice: Debian's libreoffice-calc-nogui")?;
        assert!(output.status.success(), "{output:?}");
        let sheet = fs::read_to_string(folder.path().join("okrs.fods"))?;
        assert!(!sheet.contains("table:formula"), "{formula}: {sheet}");
        let shown = loti::text::xml(formula);
        let shown = shown.trim_start_matches("\\u{9}");
        assert!(sheet.contains(shown), "{formula}: {sheet}");
    }
    Ok(())
}
