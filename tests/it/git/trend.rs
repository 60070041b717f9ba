//! `loti trend`: progress and status over time.

use anyhow::Result;
use serde_json::Value;

use super::repo::{Repo, command, loti};
use crate::frame::frame;

const PLAN: &str = concat!(
    frame!(),
    r#"
[kr.12]
objective = "outreach"
title = "Lend 400 books a month from the bus"
target = 400
current = 0
unit = "books"

[kr.2]
objective = "outreach"
title = "Open the second route"
"#
);

/// A quarter of weekly updates, up to 19 February; one of them leaves a file that cannot be read.
fn repo() -> Result<Repo> {
    let repo = Repo::new()?;
    repo.write("okrs.toml", PLAN)?;
    repo.commit("Begin", "2023-12-20T10:00:00Z")?;
    for (week, books) in [20, 50, 90, 120, 150, 190, 230].iter().enumerate() {
        let mut text = PLAN.replace("current = 0", &format!("current = {books}"));
        let status = ["on-track", "on-track", "at-risk", "at-risk", "at-risk"].get(week);
        let status = status.unwrap_or(&"on-track");
        text = text.replace("unit", &format!("status = \"{status}\"\nunit"));
        if week > 3 {
            text = text.replace("unit", "due = 2024-04-30\nunit");
        }
        let begun = chrono::NaiveDate::from_ymd_opt(2024, 1, 8).expect("a day");
        let day = begun + chrono::Days::new(7 * week as u64);
        if week == 2 {
            repo.write("okrs.toml", text.replace("[kr.2]", "[kr.2"))?;
            repo.commit("Oops", &format!("{day}T08:00:00Z"))?;
        }
        repo.write("okrs.toml", text)?;
        repo.commit("Update", &format!("{day}T10:00:00Z"))?;
    }
    Ok(repo)
}

/// Runs a command on 20 February, which has to be fine, and returns what it answers and what it says.
fn run(repo: &Repo, words: &str) -> Result<(String, String)> {
    let output = loti(
        repo.root(),
        &format!("{words} --width 80 --today 2024-02-20"),
    )?;
    assert_eq!(output.status.code(), Some(0), "{words}: {output:?}");
    let names = repo.git(&["log", "--format=%H"])?;
    let shown = |bytes| -> Result<String> {
        let text = String::from_utf8(bytes)?;
        Ok(names
            .lines()
            .fold(text, |text, name| text.replace(&name[..8], "COMMIT..")))
    };
    Ok((shown(output.stdout)?, shown(output.stderr)?))
}

#[test]
fn each_row_is_drawn_with_where_it_leads() -> Result<()> {
    let (told, said) = run(&repo()?, "trend")?;
    assert_eq!(said, "");
    assert_eq!(
        told,
        "\
Plan · Quarter 1 · 40 days left (to 31 Mar 2024)
From 8 committed versions, 20 Dec 2023 to 19 Feb 2024, by week. 1 version cannot
be read and was passed over.

                                                      1 Jan 2024     31 Mar 2024
    time gone                                   55 %  ▁▁▁▂▂▂▂▃▃▃▃▄▄▄▅▅▅▅▆▆▆▆▇▇▇█
    Plan                                        28 %  ▁▁▁▁▁▁▁▁▂▂▂▂▂▂▃
    0 of 2 done, 1 on track, 1 not started ·
    +10 points in two weeks · on this course:
    25 Jun, 86 days late (8 Jun to 21 Jul)

    REACH                                       28 %  ▁▁▁▁▁▁▁▁▂▂▂▂▂▂▃
    0 of 2 done, 1 on track, 1 not started ·
    +10 points in two weeks · on this course:
    25 Jun, 86 days late (8 Jun to 21 Jul)
    Outreach                                    28 %  ▁▁▁▁▁▁▁▁▂▂▂▂▂▂▃
    0 of 2 done, 1 on track, 1 not started ·
    +10 points in two weeks · on this course:
    25 Jun, 86 days late (8 Jun to 21 Jul)
12  Lend 400 books a month from the bus         57 %  ▁▁▁▁▁▁▂▂▃▃▃▃▄▄▅
    on track for 8 days · 15 points ahead ·           ○○●●●●▲▲▲▲▲▲●●●
    +20 points in two weeks · on this course:
    29 Mar, 32 days early (24 Mar to 6 Apr) ·
    due day moved, 30 days later
 2  Open the second route                        0 %  ○○○○○○○○○○○○○○○
    not started for 62 days

Progress is drawn from ▁ to █, which is reached; below it the status: ○ not
started, ● on track and ▲ at risk. `loti explain forecast` says how a course is
foretold.
"
    );
    Ok(())
}

