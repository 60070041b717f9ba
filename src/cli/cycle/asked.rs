//! Closing a cycle at a terminal, step by step: plain lines, one question after the other.

use std::collections::BTreeMap;

use crate::change::closing::{Answer, Answers, Fate, leads_on};
use crate::cli::World;
use crate::cli::editor::line;
use crate::model::{Fraction, Id, Measure, Number, Stage};
use crate::render;
use crate::text::{count, join};
use crate::view::{Closing, ClosingRow, CycleLine};

/// How asking ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// All was answered.
    All,
    /// Whoever was asked stopped, or went away.
    Stopped,
}

/// What a question came to.
enum Step<T> {
    Answered(T),
    Back,
    Stop,
}

/// Takes an answer, or leaves the function with what it came to instead.
macro_rules! answered {
    ($step:expr) => {
        match $step {
            Step::Answered(answer) => answer,
            Step::Back => return Ok(Step::Back),
            Step::Stop => return Ok(Step::Stop),
        }
    };
}

/// Returns whether anything is left to ask.
pub(super) fn is_open(closing: &Closing<'_>, answers: &Answers) -> bool {
    closing.rows.iter().any(|row| !is_answered(row, answers)) || answers.lesson.is_none()
}

fn is_answered(row: &ClosingRow<'_>, answers: &Answers) -> bool {
    if !row.is_any_asked() {
        return true;
    }
    let Some(answer) = answers.key_results.get(row.row.id) else {
        return false;
    };
    let is_graded =
        answer.score.is_some() || !row.needs_grade(answer.then) || row.grade(answer.then).is_some();
    is_graded && (!row.is_asked() || answer.then.is_some())
}

/// Asks for all that is not answered yet; each answer is kept at once.
pub(super) fn ask(
    world: &mut World,
    closing: &Closing<'_>,
    answers: &mut Answers,
    keep: &dyn Fn(&Answers) -> anyhow::Result<()>,
) -> anyhow::Result<Asked> {
    let open = closing.rows.iter();
    let open: Vec<_> = open.filter(|row| !is_answered(row, answers)).collect();
    let CycleLine {
        id, cycle, stage, ..
    } = closing.cycle;
    let name = cycle.map_or("", |cycle| cycle.name.as_str());
    let left = match stage {
        Some(Stage::Running(days)) => format!(
            ", which has {} left",
            count(usize::try_from(days).unwrap_or(0), "day")
        ),
        _ => String::new(),
    };
    world.say(&format!("closing cycle.{id}, {name}{left}"));
    world.say(
        "Enter takes what stands in [ ]; b goes back, q stops. Answers are kept, and written into \
         the plan at the end.",
    );
    let mut at = 0;
    loop {
        if let Some(row) = open.get(at) {
            let number = format!("{} of {}", at + 1, open.len());
            let look = world.err_look();
            render::closing_card(&mut world.streams.err, closing, row, &number, look)?;
            match ask_about(world, closing, row, answers)? {
                Step::Answered(answer) => {
                    answers.key_results.insert(row.row.id.clone(), answer);
                    keep(answers)?;
                    at += 1;
                }
                Step::Back => at = at.saturating_sub(1),
                Step::Stop => return Ok(Asked::Stopped),
            }
            continue;
        }
        if answers.lesson.is_some() {
            return Ok(Asked::All);
        }
        match ask_lesson(world, closing)? {
            Step::Answered(lesson) => {
                answers.lesson = Some(lesson).filter(|lesson| !lesson.is_empty());
                keep(answers)?;
                return Ok(Asked::All);
            }
            Step::Back => at = open.len().saturating_sub(1),
            Step::Stop => return Ok(Asked::Stopped),
        }
    }
}

fn ask_lesson(world: &mut World, closing: &Closing<'_>) -> anyhow::Result<Step<String>> {
    let id = closing.cycle.id;
    let question = format!("\nWhat did the team learn? A note on cycle.{id} [none]:");
    until(world, &question, |typed| Ok(typed.to_owned()))
}

