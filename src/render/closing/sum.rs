use std::io;

use indexmap::IndexMap;

use crate::change::closing::{Answer, Answers, Fate};
use crate::model::Id;
use crate::render::dates::date;
use crate::render::look::{Look, one_line};
use crate::render::table::{Column, Table};
use crate::render::wrapped::wrapped;
use crate::text::{count, join};
use crate::view::Closing;

/// Writes what the answers come to: each key result in a line with why, how many ended how, and what
/// follows.
pub fn closing_sum(
    out: &mut dyn io::Write,
    closing: &Closing<'_>,
    answers: &Answers,
    look: Look,
) -> io::Result<()> {
    let nothing = Answer::default();
    let mut ends: IndexMap<&str, usize> = IndexMap::new();
    let mut table = Table::plain(
        vec![
            Column::left(""),
            Column::right(""),
            Column::left(""),
            Column::flexible(""),
        ],
        2,
    );
    for row in &closing.rows {
        let own = answers.key_results.get(row.row.id).unwrap_or(&nothing);
        let then = own.then.filter(|_| row.is_asked());
        let end = row.end(then);
        *ends.entry(end).or_default() += 1;
        let proposed = row.grade(then).filter(|_| row.needs_grade(then));
        let grade = own.score.or(proposed);
        let grade = grade.map_or_else(|| look.dash().to_owned(), |grade| grade.to_string());
        table.row(vec![
            format!("kr.{}", row.row.id).into(),
            grade.into(),
            end.into(),
            one_line(row.row.key_result.short_title()).into(),
        ]);
        if let Some(why) = &own.why {
            let why = format!("\"{}\"", one_line(why));
            table.row(vec!["".into(), "".into(), "".into(), why.into()]);
        }
    }
    table.write(out, look)?;
    let ends: Vec<_> = ends
        .iter()
        .map(|(end, number)| format!("{number} {end}"))
        .collect();
    let all = count(closing.rows.len(), "key result");
    let ends = match ends.as_slice() {
        [] => all,
        ends => format!("{all}: {}", join(ends)),
    };
    wrapped(out, "", &ends, look)?;
    let all = answers.key_results.values();
    let is_any_carried = all.into_iter().any(|own| own.then == Some(Fate::Carry));
    if let Some(next) = answers.next.as_ref().filter(|_| is_any_carried) {
        wrapped(out, "", &goes_on(closing, answers, next), look)?;
    }
    if let Some(lesson) = &answers.lesson {
        let lesson = format!("the lesson: \"{}\"", one_line(lesson));
        wrapped(out, "", &lesson, look)?;
    }
    Ok(())
}

/// Says where what is carried over goes.
fn goes_on(closing: &Closing<'_>, answers: &Answers, next: &Id) -> String {
    if next.as_str() == "later" {
        return "what is carried over goes into the backlog".to_owned();
    }
    let usual = closing.usual.as_ref();
    let known = closing.plan.cycles.get(next);
    let name = known.map(|own| &own.name).or(answers.next_name.as_ref());
    let name = name.or(usual.and_then(|own| own.name.as_ref()));
    let name = name.map(|name| format!(", {}", one_line(name)));
    let start = known.map(|own| own.start).or(answers.next_start);
    let start = start.or(usual.map(|own| own.start));
    let end = usual
        .zip(start)
        .and_then(|(own, start)| own.end_from(start));
    let end = known.map(|own| own.end).or(answers.next_end).or(end);
    let days = start
        .zip(end)
        .map(|(start, end)| format!(", {} to {}", date(start), date(end)));
    let new = if known.is_some() { "" } else { "the new " };
    let (name, days) = (name.unwrap_or_default(), days.unwrap_or_default());
    format!("what is carried over goes into {new}cycle.{next}{name}{days}")
}
