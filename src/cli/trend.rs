use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::filters::Filters;
use super::past::Past;
use super::{Exit, Global, World, day, plan_file};
use crate::document::Document;
use crate::git::WalkOptions;
use crate::history::{Course, Wanted};
use crate::model::{Address, Id, Plan};
use crate::render::{self, csv, json};
use crate::view::{self, Board, CycleLine, Filter, Row, Trend, trend_rows};

/// Show progress and status over time, and where they are going
///
/// Reads the commits that changed the plan file, on the line of first parents. Each row shows how it
/// stood over the time of the cycle, what share of the time was gone, and where it leads if it goes
/// on like that; the last point is the file as it is now. `loti explain forecast` says how that is
/// reckoned. Filters hide rows; counts and progress stay the whole plan's.
///
///   loti trend                         the plan, its themes, objectives and key results
///   loti trend 12                      one of them whole: a chart, each status and who gave it
///   loti trend plan theme.reach
///   loti trend --format svg > trend.svg
///   loti trend --by day --format csv   a line for each point, for a spreadsheet
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct TrendArgs {
    /// Only these, each of them whole: `12`, `objective.data`, `theme.reach`, `plan`
    #[arg(value_name = "ADDRESS")]
    addresses: Vec<String>,
    /// For which versions there is a point
    #[arg(long, value_enum, value_name = "WHAT", default_value_t)]
    by: By,
    /// Only from this day or revision on [default: the cycle's first day]
    #[arg(long, value_name = "DATE|REV")]
    since: Option<String>,
    #[command(flatten)]
    filters: Filters,
    /// In which form
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    format: Form,
}

/// For which versions there is a point.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum By {
    /// Each of them
    Commit,
    /// The last of each day
    Day,
    /// The last of each week
    #[default]
    Week,
}

/// In which form a trend is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For reading
    #[default]
    Table,
    /// For programs; everything, with a version
    Json,
    /// For spreadsheets
    Csv,
    /// For a page or a slide
    Svg,
}

impl From<By> for view::By {
    fn from(by: By) -> Self {
        match by {
            By::Commit => Self::Commit,
            By::Day => Self::Day,
            By::Week => Self::Week,
        }
    }
}

pub(super) fn run(world: &mut World, global: &Global, args: &TrendArgs) -> anyhow::Result<Exit> {
    let past = Past::open(world)?;
    let document = newest(world, &past)?;
    let plan = &document.plan;
    let (rows, cycle, hidden) = wanted_rows(world, global, args, plan)?;
    let since = since(&past, args)?;
    let begin = plan.cycles.get(&cycle).map(|cycle| cycle.start);
    let wanted = Wanted {
        rows,
        from: since.or(begin).unwrap_or(NaiveDate::MIN),
        since,
        today: world.today,
        every_version: args.by == By::Commit,
        cycle,
    };
    let cycle = wanted.cycle.clone();
    let first_parent = WalkOptions { first_parent: true };
    let mut walk = past.repository.walk(past.from, &past.path, first_parent)?;
    let course = Course::follow(&mut walk, wanted, Some((document.source.text(), plan)))?;
    let line = CycleLine::new(plan, &cycle, world.today);
    let trend = Trend::new(plan, line, &course, args.by.into(), hidden);
    let out = &mut world.streams.out;
    match args.format {
        Form::Table if args.addresses.is_empty() => render::trend(out, &trend, world.look)?,
        Form::Table => render::trend_of_each(out, &trend, world.look)?,
        Form::Json => json::trend(out, &trend)?,
        Form::Csv => csv::trend(out, &trend)?,
        Form::Svg => render::trend_svg(out, &trend)?,
    }
    Ok(Exit::Fine)
}

/// Reads the file as it is now; where it cannot be read, the last commit has to do.
fn newest(world: &mut World, past: &Past) -> anyhow::Result<Document> {
    let now = plan_file::source(world).map(Document::read);
    if let Ok(document) = &now
        && document.refusals().next().is_none()
    {
        plan_file::warn(world, document);
        return now;
    }
    if let Some(committed) = past.source(past.from)?.map(Document::read)
        && committed.refusals().next().is_none()
    {
        let is_there = matches!(plan_file::path(world), Ok(Some(path)) if path.exists());
        world.say(if is_there {
            "the plan cannot be read as it is now: told is what was committed\n\
             hint: `loti check` says what is wrong"
        } else {
            "the plan is not on disk: told is what was committed"
        });
        return Ok(committed);
    }
    let document = now?;
    plan_file::refuse(world, &document)?;
    Ok(document)
}

/// Returns what is asked for, the cycle it is looked at in, and how many key results are hidden.
fn wanted_rows(
    world: &World,
    global: &Global,
    args: &TrendArgs,
    plan: &Plan,
) -> anyhow::Result<(Vec<Address>, Id, usize)> {
    let filter = args.filters.filter(world, plan)?;
    let mut cycle = plan_file::cycle(plan, global, world)?;
    if args.addresses.is_empty() {
        let board = Board::new(plan, &cycle, &filter, world.today);
        let (rows, hidden) = (trend_rows(&board), board.hidden);
        return Ok((rows, cycle, hidden));
    }
    let mut rows = Vec::new();
    for word in &args.addresses {
        let address = plan_file::address(plan, word)?;
        if !rows.contains(&address) {
            rows.push(address);
        }
    }
    // Where all are set for another cycle, that is the one that is meant.
    let cycles = rows.iter().map(|row| match row {
        Address::KeyResult(id) => plan.cycle_id_of(plan.key_results.get(id)?),
        _ => None,
    });
    let mut cycles: Vec<_> = cycles.collect();
    cycles.dedup();
    if let ([Some(own)], None) = (&cycles[..], &global.cycle) {
        cycle = (*own).clone();
    }
    rows.retain(|row| match row {
        Address::KeyResult(id) => shows(plan, id, &filter, world.today),
        _ => true,
    });
    let hidden = args.addresses.len() - rows.len();
    for row in &rows {
        check(plan, row, &cycle)?;
    }
    Ok((rows, cycle, hidden))
}

fn shows(plan: &Plan, id: &Id, filter: &Filter, today: NaiveDate) -> bool {
    let key_result = plan.key_results.get(id);
    key_result.is_some_and(|own| filter.shows(plan, &Row::new(plan, id, own, today), today))
}

/// Refuses what has no course in a cycle.
fn check(plan: &Plan, row: &Address, cycle: &Id) -> anyhow::Result<()> {
    match row {
        Address::Plan | Address::Theme(_) | Address::Objective(_) => Ok(()),
        Address::KeyResult(id) => {
            let own = plan.key_results.get(id);
            let own = own.and_then(|own| plan.cycle_id_of(own));
            match own {
                Some(own) if own != cycle => anyhow::bail!(
                    "{row} is not in the cycle `{cycle}`\nhint: `--cycle {own}` looks at its own"
                ),
                _ => Ok(()),
            }
        }
        _ => anyhow::bail!(
            "{row} has no progress over time; expected key results, objectives, themes or `plan`"
        ),
    }
}

/// Returns the day from which on a trend is wanted.
fn since(past: &Past, args: &TrendArgs) -> anyhow::Result<Option<NaiveDate>> {
    let Some(since) = &args.since else {
        return Ok(None);
    };
    if let Ok(day) = day(since) {
        return Ok(Some(day));
    }
    let id = past.commit(since)?;
    Ok(Some(past.repository.commit(id)?.day()))
}
