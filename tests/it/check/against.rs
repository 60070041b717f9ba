//! What is found in a change: in the plan held against what it was.

use loti::check::{Base, Family, Level, Levels, Wish, check, check_against, new_ids, page};
use loti::diagnostic::{Diagnostic, Severity};

use super::{HEAD, day, findings_against, whole};
use crate::tree::read;

const KR: &str = "[kr.1]\nobjective = \"outreach\"\ntitle = \"Lend 400 books a month\"\n";

/// What the rules of change find.
fn changed(before: &str, after: &str) -> Vec<Diagnostic> {
    let mut found = findings_against(before, after);
    found.retain(is_of_change);
    found
}

fn is_of_change(found: &Diagnostic) -> bool {
    page(found.rule.0).is_some_and(|page| page.family == Family::Change)
}

/// The rules of change that find something in the second lines, held against the first.
fn rules(before: &str, after: &str) -> Vec<&'static str> {
    let found = changed(&whole(before), &whole(after));
    found.iter().map(|problem| problem.rule.0).collect()
}

/// Checks what is found when the lines of key result 1 change.
#[track_caller]
fn change(before: &str, after: &str, expected: &[&str]) {
    let (before, after) = (format!("{KR}{before}"), format!("{KR}{after}"));
    let found = rules(&before, &after);
    assert_eq!(found, expected, "{before}\n---\n{after}");
}

const MOVED: &[&str] = &["goalpost-moved"];

#[test]
fn a_goal_may_become_harder_and_not_easier() {
    for (before, after, is_moved) in [
        // A day.
        ("due = 2024-03-01", "due = 2024-03-02", true),
        ("due = 2024-03-02", "due = 2024-03-01", false),
        ("due = 2024-03-01", "", true),
        ("", "due = 2024-03-01", false),
        ("", "due = 2024-04-01", true),
        ("", "due = 2024-03-31", false),
        ("due = 2024-03-31", "", false),
        // A figure to reach, upwards and downwards.
        ("target = 400", "target = 300", true),
        ("target = 400", "target = 500", false),
        ("target = 400", "target = 400.0", false),
        ("target = 400", "", true),
        ("", "target = 400", false),
        (
            "baseline = 40\ntarget = 10",
            "baseline = 40\ntarget = 20",
            true,
        ),
        (
            "baseline = 40\ntarget = 10",
            "baseline = 40\ntarget = 5",
            false,
        ),
        ("target = -40", "target = -30", true),
        (
            "baseline = 10\ntarget = 40",
            "baseline = 20\ntarget = 40",
            true,
        ),
        (
            "baseline = 10\ntarget = 40",
            "baseline = 5\ntarget = 40",
            true,
        ),
        ("target = 40", "baseline = 0\ntarget = 40", false),
        (
            "target = 40\nunit = \"books\"",
            "target = 40\nunit = \"pages\"",
            true,
        ),
        ("target = 40\nunit = \"books\"", "target = 40", true),
        ("target = 40", "target = 40\nunit = \"books\"", false),
        (
            "target = 40\ncurrent = 1",
            "target = 40\ncurrent = 30",
            false,
        ),
        (
            "target = 40\nstretch = 60",
            "target = 40\nstretch = 50",
            false,
        ),
        ("target = 40", "target = 40\ncommit = 30", true),
        ("target = 40\ncommit = 30", "target = 40\ncommit = 20", true),
        (
            "target = 40\ncommit = 30",
            "target = 40\ncommit = 35",
            false,
        ),
        ("target = 40\ncommit = 30", "target = 40", false),
        // Bounds.
        ("at-least = 5", "at-least = 4", true),
        ("at-least = 5", "at-least = 6", false),
        ("at-most = 5", "at-most = 6", true),
        ("at-most = 5", "at-most = 4", false),
        ("at-least = 1\nat-most = 5", "at-least = 1", true),
        ("at-least = 1", "at-least = 1\nat-most = 5", false),
        ("ongoing = true\nat-least = 5", "ongoing = true", true),
        // Another way to measure.
        ("target = 40", "progress = 10", true),
        ("progress = 10", "target = 40", false),
        ("progress = 10", "", false),
        ("at-least = 5", "", true),
        ("at-least = 5", "ongoing = true\nat-least = 5", true),
        ("", "ongoing = true", true),
        ("", "at-least = 5", true),
        ("ongoing = true", "", true),
        ("", "ongoing = false", false),
        // What it counts and is.
        ("", "weight = 1", false),
        ("", "weight = 2", true),
        ("weight = 2", "", true),
        ("", "kind = \"aspirational\"", true),
        ("kind = \"committed\"", "", false),
        ("kind = \"aspirational\"", "", false),
        (
            "kind = \"aspirational\"\ntarget = 9",
            "kind = \"aspirational\"\ntarget = 8",
            false,
        ),
        // The backlog.
        ("", "cycle = \"later\"", true),
        ("cycle = \"later\"", "cycle = \"q1\"", false),
        (
            "cycle = \"later\"\ntarget = 9",
            "cycle = \"later\"\ntarget = 8",
            false,
        ),
        ("", "cycle = \"q1\"", false),
    ] {
        change(before, after, if is_moved { MOVED } else { &[] });
    }
}

