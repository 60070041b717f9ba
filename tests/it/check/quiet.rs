//! A rule that depends on a broken part keeps quiet rather than guess.

use loti::check::{Family, Page, pages};
use loti::diagnostic::Diagnostic;

use super::{findings_as, whole};
use crate::tree::read;

/// What breaks a table: a line below its header that is not TOML.
const JUNK: &str = "what \"is\" this\n";

fn looked_for() -> impl Iterator<Item = &'static Page> {
    pages().filter(|page| page.family != Family::Reading && !page.is_of_clone())
}

#[test]
fn nothing_is_said_of_a_table_that_could_not_be_read() {
    for page in looked_for() {
        let text = whole(page.bad);
        let finding = findings_as(page, &text).remove(0);
        for section in read(&text).sections {
            let start = section.span.start as usize;
            let line = text[start..].find('\n').expect("a header's line") + 1;
            let mut broken = text.clone();
            broken.insert_str(start + line, JUNK);
            let found = findings_as(page, &broken);
            nothing_else(page, &broken, &found, &["toml-syntax"]);
            let is_about = |label: &loti::diagnostic::Label| section.span.contains(label.span);
            if finding.labels.iter().any(is_about) {
                let mut rules = found.iter().map(|problem| problem.rule);
                assert!(!rules.any(|rule| rule == page.rule), "{broken}\n{found:#?}");
            }
        }
    }
}

#[test]
fn a_line_that_cannot_be_read_lets_no_other_rule_guess() {
    for page in looked_for() {
        for text in [whole(page.bad), whole(page.good)] {
            for (number, line) in text.lines().enumerate() {
                let Some((key, _)) = line.split_once(" = ") else {
                    continue;
                };
                let with = |line: &str| {
                    let lines = text.lines().enumerate();
                    let lines = lines.map(|(at, old)| if at == number { line } else { old });
                    lines.fold(String::new(), |text, line| text + line + "\n")
                };
                let broken = with(&format!("{key} = \"oh"));
                nothing_else(page, &broken, &findings_as(page, &broken), &["toml-syntax"]);
                let broken = with(&format!("{key} = 12:30:00"));
                let expected = ["wrong-type", "bad-level", "no-cycle"];
                nothing_else(page, &broken, &findings_as(page, &broken), &expected);
                let broken = with(&line.replacen(key, &format!("{key}x"), 1));
                let expected = ["unknown-key", "missing-key", "no-cycle"];
                nothing_else(page, &broken, &findings_as(page, &broken), &expected);
            }
        }
    }
}

#[track_caller]
fn nothing_else(page: &Page, text: &str, found: &[Diagnostic], expected: &[&str]) {
    for problem in found {
        let rule = problem.rule;
        assert!(
            rule == page.rule || expected.contains(&rule.0),
            "{}: {rule}\n{text}\n{found:#?}",
            page.rule
        );
    }
}
