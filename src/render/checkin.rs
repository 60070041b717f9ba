//! A check-in in lines that are written once and never drawn over, so that a screen reader reads them
//! in their order.

use chrono::NaiveDate;

use super::dates::{days_left, short_date};
use super::due::late;
use super::look::{Look, one_line, percent, status_words};
use crate::model::{Status, days_between};
use crate::text::{count, shorten};
use crate::view::{Ask, Due, Moved, Question};

/// Returns what can be answered to a question, line by line: what it takes, then what any does.
pub fn answers(ask: Ask) -> Vec<String> {
    let own = match ask {
        Ask::Figure => Some("the figure as it is now, such as 300 or 2.5".to_owned()),
        Ask::Steps => Some("the ids or numbers of those that are reached, `1 3`".to_owned()),
        Ask::Status | Ask::Sure => {
            let words = Status::ALL.iter().map(ToString::to_string);
            let words: Vec<_> = words.collect();
            Some(format!(
                "{}; as much of a word as no other begins with",
                words.join(", ")
            ))
        }
        Ask::Confidence => Some("0.7, or 70 %: how likely it is to be reached".to_owned()),
        Ask::Note => Some("a line, kept as a note".to_owned()),
    };
    own.into_iter().chain([ANSWERS.to_owned()]).collect()
}

/// What can be answered to any question.
const ANSWERS: &str = "Enter leaves it as it is, `s` skips the key result and forgets what was \
                           answered of it, `b` goes back a question, `q` stops and shows what would \
                           be saved, `-` takes an answer back; Ctrl-C loses nothing";

/// Returns what is to be known of a key result before anything is asked of it.
pub fn about(question: &Question<'_, '_>, today: NaiveDate, look: Look) -> Vec<String> {
    let due = question.due;
    let row = &due.row;
    let own = row.key_result;
    let mut lines = vec![format!(
        "{} of {}: kr.{}, {}",
        question.number,
        question.of,
        row.id,
        one_line(&own.title)
    )];
    lines.push(format!("  {}", heard(due, today)));
    if let Some(note) = due.note {
        let by = note.by.as_deref().map(|by| format!(", {}", one_line(by)));
        lines.push(format!(
            "  \"{}\" ({}{})",
            shorten(&one_line(&note.text), 300, look.ellipsis()),
            short_date(note.on, today),
            by.unwrap_or_default()
        ));
    }
    let mut stands = vec![status_words(row.status)];
    stands.extend(row.figure().map(|figure| one_line(&figure).into_owned()));
    stands.extend(question.owner.map(|owner| one_line(owner).into_owned()));
    if row.progress.is_some() {
        stands.push(format!("progress {}", percent(row.progress, look)));
    }
    stands.extend(row.pace.map(|pace| in_points(pace.points)));
    if let Some(days) = row.days_left {
        stands.push(match row.due {
            Some(day) if days != 0 => {
                format!("due {}, {}", short_date(day, today), days_left(days))
            }
            _ => "due today".to_owned(),
        });
    }
    lines.push(format!("  {}", stands.join(", ")));
    if question.ask == Ask::Steps || !question.open_steps.is_empty() {
        lines.push("  open milestones:".to_owned());
        for (number, id) in (1..).zip(&question.open_steps) {
            let step = own.milestones.get(*id);
            let name = step.map_or("".into(), |step| one_line(&step.name));
            let day = step.and_then(|step| step.due).map(|day| {
                let left = days_left(days_between(today, day));
                format!(" ({}, {left})", short_date(day, today))
            });
            let day = day.unwrap_or_default();
            lines.push(format!("    {number} {id}: {name}{day}"));
        }
    }
    lines
}

