use std::io;

use chrono::NaiveDate;

use super::dates::{date, days_left, short_date, stage};
use super::look::{Look, Tone, mark, one_line, percent, status_words, tone};
use super::table::{Cell, Column, Table};
use crate::model::{Id, Measure, OnTrack, Stage, Status};
use crate::text::{count, shorten, width};
use crate::view::{Board, First, FirstKind, ObjectiveGroup, Row, ThemeGroup};

/// How many dated things a reason lists before it says how many more there are.
const MOST_DATED: usize = 3;

/// Writes the status board: what comes first, the themes' counts, then the plan.
pub fn status(
    out: &mut dyn io::Write,
    board: &Board<'_>,
    today: NaiveDate,
    look: Look,
) -> io::Result<()> {
    heading(out, board, look)?;
    if board.cycle.is_over() {
        over(out, board, look)?;
    }
    if !board.first.is_empty() {
        first(out, board, today, look)?;
    }
    themes(out, board, look)?;
    plan(out, board, today, look)
}

fn heading(out: &mut dyn io::Write, board: &Board<'_>, look: Look) -> io::Result<()> {
    let name = one_line(&board.plan.name);
    let cycle = board
        .cycle
        .cycle
        .map_or("backlog".into(), |cycle| one_line(&cycle.name));
    let days = match (board.cycle.stage, board.cycle.cycle) {
        (Some(at), Some(cycle)) => match at {
            Stage::Running(_) => format!("{} (to {})", stage(at), date(cycle.end)),
            Stage::Ahead(_) => format!("{} ({})", stage(at), date(cycle.start)),
            _ => stage(at),
        },
        _ => "not scheduled".to_owned(),
    };
    let left = format!("{name}{}{cycle}", look.dot());
    let space = look.width.map_or(4, |columns| {
        columns.saturating_sub(width(&left) + width(&days)).max(2)
    });
    let fits = look
        .width
        .is_none_or(|columns| width(&left) + 2 + width(&days) <= columns);
    if fits {
        writeln!(
            out,
            "{}{}{}",
            look.paint(Tone::Strong, &left),
            " ".repeat(space),
            look.paint(Tone::Strong, &days)
        )?;
    } else {
        wrapped(out, "", &left, look)?;
        writeln!(out, "{}", look.paint(Tone::Strong, &days))?;
    }
    let mut facts = vec![board.rollup.counts.describe()];
    if board.rollup.progress.is_some() {
        facts.push(format!("progress {}", percent(board.rollup.progress, look)));
    }
    if let (Some(gone), Some(Stage::Running(_))) = (board.cycle.gone, board.cycle.stage) {
        facts.push(format!("{} of the time gone", percent(Some(gone), look)));
    }
    wrapped(out, "", &facts.join(look.dot()), look)
}

/// Says of a cycle that is over what to do next, once.
fn over(out: &mut dyn io::Write, board: &Board<'_>, look: Look) -> io::Result<()> {
    let open = board.rollup.counts.open();
    let id = board.cycle.id;
    let close = format!("`loti set cycle.{id} closed=DATE`");
    let words = match board.cycle.stage {
        Some(Stage::Ended(_)) if open > 0 => format!(
            "This cycle is over with {} open. Say how each one ended (`loti set 3 done`, `loti set \
             4 dropped -m \"why\"`), then close it: {close}.",
            count(open, "key result")
        ),
        Some(Stage::Ended(_)) => {
            format!("This cycle is over and nothing is open. Close it: {close}.")
        }
        _ => "This cycle is closed: what it holds stays as it is.".to_owned(),
    };
    writeln!(out)?;
    wrapped(out, "", &words, look)
}

fn first(
    out: &mut dyn io::Write,
    board: &Board<'_>,
    today: NaiveDate,
    look: Look,
) -> io::Result<()> {
    writeln!(out, "\n{}", look.paint(Tone::Strong, "FIRST"))?;
    let mut table = Table::plain(vec![Column::left(""), Column::flexible("")], 2);
    for reason in &board.first {
        for (label, tone, words) in reason_lines(board, reason, today, look) {
            table.row(vec![Cell::toned(tone, label), words.into()]);
        }
    }
    table.write(out, look)
}

