use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::check;
use super::levels::{Levels, Wish};
use crate::change::Splice;
use crate::diagnostic::{Diagnostic, MOST_OF_A_RULE, Rule};
use crate::document::{Document, rules};
use crate::text::Source;

/// A plan with all mended that has one right answer.
#[derive(Debug)]
pub struct Fixed {
    /// The new text, read; no line is added or taken away.
    pub document: Document,
    /// What was mended, in file order.
    pub mended: Vec<Mended>,
}

/// A problem that is no more.
#[derive(Debug)]
pub struct Mended {
    /// The problem with its fix; the places are those of the text at that moment.
    pub problem: Diagnostic,
    /// What was replaced, one for each edit of the fix.
    pub pieces: Vec<Piece>,
}

/// A piece of the text that was replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The line on which it stood, and on which the new one stands.
    pub line: u32,
    /// What stood there.
    pub was: String,
    /// What stands there now; nothing, if it was taken out.
    pub is: String,
}

/// How often a text is mended and read again at most: far more often than one mistake hides another.
const ROUNDS: usize = 1000;

/// How often a text is read in a round to find out which of its fixes do harm.
const TRIALS: usize = 100;

/// Mends what has one right answer, of the rules that are on.
///
/// A fix whose outcome would have a new problem of reading is left out. Mending the outcome again
/// changes nothing.
pub fn fix(document: Document, wish: &Wish, today: NaiveDate) -> Fixed {
    let mut fixed = Fixed {
        document,
        mended: Vec::new(),
    };
    for _ in 0..ROUNDS {
        // What is mended may be a level.
        let levels = Levels::new(&fixed.document.plan, wish);
        let findings = check(&fixed.document, &levels, today).findings;
        let Some((next, taken)) = round(&fixed.document, apart(&fixed.document, findings)) else {
            break;
        };
        let source = &fixed.document.source;
        let mended = taken.into_iter().map(|problem| Mended {
            pieces: edits(&problem)
                .map(|splice| Piece {
                    line: source.line_column(splice.span.start).line,
                    was: source.slice(splice.span).to_owned(),
                    is: splice.text,
                })
                .collect(),
            problem,
        });
        fixed.mended.extend(mended);
        fixed.document = next;
    }
    let line = |mended: &Mended| mended.pieces.first().map(|piece| piece.line);
    fixed.mended.sort_by_key(line);
    fixed
}

/// Returns the findings with fixes that change something and do not touch each other.
fn apart(document: &Document, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    // Where the pieces that are replaced begin and end.
    let mut taken: BTreeMap<u32, u32> = BTreeMap::new();
    let mut chosen = Vec::new();
    for problem in findings {
        let mut at = 0;
        let is_free = edits(&problem).all(|edit| {
            let (start, end) = (edit.span.start, edit.span.end);
            let before = taken.range(..=start).next_back();
            let next = taken.range(start..).next();
            let is_free = start >= at
                && start < end
                && before.is_none_or(|(_, other)| *other <= start)
                && next.is_none_or(|(other, _)| *other >= end);
            at = end;
            is_free
        });
        let changes = edits(&problem).any(|edit| edit.text != document.source.slice(edit.span));
        if changes && is_free {
            taken.extend(edits(&problem).map(|edit| (edit.span.start, edit.span.end)));
            chosen.push(problem);
        }
    }
    chosen
}

fn edits(problem: &Diagnostic) -> impl Iterator<Item = Splice> {
    let edits = problem.fix.iter().flat_map(|fix| &fix.edits);
    edits.map(|edit| Splice {
        span: edit.span,
        text: edit.text.clone(),
    })
}

/// Makes as many fixes as do no harm, and returns what the text says then, and which they were;
/// nothing if there are none.
fn round(
    document: &Document,
    mut problems: Vec<Diagnostic>,
) -> Option<(Document, Vec<Diagnostic>)> {
    let mut best: Option<Document> = None;
    let mut taken: Vec<usize> = Vec::new();
    // All at once, as a rule; where that does harm, the half of it, and so on.
    let mut waiting = vec![(0, problems.len())];
    let mut trials = 0;
    while let Some((start, end)) = waiting.pop() {
        if start == end || trials == TRIALS {
            continue;
        }
        trials += 1;
        let chosen = taken.iter().copied().chain(start..end);
        let mut splices: Vec<Splice> = chosen.flat_map(|at| edits(&problems[at])).collect();
        splices.sort_by_key(|splice| splice.span);
        let text = Splice::apply_all(&splices, document.source.text());
        let next = Document::read(Source::new(document.source.name(), text));
        if does_no_harm(document, &next) {
            taken.extend(start..end);
            best = Some(next);
        } else if end - start > 1 {
            let middle = start.midpoint(end);
            waiting.push((middle, end));
            waiting.push((start, middle));
        }
    }
    let mut at = 0;
    problems.retain(|_| {
        at += 1;
        taken.contains(&(at - 1))
    });
    Some((best?, problems))
}

/// Returns whether no problem of reading came that nothing mends.
fn does_no_harm(before: &Document, after: &Document) -> bool {
    let torn = [rules::TOML_SYNTAX, rules::CONFLICT_MARKERS];
    let unread = |document: &Document| {
        let problems = document.problems.iter();
        problems
            .filter(|problem| torn.contains(&problem.rule))
            .count()
    };
    // What could not be read before is looked at for the first time: that is no harm, but a name
    // given twice is.
    let is_clearer = unread(after) < unread(before);
    let mut counts: HashMap<Rule, usize> = HashMap::new();
    let mut known: HashMap<(Rule, &str), usize> = HashMap::new();
    for problem in &before.problems {
        *counts.entry(problem.rule).or_default() += 1;
        *known.entry((problem.rule, &problem.message)).or_default() += 1;
    }
    after.problems.iter().all(|problem| {
        if problem.fix.is_some() || (is_clearer && problem.rule != rules::DUPLICATE_ID) {
            return true;
        }
        // Of so many not all were told before.
        if counts
            .get(&problem.rule)
            .is_some_and(|count| *count >= MOST_OF_A_RULE)
        {
            return true;
        }
        let left = known.get_mut(&(problem.rule, problem.message.as_str()));
        left.is_some_and(|left| {
            let is_left = *left > 0;
            *left = left.saturating_sub(1);
            is_left
        })
    })
}
