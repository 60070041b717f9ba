use super::rules;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Problems;
use crate::text::Span;

/// What a line of a merge's conflict markers begins with.
const MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// Returns whether a line is one of the marks that a merge leaves in a file.
pub(super) fn is_mark(line: &str) -> bool {
    MARKS.iter().any(|mark| line.starts_with(mark))
}

/// Tells of each conflict once, in place of what TOML has to say of it.
///
/// `lines` are the marker lines at which the text stopped being TOML. What both sides give stands
/// there twice and in any order: nothing else is to be said of it.
pub(super) fn tell(text: &str, lines: &[Span], problems: &mut Problems) {
    let conflicts = find(text);
    let mut told: Vec<Span> = Vec::new();
    for line in lines {
        let after = conflicts.partition_point(|conflict| conflict.start <= line.start);
        let whole = conflicts[..after].last().copied();
        let whole = whole.filter(|conflict| conflict.contains(*line));
        let conflict = whole.unwrap_or(*line);
        if told.last().is_none_or(|last| last.end <= conflict.start) {
            told.push(conflict);
        }
    }
    problems.drop(|problem| {
        let after = told.partition_point(|conflict| conflict.start <= problem.span().start);
        let within = told[..after]
            .last()
            .is_some_and(|conflict| problem.span().start < conflict.end);
        within && matches!(problem.rule, rules::TOML_SYNTAX | rules::DUPLICATE_ID)
    });
    for conflict in told {
        let line = text[conflict.range()].lines().next().unwrap_or_default();
        let start = conflict.start as usize;
        let span = Span::new(start, start + line.trim_end().len());
        problems.add(rules::CONFLICT_MARKERS, |_| {
            Diagnostic::error(
                rules::CONFLICT_MARKERS,
                span,
                "a merge left its conflict markers in the file",
            )
            .help("keep one side of each conflict, take the marker lines out, and save")
        });
    }
}

/// Returns where conflicts stand, from their first marker line to the end of their last.
fn find(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with(MARKS[0]) {
            open = Some(at);
        } else if line.starts_with(MARKS[3])
            && let Some(start) = open.take()
        {
            found.push(Span::new(start, at + line.len()));
        }
        at += line.len();
    }
    found
}
