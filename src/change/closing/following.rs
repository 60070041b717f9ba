use chrono::{Days, Months, NaiveDate};

use super::counting::next_number;
use crate::change::Change;
use crate::model::{Address, Cycle, Id, Plan, Value};

/// A cycle that is not in the plan yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCycle {
    /// Its id, where one is known.
    pub id: Option<Id>,
    /// What it is called, where that is known.
    pub name: Option<String>,
    /// Its first day.
    pub start: NaiveDate,
    /// Its last day.
    pub end: NaiveDate,
}

/// Returns the cycle that would follow another: from the day after it on, as long in months, under
/// the next number.
pub fn following(plan: &Plan, id: &Id, cycle: &Cycle) -> Option<NewCycle> {
    let start = cycle.end.checked_add_days(Days::new(1))?;
    let next = next_number(id.as_str()).and_then(|next| Id::new(&next));
    Some(NewCycle {
        id: next.filter(|next| !plan.cycles.contains_key(next)),
        name: next_number(&cycle.name),
        start,
        end: last_day(cycle, start)?,
    })
}

impl NewCycle {
    /// Returns its last day if it begins on another: it is as long.
    pub fn end_from(&self, start: NaiveDate) -> Option<NaiveDate> {
        self.end.checked_add_signed(start - self.start)
    }

    /// Returns the change that adds it, once its id and name are known.
    pub fn add(&self) -> Option<Change> {
        let values = vec![
            ("name".to_owned(), Value::from(self.name.as_deref()?)),
            ("start".to_owned(), Value::Date(self.start)),
            ("end".to_owned(), Value::Date(self.end)),
        ];
        Some(Change::Add {
            at: Address::Cycle(self.id.clone()?),
            values,
        })
    }
}

/// Writes the only cycle's id into the key results that lack one: with a second cycle, none can do
/// without.
pub fn settle_cycle(plan: &Plan) -> Vec<Change> {
    let Some(only) = plan.cycles.keys().next().filter(|_| plan.cycles.len() == 1) else {
        return Vec::new();
    };
    let lacking = plan
        .key_results
        .iter()
        .filter(|(_, own)| own.cycle.is_none());
    lacking
        .map(|(id, _)| Change::Set {
            at: Address::KeyResult(id.clone()),
            key: "cycle".to_owned(),
            value: Some(Value::from(only.as_str())),
        })
        .collect()
}

/// Returns the last day of a span that begins on a day and is as long as a cycle: in whole months
/// where the cycle is about that, else in days.
fn last_day(cycle: &Cycle, start: NaiveDate) -> Option<NaiveDate> {
    let days = u64::try_from(cycle.length()).ok()?;
    // A quarter from the 15th to the 15th is as long as one that ends on the 14th.
    for slack in [1, 0] {
        let past = cycle.end.checked_add_days(Days::new(slack))?;
        for months in 1..=12 {
            if cycle.start.checked_add_months(Months::new(months)) == Some(past) {
                let past = start.checked_add_months(Months::new(months))?;
                return past.checked_sub_days(Days::new(1));
            }
        }
    }
    start.checked_add_days(Days::new(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cycle_is_followed_by_one_as_long() -> Result<(), chrono::ParseError> {
        for (start, end, next) in [
            ("2021-07-15", "2021-10-15", "2021-10-16 2022-01-15"),
            ("2024-01-01", "2024-03-31", "2024-04-01 2024-06-30"),
            ("2024-01-01", "2024-12-31", "2025-01-01 2025-12-31"),
            ("2024-01-01", "2024-01-14", "2024-01-15 2024-01-28"),
        ] {
            let cycle = Cycle {
                start: start.parse()?,
                end: end.parse()?,
                ..Cycle::default()
            };
            let made = following(&Plan::default(), &Id::default(), &cycle);
            let made = made.map(|made| format!("{} {}", made.start, made.end));
            assert_eq!(made.as_deref(), Some(next));
        }
        Ok(())
    }
}