fn ask_about(
    world: &mut World,
    closing: &Closing<'_>,
    row: &ClosingRow<'_>,
    answers: &mut Answers,
) -> anyhow::Result<Step<Answer>> {
    let known = answers.key_results.get(row.row.id);
    let mut answer = known.cloned().unwrap_or_default();
    // What was answered before is taken back, and with it the reason.
    if answer.then.is_some() || answer.score.is_some() {
        answer.why = None;
    }
    if row.is_asked() {
        answer.then = Some(answered!(ask_fate(world)?));
    }
    let then = answer.then;
    answer.score = None;
    let proposed = row.grade(then);
    if row.needs_grade(then) {
        let score = answered!(ask_grade(world, proposed)?);
        answer.score = Some(score);
        if proposed.is_some_and(|proposed| proposed != score) {
            answer.why = Some(answered!(ask_why(world, "Why not the one proposed?")?));
        }
    }
    match then {
        Some(Fate::End) if answer.why.is_none() => {
            answer.why = Some(answered!(ask_why(world, "Why does it end here?")?));
        }
        Some(Fate::Drop) if answer.why.is_none() => {
            answer.why = Some(answered!(ask_why(world, "Why is it given up?")?));
        }
        Some(Fate::Carry) => {
            if let Measure::Metric {
                current,
                target: Some(target),
                ..
            } = row.row.key_result.measure()
                && !leads_on(row.row.key_result)
            {
                answer.target = Some(answered!(ask_target(world, current, target)?));
            }
            if answers.next.is_none() {
                answered!(ask_next(world, closing, answers)?);
            }
        }
        _ => {}
    }
    Ok(Step::Answered(answer))
}

/// Asks until an answer can be taken; `b` and `q` are never answers.
fn until<T>(
    world: &mut World,
    question: &str,
    mut take: impl FnMut(&str) -> Result<T, String>,
) -> anyhow::Result<Step<T>> {
    loop {
        let Some(typed) = line(world, question)? else {
            return Ok(Step::Stop);
        };
        match typed.as_str() {
            "b" => return Ok(Step::Back),
            "q" => return Ok(Step::Stop),
            typed => match take(typed) {
                Ok(answer) => return Ok(Step::Answered(answer)),
                Err(expected) => world.message(&expected),
            },
        }
    }
}

fn ask_fate(world: &mut World) -> anyhow::Result<Step<Fate>> {
    let question = "What becomes of it? [c]arry over, [d]one, [e]nd as it stands, d[r]op:";
    until(world, question, |typed| {
        let lower = typed.to_lowercase();
        let found = Fate::ALL.into_iter().find(|fate| {
            let letter = match fate {
                Fate::Carry => "c",
                Fate::Done => "d",
                Fate::End => "e",
                Fate::Drop => "r",
            };
            lower == letter || lower == fate.word()
        });
        found.ok_or_else(|| "expected c, d, e or r; b goes back, q stops".to_owned())
    })
}

fn ask_grade(world: &mut World, proposed: Option<Fraction>) -> anyhow::Result<Step<Fraction>> {
    let default = proposed.map_or_else(String::new, |proposed| format!(" [{proposed}]"));
    let question = format!("Its grade, 0 to 1{default}:");
    until(world, &question, |typed| {
        if typed.is_empty()
            && let Some(proposed) = proposed
        {
            return Ok(proposed);
        }
        let number = Number::parse(&typed.replace(',', ".")).map(Number::get);
        let number = number.filter(|number| (0.0..=1.0).contains(number));
        let number = number.ok_or("expected a number from 0 to 1, such as 0.7")?;
        Ok(Fraction(Number::Float(number)))
    })
}

fn ask_why(world: &mut World, question: &str) -> anyhow::Result<Step<String>> {
    until(world, question, |typed| {
        if typed.is_empty() {
            return Err("a word why is kept as a note: whoever looks back will ask".to_owned());
        }
        Ok(typed.to_owned())
    })
}

