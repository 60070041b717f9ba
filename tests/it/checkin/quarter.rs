//! The plan of this repository, checked in every week of its quarter.

use std::collections::VecDeque;
use std::fs;
use std::io::Read;

use anyhow::Result;
use chrono::Days;
use loti::cli::Exit;
use loti::model::{Id, Plan};
use loti::view::{Asked, Filter, due};

use super::{day, plan};
use crate::asking::typed_on;

/// Somebody who types the same lines over and over.
struct OverAndOver {
    lines: Vec<&'static str>,
    next: usize,
    line: VecDeque<u8>,
}

impl Read for OverAndOver {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.line.is_empty() {
            let line = self.lines[self.next % self.lines.len()];
            self.line.extend(line.bytes().chain([b'\n']));
            self.next += 1;
        }
        self.line.read(buffer)
    }
}

/// Checks in on each Monday of the quarter, and returns the plan's text before and after.
fn quarter(lines: &[&'static str]) -> Result<(String, String)> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("okrs.toml");
    let begun = include_str!("../../../okrs.toml").replace(
        "owner = \"team\" # of",
        "cadence = \"weekly\"\nowner = \"team\" # of",
    );
    fs::write(&path, &begun)?;
    let weeks = (0..12).filter_map(|week| day("2021-07-26").checked_add_days(Days::new(7 * week)));
    for monday in weeks {
        let keyboard = OverAndOver {
            lines: lines.to_vec(),
            next: 0,
            line: VecDeque::new(),
        };
        let words = format!("checkin --today {monday}");
        let (exit, said) = typed_on(folder.path(), &words, Box::new(keyboard), "")?;
        assert_eq!(exit, Exit::Fine, "{monday}: {said}");
        let plan = plan(&fs::read_to_string(&path)?);
        assert_eq!(still_due(&plan, monday), [""; 0], "{monday}: {said}");
    }
    Ok((begun, fs::read_to_string(&path)?))
}

fn still_due(plan: &Plan, today: chrono::NaiveDate) -> Vec<String> {
    let cycle = Id::new("y3q1").expect("an id");
    let due = due(plan, &[&cycle], &Filter::default(), Asked::Due, today);
    due.iter().map(|due| due.row.id.to_string()).collect()
}

#[test]
fn a_quarter_in_which_nothing_changed_leaves_one_day_in_each_and_nothing_else() -> Result<()> {
    let (before, after) = quarter(&[""])?;
    let lines = after.lines();
    let (checked, rest): (Vec<_>, Vec<_>) = lines.partition(|line| line.starts_with("checked = "));
    assert_eq!(rest, before.lines().collect::<Vec<_>>());
    assert_eq!(checked, ["checked = 2021-10-11"; 25]);
    Ok(())
}

#[test]
fn a_quarter_of_news_keeps_every_week_of_it() -> Result<()> {
    let (before, after) = quarter(&["", "on", "0.6", "News of the week.", ""])?;
    let (before, after) = (plan(&before), plan(&after));
    let notes =
        |plan: &Plan| -> usize { plan.key_results.values().map(|own| own.note.len()).sum() };
    assert!(notes(&after) > notes(&before) + 12, "{}", notes(&after));
    for (id, own) in &after.key_results {
        let old = &before.key_results[id];
        assert!(own.note.starts_with(&old.note), "{id}");
        assert_eq!(own.title, old.title);
        assert_eq!(own.target, old.target);
    }
    Ok(())
}
