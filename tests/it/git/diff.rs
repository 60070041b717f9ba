//! What changed between two versions of a plan, as `loti diff` finds them in git.

use std::fs;
use std::process::Output;

use anyhow::Result;

use super::repo::{Repo, loti};

const PLAN: &str = include_str!("../../sessions/week.in/okrs.toml");

/// What was said on both channels, and how it ended.
fn said(output: &Output) -> (String, String, Option<i32>) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        text(&output.stdout),
        text(&output.stderr),
        output.status.code(),
    )
}

/// Returns the answer of a command that did what was asked.
fn answer(repo: &Repo, words: &str) -> Result<String> {
    let (out, err, code) = said(&repo.loti(words)?);
    assert_eq!(code, Some(0), "{words}: {err}");
    Ok(out)
}

fn with(places: &[(&str, &str)]) -> String {
    let mut text = PLAN.to_owned();
    for (old, new) in places {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    text
}

/// Makes a repository of three weeks: 260 books, then 280, then 300 and a target of 380; and a branch
/// that left after the first.
fn weeks() -> Result<Repo> {
    let repo = Repo::new()?;
    repo.write("okrs.toml", PLAN)?;
    repo.commit("Begin", "2021-09-06T10:00:00+02:00")?;
    repo.git(&["tag", "begin"])?;
    repo.git(&["checkout", "-q", "-b", "corner"])?;
    repo.write("okrs.toml", with(&[("reading corner", "book corner")]))?;
    repo.commit("Call it a book corner", "2021-09-08T10:00:00+02:00")?;
    repo.git(&["checkout", "-q", "main"])?;
    repo.write("okrs.toml", with(&[("current = 260", "current = 280")]))?;
    repo.commit("Second week", "2021-09-13T23:30:00+02:00")?;
    let third = [
        ("current = 260", "current = 300"),
        ("target = 400", "target = 380"),
    ];
    repo.write("okrs.toml", with(&third))?;
    repo.commit("Third week", "2021-09-20T10:00:00+02:00")?;
    Ok(repo)
}

const SECOND_WEEK: &str = "\
REACH
kr.1 · Lend 400 books a month from the bus
  current  260 → 280 books (progress 50 % → 57 %)
";

const THIRD_WEEK: &str = "\
REACH
kr.1 · Lend 400 books a month from the bus
  current  280 → 300 books (progress 57 % → 69 %)
  target   400 → 380 books (goal lowered)
";

#[test]
fn without_a_revision_it_is_what_is_not_committed() -> Result<()> {
    let repo = weeks()?;
    let head = repo.git(&["rev-parse", "--short=8", "HEAD"])?;
    let (out, err, code) = said(&repo.loti("diff")?);
    let compared = format!("comparing {head} of 2021-09-20 with okrs.toml as it is\n");
    assert_eq!((&*out, code), ("", Some(0)));
    assert_eq!(err, format!("{compared}nothing changed\n"));

    answer(&repo, "set 2 on-track")?;
    let (out, err, code) = said(&repo.loti("diff")?);
    assert_eq!(
        out,
        "REACH\nkr.2 · Open a reading corner at the market\n  status  not started → on track\n"
    );
    assert_eq!((err, code), (compared, Some(0)));
    // What is asked for is all that is said.
    let (_, err, _) = said(&repo.loti("diff --quiet")?);
    assert_eq!(err, "");
    // From a folder below it is the same.
    fs::create_dir(repo.root().join("notes"))?;
    let below = said(&loti(&repo.root().join("notes"), "diff")?);
    assert_eq!(below.0, out);
    Ok(())
}

#[test]
fn revisions_are_taken_as_git_takes_them() -> Result<()> {
    let repo = weeks()?;
    for (words, expected) in [
        ("diff HEAD~1", THIRD_WEEK),
        ("diff HEAD~1..", THIRD_WEEK),
        ("diff begin..HEAD~1", SECOND_WEEK),
        ("diff main~2..main~1", SECOND_WEEK),
        // A day stands for its last commit, as days are where it was made.
        ("diff --since 2021-09-13", THIRD_WEEK),
        ("diff --since 2021-09-19", THIRD_WEEK),
        ("diff 2021-09-13", THIRD_WEEK),
        ("diff 2021-09-06..2021-09-13", SECOND_WEEK),
    ] {
        assert_eq!(answer(&repo, words)?, expected, "{words}");
    }
    // The plan as it stood may stand for the file.
    let (out, err, _) = said(&repo.loti("diff begin --at 2021-09-13")?);
    assert_eq!(out, SECOND_WEEK);
    assert!(
        err.contains("comparing") && err.ends_with(" of 2021-09-13\n"),
        "{err}"
    );
    let back = answer(&repo, "diff HEAD..HEAD~1")?;
    assert!(back.contains("380 → 400 books (goal raised)"), "{back}");
    Ok(())
}

#[test]
fn newer_work_on_the_other_branch_is_not_this_ones() -> Result<()> {
    let repo = weeks()?;
    let corner = "\
REACH
kr.2 · Open a book corner at the market
  title  \"Open a reading corner at the market\" → \"Open a book corner at the market\"
";
    let (out, err, _) = said(&repo.loti("diff main...corner")?);
    assert_eq!(out, corner);
    let base = repo.git(&["rev-parse", "--short=8", "begin"])?;
    let tip = repo.git(&["rev-parse", "--short=8", "corner"])?;
    assert_eq!(
        err,
        format!(
            "comparing {base} of 2021-09-06, where corner left main, with {tip} of 2021-09-08\n"
        )
    );
    repo.git(&["checkout", "-q", "corner"])?;
    assert_eq!(answer(&repo, "diff main...")?, corner);
    // As they are, they differ in what both did.
    assert!(answer(&repo, "diff main..")?.contains("(goal raised)"));
    let markdown = answer(&repo, "diff main... --format markdown")?;
    let from = format!("From `{base}` of 6 Sep 2021 to `{tip}` of 8 Sep 2021.\n");
    assert!(markdown.contains(&from), "{markdown}");
    Ok(())
}

#[test]
fn exit_code_is_for_what_the_plan_says() -> Result<()> {
    let repo = weeks()?;
    let code = || Ok::<_, anyhow::Error>(repo.loti("diff --exit-code --quiet")?.status.code());
    assert_eq!(code()?, Some(0));
    let text = fs::read_to_string(repo.root().join("okrs.toml"))?;
    for (old, new, expected) in [
        ("# The bus is on loan until spring.\n", "", 0),
        ("title = \"Open", "title  = \"Open", 0),
        ("[kr.4]", "[kr.4]\nweight = 1", 0),
        ("[kr.4]", "[kr.4]\njira = 1", 1),
        ("[kr.4]", "[kr.4]\nweight = 2", 1),
        ("[kr.4]", "[kr.evening]", 1),
    ] {
        repo.write("okrs.toml", text.replacen(old, new, 1))?;
        assert_eq!(code()?, Some(expected), "{new}");
    }
    // Without it, differences are no failure.
    assert_eq!(repo.loti("diff")?.status.code(), Some(0));
    Ok(())
}

#[test]
fn a_side_that_cannot_be_read_is_named() -> Result<()> {
    let repo = weeks()?;
    repo.write("okrs.toml", "[plan]\nname = \"P\"\n[kr.1\n")?;
    let broken = repo.commit("Half a thought", "2021-09-21T10:00:00+02:00")?;
    let (out, err, code) = said(&repo.loti("diff HEAD~1")?);
    assert_eq!((&*out, code), ("", Some(2)));
    assert!(
        err.contains("toml-syntax") && err.contains("okrs.toml:3"),
        "{err}"
    );

    repo.write("okrs.toml", PLAN)?;
    let (_, err, code) = said(&repo.loti("diff")?);
    assert_eq!(code, Some(2));
    assert!(
        err.contains(&format!("{}:okrs.toml:3", &broken[..8])),
        "{err}"
    );

    repo.write("okrs.toml", b"name = \"\xff\"\n")?;
    repo.commit("No text", "2021-09-22T10:00:00+02:00")?;
    repo.write("okrs.toml", PLAN)?;
    let (_, err, code) = said(&repo.loti("diff")?);
    assert_eq!(code, Some(2));
    assert!(err.contains(":okrs.toml") && err.contains("UTF-8"), "{err}");
    Ok(())
}

#[test]
fn a_plan_that_is_on_one_side_only_is_told_in_a_line() -> Result<()> {
    let repo = Repo::new()?;
    repo.write("README.md", "Ours.\n")?;
    repo.commit("Begin", "2021-09-06T10:00:00+02:00")?;
    repo.write("okrs.toml", PLAN)?;
    repo.commit("Add the plan", "2021-09-07T10:00:00+02:00")?;
    let new = "The plan is new: 1 cycle, 2 themes, 2 objectives and 4 key results.\n";
    assert_eq!(answer(&repo, "diff HEAD~1")?, new);
    assert_eq!(answer(&repo, "diff HEAD~1 --stat")?, new);
    assert_eq!(repo.loti("diff HEAD~1 --exit-code")?.status.code(), Some(1));
    let json = answer(&repo, "diff HEAD~1 --format json")?;
    assert!(
        json.contains("\"whole\": \"added\"") && json.contains("\"kr.4\""),
        "{json}"
    );
    fs::remove_file(repo.root().join("okrs.toml"))?;
    let gone = "The plan is gone: it had 1 cycle, 2 themes, 2 objectives and 4 key results.\n";
    for words in ["diff", "diff -f okrs.toml"] {
        assert_eq!(answer(&repo, words)?, gone, "{words}");
    }
    let (_, err, code) = said(&repo.loti("diff -f other.toml")?);
    assert_eq!(code, Some(2));
    assert!(err.contains("`other.toml` is on neither side"), "{err}");
    Ok(())
}

#[test]
fn a_file_is_followed_to_the_name_it_had() -> Result<()> {
    let repo = weeks()?;
    fs::create_dir(repo.root().join("team"))?;
    repo.git(&["mv", "okrs.toml", "team/plan.toml"])?;
    repo.commit("Call it plan", "2021-09-21T10:00:00+02:00")?;
    for words in [
        "diff -f team/plan.toml HEAD~2",
        "diff -f team/plan.toml HEAD~2..HEAD",
    ] {
        let (out, err, _) = said(&repo.loti(words)?);
        assert_eq!(out, THIRD_WEEK, "{words}");
        assert!(err.contains("(there okrs.toml)"), "{err}");
    }
    Ok(())
}

#[test]
fn what_git_does_to_line_endings_is_no_change() -> Result<()> {
    let repo = weeks()?;
    repo.write(".gitattributes", "okrs.toml eol=crlf\n")?;
    repo.commit("Keep Windows' line endings", "2021-09-21T10:00:00+02:00")?;
    repo.git(&["rm", "-q", "--cached", "okrs.toml"])?;
    repo.git(&["reset", "-q", "--hard"])?;
    let text = fs::read_to_string(repo.root().join("okrs.toml"))?;
    assert!(text.contains("\r\n"));
    let (out, err, _) = said(&repo.loti("diff")?);
    assert_eq!(out, "");
    assert!(err.ends_with("nothing changed\n"), "{err}");
    assert_eq!(answer(&repo, "diff HEAD~2")?, THIRD_WEEK);
    Ok(())
}

#[test]
fn only_what_is_asked_for_is_told() -> Result<()> {
    let repo = weeks()?;
    let text = with(&[
        ("current = 260", "current = 270"),
        ("reading corner", "book corner"),
        ("quiet room", "silent room"),
        ("name = \"Rooms\"", "name = \"All rooms\""),
    ]);
    repo.write("okrs.toml", text)?;
    for (words, told) in [
        ("-- 1", &["kr.1"][..]),
        ("-- objective.rooms", &["objective.rooms", "kr.3"]),
        ("-- theme.house 2", &["kr.2", "objective.rooms", "kr.3"]),
        ("-- 1.milestone.route", &["kr.1"]),
        ("--theme house", &["kr.3"]),
        ("--owner ben", &["kr.2"]),
        ("--status done", &["kr.3"]),
        ("--theme reach -- 2 3", &["kr.2"]),
        ("-- 4", &[]),
    ] {
        let out = answer(&repo, &format!("diff begin {words}"))?;
        let found = out.lines().filter_map(|line| line.split_once(" · "));
        let found: Vec<&str> = found.map(|(address, _)| address).collect();
        assert_eq!(found, told, "{words}");
    }
    let (_, err, _) = said(&repo.loti("diff begin -- 4")?);
    assert!(
        err.ends_with("nothing changed in what was asked for\n"),
        "{err}"
    );
    // What is gone can be asked for.
    answer(&repo, "remove 4")?;
    let out = answer(&repo, "diff begin -- 4")?;
    assert!(out.contains("  removed  was not started\n"), "{out}");
    Ok(())
}

#[test]
fn what_cannot_be_compared_is_said_with_what_to_do() -> Result<()> {
    let repo = weeks()?;
    for (words, error) in [
        (
            "diff mian",
            "there is no revision `mian`\nhint: did you mean `main`?",
        ),
        (
            "diff begn..main",
            "there is no revision `begn`\nhint: did you mean `begin`?",
        ),
        (
            "diff --since 2021-09-01",
            "nothing had been committed by the end of 2021-09-01",
        ),
        (
            "diff --since yesterday",
            "expected a day such as 2021-09-20",
        ),
        ("diff HEAD --since 2021-09-01", "cannot be used with"),
        (
            "diff -f -",
            "a plan from standard input has no past\nhint: ",
        ),
        (
            "diff --at begin",
            "expected what to compare the plan of `--at` with\nhint: ",
        ),
        ("diff begin..main --at main", "and here are two\nhint: "),
        ("diff -- 9", "there is no key result `9`"),
    ] {
        let (out, err, code) = said(&repo.loti(words)?);
        assert_eq!((&*out, code), ("", Some(2)), "{words}");
        assert!(err.contains(error), "{words}: {err}");
    }
    repo.git(&["checkout", "-q", "--orphan", "apart"])?;
    repo.commit("Begin again", "2021-09-22T10:00:00+02:00")?;
    let (_, err, code) = said(&repo.loti("diff main...apart")?);
    assert_eq!(code, Some(2));
    assert!(
        err.contains("`main` and `apart` have no commit in common\nhint: "),
        "{err}"
    );

    let empty = Repo::new()?;
    empty.write("okrs.toml", PLAN)?;
    let (_, err, code) = said(&empty.loti("diff")?);
    assert_eq!(code, Some(2));
    assert!(
        err.contains("nothing has been committed in this repository yet"),
        "{err}"
    );
    let outside = tempfile::tempdir()?;
    fs::write(outside.path().join("okrs.toml"), PLAN)?;
    let (_, err, code) = said(&loti(outside.path(), "diff")?);
    assert_eq!(code, Some(2));
    assert!(err.contains("is not in a git repository"), "{err}");
    Ok(())
}

#[test]
fn the_picture_in_the_readme_is_what_diff_prints() -> Result<()> {
    let repo = Repo::new()?;
    repo.write("okrs.toml", PLAN)?;
    repo.commit("Begin", "2021-09-06T10:00:00+02:00")?;
    answer(&repo, "set 1 at-risk current=320 target=380 due=2021-11-30")?;
    let picture = answer(&repo, "diff")?;
    assert!(
        include_str!("../../../README.md").contains(&picture),
        "{picture}"
    );
    Ok(())
}
