//! The record: what was said, finished and closed stays.

use loti::check::new_ids;

use super::{KR, MOVED, change, changed, rules};
use crate::check::{HEAD, whole};
use crate::tree::read;

#[test]
fn another_id_is_no_removal_and_hides_nothing() {
    let one = format!("{KR}target = 400\n");
    let rename = |text: &str| text.replace("kr.1]", "kr.30]");
    assert_eq!(rules(&one, &rename(&one)), [""; 0]);
    // The same title and objective are enough, and the goal is looked at all the same.
    assert_eq!(
        rules(&one, &rename(&one).replace("= 400\n", "= 300\n")),
        MOVED
    );
    let other = rename(&one).replace("Lend", "Count");
    assert_eq!(rules(&one, &other), ["kr-removed"]);
    // Objectives, cycles and persons too, with all that names them.
    let closed = "[cycle.last]\nname = \"Last\"\nstart = 2023-10-01\nend = 2023-12-31\nclosed = 2024-01-08\n\n\
                  [person.library-team]\nname = \"The team\"\n\n\
                  [kr.5]\nobjective = \"outreach\"\ntitle = \"Old\"\ncycle = \"last\"\nscore = 0.5\n\
                  owner = \"library-team\"\nsupports = [\"objective.outreach\"]\n\n\
                  [[kr.5.note]]\non = 2024-01-08\nby = \"library-team\"\ntext = \"x\"\n";
    let before = whole(closed);
    let after = before
        .replace("outreach", "reaching-out")
        .replace("[cycle.last]", "[cycle.y1q4]")
        .replace("cycle = \"last\"", "cycle = \"y1q4\"")
        .replace("library-team", "everybody");
    assert_eq!(changed(&before, &after), []);
}

#[test]
fn what_is_gone_is_told_at_the_nearest_place() {
    let two = format!("{KR}{}", KR.replace("kr.1", "kr.2").replace("400", "500"));
    let after = whole(KR);
    let found = changed(&whole(&two), &after);
    assert_eq!(found.len(), 1);
    assert_eq!(&after[found[0].span().range()], "[objective.outreach]");
    assert_eq!(found[0].message, "kr.2 “Lend 500 books a month” is gone");
    assert_eq!(
        found[0].labels[0].text,
        "it stood here, not-started, at 1a2b3c4d"
    );
    // Without its objective, at the beginning of the file.
    let none = HEAD.split("[objective.").next().expect("the head");
    let found = changed(&whole(&two), none);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found.iter().all(|found| found.span().range() == (0..0)));
}

#[test]
fn notes_are_a_multiset() {
    let note =
        |day: &str, text: &str| format!("[[kr.1.note]]\non = 2024-02-{day}\ntext = \"{text}\"\n");
    let (a, b) = (note("01", "a"), note("02", "b"));
    let rewritten: &[&str] = &["note-rewritten"];
    for (before, after, expected) in [
        (a.clone() + &b, b.clone() + &a, &[][..]),
        (a.clone(), a.clone() + &b, &[]),
        (a.clone() + &b, a.clone(), rewritten),
        (a.clone() + &a, a.clone(), rewritten),
        (a.clone(), note("01", "c"), rewritten),
        (a.clone(), note("03", "a"), rewritten),
        (
            a.clone(),
            a.replace("text", "by = \"ana\"\ntext"),
            rewritten,
        ),
        (
            a.clone() + &b,
            String::new(),
            &["note-rewritten", "note-rewritten"],
        ),
        // In another layout it is the same.
        (
            a.clone(),
            "note = [{ text = \"a\", on = 2024-02-01 }]\n".to_owned(),
            &[],
        ),
        // It may go to where it belongs.
        (
            a.clone(),
            a.replace("[[kr.1.note]]", "[[objective.outreach.note]]"),
            &[],
        ),
    ] {
        change(&before, &after, expected);
    }
    let plan = "[[plan.note]]\non = 2024-02-01\ntext = \"a\"\n";
    change(plan, "", rewritten);
}

