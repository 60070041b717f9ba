//! Merging by lines, whatever they say.

use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};

use super::Part;
use super::whole::Texts;

/// Merges texts as git does: what only one side changed is taken, and lines that both changed, or
/// that touch each other, are a conflict.
pub(super) fn merge_lines(texts: Texts<'_>) -> Vec<Part> {
    let mut parts = Vec::new();
    for run in runs(texts) {
        match run {
            Run::Agreed(text) => push_text(&mut parts, &text),
            Run::Apart { base, ours, theirs } => parts.push(Part::Conflict {
                label: String::new(),
                base,
                ours,
                theirs,
            }),
        }
    }
    parts
}

/// Adds to the text that parts end with.
pub(super) fn push_text(parts: &mut Vec<Part>, text: &str) {
    if text.is_empty() {
        return;
    }
    match parts.last_mut() {
        Some(Part::Text(last)) => last.push_str(text),
        _ => parts.push(Part::Text(text.to_owned())),
    }
}

/// Merges blank lines and comments: what either side added is kept, what either removed goes.
pub(super) fn merge_comments(texts: Texts<'_>) -> String {
    if texts.ours == texts.theirs || texts.base == texts.theirs {
        return texts.ours.to_owned();
    }
    if texts.base == texts.ours {
        return texts.theirs.to_owned();
    }
    let mut merged = String::new();
    for run in runs(texts) {
        match run {
            Run::Agreed(text) => merged.push_str(&text),
            Run::Apart { base, ours, theirs } => {
                merged.push_str(&ours);
                let known: Vec<&str> = base.lines().chain(ours.lines()).map(str::trim).collect();
                let new = theirs.split_inclusive('\n');
                merged.extend(new.filter(|line| !known.contains(&line.trim())));
            }
        }
    }
    merged
}

/// Lines that belong together in a merge.
enum Run {
    /// Both sides have them, or one did not change them.
    Agreed(String),
    Apart {
        base: String,
        ours: String,
        theirs: String,
    },
}

fn runs(texts: Texts<'_>) -> Vec<Run> {
    let [base, ours, theirs] = [texts.base, texts.ours, texts.theirs].map(lines);
    let (our_hunks, their_hunks) = (
        hunks(texts.base, texts.ours),
        hunks(texts.base, texts.theirs),
    );
    let (mut our_hunks, mut their_hunks) = (
        our_hunks.into_iter().peekable(),
        their_hunks.into_iter().peekable(),
    );
    let mut found = Vec::new();
    let mut at = Place::default();
    loop {
        let start = match (our_hunks.peek(), their_hunks.peek()) {
            (Some(a), Some(b)) => a.base.start.min(b.base.start),
            (Some(hunk), None) | (None, Some(hunk)) => hunk.base.start,
            (None, None) => break,
        };
        found.push(Run::Agreed(base[at.base..start].concat()));
        at.skip(start - at.base);
        // All hunks that touch are one.
        let mut end = start;
        let (mut our, mut their) = (None, None);
        loop {
            let touches = |hunk: &Hunk| hunk.base.start <= end;
            let hunk = if let Some(hunk) = our_hunks.next_if(touches) {
                our.insert(hunk)
            } else if let Some(hunk) = their_hunks.next_if(touches) {
                their.insert(hunk)
            } else {
                break;
            };
            end = end.max(hunk.base.end);
        }
        let reaches = |last: &Option<Hunk>, side: usize| match last {
            Some(hunk) => hunk.side.end + (end - hunk.base.end),
            None => side + (end - at.base),
        };
        let end = Place {
            base: end,
            ours: reaches(&our, at.ours),
            theirs: reaches(&their, at.theirs),
        };
        let (by_us, by_them) = (our.is_some(), their.is_some());
        let was = base[at.base..end.base].concat();
        let our = ours[at.ours..end.ours].concat();
        let their = theirs[at.theirs..end.theirs].concat();
        found.push(match (by_us, by_them) {
            (true, true) if our != their => Run::Apart {
                base: was,
                ours: our,
                theirs: their,
            },
            (true, _) => Run::Agreed(our),
            _ => Run::Agreed(their),
        });
        at = end;
    }
    found.push(Run::Agreed(base[at.base..].concat()));
    found
}

/// How far a merge has come in each text, in lines.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    base: usize,
    ours: usize,
    theirs: usize,
}

impl Place {
    fn skip(&mut self, lines: usize) {
        self.base += lines;
        self.ours += lines;
        self.theirs += lines;
    }
}

/// Lines of the base that a side has others for.
pub(super) struct Hunk {
    pub(super) base: Range<usize>,
    pub(super) side: Range<usize>,
}

/// Returns in which lines a side differs.
pub(super) fn hunks(base: &str, side: &str) -> Vec<Hunk> {
    let lines = |text| imara_diff::sources::lines(text);
    let input = InternedInput::new(lines(base), lines(side));
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_lines(&input);
    let hunks = diff.hunks().map(|hunk| Hunk {
        base: hunk.before.start as usize..hunk.before.end as usize,
        side: hunk.after.start as usize..hunk.after.end as usize,
    });
    hunks.collect()
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}
