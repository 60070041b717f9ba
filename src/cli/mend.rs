//! `loti check --fix`: what has one right answer is written.

use std::convert::Infallible;

use super::write::show_patch;
use super::{World, plan_file};
use crate::check::{Fixed, Levels, Mended, Wish, check, fix};
use crate::document::Document;
use crate::store::{self, EditError, SaveError};
use crate::text::{Source, count, printable};

/// How many pieces of a line are named one by one.
const MOST: usize = 3;

/// Mends the plan file, says what was mended, and returns the plan as it is then.
///
/// A plan from standard input goes on to standard output.
pub(super) fn mend(world: &mut World, wish: &Wish) -> anyhow::Result<Document> {
    plan_file::may_write(world)?;
    let today = world.today;
    let Some(path) = plan_file::path(world)? else {
        let document = Document::read(plan_file::source(world)?);
        let fixed = fix(document, wish, today);
        say(world, &fixed, "mended");
        let text = fixed.document.source.text().as_bytes();
        world.streams.out.write_all(text)?;
        return Ok(fixed.document);
    };
    let name = plan_file::shown(world, &path);
    let saved = store::edit(&path, |text| {
        let fixed = fix(Document::read(Source::new(&name, text)), wish, today);
        Ok::<_, Infallible>((fixed.document.source.text().to_owned(), fixed))
    });
    let fixed = match saved {
        Ok(fixed) => fixed,
        Err(EditError::Save(SaveError::Read(error))) => return Err(error.into()),
        Err(EditError::Save(error)) => return Err(error.into()),
        Err(EditError::Make(never)) => match never {},
    };
    say(world, &fixed, "mended");
    Ok(fixed.document)
}

/// Prints what would be mended as a patch, and returns the plan as it is.
pub(super) fn preview(world: &mut World, wish: &Wish) -> anyhow::Result<Document> {
    plan_file::may_write(world)?;
    let path = plan_file::path(world)?;
    let source = plan_file::source(world)?;
    let fixed = fix(Document::read(source.clone()), wish, world.today);
    let after = fixed.document.source.text();
    if !fixed.mended.is_empty() {
        show_patch(world, path.as_deref(), source.text(), after)?;
    }
    say(world, &fixed, "would mend");
    let levels = Levels::new(&fixed.document.plan, wish);
    let left = check(&fixed.document, &levels, world.today).findings.len();
    world.say(&match left {
        0 => "nothing would be left to mend".to_owned(),
        _ => format!("{} would be left", count(left, "finding")),
    });
    Ok(Document::read(source))
}

fn say(world: &mut World, fixed: &Fixed, verb: &str) {
    let name = printable(fixed.document.source.name());
    if fixed.mended.is_empty() {
        world.say(&format!(
            "{name}: nothing has one right answer, nothing is written"
        ));
    }
    for mended in &fixed.mended {
        let line = mended.pieces.first().map_or(0, |piece| piece.line);
        let (what, rule) = (pieces(mended), mended.problem.rule);
        world.say(&format!("{verb} {name}:{line}: {what} ({rule})"));
    }
}

/// Says what became of each piece of the text: `` `on_track` → `on-track` ``.
fn pieces(mended: &Mended) -> String {
    let pieces = mended.pieces.iter().take(MOST).map(|piece| {
        let (was, is) = (printable(&piece.was), printable(&piece.is));
        if is.is_empty() {
            format!("`{was}` taken out")
        } else {
            format!("`{was}` → `{is}`")
        }
    });
    let shown = pieces.collect::<Vec<_>>().join(", ");
    match mended.pieces.len().saturating_sub(MOST) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