fn ask_target(world: &mut World, current: Number, target: Number) -> anyhow::Result<Step<Number>> {
    let question = format!("It stands at {current}, its target is {target}. What is the next one?");
    until(world, &question, |typed| {
        let number = Number::parse(typed).filter(|number| *number != current);
        number.ok_or_else(|| format!("expected a number other than {current}"))
    })
}

/// Asks once where what is carried over goes.
fn ask_next(
    world: &mut World,
    closing: &Closing<'_>,
    answers: &mut Answers,
) -> anyhow::Result<Step<()>> {
    let usual = closing.usual.as_ref();
    let default = closing.next.or_else(|| usual?.id.as_ref());
    let shown = default.map_or_else(String::new, |id| format!(" [{id}]"));
    let question = format!("Carry over into which cycle? `later` is the backlog{shown}:");
    let next = answered!(until(world, &question, |typed| {
        if typed.is_empty()
            && let Some(default) = default
        {
            return Ok(default.clone());
        }
        let id = Id::new(typed).filter(|id| id != closing.cycle.id);
        id.ok_or_else(|| "expected the id of another cycle, or of a new one".to_owned())
    })?);
    if next.as_str() != "later" && !closing.plan.cycles.contains_key(&next) {
        let name = usual.filter(|usual| usual.id.as_ref() == Some(&next));
        let name = name.and_then(|usual| usual.name.clone());
        let shown = name
            .as_ref()
            .map_or_else(String::new, |name| format!(" [{name}]"));
        let question = format!("It is new. What is it called?{shown}");
        answers.next_name = Some(answered!(until(world, &question, |typed| {
            let typed = Some(typed).filter(|typed| !typed.is_empty());
            let name = typed.map(str::to_owned).or_else(|| name.clone());
            name.ok_or_else(|| "a cycle needs a name".to_owned())
        })?));
        let (start, end) = (usual.map(|own| own.start), usual.map(|own| own.end));
        answers.next_start = answered!(ask_day(world, "Its first day?", start)?);
        answers.next_end = answered!(ask_day(world, "Its last day?", end)?);
    }
    answers.next = Some(next);
    Ok(Step::Answered(()))
}

fn ask_day(
    world: &mut World,
    question: &str,
    usual: Option<chrono::NaiveDate>,
) -> anyhow::Result<Step<Option<chrono::NaiveDate>>> {
    let shown = usual.map_or_else(String::new, |day| format!(" [{day}]"));
    until(world, &format!("{question}{shown}"), |typed| {
        if typed.is_empty() && usual.is_some() {
            return Ok(usual);
        }
        crate::cli::day(typed).map(Some)
    })
}

/// Says what the answers come to.
pub(super) fn sum_up(
    world: &mut World,
    closing: &Closing<'_>,
    answers: &Answers,
    changes: usize,
) -> anyhow::Result<()> {
    let mut fates: BTreeMap<&str, usize> = BTreeMap::new();
    for row in closing.rows.iter().filter(|row| row.is_asked()) {
        let answer = answers.key_results.get(row.row.id);
        if let Some(then) = answer.and_then(|answer| answer.then) {
            let word = match then {
                Fate::Carry => "carried over",
                Fate::Done => "done",
                Fate::End => "ended",
                Fate::Drop => "dropped",
            };
            *fates.entry(word).or_default() += 1;
        }
    }
    let fates = fates
        .iter()
        .map(|(word, number)| format!("{number} {word}"));
    let fates: Vec<_> = fates.collect();
    let what = if fates.is_empty() {
        String::new()
    } else {
        format!(": {}", join(fates))
    };
    writeln!(world.streams.err)?;
    world.message(&format!(
        "{}{what}; {} to the plan.",
        count(closing.rows.len(), "key result"),
        count(changes, "change")
    ));
    Ok(())
}

/// Asks whether the cycle is to be closed as it was answered.
pub(super) fn confirmed(world: &mut World, id: &Id) -> anyhow::Result<bool> {
    let answer = line(world, &format!("Close cycle.{id} like this? [Y/n]"))?;
    Ok(answer.is_some_and(|answer| {
        let answer = answer.to_lowercase();
        answer.is_empty() || answer == "y" || answer == "yes"
    }))
}