#[test]
fn one_row_is_told_whole() -> Result<()> {
    let (told, said) = run(&repo()?, "trend 12")?;
    assert_eq!(said, "");
    assert_eq!(
        told,
        "\
Plan · Quarter 1 · 40 days left (to 31 Mar 2024)
From 8 committed versions, 20 Dec 2023 to 19 Feb 2024, by week. 1 version cannot
be read and was passed over.

kr.12  Lend 400 books a month from the bus
on track · 57 % · 41 % of its time gone · 15 points ahead · +20 points in two
weeks · due 30 Apr 2024

  100 % │
        │
        │                                                            ······
        │                                                    ········
   50 % │                                   ▆▆      ·········
        │                              ▆▆▆▆░░░······
        │                         ▆░░░░░░░░███
        │               ▂▂░░░░░░░░░███████████
        │        ··░░░░░░░████████████████████
        │·····░░░▄▄███████████████████████████
    0 % └──────────────────────────────────────────────────────────────────
         1 Jan 2024                                             31 Mar 2024
         · ░ the share of the time gone
 status  ○○○○○●●●●●●●●●●▲▲▲▲▲▲▲▲▲▲▲▲▲▲▲●●●●●●●

On this course it is reached on 29 Mar 2024, 32 days early. That is from where
it stands today, at the median of the speeds between any two of the last 50
days, in which it had 8 different values; half of those speeds lead to a day
between 24 Mar and 6 Apr.

STATUS
  together not started 19 days, on track 22 days and at risk 21 days
  ● on track      8 days  since 12 Feb 2024  Ana Lima  COMMIT..
  ▲ at risk      21 days  since 22 Jan 2024  Ana Lima  COMMIT..
  ● on track     14 days  since 8 Jan 2024   Ana Lima  COMMIT..
  ○ not started  19 days  since 20 Dec 2023  Ana Lima  COMMIT..

DUE DAY
  31 Mar → 30 Apr 2024  30 days later  on 5 Feb 2024  Ana Lima  COMMIT..
"
    );
    Ok(())
}

