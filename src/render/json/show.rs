use std::io;

use chrono::NaiveDate;
use serde::Serialize;

use super::VERSION;
use super::cycles::JsonCycle;
use super::key_result::{JsonDated, KeyResult, day};
use super::keys::Keys;
use super::rollup::JsonRollup;
use super::write::write;
use crate::model::{Id, Office, Plan, Reference, Visibility};
use crate::view::{Detail, DetailKind, Part, Row};

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
    in_force: Option<InForce<'a>>,
    #[serde(flatten)]
    standing: Option<JsonStanding<'a>>,
    #[serde(flatten)]
    body: Body<'a>,
}

#[derive(Serialize)]
struct NamedBy {
    address: String,
    key: &'static str,
}

/// Who holds the offices, inherited or not, and how widely it may be shown.
#[derive(Serialize)]
struct InForce<'a> {
    owner: Option<&'a str>,
    reviewer: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    visibility: Option<&'static str>,
}

/// What the key results below, or in somebody's hands, say together.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct JsonStanding<'a> {
    #[serde(flatten)]
    rollup: JsonRollup,
    /// The ids of what stands directly below, in the cycle; a person has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    below: Option<Vec<&'a str>>,
    /// The id of the cycle that the figures are of.
    in_cycle: &'a str,
    /// How many dates are past, milestones included.
    overdue: usize,
    next: Option<JsonDated<'a>>,
    /// How many more are due on that day.
    next_more: usize,
    last_due: Option<String>,
    /// How many more key results are open in other cycles and in the backlog.
    elsewhere: usize,
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
        /// Whether it is the one that is looked at where nobody names another.
        current: bool,
        keys: Option<Keys<'a>>,
    },
    Person {
        /// The ids of the key results of the cycle that they answer for, inherited or not.
        owns: Vec<&'a str>,
        /// The ids of those whose check-ins they read.
        reviews: Vec<&'a str>,
        keys: Option<Keys<'a>>,
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
        let address = &detail.address;
        let table = address.table();
        Self {
            address: address.to_string(),
            table: table.root().unwrap_or(table.noun()),
            named_by: detail.named_by.iter().map(NamedBy::new).collect(),
            in_force: InForce::new(plan, detail),
            standing: JsonStanding::new(detail),
            body: Body::new(plan, detail, today),
        }
    }
}

impl<'a> InForce<'a> {
    /// A key result says the same among its own fields.
    fn new(plan: &'a Plan, detail: &Detail<'a>) -> Option<Self> {
        let visibility = match &detail.kind {
            DetailKind::Objective(own, ..) => Some(plan.objective_visibility(own)),
            DetailKind::Theme(own, ..) => Some(own.visibility.unwrap_or(Visibility::Public)),
            DetailKind::Plan(..) => None,
            _ => return None,
        };
        let holder = |office| plan.holder(office, &detail.address).map(|(id, _)| id);
        Some(Self {
            owner: holder(Office::Owner),
            reviewer: holder(Office::Reviewer),
            visibility: visibility.map(Visibility::word),
        })
    }
}

impl<'a> JsonStanding<'a> {
    fn new(detail: &'a Detail<'a>) -> Option<Self> {
        let ids = |parts: &'a [Part<'a>]| {
            let ids = parts.iter().filter_map(|part| part.address.id());
            Some(ids.map(Id::as_str).collect())
        };
        let (standing, below) = match &detail.kind {
            DetailKind::Objective(_, standing, rows) => (standing, Some(row_ids(rows))),
            DetailKind::Theme(_, standing, parts)
            | DetailKind::Plan(standing, parts)
            | DetailKind::Cycle(standing, parts) => (standing, ids(parts)),
            DetailKind::Person(work) => (&work.standing, None),
            DetailKind::KeyResult(_) | DetailKind::Other => return None,
        };
        let days = &standing.days;
        Some(Self {
            rollup: JsonRollup::new(standing.rollup),
            below,
            in_cycle: standing.cycle.id.as_str(),
            overdue: days.overdue,
            next: days.next.as_ref().map(JsonDated::new),
            next_more: days.next_more,
            last_due: days.last.map(day),
            elsewhere: standing.elsewhere,
        })
    }
}

impl<'a> Body<'a> {
    fn new(plan: &'a Plan, detail: &'a Detail<'a>, today: NaiveDate) -> Self {
        let keys = plan.table(&detail.address).map(Keys);
        match &detail.kind {
            DetailKind::KeyResult(row) => Self::KeyResult {
                key_result: Box::new(KeyResult::new(plan, row, today)),
            },
            DetailKind::Cycle(standing, _) => Self::Cycle {
                cycle: JsonCycle::new(&standing.cycle),
                current: plan.current_cycle(today) == Some(standing.cycle.id),
                keys,
            },
            DetailKind::Person(work) => Self::Person {
                owns: row_ids(&work.owns),
                reviews: row_ids(&work.reviews),
                keys,
            },
            _ => Self::Other { keys },
        }
    }
}

fn row_ids<'a>(rows: &[Row<'a>]) -> Vec<&'a str> {
    rows.iter().map(|row| row.id.as_str()).collect()
}

impl NamedBy {
    fn new(reference: &Reference) -> Self {
        Self {
            address: reference.at.to_string(),
            key: reference.key,
        }
    }
}
