use std::collections::BTreeSet;

use hashbrown::{DefaultHashBuilder, HashSet};
use indexmap::IndexSet;
use memchr::memmem;

use super::read_plan;
use super::section::pieces;
use crate::model::{Address, Id, Plan, TableName, Value};
use crate::text::Span;

/// Addresses, each once, in file order.
pub(super) type Addresses = IndexSet<Address, DefaultHashBuilder>;

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

    /// Returns what the text holds at its top, as far as it is wanted by its table and its id; the
    /// plan itself has none.
    pub fn addresses(&self, is_wanted: impl Fn(TableName, &str) -> bool) -> Addresses {
        let mut all = Addresses::default();
        let mut unnamed = String::new();
        for part in &self.parts {
            match self.header(*part) {
                None => unnamed.push_str(&self.text[part.range()]),
                Some(header) if header.is_own && is_wanted(header.table, header.id) => {
                    all.extend(header.address());
                }
                Some(_) => {}
            }
        }
        let (plan, _) = read_plan(&unnamed);
        let within = plan.addresses().filter_map(|address| {
            let id = address
                .id()
                .filter(|id| is_wanted(address.table(), id.as_str()))?;
            Address::of(address.table(), id.clone())
        });
        all.extend(within);
        all
    }

    /// Returns as much of the plan as is needed to know these things whole.
    pub fn plan_of<'a>(&self, wanted: impl IntoIterator<Item = &'a Address>) -> Plan {
        let names = wanted.into_iter().map(|address| {
            let id = address.id().map_or("", Id::as_str);
            (address.table(), id)
        });
        let names: HashSet<(TableName, &str)> = names.collect();
        let parts = self.parts.iter().filter(|part| {
            let header = self.header(**part);
            header.is_none_or(|header| names.contains(&(header.table, header.id)))
        });
        let text: String = parts.map(|part| &self.text[part.range()]).collect();
        read_plan(&text).0
    }

    /// Returns the words that stand behind a key of key results anywhere.
    pub fn words(&self, key: &str) -> BTreeSet<String> {
        let mut lines: HashSet<&str> = HashSet::new();
        for at in memmem::find_iter(self.text.as_bytes(), key) {
            let before = self.text[..at].trim_end_matches([' ', '\t']);
            let after = self.text[at + key.len()..].trim_start_matches([' ', '\t']);
            if (before.is_empty() || before.ends_with('\n')) && after.starts_with('=') {
                let line = self.text[at..].lines().next().unwrap_or_default();
                let goes_on = line.contains('[') && !line.contains(']');
                let list = goes_on.then(|| self.list(at)).flatten();
                lines.insert(list.unwrap_or(line));
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

    /// Returns the lines from a place on to the end of the list that begins there; one that does not end
    /// before the next header is none.
    fn list(&self, at: usize) -> Option<&str> {
        let next = self.parts.partition_point(|part| part.range().start <= at);
        let end = self.parts.get(next.checked_sub(1)?)?.range().end;
        let rest = &self.text[at..end];
        rest.find(']').map(|end| &rest[..=end])
    }

    /// Returns what the header says that a part begins with; nothing where that may be anything.
    fn header(&self, part: Span) -> Option<Header<'_>> {
        let text = self.text[part.range()].trim_start().strip_prefix('[')?;
        let (root, rest) = name(text.strip_prefix('[').unwrap_or(text));
        let table = TableName::of_root(root)?;
        if matches!(table, TableName::Plan | TableName::Check) {
            let (id, is_own) = ("", !rest.starts_with('.'));
            return Some(Header { table, id, is_own });
        }
        let (id, rest) = name(rest.strip_prefix('.')?);
        Id::fits(id).then_some(Header {
            table,
            id,
            is_own: !rest.starts_with('.'),
        })
    }
}

/// A header as far as it says what at the top of the file its lines belong to.
struct Header<'a> {
    table: TableName,
    /// Empty for the plan itself.
    id: &'a str,
    /// Whether it names nothing below.
    is_own: bool,
}

impl Header<'_> {
    fn address(&self) -> Option<Address> {
        match self.table {
            TableName::Plan => Some(Address::Plan),
            TableName::Check => Some(Address::Check),
            table => Address::of(table, Id::new(self.id)?),
        }
    }
}

/// Parts the name that a header goes on with from the rest.
fn name(text: &str) -> (&str, &str) {
    let is_end = |byte: u8| matches!(byte, b'.' | b']' | b'\n');
    let end = text.bytes().position(is_end).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    (name.trim_matches([' ', '\t', '"', '\'']), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(text: &str) -> Vec<String> {
        let all = Glance::new(text).addresses(|_, _| true);
        all.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn headers_say_what_there_is_whatever_is_broken_between_them() {
        let text = "[plan]\nname = \"P\n[theme.reach]\nname = [\n[ kr . \"3\" ] # bus\n= =\n\
                    [kr.3.milestone.route]\n[[kr.3.note]]\non = 1\n[kr.3]\n<<<<<<< HEAD\n[kr.4]\n";
        assert_eq!(addresses(text), ["plan", "theme.reach", "kr.3", "kr.4"]);
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
    fn a_list_that_does_not_end_reaches_no_further_than_its_table() {
        let text = "[kr.1]\ntags = [\n  \"new\",\n[kr.2]\ntags = [\"bus\"]\nowner = \"ana\"\n";
        let glance = Glance::new(text);
        assert_eq!(glance.words("tags"), BTreeSet::from(["bus".to_owned()]));
        assert_eq!(glance.list(text.find("tags").expect("it is there")), None);
    }

    #[test]
    fn one_thing_is_read_whole_and_no_other() {
        let text =
            "[kr.1]\ntitle = \"One\"\n[kr.2]\ntitle = \"Two\"\n[kr.2.milestone.a]\nname = \"A\"\n";
        let two: Address = "2".parse().expect("an address");
        let plan = Glance::new(text).plan_of([&two]);
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
