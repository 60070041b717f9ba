//! The laws of changes: what an edit leaves alone, what it does, and that it can be undone.

use loti::change::{Change, Edit, Refusal, Splice, apply, diff, edit, unsaid};
use loti::document::Document;
use loti::model::{Address, Id, Plan, TableName, Type, Value};
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq};
use proptest::proptest;

use crate::layouts::{Choices, UNKNOWN, choices, note, plan, render, value};
use crate::tree::read;

/// Makes up a change that fits a plan, as a rule.
fn change(plan: &Plan, choices: &mut Choices) -> Change {
    let all: Vec<Address> = plan.addresses().collect();
    let at = all[choices.below(all.len())].clone();
    let id = Id::new("new").expect("an id");
    match choices.below(9) {
        0 => Change::Remove { at },
        1 => Change::Rename {
            from: at,
            to: id,
            line: None,
        },
        2 => {
            let objective = Value::from("o1");
            let values = vec![
                ("objective".to_owned(), objective),
                ("title".to_owned(), Value::from("new")),
                ("cycle".to_owned(), Value::from("c1")),
            ];
            let at = Address::KeyResult(id);
            Change::Add { at, values }
        }
        3 => Change::AddNote {
            to: at,
            note: note(choices),
        },
        4 => match plan.notes(&at).and_then(<[_]>::first) {
            Some(note) => Change::RemoveNote {
                of: at,
                note: note.clone(),
            },
            None => Change::AddNote {
                to: at,
                note: note(choices),
            },
        },
        5 if plan.key_results.contains_key("1") => Change::Add {
            at: Address::Milestone(Id::new("1").expect("an id"), id),
            values: vec![("name".to_owned(), Value::from("step"))],
        },
        kind => {
            let keys = at.table().keys();
            let key = &keys[choices.below(keys.len())];
            let new = match kind {
                6 => None,
                _ => value(key.takes, choices),
            };
            let key = key.name.to_owned();
            let old = plan.table(&at).and_then(|table| table.get(&key));
            match (kind, old, new) {
                (7, Some(Value::List(mut items)), _) => Change::RemoveItem {
                    at,
                    key,
                    item: items.remove(0),
                },
                (8, _, Some(Value::List(mut items))) => Change::AddItem {
                    at,
                    key,
                    item: items.remove(0),
                },
                (_, _, value) => Change::Set { at, key, value },
            }
        }
    }
}

/// Makes up a change that says more, as closing a cycle does, and takes nothing away.
fn additive(plan: &Plan, choices: &mut Choices, number: usize) -> Change {
    let all: Vec<&Id> = plan.key_results.keys().collect();
    let new = Id::new(&format!("new-{number}")).expect("an id");
    let Some(of) = all.get(choices.below(all.len().max(1))).copied() else {
        return change(plan, choices);
    };
    let at = Address::KeyResult(of.clone());
    let set = |key: &str, value| Change::Set {
        at: at.clone(),
        key: key.to_owned(),
        value: Some(value),
    };
    match choices.below(8) {
        0 => set("status", Value::from("at-risk")),
        1 => set("cycle", Value::from("c1")),
        2 => set("unit", Value::from("books")),
        3 => Change::AddNote {
            to: at,
            note: note(choices),
        },
        4 => Change::AddNote {
            to: Address::Cycle(Id::new("c1").expect("an id")),
            note: note(choices),
        },
        5 => Change::Add {
            at: Address::Milestone(of.clone(), new),
            values: vec![("name".to_owned(), Value::from("step"))],
        },
        _ => Change::Add {
            at: Address::KeyResult(new),
            values: vec![
                (
                    "objective".to_owned(),
                    Value::from(plan.key_results[of].objective.as_str()),
                ),
                ("title".to_owned(), Value::from("new")),
                ("cycle".to_owned(), Value::from("c1")),
            ],
        },
    }
}

/// Makes another plan of one: some things go by other ids, and some are changed.
pub(crate) fn revised(plan: &Plan, choices: &mut Choices) -> Plan {
    let mut revised = plan.clone();
    for number in 0..choices.below(4) {
        let all: Vec<Address> = revised.addresses().collect();
        let from = all[choices.below(all.len())].clone();
        let to = Id::new(&format!("other{number}")).expect("an id");
        let rename = Change::Rename {
            from,
            to,
            line: None,
        };
        // The plan itself has no id.
        let _ = apply(&mut revised, &rename);
    }
    for _ in 0..choices.below(3) {
        let change = change(&revised, choices);
        let _ = apply(&mut revised, &change);
    }
    revised
}