#[test]
fn progress_is_told_in_every_form() -> Result<()> {
    let repo = repo()?;
    let (json, _) = run(&repo, "trend 12 --format json")?;
    let json: Value = serde_json::from_str(&json)?;
    assert_eq!((&json["version"], &json["by"]), (&1.into(), &"week".into()));
    assert_eq!(
        (&json["versions"], &json["unread"], &json["oldest"]),
        (&8.into(), &1.into(), &"first".into())
    );
    let row = &json["rows"][0];
    assert_eq!(
        (&row["address"], &row["progress"]),
        (&"kr.12".into(), &57.into())
    );
    assert_eq!(
        (&row["expected"], &row["due"]),
        (&41.into(), &"2024-04-30".into())
    );
    let forecast = &row["forecast"];
    assert_eq!(forecast["course"], "reaches");
    assert_eq!(forecast["day"], "2024-03-29");
    assert_eq!(
        (&forecast["days-late"], &forecast["values"]),
        (&(-32).into(), &8.into())
    );
    // The first point is what was in force as the cycle began.
    let points = row["points"].as_array().map_or(0, Vec::len);
    assert_eq!(
        (points, &row["points"][0]["day"]),
        (8, &"2023-12-20".into())
    );
    let head = repo.git(&["rev-parse", "HEAD"])?;
    let head = head.replacen(&head[..8], "COMMIT..", 1);
    assert_eq!(row["points"][7]["commit"], head);
    let days = |stay: &Value| stay["days"].as_i64().unwrap_or_default();
    let statuses = row["statuses"].as_array().map_or(&[][..], Vec::as_slice);
    assert_eq!(statuses.iter().map(days).sum::<i64>(), 62);
    assert_eq!(row["due-moves"][0]["days"], 30);

    let (csv, _) = run(&repo, "trend plan 12 --by commit --format csv")?;
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 1 + 2 * 8);
    assert!(lines[0].starts_with("address,title,day,commit,author,progress,expected,status,all,"));
    assert!(
        lines[8].starts_with("plan,Plan,2024-02-19,"),
        "{}",
        lines[8]
    );
    assert!(
        lines[8].ends_with(",Ana Lima,28,54,,2,1,1,0,0,0,0"),
        "{}",
        lines[8]
    );
    assert!(
        lines[16].ends_with(",Ana Lima,57,40,on-track,,,,,,,"),
        "{}",
        lines[16]
    );

    let (svg, _) = run(&repo, "trend 12 --format svg")?;
    assert!(
        svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""),
        "{svg}"
    );
    assert!(svg.contains("kr.12: Lend 400 books a month from the bus, on track for 8 days"));
    assert!(svg.contains("<path class=\"expected\"") && svg.contains("<path class=\"progress\""));
    assert!(svg.contains("(prefers-color-scheme: dark)") && !svg.contains("<script"));
    Ok(())
}

#[test]
fn what_the_file_says_acts_on_nothing() -> Result<()> {
    let repo = Repo::new()?;
    let title = "=1+1 <script>&amp;\\\"' \\u001B[31m\\u202E]]>";
    let text = PLAN.replace("Lend 400 books a month from the bus", title);
    let text = text.replace("name = \"Plan\"", &format!("name = \"{title}\""));
    let text = text.replace("name = \"Reach\"", &format!("name = \"{title}\""));
    repo.write("okrs.toml", &text)?;
    repo.git(&["add", "."])?;
    let author = "--author==1+1 \u{1b}[31m\u{202e}\"'& <b@example.org>";
    let words = ["commit", "-q", "-m", "Begin", author];
    repo.git_at("2024-01-02T10:00:00Z", &words)?;
    for form in ["table", "json", "csv", "svg"] {
        for words in ["trend", "trend 12 theme.reach plan"] {
            let (told, _) = run(&repo, &format!("{words} --format {form}"))?;
            let acts = |letter: char| letter.is_control() && letter != '\n';
            assert!(!told.contains(acts), "{words}: {told:?}");
            assert!(!told.contains('\u{202e}'), "{words}: {told:?}");
            if form == "csv" {
                assert!(told.contains(",\"'=1+1 <script>"), "{told}");
                assert!(told.contains(",\"'=1+1 \\u{1b}[31m"), "{told}");
            }
            if form == "svg" {
                assert!(told.contains("=1+1 &lt;script&gt;&amp;amp;"), "{told}");
                let tags = [
                    "svg ", "title", "desc", "style", "rect ", "text ", "g ", "path ", "/",
                ];
                for tag in told.split('<').skip(1) {
                    assert!(tags.iter().any(|known| tag.starts_with(known)), "{tag}");
                }
                let names = ["lt;", "gt;", "amp;", "quot;", "apos;"];
                for name in told.split('&').skip(1) {
                    assert!(names.iter().any(|known| name.starts_with(known)), "{name}");
                }
            }
        }
    }
    Ok(())
}

