//! What changed, as each reader gets it.

use loti::render::changes::{github, human, markdown, stat, stat_markdown};
use loti::render::{Look, json};
use serde_json::{Value, json};

use super::{changes, compare, document};

const BEFORE: &str = include_str!("../../sessions/week.in/okrs.toml");

/// Returns the plan of the sessions a week later.
fn after() -> String {
    let mut text = BEFORE.to_owned();
    for (old, new) in [
        ("end = 2021-10-15", "end = 2021-10-31"),
        ("name = \"Outreach\"", "name = \"Out of the house\""),
        (
            "status = \"on-track\"",
            "status = \"at-risk\"\ndue = 2021-12-01",
        ),
        ("current = 260", "current = 330"),
        (
            "target = 400   # what the smallest branch lends",
            "target = 380",
        ),
        ("due = 2021-09-08", "due = 2021-09-08\ndone = true"),
        (
            "owner = \"ben\"\n",
            "owner = \"ana\"\ntags = [\"market\"]\n",
        ),
        (
            "status = \"done\"\nowner = \"ana\"",
            "status = \"on-track\"\nowner = \"ana\"\njira = \"L-3\"",
        ),
        (
            "[kr.4]\nobjective = \"rooms\"",
            "[kr.evening]\nobjective = \"rooms\"\nconfidence = 0.5",
        ),
        (
            "[[kr.1.note]]",
            "[[kr.1.note]]\non = 2021-09-20\nby = \"ana\"\ntext = \"\"\"\nThe bus is\nin repair.\"\"\"\n\n[[kr.1.note]]",
        ),
        (
            "[theme.house]",
            "[kr.5]\nobjective = \"outreach\"\ntitle = \"Lend to schools\"\n\n[kr.5.milestone.one]\nname = \"One\"\n\n[theme.house]",
        ),
    ] {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    text
}

fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("writing to memory");
    String::from_utf8(out).expect("text")
}

const LOOK: Look = Look {
    width: Some(80),
    color: false,
    ascii: false,
};

#[test]
fn people_read_it_by_theme_and_address() {
    let (before, after) = (
        document("okrs.toml", BEFORE),
        document("okrs.toml", &after()),
    );
    let comparison = compare("okrs.toml", changes(&before, &after));
    let text = written(|out| human(out, &comparison, LOOK));
    assert_eq!(
        text,
        r#"CYCLES
cycle.y2q1 · Year 2, Quarter 1
  end         15 Oct → 31 Oct 2021 (16 days later)

REACH
objective.outreach · Out of the house
  name        "Outreach" → "Out of the house"
kr.1 · Lend 400 books a month from the bus
  status      on track → at risk
  due         15 Oct → 1 Dec 2021 (47 days later)
  current     260 → 330 books (progress 50 % → 80 %)
  target      400 → 380 books (goal lowered)
  note        added by Ana Lima, 20 Sep 2021: "The bus is in repair."
  milestone   Second route opens: done
kr.2 · Open a reading corner at the market
  owner       Ben Okoro → Ana Lima (handed over)
  tags        added market
kr.5 · Lend to schools
  new         in Out of the house, due 31 Oct 2021, 1 milestone

THE HOUSE
kr.3 · Every branch has a quiet room
  status      done → on track (reopened)
kr.evening · Keep the reading room open till eight
  renamed     was kr.4
  confidence  none → 0.5

A key that loti does not know changed: kr.3.jira.
Also changed: comments (1 removed).
"#
    );
}

#[test]
fn only_how_much_changed_can_be_asked_for() {
    let (before, after) = (
        document("okrs.toml", BEFORE),
        document("okrs.toml", &after()),
    );
    let comparison = compare("okrs.toml", changes(&before, &after));
    let text = written(|out| stat(out, &comparison, LOOK));
    assert_eq!(
        text,
        r"Cycles     1 change (1 date later)
Reach      2 key results changed, 1 new, 1 other change (1 status, 1 date later,
           1 goal lowered, 1 note added)
The house  2 key results changed (1 status)
All        4 key results changed, 1 new, 2 other changes (2 statuses, 2 dates
           later, 1 goal lowered, 1 note added)

A key that loti does not know changed: kr.3.jira.
Also changed: comments (1 removed).
"
    );
    let text = written(|out| stat_markdown(out, &comparison));
    assert_eq!(
        text,
        r"**okrs.toml**: 4 key results changed, 1 new, 2 other changes (2 statuses, 2 dates later, 1 goal lowered, 1 note added)

- **Cycles**: 1 change (1 date later)
- **Reach**: 2 key results changed, 1 new, 1 other change (1 status, 1 date later, 1 goal lowered, 1 note added)
- **The house**: 2 key results changed (1 status)

A key that loti does not know changed: kr.3.jira.

Also changed: comments (1 removed).
"
    );
}

