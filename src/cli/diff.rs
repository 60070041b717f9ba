mod sides;

use std::mem::ManuallyDrop;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use self::sides::{Compared, Wanted};
use super::filters::Filters;
use super::{Exit, Global, World, plan_file};
use crate::change::{Unsaid, diff, unsaid};
use crate::model::{Address, Plan};
use crate::render;
use crate::view::{Changes, Comparison, Filter, Row, Sides, Whole};

/// Show what changed in the plan, in the plan's words
///
/// Compares two versions of the plan file as git has them; without a revision, what is not committed
/// yet. Statuses, dates, goals, notes: each change is told at its address with what it means, and one
/// that only touches comments or layout is called that.
///
///   loti diff                            what is not committed yet
///   loti diff HEAD~5                     what changed since then
///   loti diff --since 2021-09-06         what changed since the end of that day
///   loti diff main...                    what this branch does to the plan
///   loti diff v1..v2 -- 12 theme.reach   one key result and one theme, from one tag to another
///   loti diff main... --format markdown  the same, for a comment on a pull request
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct DiffArgs {
    /// What to compare: `A` with the file, `A..B` with each other, `A...B` what B did since it left
    /// A; a day stands for its last commit [default: HEAD with the file]
    #[arg(value_name = "REV[..REV]")]
    revisions: Option<String>,
    /// Compare with the last commit up to the end of this day
    #[arg(long, value_name = "DATE", value_parser = super::day, conflicts_with = "revisions")]
    since: Option<NaiveDate>,
    /// Only these, with all that stands below them
    #[arg(value_name = "ADDRESS", last = true)]
    addresses: Vec<String>,
    #[command(flatten)]
    filters: Filters,
    /// Say only how much changed
    #[arg(long)]
    stat: bool,
    /// End with 1 if the plan says something else than before
    ///
    /// Comments, layout and the order of the file are told and do not count.
    #[arg(long)]
    exit_code: bool,
    /// In which form
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    format: DiffFormat,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// For people
    #[default]
    Human,
    /// For programs; everything, with a version
    Json,
    /// For a comment on a pull request
    Markdown,
    /// Marks in the changed file of a GitHub workflow
    Github,
}

pub(super) fn run(world: &mut World, _: &Global, args: &DiffArgs) -> anyhow::Result<Exit> {
    let wanted = match (&args.revisions, args.since) {
        (_, Some(day)) => Wanted::Against(day.to_string()),
        (Some(words), None) => Wanted::parse(words),
        (None, None) => {
            anyhow::ensure!(
                world.at.is_none(),
                "expected what to compare the plan of `--at` with\n\
                 hint: `loti diff REV --at …`, or `loti diff REV..REV`"
            );
            Wanted::Against("HEAD".to_owned())
        }
    };
    let compared = ManuallyDrop::new(Compared::find(world, &wanted)?);
    world.say(&compared.said);
    let mut changes = changes(&compared);
    let is_whole = compared.documents.iter().any(Option::is_none);
    let is_filtered = narrow(world, args, &compared, &mut changes)?;
    let [was, is] = &compared.documents;
    let whole = match (was, is) {
        (None, Some(is)) => Some(Whole::new(&is.plan, true)),
        (Some(was), None) => Some(Whole::new(&was.plan, false)),
        _ => None,
    };
    let comparison = Comparison {
        file: &compared.file,
        sides: compared.commits.each_ref().map(Option::as_ref),
        whole: whole.filter(|_| is_whole && !is_filtered),
        changes,
    };
    write(world, args, &comparison, &compared)?;
    let nothing = comparison.is_empty();
    if nothing && comparison.changes.unsaid == Unsaid::default() {
        world.say(if is_filtered {
            "nothing changed in what was asked for"
        } else {
            "nothing changed"
        });
    }
    Ok(if args.exit_code && !nothing {
        Exit::Finding
    } else {
        Exit::Fine
    })
}

