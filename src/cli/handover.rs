use clap::Args;

use super::plan_file::unknown;
use super::write::{WriteArgs, change};
use super::{Exit, Global, World};
use crate::change::Change;
use crate::model::{Address, Plan, TableName, Value};

/// Give one owner's open work to another
///
/// Rewrites `owner` on open key results, on objectives, themes and the plan. Finished work and old
/// notes stay as they were.
///
///   loti handover ana ben
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct HandoverArgs {
    /// Who hands over
    #[arg(value_name = "FROM")]
    from: String,
    /// Who takes over
    #[arg(value_name = "TO")]
    to: String,
    #[command(flatten)]
    write: WriteArgs,
}

pub(super) fn run(world: &mut World, _: &Global, args: &HandoverArgs) -> anyhow::Result<Exit> {
    let today = world.today;
    change(world, &args.write, |document| {
        let plan = &document.plan;
        for id in [&args.from, &args.to] {
            if !plan.persons.is_empty() && !plan.persons.contains_key(id.as_str()) {
                return Err(unknown(plan, TableName::Person, id));
            }
        }
        let owned = |at: &Address| {
            let owner = plan.table(at).and_then(|table| table.get("owner"));
            owner == Some(Value::from(args.from.as_str())) && is_open(plan, at, today)
        };
        let changes: Vec<_> = plan
            .addresses()
            .filter(owned)
            .map(|at| Change::Set {
                at,
                key: "owner".to_owned(),
                value: Some(Value::from(args.to.as_str())),
            })
            .collect();
        // Whose the key results of closed cycles were is spelt out where it would change with it.
        let closed = plan.key_results.iter().filter(|(_, own)| {
            let is_closed = plan
                .cycle_of(own)
                .is_some_and(|cycle| cycle.closed.is_some());
            is_closed && own.owner.is_none() && plan.owner_of(own) == Some(args.from.as_str())
        });
        let spelt_out = closed.map(|(id, _)| Change::Set {
            at: Address::KeyResult(id.clone()),
            key: "owner".to_owned(),
            value: Some(Value::from(args.from.as_str())),
        });
        let spelt_out: Vec<_> = spelt_out.collect();
        anyhow::ensure!(
            !changes.is_empty(),
            "`{}` owns nothing that is open",
            args.from
        );
        Ok([spelt_out, changes].concat())
    })
}

fn is_open(plan: &Plan, at: &Address, today: chrono::NaiveDate) -> bool {
    match at {
        Address::KeyResult(id) => plan
            .key_results
            .get(id)
            .is_some_and(|own| plan.is_open(own, today)),
        other => matches!(
            other.table(),
            TableName::Objective | TableName::Theme | TableName::Plan
        ),
    }
}
