use memchr::memmem;

use super::section::cut;
use super::{Body, rules};
use crate::diagnostic::{Diagnostic, Problems};
use crate::text::{MarkedConflict, MarkedSide, Span, join, marked_conflicts, replace_conflicts};

/// What a line of a merge's conflict markers begins with.
const MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// Returns whether a line is one of the marks that a merge leaves in a file.
pub(super) fn is_mark(line: &str) -> bool {
    MARKS.iter().any(|mark| line.starts_with(mark))
}

/// Returns the first marker lines of a text's conflicts.
pub(super) fn starts(text: &str) -> impl Iterator<Item = Span> {
    // Nearly every text has none: one look for it settles that.
    let conflicts = if memmem::find(text.as_bytes(), MARKS[0].as_bytes()).is_some() {
        marked_conflicts(text)
    } else {
        Vec::new()
    };
    conflicts.into_iter().map(|conflict| {
        let start = conflict.span.start as usize;
        let line = text[start..].lines().next().unwrap_or_default();
        Span::new(start, start + line.len())
    })
}

/// Tells of each conflict once, in place of what TOML has to say of it.
///
/// `lines` are the marker lines at which the text stopped being TOML. What both sides give stands
/// there twice and in any order: nothing else is to be said of it.
pub(super) fn tell(text: &str, lines: &[Span], problems: &mut Problems) {
    let conflicts = unmerged(text);
    let mut told: Vec<Unmerged> = Vec::new();
    for line in lines {
        let after = conflicts.partition_point(|conflict| conflict.span.start <= line.start);
        let whole = conflicts[..after].last();
        let whole = whole.filter(|conflict| conflict.span.contains(*line));
        let conflict = whole.cloned().unwrap_or(Unmerged {
            span: *line,
            about: Vec::new(),
        });
        if told
            .last()
            .is_none_or(|last| last.span.end <= conflict.span.start)
        {
            told.push(conflict);
        }
    }
    problems.drop(|problem| {
        let start = problem.span().start;
        let after = told.partition_point(|conflict| conflict.span.start <= start);
        let within = told[..after]
            .last()
            .is_some_and(|conflict| start < conflict.span.end);
        within && matches!(problem.rule, rules::TOML_SYNTAX | rules::DUPLICATE_ID)
    });
    for conflict in told {
        let line = text[conflict.span.range()].lines().next();
        let start = conflict.span.start as usize;
        let span = Span::new(start, start + line.unwrap_or_default().trim_end().len());
        problems.add(rules::CONFLICT_MARKERS, |_| {
            let message = format!(
                "a merge left its conflict markers {}",
                conflict.whereabouts()
            );
            Diagnostic::error(rules::CONFLICT_MARKERS, span, message)
                .help("`loti merge resolve` merges what can be merged, and asks for the rest")
                .help(
                    "by hand: keep one side of each conflict, take the marker lines out, and save",
                )
        });
    }
}

/// A conflict that a merge left in a plan's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmerged {
    /// From its first marker line to the end of its last.
    pub span: Span,
    /// What the sides say differently, as far as that can be told: `kr.3.status`, or `kr.26` for all
    /// of a table.
    pub about: Vec<String>,
}

impl Unmerged {
    /// Returns where it is, for the end of a sentence: `around kr.3.status`.
    pub fn whereabouts(&self) -> String {
        /// More than these are no help in a line.
        const MOST: usize = 4;

        if self.about.is_empty() {
            return "in the file".to_owned();
        }
        let more = self.about.len().saturating_sub(MOST);
        let more = (more > 0).then(|| format!("{more} more"));
        let about = self.about.iter().take(MOST).cloned();
        format!("around {}", join(about.chain(more)))
    }
}

