use std::io;

use chrono::NaiveDate;
use indexmap::IndexSet;

use super::dates::{days_left, short_date};
use super::look::{Look, Tone, one_line, status_words, tone};
use super::table::{Cell, Column, Table};
use super::wrapped::wrapped;
use crate::model::Plan;
use crate::text::count;
use crate::view::Due;

/// Which check-ins are due, with what their lines need to know.
#[derive(Debug)]
pub struct DueList<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The key results, the longest overdue first.
    pub due: Vec<Due<'a>>,
    /// The day.
    pub today: NaiveDate,
}

/// Writes which check-ins are due, one to a row.
pub fn due(out: &mut dyn io::Write, list: &DueList<'_>, look: Look) -> io::Result<()> {
    if list.due.is_empty() {
        return Ok(());
    }
    // Who is the same in every row is said once.
    let owners: IndexSet<_> = list.due.iter().map(|due| due.row.owner).collect();
    let has_owners = owners.len() > 1;
    let shared = owners.into_iter().next().flatten();
    let heading = heading(list, shared.filter(|_| !has_owners));
    wrapped(out, "", &heading, look)?;
    writeln!(out)?;
    let mut columns = vec![
        Column::right("id"),
        Column::flexible("key result"),
        Column::left("status"),
        Column::left("heard"),
        Column::left("check-in"),
    ];
    if has_owners {
        columns.insert(2, Column::flexible("owner"));
    }
    let mut table = Table::titled(columns);
    for due in &list.due {
        let row = &due.row;
        let heard = due.heard.map(|day| short_date(day, list.today));
        let late = due.days_late.map(late);
        let mut cells: Vec<Cell<'_>> = vec![
            row.id.as_str().into(),
            one_line(row.key_result.short_title()).into_owned().into(),
            Cell::toned(tone(row.status), status_words(row.status)),
            heard.unwrap_or_else(|| look.dash().to_owned()).into(),
            Cell::toned(
                match due.days_late {
                    Some(1..) => Tone::Warn,
                    _ => Tone::Plain,
                },
                late.unwrap_or_else(|| look.dash().to_owned()),
            ),
        ];
        if has_owners {
            let owner = row
                .owner
                .map_or(look.dash(), |id| list.plan.person_name(id));
            cells.insert(2, one_line(owner).into_owned().into());
        }
        table.row(cells);
    }
    table.write(out, look)
}

/// Says how many check-ins are due, and whose where they are one person's.
fn heading(list: &DueList<'_>, shared: Option<&str>) -> String {
    let now = list.due.iter().filter(|due| due.is_due()).count();
    let other = list.due.len() - now;
    let verb = if now == 1 { "is" } else { "are" };
    let of = shared.map_or(String::new(), |id| {
        format!(" of {}", one_line(list.plan.person_name(id)))
    });
    match (now, other) {
        (_, 0) => format!("{}{of} {verb} due for a check-in", count(now, "key result")),
        (0, _) => format!(
            "No check-in is due; {}{of} to look at",
            count(other, "open key result")
        ),
        _ => format!(
            "{}{of} {verb} due for a check-in; {other} more open",
            count(now, "key result")
        ),
    }
}

/// Returns when a check-in was or will be due, in words.
pub(super) fn late(days_late: i64) -> String {
    match days_late {
        0 => "due today".to_owned(),
        days => days_left(-days),
    }
}