#[test]
fn what_is_not_committed_is_the_last_point() -> Result<()> {
    let repo = repo()?;
    let now = PLAN.replace("current = 0", "current = 400\nstatus = \"done\"");
    repo.write("okrs.toml", &now)?;
    let (told, _) = run(&repo, "trend 12")?;
    for line in [
        "From 8 committed versions, 20 Dec 2023 to 20 Feb 2024, by week. The last point",
        "is the file as it is now, with what is not committed. 1 version cannot be read",
        "  ✔ done          0 days  since 20 Feb 2024  not committed",
        "  30 Apr → 31 Mar 2024  30 days earlier  on 20 Feb 2024  not committed",
    ] {
        assert!(
            told.lines().any(|told| told.trim_end() == line),
            "{line}:\n{told}"
        );
    }
    let (json, _) = run(&repo, "trend 12 --format json")?;
    let json: Value = serde_json::from_str(&json)?;
    assert_eq!(json["uncommitted"], true);
    assert_eq!(json["rows"][0]["points"][8]["commit"], Value::Null);

    // Where the file cannot be read or is not there, what was committed has to do.
    repo.write("okrs.toml", now.replace("[kr.2]", "[kr.2"))?;
    for is_there in [true, false] {
        let (told, said) = run(&repo, "trend 12")?;
        assert_eq!(
            said,
            if is_there {
                "the plan cannot be read as it is now: told is what was committed\n\
                 hint: `loti check` says what is wrong\n"
            } else {
                "the plan is not on disk: told is what was committed\n"
            }
        );
        assert!(told.contains("on track · 57 %"), "{told}");
        if is_there {
            std::fs::remove_file(repo.root().join("okrs.toml"))?;
        }
    }
    Ok(())
}

#[test]
fn a_trend_takes_time_and_a_past() -> Result<()> {
    let repo = Repo::new()?;
    repo.write("okrs.toml", PLAN)?;
    for (words, expected) in [
        ("trend", "nothing has been committed in this repository yet"),
        ("trend -f -", "a plan from standard input has no past"),
    ] {
        let output = repo.loti(words)?;
        assert_eq!(output.status.code(), Some(2), "{words}");
        let said = String::from_utf8(output.stderr)?;
        assert!(said.starts_with(&format!("error: {expected}\n")), "{said}");
    }
    repo.commit("Begin", "2024-02-10T10:00:00Z")?;
    let (told, _) = run(&repo, "trend")?;
    assert!(
        told.contains("A trend takes time: there is one point"),
        "{told}"
    );
    for (words, expected) in [
        ("trend 99", "there is no key result `99`"),
        ("trend cycle.q1", "cycle.q1 has no progress over time"),
        ("trend --since soon", "there is no revision `soon`"),
    ] {
        let output = repo.loti(words)?;
        assert_eq!(output.status.code(), Some(2), "{words}");
        let said = String::from_utf8(output.stderr)?;
        assert!(said.starts_with(&format!("error: {expected}")), "{said}");
    }
    let outside = tempfile::tempdir()?;
    std::fs::write(outside.path().join("okrs.toml"), PLAN)?;
    let output = loti(outside.path(), "trend")?;
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr)?;
    assert!(said.contains("is not in a git repository"), "{said}");
    Ok(())
}

#[test]
fn where_the_past_ends_the_days_are_the_least() -> Result<()> {
    let repo = repo()?;
    let url = format!("file://{}", repo.root().display());
    let shallow = Repo::with(&["clone", "-q", "--depth", "3", &url, "."])?;
    let (told, _) = run(&shallow, "trend 12")?;
    for line in [
        "is not in this shallow clone: `git fetch --unshallow` fetches it.",
        "  ● on track           8 days  since 12 Feb 2024  Ana Lima  COMMIT..",
        "  ▲ at risk   at least 7 days  since 5 Feb 2024   Ana Lima  COMMIT..",
    ] {
        assert!(told.lines().any(|told| told == line), "{line}:\n{told}");
    }
    let (told, _) = run(&repo, "trend 12 --since 2024-02-14")?;
    let line = "  ● on track  at least 6 days  since 12 Feb 2024  Ana Lima  COMMIT..";
    assert!(told.lines().any(|told| told == line), "{told}");
    let (told, said) = run(&repo, "trend 12 --since HEAD~3 --at HEAD~1")?;
    assert!(said.starts_with("as of 2024-02-12: commit "), "{said}");
    let line = "  ▲ at risk   at least 14 days  since 22 Jan 2024  Ana Lima  COMMIT..";
    assert!(told.lines().any(|told| told == line), "{told}");
    Ok(())
}

