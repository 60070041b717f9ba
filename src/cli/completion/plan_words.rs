use std::collections::HashSet;

use super::line::Offer;
use crate::document::Glance;
use crate::model::{Address, Id, Key, Plan, TableName, Type};

/// Beyond so many words a shell lists no meanings that anybody reads.
const MOST_TOLD: usize = 200;

/// What a plan has to offer, found without reading all of it.
pub(super) struct PlanWords(Glance);

impl PlanWords {
    /// Looks a plan's text over.
    pub(super) fn new(text: String) -> Self {
        Self(Glance::new(text))
    }

    /// Returns the addresses that begin like this, in the form that is being typed: `3` or `kr.3`; the
    /// steps and notes of a key result only once it is named.
    pub(super) fn addresses(&self, current: &str, tells: bool) -> Vec<Offer> {
        if let Some(of) = within(current) {
            return self.below(&of, current);
        }
        let is_id = |table, id: &str| table == TableName::KeyResult && id.starts_with(current);
        let fitting = self.0.addresses(|table, id| {
            let root = table.root().unwrap_or_default();
            is_id(table, id)
                || match current.strip_prefix(root) {
                    Some(rest) => {
                        rest.is_empty()
                            || rest
                                .strip_prefix('.')
                                .is_some_and(|rest| id.starts_with(rest))
                    }
                    None => root.starts_with(current),
                }
        });
        // What is named most often comes first.
        let is_key_result = |address: &&Address| address.table() == TableName::KeyResult;
        let others = fitting.iter().filter(|address| !is_key_result(address));
        let sorted: Vec<&Address> = fitting.iter().filter(is_key_result).chain(others).collect();
        self.told(&sorted, tells, |address| match address.id() {
            Some(id) if is_id(address.table(), id.as_str()) => id.to_string(),
            _ => address.to_string(),
        })
    }

    /// Returns the ids of everything of one kind.
    pub(super) fn ids(&self, of: TableName, tells: bool) -> Vec<Offer> {
        let all = self.0.addresses(|table, _| table == of);
        let all: Vec<&Address> = all.iter().collect();
        self.told(&all, tells, |address| {
            address.id().map_or_else(String::new, Id::to_string)
        })
    }

    /// Returns whoever is declared, then whoever owns something.
    pub(super) fn persons(&self, tells: bool) -> Vec<Offer> {
        let mut persons = self.ids(TableName::Person, tells);
        let known: HashSet<String> = persons.iter().map(|(id, _)| id.clone()).collect();
        let owners = self.words("owner").into_iter();
        persons.extend(owners.filter(|(word, _)| !known.contains(word)));
        persons
    }

    /// Returns the words that stand behind a key of key results.
    pub(super) fn words(&self, key: &str) -> Vec<Offer> {
        let words = self.0.words(key).into_iter();
        words.map(|word| (word, None)).collect()
    }

    /// Returns what can stand behind a key.
    pub(super) fn values(&self, key: &Key, tells: bool) -> Vec<Offer> {
        match (key.refers, key.takes) {
            (Some(TableName::Person), _) => self.persons(tells),
            (Some(table), _) => self.ids(table, tells),
            (None, Type::Word(words) | Type::Words(words)) => words
                .iter()
                .map(|word| (word.name.to_owned(), Some(word.meaning.to_owned())))
                .collect(),
            (None, Type::Bool) => ["true", "false"]
                .map(|word| (word.to_owned(), None))
                .to_vec(),
            (None, Type::Addresses) => self.addresses("", tells),
            (None, Type::Texts) => self.words(key.name),
            _ => Vec::new(),
        }
    }

    /// Says what each is called, unless there are too many.
    fn told(
        &self,
        addresses: &[&Address],
        tells: bool,
        word: impl Fn(&Address) -> String,
    ) -> Vec<Offer> {
        let told = tells && addresses.len() <= MOST_TOLD;
        let plan = told.then(|| self.0.plan_of(addresses.iter().copied()));
        let title = |address: &Address| plan.as_ref()?.title(address).map(str::to_owned);
        let offers = addresses
            .iter()
            .map(|address| (word(address), title(address)));
        offers.collect()
    }

    /// Returns the steps and notes of a key result, in the form in which it is named.
    fn below(&self, of: &Address, current: &str) -> Vec<Offer> {
        let plan: Plan = self.0.plan_of([of]);
        let prefix = if current.starts_with("kr.") {
            "kr."
        } else {
            ""
        };
        let mut offers = Vec::new();
        for (id, key_result) in &plan.key_results {
            if of.id() != Some(id) {
                continue;
            }
            for (milestone, step) in &key_result.milestones {
                let word = format!("{prefix}{id}.milestone.{milestone}");
                offers.push((word, Some(step.name.clone())));
            }
            for (at, note) in key_result.note.iter().enumerate() {
                let word = format!("{prefix}{id}.note#{}", at + 1);
                offers.push((word, Some(note.text.clone())));
            }
        }
        offers
    }
}

/// Returns the key result that what is typed goes on from: `3.` and `kr.3.mile`.
fn within(current: &str) -> Option<Address> {
    let bare = current.strip_prefix("kr.").unwrap_or(current);
    let (id, _) = bare.split_once('.')?;
    let is_table = TableName::of_root(id).is_some() && !current.starts_with("kr.");
    id.parse().ok().filter(|_| !is_table)
}
