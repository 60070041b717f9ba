mod asking;
mod kept;
mod saving;

use clap::{Args, ValueEnum};

use super::filters::Filters;
use super::write::WriteArgs;
use super::{Exit, Global, World, plan_file};
use crate::model::{Id, Plan};
use crate::render::{self, DueList};
use crate::view::{Asked, Filter, cycles_at_work, due};

/// Walk through the key results that are due for a check-in
///
/// A key result is due when it was not heard of for as long as its `cadence`: no note, no check-in; what
/// its `reviewer` says is an answer, and does not count. The longest overdue comes first. You are asked for its figure, its status, your confidence and a
/// line on what happened. Enter leaves each as it is: that is an answer, too, and leaves its day in
/// `checked`. `s` skips a key result, `b` goes back a question, `q` stops. At the end you see what
/// would be saved, and it is saved in one edit or not at all.
///
/// Ctrl-C, a closed terminal or a crash lose nothing: the next `loti checkin` goes on with what was
/// answered. Without a terminal it prints what is due.
///
///   loti checkin --mine
///   loti checkin --all                whatever is open, due or not
///   loti checkin --list --format json
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct CheckinArgs {
    /// Ask for every open key result, due or not
    #[arg(long)]
    all: bool,
    /// Print what is due and ask nothing
    #[arg(long)]
    list: bool,
    /// Who says so [default: you, where a person of the plan has the `email` git knows you by]
    #[arg(long, value_name = "ID")]
    by: Option<String>,
    #[command(flatten)]
    filters: Filters,
    /// In which form to print what is due; as JSON it is printed at a terminal, too
    #[arg(long, value_enum, value_name = "FORM", default_value_t)]
    format: Form,
    /// Print at the end what would change as a patch, and write nothing
    #[arg(long, help_heading = "Writing")]
    dry_run: bool,
    /// Commit the plan file, and no other, with a message in plan words
    #[arg(long, conflicts_with = "dry_run", help_heading = "Writing")]
    commit: bool,
}

/// In which form what is due is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For reading
    #[default]
    Text,
    /// For programs; everything, with a version
    Json,
}

impl CheckinArgs {
    fn asked(&self) -> Asked {
        if self.all { Asked::All } else { Asked::Due }
    }

    fn write(&self) -> WriteArgs {
        WriteArgs::spoken(self.dry_run, self.commit)
    }
}

pub(super) fn run(world: &mut World, global: &Global, args: &CheckinArgs) -> anyhow::Result<Exit> {
    let plan = &*plan_file::read(world)?;
    let cycle = plan_file::cycle(plan, global, world)?;
    let cycles = match global.cycle {
        Some(_) => vec![&cycle],
        None => cycles_at_work(plan, &cycle, world.today),
    };
    let filter = args.filters.filter(world, plan)?;
    let today = world.today;
    let due = due(plan, &cycles, &filter, args.asked(), today);
    for left in plan.left_open(today) {
        world.say(&format!("note: {}", render::left_open(&left)));
    }
    let asks = world.streams.is_interactive && world.at.is_none();
    if asks && !args.list && args.format == Form::Text {
        return asking::ask(world, args, plan, due, &cycles, &filter);
    }
    let list = DueList { plan, due, today };
    match args.format {
        Form::Json => render::json::due(&mut world.streams.out, &list)?,
        Form::Text if list.due.is_empty() => say_none(world, args, plan, &cycles, &filter),
        Form::Text => render::due(&mut world.streams.out, &list, world.look)?,
    }
    Ok(Exit::Fine)
}

/// Says that nothing is due, and what may be behind it.
fn say_none(world: &mut World, args: &CheckinArgs, plan: &Plan, cycles: &[&Id], filter: &Filter) {
    let today = world.today;
    let open = due(plan, cycles, filter, Asked::All, today);
    if open.is_empty() {
        world.say(if filter.is_empty() {
            "nothing is due: no key result is open"
        } else {
            "nothing is due: no open key result is like that"
        });
        return;
    }
    if open.iter().all(|due| due.cadence.is_none()) {
        world.say("nothing is due: no cadence is agreed");
        world
            .say("hint: `loti set plan cadence=weekly` sets one; `loti checkin --all` asks anyway");
        return;
    }
    debug_assert!(!args.all, "all that is open is asked for");
    let next = open.iter().filter_map(|due| due.since).min();
    let next = next.map_or(String::new(), |day| format!(" before {day}"));
    world.say(&format!("nothing is due{next}"));
    world.say("hint: `loti checkin --all` asks for whatever is open");
}
