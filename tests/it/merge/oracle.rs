//! What a merge has to come to, by definition: each key by itself, each note counted, each list a set.
//!
//! Knows texts only as the `toml` crate reads them, and who went by which id from those who made the
//! changes: nothing here is what loti merges with.

mod merging;
mod naming;

use std::collections::{BTreeMap, BTreeSet};

use self::merging::Merging;
use self::naming::{Naming, known};

use super::values::{Names, Values, Who, addresses, parse, values};

/// Which table of the base each table of a side was, for those that were there.
pub(super) type Origin = BTreeMap<String, String>;

/// One side of a merge.
#[derive(Debug, Clone)]
pub(super) struct Side {
    pub(super) text: String,
    pub(super) origin: Origin,
}

/// Where a conflict stands: a table, and the key if it is about one.
pub(super) type Place = (Who, Option<String>);

/// The three texts, read, with who is who.
#[derive(Debug)]
pub(super) struct Oracle {
    base: Values,
    ours: Values,
    theirs: Values,
    parents: BTreeMap<Who, Who>,
    /// The address that each has to have in the end; any that is free where it has to give way.
    wanted: BTreeMap<Who, Option<String>>,
    titles: BTreeMap<Who, String>,
    /// Every address that is taken in one of the three.
    taken: BTreeSet<String>,
}

/// What has to come out.
#[derive(Debug, Default)]
pub(super) struct Expected {
    /// Where a conflict has to stand, and nowhere else but where one may.
    pub(super) must: BTreeSet<Place>,
    /// Where one may stand: one side took away what the other changed in its layout alone.
    pub(super) may: BTreeSet<Place>,
    /// What names something that the other side took away: some conflict has to be about it.
    pub(super) dangling: BTreeSet<Who>,
    /// What names those in turn, or what is in a conflict itself.
    pub(super) shaken: BTreeSet<Who>,
    /// What stands there where each conflict is settled as ours has it, and as theirs has it.
    pub(super) settled: [Values; 2],
}

impl Oracle {
    pub(super) fn new(base: &str, ours: &Side, theirs: &Side) -> Option<Self> {
        let roots = [parse(base)?, parse(&ours.text)?, parse(&theirs.text)?];
        let found = [0, 1, 2].map(|at| addresses(&roots[at]));
        let mut naming = Naming::default();
        let base_names: Names = found[0].keys().map(|at| (at.clone(), at.clone())).collect();
        for at in found[0].keys() {
            if let Some((parent, _)) = at.rsplit_once(".milestone.") {
                naming.parents.insert(at.clone(), parent.to_owned());
            }
        }
        let known = [
            known(&found[1], &ours.origin),
            known(&found[2], &theirs.origin),
        ];
        let ours_names = naming.names(&known[0], &known[1], "ours");
        let theirs_names = naming.names(&known[1], &known[0], "theirs");
        let mut titles = BTreeMap::new();
        for (names, found) in [(&ours_names, &found[1]), (&theirs_names, &found[2])] {
            for (at, who) in names {
                titles.insert(who.clone(), found[at].clone());
            }
        }
        let mut oracle = Self {
            base: values(&roots[0], &base_names),
            ours: values(&roots[1], &ours_names),
            theirs: values(&roots[2], &theirs_names),
            parents: naming.parents,
            wanted: BTreeMap::new(),
            titles,
            taken: found.iter().flat_map(BTreeMap::keys).cloned().collect(),
        };
        oracle.want(&ours_names, &theirs_names);
        Some(oracle)
    }

