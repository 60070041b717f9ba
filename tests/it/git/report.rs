//! `loti report`: one page for a meeting.

use anyhow::Result;
use serde_json::json;

use super::repo::{Repo, loti};
use crate::frame::frame;

const PLAN: &str = concat!(
    frame!(),
    r#"
[kr.1]
objective = "outreach"
title = "Open the second route"
status = "on-track"

[kr.2]
objective = "outreach"
title = "Lend 400 books"
target = 400
current = 100

[kr.3]
objective = "outreach"
title = "Ask readers what they miss"
ask = "Who knows a good questionnaire?"

[kr.4]
objective = "outreach"
title = "Paint the bus"
due = 2024-02-20
"#
);

/// A plan of 2 January, and what two weeks in February did to it.
fn repo() -> Result<Repo> {
    let repo = Repo::new()?;
    repo.write("okrs.toml", PLAN)?;
    repo.commit("Begin", "2024-01-02T10:00:00Z")?;
    let later = PLAN
        .replace("\"on-track\"", "\"off-track\"")
        .replace("current = 100", "current = 200")
        .replace("Paint the bus\"", "Paint the bus\"\nstatus = \"dropped\"");
    let note = "\n[[kr.1.note]]\non = 2024-02-05\nby = \"ana\"\ntext = \"The bus is <b>late</b>, @ben.\"\n";
    repo.write("okrs.toml", format!("{later}{note}"))?;
    repo.commit("February", "2024-02-05T10:00:00Z")?;
    Ok(repo)
}

#[test]
fn a_meeting_gets_all_it_needs_on_a_page() -> Result<()> {
    let repo = repo()?;
    let output = loti(
        repo.root(),
        "report --since 2024-01-31 --today 2024-02-10 --width 80",
    )?;
    assert_eq!(output.status.code(), Some(0));
    let (out, err) = (
        String::from_utf8(output.stdout)?,
        String::from_utf8(output.stderr)?,
    );
    assert!(
        err.starts_with("since 2024-01-31: compared with commit "),
        "{err}"
    );
    assert!(err.ends_with(" of 2024-01-02 by Ana Lima\n"), "{err}");
    assert_eq!(
        out,
        "\
Plan · Quarter 1
10 Feb 2024 · 50 days left (to 31 Mar 2024)
0 of 4 done, 1 dropped, 1 off track, 2 not started · progress 16 % (+10) · 44 %
of the time gone

THEMES
  Reach  0 of 4 done, 1 dropped, 1 off track, 2 not started · progress 16 %
         (+10)

WHAT CHANGED
  1  Open the second route
     status: on track → off track
     note: added by ana, 5 Feb 2024: \"The bus is <b>late</b>, @ben.\"
  2  Lend 400 books
     current: 100 → 200 (progress 25 % → 50 %)
  4  Paint the bus
     status: not started → dropped

AT RISK, AND WHY
  1  off track: Open the second route
     The bus is <b>late</b>, @ben. (ana, 5 Feb)

ASKS AND DECISIONS
  3  Who knows a good questionnaire?

DROPPED
  4  Paint the bus

THE NEXT 30 DAYS
  nothing has a day of its own
"
    );
    Ok(())
}

#[test]
fn two_weeks_are_looked_back_where_nobody_says() -> Result<()> {
    let repo = repo()?;
    let output = loti(repo.root(), "report --today 2024-02-12")?;
    let err = String::from_utf8(output.stderr)?;
    assert!(err.starts_with("since 2024-01-29: "), "{err}");
    // Before the first commit there was nothing to compare with: the page is there all the same.
    let output = loti(repo.root(), "report --today 2024-01-10")?;
    assert_eq!(output.status.code(), Some(0));
    let err = String::from_utf8(output.stderr)?;
    assert!(
        err.contains("nothing had been committed by the end of 2023-12-27"),
        "{err}"
    );
    Ok(())
}

#[test]
fn a_shallow_clone_says_why_it_does_not_tell_what_changed() -> Result<()> {
    let repo = repo()?;
    let from = format!("file://{}", repo.root().display());
    let clone = Repo::with(&["clone", "-q", "--depth", "1", &from, "."])?;
    let output = loti(clone.root(), "report --today 2024-02-12")?;
    assert_eq!(output.status.code(), Some(0));
    let err = String::from_utf8(output.stderr)?;
    assert!(
        err.starts_with("what changed is not told: what was before "),
        "{err}"
    );
    assert!(err.contains("`git fetch --unshallow`"), "{err}");
    Ok(())
}

