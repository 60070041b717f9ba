//! `loti report`: one page for a meeting.

use anyhow::Result;

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
fn without_a_repository_only_what_changed_is_missing() -> Result<()> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("okrs.toml"), PLAN)?;
    let output = loti(folder.path(), "report --today 2024-02-12")?;
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8(output.stdout)?.contains("ASKS AND DECISIONS"));
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