#[test]
fn a_comment_on_a_pull_request_has_it_as_lists() {
    let (before, after) = (
        document("okrs.toml", BEFORE),
        document("okrs.toml", &after()),
    );
    let comparison = compare("okrs.toml", changes(&before, &after));
    let text = written(|out| markdown(out, &comparison));
    assert_eq!(
        text,
        r#"**okrs.toml**: 4 key results changed, 1 new, 2 other changes (2 statuses, 2 dates later, 1 goal lowered, 1 note added)

**Cycles**

- `cycle.y2q1` Year 2, Quarter 1: **end** 15 Oct → 31 Oct 2021 (16 days later)

**Reach**

- `objective.outreach` Out of the house: **name** \"Outreach" → "Out of the house"
- `kr.1` Lend 400 books a month from the bus
  - **status** on track → at risk
  - **due** 15 Oct → 1 Dec 2021 (47 days later)
  - **current** 260 → 330 books (progress 50 % → 80 %)
  - **target** 400 → 380 books (goal lowered)
  - **note** added by Ana Lima, 20 Sep 2021: "The bus is in repair."
  - **milestone** Second route opens: done
- `kr.2` Open a reading corner at the market
  - **owner** Ben Okoro → Ana Lima (handed over)
  - **tags** added market
- `kr.5` Lend to schools: **new** in Out of the house, due 31 Oct 2021, 1 milestone

**The house**

- `kr.3` Every branch has a quiet room: **status** done → on track (reopened)
- `kr.evening` Keep the reading room open till eight
  - **renamed** was kr.4
  - **confidence** none → 0.5

A key that loti does not know changed: kr.3.jira.

Also changed: comments (1 removed).
"#
    );
}

#[test]
fn a_workflow_marks_the_lines_and_says_how_many_it_does_not() {
    let (before, after) = (
        document("okrs.toml", BEFORE),
        document("./okrs.toml", &after()),
    );
    let comparison = compare("okrs.toml", changes(&before, &after));
    let text = written(|out| github(out, &comparison, Some(&after)));
    assert_eq!(
        text,
        r#"::notice file=okrs.toml,line=10,title=loti cycle.y2q1 end::Year 2, Quarter 1: 15 Oct → 31 Oct 2021 (16 days later)
::notice file=okrs.toml,line=26,title=loti objective.outreach name::Out of the house: "Outreach" → "Out of the house"
::notice file=okrs.toml,line=34,title=loti kr.1 status::Lend 400 books a month from the bus: on track → at risk
::notice file=okrs.toml,line=35,title=loti kr.1 due::Lend 400 books a month from the bus: 15 Oct → 1 Dec 2021 (47 days later)
::notice file=okrs.toml,line=37,title=loti kr.1 current::Lend 400 books a month from the bus: 260 → 330 books (progress 50 %25 → 80 %25)
::notice file=okrs.toml,line=38,title=loti kr.1 target::Lend 400 books a month from the bus: 400 → 380 books (goal lowered)
::notice file=okrs.toml,line=46,title=loti kr.1 note::Lend 400 books a month from the bus: added by Ana Lima, 20 Sep 2021: "The bus is in repair."
::notice file=okrs.toml,line=44,title=loti kr.1.milestone.route milestone::Second route opens: done
::notice file=okrs.toml,line=61,title=loti kr.2 owner::Open a reading corner at the market: Ben Okoro → Ana Lima (handed over)
::notice file=okrs.toml,line=62,title=loti kr.2 tags::Open a reading corner at the market: added market
loti diff: 4 key results changed, 1 new, 2 other changes (2 statuses, 2 dates later, 1 goal lowered, 1 note added); 4 changes not marked here, `loti diff` lists them all
::notice file=okrs.toml::A key that loti does not know changed: kr.3.jira.
Also changed: comments (1 removed).
"#
    );
}