#[test]
fn a_rewritten_note_is_marked_where_it_differs() {
    let text = |lines: &str| whole(&format!("{KR}[[kr.1.note]]\n{lines}"));
    let before = text("on = 2024-02-01\nby = \"ana\"\ntext = \"a\"\n");
    for (after, marked, was) in [
        (
            "on = 2024-02-01\nby = \"ana\"\ntext = \"b\"\n",
            "\"b\"",
            "said something else",
        ),
        (
            "on = 2024-02-01\nby = \"ben\"\ntext = \"a\"\n",
            "\"ben\"",
            "was “ana”",
        ),
        (
            "on = 2024-02-03\nby = \"ana\"\ntext = \"a\"\n",
            "2024-02-03",
            "was 2024-02-01",
        ),
    ] {
        let after = text(after);
        let found = changed(&before, &after);
        assert_eq!(found.len(), 1, "{found:#?}");
        let label = &found[0].labels[0];
        assert_eq!(&after[label.span.range()], marked);
        assert_eq!(label.text, format!("{was} at 1a2b3c4d"));
    }
}

#[test]
fn what_was_finished_opens_again_with_a_word() {
    let done = "status = \"done\"\n[[kr.1.note]]\non = 2024-02-01\ntext = \"a\"\n";
    let open = done.replace("done", "on-track");
    let new = "[[kr.1.note]]\non = 2024-02-01\ntext = \"b\"\n";
    let reopened: &[&str] = &["reopened-without-note"];
    change(done, &open, reopened);
    change(done, &format!("{open}{new}"), &[]);
    change(done, done, &[]);
    change(done, &done.replace("done", "dropped"), &[]);
    change(&done.replace("done", "dropped"), &open, reopened);
    change("status = \"done\"\n", "", reopened);
    // To write an old one anew is no new one.
    let rewritten = open.replace("\"a\"", "\"b\"");
    change(
        done,
        &rewritten,
        &["reopened-without-note", "note-rewritten"],
    );
}

/// A cycle that was closed, with a key result in it.
fn closed(cycle: &str, lines: &str) -> String {
    format!(
        "[cycle.last]\nname = \"Last\"\nstart = 2023-10-01\nend = 2023-12-31\n{cycle}\n\
         [kr.5]\nobjective = \"outreach\"\ntitle = \"Old\"\ncycle = \"last\"\n{lines}\n"
    )
}

const CLOSED: &str = "closed = 2024-01-08\n";

#[test]
fn what_the_record_points_to_may_grow_and_not_shrink() {
    let links = |links: &str| closed(CLOSED, &format!("{links}score = 0.4\n"));
    let one = links("links = [\"https://a.example\"]\nevidence = [\"https://b.example\"]\n");
    let more = one.replace("a.example\"", "a.example\", \"https://c.example\"");
    let changed: &[&str] = &["closed-cycle-changed"];
    for (before, after, expected) in [
        (&one, &more, &[][..]),
        (&more, &one, changed),
        (&one, &one.replace("b.example", "d.example"), changed),
        (
            &one,
            &links(""),
            &["closed-cycle-changed", "closed-cycle-changed"],
        ),
    ] {
        assert_eq!(rules(before, after), expected, "{after}");
    }
}