#[test]
fn a_title_holds_once_work_has_begun() {
    let other = |status: &str, title: &str| {
        format!("[kr.1]\nobjective = \"outreach\"\ntitle = \"{title}\"\nstatus = \"{status}\"\n")
    };
    for (status, expected) in [
        ("not-started", &[][..]),
        ("on-track", MOVED),
        ("off-track", MOVED),
    ] {
        let note = "[[kr.1.note]]\non = 2024-02-01\ntext = \"x\"\n";
        let before = other(status, "Lend 400 books") + note;
        let after = other(status, "Lend some books") + note;
        assert_eq!(rules(&before, &after), expected, "{status}");
    }
}

#[test]
fn steps_are_goals_on_the_way() {
    let step = |lines: &str| format!("[kr.1.milestone.route]\nname = \"Second route\"\n{lines}\n");
    let due = step("due = 2024-03-01");
    for (before, after, is_moved) in [
        (due.clone(), step("due = 2024-03-02"), true),
        (due.clone(), step("due = 2024-02-20"), false),
        (due.clone(), step(""), true),
        (due.clone(), step("due = 2024-03-01\ndone = true"), false),
        (due.clone(), String::new(), true),
        (step(""), due.clone(), false),
        (step("done = true"), String::new(), false),
        (String::new(), due.clone(), false),
        // Under another id it is the same step.
        (due.clone(), due.replace("route]", "bus]"), false),
    ] {
        change(&before, &after, if is_moved { MOVED } else { &[] });
    }
}

#[test]
fn several_moves_are_told_one_by_one_each_on_its_line() {
    let before = whole(&format!("{KR}due = 2024-03-01\ntarget = 400\n"));
    let after = whole(&format!("{KR}target = 300\ndue = 2024-03-08\n"));
    let found = changed(&before, &after);
    let told: Vec<_> = found
        .iter()
        .map(|found| {
            let label = &found.labels[0];
            (&after[label.span.range()], &*label.text, &*found.message)
        })
        .collect();
    assert_eq!(
        told,
        [
            (
                "300",
                "was 400 at 1a2b3c4d",
                "the target of kr.1 is 300, and was 400"
            ),
            (
                "2024-03-08",
                "was 2024-03-01 at 1a2b3c4d",
                "kr.1 is due on 2024-03-08, 7 days later"
            ),
        ]
    );
    assert_eq!(found[1].help[0], "`loti set 1 due=2024-03-01` puts it back");
}

const CYCLES: &str = "\
[cycle.q2]
name = \"Quarter 2\"
start = 2024-04-01
end = 2024-06-30

";

fn in_cycle(cycle: &str, lines: &str) -> String {
    format!("{CYCLES}{KR}cycle = \"{cycle}\"\n{lines}")
}

#[test]
fn a_later_cycle_is_a_later_goal_told_once() {
    assert_eq!(rules(&in_cycle("q1", ""), &in_cycle("q2", "")), MOVED);
    assert_eq!(rules(&in_cycle("q2", ""), &in_cycle("q1", "")), [""; 0]);
    // A second cycle makes the key necessary, and nothing later.
    assert_eq!(rules(KR, &in_cycle("q1", "")), [""; 0]);
    assert_eq!(rules(KR, &in_cycle("q2", "")), MOVED);
    let due = "due = 2024-03-20\n";
    let moved = rules(&in_cycle("q1", due), &in_cycle("q2", due));
    assert_eq!(moved, MOVED);
}