#[test]
fn programs_get_values_as_the_file_has_them() {
    let (before, after) = (
        document("okrs.toml", BEFORE),
        document("okrs.toml", &after()),
    );
    let comparison = compare("okrs.toml", changes(&before, &after));
    let json: Value =
        serde_json::from_str(&written(|out| json::changes(out, &comparison, false))).expect("JSON");
    assert_eq!(json["version"], 1);
    assert_eq!(json["changed"], true);
    let reach = &json["groups"][1];
    assert_eq!(
        (&reach["about"], &reach["id"]),
        (&json!("theme"), &json!("reach"))
    );
    let find = |address: &str, key: &str| {
        let all = json["groups"].as_array().expect("groups").iter();
        let mut all = all.flat_map(|group| group["changes"].as_array().expect("changes"));
        let found = all.find(|one| one["address"] == address && one["key"] == key);
        found.unwrap_or_else(|| panic!("{address} {key}")).clone()
    };
    let due = find("kr.1", "due");
    // Before it had no day of its own, and was due at the end of its cycle.
    assert_eq!(
        (&due["old"], &due["new"]),
        (&json!("2021-10-15"), &json!("2021-12-01"))
    );
    assert_eq!(
        (&due["remark"], &due["days"]),
        (&json!("later"), &json!(47))
    );
    let current = find("kr.1", "current");
    assert_eq!(
        (&current["old"], &current["new"]),
        (&json!(260), &json!(330))
    );
    assert_eq!(
        (&current["progress-before"], &current["progress-after"]),
        (&json!(50), &json!(80))
    );
    assert_eq!(find("kr.2", "tags")["new"], "market");
    assert_eq!(json["beside"]["unknown"], json!(["kr.3.jira"]));
    let stat: Value =
        serde_json::from_str(&written(|out| json::changes(out, &comparison, true))).expect("JSON");
    assert_eq!(stat["counts"], json["counts"]);
    assert_eq!(stat["groups"][1]["changes"], Value::Null);
}

#[test]
fn what_is_no_change_of_the_plan_is_called_that() {
    let before = document("okrs.toml", BEFORE);
    for (old, new, words) in [
        ("", "", ""),
        (
            "# The bus is on loan until spring.\n",
            "",
            "The plan says the same; only comments (1 removed) changed.\n",
        ),
        (
            "title = \"Open",
            "title  =  \"Open",
            "The plan says the same; only layout changed.\n",
        ),
        (
            "status = \"done\"\nowner = \"ana\"",
            "owner = \"ana\"\nstatus = \"done\"",
            "The plan says the same; only layout changed.\n",
        ),
        (
            "[kr.4]",
            "[kr.4]\nkind = \"committed\"",
            "The plan says the same; only what is spelt out (1 key) changed.\n",
        ),
        (
            "ongoing = true",
            "ongoing = true\njira = 4",
            "A key that loti does not know changed: kr.4.jira.\n",
        ),
    ] {
        let after = document("okrs.toml", &BEFORE.replacen(old, new, 1));
        let comparison = compare("okrs.toml", changes(&before, &after));
        assert_eq!(comparison.is_empty(), !new.contains("jira"), "{new}");
        assert_eq!(written(|out| human(out, &comparison, LOOK)), words);
        let bare = written(|out| markdown(out, &comparison));
        assert!(
            bare.starts_with("**okrs.toml**: no change in the plan\n"),
            "{bare}"
        );
        assert!(bare.trim_end().ends_with(words.trim_end()), "{bare}");
    }
}

#[test]
fn a_comment_that_would_be_too_long_says_how_much_it_leaves_out() {
    let text = |status: &str| {
        let key_results = (0..2000).map(|id| {
            format!(
                "[kr.n{id}]\nobjective = \"rooms\"\ntitle = \"Room {id}\"\nstatus = \"{status}\"\n"
            )
        });
        format!("{BEFORE}\n{}", key_results.collect::<String>())
    };
    let before = document("okrs.toml", &text("at-risk"));
    let after = document("okrs.toml", &text("done"));
    let comparison = compare("okrs.toml", changes(&before, &after));
    let text = written(|out| markdown(out, &comparison));
    assert!(text.len() < 65_000, "{}", text.len());
    let listed = text.lines().filter(|line| line.starts_with("- ")).count();
    let more = format!(
        "{} changes not listed here: `loti diff` shows all.\n",
        2000 - listed
    );
    assert!(text.ends_with(&more), "{}", &text[text.len() - 200..]);
}