    /// Says which address each has to have: what one side renamed has the new one, ours first.
    fn want(&mut self, ours: &Names, theirs: &Names) {
        let turn = |names: &Names| -> BTreeMap<Who, String> {
            let turned = names.iter();
            turned.map(|(at, who)| (who.clone(), at.clone())).collect()
        };
        let (ours, theirs) = (turn(ours), turn(theirs));
        let own = |at: &str| -> String {
            let id = at.rsplit_once('.').map_or(at, |(_, id)| id);
            id.to_owned()
        };
        let everyone: BTreeSet<&Who> = ours.keys().chain(theirs.keys()).collect();
        let mut claimed: BTreeSet<String> = BTreeSet::new();
        // Ours first: what has its id from theirs has to give way.
        let (first, last): (Vec<&Who>, Vec<&Who>) = everyone.into_iter().partition(|who| {
            let id = ours.get(*who);
            id.is_some_and(|id| own(id) != own(who) || theirs.get(*who).is_none_or(|at| at == id))
        });
        for who in first.into_iter().chain(last) {
            let id = match (ours.get(who), theirs.get(who)) {
                (Some(ours), Some(theirs)) if own(ours) == own(who) => own(theirs),
                (Some(ours), _) => own(ours),
                (None, Some(theirs)) => own(theirs),
                (None, None) => continue,
            };
            let some = ours.get(who).or(theirs.get(who)).map_or("", String::as_str);
            let at = match self.parents.get(who) {
                Some(parent) => {
                    let Some(Some(parent)) = self.wanted.get(parent) else {
                        // Found below its parent, wherever that is.
                        self.wanted.insert(who.clone(), None);
                        continue;
                    };
                    format!("{parent}.milestone.{id}")
                }
                None => match some.split_once('.') {
                    Some((root, _)) => format!("{root}.{id}"),
                    None => id,
                },
            };
            let is_free = claimed.insert(at.clone());
            self.wanted.insert(who.clone(), is_free.then_some(at));
        }
    }

    /// Returns who the tables of a merged text are.
    pub(super) fn names(&self, merged: &str) -> Option<Names> {
        let found = addresses(&parse(merged)?);
        let mut names = Names::new();
        let (steps, tops): (Vec<&Who>, Vec<&Who>) = self
            .wanted
            .keys()
            .partition(|who| self.parents.contains_key(*who));
        for who in tops.iter().chain(&steps) {
            if let Some(at) = &self.wanted[*who]
                && found.contains_key(at)
            {
                names.insert(at.clone(), (*who).clone());
            }
        }
        for who in tops.into_iter().chain(steps) {
            if self.wanted[who].is_some() {
                continue;
            }
            // By its title, under an id that nobody had.
            let root = self.root(who, &names);
            let same = found.iter().find(|(at, title)| {
                let is_like = root.as_ref().is_some_and(|root| {
                    let id = at.strip_prefix(root.as_str());
                    id.is_some_and(|id| !id.contains('.'))
                });
                is_like
                    && !names.contains_key(*at)
                    && (self.parents.contains_key(who) || !self.taken.contains(*at))
                    && Some(*title) == self.titles.get(who)
            });
            if let Some((at, _)) = same {
                names.insert(at.clone(), who.clone());
            }
        }
        Some(names)
    }

    /// Returns what the address of something begins with, up to its own id.
    fn root(&self, who: &Who, names: &Names) -> Option<String> {
        if let Some(parent) = self.parents.get(who) {
            let (at, _) = names.iter().find(|(_, who)| *who == parent)?;
            return Some(format!("{at}.milestone."));
        }
        let address = who.rsplit(' ').next()?;
        Some(format!("{}.", address.split_once('.')?.0))
    }

    /// Returns who is, or would be, at an address of the merged text.
    pub(super) fn who(&self, names: &[Names], address: &str) -> Who {
        let known = names.iter().find_map(|names| names.get(address));
        let wanted = || {
            let wanted = self.wanted.iter();
            let mut wanted = wanted.filter(|(_, at)| at.as_deref() == Some(address));
            wanted.next().map(|(who, _)| who)
        };
        let who = known.or_else(wanted).cloned();
        who.unwrap_or_else(|| format!("stranger {address}"))
    }

    /// Returns what has to come out, if conflicts are reported where they may be or not.
    pub(super) fn expect(&self, reported: &BTreeSet<Place>) -> Expected {
        let mut merging = Merging {
            oracle: self,
            reported,
            expected: Expected::default(),
        };
        let all = [&self.base, &self.ours, &self.theirs];
        let everyone: BTreeSet<&Who> = all.into_iter().flat_map(BTreeMap::keys).collect();
        for who in everyone {
            if !self.parents.contains_key(who) {
                merging.one(who);
            }
        }
        merging.dangling();
        merging.expected
    }

    fn children<'a>(&'a self, who: &'a Who) -> impl Iterator<Item = &'a Who> {
        let parents = self.parents.iter();
        parents
            .filter(move |(_, parent)| *parent == who)
            .map(|(child, _)| child)
    }
}
