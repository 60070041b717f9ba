use std::io::Read as _;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::{Global, Told, World, past};
use crate::diagnostic::Diagnostic;
use crate::document::rules::{CONFLICT_MARKERS, UNKNOWN_KEY};
use crate::document::{Document, unmerged};
use crate::model::{Address, Id, Plan, TableName};
use crate::render;
use crate::store;
use crate::text::{Source, count, join, nearest, printable};
use crate::view::Filter;

/// Returns the file that holds the plan; standard input has none.
pub(super) fn path(world: &World) -> anyhow::Result<Option<PathBuf>> {
    let named = world.file.as_ref().map(PathBuf::from);
    if named.as_deref() == Some(Path::new("-")) {
        return Ok(None);
    }
    Ok(Some(store::find(named.as_deref(), &world.folder)?))
}

/// Says no where the past was asked for: it is not to be changed.
pub(super) fn may_write(world: &World) -> anyhow::Result<()> {
    anyhow::ensure!(
        world.at.is_none(),
        "`--at` shows the past, which cannot be changed\n\
         hint: without `--at` the plan is changed as it is now"
    );
    Ok(())
}

/// Reads the plan's text under the name that messages give it.
pub(super) fn source(world: &mut World) -> anyhow::Result<Source> {
    if let Some(moment) = &world.at {
        return Ok(moment.source());
    }
    let path = path(world).map_err(|error| past::or_committed(world, error));
    let Some(path) = path? else {
        let text = store::read_from(world.streams.input.by_ref(), "standard input")?;
        return Ok(Source::new("<stdin>", text));
    };
    let text = store::read(&path)?;
    Ok(Source::new(shown(world, &path), text))
}

/// Returns a path as it is shortest from where the command was given.
pub(super) fn shown(world: &World, path: &Path) -> String {
    let short = path.strip_prefix(&world.folder).unwrap_or(path);
    short.display().to_string()
}

/// Reads the plan for a command that only looks at it; a file that cannot be relied on is refused
/// with everything that is wrong with it.
///
/// The text is let go at once. The rest never is, since the command ends with its answer: to take a
/// large plan apart again would be a tenth of the time.
pub(super) fn read(world: &mut World) -> anyhow::Result<ManuallyDrop<Plan>> {
    let document = Document::read(source(world)?);
    refuse(world, &document)?;
    warn(world, &document);
    let Document {
        source,
        sections,
        plan,
        ..
    } = document;
    drop(source);
    std::mem::forget(sections);
    Ok(ManuallyDrop::new(plan))
}

/// Tells of everything that is wrong with a file, if it cannot be relied on.
pub(super) fn refuse(world: &mut World, document: &Document) -> anyhow::Result<()> {
    /// Beyond this many a person mends the first ones and looks again.
    const MOST: usize = 20;

    let problems: Vec<_> = document.refusals().collect();
    if problems.is_empty() {
        return Ok(());
    }
    if problems
        .iter()
        .any(|problem| problem.rule == CONFLICT_MARKERS)
    {
        return refuse_unmerged(world, document);
    }
    let look = world.err_look();
    render::problems(
        &mut world.streams.err,
        &document.source,
        problems.iter().take(MOST).copied(),
        look,
    )?;
    let name = document.source.name();
    let more = problems.len().saturating_sub(MOST);
    let told = if more > 0 {
        format!(", {more} of them not shown")
    } else {
        String::new()
    };
    let words = format!("{name}: {}{told}", count(problems.len(), "problem"));
    // What is wrong is the answer here, wanted or not.
    let _ = writeln!(world.streams.err, "{}", printable(&words));
    Err(Told.into())
}

/// Says that a merge was not finished, where, and the two ways to go on: whatever else is wrong is
/// likely to be so because of that.
fn refuse_unmerged(world: &mut World, document: &Document) -> anyhow::Result<()> {
    /// Beyond this many a person looks into the file.
    const MOST: usize = 12;

    let source = &document.source;
    let problems = document.problems.iter();
    let places: Vec<_> = problems
        .filter(|problem| problem.rule == CONFLICT_MARKERS)
        .map(|problem| problem.span().start)
        .collect();
    let about = unmerged(source.text());
    let mut lines = vec![format!(
        "error: a merge was not finished in {}: {}",
        source.name(),
        count(places.len(), "conflict")
    )];
    for place in places.iter().take(MOST) {
        let line = source.line_column(*place).line;
        let about = about.iter().find(|one| one.span.start == *place);
        let about = about.map(|one| one.about.as_slice()).unwrap_or_default();
        lines.push(match about {
            [] => format!("  line {line}"),
            about => format!("  line {line}: {}", join(about)),
        });
    }
    if places.len() > MOST {
        lines.push(format!("  and {} more", places.len() - MOST));
    }
    if world.at.is_some() {
        lines
            .push("hint: it was committed like that; look at an earlier or a later one".to_owned());
    } else {
        lines.push(
            "hint: `loti merge resolve` merges what can be merged, and asks for the rest"
                .to_owned(),
        );
        lines.push(
            "hint: by hand, keep one side of each, take the marker lines out, and save".to_owned(),
        );
    }
    for line in lines {
        world.message(&line);
    }
    Err(Told.into())
}

/// Says in a line what loti does not know in a file that it can read: it may be a slip of the pen.
pub(super) fn warn(world: &mut World, document: &Document) {
    let is_unknown = |problem: &&Diagnostic| problem.rule == UNKNOWN_KEY;
    let mut unknown = document.problems.iter().filter(is_unknown);
    let Some(first) = unknown.next() else {
        return;
    };
    let place = document.source.line_column(first.span().start);
    let mut words = format!(
        "warning: {}:{}: {}",
        document.source.name(),
        place.line,
        first.message
    );
    if let Some(help) = first.help.first() {
        words = format!("{words}; {help}");
    }
    let more = match unknown.count() {
        0 => String::new(),
        more => format!(" ({more} more)"),
    };
    world.say(&printable(&format!("{words}{more}")));
    world.say("hint: `loti check` shows what loti does not know, with its place");
}

