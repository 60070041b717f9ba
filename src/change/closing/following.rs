use chrono::{Days, Months, NaiveDate};

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

/// Counts the last number of a text up: `y3q1` to `y3q2`, and a fourth quarter to the first of the
/// number before it.
fn next_number(text: &str) -> Option<String> {
    let (before, number, after) = last_number(text)?;
    let quarter = before
        .trim_end_matches([' ', '-', '_'])
        .to_ascii_lowercase();
    let is_quarter = quarter.ends_with('q') || quarter.ends_with("quarter");
    if is_quarter && number == 4 {
        let (first, year, between) = last_number(before)?;
        return Some(format!("{first}{}{between}1{after}", year.checked_add(1)?));
    }
    Some(format!("{before}{}{after}", number.checked_add(1)?))
}

/// Parts a text at the last number in it.
fn last_number(text: &str) -> Option<(&str, u32, &str)> {
    let is_digit = |c: char| c.is_ascii_digit();
    let end = text.rfind(is_digit)? + 1;
    let start = text[..end].trim_end_matches(is_digit).len();
    let number = &text[start..end];
    // Zeros before it would be lost.
    let is_plain = number.len() == 1 || !number.starts_with('0');
    Some((&text[..start], number.parse().ok()?, &text[end..])).filter(|_| is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_number_is_that_of_the_next_quarter() {
        for (text, next) in [
            ("y3q1", Some("y3q2")),
            ("y3q4", Some("y4q1")),
            ("2024-q4", Some("2025-q1")),
            ("Year 3, Quarter 1", Some("Year 3, Quarter 2")),
            ("Year 3, Quarter 4", Some("Year 4, Quarter 1")),
            ("Q4", None),
            ("sprint-9", Some("sprint-10")),
            ("week-09", None),
            ("spring", None),
            ("4294967295", None),
        ] {
            assert_eq!(next_number(text).as_deref(), next, "{text}");
        }
    }

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
