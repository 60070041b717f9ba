//! The judge: a change does not excuse itself.

use loti::check::{Base, Level, Levels, Wish, check, check_against, page};
use loti::diagnostic::Severity;

use super::{KR, changed, is_of_change, rules};
use crate::check::{HEAD, day, findings_against, whole};
use crate::tree::read;

#[test]
fn the_judge_is_not_made_kinder() {
    let loosened: &[&str] = &["check-loosened"];
    let check = |lines: &str| format!("[check]\n{lines}\n\n{KR}");
    let allow = |rule: &str| format!("allow = [{{ rule = \"{rule}\", why = \"x\" }}]\n");
    for (before, after, expected) in [
        (check(""), check("levels = { stale = \"off\" }"), loosened),
        (
            check(""),
            check("levels = { stale = \"advice\" }"),
            loosened,
        ),
        (check(""), check("levels = { stale = \"error\" }"), &[][..]),
        (check("levels = { stale = \"error\" }"), check(""), loosened),
        (
            check("levels = { stale = \"error\" }"),
            KR.to_owned(),
            loosened,
        ),
        (
            check(""),
            check("levels = { unknown-key = \"advice\" }"),
            loosened,
        ),
        (
            check(""),
            check("levels = { goalpost-moved = \"off\" }"),
            loosened,
        ),
        (
            check(""),
            check("levels = { check-loosened = \"off\" }"),
            loosened,
        ),
        (check(""), check("at-risk-behind = 20"), loosened),
        (check(""), check("at-risk-behind = 16"), &[]),
        (check(""), check("at-risk-behind = 10"), &[]),
        (check("off-track-behind = 30"), check(""), loosened),
        (check(""), check("most-key-results = 9"), loosened),
    ] {
        assert_eq!(rules(&before, &after), expected, "{after}");
    }
    let of = rules;
    // An allowance for all, and any of an error; not of a warning where it stands.
    assert_eq!(of(KR, &check(&allow("stale"))), loosened);
    assert_eq!(of(KR, &format!("{KR}{}", allow("stale"))), [""; 0]);
    assert_eq!(of(KR, &format!("{KR}{}", allow("out-of-range"))), loosened);
    assert_eq!(
        of(KR, &format!("{KR}{}", allow("goalpost-moved"))),
        loosened
    );
    let everywhere = check(&allow("out-of-range"));
    let here_too = format!("{everywhere}{}", allow("out-of-range"));
    assert_eq!(of(&everywhere, &here_too), [""; 0]);
    let other_words = everywhere.replace("\"x\"", "\"Agreed on 6 February.\"");
    assert_eq!(of(&everywhere, &other_words), [""; 0]);
}

#[test]
fn check_ins_do_not_become_rarer_and_people_stay_declared() {
    let loosened: &[&str] = &["check-loosened"];
    let with = |cadence: &str| HEAD.replace("[plan]\n", &format!("[plan]\n{cadence}\n"));
    let rules = |before: &str, after: &str| {
        let found = changed(before, after);
        found.iter().map(|found| found.rule.0).collect::<Vec<_>>()
    };
    let (weekly, monthly) = (with("cadence = \"weekly\""), with("cadence = \"monthly\""));
    let kr = |head: &str, line: &str| format!("{head}{KR}{line}\n");
    for (before, after, expected) in [
        (kr(&weekly, ""), kr(&monthly, ""), loosened),
        (kr(&weekly, ""), kr(HEAD, ""), loosened),
        (kr(&monthly, ""), kr(&weekly, ""), &[]),
        (kr(HEAD, ""), kr(&monthly, ""), &[]),
        (
            kr(&weekly, ""),
            kr(&weekly, "cadence = \"monthly\""),
            loosened,
        ),
        (
            kr(&monthly, "cadence = \"weekly\""),
            kr(&monthly, ""),
            loosened,
        ),
        (kr(&weekly, ""), kr(&weekly, "cadence = \"weekly\""), &[]),
    ] {
        assert_eq!(rules(&before, &after), expected, "{before}\n---\n{after}");
    }
    let off = "[check]\nlevels = { stale = \"off\" }\n\n";
    assert_eq!(rules(&kr(&weekly, off), &kr(&monthly, off)), [""; 0]);
    let person = "[person.library-team]\nname = \"x\"\n";
    assert_eq!(rules(&kr(HEAD, person), &kr(HEAD, "")), loosened);
}

#[test]
fn what_lets_a_change_pass_is_said_by_the_plan_as_it_was() {
    let allow = "allow = [{ rule = \"goalpost-moved\", why = \"Agreed.\" }]\n";
    let off = "[check]\nlevels = { goalpost-moved = \"warning\" }\n\n";
    let (old, new) = (format!("{KR}target = 400\n"), format!("{KR}target = 300\n"));
    let errors = |before: &str, after: &str| {
        let (before, after) = (read(&whole(before)), read(&whole(after)));
        let former = std::collections::HashMap::new();
        let base = Base {
            document: &before,
            revision: "1a2b3c4d",
            former: &former,
        };
        let levels = Levels::against(&before.plan, &after.plan, &Wish::default());
        let report = check_against(&after, &base, &levels, day());
        let of_change = report.findings.iter().filter(|found| is_of_change(found));
        let (errors, others): (Vec<_>, Vec<_>) =
            of_change.partition(|found| found.severity == Severity::Error);
        (errors.len(), others.len())
    };
    assert_eq!(errors(&old, &new), (1, 0));
    // The base allows it at its table, or counts it less.
    let allowed = format!("{KR}{allow}target = 400\n");
    assert_eq!(errors(&allowed, &new), (0, 0));
    let both = format!("{KR}{allow}target = 300\n");
    assert_eq!(errors(&allowed, &both), (0, 0));
    assert_eq!(
        errors(&format!("{off}{old}"), &format!("{off}{new}")),
        (0, 1)
    );
    // The change says so of itself.
    assert_eq!(errors(&old, &both), (2, 0));
    assert_eq!(errors(&old, &format!("{off}{new}")), (2, 0));
}

#[test]
fn nothing_that_passes_keeps_the_rules_quiet() {
    // A misspelt key makes the check fail; where the change sees to it that it does not, it hides
    // nothing.
    let before = format!("{KR}target = 400\n");
    let after = |check: &str| format!("[check]\n{check}\n\n{KR}target = 300\nx-more = 1\n");
    assert_eq!(rules(&before, &after("")), [""; 0]);
    let found = findings_against(&whole(&before), &whole(&after("")));
    assert!(found.iter().any(|found| found.rule.0 == "unknown-key"));
    let off = after("levels = { unknown-key = \"off\" }\nx-less = 1");
    assert_eq!(rules(&before, &off), ["check-loosened", "goalpost-moved"]);
}

#[test]
fn without_a_base_the_rules_are_not_looked_at() {
    let text = whole(&format!(
        "{KR}allow = [{{ rule = \"goalpost-moved\", why = \"x\" }}]\n"
    ));
    let document = read(&text);
    let rule = page("goalpost-moved").expect("a rule").rule;
    let wish = Wish {
        levels: vec![(rule, Level::Error)],
        ..Wish::default()
    };
    let levels = Levels::new(&document.plan, &wish);
    assert_eq!(levels.of(rule), Level::Off);
    // An allowance for changes to come is no spare one.
    assert!(check(&document, &levels, day()).findings.is_empty());
    assert!(changed(&text, &text).is_empty());
    let wish = Wish {
        except: vec![rule],
        ..Wish::default()
    };
    let levels = Levels::against(&document.plan, &document.plan, &wish);
    assert_eq!(levels.of(rule), Level::Off);
}
