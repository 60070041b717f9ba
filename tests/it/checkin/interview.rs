//! The questions and answers, without a terminal.

use loti::change::apply;
use loti::model::{Id, Plan, Status};
use loti::view::{Answers, Ask, Asked, Filter, Interview, Moved, Reaction, due};

use super::{PLAN, day, plan};

fn interview(plan: &Plan, known: Vec<Answers>) -> Interview<'_> {
    let today = day("2021-09-20");
    let cycle = Id::new("q").expect("an id");
    let due = due(plan, &[&cycle], &Filter::default(), Asked::All, today);
    Interview::new(plan, due, known, today)
}

/// Returns what is asked now: the key result and what of it.
fn now(interview: &Interview<'_>) -> Option<(String, Ask)> {
    let question = interview.question()?;
    Some((question.due.row.id.to_string(), question.ask))
}

fn answered(plan: &Plan, typed: &[&str]) -> Vec<Answers> {
    let mut interview = interview(plan, Vec::new());
    for word in typed {
        assert_eq!(interview.answer(word), Reaction::Taken, "{word}");
    }
    interview.answers().cloned().collect()
}

/// Returns what answers change, in words.
fn said(plan: &Plan, typed: &[&str]) -> Vec<String> {
    let answers = answered(plan, typed);
    let changes = answers
        .iter()
        .flat_map(|own| own.changes(plan, Some("ana"), day("2021-09-20")));
    changes.map(|change| change.describe(plan)).collect()
}

#[test]
fn each_key_result_is_asked_what_it_can_answer() {
    let plan = plan(PLAN);
    let mut interview = interview(&plan, Vec::new());
    let mut asked = Vec::new();
    while let Some(now) = now(&interview) {
        asked.push(now);
        assert_eq!(interview.answer(""), Reaction::Taken);
    }
    let of = |id: &str, asks: &[Ask]| -> Vec<(String, Ask)> {
        asks.iter().map(|ask| (id.to_owned(), *ask)).collect()
    };
    assert_eq!(
        asked,
        [
            of(
                "1",
                &[
                    Ask::Figure,
                    Ask::Steps,
                    Ask::Status,
                    Ask::Sure,
                    Ask::Confidence,
                    Ask::Note
                ]
            ),
            of("2", &[Ask::Status, Ask::Confidence, Ask::Note]),
            of("3", &[Ask::Figure, Ask::Status, Ask::Confidence, Ask::Note]),
        ]
        .concat()
    );
}

#[test]
fn nothing_said_is_an_answer_and_leaves_its_day() {
    let plan = plan(PLAN);
    assert_eq!(
        said(&plan, &[""; 13]),
        [
            "kr.1 checked: (none) → 2021-09-20",
            "kr.2 checked: 2021-09-13 → 2021-09-20",
            "kr.3 checked: 2021-09-14 → 2021-09-20",
        ]
    );
}

#[test]
fn what_is_said_is_changed_and_a_note_is_its_own_trace() {
    let plan = plan(PLAN);
    assert_eq!(
        said(&plan, &["320", "route", "on", "0.6", "Two new schools."]),
        [
            "kr.1 current: 180 → 320",
            "kr.1.milestone.route done: false → true",
            "kr.1 confidence: 0.8 → 0.6",
            "kr.1 note added: Two new schools.",
        ]
    );
    // The values that stand there already say nothing new.
    assert_eq!(
        said(&plan, &["180", "1", "at-risk", "", "80%", ""]),
        [
            "kr.1.milestone.route done: false → true",
            "kr.1 status: on-track → at-risk",
            "kr.1 checked: (none) → 2021-09-20",
        ]
    );
}

#[test]
fn a_status_better_than_its_pace_is_asked_about_once() {
    let plan = plan(PLAN);
    let mut interview = interview(&plan, Vec::new());
    for word in ["190", "", ""] {
        interview.answer(word);
    }
    assert_eq!(now(&interview), Some(("1".to_owned(), Ask::Sure)));
    let question = interview.question().expect("a question");
    let pace = question.pace.expect("a pace");
    assert_eq!(pace.suggests, Some(Status::OffTrack));
    assert!(pace.points < -40.0, "with the figure just given: {pace:?}");
    interview.answer("");
    assert_eq!(now(&interview), Some(("1".to_owned(), Ask::Confidence)));
    // Back beyond it, and on again: the same is not asked twice.
    for word in ["b", "b", "", ""] {
        interview.answer(word);
    }
    assert_eq!(now(&interview), Some(("1".to_owned(), Ask::Note)));
}

