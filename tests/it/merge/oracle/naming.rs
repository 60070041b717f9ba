//! Who is who on each side of a merge.

use std::collections::BTreeMap;

use super::super::values::{Names, Who};
use super::Origin;

/// Gives each table of a side its name, and milestones the key result they belong to.
#[derive(Debug, Default)]
pub(super) struct Naming {
    pub(super) parents: BTreeMap<Who, Who>,
}

/// What a table of a side is known by.
#[derive(Debug, PartialEq)]
pub(super) enum Known {
    /// By what it was in the base.
    Old(Who),
    /// By where it was added, and its title.
    New(String, String),
}

/// What each table of a side is known by, by its address.
pub(super) fn known(found: &BTreeMap<String, String>, origin: &Origin) -> BTreeMap<String, Known> {
    let mut all: BTreeMap<String, Known> = BTreeMap::new();
    // A key result comes before its milestones.
    for (at, title) in found {
        let is = match (origin.get(at), at.rsplit_once(".milestone.")) {
            (Some(who), _) => Known::Old(who.clone()),
            // There is but one plan, and one check.
            (None, None) if !at.contains('.') => Known::Old(at.clone()),
            (None, None) => Known::New(at.clone(), title.clone()),
            (None, Some((parent, id))) => {
                let parent = match all.get(parent) {
                    Some(Known::Old(who)) => who.clone(),
                    Some(Known::New(at, title)) => format!("{at} {title}"),
                    None => String::new(),
                };
                Known::New(format!("{parent}.milestone.{id}"), title.clone())
            }
        };
        all.insert(at.clone(), is);
    }
    all
}

impl Naming {
    pub(super) fn names(
        &mut self,
        known: &BTreeMap<String, Known>,
        others: &BTreeMap<String, Known>,
        side: &str,
    ) -> Names {
        let mut names = Names::new();
        for (at, is) in known {
            let who = match is {
                Known::Old(who) => who.clone(),
                Known::New(..) if others.values().any(|other| other == is) => format!("both {at}"),
                Known::New(..) => format!("{side} {at}"),
            };
            if let Some((parent, _)) = at.rsplit_once(".milestone.")
                && let Some(parent) = names.get(parent)
            {
                self.parents.insert(who.clone(), Who::clone(parent));
            }
            names.insert(at.clone(), who);
        }
        names
    }
}
