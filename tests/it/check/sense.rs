//! Where the rules of sense speak, and where they let pass.

use super::{findings, whole};

/// Checks which rules find something in a plan with key result 1 and these lines.
#[track_caller]
fn check(lines: &str, expected: &[&str]) {
    let kr = "[kr.1]\nobjective = \"outreach\"\ntitle = \"Lend 400 books a month\"\n";
    plan(&format!("{kr}{lines}"), expected);
}

#[track_caller]
fn plan(lines: &str, expected: &[&str]) {
    let found = findings(&whole(lines));
    let rules: Vec<_> = found.iter().map(|problem| problem.rule.0).collect();
    assert_eq!(rules, expected, "{lines}\n{found:#?}");
}

#[test]
fn a_metric_needs_a_way_to_go() {
    check("target = 0\n", &["target-equals-baseline"]);
    check("baseline = 3.0\ntarget = 3\n", &["target-equals-baseline"]);
    check("baseline = 3\ntarget = 0\n", &[]);
    check("unit = \"books\"\n", &[]);
}

#[test]
fn one_measure_is_enough() {
    check(
        "status = \"on-track\"\ntarget = 4\nat-least = 3\n",
        &["two-measures"],
    );
    check("ongoing = true\nprogress = 50\n", &["two-measures"]);
    check("ongoing = true\ntarget = 50\n", &["two-measures"]);
    check("current = 3\nprogress = 50\n", &["two-measures"]);
    check(
        "ongoing = true\nat-least = 3\nat-most = 3\ncurrent = 3\n",
        &[],
    );
    check(
        "ongoing = false\nstatus = \"on-track\"\nprogress = 45\n",
        &[],
    );
    check("at-most = 3\nbaseline = 5\ncurrent = 2\n", &[]);
}

#[test]
fn numbers_keep_to_their_ranges() {
    for (line, is_fine) in [
        ("progress = 100", true),
        ("progress = 1", true),
        ("progress = 100.1", false),
        ("progress = -1", false),
        ("confidence = 1.0", true),
        ("confidence = 70", false),
        ("confidence = -0.1", false),
        ("weight = 0", true),
        ("weight = 12.5", true),
        ("weight = -1", false),
    ] {
        let lines = format!(
            "status = \"off-track\"\n{line}\n[[kr.1.note]]\non = 2024-02-01\ntext = \"x\"\n"
        );
        check(&lines, if is_fine { &[] } else { &["out-of-range"] });
    }
    let found = findings(&whole(
        "[kr.1]\nobjective = \"outreach\"\ntitle = \"x\"\nconfidence = 70\n",
    ));
    assert_eq!(
        found[0].help,
        ["`loti set 1 confidence=0.7` if that is meant"]
    );
}

#[test]
fn what_is_done_has_reached_its_target() {
    let done = "status = \"done\"\n";
    check(&format!("{done}target = 4\n"), &["done-below-target"]);
    check(&format!("{done}target = 4\ncurrent = 4\n"), &[]);
    check(
        &format!("{done}baseline = 9\ntarget = 4\ncurrent = 3\n"),
        &[],
    );
    check(
        &format!("{done}baseline = 9\ntarget = 4\ncurrent = 5\n"),
        &["done-below-target"],
    );
    check(&format!("{done}target = 4\ncommit = 3\ncurrent = 3\n"), &[]);
    let stretch = "kind = \"aspirational\"\ntarget = 100\n";
    check(&format!("{done}{stretch}current = 70\n"), &[]);
    check(
        &format!("{done}{stretch}current = 69\n"),
        &["done-below-target"],
    );
}

#[test]
fn days_lie_within_what_they_belong_to() {
    check("due = 2024-03-31\n", &[]);
    check("due = 2024-04-01\n", &["due-outside-cycle"]);
    check("status = \"done\"\ndue = 2024-04-01\n", &[]);
    check("start = 2024-04-01\n", &["start-after-due"]);
    check("checked = 2024-02-11\n", &[]);
    check("checked = 2024-02-12\n", &["day-to-come"]);
    check(
        "[kr.1.milestone.a]\nname = \"a\"\ndue = 2024-04-01\n",
        &["milestone-after-due"],
    );
    check(
        "[kr.1.milestone.a]\nname = \"a\"\ndone = true\ndue = 2024-04-01\n",
        &[],
    );
    plan(
        "[[plan.note]]\non = 2025-01-01\ntext = \"x\"\n\n[[objective.outreach.note]]\non = 2025-01-01\n\
         text = \"x\"\n\n[kr.1]\nobjective = \"outreach\"\ntitle = \"x\"\n",
        &["day-to-come", "day-to-come"],
    );
}

