//! What is promised of telling what changed.

mod forms;
mod hostile;
mod laws;

use loti::change::{diff, unsaid};
use loti::document::Document;
use loti::text::Source;
use loti::view::{Changes, Comparison, Sides};

/// Tells what makes one text of another.
fn changes(before: &Document, after: &Document) -> Changes {
    let changes = diff(&before.plan, &after.plan);
    let unsaid = unsaid(before, after, &changes);
    Changes::new(&changes, Sides::whole(&before.plan, &after.plan), unsaid)
}

/// Holds two texts against each other.
fn compare(file: &str, changes: Changes) -> Comparison<'_> {
    Comparison {
        file,
        sides: [None, None],
        whole: None,
        changes,
    }
}

fn document(file: &str, text: &str) -> Document {
    let document = Document::read(Source::new(file, text));
    assert!(!document.is_refused(), "{:?}\n{text}", document.problems);
    document
}
