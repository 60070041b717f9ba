use std::collections::{BTreeSet, HashSet};

use indexmap::IndexSet;

use super::read_plan;
use super::section::pieces;
use crate::model::{Address, Id, Plan, TableName, Value};
use crate::text::Span;

/// A text at a glance: what its headers name, and what stands behind a key, without reading it.
///
/// For whoever waits at a keyboard: nothing is read that is not asked for, and in a broken text it
/// still finds whatever can be told. What it finds may not be in the plan in the end
/// (a header within a text over several lines, say), so nothing is to be decided by it.
#[derive(Debug)]
pub struct Glance {
    text: String,
    /// What stands from one header to the next; the first from the beginning.
    parts: Vec<Span>,
}

impl Glance {
    /// Looks a text over.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let parts = pieces(&text, 0).into_iter().map(|section| section.span);
        let parts = parts.collect();
        Self { text, parts }
    }

    /// Returns what the text holds, each once, in file order; steps that stand within a key result's
    /// own lines are not among them.
    pub fn addresses(&self) -> Vec<Address> {
        let within = self.read(|path| owner(path).is_none());
        let within = within.addresses().filter(|address| address.id().is_some());
        let named = self
            .parts
            .iter()
            .filter_map(|part| named(&self.path(*part)));
        let mut all: IndexSet<Address> = named.collect();
        all.extend(within);
        all.into_iter().collect()
    }

    /// Returns as much of the plan as is needed to know these things whole.
    pub fn plan_of(&self, wanted: &[Address]) -> Plan {
        let wanted: HashSet<&Address> = wanted.iter().collect();
        self.read(|path| owner(path).is_none_or(|of| wanted.contains(&of)))
    }

    /// Returns the words that stand behind a key of key results anywhere.
    pub fn words(&self, key: &str) -> BTreeSet<String> {
        let mut lines: HashSet<&str> = HashSet::new();
        for (at, _) in self.text.match_indices(key) {
            let before = self.text[..at].trim_end_matches([' ', '\t']);
            let after = self.text[at + key.len()..].trim_start_matches([' ', '\t']);
            if (before.is_empty() || before.ends_with('\n')) && after.starts_with('=') {
                let rest = &self.text[at..];
                let line = rest.lines().next().unwrap_or_default();
                let goes_on = line.contains('[') && !line.contains(']');
                let list = rest.find(']').map(|end| &rest[..=end]);
                lines.insert(list.filter(|_| goes_on).unwrap_or(line));
            }
        }
        let mut words = BTreeSet::new();
        for line in lines {
            let (plan, _) = read_plan(&format!("[kr.0]\n{line}\n"));
            let at = Id::new("0").map(Address::KeyResult);
            let value = at.and_then(|at| plan.table(&at)?.get(key));
            match value {
                Some(Value::Text(word)) => _ = words.insert(word),
                Some(Value::List(items)) => {
                    words.extend(items.iter().map(ToString::to_string));
                }
                _ => {}
            }
        }
        words
    }

    fn read(&self, is_wanted: impl Fn(&[&str]) -> bool) -> Plan {
        let parts = self.parts.iter();
        let parts = parts.filter(|part| is_wanted(&self.path(**part)));
        let text: String = parts.map(|part| &self.text[part.range()]).collect();
        read_plan(&text).0
    }

    /// Returns the names of a part's header; none above the first.
    fn path(&self, part: Span) -> Vec<&str> {
        let line = self.text[part.range()].lines().next().unwrap_or_default();
        let Some(inner) = line.trim_start().strip_prefix('[') else {
            return Vec::new();
        };
        let inner = inner.trim_start_matches('[');
        let inner = inner.split(']').next().unwrap_or_default();
        let names = inner.split('.');
        names
            .map(|name| name.trim().trim_matches(['"', '\'']))
            .collect()
    }
}

/// Returns what a header names; nothing, where that may be anything.
fn named(path: &[&str]) -> Option<Address> {
    match path {
        ["kr", of, "milestone", id] => {
            let ids = Id::new(of).zip(Id::new(id));
            ids.map(|(of, id)| Address::Milestone(of, id))
        }
        [_, _, _, ..] => None,
        path => owner(path),
    }
}

/// Returns the table at the top of the file that a header is part of.
fn owner(path: &[&str]) -> Option<Address> {
    match path {
        ["plan", ..] => Some(Address::Plan),
        ["check", ..] => Some(Address::Check),
        [root, id, ..] => {
            let table = TableName::of_root(root);
            table.and_then(|table| Address::of(table, Id::new(id)?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(text: &str) -> Vec<String> {
        let all = Glance::new(text).addresses();
        all.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn headers_say_what_there_is_whatever_is_broken_between_them() {
        let text = "[plan]\nname = \"P\n[theme.reach]\nname = [\n[ kr . \"3\" ] # bus\n= =\n\
                    [kr.3.milestone.route]\n[[kr.3.note]]\non = 1\n[kr.3]\n<<<<<<< HEAD\n[kr.4]\n";
        assert_eq!(
            addresses(text),
            [
                "plan",
                "theme.reach",
                "kr.3",
                "kr.3.milestone.route",
                "kr.4"
            ]
        );
    }

    #[test]
    fn what_stands_under_no_header_of_its_own_is_found_too() {
        let text =
            "theme.reach.name = \"Reach\"\n[kr]\n3.title = \"Bus\"\n4 = { title = \"Van\" }\n";
        assert_eq!(addresses(text), ["theme.reach", "kr.3", "kr.4"]);
    }

    #[test]
    fn words_behind_a_key_are_found_once() {
        let text = "[kr.1]\nowner = \"ana\"\ntags = [\n  \"new\",\n  \"bus\",\n]\n[kr.2]\n\
                    owner=\"ana\" # still\ntags = ['new']\nabout = \"the owner = \\\"x\\\"\"\n";
        let glance = Glance::new(text);
        assert_eq!(glance.words("owner"), BTreeSet::from(["ana".to_owned()]));
        let tags = ["bus".to_owned(), "new".to_owned()];
        assert_eq!(glance.words("tags"), BTreeSet::from(tags));
    }

    #[test]
    fn one_thing_is_read_whole_and_no_other() {
        let text =
            "[kr.1]\ntitle = \"One\"\n[kr.2]\ntitle = \"Two\"\n[kr.2.milestone.a]\nname = \"A\"\n";
        let two: Address = "2".parse().expect("an address");
        let plan = Glance::new(text).plan_of(std::slice::from_ref(&two));
        assert_eq!(plan.title(&two), Some("Two"));
        assert_eq!(plan.key_results.len(), 1);
        assert_eq!(
            plan.key_results
                .values()
                .next()
                .map(|own| own.milestones.len()),
            Some(1)
        );
    }
}
