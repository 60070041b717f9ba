use std::fmt::Write as _;
use std::io;

use chrono::NaiveDate;
use indexmap::IndexSet;

use super::dates::{date, days_left, short_date, stage};
use super::look::{Look, Tone, one_line};
use super::table::{Cell, Column, Table};
use super::wrapped::wrapped;
use crate::model::Stage;
use crate::view::{CycleLine, Days, DaysGroup, GroupBy, NextDate};

/// Writes how many days are left: the cycle's own, then those of each theme, objective or owner.
pub fn days(
    out: &mut dyn io::Write,
    days: &Days<'_>,
    today: NaiveDate,
    look: Look,
) -> io::Result<()> {
    wrapped(out, "", &heading(&days.cycle, look), look)?;
    if days.groups.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    let is_over = days.cycle.is_over();
    let lasts: IndexSet<_> = days.groups.iter().map(|group| group.last).collect();
    // What is the same in every row is said once.
    let has_lasts = lasts.len() > 1;
    let mut columns = vec![
        Column::flexible(match days.by {
            GroupBy::Theme => "theme",
            GroupBy::Objective => "objective",
            GroupBy::Owner => "owner",
        }),
        Column::right("open"),
        Column::right("overdue"),
    ];
    if !is_over {
        columns.push(Column::right("near"));
        columns.push(Column::flexible("next"));
    }
    if has_lasts {
        columns.push(Column::left("last"));
    }
    let mut table = Table::titled(columns);
    for group in &days.groups {
        let tone = if group.overdue > 0 && !is_over {
            Tone::Bad
        } else {
            Tone::Plain
        };
        let mut cells = vec![
            one_line(group.name).into_owned().into(),
            group.open.to_string().into(),
            Cell::toned(tone, group.overdue.to_string()),
        ];
        if !is_over {
            cells.push(group.due_within.to_string().into());
            let next = next_date(group, today);
            cells.push(next.unwrap_or_else(|| look.dash().to_owned()).into());
        }
        if has_lasts {
            let last = group.last.map(|day| short_date(day, today));
            cells.push(last.unwrap_or_default().into());
        }
        table.row(cells);
    }
    table.write(out, look)?;
    writeln!(out)?;
    let near = match days.within {
        0 => "today".to_owned(),
        within => format!(
            "within {}",
            crate::text::count(usize::try_from(within).unwrap_or_default(), "day")
        ),
    };
    let mut said = if is_over {
        "Milestones count beside their key results.".to_owned()
    } else {
        format!("Near is {near}; milestones count beside their key results.")
    };
    // The cycle's own end stands at the top.
    let end = days.cycle.cycle.map(|cycle| cycle.end);
    if let [Some(last)] = lasts.into_iter().collect::<Vec<_>>()[..]
        && end != Some(last)
    {
        let _ = write!(said, " The last day is {}.", date(last));
    }
    if let Some(next) = what_next(&days.cycle) {
        let _ = write!(said, " {next}");
    }
    wrapped(out, "", &said, look)
}

/// Returns a cycle and its days in a line.
pub(super) fn heading(line: &CycleLine<'_>, look: Look) -> String {
    let name = line
        .cycle
        .map_or("backlog".into(), |cycle| one_line(&cycle.name));
    format!("{name}{}{}", look.dot(), when_in(line))
}

/// Returns where to read what to do about a cycle that is over and not closed.
pub(super) fn what_next(line: &CycleLine<'_>) -> Option<&'static str> {
    matches!(line.stage, Some(Stage::Ended(_))).then_some("`loti status` says what to do next.")
}

/// Returns where the day lies in a cycle, with the day it is reckoned from.
pub(super) fn when_in(line: &CycleLine<'_>) -> String {
    let Some((cycle, at)) = line.cycle.zip(line.stage) else {
        return "not scheduled".to_owned();
    };
    match at {
        Stage::Running(1..) => format!("{} (to {})", stage(at), date(cycle.end)),
        Stage::Running(_) | Stage::Ended(_) => format!("{} (on {})", stage(at), date(cycle.end)),
        Stage::Ahead(_) => format!("{} (on {})", stage(at), date(cycle.start)),
        Stage::Closed => stage(at),
    }
}

/// Returns the next thing due: when, what, of which key result, and how many more that day.
pub(super) fn next_date(group: &DaysGroup<'_>, today: NaiveDate) -> Option<String> {
    let next = group.next.as_ref()?;
    let when = when(next, today);
    let of = next.milestone.map_or("", |_| "step of ");
    let more = match group.next_more {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let title = one_line(next.title);
    Some(format!("{when}: {title} ({of}{}){more}", next.id))
}

fn when(next: &NextDate<'_>, today: NaiveDate) -> String {
    match next.days_left {
        0 => "today".to_owned(),
        days => format!("{}, {}", short_date(next.due, today), days_left(days)),
    }
}
