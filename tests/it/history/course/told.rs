//! Courses by example: what became of one key result, told in words.

use loti::history::{Course, Oldest, Wanted};
use loti::model::Status;

use super::super::past::Line;
use super::super::reading::afresh;
use super::{day, follow, rows, wanted};
use crate::frame::frame;

/// Key result 1 with these keys, in the plan that tests begin with.
fn text(keys: &str) -> Vec<u8> {
    let head = "[kr.1]\nobjective = \"outreach\"\ntitle = \"Lend books\"\n";
    format!("{}\n{head}{keys}\n", frame!()).into_bytes()
}

/// Tells the flow of key result 1 in words.
fn told(course: &Course) -> Vec<String> {
    let flow = course.flow(0);
    let spans = flow.spans.iter().map(|span| {
        let status = span.status.map_or("gone", Status::word);
        let mark = course.mark(span.since);
        let by = if mark.commit.is_some() {
            ""
        } else {
            ", not committed"
        };
        format!("{status} from {}{by}", mark.day)
    });
    let moves = flow.moves.iter().map(|due| {
        let on = course.mark(due.at).day;
        format!("{} to {}, {} days, on {on}", due.from, due.to, due.days())
    });
    spans.chain(moves).collect()
}

fn of_key_result_1(newest: &[u8], today: i64) -> Wanted {
    let plan = afresh(newest).expect("the text is sound");
    Wanted {
        rows: vec!["1".parse().expect("an address")],
        ..wanted(&plan, today)
    }
}

#[test]
fn statuses_and_due_days_are_told_with_their_commits() {
    let on_track = "status = \"on-track\"";
    let later = String::from_utf8(text("due = 2024-03-15\nstatus = \"at-risk\"")).expect("text");
    let later = later.replace("end = 2024-03-31", "end = 2024-04-30");
    let newest = later.replace("due = 2024-03-15\n", "").into_bytes();
    let past = Line::on([
        (10, Some(text(""))),
        (12, Some(text(on_track))),
        (15, Some(text("status = "))),
        (16, None),
        (17, Some(text(&format!("due = 2024-03-15\n{on_track}")))),
        (19, Some(later.into_bytes())),
        (25, Some(newest.clone())),
    ]);
    let course = follow(past, of_key_result_1(&newest, 30), None);
    assert_eq!(
        told(&course),
        [
            "not-started from 1970-01-11",
            "on-track from 1970-01-13",
            "at-risk from 1970-01-20",
            "2024-03-31 to 2024-03-15, -16 days, on 1970-01-18",
            "2024-03-15 to 2024-04-30, 46 days, on 1970-01-26",
        ]
    );
    assert_eq!((course.versions, course.unread), (5, 1));
    assert_eq!(course.oldest, Oldest::First);
}

#[test]
fn a_wrong_clock_makes_no_time_run_back() {
    let newest = text("status = \"done\"");
    let past = Line::on([
        (10, Some(text(""))),
        (40, Some(text("status = \"on-track\""))),
        (20, Some(newest.clone())),
    ]);
    let course = follow(past, of_key_result_1(&newest, 30), None);
    assert_eq!(
        told(&course),
        [
            "not-started from 1970-01-11",
            "on-track from 1970-01-21",
            "done from 1970-01-21",
        ]
    );
    let clock = course.mark(course.flow(0).spans[1].since);
    assert_eq!(clock.commit.expect("a commit").day, day(40));
}

#[test]
fn what_was_not_committed_is_the_last_version_if_it_says_something_else() {
    let committed = text("status = \"on-track\"");
    let versions = [(10, Some(text(""))), (12, Some(committed.clone()))];
    let now = |text: &[u8]| {
        let plan = afresh(text).expect("the text is sound");
        let text = String::from_utf8(text.to_vec()).expect("text");
        let past = Line::on(versions.clone());
        follow(
            past,
            of_key_result_1(text.as_bytes(), 30),
            Some((&text, &plan)),
        )
    };
    let same = now(&[&committed, b"# a comment\n".as_slice()].concat());
    assert!(!same.is_uncommitted());
    assert_eq!(
        told(&same),
        ["not-started from 1970-01-11", "on-track from 1970-01-13"]
    );
    let other = now(&text("status = \"at-risk\""));
    assert!(other.is_uncommitted());
    assert_eq!(
        told(&other),
        [
            "not-started from 1970-01-11",
            "on-track from 1970-01-13",
            "at-risk from 1970-01-31, not committed",
        ]
    );
    assert_eq!(other.moments().len(), 3);
}