#[test]
fn a_status_as_bad_as_its_pace_is_not_doubted() {
    let plan = plan(PLAN);
    let mut interview = interview(&plan, Vec::new());
    for word in ["190", "", "off"] {
        interview.answer(word);
    }
    assert_eq!(now(&interview), Some(("1".to_owned(), Ask::Confidence)));
}

#[test]
fn whoever_skips_leaves_a_key_result_alone() {
    let plan = plan(PLAN);
    assert_eq!(
        said(&plan, &["320", "s", "", "", "", "q"]),
        ["kr.2 checked: 2021-09-13 → 2021-09-20"]
    );
}

#[test]
fn whoever_stops_keeps_what_was_answered_but_has_not_checked_the_rest() {
    let plan = plan(PLAN);
    assert_eq!(said(&plan, &["320", "q"]), ["kr.1 current: 180 → 320"]);
    assert_eq!(said(&plan, &["q"]), [""; 0]);
}

#[test]
fn back_leads_to_the_question_before_over_the_end_and_over_key_results() {
    let plan = plan(PLAN);
    let mut interview = interview(&plan, Vec::new());
    for word in ["b", "b", "320", "", "on", "b"] {
        interview.answer(word);
    }
    assert_eq!(now(&interview), Some(("1".to_owned(), Ask::Status)));
    for word in ["", "", "", "b"] {
        interview.answer(word);
    }
    assert_eq!(now(&interview), Some(("1".to_owned(), Ask::Note)));
    interview.answer("A word.");
    assert_eq!(now(&interview), Some(("2".to_owned(), Ask::Status)));
    interview.answer("q");
    assert_eq!(now(&interview), None);
    interview.back();
    assert_eq!(now(&interview), Some(("2".to_owned(), Ask::Status)));
    // A line is taken back.
    for word in ["b", "-", "q"] {
        interview.answer(word);
    }
    let answers: Vec<_> = interview.answers().collect();
    assert_eq!(answers[0].note, None);
    assert!(answers[0].is_whole);
}

#[test]
fn what_is_not_understood_is_said_and_asked_again() {
    let plan = plan(PLAN);
    let mut interview = interview(&plan, Vec::new());
    for word in ["many", "+40", "1e999"] {
        assert!(
            matches!(interview.answer(word), Reaction::Unclear(_)),
            "{word}"
        );
        assert_eq!(now(&interview), Some(("1".to_owned(), Ask::Figure)));
    }
    assert_eq!(interview.answer("?"), Reaction::Help);
    interview.answer("");
    assert!(matches!(interview.answer("2"), Reaction::Unclear(_)));
    interview.answer("1");
    assert!(matches!(interview.answer("d"), Reaction::Unclear(_)));
    interview.answer("done");
    // It is short of its target, and done all the same.
    assert_eq!(now(&interview), Some(("1".to_owned(), Ask::Sure)));
    interview.answer("yes");
    // Nobody is confident of what is done.
    assert_eq!(now(&interview), Some(("1".to_owned(), Ask::Note)));
}

#[test]
fn what_was_answered_before_is_not_asked_again() {
    let plan = plan(PLAN);
    let known = answered(&plan, &["320", "", "", "", "", "on"]);
    let again = interview(&plan, known.clone());
    assert_eq!(now(&again), Some(("2".to_owned(), Ask::Status)));
    assert_eq!(again.answers().cloned().collect::<Vec<_>>(), known);
}

#[test]
fn answers_stand_in_a_plan_that_changed_meanwhile_and_what_moved_is_told() {
    let today = day("2021-09-20");
    let before = plan(PLAN);
    let answers = answered(&before, &["320", "route", "at", "0.5", "A word."]);
    let answers = &answers[0];
    assert_eq!(answers.moved(&before, today), []);

    let other = PLAN
        .replace("current = 180", "current = 300")
        .replace("milestone.route", "milestone.road")
        .replace("confidence = 0.8\n", "confidence = 0.5\n");
    let other = plan(&other);
    let moved = answers.moved(&other, today);
    assert_eq!(moved.len(), 2, "{moved:?}");
    assert!(matches!(&moved[0], Moved::StepGone(at) if at.to_string() == "kr.1.milestone.route"));
    assert!(matches!(&moved[1], Moved::Changed(_, "current", now, _) if now == "300"));
    let changes = answers.changes(&other, None, today);
    let said: Vec<_> = changes.iter().map(|own| own.describe(&other)).collect();
    assert_eq!(
        said,
        [
            "kr.1 current: 300 → 320",
            "kr.1 status: on-track → at-risk",
            "kr.1 note added: A word.",
        ]
    );

    let gone = plan(&PLAN.replace("kr.1", "kr.9"));
    assert_eq!(answers.changes(&gone, None, today), []);
    assert!(matches!(answers.moved(&gone, today)[..], [Moved::Gone(_)]));
}