/// Returns the conflicts that a merge left in a plan's text, in its order, with what they are about.
pub fn unmerged(text: &str) -> Vec<Unmerged> {
    let conflicts = marked_conflicts(text);
    if conflicts.is_empty() {
        return Vec::new();
    }
    let ours = said(text, &conflicts, |conflict| &conflict.ours);
    let theirs = said(text, &conflicts, |conflict| &conflict.theirs);
    let both = ours.into_iter().zip(theirs);
    let found = conflicts.iter().zip(both);
    found
        .map(|(conflict, (ours, theirs))| {
            let mut about: Vec<String> = Vec::new();
            let only = |of: &[Said], other: &[Said]| {
                let apart = of.iter().filter(|said| !other.contains(said));
                let names = apart.map(|said| said.name.clone());
                names.collect::<Vec<_>>()
            };
            for name in only(&ours, &theirs).into_iter().chain(only(&theirs, &ours)) {
                if !about.contains(&name) {
                    about.push(name);
                }
            }
            Unmerged {
                span: conflict.span,
                about,
            }
        })
        .collect()
}

/// Something that a side says within a conflict.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    name: String,
    text: String,
}

/// Returns what one side says within each conflict.
fn said(
    text: &str,
    conflicts: &[MarkedConflict],
    side: impl Fn(&MarkedConflict) -> &MarkedSide,
) -> Vec<Vec<Said>> {
    let (text, places) = replace_conflicts(text, conflicts, |_, conflict| {
        &text[side(conflict).lines.range()]
    });
    let mut found: Vec<Vec<Said>> = places.iter().map(|_| Vec::new()).collect();
    // Those that a piece of the text has a part in: they are few, and in order.
    let touched = |span: Span| {
        let from = places.partition_point(|place| place.end <= span.start);
        let to = places.partition_point(|place| place.start < span.end);
        (from..to).filter(|at| !places[*at].is_empty())
    };
    cut(&text, |section, body| {
        if touched(section.span).next().is_none() {
            return;
        }
        let table = name(&text, body);
        let mut whole = None;
        for at in touched(body.header_span) {
            whole = Some(at);
            found[at].push(Said {
                name: table.clone(),
                text: text[section.span.range()].trim_end().to_owned(),
            });
        }
        for node in body.children(None) {
            let key = body.key(node);
            let (Some(first), Some(last)) = (key.first(), key.last()) else {
                continue;
            };
            let span = first.span.join(body.nodes[node].span);
            for at in touched(span).filter(|at| Some(*at) != whole) {
                let key = &text[first.span.join(last.span).range()];
                let name = if table.is_empty() {
                    key.to_owned()
                } else {
                    format!("{table}.{key}")
                };
                found[at].push(Said {
                    name,
                    text: text[span.range()].to_owned(),
                });
            }
        }
    });
    // What is no TOML may have a place and no name.
    for said in &mut found {
        said.retain(|said| !said.name.is_empty() && !said.name.ends_with('.'));
    }
    found
}

/// Returns the name that a section's header gives its table; empty above the first header.
fn name(text: &str, body: &Body) -> String {
    let path = body.header.iter().map(|segment| segment.decode(text));
    path.collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::unmerged;

    #[track_caller]
    fn check(text: &str, expected: &[&[&str]]) {
        let found: Vec<_> = unmerged(text).into_iter().map(|one| one.about).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn each_conflict_is_named_by_what_the_sides_say_differently() {
        check(
            "[kr.3]\ntitle = \"a\"\n<<<<<<< a\nstatus = \"done\"\nowner = \"x\"\n=======\nowner = \"x\"\n\
             status = \"at-risk\"\n>>>>>>> b\ndue = 2024-01-01\n",
            &[&["kr.3.status"]],
        );
        check(
            "[kr.3]\npartners = [\n<<<<<<< a\n  \"a\",\n=======\n  \"b\",\n>>>>>>> b\n]\n",
            &[&["kr.3.partners"]],
        );
        check(
            "[kr.3]\n<<<<<<< a\nstatus = \"done\"\n\n[kr.26]\ntitle = \"a\"\n=======\n\n[kr.26]\n\
             title = \"b\"\n\n[[kr.3.note]]\non = 2024-01-01\n>>>>>>> b\n",
            &[&["kr.3.status", "kr.26", "kr.3.note"]],
        );
    }

    #[test]
    fn where_nothing_is_said_nothing_is_named() {
        check("<<<<<<< a\n=======\n>>>>>>> b\n", &[&[]]);
        check("<<<<<<< a\n# one\n=======\n# two\n>>>>>>> b\n", &[&[]]);
        check("<<<<<<< a\n = [\n=======\n]]\n>>>>>>> b\n", &[&[]]);
        check("[kr.1]\n", &[]);
    }
}
