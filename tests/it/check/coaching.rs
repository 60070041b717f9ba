//! A coach asks where somebody wants to hear it, once, and makes no check fail.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use anyhow::Result;
use loti::check::{Family, Levels, Wish, check, page, pages};

use super::{HEAD, day, findings, findings_against, whole};
use crate::tree::read;

/// Returns which rules find something where a coach is asked.
fn coached(text: &str) -> Vec<&'static str> {
    let document = read(text);
    let wish = Wish {
        coach: true,
        ..Wish::default()
    };
    let levels = Levels::new(&document.plan, &wish);
    let report = check(&document, &levels, day());
    assert!(!report.fails(false), "{:#?}", report.findings);
    let rules = report.findings.iter().map(|found| found.rule.0);
    let is_coaching = |rule: &&str| page(rule).is_some_and(|page| page.family == Family::Coaching);
    rules.filter(is_coaching).collect()
}

/// A plan of which a coach asks nothing.
const SOUND: &str = "\
[plan]
name = \"Harbour Library\"
owner = \"team\"

[cycle.q1]
name = \"Quarter 1\"
start = 2024-01-01
end = 2024-03-31

[theme.reach]
name = \"Reach\"

[objective.outreach]
theme = \"reach\"
name = \"Outreach\"
aim = \"People who never come meet us where they are\"

[kr.1]
objective = \"outreach\"
title = \"Lend 400 books a month from the bus\"
status = \"on-track\"
current = 200
target = 400
";

fn loti(folder: &Path, words: &[&str]) -> Result<Output> {
    let mut loti = Command::new(env!("CARGO_BIN_EXE_loti"));
    loti.args(words).current_dir(folder);
    loti.env_clear()
        .env("LOTI_TODAY", "2024-02-10")
        .env("LC_ALL", "C.UTF-8");
    Ok(loti.output()?)
}

/// Returns what is said beside the answer.
fn beside(folder: &Path, words: &[&str]) -> Result<String> {
    let output = loti(folder, words)?;
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    Ok(String::from_utf8(output.stderr)?)
}

fn folder(plan: &str) -> Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("okrs.toml"), plan)?;
    Ok(folder)
}

#[test]
fn a_coach_who_is_not_asked_says_nothing() {
    for page in pages().filter(|page| page.family == Family::Coaching) {
        let text = whole(page.bad);
        assert_eq!(findings(&text), [], "{}", page.rule);
        assert!(coached(&text).contains(&page.rule.0), "{}", page.rule);
    }
    assert_eq!(coached(SOUND), [""; 0]);
}

#[test]
fn a_plan_makes_more_of_it_or_nothing() {
    let bad = page("no-outcome").expect("a rule").bad;
    let with = |level: &str| {
        whole(&format!(
            "[check]\nlevels = {{ no-outcome = \"{level}\" }}\n\n{bad}"
        ))
    };
    assert_eq!(findings(&with("warning")).len(), 1);
    assert_eq!(findings(&with("advice")), []);
    assert_eq!(coached(&with("off")), ["objective-without-aim"]);
}

#[test]
fn nothing_is_asked_of_what_is_over_or_put_off() {
    let bad = page("compound-key-result").expect("a rule").bad;
    for line in ["cycle = \"later\"", "status = \"done\""] {
        let text = whole(&format!("{bad}{line}\n"));
        assert_eq!(coached(&text), [""; 0], "{line}");
    }
    let closed = HEAD.replace(
        "end = 2024-03-31\n",
        "end = 2024-03-31\nclosed = 2024-02-09\n",
    );
    assert_eq!(coached(&format!("{closed}{bad}")), [""; 0]);
}

#[test]
fn what_is_finished_measured_a_change_too() {
    let bad = page("no-outcome").expect("a rule").bad;
    let reached = "\n[kr.99]\nobjective = \"outreach\"\ntitle = \"Lend more\"\n\
                   status = \"done\"\ntarget = 400\ncurrent = 400\n";
    let asks = |text: &str| coached(&whole(text)).contains(&"no-outcome");
    assert!(asks(bad));
    assert!(!asks(&format!("{bad}{reached}")));
    let delivered = reached.replace("target = 400\ncurrent = 400\n", "");
    assert!(asks(&format!("{bad}{delivered}")));
}

#[test]
fn nobody_has_to_hear_a_coach() {
    let off = "[check]\ncoach = false\nlevels = { no-outcome = \"off\" }\n\n";
    let bad = page("no-outcome").expect("a rule").bad;
    assert_eq!(
        findings_against(&whole(bad), &whole(&format!("{off}{bad}"))),
        []
    );
}

#[test]
fn check_asks_with_coach_and_ends_well() -> Result<()> {
    let folder = folder(&whole(page("no-outcome").expect("a rule").bad))?;
    let output = loti(folder.path(), &["check", "--coach", "--strict"])?;
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout)?;
    assert!(
        text.contains("advice[no-outcome]: no key result of objective.outreach"),
        "{text}"
    );
    assert!(text.ends_with("okrs.toml: 2 words of advice\n"), "{text}");
    Ok(())
}

#[test]
fn what_is_added_is_asked_about_once_and_what_was_there_is_not() -> Result<()> {
    let folder = folder(SOUND)?;
    let add = |title: &str| beside(folder.path(), &["add", "kr", "outreach", title]);
    assert_eq!(
        add("Lend more books and open a shop")?,
        "advice: kr.2 asks for two things: “open a shop” is another one (`loti explain compound-key-result`)\n\
         advice: kr.2 says “more”, and nothing measures it (`loti explain no-measure`)\n"
    );
    assert_eq!(add("Paint the bus")?, "");
    Ok(())
}

#[test]
fn advice_is_easy_to_switch_off() -> Result<()> {
    let title = "Lend more books";
    for (check, words) in [
        (
            "\n[check]\ncoach = false\n",
            &["add", "kr", "outreach", title][..],
        ),
        (
            "\n[check]\nlevels = { no-measure = \"off\" }\n",
            &["add", "kr", "outreach", title],
        ),
        ("", &["-q", "add", "kr", "outreach", title]),
        ("", &["add", "kr", "outreach", title, "--format", "json"]),
    ] {
        let folder = folder(&format!("{SOUND}{check}"))?;
        assert_eq!(beside(folder.path(), words)?, "", "{check}{words:?}");
    }
    Ok(())
}
