use super::diff::steps;
use super::editor::Editor;
use super::prove::prove;
use super::rounds::{has_headers, home, one_by_one, rounds};
use super::splice::{Rewrite, in_order};
use super::{Change, Refusal, Splice};
use crate::document::Document;
use crate::text::{Source, Span};

/// Changes made in a text, and what the text says then.
#[derive(Debug)]
pub struct Edit {
    /// The bytes that were replaced, in file order.
    pub splices: Vec<Splice>,
    /// The new text, read.
    pub document: Document,
    removed: Vec<String>,
}

/// Finds the splices that make changes in a document's text, as one after the other would, and proves
/// that they do that and nothing else.
///
/// All changes are made, or none.
pub fn edit(document: &Document, changes: &[Change]) -> Result<Edit, Refusal> {
    let rounds = rounds(changes);
    let is_shorter = rounds.len() < changes.len() && has_headers(document);
    let together = is_shorter.then(|| proved(document, changes, &rounds));
    let (splices, after) = match together {
        Some(Ok(made)) => made,
        // What cannot be made together can be one by one, or is refused with the reason.
        _ => proved(document, changes, &one_by_one(changes))?,
    };
    let removed = splices
        .iter()
        .map(|splice| document.source.slice(splice.span).to_owned())
        .collect();
    Ok(Edit {
        splices,
        document: after,
        removed,
    })
}

fn proved(
    document: &Document,
    changes: &[Change],
    rounds: &[Vec<&Change>],
) -> Result<(Vec<Splice>, Document), Refusal> {
    let (splices, after) = made(document, rounds)?;
    prove(document, &after, changes)?;
    Ok((splices, after))
}

/// Makes changes in a document's text, round after round, each in the text that the one before left;
/// whether they are what was asked is for the caller to prove.
pub(super) fn made(
    document: &Document,
    rounds: &[Vec<&Change>],
) -> Result<(Vec<Splice>, Document), Refusal> {
    let mut rewrite = Rewrite::new(document.source.text());
    let mut current: Option<Document> = None;
    for round in rounds {
        let now = current.as_ref().unwrap_or(document);
        let mut together = Vec::with_capacity(round.len());
        let mut later = Vec::new();
        for change in round {
            match steps(&now.plan, change) {
                Some(steps) => later.extend(steps),
                None => together.push(*change),
            }
        }
        let later = later.iter().map(|step| vec![step]);
        for step in [together].into_iter().chain(later) {
            let now = current.as_ref().unwrap_or(document);
            let splices = splices(now, &step)?;
            if !splices.is_empty() {
                rewrite.round(&splices);
                current = Some(read(document, rewrite.text()));
            }
        }
    }
    let splices = rewrite.splices();
    let after = current.unwrap_or_else(|| read(document, document.source.text().to_owned()));
    Ok((splices, after))
}

/// Finds the splices for changes that have nothing to do with one another.
fn splices(document: &Document, changes: &[&Change]) -> Result<Vec<Splice>, Refusal> {
    let mut editor = Editor::new(document);
    let mut parts: Vec<Splice> = Vec::new();
    let mut new: Vec<Splice> = Vec::new();
    for change in changes {
        editor.change(change)?;
        let splices = in_order(std::mem::take(&mut editor.splices));
        match change {
            Change::Add { at, .. } if home(at) == *at => new.extend(splices),
            _ => parts.extend(splices),
        }
    }
    // At one place, what belongs to the thing above comes before the new thing below it.
    let mut all = [parts, new].concat();
    all.sort_by_key(|splice| splice.span.start);
    let mut pairs = all.iter().zip(all.iter().skip(1));
    if pairs.any(|(one, next)| next.span.start < one.span.end) {
        return Err(Refusal::Unproved {
            why: "two changes are in each other's way".to_owned(),
        });
    }
    Ok(in_order(all))
}

fn read(document: &Document, text: String) -> Document {
    Document::read(Source::new(document.source.name(), text))
}

impl Edit {
    /// Returns the splices that give back the text before, from the text after.
    pub fn inverse(&self) -> Vec<Splice> {
        // Where the next splice begins in the text after, and what came before it in the text before.
        let (mut at, mut kept_to) = (0, 0);
        let mut inverse = Vec::with_capacity(self.splices.len());
        for (splice, removed) in self.splices.iter().zip(&self.removed) {
            let start = at + (splice.span.start - kept_to);
            let end = start + splice.text.len() as u32;
            (at, kept_to) = (end, splice.span.end);
            inverse.push(Splice {
                span: Span { start, end },
                text: removed.clone(),
            });
        }
        inverse
    }
}