fn reason_lines(
    board: &Board<'_>,
    reason: &First<'_>,
    today: NaiveDate,
    look: Look,
) -> Vec<(String, Tone, String)> {
    let (label, tone) = match reason.kind {
        FirstKind::Overdue => ("overdue", Tone::Bad),
        FirstKind::Today => ("today", Tone::Warn),
        FirstKind::OffTrack => ("off track", Tone::Bad),
        FirstKind::AtRisk => ("at risk", Tone::Warn),
        FirstKind::Next => ("next", Tone::Plain),
        FirstKind::Behind => ("on track?", Tone::Warn),
        FirstKind::LateToStart => ("late to start", Tone::Warn),
        FirstKind::Asks => ("asks you", Tone::Plain),
        FirstKind::Stale => ("not heard of", Tone::Plain),
    };
    if !reason.dated.is_empty() {
        let mut lines: Vec<_> = reason
            .dated
            .iter()
            .take(MOST_DATED)
            .map(|dated| {
                let when = match reason.kind {
                    FirstKind::Today => String::new(),
                    FirstKind::Overdue => format!(" ({})", days_left(dated.days_left)),
                    _ => format!(" ({})", short_date(dated.due, today)),
                };
                let words = format!("{}  {}{when}", dated.id, one_line(dated.title));
                (label.to_owned(), tone, words)
            })
            .collect();
        if reason.dated.len() > MOST_DATED {
            let more = reason.dated.len() - MOST_DATED;
            lines.push((String::new(), tone, format!("and {more} more: `loti days`")));
        }
        return lines;
    }
    let words = match reason.kind {
        FirstKind::Behind => format!(
            "{}: progress is behind the time gone",
            ids(&reason.ids, look)
        ),
        FirstKind::LateToStart => {
            format!(
                "{}: not started, over half the time gone",
                ids(&reason.ids, look)
            )
        }
        FirstKind::Asks => format!("{}: see `loti list --asks`", ids(&reason.ids, look)),
        FirstKind::Stale => format!(
            "{}: no check-in for longer than agreed",
            ids(&reason.ids, look)
        ),
        _ => match reason.ids.as_slice() {
            [one] => {
                let title = board
                    .plan
                    .key_results
                    .get(*one)
                    .map_or("", |own| own.short_title());
                format!("{one}  {}", one_line(title))
            }
            several => ids(several, look),
        },
    };
    vec![(label.to_owned(), tone, words)]
}

fn ids(ids: &[&Id], look: Look) -> String {
    const MOST: usize = 20;
    let mut words: Vec<&str> = ids.iter().take(MOST).map(|id| id.as_str()).collect();
    if ids.len() > MOST {
        words.push(look.ellipsis());
    }
    match ids.len() {
        0..=2 => words.join(", "),
        all => format!("{} ({all})", words.join(", ")),
    }
}

fn themes(out: &mut dyn io::Write, board: &Board<'_>, look: Look) -> io::Result<()> {
    writeln!(out, "\n{}", look.paint(Tone::Strong, "THEMES"))?;
    let columns = vec![
        Column::flexible(""),
        Column::flexible(""),
        Column::left(""),
        Column::right(""),
    ];
    let mut table = Table::plain(columns, 2);
    for ThemeGroup { theme, rollup, .. } in &board.themes {
        let name = theme
            .short
            .as_deref()
            .filter(|_| is_narrow(look))
            .unwrap_or(&theme.name);
        let bar = rollup
            .progress
            .filter(|_| look.width.is_none_or(|columns| columns >= 100))
            .map_or(String::new(), |progress| look.bar(progress, 10));
        table.row(vec![
            one_line(name).into_owned().into(),
            rollup.counts.describe().into(),
            bar.into(),
            percent(rollup.progress, look).into(),
        ]);
    }
    table.drop_empty();
    table.write(out, look)
}

fn plan(
    out: &mut dyn io::Write,
    board: &Board<'_>,
    today: NaiveDate,
    look: Look,
) -> io::Result<()> {
    let shared = Shared::of(board);
    let mut table = Table::plain(
        vec![
            Column::right(""),
            Column::left(""),
            Column::right(""),
            Column::flexible(""),
        ],
        2,
    );
    for theme in &board.themes {
        if theme.objectives.iter().all(|group| group.rows.is_empty()) && board.hidden > 0 {
            continue;
        }
        table.heading(String::new());
        let name = one_line(&theme.theme.name).to_uppercase();
        table.heading(look.paint(Tone::Strong, &cut(&name, look)));
        for group in &theme.objectives {
            if group.rows.is_empty() && board.hidden > 0 {
                continue;
            }
            table.heading(look.paint(Tone::Strong, &cut(&objective_line(group), look)));
            if group.rows.is_empty() {
                table.heading(look.paint(Tone::Faint, "  no key results yet"));
            }
            for row in &group.rows {
                table.row(cells(board, row, &shared, today, look));
            }
        }
    }
    table.drop_empty();
    table.write(out, look)?;
    let said = shared.said(board);
    if !said.is_empty() || board.hidden > 0 {
        writeln!(out)?;
    }
    if board.hidden > 0 {
        let hidden = count(board.hidden, "key result");
        let text = format!("{hidden} hidden; the counts are of the whole plan.");
        writeln!(out, "{}", look.paint(Tone::Faint, &text))?;
    }
    if said.is_empty() {
        return Ok(());
    }
    wrapped(out, "", &said, look)
}

fn objective_line(group: &ObjectiveGroup<'_>) -> String {
    let name = one_line(&group.objective.name);
    let mark = group
        .objective
        .visibility
        .and_then(mark)
        .map(|mark| format!(" {mark}"));
    format!("{name}{}", mark.unwrap_or_default())
}

/// What is the same on nearly every row, and so said once.
struct Shared<'a> {
    owner: Option<&'a str>,
    due: Option<NaiveDate>,
}

