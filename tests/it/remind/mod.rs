//! Who owes what, and that what is written for people reaches them as it was meant.

use std::fs;
use std::process::{Command, Output, Stdio};

use anyhow::{Context as _, Result};
use comrak::{Options, markdown_to_html};
use serde_json::{Value, json};

use crate::checkin::PLAN;

/// A folder with a plan of three persons, of whom two have an address.
fn folder() -> Result<tempfile::TempDir> {
    with(&plan())
}

fn plan() -> String {
    let persons = "[person.team]\nemail = \"team@example.org\"\n\n\
                   [person.ana]\nname = \"Ana Límá\"\nemail = \"ana@example.org\"\ngithub = \"ana-l\"\n\n\
                   [person.ben]\nname = \"Ben\"\n\n";
    PLAN.replace(
        "owner = \"team\"\n",
        "owner = \"team\"\nreviewer = \"ben\"\n",
    )
    .replace("[theme.reach]", &format!("{persons}[theme.reach]"))
}

fn with(plan: &str) -> Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("okrs.toml"), plan)?;
    Ok(folder)
}

fn remind(folder: &tempfile::TempDir, words: &[&str]) -> Result<Output> {
    let mut loti = Command::new(env!("CARGO_BIN_EXE_loti"));
    loti.arg("remind").args(words).current_dir(folder.path());
    loti.env_clear()
        .env("LOTI_TODAY", "2021-09-20")
        .env("LC_ALL", "C.UTF-8");
    Ok(loti.output()?)
}

fn said(folder: &tempfile::TempDir, words: &[&str]) -> Result<String> {
    let output = remind(folder, words)?;
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    Ok(String::from_utf8(output.stdout)?)
}

/// Reads a mail or a box of mails as Python's own library does.
fn read(script: &str, path: &std::path::Path) -> Result<Value> {
    let output = Command::new("python3")
        .args(["-c", script])
        .arg(path)
        .stderr(Stdio::inherit())
        .output()
        .context("python3")?;
    Ok(serde_json::from_slice(&output.stdout)?)
}

const READ_BOX: &str = r#"
import json, mailbox, sys
from email import policy
from email.parser import BytesParser
box = mailbox.mbox(sys.argv[1], factory=lambda f: BytesParser(policy=policy.default).parse(f))
print(json.dumps([{"headers": sorted(m.keys()), "to": str(m["To"]), "from": str(m["From"]),
    "subject": str(m["Subject"]), "date": m["Date"].datetime.isoformat(),
    "body": m.get_content(), "defects": [str(d) for d in m.defects]} for m in box]))
"#;

const READ_ONE: &str = r#"
import json, sys
from email import policy
from email.parser import BytesParser
m = BytesParser(policy=policy.default).parse(open(sys.argv[1], "rb"))
print(json.dumps({"headers": sorted(m.keys()), "to": str(m["To"]), "subject": str(m["Subject"]),
    "body": m.get_content(), "defects": [str(d) for d in m.defects]}))
"#;

#[test]
fn each_person_is_told_what_they_owe() -> Result<()> {
    let folder = folder()?;
    assert_eq!(
        said(&folder, &[])?,
        "team: 1 check-in due and 1 date past
  1  check-in 21 days late: Lend 400 books a month
  1.milestone.route  12 days late: Second route opens

Ana Límá: 1 check-in due
  2  check-in due today: Open a reading corner

Ben: 2 check-ins to answer
  2  to answer: Open a reading corner: checked without a word (13 Sep)
  3  to answer: Half of the town knows the bus: checked without a word (14 Sep)
"
        .replace("  1  check", "  1                  check")
    );
    assert_eq!(
        said(&folder, &["--owner", "ana"])?,
        "Ana Límá: 1 check-in due\n  2  check-in due today: Open a reading corner\n"
    );
    let answer: Value = serde_json::from_str(&said(&folder, &["--format", "json"])?)?;
    assert_eq!(answer["version"], 1);
    let team = &answer["reminders"][0];
    assert_eq!(team["id"], "team");
    assert_eq!(team["email"], "team@example.org");
    assert_eq!(team["check-ins"][0]["days-late"], 21);
    assert_eq!(team["late"][0]["address"], "kr.1.milestone.route");
    let ben = &answer["reminders"][2];
    assert_eq!(
        ben["to-answer"][1],
        json!({"id": "3", "title": "Half of the town knows the bus", "reviewer": "ben",
               "on": "2021-09-14", "note": null})
    );
    Ok(())
}

#[test]
fn where_nobody_owes_anything_nothing_is_said() -> Result<()> {
    let folder = folder()?;
    for form in ["text", "markdown", "mailto", "mbox"] {
        let output = remind(&folder, &["--format", form, "--today", "2021-07-16"])?;
        assert_eq!(output.status.code(), Some(0));
        assert!(
            output.stdout.is_empty() && output.stderr.is_empty(),
            "{output:?}"
        );
    }
    let output = remind(&folder, &["--eml", "out", "--today", "2021-07-16"])?;
    assert!(
        output.stdout.is_empty() && output.stderr.is_empty(),
        "{output:?}"
    );
    assert!(!folder.path().join("out").exists());
    Ok(())
}

#[test]
fn an_address_that_is_none_is_told() -> Result<()> {
    let folder = with(&plan().replace("ana@example.org", "ana at home"))?;
    let output = remind(&folder, &["--format", "mbox"])?;
    let said = String::from_utf8(output.stderr)?;
    assert!(
        said.contains("note: `ana at home` of Ana Límá is no mail address\n"),
        "{said}"
    );
    Ok(())
}

