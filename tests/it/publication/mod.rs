//! What is published of a plan holds nothing that was to stay inside.

pub(crate) mod forms;
mod hostile;
mod laws;
pub(crate) mod marked;
#[cfg(feature = "tools")]
mod readers;
mod schema;
mod update;

use loti::document::Document;
use loti::model::{Address, Id, Plan, TableName, Visibility};
use loti::text::Source;
use loti::view::{Audience, Publication};

/// Reads a plan in which nothing is wrong.
fn plan(text: &str) -> Plan {
    let document = Document::read(Source::new("okrs.toml", text.to_owned()));
    let problems: Vec<_> = document.refusals().map(|own| own.message.clone()).collect();
    assert!(problems.is_empty(), "{problems:?}");
    document.plan
}

fn publication(text: &str) -> Publication {
    let cycle = Id::new("q1").expect("an id");
    Publication::new(&plan(text), Audience::Public, &cycle)
}

#[test]
fn the_plan_for_everybody_holds_nothing_that_is_marked() {
    let publication = publication(marked::PLAN);
    assert_eq!(
        marked::found(format!("{:?}", publication.plan).as_bytes()),
        None
    );
    let left_out = publication.left_out.describe();
    let wanted = "1 theme, 2 objectives and 3 key results";
    assert_eq!(left_out.as_deref(), Some(wanted));
}

#[test]
fn an_outline_holds_what_it_may_and_no_more() {
    let shown = publication(marked::PLAN).plan;
    let keys = |word: &str| {
        let address: Address = word.parse().expect("an address");
        let table = shown.table(&address).expect("a table");
        let keys: Vec<_> = table.values().map(|(key, _)| key.name).collect();
        keys.join(" ")
    };
    assert_eq!(keys("theme.sketch"), "name aim visibility");
    assert_eq!(keys("objective.drawn"), "theme name aim visibility");
    assert_eq!(keys("kr.2"), "objective title status due visibility");
    assert_eq!(keys("kr.3"), "objective title visibility");
    let outlined = shown.key_results.values().filter(|own| own.is_outline);
    assert!(outlined.clone().all(|own| own.progress().is_none()));
    assert!(outlined.clone().all(|own| own.milestones.is_empty()));
    assert!(
        outlined
            .clone()
            .all(|own| own.visibility == Some(Visibility::Outline))
    );
    assert_eq!(outlined.count(), 2);
}

#[test]
fn what_is_kept_up_is_never_late_in_outline_either() {
    let shown = publication(&marked::PLAN.replace(
        "status = \"at-risk\"\ndue = 2024-03-15",
        "status = \"on-track\"\nongoing = true\ndue = 2024-01-05",
    ));
    let own = &shown.plan.key_results["2"];
    let today = chrono::NaiveDate::from_ymd_opt(2024, 2, 20).expect("a day");
    assert_eq!(shown.plan.days_overdue(own, today), None);
}

#[test]
fn notes_and_people_are_there_where_the_plan_publishes_them() {
    let with = |words: &str| {
        let head = format!("[plan]\npublish = [{words}]");
        publication(&marked::PLAN.replace("[plan]\n", &format!("{head}\n"))).plan
    };
    let notes = with("\"notes\"");
    assert_eq!(notes.key_results["1"].note[0].text, "hush note");
    assert_eq!(notes.key_results["1"].note[0].by, None);
    assert_eq!(notes.key_results["2"].note.len(), 0);
    assert_eq!(notes.owner, None);
    assert!(notes.persons.is_empty());
    let people = with("\"people\"");
    assert_eq!(people.key_results["1"].owner.as_deref(), Some("hush-owner"));
    assert_eq!(people.key_results["1"].note.len(), 0);
    assert_eq!(people.owner_of(&people.key_results["2"]), None);
    let both = with("\"notes\", \"people\"");
    assert_eq!(
        both.key_results["1"].note[0].by.as_deref(),
        Some("hush-author")
    );
    // Who is named only by what is not shown is not shown.
    let ids: Vec<_> = both.ids(TableName::Person).map(Id::as_str).collect();
    let wanted = [
        "hush-owner",
        "hush-plan-owner",
        "hush-plan-reviewer",
        "hush-theme-owner",
        "hush-objective-owner",
        "hush-reviewer",
        "hush-author",
    ];
    assert_eq!(ids, wanted);
    let person = &both.persons["hush-owner"];
    assert_eq!(
        (&person.email, person.name.as_deref()),
        (&None, Some("hush name"))
    );
}
