use chrono::{Days, NaiveDate};
use clap::Args;

use super::filters::Filters;
use super::past::{self, Past};
use super::{Exit, Global, World, day, plan_file};
use crate::history::Commit;
use crate::model::Plan;
use crate::render::{self, json};
use crate::view::Report;

/// How far a report looks back where nobody says: as far as most teams' last meeting.
const FORTNIGHT: u64 = 14;

/// Print one page for a meeting or a board
///
/// Days left, counts by theme, what changed, what is at risk and why, asks and decisions waiting,
/// what was dropped, and the next 30 days. When the last meeting was is written down nowhere, so the
/// default is to look two weeks back. Check-ins since then that their `reviewer` has not answered are
/// listed; `loti note ID TEXT` is the answer, signed by the reviewer.
///
///   loti report
///   loti report --since 2021-09-01
///   loti report --since v1.0 --format markdown > meeting.md
///   loti report --format json
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct ReportArgs {
    /// The day of the last meeting, or a revision [default: two weeks ago]
    #[arg(long, value_name = "DATE|REV")]
    since: Option<String>,
    #[command(flatten)]
    filters: Filters,
    /// In which form
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: ReportFormat,
}

/// In which form a page is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum ReportFormat {
    /// For reading
    Table,
    /// For a wiki or a comment
    Markdown,
    /// For programs; everything, with a version
    Json,
}

pub(super) fn run(world: &mut World, global: &Global, args: &ReportArgs) -> anyhow::Result<Exit> {
    let plan = &*plan_file::read(world)?;
    let cycle = plan_file::cycle(plan, global, world)?;
    let filter = args.filters.filter(world, plan)?;
    let (before, since) = before(world, args)?.unzip();
    let today = world.today;
    let report = Report::new(plan, before.as_ref(), &cycle, &filter, today)
        .with_unanswered(first_day(world, args, since.as_ref()), today);
    let out = &mut world.streams.out;
    match args.format {
        ReportFormat::Table => render::report(out, &report, today, world.look)?,
        ReportFormat::Markdown => render::report_markdown(out, &report, today)?,
        ReportFormat::Json => json::report(out, &report, since.as_ref(), today)?,
    }
    Ok(Exit::Fine)
}

/// Returns the day since which check-ins are to be answered: the one that is named, else that of the
/// revision, else two weeks ago.
fn first_day(world: &World, args: &ReportArgs, since: Option<&Commit>) -> NaiveDate {
    let named = args.since.as_deref();
    let named = named.map(|word| day(word).ok().or_else(|| Some(since?.day())));
    let fortnight = world.today.checked_sub_days(Days::new(FORTNIGHT));
    named.unwrap_or(fortnight).unwrap_or(world.today)
}

/// Reads the plan as it was at the last meeting, and the commit that has it; where it is not known,
/// says why and goes on.
fn before(world: &mut World, args: &ReportArgs) -> anyhow::Result<Option<(Plan, Commit)>> {
    let past = match (Past::open(world), &args.since) {
        (Ok(past), _) => past,
        (Err(error), Some(_)) => return Err(error),
        (Err(error), None) => {
            world.say(&format!("what changed is not told: {error:#}"));
            return Ok(None);
        }
    };
    let fortnight = world.today.checked_sub_days(Days::new(FORTNIGHT));
    if let Some(day) = args.since.as_deref().and_then(|since| day(since).ok()) {
        anyhow::ensure!(
            day <= world.today,
            "{day} is yet to come: `--since` is the day of the last meeting"
        );
    }
    let since = match (&args.since, fortnight) {
        (Some(since), _) => since.clone(),
        (None, Some(fortnight)) => fortnight.to_string(),
        (None, None) => return Ok(None),
    };
    if args.since.is_some() {
        past::before(world, &past, &since)
    } else {
        past::before_by_default(world, &past, &since)
    }
}
