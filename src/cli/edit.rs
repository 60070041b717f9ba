use anyhow::Context as _;
use clap::Args;

use super::{Exit, Global, World, editor, plan_file};
use crate::document::{Document, Outline, path_of};
use crate::render;
use crate::store::{self, EditError};
use crate::text::{Source, Span};

/// Edit one part of the plan file in your editor
///
/// Opens the lines that make up a key result, objective, theme or whatever is named, with all that
/// stands below it; reads them again before they are saved.
///
///   loti edit 12
///   loti edit objective.data
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct EditArgs {
    /// What to edit
    #[arg(value_name = "ADDRESS")]
    address: String,
}

pub(super) fn run(world: &mut World, global: &Global, args: &EditArgs) -> anyhow::Result<Exit> {
    let path = plan_file::path(world, global)?
        .context("a plan from standard input cannot be edited: give the file")?;
    let name = plan_file::shown(world, &path);
    let document = Document::read(Source::new(name.clone(), store::read(&path)?));
    let at = plan_file::address(&document.plan, &args.address)?;
    let span = part(&document, &path_of(&at)).with_context(|| {
        format!("the lines of `{at}` do not stand together: edit {name} itself")
    })?;
    let before = document.source.slice(span).to_owned();
    let after = editor::ask(world, &before, ".toml")?;
    if after == before {
        world.say("nothing changed");
        return Ok(Exit::Fine);
    }
    let saved = store::edit(&path, |text| {
        // Where somebody else wrote meanwhile the same lines are looked for again.
        let at = if text.get(span.range()) == Some(before.as_str()) {
            span.range()
        } else {
            let mut found = text.match_indices(&before);
            match (found.next(), found.next()) {
                (Some((at, part)), None) => at..at + part.len(),
                _ => anyhow::bail!("these lines were changed by somebody else meanwhile"),
            }
        };
        let mut new = text.to_owned();
        new.replace_range(at, &after);
        let read = Document::read(Source::new(name.clone(), new.clone()));
        let old: Vec<_> = document
            .refusals()
            .map(|problem| &problem.message)
            .collect();
        let added: Vec<_> = read
            .refusals()
            .filter(|problem| !old.contains(&&problem.message))
            .collect();
        if !added.is_empty() {
            let look = world.err_look();
            render::problems(&mut world.streams.err, &read.source, added, look)?;
            anyhow::bail!("the edited lines cannot be saved as they are");
        }
        Ok((new, ()))
    });
    match saved {
        Ok(()) => {
            writeln!(world.streams.out, "edited {at}")?;
            Ok(Exit::Fine)
        }
        Err(error) => {
            // Nobody's words are lost: what was typed is kept where it can be found.
            let kept = keep(&after)?;
            let error = match error {
                EditError::Make(error) => error,
                EditError::Save(error) => error.into(),
            };
            Err(error.context(format!("nothing is changed; your lines are in {kept}")))
        }
    }
}

fn keep(text: &str) -> anyhow::Result<String> {
    use std::io::Write as _;

    let mut file = tempfile::Builder::new()
        .prefix("loti-")
        .suffix(".toml")
        .tempfile()?;
    file.write_all(text.as_bytes())?;
    let (_, path) = file.keep()?;
    Ok(path.display().to_string())
}

/// Returns the lines that make up something, where they stand together.
fn part(document: &Document, path: &[String]) -> Option<Span> {
    let outline = Outline::new(document);
    let sections = outline.sections(path);
    let (first, last) = (*sections.first()?, *sections.last()?);
    if last - first + 1 != sections.len() {
        return None;
    }
    let text = document.source.text();
    let start = with_comments(text, document.sections[first].span.start as usize);
    let end = match document.sections.get(last + 1) {
        Some(next) => with_comments(text, next.span.start as usize),
        None => text.len(),
    };
    Some(Span::new(start, end))
}

/// Returns where the comment block directly above a header begins.
fn with_comments(text: &str, header: usize) -> usize {
    let mut start = text[..header].rfind('\n').map_or(0, |at| at + 1);
    while start > 0 {
        let above = text[..start - 1].rfind('\n').map_or(0, |at| at + 1);
        if !text[above..start].trim_start().starts_with('#') {
            break;
        }
        start = above;
    }
    start
}