#[test]
fn cycles_may_nest_and_follow_each_other() {
    let kr = "[kr.1]\nobjective = \"outreach\"\ntitle = \"x\"\ncycle = \"q1\"\n";
    let cycle = |id: &str, start: &str, end: &str| {
        format!("[cycle.{id}]\nname = \"{id}\"\nstart = 2024-{start}\nend = 2024-{end}\n\n")
    };
    for (cycles, expected) in [
        (cycle("a", "03-31", "06-30"), &[][..]),
        (cycle("a", "03-30", "06-30"), &["cycles-overlap"]),
        (cycle("a", "01-01", "06-30"), &[]),
        (cycle("a", "02-01", "03-31"), &[]),
        (cycle("a", "01-01", "03-31"), &[]),
        (
            cycle("a", "01-10", "12-31") + &cycle("b", "02-01", "02-10"),
            &["cycles-overlap"],
        ),
        (
            cycle("a", "02-01", "05-10") + &cycle("b", "03-01", "04-10"),
            &["cycles-overlap", "cycles-overlap"],
        ),
        (cycle("a", "08-01", "07-01"), &["cycle-backwards"]),
    ] {
        plan(&format!("{cycles}{kr}"), expected);
    }
}

#[test]
fn an_old_owner_is_told_of_where_named() {
    let head = super::HEAD.replace("owner = \"library-team\"", "owner = \"ana\"");
    let people = "[person.ana]\nuntil = 2024-02-09\n\n[person.ben]\nuntil = 2024-02-10\n\n";
    let kr = |id: u8, line: &str| {
        format!("[kr.{id}]\nobjective = \"outreach\"\ntitle = \"{id}\"\n{line}\n")
    };
    for (key_results, expected) in [
        (kr(1, "") + &kr(2, ""), &["owner-left"][..]),
        (
            kr(1, "") + &kr(2, "owner = \"ana\""),
            &["owner-left", "owner-left"],
        ),
        (kr(1, "owner = \"ben\""), &[]),
        (kr(1, "status = \"done\""), &[]),
    ] {
        plan(&format!("{head}{people}{key_results}"), expected);
    }
}

#[test]
fn a_closed_cycle_without_grades_is_told_of_once() {
    let cycle =
        "[cycle.old]\nname = \"o\"\nstart = 2023-10-01\nend = 2023-12-31\nclosed = 2024-01-02\n\n";
    let kr = |id: u8, line: &str| {
        format!("[kr.{id}]\nobjective = \"outreach\"\ntitle = \"x\"\ncycle = \"old\"\n{line}\n")
    };
    let without = kr(1, "") + &kr(2, "") + &kr(3, "");
    plan(&format!("{cycle}{without}"), &["closed-without-score"]);
    let one = kr(1, "score = 1") + &kr(2, "") + &kr(3, "");
    plan(&format!("{cycle}{one}"), &["closed-without-score"; 2]);
    let idle = kr(1, "score = 1") + &kr(2, "ongoing = true");
    plan(&format!("{cycle}{idle}"), &[]);
}

#[test]
fn links_lead_to_the_web() {
    for (line, is_fine) in [
        (
            "links = [\"https://example.org\", { url = \"mailto:a@example.org\" }]",
            true,
        ),
        ("links = [\"example.org\"]", false),
        (
            "links = [{ name = \"x\", url = \"javascript:alert(1)\" }]",
            false,
        ),
        (
            "evidence = [\"docs/report.md\", \"https://example.org\"]",
            true,
        ),
        ("evidence = [\"../report.md\"]", false),
        ("evidence = [\"/etc/passwd\"]", false),
    ] {
        check(
            &format!("{line}\n"),
            if is_fine { &[] } else { &["unsafe-link"] },
        );
    }
}

#[test]
fn nothing_is_late_for_a_cycle_that_ends_before_it_begins() {
    let lines = "[cycle.q2]\nname = \"Quarter 2\"\nstart = 2024-04-01\nend = 2024-01-30\n\n\
                 [kr.1]\nobjective = \"outreach\"\ntitle = \"Lend\"\ncycle = \"q2\"\n\
                 start = 2024-04-08\n\n\
                 [kr.1.milestone.route]\nname = \"Route\"\ndue = 2024-05-01\n";
    plan(lines, &["cycle-backwards"]);
}
