use loti::check::{Level, Levels, Wish, check, page};

use super::{HEAD, day, findings};
use crate::tree::read;

const OVERDUE: &str = "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
status = \"on-track\"
due = 2024-02-05
";

const ALLOW: &str = "allow = [{ rule = \"overdue\", why = \"Agreed.\" }]\n";

fn rules(text: &str) -> Vec<&'static str> {
    let found = findings(text);
    found.iter().map(|problem| problem.rule.0).collect()
}

#[test]
fn an_allowance_holds_where_it_stands() {
    assert_eq!(rules(&format!("{HEAD}{OVERDUE}")), ["overdue"]);
    assert_eq!(rules(&format!("{HEAD}{OVERDUE}{ALLOW}")), [""; 0]);
    // In the settings it holds for all.
    let everywhere = format!("{HEAD}[check]\n{ALLOW}\n{OVERDUE}");
    assert_eq!(rules(&everywhere), [""; 0]);
    // Elsewhere it does not, and is not needed there.
    let elsewhere =
        format!("{HEAD}{OVERDUE}\n[kr.2]\nobjective = \"outreach\"\ntitle = \"Another\"\n{ALLOW}");
    assert_eq!(rules(&elsewhere), ["overdue", "unneeded-allowance"]);
}

#[test]
fn an_allowance_of_a_rule_that_is_off_is_left_alone() {
    let text = format!("{HEAD}[check]\nlevels = {{ overdue = \"off\" }}\n\n{OVERDUE}{ALLOW}");
    assert_eq!(rules(&text), [""; 0]);
}

#[test]
fn an_allowance_needs_a_rule_that_can_be_allowed() {
    let none = format!("{HEAD}{OVERDUE}allow = [{{ rule = \"over-due\", why = \"…\" }}]\n");
    assert_eq!(rules(&none), ["overdue", "unknown-rule"]);
}

#[test]
fn an_allowance_gives_its_reason() {
    let text = format!("{HEAD}{OVERDUE}allow = [{{ rule = \"overdue\" }}]\n");
    assert_eq!(rules(&text), ["missing-key"]);
}

#[test]
fn levels_are_the_wish_before_the_plan_before_the_rule() {
    let document = read(&format!(
        "{HEAD}[check]\nlevels = {{ stale = \"error\", overdue = \"off\", toml-syntax = \"off\" }}\n"
    ));
    let rule = |name: &str| page(name).expect(name).rule;
    let level = |wish: &Wish, name: &str| Levels::new(&document.plan, wish).of(rule(name));
    let none = Wish::default();
    assert_eq!(level(&none, "stale"), Level::Error);
    assert_eq!(level(&none, "overdue"), Level::Off);
    assert_eq!(level(&none, "no-owner"), Level::Warning);
    let wish = Wish {
        levels: vec![
            (rule("overdue"), Level::Warning),
            (rule("overdue"), Level::Error),
        ],
        except: vec![rule("stale")],
        ..Wish::default()
    };
    assert_eq!(level(&wish, "overdue"), Level::Error);
    assert_eq!(level(&wish, "stale"), Level::Off);
    let wish = Wish {
        only: vec![rule("stale")],
        ..Wish::default()
    };
    assert_eq!(level(&wish, "no-owner"), Level::Off);
    // What keeps the file from being read is told whatever is asked for.
    assert_eq!(level(&wish, "toml-syntax"), Level::Error);
    assert_eq!(level(&wish, "stale"), Level::Error);
}

#[test]
fn what_nobody_reads_is_counted() {
    let mut text = HEAD.to_owned();
    for number in 1..=1200 {
        text.push_str(&OVERDUE.replace("kr.1", &format!("kr.{number}")));
    }
    let document = read(&text);
    let rule = page("overdue").expect("a rule").rule;
    let wish = Wish {
        only: vec![rule],
        ..Wish::default()
    };
    let levels = Levels::new(&document.plan, &wish);
    let mut report = check(&document, &levels, day());
    assert_eq!(report.warnings, 1200);
    assert_eq!(report.findings.len() + report.hidden, 1200);
    assert!(!report.fails(false) && report.fails(true));
    report.shorten(5);
    assert_eq!((report.findings.len(), report.hidden), (5, 1195));
}
