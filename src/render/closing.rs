use std::fmt::Write as _;
use std::io;

use indexmap::IndexMap;

use super::dates::{date, short_date};
use super::look::{Look, one_line, percent, status_words};
use super::table::{Column, Table};
use super::wrapped::wrapped;
use crate::change::closing::{Answer, Answers, Fate};
use crate::model::{Id, Status};
use crate::text::{count, join, shorten};
use crate::view::{Closing, ClosingAsk, ClosingRow};

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

/// Returns what is asked, and between brackets what nothing at all would take.
pub fn closing_ask(closing: &Closing<'_>, ask: &ClosingAsk, again: Option<&str>) -> String {
    fn shown<T: ToString>(own: Option<&T>) -> Option<String> {
        own.map(ToString::to_string)
    }
    let id = closing.cycle.id;
    let (question, usual) = match ask {
        ClosingAsk::Fate => (
            "What becomes of it? [c]arry over, [d]one, [e]nd as it stands, d[r]op".to_owned(),
            None,
        ),
        ClosingAsk::Grade(proposed) => ("Its grade, 0 to 1".to_owned(), shown(proposed.as_ref())),
        ClosingAsk::WhyGrade(own, usual) => (format!("Why {own}, when {usual} is proposed?"), None),
        ClosingAsk::WhyEnd => ("Why does it end here?".to_owned(), None),
        ClosingAsk::WhyDrop => ("Why is it given up?".to_owned(), None),
        ClosingAsk::Target(current, target) => {
            let question =
                format!("It stands at {current}, its target is {target}. What is the next one?");
            (question, None)
        }
        ClosingAsk::Next(known) => {
            let question = "Carry over into which cycle? `later` is the backlog";
            (question.to_owned(), shown(known.as_ref()))
        }
        ClosingAsk::NextName(new, usual) => {
            let question = format!("cycle.{new} is new. What is it called?");
            (question, usual.clone())
        }
        ClosingAsk::NextStart(usual) => ("Its first day?".to_owned(), shown(usual.as_ref())),
        ClosingAsk::NextEnd(usual) => ("Its last day?".to_owned(), shown(usual.as_ref())),
        ClosingAsk::Lesson => {
            let question = format!("What did the team learn? A note on cycle.{id}");
            (question, Some("none".to_owned()))
        }
    };
    let usual = again.map(str::to_owned).or(usual);
    let usual = usual.map_or_else(String::new, |usual| format!(" [{}]", one_line(&usual)));
    let end = if question.ends_with('?') { "" } else { ":" };
    format!("{question}{usual}{end}")
}

/// Returns what can be answered to a question, line by line.
pub fn closing_help(ask: &ClosingAsk) -> &'static [&'static str] {
    match ask {
        ClosingAsk::Fate => &[
            "c, carry: a new key result of the next cycle goes on from where this one stands",
            "d, done: it was finished after all, if not in the file",
            "e, end: it ends as it stands, graded, and nothing follows",
            "r, drop: it is given up, and not graded",
        ],
        ClosingAsk::Grade(Some(_)) => &[
            "how much of it was reached: 0.7, or 70 %; the one in [ ] is its progress",
            "another needs a word why, which is kept as a note",
        ],
        ClosingAsk::Grade(None) => &[
            "how much of it was reached: 0.7, or 70 %; nothing is measured here, so none is proposed",
        ],
        ClosingAsk::WhyGrade(..) => {
            &["a line, kept as a note; Enter takes the one that is proposed"]
        }
        ClosingAsk::WhyEnd | ClosingAsk::WhyDrop => &["a line, kept as a note of the key result"],
        ClosingAsk::Target(..) => {
            &["a number: the new key result goes from where this one stands to there"]
        }
        ClosingAsk::Next(_) => &[
            "the id of a cycle of the plan; of a new one, which is asked about then; or `later`, for \
             what nobody has planned yet",
        ],
        ClosingAsk::NextName(..) => &["as it stands in reports, such as Year 3, Quarter 2"],
        ClosingAsk::NextStart(_) | ClosingAsk::NextEnd(_) => &["a day such as 2021-10-16"],
        ClosingAsk::Lesson => &["a line, kept as a note of the cycle; Enter for none"],
    }
}

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
