//! A whole quarter of this repository's own plan: weekly updates, then the quarter is closed, and the
//! next one started.

use std::fmt::Write as _;
use std::process::Output;

use anyhow::Result;
use loti::change::closing::{Answer, Answers, Closer, Fate, close};
use loti::change::{Change, edit};
use loti::model::{Fraction, Id, Number, Plan};

use super::repo::{Repo, command};
use crate::tree::read;

const PLAN: &str = include_str!("../../../okrs.toml");

/// Runs loti on a day, commits what it did, and returns what it said.
fn on(repo: &Repo, day: &str, words: &[&str]) -> Result<Output> {
    let mut loti = command(repo.root(), env!("CARGO_BIN_EXE_loti"));
    let output = loti.args(words).args(["--today", day]).output()?;
    repo.commit(&words.join(" "), &format!("{day}T10:00:00+01:00"))?;
    Ok(output)
}

fn fine(repo: &Repo, day: &str, words: &[&str]) -> Result<String> {
    let output = on(repo, day, words)?;
    assert_eq!(output.status.code(), Some(0), "{words:?}: {output:?}");
    Ok(String::from_utf8(output.stdout)?)
}

/// Takes the plan through its quarter: each Monday every third key result says how it stands.
fn quarter() -> Result<Repo> {
    let repo = Repo::new()?;
    repo.write("okrs.toml", PLAN)?;
    repo.commit("Begin the year", "2021-07-15T10:00:00+01:00")?;
    let statuses = ["on-track", "at-risk", "on-track", "off-track", "on-track"];
    let first: chrono::NaiveDate = "2021-07-19".parse()?;
    for week in 0..13_u32 {
        let day = (first + chrono::Days::new(7 * u64::from(week))).to_string();
        for id in (1 + week % 3..=25).step_by(3) {
            let status = statuses[((id + week) % 5) as usize];
            let (id, text) = (id.to_string(), format!("Week {week}: {status}."));
            let confidence = format!("confidence=0.{}", 9 - week % 8);
            let mut loti = command(repo.root(), env!("CARGO_BIN_EXE_loti"));
            let words = [
                "set",
                &id,
                status,
                &confidence,
                "-m",
                &text,
                "--today",
                &day,
            ];
            let output = loti.args(words).output()?;
            assert_eq!(output.status.code(), Some(0), "{words:?}: {output:?}");
        }
        repo.commit(&format!("Week {week}"), &format!("{day}T10:00:00+01:00"))?;
    }
    for id in ["1", "2", "10"] {
        fine(
            &repo,
            "2021-10-12",
            &["set", id, "done", "-m", "It is out."],
        )?;
    }
    fine(&repo, "2021-10-12", &["set", "18", "current=1"])?;
    Ok(repo)
}

/// Answers the questions of a plan of closing: what is asked is carried over, but of these.
fn answered(sheet: &str) -> String {
    let mut text = String::new();
    let mut at = "";
    for line in sheet.lines() {
        if line.starts_with("[kr.") {
            at = line;
        }
        let line = match (line, at) {
            ("then = \"\"", "[kr.22]") => "then = \"end\"",
            ("then = \"\"", "[kr.25]") => "then = \"drop\"",
            ("then = \"\"", "[kr.18]") => "then = \"done\"",
            ("then = \"\"", _) => "then = \"carry\"",
            ("why = \"\"", "[kr.22]") => "why = \"One toolkit is enough.\"",
            ("why = \"\"", "[kr.25]") => "why = \"Part of the city's own sprint now.\"",
            ("why = \"\"", "[kr.3]") => {
                "score = 0.7\nwhy = \"The findings are known, if not out.\""
            }
            ("lesson = \"\"", _) => "lesson = \"Twenty-five are too many.\"",
            (line, _) => line,
        };
        let _ = writeln!(text, "{line}");
    }
    text
}