#[test]
fn a_later_end_of_a_cycle_is_told_once_where_anything_is_due_then() {
    let later = HEAD.replace("end = 2024-03-31", "end = 2024-04-30");
    let two = format!("{KR}{}", KR.replace("kr.1", "kr.2").replace("400", "500"));
    let found = changed(&whole(&two), &format!("{later}{two}"));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(
        found[0].message,
        "cycle.q1 ends 30 days later, and 2 commitments with it"
    );
    let rules = |lines: &str| {
        let found = changed(
            &format!("{HEAD}{KR}{lines}"),
            &format!("{later}{KR}{lines}"),
        );
        found.iter().map(|found| found.rule.0).collect::<Vec<_>>()
    };
    assert_eq!(rules("due = 2024-03-01\n"), [""; 0]);
    assert_eq!(rules("kind = \"aspirational\"\n"), [""; 0]);
    assert_eq!(rules("status = \"done\"\n"), [""; 0]);
    assert_eq!(rules("ongoing = true\n"), [""; 0]);
    assert_eq!(rules(""), MOVED);
    // It is as if each had been given the day itself.
    let with_due = format!("{later}{KR}due = 2024-03-31\n");
    assert!(changed(&whole(KR), &with_due).is_empty());
}

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

#[test]
fn the_judge_is_not_made_kinder() {
    let loosened: &[&str] = &["check-loosened"];
    let check = |lines: &str| format!("[check]\n{lines}\n\n{KR}");
    let allow = |rule: &str| format!("allow = [{{ rule = \"{rule}\", why = \"x\" }}]\n");
    for (before, after, expected) in [
        (check(""), check("levels = { stale = \"off\" }"), loosened),
        (
            check(""),
            check("levels = { stale = \"advice\" }"),
            loosened,
        ),
        (check(""), check("levels = { stale = \"error\" }"), &[][..]),
        (check("levels = { stale = \"error\" }"), check(""), loosened),
        (
            check("levels = { stale = \"error\" }"),
            KR.to_owned(),
            loosened,
        ),
        (
            check(""),
            check("levels = { unknown-key = \"advice\" }"),
            loosened,
        ),
        (
            check(""),
            check("levels = { goalpost-moved = \"off\" }"),
            loosened,
        ),
        (
            check(""),
            check("levels = { check-loosened = \"off\" }"),
            loosened,
        ),
        (check(""), check("at-risk-behind = 20"), loosened),
        (check(""), check("at-risk-behind = 16"), &[]),
        (check(""), check("at-risk-behind = 10"), &[]),
        (check("off-track-behind = 30"), check(""), loosened),
        (check(""), check("most-key-results = 9"), loosened),
    ] {
        assert_eq!(rules(&before, &after), expected, "{after}");
    }
    let of = rules;
    // An allowance for all, and any of an error; not of a warning where it stands.
    assert_eq!(of(KR, &check(&allow("stale"))), loosened);
    assert_eq!(of(KR, &format!("{KR}{}", allow("stale"))), [""; 0]);
    assert_eq!(of(KR, &format!("{KR}{}", allow("out-of-range"))), loosened);
    assert_eq!(
        of(KR, &format!("{KR}{}", allow("goalpost-moved"))),
        loosened
    );
    let everywhere = check(&allow("out-of-range"));
    let here_too = format!("{everywhere}{}", allow("out-of-range"));
    assert_eq!(of(&everywhere, &here_too), [""; 0]);
    let other_words = everywhere.replace("\"x\"", "\"Agreed on 6 February.\"");
    assert_eq!(of(&everywhere, &other_words), [""; 0]);
}

