//! Merging by what the plans say, where the layouts of the sides are too different to be merged: the
//! text of one side, with the changes of the other made in it as any edit is.

use super::super::diff;
use super::super::edit::made;
use super::super::rounds::one_by_one;
use super::Part;
use super::comments::{Kept, kept, missing};
use super::definition::{Definition, read, says_same};
use super::lines::{hunks, push_text};
use super::whole::Texts;
use crate::document::{Document, read_plan};
use crate::text::Source;

/// A merge that is proved.
pub(super) struct Brought {
    pub(super) parts: Vec<Part>,
    /// How many comments stand at its end, because what they stood with is written otherwise.
    pub(super) moved: usize,
}

/// Returns a merge that is proved, if one side's text can be brought there.
pub(super) fn merge_plans(texts: Texts<'_>, definition: &Definition) -> Option<Brought> {
    let ours = brought(texts.ours, [&definition.ours, &definition.theirs]);
    let theirs = || brought(texts.theirs, [&definition.theirs, &definition.ours]);
    let all = [texts.base, texts.ours, texts.theirs];
    let is_clean = definition.clashes.is_empty();
    let whole = |[ours, theirs]: &[String; 2]| {
        if is_clean {
            ours.clone()
        } else {
            format!("{ours}{theirs}")
        }
    };
    let with_comments = |mut sides: [String; 2]| {
        let merged = whole(&sides);
        let comments = missing(all, &merged);
        for side in &mut sides {
            append(side, &comments);
        }
        (sides, comments.len())
    };
    let is_right = |(sides, _): &([String; 2], usize)| {
        let [ours, theirs] = sides;
        let says = |text: &String, table| read(text).is_some_and(|read| says_same(&read, table));
        says(ours, &definition.ours)
            && says(theirs, &definition.theirs)
            && kept(all, &whole(sides), is_clean) == Kept::Right
    };
    let mut found = ours.map(with_comments).filter(is_right);
    if !matches!(found, Some((_, 0))) {
        let theirs = theirs().map(|[theirs, ours]| with_comments([ours, theirs]));
        let is_nearer = |(_, moved): &(_, usize)| found.as_ref().is_none_or(|own| *moved < own.1);
        found = theirs.filter(is_nearer).filter(is_right).or(found);
    }
    found.map(|([ours, theirs], moved)| Brought {
        parts: apart(&ours, &theirs),
        moved,
    })
}

/// Puts comments at the end of a text.
fn append(text: &mut String, comments: &[&str]) {
    if comments.is_empty() {
        return;
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push('\n');
    for comment in comments {
        text.push_str(comment.trim_end());
        text.push('\n');
    }
}

/// Makes a text say one thing, and from there another.
fn brought(text: &str, wanted: [&toml::Table; 2]) -> Option<[String; 2]> {
    let mut document = Document::read(Source::new("okrs.toml", text));
    let mut texts = [String::new(), String::new()];
    for (text, wanted) in texts.iter_mut().zip(wanted) {
        let (plan, _) = read_plan(&toml::to_string(wanted).ok()?);
        let changes = diff(&document.plan, &plan);
        // What is made is proved as a whole: it may name what the other side removed.
        document = made(&document, &one_by_one(&changes)).ok()?.1;
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