fn changes(compared: &Compared) -> Changes {
    let [was, is] = &compared.documents;
    let nothing = Plan::default();
    if let (Some(was), Some(is)) = (was, is)
        && was.source.text() == is.source.text()
    {
        return Changes::default();
    }
    let [old, new] = [was, is].map(|side| side.as_ref().map_or(&nothing, |side| &side.plan));
    let changes = diff(old, new);
    let unsaid = match (was, is) {
        (Some(was), Some(is)) => unsaid(was, is, &changes),
        _ => Unsaid::default(),
    };
    Changes::new(&changes, Sides::whole(old, new), unsaid)
}

/// Keeps only what was asked for; says whether anything was.
fn narrow(
    world: &World,
    args: &DiffArgs,
    compared: &Compared,
    changes: &mut Changes,
) -> anyhow::Result<bool> {
    let plans: Vec<&Plan> = compared
        .documents
        .iter()
        .flatten()
        .map(|side| &side.plan)
        .collect();
    let Some(newest) = plans.last() else {
        return Ok(false);
    };
    // What is gone by now may be asked for too.
    let addresses = args.addresses.iter().map(|word| {
        let found = plans
            .iter()
            .rev()
            .map(|plan| plan_file::address(plan, word));
        let mut found = found.collect::<Vec<_>>();
        let at = found.iter().position(Result::is_ok).unwrap_or_default();
        found.swap_remove(at)
    });
    let addresses = addresses.collect::<anyhow::Result<Vec<_>>>()?;
    let filter = args.filters.filter(world, newest)?;
    if addresses.is_empty() && filter.is_empty() {
        return Ok(false);
    }
    let today = world.today;
    changes.unsaid = Unsaid::default();
    changes.spelt_out = 0;
    changes.retain(|at| {
        let is_below = |plan: &&Plan| addresses.iter().any(|of| is_part(plan, at, of));
        let is_shown = |plan: &&Plan| shows(plan, at, &filter, today);
        (addresses.is_empty() || plans.iter().any(is_below))
            && (filter.is_empty() || plans.iter().any(is_shown))
    });
    Ok(true)
}

/// Returns whether something is another thing, or stands below it.
fn is_part(plan: &Plan, at: &Address, of: &Address) -> bool {
    if at == of || matches!(of, Address::Milestone(owner, _) if Some(owner) == at.id()) {
        return true;
    }
    match at {
        Address::KeyResult(id) => plan.key_results.get(id).is_some_and(|own| {
            let objective = Address::Objective(own.objective.clone());
            is_part(plan, &objective, of)
        }),
        Address::Objective(id) => {
            let objective = plan.objectives.get(id);
            objective.is_some_and(|own| Address::Theme(own.theme.clone()) == *of)
        }
        _ => false,
    }
}

/// Returns whether a filter shows a key result; it shows nothing else.
fn shows(plan: &Plan, at: &Address, filter: &Filter, today: NaiveDate) -> bool {
    let Address::KeyResult(id) = at else {
        return false;
    };
    let own = plan.key_results.get(id);
    own.is_some_and(|own| filter.shows(plan, &Row::new(plan, id, own, today), today))
}

fn write(
    world: &mut World,
    args: &DiffArgs,
    comparison: &Comparison<'_>,
    compared: &Compared,
) -> anyhow::Result<()> {
    use render::changes as form;

    let look = world.look;
    let out = &mut world.streams.out;
    match (args.format, args.stat) {
        (DiffFormat::Human, false) => form::human(out, comparison, look)?,
        (DiffFormat::Human, true) => form::stat(out, comparison, look)?,
        (DiffFormat::Json, is_stat) => render::json::changes(out, comparison, is_stat)?,
        (DiffFormat::Markdown, false) => form::markdown(out, comparison)?,
        (DiffFormat::Markdown, true) => form::stat_markdown(out, comparison)?,
        (DiffFormat::Github, is_stat) => {
            let after = compared.documents[1].as_ref();
            form::github(out, comparison, after.filter(|_| !is_stat))?;
        }
    }
    Ok(())
}
