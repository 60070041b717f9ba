//! What holds of closing a cycle, whatever the plan and the answers: nothing that was said is lost,
//! and what was not finished goes on under another id.

mod dialog;
mod files;
#[cfg(unix)]
mod terminal;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use loti::change::closing::{Answer, Answers, Closer, Fate, Sheet, close, grade, needs_grade};
use loti::change::{Change, edit};
use loti::model::{
    Address, Fraction, Id, KeyResult, Measure, Number, Plan, Stage, Status, Table, Value,
};
use proptest::prelude::{prop_assert, prop_assert_eq};
use proptest::proptest;

use crate::layouts::{Choices, choices, plan, render};
use crate::tree::read;

const NEXT: &str = "next-one";

/// Makes a plan whose first cycle can be closed, and returns the day on which it is.
fn to_be_closed(choices: &mut Choices) -> (Plan, Id, NaiveDate) {
    let mut plan = plan(choices);
    let id = plan.cycles.keys().next().cloned().expect("a cycle");
    let cycle = plan.cycles.get_mut(&id).expect("a cycle");
    cycle.closed = None;
    let today = cycle.start.max(cycle.end);
    (plan, id, today)
}

/// Makes up answers that leave nothing open.
fn answers(plan: &Plan, id: &Id, today: NaiveDate, choices: &mut Choices) -> Answers {
    let mut answers = Answers {
        cycle: Some(id.clone()),
        closed: Some(today),
        lesson: Some("One thing at a time.".to_owned()),
        next: Id::new(NEXT),
        next_name: Some("The next one".to_owned()),
        next_start: today.succ_opt(),
        next_end: today.checked_add_days(chrono::Days::new(90)),
        ..Answers::default()
    };
    let own = plan.key_results.iter();
    for (id, own) in own.filter(|(_, own)| plan.cycle_id_of(own) == Some(id)) {
        let is_continued = plan.continued().contains_key(id);
        let asks = own.status().is_open() && !is_continued;
        let then = asks.then(|| Fate::ALL[choices.below(4)]);
        let mut answer = Answer {
            then,
            why: Some("It was so.".to_owned()),
            ..Answer::default()
        };
        if needs_grade(own, then) && (grade(own, then).is_none() || choices.below(3) == 0) {
            let score = choices.below(11) as f64 / 10.0;
            answer.score = Some(Fraction(Number::Float(score)));
        }
        if then == Some(Fate::Carry) && own.target.is_some() && own.current == own.target {
            answer.then = Some(Fate::Done);
        }
        answers.key_results.insert(id.clone(), answer);
    }
    answers
}

fn of_cycle<'a>(plan: &'a Plan, id: &'a Id) -> impl Iterator<Item = &'a Id> {
    let own = plan.key_results.iter();
    own.filter(move |(_, own)| plan.cycle_id_of(own) == Some(id))
        .map(|(id, _)| id)
}

/// Returns whether a key may say something else after closing.
fn may_differ(at: &Address, key: &str, old: Option<&Value>) -> bool {
    match at {
        Address::KeyResult(_) => {
            key == "status" || (old.is_none() && ["score", "cycle"].contains(&key)) || key == "note"
        }
        Address::Cycle(_) => key == "note" || (key == "closed" && old.is_none()),
        Address::Plan => key == "cycle",
        _ => false,
    }
}

fn keys(table: &dyn Table) -> impl Iterator<Item = (&'static str, Option<Value>)> {
    let keys = table.name().keys().iter().enumerate();
    keys.map(|(number, key)| (key.name, table.field(number).get()))
}

/// Which way a figure has to go to its target.
fn direction(own: &KeyResult) -> Option<std::cmp::Ordering> {
    match own.measure() {
        Measure::Metric {
            baseline,
            target: Some(target),
            ..
        } => target.get().partial_cmp(&baseline.get()),
        _ => None,
    }
}