fn plan(repo: &Repo) -> Result<Plan> {
    let text = std::fs::read_to_string(repo.root().join("okrs.toml"))?;
    let document = read(&text);
    assert_eq!(document.problems, []);
    Ok(document.plan)
}

/// Everything that is said of the quarter's key results, but what closing adds.
fn figures(plan: &Plan) -> String {
    let id = plan.cycles.keys().next().expect("a cycle");
    let tree = plan.tree(id);
    let mut text = format!("{:?}\n", tree.rollup);
    for theme in &tree.themes {
        let _ = writeln!(text, "{} {:?}", theme.id, theme.rollup);
        for objective in &theme.objectives {
            let _ = writeln!(text, "{} {:?}", objective.id, objective.rollup);
            for (id, own) in &objective.key_results {
                let (status, progress) = (own.status(), own.progress());
                let _ = writeln!(text, "{id} {status} {progress:?} {:?}", own.confidence);
            }
        }
    }
    text
}

#[test]
fn a_quarter_is_closed_and_the_next_one_started() -> Result<()> {
    let repo = quarter()?;
    let before = plan(&repo)?;

    let sheet = fine(&repo, "2021-10-20", &["cycle", "close", "--plan"])?;
    assert!(
        sheet.contains("# confidence 0.9 (19 Jul), 0.6 (9 Aug), 0.3 (30 Aug), 0.8 (20 Sep)"),
        "how confidence went is read from git:\n{sheet}"
    );
    repo.write("answers.toml", answered(&sheet))?;
    let words = ["cycle", "close", "--answers", "answers.toml"];
    let patch = fine(&repo, "2021-10-20", &[&words[..], &["--dry-run"]].concat())?;
    assert!(patch.contains("+closed = 2021-10-20\n"), "{patch}");
    assert_eq!(plan(&repo)?, before, "a dry run changes nothing");
    fine(&repo, "2021-10-20", &[&words[..], &["--commit"]].concat())?;
    let subjects = repo.git(&["log", "--format=%s"])?;
    assert!(subjects.contains("Close cycle.y3q1: "), "{subjects}");

    let closed = plan(&repo)?;
    // Two ended otherwise than they stood: the figures of the rest are what they were.
    let mut expected = before.clone();
    let mut done = |id: &str, status| {
        let own = expected.key_results.get_mut(id);
        own.expect("a key result").status = Some(status);
    };
    done("18", loti::model::Status::Done);
    done("25", loti::model::Status::Dropped);
    assert_eq!(figures(&closed), figures(&expected));
    for (id, own) in &before.key_results {
        let notes = &closed.key_results[id].note;
        assert!(notes.starts_with(&own.note), "{id}");
    }
    let carried = closed.key_results.values();
    let carried = carried.filter(|own| own.continues.is_some()).count();
    assert_eq!(
        carried,
        25 - 3 - 3,
        "done, done after all, ended and dropped aside"
    );

    let ended = closed.key_results["22"].last_note();
    let ended = ended.map(|note| note.text.as_str());
    assert_eq!(ended, Some("Ended: One toolkit is enough."));

    // The next quarter goes on, and nothing of it moves a figure of the last.
    let status = fine(
        &repo,
        "2021-10-21",
        &["status", "--cycle", "y3q1", "--width", "80"],
    )?;
    for words in [
        "closed (20 Oct 2021)",
        "\"Twenty-five are too many.\" (20 Oct 2021)",
        "scored 0.7",
        "scored 1",
        "carried over as 2",
    ] {
        assert!(status.contains(words), "{words}\n{status}");
    }
    let first = closed.key_results.iter();
    let mut first = first.filter(|(_, own)| own.continues.is_some());
    let (first, _) = first.next().expect("one that goes on");
    for (week, day) in ["2021-10-25", "2021-11-01", "2021-11-08"]
        .iter()
        .enumerate()
    {
        let text = format!("Week {week}.");
        fine(
            &repo,
            day,
            &["set", first.as_str(), "on-track", "-m", &text],
        )?;
        fine(
            &repo,
            day,
            &["add", "kr", "data", &format!("Another {week}")],
        )?;
    }
    let later = plan(&repo)?;
    assert_eq!(figures(&later), figures(&closed));
    for (id, own) in &closed.key_results {
        if own
            .cycle
            .as_ref()
            .is_some_and(|cycle| cycle.as_str() == "y3q1")
        {
            assert_eq!(&later.key_results[id], own, "{id}");
        }
    }
    let refused = on(&repo, "2021-11-08", &["set", "3", "done"])?;
    assert_eq!(refused.status.code(), Some(2), "{refused:?}");
    assert_eq!(plan(&repo)?, later);

    let check = fine(&repo, "2021-11-09", &["check", "--against", "HEAD~12"])?;
    for rule in [
        "score-before-close",
        "closed-without-score",
        "closed-cycle-changed",
    ] {
        assert!(!check.contains(rule), "{check}");
    }
    Ok(())
}

