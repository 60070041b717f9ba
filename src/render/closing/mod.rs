mod ask;
mod sum;

use std::fmt::Write as _;
use std::io;

pub use ask::{closing_ask, closing_help};
pub use sum::closing_sum;

use super::dates::{date, short_date};
use super::look::{Look, one_line, percent, status_words};
use super::wrapped::wrapped;
use crate::change::closing::Answers;
use crate::model::{Id, Status};
use crate::text::shorten;
use crate::view::{Closing, ClosingRow};

/// What stands above all answers.
const HOW: &str = "\
# then   what becomes of what is open: \"carry\" (a key result of the next cycle goes on from there),
#        \"done\" (it was finished after all), \"end\" (it ends as it stands), \"drop\" (it is given up)
# score  the grade, 0.0 to 1.0; without it the one that is proposed is taken, another needs a why
# why    what to remember, in a note; \"end\" and \"drop\" need it
# id, title and target are those of the key result that carries it on, where others are wanted
";

/// Returns answers about a cycle as a file, with all that is to be known for them beside them.
///
/// Only those key results are there that anything was answered about.
pub fn closing_sheet(closing: &Closing<'_>, answers: &Answers) -> String {
    let id = closing.cycle.id;
    let mut text = String::new();
    let (name, plan) = match closing.cycle.cycle {
        Some(cycle) => (one_line(&cycle.name), one_line(&closing.plan.name)),
        None => return text,
    };
    let stands = closing.rollup.counts.describe();
    let _ = write!(
        text,
        "# Closing cycle.{id}, {name}, of {plan}: {stands}.\n\
         # `loti cycle close {id} --answers FILE` does what is answered here, and with `--dry-run` \
         shows it.\n\
         # At a terminal it asks for what is missing, and puts each answer in here.\n\
         #\n{HOW}"
    );
    let [head, lesson, next] = answers.about_cycle();
    let _ = write!(
        text,
        "\n{head}\n\
         # What the team learnt: a note on the cycle.\n{lesson}\n\
         # Where what is carried over goes: a cycle of the plan, a new one with a name and days, or \
         \"later\".\n{next}"
    );
    for row in &closing.rows {
        if answers.key_results.contains_key(row.row.id) {
            let _ = write!(text, "\n{}", closing_section(closing, answers, row.row.id));
        }
    }
    text
}

/// Returns the answers about a key result as they stand in a file, below what is to be known for them.
pub fn closing_section(closing: &Closing<'_>, answers: &Answers, id: &Id) -> String {
    let row = closing.rows.iter().find(|row| row.row.id == id);
    let (Some(row), Some(answer)) = (row, answers.key_results.get(id)) else {
        return String::new();
    };
    let mut text = format!("# {id}  {}\n", one_line(&row.row.key_result.title));
    for line in facts(closing, row, Look::PLAIN) {
        let _ = writeln!(text, "# {line}");
    }
    let lines = answer.lines(row.is_asked(), row.grade(answer.then));
    let _ = write!(text, "[kr.{id}]\n{lines}");
    text
}

/// Writes what is to be known of a key result before it is asked about, in plain lines.
pub fn closing_card(
    out: &mut dyn io::Write,
    closing: &Closing<'_>,
    row: &ClosingRow<'_>,
    count: &str,
    look: Look,
) -> io::Result<()> {
    let title = one_line(&row.row.key_result.title);
    let head = format!("{count}{}kr.{}  {title}", look.dot(), row.row.id);
    writeln!(out)?;
    wrapped(out, "", &head, look)?;
    for line in facts(closing, row, look) {
        wrapped(out, "  ", &line, look)?;
    }
    Ok(())
}

/// Returns what is to be known of a key result before it is graded, line by line.
fn facts(closing: &Closing<'_>, row: &ClosingRow<'_>, look: Look) -> Vec<String> {
    let own = row.row.key_result;
    let mut stands = vec![status_words(row.row.status)];
    if row.row.progress.is_some() {
        stands.push(percent(row.row.progress, look));
    }
    stands.extend(
        row.row
            .figure()
            .map(|figure| one_line(&figure).into_owned()),
    );
    let unit = own.unit.as_deref().unwrap_or_default();
    let bounds = [("at least", own.at_least), ("at most", own.at_most)];
    let bounds = bounds.into_iter();
    let bounds = bounds.filter_map(|(word, bound)| Some(format!("{word} {}", bound?)));
    let bounds: Vec<_> = bounds.collect();
    if let (false, Some(now)) = (bounds.is_empty(), own.current) {
        let now = format!("{now} {unit}");
        stands.push(format!(
            "{}, {}",
            one_line(now.trim_end()),
            bounds.join(", ")
        ));
    }
    if let Some(due) = own.due {
        stands.push(format!("due {}", short_date(due, closing.today)));
    }
    if let Some(owner) = row.row.owner {
        stands.push(one_line(closing.plan.person_name(owner)).into_owned());
    }
    let mut facts = vec![stands.join(look.dot())];
    let confidence: Vec<_> = row
        .confidence
        .iter()
        .map(|(day, said)| {
            let said = said.map_or_else(|| look.dash().to_owned(), |said| said.to_string());
            match day {
                Some(day) => format!("{said} ({})", short_date(*day, closing.today)),
                None => said,
            }
        })
        .collect();
    if !confidence.is_empty() {
        facts.push(format!("confidence {}", confidence.join(", ")));
    }
    if let Some(note) = own.last_note() {
        let by = note.by.as_deref().map(|by| format!(", {}", one_line(by)));
        let text = one_line(&note.text);
        let text = shorten(&text, 160, look.ellipsis());
        facts.push(format!(
            "\"{text}\" ({}{})",
            date(note.on),
            by.unwrap_or_default()
        ));
    }
    if row.row.status == Status::Dropped {
        facts.push("nothing to answer".to_owned());
    }
    if let Some(new) = row.continued_by {
        facts.push(format!("carried on by kr.{new}"));
    }
    facts
}