#[test]
fn nothing_is_told_from_before_the_day_that_is_wanted() {
    let newest = text("status = \"done\"");
    let past = || {
        Line::on([
            (5, Some(text(""))),
            (10, Some(text("status = \"at-risk\""))),
            (20, Some(newest.clone())),
        ])
    };
    let wanted = Wanted {
        since: Some(day(14)),
        ..of_key_result_1(&newest, 30)
    };
    let course = follow(past(), wanted, None);
    assert_eq!(
        told(&course),
        ["at-risk from 1970-01-15", "done from 1970-01-21"]
    );
    assert_eq!(course.oldest, Oldest::Since);

    // How it stood is wanted from a later day on than the rest.
    let wanted = Wanted {
        from: day(14),
        ..of_key_result_1(&newest, 30)
    };
    let course = follow(past(), wanted, None);
    assert_eq!(told(&course)[0], "not-started from 1970-01-06");
    assert_eq!(course.moments().len(), 2);
}

#[test]
fn what_comes_before_the_cycle_and_its_key_results_is_not_read() {
    let newest = text("");
    let empty = frame!().as_bytes().to_vec();
    let with_other = [&empty, b"# other\n".as_slice()].concat();
    let past = Line::on([
        (1, Some(with_other)),
        (2, Some(empty)),
        (20, Some(newest.clone())),
    ]);
    let wanted = Wanted {
        from: day(14),
        ..of_key_result_1(&newest, 30)
    };
    let course = follow(past, wanted, None);
    assert_eq!(told(&course), ["not-started from 1970-01-21"]);
    assert_eq!(course.versions, 2);
}

#[test]
fn what_goes_by_another_id_is_followed() {
    let other = |text: Vec<u8>, names: &[(&str, &str)]| {
        let text = String::from_utf8(text).expect("text");
        let text = names
            .iter()
            .fold(text, |text, (old, new)| text.replace(old, new));
        text.into_bytes()
    };
    let names = [
        ("kr.1", "kr.bus"),
        ("outreach", "town"),
        ("reach", "people"),
        ("q1", "first"),
    ];
    let newest = other(text("status = \"done\"\n"), &names);
    let past = Line::on([
        (10, Some(text("progress = 30"))),
        (12, Some(text("progress = 30\nstatus = \"on-track\""))),
        (
            15,
            Some(other(
                text("progress = 30\nstatus = \"on-track\""),
                &names[..1],
            )),
        ),
        (
            16,
            Some(other(
                text("progress = 30\nstatus = \"on-track\""),
                &names[..2],
            )),
        ),
        (
            17,
            Some(other(
                text("progress = 30\nstatus = \"on-track\""),
                &names[..3],
            )),
        ),
        (
            18,
            Some(other(text("progress = 30\nstatus = \"on-track\""), &names)),
        ),
        (20, Some(newest.clone())),
    ]);
    let plan = afresh(&newest).expect("the text is sound");
    let course = follow(past, wanted(&plan, 30), None);
    for (row, address) in rows(&plan).iter().enumerate() {
        let progress = course.states(row).map(|(_, state)| state?.progress());
        let progress: Vec<_> = progress.collect();
        let mut expected = vec![Some(30.0); 7];
        expected[6] = Some(100.0);
        assert_eq!(progress, expected, "{address}");
    }
    let row = rows(&plan)
        .iter()
        .position(|row| row.to_string() == "kr.bus");
    let flow = course.flow(row.expect("a row"));
    let days: Vec<_> = flow
        .spans
        .iter()
        .map(|span| course.mark(span.since).day)
        .collect();
    assert_eq!(days, [day(10), day(12), day(20)]);
}

#[test]
fn a_key_result_that_was_away_for_a_while_is_told_as_that() {
    let newest = text("status = \"on-track\"");
    let past = Line::on([
        (10, Some(text(""))),
        (12, Some(frame!().as_bytes().to_vec())),
        (20, Some(newest.clone())),
    ]);
    let course = follow(past, of_key_result_1(&newest, 30), None);
    assert_eq!(
        told(&course),
        [
            "not-started from 1970-01-11",
            "gone from 1970-01-13",
            "on-track from 1970-01-21",
        ]
    );
}