#[test]
fn all_that_closes_a_quarter_is_written_as_one_after_the_other_would_be() -> Result<()> {
    let document = read(PLAN);
    let id = document.plan.cycles.keys().next().expect("a cycle");
    let today = "2021-10-20".parse()?;
    let key_results = document.plan.key_results.keys().map(|id| {
        let answer = Answer {
            then: Some(Fate::Carry),
            score: Some(Fraction(Number::Float(0.5))),
            why: Some("It was so.".to_owned()),
            ..Answer::default()
        };
        (id.clone(), answer)
    });
    let answers = Answers {
        next: Id::new("y3q2"),
        lesson: Some("Twenty-five are too many.".to_owned()),
        key_results: key_results.collect(),
        ..Answers::default()
    };
    let closer = Closer {
        today,
        by: None,
        next_number: 26,
    };
    let changes = close(&document.plan, id, &answers, &closer).expect("all is answered");
    let together = edit(&document, &changes)?.document;
    let mut one_by_one = read(PLAN);
    // With a second cycle, none can do without: those that say theirs come first, as one.
    let split = changes
        .iter()
        .position(|change| matches!(change, Change::Add { .. }));
    let (first, rest) = changes.split_at(split.expect("a new cycle") + 1);
    one_by_one = edit(&one_by_one, first)?.document;
    for change in rest {
        one_by_one = edit(&one_by_one, std::slice::from_ref(change))?.document;
    }
    let texts = together
        .source
        .text()
        .lines()
        .zip(one_by_one.source.text().lines());
    let other = texts.enumerate().find(|(_, (one, other))| one != other);
    assert_eq!(other, None);
    assert_eq!(together.source.text().len(), one_by_one.source.text().len());
    Ok(())
}

#[test]
fn the_current_cycle_moves_on() -> Result<()> {
    let repo = Repo::new()?;
    repo.write(
        "okrs.toml",
        PLAN.replace("owner = \"team\" #", "cycle = \"y3q1\"\nowner = \"team\" #"),
    )?;
    repo.commit("Begin the year", "2021-07-15T10:00:00+01:00")?;
    let said = fine(
        &repo,
        "2021-10-16",
        &["cycle", "start", "y3q2", "--from", "y3q1"],
    )?;
    assert!(said.ends_with("plan cycle: y3q1 → y3q2\n"), "{said}");
    let list = fine(&repo, "2021-10-16", &["cycle", "list"])?;
    let next = list
        .lines()
        .find(|line| line.starts_with("y3q2"))
        .unwrap_or_default();
    assert!(next.contains("16 Oct 2021  15 Jan 2022"), "{list}");
    assert!(next.contains("current"), "{list}");
    let again = on(
        &repo,
        "2021-10-16",
        &["cycle", "start", "y3q2", "--from", "y3q1"],
    )?;
    let again = String::from_utf8(again.stderr)?;
    assert!(again.contains("nothing changed"), "{again}");
    Ok(())
}