impl<'a> Shared<'a> {
    fn of(board: &Board<'a>) -> Self {
        Self {
            owner: board.plan.owner.as_deref(),
            // Of an ended cycle the head says it.
            due: (!board.cycle.is_over())
                .then(|| board.cycle.cycle.map(|cycle| cycle.end))
                .flatten(),
        }
    }

    fn said(&self, board: &Board<'_>) -> String {
        let due = self.due.map(|due| format!("due {}", date(due)));
        let owner = self
            .owner
            .map(|owner| format!("owned by {}", one_line(board.plan.person_name(owner))));
        let facts: Vec<_> = due.into_iter().chain(owner).collect();
        if facts.is_empty() || board.rows().next().is_none() {
            return String::new();
        }
        format!(
            "Everything is {} unless its row says otherwise.",
            facts.join(" and ")
        )
    }
}

fn cells(
    board: &Board<'_>,
    row: &Row<'_>,
    shared: &Shared<'_>,
    today: NaiveDate,
    look: Look,
) -> Vec<Cell> {
    let progress = match row.progress {
        Some(_) => percent(row.progress, look),
        None => row.figure().map_or_else(
            || look.dash().to_owned(),
            |figure| one_line(&figure).into_owned(),
        ),
    };
    let title = one_line(if is_wide(look) {
        &row.key_result.title
    } else {
        row.key_result.short_title()
    });
    let mut said = title.into_owned();
    let remarks = remarks(board, row, shared, today, look);
    if !remarks.is_empty() {
        said = format!("{said}{}{remarks}", look.dot());
    }
    if row.status.is_trouble()
        && let Some(note) = row.key_result.last_note()
    {
        let by = note.by.as_deref().map(|by| format!(", {}", one_line(by)));
        let text = one_line(&note.text);
        let text = shorten(&text, 160, look.ellipsis());
        let on = short_date(note.on, today);
        said = format!("{said}\n\"{text}\" ({on}{})", by.unwrap_or_default());
    }
    vec![
        row.id.as_str().into(),
        Cell::toned(
            tone(row.status),
            format!("{} {}", look.sign(row.status), status_words(row.status)),
        ),
        progress.into(),
        said.into(),
    ]
}

/// What is to be said of a row beyond what is said of all.
fn remarks(
    board: &Board<'_>,
    row: &Row<'_>,
    shared: &Shared<'_>,
    today: NaiveDate,
    look: Look,
) -> String {
    let mut remarks = Vec::new();
    if let Some(score) = row.key_result.score {
        remarks.push(format!("scored {score}"));
    }
    let owner = row
        .owner
        .filter(|_| row.owner != shared.owner)
        .map(|owner| one_line(board.plan.person_name(owner)).into_owned());
    if board.cycle.is_over() {
        remarks.extend(owner);
        return remarks.join(look.dot());
    }
    match row.on_track {
        Some(OnTrack::Behind(pace)) => {
            remarks.push(format!(
                "on track? {} points behind",
                (-pace.points).floor()
            ));
        }
        // Said once for all, at the top.
        Some(OnTrack::LateToStart) | None => {}
    }
    if let Some(days) = row.days_overdue {
        remarks.push(days_left(-days));
    } else if row.due != shared.due
        && row.is_open
        && let Some(due) = row.due
    {
        remarks.push(format!("due {}", short_date(due, today)));
    }
    if let Some(step) = row.steps(today).first() {
        let late = if step.days_left < 0 { ", late" } else { "" };
        let id = step.milestone.map_or("", Id::as_str);
        remarks.push(format!("{id} {}{late}", short_date(step.due, today)));
    }
    // Steps are in the progress; a figure in units says more than its percentage.
    if !matches!(row.key_result.measure(), Measure::Steps { .. })
        && row.progress.is_some()
        && row.status != Status::Done
        && let Some(figure) = row.figure()
    {
        remarks.push(one_line(&figure).into_owned());
    }
    remarks.extend(owner);
    if row.key_result.visibility.and_then(mark).is_some() {
        remarks.extend(mark(row.visibility).map(str::to_owned));
    }
    if let Some(days) = row.days_silent {
        remarks.push(format!(
            "not heard of for {}",
            count(days.unsigned_abs() as usize, "day")
        ));
    }
    remarks.join(look.dot())
}

fn is_narrow(look: Look) -> bool {
    look.width.is_some_and(|columns| columns < 80)
}

fn is_wide(look: Look) -> bool {
    look.width.is_none_or(|columns| columns >= 120)
}

fn cut(text: &str, look: Look) -> String {
    match look.width {
        Some(columns) => shorten(text, columns, look.ellipsis()).into_owned(),
        None => text.to_owned(),
    }
}

/// Writes running text, wrapped at words where there is a width.
pub(super) fn wrapped(
    out: &mut dyn io::Write,
    indent: &str,
    text: &str,
    look: Look,
) -> io::Result<()> {
    let Some(columns) = look.width else {
        return writeln!(out, "{indent}{text}");
    };
    let options = textwrap::Options::new(columns.max(20))
        .initial_indent(indent)
        .subsequent_indent(indent);
    for line in textwrap::wrap(text, options) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
