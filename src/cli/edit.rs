mod said;

use anyhow::Context as _;
use clap::Args;

use super::write::{self, Done, WriteArgs};
use super::{Exit, Global, World, editor, plan_file};
use crate::change::diff;
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Outline, path_of};
use crate::render;
use crate::store;
use crate::text::{Source, Span, shell_word};

/// Edit one part of the plan file in your editor
///
/// Opens the lines that make up a key result, objective, theme or whatever is named, with all that
/// stands below it; reads them again before they are saved. No lines at all change nothing.
///
///   loti edit 12
///   loti edit objective.data
///   loti edit 12 --from lines.toml
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct EditArgs {
    /// What to edit
    #[arg(value_name = "ADDRESS")]
    address: String,
    /// Take the new lines from a file, or with `-` from standard input, and open no editor
    #[arg(long, value_name = "FILE")]
    from: Option<String>,
    #[command(flatten)]
    write: WriteArgs,
}

pub(super) fn run(world: &mut World, global: &Global, args: &EditArgs) -> anyhow::Result<Exit> {
    write::ready(world, &args.write)?;
    let path = plan_file::path(world)?
        .context("a plan from standard input cannot be edited: give the file")?;
    let name = plan_file::shown(world, &path);
    let document = Document::read(Source::new(name.clone(), store::read(&path)?));
    let at = plan_file::address(&document.plan, &args.address)?;
    let span = part(&document, &path_of(&at)).with_context(|| {
        format!("the lines of `{at}` do not stand together: edit {name} itself")
    })?;
    let old = document.source.slice(span).to_owned();
    let instead = "give the lines with `--from FILE`";
    let mut new = match args.from.as_deref() {
        None => editor::ask(world, &old, ".toml", instead)?,
        Some("-") => store::read_from(&mut world.streams.input, "standard input")?,
        Some(file) => {
            let path = world.folder.join(file);
            anyhow::ensure!(path.exists(), "there is no file `{file}`");
            store::read(&path)?
        }
    };
    loop {
        anyhow::ensure!(
            !new.trim().is_empty(),
            "no lines are left, so nothing is changed\n\
             hint: `loti remove {at}` takes it out of the plan"
        );
        // The next header begins a line of its own.
        if old.ends_with('\n') && !new.ends_with('\n') {
            new.push('\n');
        }
        let mut is_made = false;
        let saved = write::save(world, &args.write, |world, source| {
            let done = attempt(world, &args.write, source, &at, (span, &old), &new);
            is_made = done.is_ok();
            done
        });
        let error = match saved {
            Err(error) if !is_made || error.is::<store::SaveError>() => error,
            // The lines are saved, or were only to be shown.
            result => return result,
        };
        let again = args.from.is_none() && world.streams.is_interactive && error.is::<Unfit>();
        if again {
            match editor::line(world, "edit again? [Y/n]")?.as_deref() {
                Some("n" | "N" | "no") | None => {}
                Some(_) => match editor::ask(world, &new, ".toml", instead) {
                    Ok(text) => {
                        new = text;
                        continue;
                    }
                    Err(error) => return Err(kept(error, &new, global, args)),
                },
            }
        }
        return Err(kept(error, &new, global, args));
    }
}

/// Puts new lines in the place of old ones, unless the file could not be relied on then.
fn attempt(
    world: &mut World,
    args: &WriteArgs,
    source: Source,
    at: &crate::model::Address,
    (span, old): (Span, &str),
    new: &str,
) -> anyhow::Result<Done> {
    let text = source.text();
    // Where somebody else wrote meanwhile the same lines are looked for again.
    let start = if text.get(span.range()) == Some(old) {
        span.range().start
    } else {
        let mut found = text.match_indices(old).map(|(at, _)| at);
        match (found.next(), found.next()) {
            (Some(at), None) => at,
            _ => anyhow::bail!(
                "nothing is changed: somebody else changed these lines meanwhile; look what they \
                 say now before you replace them"
            ),
        }
    };
    let mut after = text.to_owned();
    after.replace_range(start..start + old.len(), new);
    let before = Document::read(source);
    let after = Document::read(Source::new(before.source.name(), after));
    let known: Vec<_> = before.refusals().map(|problem| &problem.message).collect();
    let added: Vec<_> = after
        .refusals()
        .filter(|problem| !known.contains(&&problem.message))
        .collect();
    if !added.is_empty() {
        show(world, &after, Span::new(start, start + new.len()), &added)?;
        return Err(Unfit.into());
    }
    let changes = diff(&before.plan, &after.plan);
    write::may_change(world, args, &before.plan, &changes)?;
    let said = said::said(at, &before.plan, &after.plan);
    Ok(Done {
        subject: None,
        before: before.source.text().to_owned(),
        after: after.source.text().to_owned(),
        lines: said.lines,
        spoken: said.spoken,
    })
}

/// Shows what is wrong: in the lines that were edited, by their own numbers, and elsewhere.
fn show(
    world: &mut World,
    document: &Document,
    lines: Span,
    problems: &[&Diagnostic],
) -> anyhow::Result<()> {
    let own = Source::new("your lines", document.source.slice(lines));
    let (mut inside, mut outside) = (Vec::new(), Vec::new());
    for problem in problems.iter().copied() {
        if problem
            .labels
            .iter()
            .all(|label| lines.contains(label.span))
        {
            let mut problem = problem.clone();
            for label in &mut problem.labels {
                label.span.start -= lines.start;
                label.span.end -= lines.start;
            }
            inside.push(problem);
        } else {
            outside.push(problem);
        }
    }
    let look = world.err_look();
    let err = &mut world.streams.err;
    render::problems(err, &own, &inside, look)?;
    render::problems(err, &document.source, outside, look)?;
    Ok(())
}

/// Lines that the file could not be relied on with; what is wrong with them has been shown.
#[derive(Debug)]
struct Unfit;

impl std::fmt::Display for Unfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("nothing is changed: these lines cannot be saved as they are")
    }
}

impl std::error::Error for Unfit {}

/// Adds to a failure where the new lines are and how to go on: nobody's words are lost.
fn kept(error: anyhow::Error, lines: &str, global: &Global, args: &EditArgs) -> anyhow::Error {
    let file = match &args.from {
        Some(file) if file != "-" => file.clone(),
        _ => match keep(lines) {
            Ok(file) => file,
            Err(lost) => return lost.context(error),
        },
    };
    let mut command = format!("loti edit {}", shell_word(&args.address));
    if let Some(plan) = global.file.as_deref().filter(|file| !file.is_empty()) {
        command = format!("{command} -f {}", shell_word(plan));
    }
    let file = shell_word(&file);
    anyhow::anyhow!(
        "{error:#}\n\
         your lines are in {file}\n\
         hint: mend them there, then `{command} --from {file}`"
    )
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