#[test]
fn in_an_ended_cycle_not_every_date_is_an_alarm() -> Result<()> {
    let folder = folder()?;
    assert_eq!(
        said(&folder, &["--today", "2021-11-01"])?,
        "team: 1 cycle to close
  cycle.q  to close: Quarter ended 17 days ago with 3 key results open: `loti cycle close q`
"
    );
    // It is the plan's owner who closes it.
    assert_eq!(
        said(&folder, &["--today", "2021-11-01", "--owner", "ana"])?,
        ""
    );
    let json: Value = serde_json::from_str(&said(
        &folder,
        &["--today", "2021-11-01", "--format", "json"],
    )?)?;
    let left = json!([{"id": "q", "name": "Quarter", "ended-ago": 17, "open": 3}]);
    assert_eq!(json["reminders"][0]["to-close"], left);
    Ok(())
}

#[test]
fn markdown_calls_accounts_where_that_is_wanted_and_nobody_else() -> Result<()> {
    let hostile = plan()
        .replace(
            "Open a reading corner",
            "@everyone <b>#1</b> ![x](http://x)\\n# Title",
        )
        .replace(
            "name = \"Ben\"",
            "name = \"@org/team\"\ngithub = \"org/team\"",
        );
    let folder = with(&hostile)?;
    let text = said(&folder, &["--format", "markdown", "--mention"])?;
    assert!(
        text.starts_with("# Check-ins of 2021, week 38\n\n"),
        "{text}"
    );
    assert_eq!(text.matches("(@ana-l)").count(), 1, "{text}");
    assert_eq!(
        text.matches('@').count(),
        text.matches("@&#8203;").count() + 1,
        "{text}"
    );
    let html = markdown_to_html(&text, &Options::default());
    assert_eq!(html.matches("<h1>").count(), 1, "{html}");
    for tag in ["<b>", "<img", "<a "] {
        assert!(!html.contains(tag), "{html}");
    }
    let text = said(&folder, &["--format", "markdown"])?;
    assert!(!text.contains("ana-l"), "{text}");
    Ok(())
}

#[test]
fn a_box_of_mails_is_read_by_mail_programs() -> Result<()> {
    let title = "From here to “there”";
    let folder = with(&plan().replace("Open a reading corner", title))?;
    let words = ["--format", "mbox", "--from", "okrs@example.org"];
    let output = remind(&folder, &words)?;
    assert_eq!(
        String::from_utf8(output.stderr)?,
        "no mail for Ben: no address is known\n\
         hint: `loti set person.ben email=…` says it\n"
    );
    let path = folder.path().join("box");
    fs::write(&path, &output.stdout)?;
    let mails = read(READ_BOX, &path)?;
    assert_eq!(mails.as_array().map(Vec::len), Some(2), "{mails}");
    let ana = &mails[1];
    assert_eq!(ana["to"], "Ana Límá <ana@example.org>");
    assert_eq!(ana["from"], "okrs@example.org");
    assert_eq!(ana["subject"], "Harbour: 1 check-in due");
    assert_eq!(ana["date"], "2021-09-20T00:00:00+00:00");
    assert_eq!(ana["defects"], json!([]));
    assert_eq!(
        ana["body"].as_str().map(str::trim_end),
        Some(
            "Ana Límá,\n\non 20 Sep 2021 this waits for you:\n\n\
             - 2: check-in due today: From here to “there”\n\n\
             `loti checkin --owner ana` takes a few minutes."
        )
    );
    Ok(())
}

#[test]
fn a_mail_in_a_file_of_its_own_is_a_draft_and_the_same_each_time() -> Result<()> {
    let folder = folder()?;
    said(&folder, &["--eml", "out"])?;
    let path = folder.path().join("out/2021-09-20-ana.eml");
    let first = fs::read_to_string(&path)?;
    said(&folder, &["--eml", "out"])?;
    assert_eq!(fs::read_to_string(&path)?, first);
    assert_eq!(fs::read_dir(folder.path().join("out"))?.count(), 2);
    let mail = read(READ_ONE, &path)?;
    assert_eq!(mail["to"], "Ana Límá <ana@example.org>");
    assert_eq!(mail["defects"], json!([]));
    assert!(first.contains("X-Unsent: 1\r\n"), "{first}");
    assert!(!first.contains("From:"), "{first}");
    Ok(())
}

#[test]
fn no_text_of_the_plan_becomes_a_header() -> Result<()> {
    let evil = plan()
        .replace("\"team@example.org\"", "\"a@b.c>\\r\\nBcc: x@y.z\"")
        .replace("Ana Límá", "Ana\\r\\nBcc: x@y.z")
        .replace(
            "name = \"Harbour\"",
            "name = \"Harbour\\r\\nBcc: x@y.z\\r\\n\\r\\nHello\"",
        );
    let folder = with(&evil)?;
    let text = said(&folder, &["--format", "mbox"])?;
    let path = folder.path().join("box");
    fs::write(&path, &text)?;
    let mails = read(READ_BOX, &path)?;
    assert_eq!(mails.as_array().map(Vec::len), Some(1), "{text}");
    let headers = mails[0]["headers"].to_string();
    assert!(!headers.contains("Bcc"), "{text}");
    let text = said(&folder, &["--format", "mailto"])?;
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(!text.to_lowercase().contains("&bcc"), "{text}");
    assert_eq!(text.matches('&').count(), 1, "{text}");
    let output = remind(&folder, &["--format", "mbox", "--from", "x@y\r\nBcc: z@y"])?;
    assert_eq!(output.status.code(), Some(2));
    Ok(())
}