proptest! {
    #[test]
    fn nothing_that_was_said_is_lost(mut choices in choices()) {
        let (made, id, today) = to_be_closed(&mut choices);
        let text = render(&made, &mut choices);
        let document = read(&text);
        let before = document.plan.clone();
        let answers = answers(&before, &id, today, &mut choices);
        let closer = Closer { today, by: None, next_number: 100 };
        let changes = match close(&before, &id, &answers, &closer) {
            Ok(changes) => changes,
            Err(problems) => {
                // A figure that stands at its target has nothing to carry over.
                let at_target = problems.iter().all(|one| one.message.contains("its target"));
                prop_assert!(at_target, "{problems:?}");
                return Ok(());
            }
        };
        let edit = match edit(&document, &changes) {
            Ok(edit) => edit,
            Err(refusal) => {
                prop_assert!(false, "{refusal}\n{changes:?}\n{text}");
                return Ok(());
            }
        };
        let after = &edit.document.plan;

        // Every table is there, with every value and every note that it had.
        for at in before.addresses() {
            let (old, new) = (before.table(&at), after.table(&at));
            let (Some(old), Some(new)) = (old, new) else {
                prop_assert!(false, "{at} is gone\n{}", edit.document.source.text());
                return Ok(());
            };
            // A grade that was given before may be another, with a word why.
            let answer = at.id().and_then(|id| answers.key_results.get(id));
            let is_graded = answer.is_some_and(|answer| answer.score.is_some());
            for ((key, was), (_, is)) in keys(old).zip(keys(new)) {
                let may = may_differ(&at, key, was.as_ref()) || (key == "score" && is_graded);
                prop_assert!(was == is || may, "{at} {key}");
            }
            if let (Some(was), Some(is)) = (before.notes(&at), after.notes(&at)) {
                prop_assert!(is.starts_with(was), "{at}");
            }
        }

        // The cycle holds what it held, closed, and all of it is graded that has to be.
        let cycle = &after.cycles[&id];
        prop_assert_eq!(cycle.stage(today), Stage::Closed);
        prop_assert_eq!(cycle.note.last().map(|note| note.text.as_str()), answers.lesson.as_deref());
        let was: Vec<_> = of_cycle(&before, &id).collect();
        let is: Vec<_> = of_cycle(after, &id).collect();
        prop_assert_eq!(was, is);
        for own in of_cycle(after, &id) {
            let (old, new) = (&before.key_results[own], &after.key_results[own]);
            let answer = &answers.key_results[own];
            prop_assert!(new.score.is_some() || !needs_grade(new, None), "{own} has no grade");
            if let Some(score) = answer.score {
                prop_assert_eq!(new.score, Some(score));
            }
            let status = match answer.then {
                Some(Fate::Done) => Status::Done,
                Some(Fate::Drop) => Status::Dropped,
                _ => old.status(),
            };
            prop_assert_eq!(new.status(), status);
            // How far it had come is what it was, unless it was finished after all.
            if answer.then != Some(Fate::Done) {
                prop_assert_eq!(new.progress(), old.progress());
            }
            let carried = after.key_results.values();
            let carried: Vec<_> = carried
                .filter(|other| other.continues.as_ref() == Some(own))
                .collect();
            if answer.then == Some(Fate::Carry) {
                prop_assert_eq!(carried.len(), 1);
                prop_assert_eq!(carried[0].cycle.as_ref().map(Id::as_str), Some(NEXT));
                prop_assert_eq!(carried[0].status(), Status::NotStarted);
                if let Some(progress) = carried[0].progress() {
                    prop_assert!(progress <= 0.0, "what is carried over begins anew");
                }
                // And goes the way it went, unless another target is wanted.
                if answer.target.is_none() {
                    prop_assert_eq!(direction(carried[0]), direction(old));
                }
            }
        }

        // And none of it is changed from then on by mistake.
        for own in of_cycle(after, &id) {
            let at = Address::KeyResult(own.clone());
            for key in ["status", "title", "current", "score", "due"] {
                let change = Change::Set { at: at.clone(), key: key.to_owned(), value: None };
                prop_assert_eq!(change.closed_cycle(after), Some(&id));
            }
            // Of the record nothing is taken away, be it all of it or one note.
            let table = after.table(&at).expect("it is there");
            for key in ["note", "links", "evidence"] {
                let change = Change::Set { at: at.clone(), key: key.to_owned(), value: None };
                let held = table.get(key).map(|_| &id);
                prop_assert_eq!(change.closed_cycle(after), held, "{}", key);
            }
            let note = Address::Note(Box::new(at.clone()), 1);
            let change = Change::Set { at: note, key: "text".to_owned(), value: None };
            prop_assert_eq!(change.closed_cycle(after), Some(&id));
        }
    }

    #[test]
    fn a_file_of_answers_says_others_and_keeps_its_comments(mut choices in choices()) {
        let (plan, id, today) = to_be_closed(&mut choices);
        let mut some = || {
            let mut own = answers(&plan, &id, today, &mut choices);
            own.key_results.retain(|_, _| choices.below(4) > 0);
            for own in own.key_results.values_mut() {
                own.why = own.why.take().filter(|_| choices.below(2) == 0);
                own.target = (choices.below(3) == 0).then_some(Number::Integer(7));
            }
            own.lesson = own.lesson.filter(|_| choices.below(2) == 0);
            own.next = own.next.filter(|_| choices.below(2) == 0);
            own.next_start = own.next_start.filter(|_| choices.below(2) == 0);
            own
        };
        let (old, new) = (some(), some());
        let section = |answers: &Answers, id: &Id| {
            let lines = answers.key_results[id].lines(true, None);
            format!("# about {id}\n[kr.{id}] # here\n{lines}# below {id}\n")
        };
        let mut text = format!("# mine\n{}", old.about_cycle().join("\n# and\n"));
        for id in old.key_results.keys() {
            text.push_str(&section(&old, id));
        }
        let written = new.written_into(&text, |id| section(&new, id)).expect("it can be read");
        let read = Sheet::read(&written).expect("it can be read").answers;
        // What is said of others stays.
        let mut expected = new.clone();
        for (id, own) in &old.key_results {
            expected.key_results.entry(id.clone()).or_insert_with(|| own.clone());
        }
        let by_id = |answers: &Answers| {
            let own = answers.key_results.iter();
            own.map(|(id, own)| (id.clone(), own.clone())).collect::<HashMap<_, _>>()
        };
        prop_assert_eq!(by_id(&read), by_id(&expected), "{}", written);
        prop_assert_eq!(&read.lesson, &new.lesson.or(old.lesson));
        prop_assert_eq!(&read.next, &new.next.or(old.next));
        prop_assert_eq!(&read.next_start, &new.next_start.or(old.next_start));
        for line in text.lines().filter(|line| line.contains('#')) {
            prop_assert!(written.contains(line), "{line}\n{written}");
        }
    }

    #[test]
    fn what_is_left_open_is_asked_for(mut choices in choices()) {
        let (plan, id, today) = to_be_closed(&mut choices);
        let closer = Closer { today, by: None, next_number: 100 };
        let asked: HashSet<_> = match close(&plan, &id, &Answers::default(), &closer) {
            Ok(_) => HashSet::new(),
            Err(problems) => problems.into_iter().filter_map(|problem| problem.of).collect(),
        };
        for id in of_cycle(&plan, &id) {
            let own = &plan.key_results[id];
            let is_open = own.status().is_open() && !plan.continued().contains_key(id);
            let has_none = needs_grade(own, None) && grade(own, None).is_none();
            prop_assert_eq!(asked.contains(id), is_open || has_none, "{}", id);
        }
    }
}