#[test]
fn only_the_line_of_first_parents_is_told() -> Result<()> {
    let repo = repo()?;
    repo.git(&["checkout", "-q", "-b", "side", "HEAD~3"])?;
    let text = std::fs::read_to_string(repo.root().join("okrs.toml"))?;
    let begun = text.replace("second route\"", "second route\"\nstatus = \"on-track\"");
    repo.write("okrs.toml", &begun)?;
    repo.commit("On a branch", "2024-02-13T10:00:00Z")?;
    let renamed = begun
        .replace("kr.2", "kr.route")
        .replace("outreach", "town");
    repo.write("okrs.toml", renamed)?;
    repo.commit("Other names", "2024-02-14T10:00:00Z")?;
    repo.git(&["checkout", "-q", "main"])?;
    repo.merge(&["side"], "2024-02-20T08:00:00Z")?;
    let (told, _) = run(&repo, "trend route objective.town")?;
    assert!(
        told.contains("● on track      0 days  since 20 Feb 2024  Ana Lima"),
        "{told}"
    );
    assert!(
        told.contains("○ not started  62 days  since 20 Dec 2023  Ana Lima"),
        "{told}"
    );
    let (json, _) = run(&repo, "trend objective.town --by day --format json")?;
    let json: Value = serde_json::from_str(&json)?;
    assert_eq!(json["rows"][0]["points"][0]["day"], "2023-12-20");
    assert_eq!(json["rows"][0]["points"].as_array().map(Vec::len), Some(9));
    Ok(())
}

#[test]
fn nothing_but_ascii_is_drawn_where_nothing_else_is_read() -> Result<()> {
    let repo = repo()?;
    for words in ["trend", "trend 12 plan"] {
        let output = command(repo.root(), env!("CARGO_BIN_EXE_loti"))
            .args(words.split(' '))
            .args(["--width", "80", "--today", "2024-02-20"])
            .env("LC_ALL", "C")
            .output()?;
        let told = String::from_utf8(output.stdout)?;
        assert!(told.is_ascii() && told.contains("!!!!"), "{told}");
        assert!(told.lines().all(|line| line.len() <= 80), "{told}");
    }
    Ok(())
}

#[test]
fn filters_hide_rows_and_another_cycle_is_looked_at_by_name() -> Result<()> {
    let repo = repo()?;
    let (told, _) = run(&repo, "trend --status on-track")?;
    assert!(!told.contains("Open the second route"), "{told}");
    assert!(
        told.contains("1 key result hidden; counts and progress are of the whole"),
        "{told}"
    );
    let next = "\n[cycle.q2]\nname = \"Quarter 2\"\nstart = 2024-04-01\nend = 2024-06-30\n";
    let text = PLAN.replace("objective = ", "cycle = \"q1\"\nobjective = ");
    repo.write(
        "okrs.toml",
        text.replacen("q1", "q2", 2).replacen("q2", "q1", 1) + next,
    )?;
    repo.commit("Next", "2024-02-20T08:00:00Z")?;
    // Alone, a key result is looked at in its own cycle.
    let (told, _) = run(&repo, "trend 12")?;
    assert!(told.starts_with("Plan · Quarter 2 · "), "{told}");
    let output = repo.loti("trend 12 2 --today 2024-02-20")?;
    let said = String::from_utf8(output.stderr)?;
    assert_eq!(
        said,
        "error: kr.12 is not in the cycle `q1`\nhint: `--cycle q2` looks at its own\n"
    );
    Ok(())
}