#[test]
fn what_is_closed_stays_as_it_was() {
    let is = "status = \"off-track\"\nscore = 0.4\ntarget = 9\ndue = 2023-12-01\n\
              milestone.a = { name = \"a\" }\nnote = [{ on = 2024-01-01, text = \"x\" }]\n";
    let before = closed(CLOSED, is);
    let changed: &[&str] = &["closed-cycle-changed"];
    let with = |from: &str, to: &str| before.replace(from, to);
    for (after, expected) in [
        (before.clone(), &[][..]),
        (with("off-track", "done"), changed),
        (with("= 9", "= 8"), changed),
        (with("= 9", "= 9\ncurrent = 9"), changed),
        (with("2023-12-01", "2023-12-31"), changed),
        (with("\"a\"", "\"b\""), changed),
        (with("milestone.a = { name = \"a\" }\n", ""), changed),
        (
            with(
                "milestone.a ",
                "milestone.b = { name = \"b\" }\nmilestone.a ",
            ),
            changed,
        ),
        (with("\"Old\"", "\"New\""), changed),
        (with("cycle = \"last\"", "cycle = \"q1\""), changed),
        (with("end = 2023-12-31", "end = 2024-01-31"), changed),
        (with("closed = 2024-01-08", "closed = 2024-01-09"), changed),
        (with("closed = 2024-01-08\n", ""), changed),
        (with("0.4", "0.7"), &["score-changed"]),
        (with("score = 0.4\n", ""), &["score-changed"]),
        (with("text = \"x\"", "text = \"y\""), &["note-rewritten"]),
        (
            with("{ on", "{ on = 2024-02-01, text = \"We learnt.\" }, { on"),
            &[],
        ),
        (with("due", "weight = 1\nkind = \"committed\"\ndue"), &[]),
        // Who owned it is only spelt out, or was somebody else.
        (with("due", "owner = \"library-team\"\ndue"), &[]),
        (with("due", "owner = \"nobody-else\"\ndue"), changed),
        (
            with(
                "due",
                "evidence = [\"https://example.org\"]\ntags = [\"x\"]\ndue",
            ),
            &[],
        ),
        (
            format!("{before}\n{KR}cycle = \"last\"\nscore = 1\n"),
            changed,
        ),
        (HEAD.to_owned(), &["kr-removed", "closed-cycle-changed"]),
    ] {
        let mut found = rules(&before, &after);
        found.sort_unstable();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(found, expected, "{after}");
    }
    // Into it nothing goes, either.
    let there = format!("{}{KR}cycle = \"q1\"\n", closed(CLOSED, "score = 1"));
    let put_in = there.replace("cycle = \"q1\"\n", "cycle = \"last\"\nscore = 1\n");
    assert_eq!(rules(&there, &put_in), changed);
}

#[test]
fn closing_itself_grading_and_what_is_not_over_are_free() {
    let open = closed("", "status = \"done\"");
    let graded = closed(CLOSED, "status = \"done\"\nscore = 0.5");
    assert_eq!(rules(&open, &graded), [""; 0]);
    let late = closed(CLOSED, "status = \"done\"");
    assert_eq!(rules(&late, &graded), [""; 0]);
    // To be closed on a day to come is not to be closed.
    let to_come = closed(
        "closed = 2024-03-08\n",
        "status = \"on-track\"\nscore = 0.5",
    );
    let moved = closed("closed = 2024-03-01\n", "status = \"done\"\nscore = 0.5");
    assert_eq!(rules(&to_come, &moved), [""; 0]);
    // A grade that came too early goes as it came.
    change("score = 0.5\n", "", &[]);
    change("score = 0.5\n", "score = 0.6\n", &["score-changed"]);
}

#[test]
fn an_id_names_one_thing_for_good() {
    let new = |id: &str, title: &str| {
        format!("{KR}[kr.{id}]\nobjective = \"outreach\"\ntitle = \"{title}\"\n")
    };
    assert_eq!(rules(KR, &new("9", "Another")), ["id-reused"]);
    // What was taken out by mistake comes back.
    assert_eq!(rules(KR, &new("9", "Hire a driver")), [""; 0]);
    assert_eq!(rules(KR, &new("8", "Another")), [""; 0]);
    // It was there already.
    assert_eq!(rules(&new("9", "Another"), &new("9", "Another")), [""; 0]);
    let ids = new_ids(&read(&whole(KR)).plan, &read(&whole(&new("9", "x"))).plan);
    assert_eq!(ids, ["kr.9".parse().expect("an address")]);
}
