//! Merging by what the plans say, where the layouts of the sides are too different to be merged: the
//! text of one side, with the changes of the other made in it as any edit is.

use super::super::diff;
use super::super::edit::made;
use super::Part;
use super::comments::{Kept, kept};
use super::definition::{Definition, read, says_same};
use super::lines::{hunks, push_text};
use super::whole::Texts;
use crate::document::{Document, read_plan};
use crate::text::Source;

/// Returns the parts of a merge that is proved, if one side's text can be brought there.
pub(super) fn merge_plans(texts: Texts<'_>, definition: &Definition) -> Option<Vec<Part>> {
    let ours = brought(texts.ours, [&definition.ours, &definition.theirs]);
    let theirs = || brought(texts.theirs, [&definition.theirs, &definition.ours]);
    let all = [texts.base, texts.ours, texts.theirs];
    let is_clean = definition.clashes.is_empty();
    let is_right = |[ours, theirs]: &[String; 2]| {
        let says = |text: &String, table| read(text).is_some_and(|read| says_same(&read, table));
        let merged = if is_clean {
            ours.clone()
        } else {
            format!("{ours}{theirs}")
        };
        says(ours, &definition.ours)
            && says(theirs, &definition.theirs)
            && kept(all, &merged, is_clean) == Kept::Right
    };
    let found = ours.filter(is_right).or_else(|| {
        let swapped = theirs().map(|[theirs, ours]| [ours, theirs]);
        swapped.filter(is_right)
    });
    found.map(|[ours, theirs]| apart(&ours, &theirs))
}

/// Makes a text say one thing, and from there another.
fn brought(text: &str, wanted: [&toml::Table; 2]) -> Option<[String; 2]> {
    let mut document = Document::read(Source::new("okrs.toml", text));
    let mut texts = [String::new(), String::new()];
    for (text, wanted) in texts.iter_mut().zip(wanted) {
        let (plan, _) = read_plan(&toml::to_string(wanted).ok()?);
        let changes = diff(&document.plan, &plan);
        // What is made is proved as a whole: it may name what the other side removed.
        document = made(&document, &changes).ok()?.1;
        document.source.text().clone_into(text);
    }
    Some(texts)
}

/// Marks the lines in which two texts differ.
fn apart(ours: &str, theirs: &str) -> Vec<Part> {
    let hunks = hunks(ours, theirs);
    let [ours, theirs] = [ours, theirs].map(|text| text.split_inclusive('\n').collect::<Vec<_>>());
    let mut parts = Vec::new();
    let mut at = 0;
    for hunk in hunks {
        push_text(&mut parts, &ours[at..hunk.base.start].concat());
        at = hunk.base.end;
        parts.push(Part::Conflict {
            label: String::new(),
            base: String::new(),
            ours: ours[hunk.base].concat(),
            theirs: theirs[hunk.side].concat(),
        });
    }
    push_text(&mut parts, &ours[at..].concat());
    parts
}