#[test]
fn check_ins_do_not_become_rarer_and_people_stay_declared() {
    let loosened: &[&str] = &["check-loosened"];
    let with = |cadence: &str| HEAD.replace("[plan]\n", &format!("[plan]\n{cadence}\n"));
    let rules = |before: &str, after: &str| {
        let found = changed(before, after);
        found.iter().map(|found| found.rule.0).collect::<Vec<_>>()
    };
    let (weekly, monthly) = (with("cadence = \"weekly\""), with("cadence = \"monthly\""));
    let kr = |head: &str, line: &str| format!("{head}{KR}{line}\n");
    for (before, after, expected) in [
        (kr(&weekly, ""), kr(&monthly, ""), loosened),
        (kr(&weekly, ""), kr(HEAD, ""), loosened),
        (kr(&monthly, ""), kr(&weekly, ""), &[]),
        (kr(HEAD, ""), kr(&monthly, ""), &[]),
        (
            kr(&weekly, ""),
            kr(&weekly, "cadence = \"monthly\""),
            loosened,
        ),
        (
            kr(&monthly, "cadence = \"weekly\""),
            kr(&monthly, ""),
            loosened,
        ),
        (kr(&weekly, ""), kr(&weekly, "cadence = \"weekly\""), &[]),
    ] {
        assert_eq!(rules(&before, &after), expected, "{before}\n---\n{after}");
    }
    let off = "[check]\nlevels = { stale = \"off\" }\n\n";
    assert_eq!(rules(&kr(&weekly, off), &kr(&monthly, off)), [""; 0]);
    let person = "[person.library-team]\nname = \"x\"\n";
    assert_eq!(rules(&kr(HEAD, person), &kr(HEAD, "")), loosened);
}

#[test]
fn what_lets_a_change_pass_is_said_by_the_plan_as_it_was() {
    let allow = "allow = [{ rule = \"goalpost-moved\", why = \"Agreed.\" }]\n";
    let off = "[check]\nlevels = { goalpost-moved = \"warning\" }\n\n";
    let (old, new) = (format!("{KR}target = 400\n"), format!("{KR}target = 300\n"));
    let errors = |before: &str, after: &str| {
        let (before, after) = (read(&whole(before)), read(&whole(after)));
        let former = std::collections::HashMap::new();
        let base = Base {
            document: &before,
            revision: "1a2b3c4d",
            former: &former,
        };
        let levels = Levels::against(&before.plan, &after.plan, &Wish::default());
        let report = check_against(&after, &base, &levels, day());
        let of_change = report.findings.iter().filter(|found| is_of_change(found));
        let (errors, others): (Vec<_>, Vec<_>) =
            of_change.partition(|found| found.severity == Severity::Error);
        (errors.len(), others.len())
    };
    assert_eq!(errors(&old, &new), (1, 0));
    // The base allows it at its table, or counts it less.
    let allowed = format!("{KR}{allow}target = 400\n");
    assert_eq!(errors(&allowed, &new), (0, 0));
    let both = format!("{KR}{allow}target = 300\n");
    assert_eq!(errors(&allowed, &both), (0, 0));
    assert_eq!(
        errors(&format!("{off}{old}"), &format!("{off}{new}")),
        (0, 1)
    );
    // The change says so of itself.
    assert_eq!(errors(&old, &both), (2, 0));
    assert_eq!(errors(&old, &format!("{off}{new}")), (2, 0));
}

#[test]
fn nothing_that_passes_keeps_the_rules_quiet() {
    // A misspelt key makes the check fail; where the change sees to it that it does not, it hides
    // nothing.
    let before = format!("{KR}target = 400\n");
    let after = |check: &str| format!("[check]\n{check}\n\n{KR}target = 300\nx-more = 1\n");
    assert_eq!(rules(&before, &after("")), [""; 0]);
    let found = findings_against(&whole(&before), &whole(&after("")));
    assert!(found.iter().any(|found| found.rule.0 == "unknown-key"));
    let off = after("levels = { unknown-key = \"off\" }\nx-less = 1");
    assert_eq!(rules(&before, &off), ["check-loosened", "goalpost-moved"]);
}

#[test]
fn without_a_base_the_rules_are_not_looked_at() {
    let text = whole(&format!(
        "{KR}allow = [{{ rule = \"goalpost-moved\", why = \"x\" }}]\n"
    ));
    let document = read(&text);
    let rule = page("goalpost-moved").expect("a rule").rule;
    let wish = Wish {
        levels: vec![(rule, Level::Error)],
        ..Wish::default()
    };
    let levels = Levels::new(&document.plan, &wish);
    assert_eq!(levels.of(rule), Level::Off);
    // An allowance for changes to come is no spare one.
    assert!(check(&document, &levels, day()).findings.is_empty());
    assert!(changed(&text, &text).is_empty());
    let wish = Wish {
        except: vec![rule],
        ..Wish::default()
    };
    let levels = Levels::against(&document.plan, &document.plan, &wish);
    assert_eq!(levels.of(rule), Level::Off);
}
