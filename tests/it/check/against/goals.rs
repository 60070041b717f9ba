//! Goals: none becomes easier unseen.

use super::{KR, MOVED, change, changed, rules};
use crate::check::{HEAD, whole};

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