/// Returns the cycle that is to be looked at.
pub(super) fn cycle(plan: &Plan, global: &Global, world: &World) -> anyhow::Result<Id> {
    let Some(wanted) = &global.cycle else {
        let current = plan
            .current_cycle(world.today)
            .context("the plan has no cycle")?;
        return Ok(current.clone());
    };
    if wanted == "later" || plan.cycles.contains_key(wanted.as_str()) {
        return Id::new(wanted).with_context(|| format!("`{wanted}` cannot be an id"));
    }
    Err(unknown(plan, TableName::Cycle, wanted))
}

/// Says that no key result is shown, and why.
pub(super) fn say_none(world: &mut World, plan: &Plan, cycle: &Id, filter: &Filter) {
    world.say(&if filter.is_empty() {
        format!("`{cycle}` has no key results")
    } else {
        format!("no key result of `{cycle}` is like that")
    });
    let mut key_results = plan.key_results.values();
    if filter.stale && key_results.all(|own| plan.cadence_of(own).is_none()) {
        world.say(
            "hint: without a `cadence` nothing is ever stale; `loti set plan cadence=weekly` sets it",
        );
    }
}

/// Makes the failure for an id of something that is not there: with the nearest one, else with those
/// that are.
pub(super) fn unknown(plan: &Plan, table: TableName, id: &str) -> anyhow::Error {
    /// More than these are no help in a line.
    const MOST: usize = 12;

    let noun = table.noun();
    // One number is not nearer to another than to a third.
    let is_number = id.bytes().all(|byte| byte.is_ascii_digit());
    let near = nearest(id, plan.ids(table).map(Id::as_str));
    if let Some(near) = near.filter(|_| !is_number) {
        return did_you_mean(noun, id, near);
    }
    let known: Vec<String> = plan
        .ids(table)
        .take(MOST)
        .map(|id| format!("`{id}`"))
        .collect();
    let more = plan.ids(table).count() - known.len();
    let hint = match (known.len(), more) {
        (0, _) => format!("the plan has no {noun} yet"),
        _ if table == TableName::KeyResult => "`loti list` shows the ids".to_owned(),
        (1, 0) => format!("there is only {}", join(known)),
        (_, 0) => format!("there are {}", join(known)),
        _ => format!(
            "there are {}",
            join(known.into_iter().chain([format!("{more} more")]))
        ),
    };
    let declare = match Id::new(id) {
        Some(_) if table == TableName::Person => {
            format!("\nhint: `loti add person {id} \"NAME\"` declares one")
        }
        _ => String::new(),
    };
    anyhow::anyhow!("there is no {noun} `{id}`\nhint: {hint}{declare}")
}

/// Makes the failure for a word that is not there, where another is near.
pub(super) fn did_you_mean(noun: &str, word: &str, near: &str) -> anyhow::Error {
    anyhow::anyhow!("there is no {noun} `{word}`\nhint: did you mean `{near}`?")
}

/// Takes a word for the address of something that is there; a misspelt one is answered with the
/// nearest of any kind.
pub(super) fn address(plan: &Plan, word: &str) -> anyhow::Result<Address> {
    let parsed = word.parse::<Address>();
    if let Ok(address) = &parsed
        && plan.table(address).is_some()
    {
        return Ok(address.clone());
    }
    let all: Vec<(Address, String)> = plan
        .addresses()
        .map(|address| {
            let shown = address.to_string();
            (address, shown)
        })
        .collect();
    let last = word.rsplit('.').next().unwrap_or(word);
    // One number is not nearer to another than to a third.
    let is_number = last.bytes().all(|byte| byte.is_ascii_digit());
    let id = |address: &Address| address.id().map(|id| id.as_str().to_owned());
    // The very id of something else; the nearest address; the nearest id of any kind.
    let hint = all
        .iter()
        .find(|(address, _)| address.id().is_some_and(|id| id.as_str() == last))
        .map(|(_, shown)| shown.clone())
        .or_else(|| nearest(word, all.iter().map(|(_, shown)| &**shown)).map(str::to_owned))
        .or_else(|| {
            let ids: Vec<_> = all.iter().filter_map(|(address, _)| id(address)).collect();
            // What cannot be an id is near to none.
            Id::new(last)?;
            let near = nearest(last, ids.iter().map(String::as_str))?;
            let found = all
                .iter()
                .find(|(address, _)| address.id().is_some_and(|id| id.as_str() == near));
            found.map(|(_, shown)| shown.clone())
        });
    let hint = hint.filter(|_| !is_number);
    match (parsed, hint) {
        (Ok(address), hint) => {
            let noun = address.table().noun();
            let word = match &address {
                Address::Note(..) => word,
                _ => last,
            };
            Err(match (hint, &address) {
                (Some(hint), _) => did_you_mean(noun, word, &hint),
                (None, Address::Milestone(of, _)) if plan.key_results.contains_key(of) => {
                    anyhow::anyhow!(
                        "there is no {noun} `{word}`\nhint: `loti show {of}` shows them"
                    )
                }
                _ => unknown(plan, address.table(), word),
            })
        }
        (Err(_), Some(hint)) => Err(did_you_mean("thing", word, &hint)),
        (Err(error), None) => Err(error.into()),
    }
}
