use anyhow::Context as _;
use chrono::NaiveDate;
use clap::Args;

use crate::change::Change;
use crate::change::closing::{NewCycle, following, settle_cycle};
use crate::cli::add::free;
use crate::cli::write::{WriteArgs, change};
use crate::cli::{Exit, World, day, plan_file};
use crate::model::{Address, Id, Plan, Stage, TableName, Value};

/// Start the cycle that follows another
///
/// It begins on the day after the other's last and is as long, unless other days are given; its name
/// counts on from the other's. Where the plan names its current cycle, that is the new one from then
/// on.
///
///   loti cycle start y3q2 --from y3q1
///   loti cycle start spring --from y3q2 --name "Spring" --end 2022-05-31
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct StartArgs {
    /// The new cycle's id, or that of one that is in the plan already
    #[arg(value_name = "ID")]
    id: String,
    /// The cycle that it follows
    #[arg(long, value_name = "ID")]
    from: String,
    /// What it is called [default: as the other, with the next number]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Its first day [default: the day after the other's last]
    #[arg(long, value_name = "DATE", value_parser = day)]
    start: Option<NaiveDate>,
    /// Its last day [default: as long after its first]
    #[arg(long, value_name = "DATE", value_parser = day)]
    end: Option<NaiveDate>,
    #[command(flatten)]
    write: WriteArgs,
}

pub(super) fn run(world: &mut World, args: &StartArgs) -> anyhow::Result<Exit> {
    let (today, mut unclosed) = (world.today, None);
    let exit = change(world, &args.write, |document| {
        let plan = &document.plan;
        let (from, old) = plan
            .cycles
            .get_key_value(args.from.as_str())
            .ok_or_else(|| plan_file::unknown(plan, TableName::Cycle, &args.from))?;
        unclosed = (old.stage(today) != Stage::Closed).then(|| from.clone());
        let mut changes = Vec::new();
        let id = if let Some((id, _)) = plan.cycles.get_key_value(args.id.as_str()) {
            already_there(plan, args, from, id)?;
            id.clone()
        } else {
            let new = new(plan, args, from)?;
            changes.extend(settle_cycle(plan));
            changes.extend(new.add());
            new.id.context("a new cycle has an id")?
        };
        if plan.cycle.as_ref() == Some(from) {
            changes.push(Change::Set {
                at: Address::Plan,
                key: "cycle".to_owned(),
                value: Some(Value::from(id.as_str())),
            });
        }
        Ok(changes)
    })?;
    if let Some(from) = unclosed {
        world.say(&format!(
            "next: `loti cycle close {from}` grades what it holds, and carries over what was not \
             finished"
        ));
    }
    Ok(exit)
}

/// Refuses to give a cycle that is there already other days than it has.
fn already_there(plan: &Plan, args: &StartArgs, from: &Id, id: &Id) -> anyhow::Result<()> {
    anyhow::ensure!(from != id, "a cycle does not follow itself");
    let (old, new) = (&plan.cycles[from], &plan.cycles[id]);
    if let Some(day) = new.closed {
        anyhow::bail!("cycle.{id} was closed on {day}: it cannot be started again");
    }
    anyhow::ensure!(
        new.start >= old.end,
        "cycle.{id} begins on {}, before cycle.{from} ends, on {}: it does not follow it",
        new.start,
        old.end
    );
    anyhow::ensure!(
        args.name.is_none() && args.start.is_none() && args.end.is_none(),
        "there is already a cycle `{id}`\n\
         hint: `loti set cycle.{id} start=DATE end=DATE` changes it"
    );
    Ok(())
}

fn new(plan: &Plan, args: &StartArgs, from: &Id) -> anyhow::Result<NewCycle> {
    let id = free(plan, TableName::Cycle, &args.id)?;
    let usual = plan
        .cycles
        .get(from)
        .and_then(|old| following(plan, from, old));
    let usual = usual.context("no day follows the last of that cycle")?;
    let start = args.start.unwrap_or(usual.start);
    let end = args
        .end
        .or_else(|| usual.end_from(start))
        .context("no cycle can end that late")?;
    anyhow::ensure!(
        start < end,
        "a cycle ends after it starts: {start} to {end}"
    );
    let name = args.name.clone().or(usual.name).with_context(|| {
        format!("no name can be made from that of cycle.{from}\nhint: `--name \"…\"` gives one")
    })?;
    Ok(NewCycle {
        id: Some(id),
        name: Some(name),
        start,
        end,
    })
}
