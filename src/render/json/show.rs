use std::io;

use chrono::NaiveDate;
use serde::Serialize;

use super::VERSION;
use super::cycles::JsonCycle;
use super::key_result::{KeyResult, day};
use super::keys::Keys;
use super::rollup::JsonRollup;
use super::write::write;
use crate::model::{Id, Plan, Reference, Rollup, Table};
use crate::view::{Detail, DetailKind};

#[derive(Serialize)]
struct Show<'a> {
    version: u32,
    today: String,
    shown: Vec<Shown<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Shown<'a> {
    address: String,
    /// Which table of the format it is: `kr`, `objective`, `milestone`.
    table: &'static str,
    named_by: Vec<NamedBy>,
    #[serde(flatten)]
    rolled_up: Option<RolledUp<'a>>,
    #[serde(flatten)]
    body: Body<'a>,
}

#[derive(Serialize)]
struct NamedBy {
    address: String,
    key: &'static str,
}

/// What those below say together.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct RolledUp<'a> {
    #[serde(flatten)]
    rollup: JsonRollup,
    /// The ids of what stands directly below, in the cycle.
    below: Vec<&'a str>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Body<'a> {
    KeyResult {
        #[serde(rename = "key-result")]
        key_result: Box<KeyResult<'a>>,
    },
    Cycle {
        cycle: JsonCycle<'a>,
        keys: Keys<'a>,
    },
    Other {
        keys: Option<Keys<'a>>,
    },
}

/// Writes things of the plan whole.
pub fn show(
    out: &mut dyn io::Write,
    plan: &Plan,
    details: &[Detail<'_>],
    today: NaiveDate,
) -> io::Result<()> {
    let json = Show {
        version: VERSION,
        today: day(today),
        shown: details
            .iter()
            .map(|detail| Shown::new(plan, detail, today))
            .collect(),
    };
    write(out, &json)
}

impl<'a> Shown<'a> {
    fn new(plan: &'a Plan, detail: &'a Detail<'a>, today: NaiveDate) -> Self {
        let keys = plan.table(&detail.address).map(Keys);
        let (rolled_up, body) = match &detail.kind {
            DetailKind::KeyResult(row) => {
                let key_result = Box::new(KeyResult::new(plan, row, today));
                (None, Body::KeyResult { key_result })
            }
            DetailKind::Objective(_, rollup, rows) => {
                let below = rows.iter().map(|row| row.id.as_str()).collect();
                (Some(RolledUp::new(*rollup, below)), Body::Other { keys })
            }
            DetailKind::Theme(_, rollup, objectives) => {
                let below = objectives.iter().map(|(id, ..)| Id::as_str(id)).collect();
                (Some(RolledUp::new(*rollup, below)), Body::Other { keys })
            }
            DetailKind::Cycle(line) => match line.cycle {
                Some(own) => {
                    let cycle = JsonCycle::new(line);
                    let keys = Keys(own as &dyn Table);
                    (None, Body::Cycle { cycle, keys })
                }
                None => (None, Body::Other { keys }),
            },
            DetailKind::Other => (None, Body::Other { keys }),
        };
        let table = detail.address.table();
        Self {
            address: detail.address.to_string(),
            table: table.root().unwrap_or(table.noun()),
            named_by: detail.named_by.iter().map(NamedBy::new).collect(),
            rolled_up,
            body,
        }
    }
}

impl<'a> RolledUp<'a> {
    fn new(rollup: Rollup, below: Vec<&'a str>) -> Self {
        Self {
            rollup: JsonRollup::new(rollup),
            below,
        }
    }
}

impl NamedBy {
    fn new(reference: &Reference) -> Self {
        Self {
            address: reference.at.to_string(),
            key: reference.key,
        }
    }
}
