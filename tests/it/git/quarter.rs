//! A quarter of weekly updates of this repository's own plan, and what its lead asks of it.

use anyhow::Result;

use super::repo::Repo;

const PLAN: &str = include_str!("../../../okrs.toml");

/// What was done in which week: the day, and the words after `loti`.
const WEEKS: [(&str, &[&str]); 9] = [
    (
        "2021-08-09",
        &["note", "12", "Terms agreed with three boroughs."],
    ),
    ("2021-08-16", &["set", "18.milestone.pain-points", "done"]),
    (
        "2021-08-23",
        &["set", "12", "at-risk", "-m", "The chair has left."],
    ),
    (
        "2021-08-30",
        &["set", "3.milestone.workshop", "due=2021-09-15"],
    ),
    (
        "2021-09-06",
        &[
            "set",
            "12",
            "off-track",
            "-m",
            "No new chair before November.",
        ],
    ),
    ("2021-09-13", &["set", "3.milestone.workshop", "done"]),
    (
        "2021-09-20",
        &[
            "set",
            "25",
            "dropped",
            "-m",
            "Part of the city's own sprint now.",
        ],
    ),
    (
        "2021-09-27",
        &["set", "3", "done", "-m", "Findings are out."],
    ),
    ("2021-10-04", &["add", "kr", "data", "Find a new chair"]),
];

fn quarter() -> Result<Repo> {
    let repo = Repo::new()?;
    repo.write("okrs.toml", PLAN)?;
    repo.commit("Begin the year", "2021-08-02T10:00:00+01:00")?;
    for (day, words) in WEEKS {
        let mut loti = super::repo::command(repo.root(), env!("CARGO_BIN_EXE_loti"));
        let output = loti.args(words).args(["--today", day]).output()?;
        assert_eq!(output.status.code(), Some(0), "{words:?}: {output:?}");
        repo.commit(&format!("Week of {day}"), &format!("{day}T10:00:00+01:00"))?;
    }
    Ok(repo)
}

fn answer(repo: &Repo, words: &str) -> Result<String> {
    let output = repo.loti(&format!("{words} --today 2021-10-05 --width 80"))?;
    assert_eq!(output.status.code(), Some(0), "{words}: {output:?}");
    let out = String::from_utf8(output.stdout)?;
    let wide = out.lines().find(|line| line.chars().count() > 80);
    assert_eq!(wide, None, "{words}");
    Ok(out)
}

#[test]
fn what_changed_since_the_last_meeting() -> Result<()> {
    let repo = quarter()?;
    let page = answer(&repo, "report --since 2021-09-20")?;
    let changed = page.split("WHAT CHANGED\n").nth(1).expect("what changed");
    let changed = changed.split("\n\n").next().expect("its lines");
    assert_eq!(
        changed,
        "  3   Complete the Data Capacity Discovery
      status: on track → done
      note: added, 27 Sep 2021: \"Findings are out.\"
  26  Find a new chair
      new: in Data Collaboration, due 15 Oct 2021"
    );
    let stat = answer(&repo, "diff --since 2021-09-20 --stat")?;
    assert!(stat.contains("1 key result changed, 1 new"), "{stat}");
    Ok(())
}

#[test]
fn when_a_key_result_went_off_track_and_why() -> Result<()> {
    let repo = quarter()?;
    let log = answer(&repo, "log 12 --field status")?;
    let names = repo.git(&["log", "--format=%H"])?;
    let log = names
        .lines()
        .fold(log, |log, name| log.replace(&name[..8], "COMMIT"));
    assert!(
        log.starts_with(
            "\
6 Sep 2021 · Ana Lima · COMMIT · Week of 2021-09-06
  12  Launch a discovery into a Data Ethics process for all of London
      status: at risk → off track
      note: added: \"No new chair before November.\"

23 Aug 2021 · Ana Lima · COMMIT · Week of 2021-08-23
  12  Launch a discovery into a Data Ethics process for all of London
      status: on track → at risk
      note: added: \"The chair has left.\"
"
        ),
        "{log}"
    );
    Ok(())
}

#[test]
fn whether_it_will_be_in_time() -> Result<()> {
    let repo = quarter()?;
    let trend = answer(&repo, "trend")?;
    assert!(
        trend.contains("From 10 committed versions, 2 Aug 2021 to 4 Oct 2021, by week."),
        "{trend}"
    );
    assert!(trend.contains("on this course: "), "{trend}");
    let one = answer(&repo, "trend 12")?;
    for line in [
        "  ✖ off track  29 days  since 6 Sep 2021   Ana Lima  ",
        "  ▲ at risk    14 days  since 23 Aug 2021  Ana Lima  ",
    ] {
        assert!(one.contains(line), "{one}");
    }
    Ok(())
}
