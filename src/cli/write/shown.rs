//! One look at what would be saved, and then just that: where the file changes while somebody looks,
//! nothing is saved that they did not see.

use std::path::Path;

use super::show_patch;
use crate::change::{Change, edit};
use crate::cli::{Exit, World, editor};
use crate::document::Document;
use crate::model::Plan;

/// What somebody says who is shown what would be saved.
pub(in crate::cli) enum Verdict {
    /// It is to be saved.
    Save,
    /// It is not to be saved now.
    Leave,
    /// There is something to be answered otherwise.
    Back,
}

/// Asks whether changes are to be saved; whoever wants to sees them as a patch first.
pub(in crate::cli) fn ask(
    world: &mut World,
    question: &str,
    path: &Path,
    document: &Document,
    wanted: &[Change],
) -> anyhow::Result<Verdict> {
    let question = format!("{question} [Y]es, [n]o, [b]ack, [d]iff of the file");
    loop {
        let answer = editor::line(world, &question)?;
        return Ok(
            match answer.map(|answer| answer.to_lowercase()).as_deref() {
                Some("" | "y" | "yes") => Verdict::Save,
                None | Some("n" | "no" | "q") => Verdict::Leave,
                Some("b" | "back") => Verdict::Back,
                Some("d" | "diff") => {
                    let after = edit(document, wanted)?.document;
                    let before = document.source.text();
                    show_patch(world, Some(path), before, after.source.text())?;
                    world.streams.out.flush()?;
                    continue;
                }
                _ => {
                    world.message(
                        "y saves it, n leaves it, b goes back a question, d shows what changes in \
                         the file",
                    );
                    continue;
                }
            },
        );
    }
}

/// Returns changes in words, old to new: as they were shown.
pub(in crate::cli) fn in_words(changes: &[Change], plan: &Plan) -> Vec<String> {
    changes.iter().map(|own| own.describe(plan)).collect()
}

/// Lets only those changes be made that were shown.
pub(in crate::cli) fn only(
    shown: &[String],
    mut make: impl FnMut(&Document) -> anyhow::Result<Vec<Change>>,
) -> impl FnMut(&Document) -> anyhow::Result<Vec<Change>> {
    move |document| {
        let now = make(document)?;
        if in_words(&now, &document.plan) == shown {
            Ok(now)
        } else {
            Err(Other.into())
        }
    }
}

/// Returns how it ended; `None`, where the file changed meanwhile and nothing was saved.
pub(in crate::cli) fn unless_other(done: anyhow::Result<Exit>) -> anyhow::Result<Option<Exit>> {
    match done {
        Err(error) if error.is::<Other>() => Ok(None),
        done => done.map(Some),
    }
}

/// What would be saved is not what was looked at.
#[derive(Debug)]
struct Other;

impl std::fmt::Display for Other {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the file changed meanwhile")
    }
}

impl std::error::Error for Other {}
