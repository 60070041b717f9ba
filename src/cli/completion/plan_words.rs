use std::sync::OnceLock;

use super::line::Offer;
use crate::document::Glance;
use crate::model::{Address, Key, Plan, TableName, Type};

/// Beyond so many words a shell lists no meanings that anybody reads.
const MOST_TOLD: usize = 200;

/// What a plan has to offer, found without reading all of it.
pub(super) struct PlanWords {
    glance: Glance,
    addresses: OnceLock<Vec<Address>>,
}

impl PlanWords {
    /// Looks a plan's text over.
    pub(super) fn new(text: String) -> Self {
        Self {
            glance: Glance::new(text),
            addresses: OnceLock::new(),
        }
    }

    fn all(&self) -> &[Address] {
        self.addresses.get_or_init(|| self.glance.addresses())
    }

    /// Returns the addresses that begin like this, in the form that is being typed: `3` or `kr.3`; the
    /// steps and notes of a key result only once it is named.
    pub(super) fn addresses(&self, current: &str, tells: bool) -> Vec<Offer> {
        if let Some(of) = within(current) {
            return self.below(&of, current);
        }
        let mut fitting = Vec::new();
        for address in self.all() {
            match address {
                Address::Milestone(..) => {}
                Address::KeyResult(id) if id.as_str().starts_with(current) => {
                    fitting.push((address, id.to_string()));
                }
                other => {
                    let word = other.to_string();
                    if word.starts_with(current)
                        && (other.table() != TableName::KeyResult || !current.is_empty())
                    {
                        fitting.push((address, word));
                    }
                }
            }
        }
        // What is named most often comes first.
        fitting.sort_by_key(|(address, _)| address.table() != TableName::KeyResult);
        self.told(fitting, tells)
    }

    /// Returns the ids of everything of one kind.
    pub(super) fn ids(&self, table: TableName, tells: bool) -> Vec<Offer> {
        let all = self.all().iter();
        let of_kind = all.filter(|address| address.table() == table);
        let with_ids = of_kind.filter_map(|address| Some((address, address.id()?.to_string())));
        self.told(with_ids.collect(), tells)
    }

    /// Returns whoever is declared, then whoever owns something.
    pub(super) fn persons(&self, tells: bool) -> Vec<Offer> {
        let mut persons = self.ids(TableName::Person, tells);
        for (word, _) in self.words("owner") {
            if persons.iter().all(|(known, _)| *known != word) {
                persons.push((word, None));
            }
        }
        persons
    }

    /// Returns the words that stand behind a key of key results.
    pub(super) fn words(&self, key: &str) -> Vec<Offer> {
        let words = self.glance.words(key).into_iter();
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
    fn told(&self, words: Vec<(&Address, String)>, tells: bool) -> Vec<Offer> {
        if !tells || words.len() > MOST_TOLD {
            return words.into_iter().map(|(_, word)| (word, None)).collect();
        }
        let wanted: Vec<Address> = words
            .iter()
            .map(|(address, _)| (*address).clone())
            .collect();
        let plan = self.glance.plan_of(&wanted);
        let title = |address: &Address| plan.title(address).map(str::to_owned);
        words
            .into_iter()
            .map(|(address, word)| (word, title(address)))
            .collect()
    }

    /// Returns the steps and notes of a key result, in the form in which it is named.
    fn below(&self, of: &Address, current: &str) -> Vec<Offer> {
        let plan: Plan = self.glance.plan_of(std::slice::from_ref(of));
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