#[test]
fn what_could_not_be_read_two_weeks_ago_holds_up_no_meeting() -> Result<()> {
    let repo = repo()?;
    repo.write("okrs.toml", "<<<<<<< ours\n")?;
    repo.commit("Oops", "2024-02-06T10:00:00Z")?;
    repo.git(&["checkout", "-q", "HEAD~1", "okrs.toml"])?;
    repo.commit("Mended", "2024-02-07T10:00:00Z")?;
    let output = loti(repo.root(), "report --today 2024-02-20")?;
    assert_eq!(output.status.code(), Some(0));
    let err = String::from_utf8(output.stderr)?;
    assert!(
        err.starts_with("what changed is not told: the plan cannot be read in commit "),
        "{err}"
    );
    assert!(String::from_utf8(output.stdout)?.contains("ASKS AND DECISIONS"));
    // Who asks for that very day is told what is wrong with it.
    let output = loti(repo.root(), "report --since HEAD~1")?;
    assert_eq!(output.status.code(), Some(2));
    Ok(())
}

#[test]
fn programs_get_the_page_with_every_value() -> Result<()> {
    let repo = repo()?;
    let words = "report --since 2024-01-31 --today 2024-02-10 --format json";
    let output = loti(repo.root(), words)?;
    assert_eq!(output.status.code(), Some(0));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let first = repo.git(&["rev-parse", "HEAD~1"])?;
    for (at, expected) in [
        ("/version", json!(1)),
        ("/today", json!("2024-02-10")),
        ("/since/commit", json!(first)),
        ("/since/day", json!("2024-01-02")),
        ("/name", json!("Plan")),
        ("/cycle/days-left", json!(50)),
        ("/time-gone", json!(44)),
        ("/counts/off-track", json!(1)),
        ("/progress", json!(16)),
        ("/before/progress", json!(6)),
        ("/themes/0/id", json!("reach")),
        ("/themes/0/before/counts/dropped", json!(0)),
        ("/changes/0/address", json!("kr.1")),
        ("/changes/0/old", json!("on-track")),
        ("/changes/0/new", json!("off-track")),
        ("/risks/0/key-result/id", json!("1")),
        ("/risks/0/why/text", json!("The bus is <b>late</b>, @ben.")),
        ("/asks/0/id", json!("3")),
        ("/dropped/0/id", json!("4")),
        ("/dropped/0/removed", json!(false)),
        ("/next", json!([])),
        ("/end", json!(null)),
    ] {
        assert_eq!(json.pointer(at), Some(&expected), "{at}: {json:#}");
    }
    // Where nothing is known of what was, all the rest is there.
    let output = loti(repo.root(), "report --today 2024-01-10 --format json")?;
    let json: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    assert_eq!(json["since"], json!(null));
    assert_eq!(json["changes"], json!([]));
    Ok(())
}

#[test]
fn without_a_repository_only_what_changed_is_missing() -> Result<()> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("okrs.toml"), PLAN)?;
    let output = loti(folder.path(), "report --today 2024-02-12")?;
    assert_eq!(output.status.code(), Some(0));
    let out = String::from_utf8(output.stdout)?;
    assert!(out.contains("ASKS AND DECISIONS"));
    // Who reads the page alone does not take it for a quiet fortnight.
    for heading in ["WHAT CHANGED", "DROPPED"] {
        let unknown = "not known: there is no earlier plan to compare with";
        assert!(out.contains(&format!("{heading}\n  {unknown}\n")), "{out}");
    }
    assert!(String::from_utf8(output.stderr)?.starts_with("what changed is not told: "));
    let output = loti(folder.path(), "report --since HEAD~1")?;
    assert_eq!(output.status.code(), Some(2));
    Ok(())
}

#[test]
fn the_plans_words_form_nothing_in_markdown() -> Result<()> {
    let repo = repo()?;
    let output = loti(
        repo.root(),
        "report --since HEAD~1 --today 2024-02-10 --format markdown",
    )?;
    let page = String::from_utf8(output.stdout)?;
    assert!(page.starts_with("# Plan · Quarter 1\n"), "{page}");
    let html = comrak::markdown_to_html(&page, &comrak::Options::default());
    assert!(!html.contains("<b>"), "{html}");
    assert!(!page.contains("@ben"), "{page}");
    Ok(())
}

#[test]
fn a_meeting_that_is_yet_to_come_is_no_last_one() -> Result<()> {
    let repo = repo()?;
    let output = repo.loti("report --since 2021-12-01 --today 2021-10-05")?;
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr)?;
    assert!(
        said.contains("2021-12-01 is yet to come: `--since` is the day of the last meeting"),
        "{said}"
    );
    Ok(())
}
