//! How a plan's text is read.

mod agreement;
mod bounds;
mod mistakes;
mod same_plan;
mod syntax;
mod values;

use loti::diagnostic::Diagnostic;
use proptest::test_runner::TestCaseError;

use crate::frame::frame;
use crate::tree::read;

const PLAN: &str = include_str!("../../../okrs.toml");

/// A file to which examples add: everything that has to be there, and no more.
const HEAD: &str = concat!(
    frame!(),
    r#"[kr.1]
objective = "outreach"
title = "First"

[kr.2]
objective = "outreach"
title = "Second"
"#
);

/// The line that stands first below the head.
const LINE: usize = 22;

#[test]
fn the_head_and_the_plan_of_the_repository_have_no_problems() {
    check("", &[]);
    assert_eq!(HEAD.lines().count() + 1, LINE);
    assert_eq!(shown(PLAN), [] as [&str; 0]);
    assert_eq!(read(PLAN).plan.key_results.len(), 25);
}

/// Checks that a text below the head has exactly these problems, each given by words it holds.
#[track_caller]
fn check(below: &str, expected: &[&[&str]]) {
    let found = problems(below);
    assert_eq!(found.len(), expected.len(), "{below}\n{found:#?}");
    for (found, words) in found.iter().zip(expected) {
        for word in *words {
            assert!(found.contains(word), "{below}\n{word:?} is not in {found}");
        }
    }
}

/// Reads the head and what stands below it, and shows each problem as `line rule message | help`,
/// with the lines of further places after the first.
fn problems(below: &str) -> Vec<String> {
    shown(&format!("{HEAD}{below}"))
}

fn shown(text: &str) -> Vec<String> {
    let document = read(text);
    sound(&document).expect("a sound document");
    let show = |problem: &Diagnostic| {
        let lines = problem.labels.iter().map(|label| {
            let line = document.source.line_column(label.span.start).line;
            line.to_string()
        });
        let lines = lines.collect::<Vec<_>>().join("+");
        let help = problem.help.join(" ");
        format!("{lines} {} {} | {help}", problem.rule, problem.message)
    };
    document.problems.iter().map(show).collect()
}

/// Checks what holds for every text: sections are the text, and places are places in it.
fn sound(document: &loti::document::Document) -> Result<(), TestCaseError> {
    let text = document.source.text();
    let mut end = 0;
    for section in &document.sections {
        proptest::prop_assert_eq!(section.span.start, end, "{}", text);
        end = section.span.end;
    }
    proptest::prop_assert_eq!(end as usize, text.len(), "{}", text);
    for problem in &document.problems {
        proptest::prop_assert!(!problem.labels.is_empty());
        for label in &problem.labels {
            proptest::prop_assert!(
                text.get(label.span.range()).is_some(),
                "{text:?}\n{problem:#?}"
            );
        }
    }
    Ok(())
}