/// Returns what is asked, and between brackets what nothing at all would leave.
pub fn ask(question: &Question<'_, '_>) -> String {
    let own = question.due.row.key_result;
    let answers = question.answers;
    let stands = answers.applied(own);
    match question.ask {
        Ask::Figure => {
            let unit = own
                .unit
                .as_deref()
                .map(|unit| format!(" {}", one_line(unit)));
            let (word, unit) = match own.figure_key() {
                Some("progress") => ("progress", Some(" %".to_owned())),
                _ => ("figure", unit),
            };
            let figure = stands.figure_now().map_or_else(
                || "unknown".to_owned(),
                |figure| format!("{figure}{}", unit.unwrap_or_default()),
            );
            format!("  {word} now? [{figure}]")
        }
        Ask::Steps => {
            let made: Vec<_> = answers.steps.iter().map(ToString::to_string).collect();
            let made = if made.is_empty() {
                "none".to_owned()
            } else {
                made.join(", ")
            };
            format!("  milestones reached since? [{made}]")
        }
        Ask::Status => format!("  status? [{}]", stands.status()),
        Ask::Sure => format!("  still {status}? [{status}]", status = stands.status()),
        Ask::Confidence => {
            let confidence = stands.confidence.map(|own| own.0);
            format!(
                "  confidence to reach it, 0 to 1? [{}]",
                confidence.map_or_else(|| "not said".to_owned(), |own| own.to_string())
            )
        }
        Ask::Note => {
            let why = match answers.status {
                Some(status) if status.is.is_trouble() || !status.is.is_open() => {
                    format!(", and why it is {}", status_words(status.is))
                }
                _ => String::new(),
            };
            let said = answers.note.as_deref();
            let said = said.map_or("nothing".into(), one_line);
            format!("  in a line, what happened{why}? [{said}]")
        }
    }
}

/// Returns what is to be known before a question is asked, if anything is: why a status is asked for
/// again.
pub fn remark(question: &Question<'_, '_>) -> Option<String> {
    if question.ask != Ask::Sure {
        return None;
    }
    let own = question.answers.applied(question.due.row.key_result);
    let status = status_words(own.status());
    if let (Status::Done, Some((current, target))) = (own.status(), own.falls_short()) {
        return Some(format!(
            "  it stands at {current}, and its target is {target}; if it is {status} all the same, a \
             line below says why"
        ));
    }
    let pace = question.pace?;
    let reads = pace.suggests.map(status_words).unwrap_or_default();
    Some(format!(
        "  its progress is {}, which looks {reads}; you know more than its figures do, and if it is \
         {status} all the same, a line below says why",
        in_points(pace.points)
    ))
}

/// Says that something is otherwise in the plan than when it was asked about.
pub fn moved(moved: &Moved) -> String {
    match moved {
        Moved::Gone(id) => {
            format!(
                "kr.{id} is not open any more, or gone: what was answered of it changes nothing"
            )
        }
        Moved::StepGone(at) => format!("{at} is gone: that it is reached changes nothing"),
        Moved::Changed(at, key, now, answer) => {
            format!("{at} {key}: somebody made it {now} meanwhile; you answered {answer}")
        }
    }
}

/// Returns how far progress is from the time gone, in words.
fn in_points(points: f64) -> String {
    let whole = points.abs().floor();
    // A difference of points fits by far.
    #[expect(clippy::cast_sign_loss, reason = "it is absolute")]
    let number = count(whole as usize, "point");
    if whole == 0.0 {
        "as far as the time gone".to_owned()
    } else if points < 0.0 {
        format!("{number} behind the time gone")
    } else {
        format!("{number} ahead of the time gone")
    }
}

/// Returns when it was last heard of, and whether that is long ago.
fn heard(due: &Due<'_>, today: NaiveDate) -> String {
    let Some(day) = due.heard else {
        return "never heard of".to_owned();
    };
    let own = due.row.key_result;
    // What its reviewer says is an answer, and none of its owner's words.
    let began = own.checked != Some(day) && own.note.iter().all(|note| note.on != day);
    let word = if began { "began" } else { "last heard of" };
    let mut said = format!("{word} {}", short_date(day, today));
    if let Some(days) = due.days_late.filter(|days| *days >= 0) {
        said = format!("{said}, check-in {}", late(days));
    }
    said
}