fn holds(before: &str, edit: &Edit) -> Result<(), proptest::test_runner::TestCaseError> {
    let after = edit.document.source.text();
    prop_assert_eq!(&Splice::apply_all(&edit.splices, before), after);
    prop_assert_eq!(Splice::apply_all(&edit.inverse(), after), before);
    let mut end = 0;
    for splice in &edit.splices {
        prop_assert!(splice.span.start >= end && splice.span.end >= splice.span.start);
        end = splice.span.end;
    }
    Ok(())
}

/// Returns whether a change may leave something without what it names, or in a ring.
fn may_break(change: &Change) -> bool {
    let names = |at: &Address, key: &str| {
        let keys = at.table().keys();
        let number = at.table().find(key);
        number.is_some_and(|number| {
            keys[number].refers.is_some() || keys[number].takes == Type::Addresses
        })
    };
    match change {
        Change::Remove { .. } | Change::Set { value: None, .. } | Change::AddNote { .. } => true,
        Change::Set { at, key, .. } | Change::AddItem { at, key, .. } => names(at, key),
        _ => false,
    }
}

/// Checks that what the format does not know is still there, where nothing goes that could hold it.
fn keeps_the_unknown(
    before: &str,
    edit: &Edit,
    change: &Change,
) -> Result<(), proptest::test_runner::TestCaseError> {
    let count = |text: &str| text.matches(UNKNOWN).count();
    let (was, is) = (count(before), count(edit.document.source.text()));
    let loses = match change {
        Change::Remove { .. } | Change::RemoveNote { .. } | Change::RemoveItem { .. } => true,
        Change::Set { at, key, .. } => {
            let number = at.table().find(key).expect("a key");
            matches!(at.table().keys()[number].takes, Type::Rows(_))
        }
        _ => false,
    };
    prop_assert!(is == was || (loses && is < was), "{change:?}\n{before}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        // More where the environment asks for more.
        cases: ProptestConfig::default().cases.max(400),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_plan_is_read_from_every_layout(mut choices in choices()) {
        let plan = plan(&mut choices);
        let text = render(&plan, &mut choices);
        let document = read(&text);
        prop_assert!(!document.is_refused(), "{:?}\n{}", document.problems, text);
        prop_assert_eq!(diff(&plan, &document.plan), [], "{}", text);
        prop_assert_eq!(&document.plan, &plan, "{}", text);
    }

    #[test]
    fn a_diff_applied_gives_the_other_plan(mut first in choices(), mut second in choices()) {
        let a = plan(&mut first);
        for b in [plan(&mut second), revised(&a, &mut first)] {
            let mut made = a.clone();
            for change in diff(&a, &b) {
                prop_assert!(!change.describe(&made).contains('\n'));
                apply(&mut made, &change).expect("a diff fits");
            }
            prop_assert_eq!(&made, &b);
            prop_assert_eq!(diff(&a, &made), diff(&a, &b));
        }
        prop_assert_eq!(diff(&a, &a), []);
    }

    #[test]
    fn whatever_differs_in_a_text_is_told(mut choices in choices()) {
        let plan = plan(&mut choices);
        let (first, second) = (render(&plan, &mut choices), render(&plan, &mut choices));
        let (before, after) = (read(&first), read(&second));
        let unsaid = unsaid(&before, &after, &[]);
        prop_assert_eq!(unsaid.is_empty(), first == second, "{}\n{}", first, second);
        let is_in_order = before.plan.addresses().eq(after.plan.addresses());
        prop_assert_eq!(unsaid.moved.is_empty(), is_in_order);
    }

    #[test]
    fn what_goes_by_another_id_is_renamed_and_nothing_else(mut choices in choices()) {
        let a = plan(&mut choices);
        let with_ids = a.addresses().filter(|at| at.id().is_some());
        for from in with_ids.collect::<Vec<_>>() {
            let to = Id::new("new").expect("an id");
            let rename = Change::Rename { from, to, line: None };
            let mut b = a.clone();
            apply(&mut b, &rename).expect("the id is free");
            prop_assert_eq!(diff(&a, &b), [rename]);
        }
    }

    #[test]
    fn an_edit_does_what_was_asked_in_every_layout(mut choices in choices()) {
        let plan = plan(&mut choices);
        let text = render(&plan, &mut choices);
        let document = read(&text);
        for _ in 0..3 {
            let change = change(&plan, &mut choices);
            let mut wanted = plan.clone();
            let fits = apply(&mut wanted, &change);
            match edit(&document, std::slice::from_ref(&change)) {
                Ok(edit) => {
                    prop_assert!(fits.is_ok());
                    prop_assert_eq!(&edit.document.plan, &wanted);
                    prop_assert_eq!(edit.splices.is_empty(), wanted == plan);
                    holds(&text, &edit)?;
                    keeps_the_unknown(&text, &edit, &change)?;
                }
                Err(refusal @ Refusal::Unproved { .. }) => {
                    prop_assert!(false, "{change:?}: {refusal}\n{text}");
                }
                Err(Refusal::Problem { .. }) => {
                    prop_assert!(may_break(&change), "{change:?}\n{text}");
                }
                Err(refusal) => prop_assert!(fits.is_err(), "{change:?}: {refusal}\n{text}"),
            }
        }
    }

    #[test]
    fn several_edits_at_once_do_what_each_was_asked(mut choices in choices()) {
        let plan = plan(&mut choices);
        let text = render(&plan, &mut choices);
        let mut wanted = plan.clone();
        let mut changes = Vec::new();
        for _ in 0..4 {
            let change = change(&wanted, &mut choices);
            if apply(&mut wanted, &change).is_ok() {
                changes.push(change);
            }
        }
        match edit(&read(&text), &changes) {
            Ok(edit) => {
                prop_assert_eq!(&edit.document.plan, &wanted);
                holds(&text, &edit)?;
            }
            Err(Refusal::Problem { .. }) => {
                // What is added may name what went by another id just before.
                let renames = |change: &Change| matches!(change, Change::Rename { .. });
                let may = changes.iter().any(|change| may_break(change) || renames(change));
                prop_assert!(may, "{changes:?}\n{text}");
            }
            Err(refusal) => prop_assert!(false, "{changes:?}: {refusal}\n{text}"),
        }
    }

    #[test]
    fn edits_that_have_nothing_to_do_with_one_another_are_made_together(mut choices in choices()) {
        let mut wanted = plan(&mut choices);
        let text = render(&wanted, &mut choices);
        let (mut changes, mut one_by_one) = (Vec::new(), read(&text));
        for number in 0..12 {
            let change = additive(&wanted, &mut choices, number);
            let Ok(made) = edit(&one_by_one, std::slice::from_ref(&change)) else {
                continue;
            };
            let _ = apply(&mut wanted, &change);
            one_by_one = made.document;
            changes.push(change);
        }
        let edit = match edit(&read(&text), &changes) {
            Ok(edit) => edit,
            Err(refusal) => {
                prop_assert!(false, "{changes:?}: {refusal}\n{text}");
                return Ok(());
            }
        };
        prop_assert_eq!(&edit.document.plan, &wanted);
        holds(&text, &edit)?;
        // At most the order of new tables at one place, and how texts are quoted, is another.
        let words = |document: &Document| {
            let lines = document.source.text().lines();
            let plain = lines.map(|line| line.replace(['"', '\''], ""));
            let mut lines: Vec<_> = plain.filter(|line| !line.is_empty()).collect();
            lines.sort();
            lines
        };
        prop_assert_eq!(words(&edit.document), words(&one_by_one), "{:?}\n{}", changes, text);
    }

    #[test]
    fn a_diff_edited_in_gives_the_other_plan(mut first in choices(), mut second in choices()) {
        let (a, b) = (plan(&mut first), plan(&mut second));
        let text = render(&a, &mut first);
        let changes = diff(&a, &b);
        match edit(&read(&text), &changes) {
            Ok(edit) => {
                prop_assert_eq!(&edit.document.plan, &b);
                holds(&text, &edit)?;
            }
            Err(refusal) => prop_assert!(false, "{refusal}\n{changes:#?}\n{text}"),
        }
        prop_assert!(a.ids(TableName::Cycle).next().is_some());
    }
}