#[test]
fn answers_that_are_saved_change_nothing_more() {
    let today = day("2021-09-20");
    let mut plan = plan(PLAN);
    let typed = ["320", "route", "at", "0.5", "A word.", "on", "", ""];
    let answers = answered(&plan, &typed);
    for answers in &answers {
        for change in answers.changes(&plan, Some("ana"), today) {
            apply(&mut plan, &change).expect("it can be applied");
        }
        assert_eq!(answers.changes(&plan, Some("ana"), today), []);
    }
}

#[test]
fn what_is_done_short_of_its_target_is_asked_about_once() {
    let plan = plan(PLAN);
    let mut interview = interview(&plan, Vec::new());
    for word in ["320", "", "done"] {
        assert_eq!(interview.answer(word), Reaction::Taken, "{word}");
    }
    assert_eq!(now(&interview), Some(("1".to_owned(), Ask::Sure)));
    let remark = loti::render::remark(&interview.question().expect("a question"));
    assert_eq!(
        remark.as_deref(),
        Some(
            "  it stands at 320, and its target is 400; if it is done all the same, a line below says \
             why"
        )
    );
    assert_eq!(interview.answer(""), Reaction::Taken);
    assert_ne!(now(&interview), Some(("1".to_owned(), Ask::Sure)));
    let mut reached = self::interview(&plan, Vec::new());
    for word in ["400", "", "done"] {
        assert_eq!(reached.answer(word), Reaction::Taken, "{word}");
    }
    assert_ne!(now(&reached), Some(("1".to_owned(), Ask::Sure)));
}

#[test]
fn what_is_given_up_needs_a_word_why() {
    let plan = plan(PLAN);
    let mut interview = interview(&plan, Vec::new());
    for word in ["", "", "dropped"] {
        assert_eq!(interview.answer(word), Reaction::Taken, "{word}");
    }
    assert_eq!(now(&interview), Some(("1".to_owned(), Ask::Note)));
    let Reaction::Unclear(why) = interview.answer("") else {
        panic!("nothing at all is no answer here");
    };
    assert!(why.contains("a line why it is given up"), "{why}");
    assert_eq!(interview.answer("-"), Reaction::Taken);
    assert_ne!(now(&interview), Some(("1".to_owned(), Ask::Note)));
}

#[test]
fn a_guardrail_beside_a_judgement_is_asked_for_its_own_figure() {
    let both = PLAN.replace(
        "current = 180\ntarget = 400",
        "progress = 40\nat-least = 100\ncurrent = 180",
    );
    let plan = plan(&both.replace("baseline = 120\n", ""));
    let interview = interview(&plan, Vec::new());
    let question = interview.question().expect("a question");
    assert_eq!(loti::render::ask(&question), "  figure now? [180 books]");
    assert_eq!(said(&plan, &["150", "q"]), ["kr.1 current: 180 → 150"]);
}

#[test]
fn whoever_is_not_sure_says_how_it_stands() {
    let plan = plan(PLAN);
    let mut interview = interview(&plan, Vec::new());
    for word in ["190", "", ""] {
        interview.answer(word);
    }
    assert_eq!(now(&interview), Some(("1".to_owned(), Ask::Sure)));
    for word in ["n", "no"] {
        assert!(
            matches!(interview.answer(word), Reaction::Unclear(_)),
            "{word}"
        );
    }
    assert_eq!(interview.answer("off"), Reaction::Taken);
    let status = interview.answers().next().and_then(|own| own.status);
    assert_eq!(status.map(|own| own.is), Some(Status::OffTrack));
}

#[test]
fn every_answer_can_be_taken_back() {
    let plan = plan(PLAN);
    let typed = [
        "320", "1", "at", "0.4", "b", "b", "b", "b", "-", "-", "-", "-", "-", "-",
    ];
    assert_eq!(said(&plan, &typed), ["kr.1 checked: (none) → 2021-09-20"]);
    // And nobody is confident of what is done by then.
    let typed = ["400", "", "on", "0.4", "b", "b", "done", ""];
    let said = said(&plan, &typed);
    assert!(
        said.iter().all(|change| !change.contains("confidence")),
        "{said:?}"
    );
}
