use super::diff::steps;
use super::editor::Editor;
use super::prove::prove;
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

/// Finds the splices that make changes in a document's text, one after the other, and proves that
/// they do that and nothing else.
///
/// All changes are made, or none.
pub fn edit(document: &Document, changes: &[Change]) -> Result<Edit, Refusal> {
    let (splices, after) = made(document, changes)?;
    prove(document, &after, changes)?;
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

/// Makes changes in a document's text, one after the other; whether they are what was asked is for
/// the caller to prove.
pub(super) fn made(
    document: &Document,
    changes: &[Change],
) -> Result<(Vec<Splice>, Document), Refusal> {
    let text = document.source.text();
    let mut rewrite = Rewrite::new(text);
    let mut current: Option<Document> = None;
    for change in changes {
        let plan = &current.as_ref().unwrap_or(document).plan;
        let steps = steps(plan, change).unwrap_or_else(|| vec![change.clone()]);
        for step in &steps {
            let now = current.as_ref().unwrap_or(document);
            let mut editor = Editor::new(now);
            editor.change(step)?;
            let splices = in_order(editor.splices);
            if !splices.is_empty() {
                rewrite.round(&splices);
                current = Some(read(document, rewrite.text()));
            }
        }
    }
    let splices = rewrite.splices();
    let after = current.unwrap_or_else(|| read(document, text.to_owned()));
    Ok((splices, after))
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
