//! What a merge has to come to, by definition: each key by itself, each note counted, each list a set.
//!
//! Knows texts only as the `toml` crate reads them, and who went by which id from those who made the
//! changes: nothing here is what loti merges with.

use std::collections::{BTreeMap, BTreeSet};

use super::values::{Given, Names, Said, Values, Who, addresses, parse, values};

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

/// Gives each table of a side its name, and milestones the key result they belong to.
#[derive(Debug, Default)]
struct Naming {
    parents: BTreeMap<Who, Who>,
}

/// What a table of a side is known by.
#[derive(Debug, PartialEq)]
enum Known {
    /// By what it was in the base.
    Old(Who),
    /// By where it was added, and its title.
    New(String, String),
}

/// What each table of a side is known by, by its address.
fn known(found: &BTreeMap<String, String>, origin: &Origin) -> BTreeMap<String, Known> {
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
    fn names(
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

struct Merging<'a> {
    oracle: &'a Oracle,
    reported: &'a BTreeSet<Place>,
    expected: Expected,
}

impl Merging<'_> {
    /// Merges a table with all below it.
    fn one(&mut self, who: &Who) {
        let Oracle {
            base, ours, theirs, ..
        } = self.oracle;
        let removed = base.contains_key(who);
        match (ours.get(who), theirs.get(who)) {
            (None, None) => {}
            (None, Some(_)) if removed => self.removed(who, 1, theirs),
            (Some(_), None) if removed => self.removed(who, 0, ours),
            (Some(_), None) => self.take(who, ours),
            (None, Some(_)) => self.take(who, theirs),
            (Some(our), Some(their)) => {
                let nothing = Said::default();
                let was = base.get(who).unwrap_or(&nothing);
                self.keys(who, was, our, their);
                for child in self.oracle.children(who) {
                    self.one(child);
                }
            }
        }
    }

    /// What one side took away and `kept`, the side of that number, has still.
    fn removed(&mut self, who: &Who, side: usize, kept: &Values) {
        let place = (who.clone(), None);
        let parts = || std::iter::once(who).chain(self.oracle.children(who));
        let is_changed = parts().any(|part| match (self.oracle.base.get(part), kept.get(part)) {
            (None, Some(_)) => true,
            (Some(was), Some(is)) => {
                let gains = |(note, count): (&String, &usize)| was.notes.get(note) < Some(count);
                was.keys != is.keys || is.notes.iter().any(gains)
            }
            _ => false,
        });
        let stands = is_changed || self.reported.contains(&place);
        if is_changed {
            self.expected.must.insert(place);
        } else {
            self.expected.may.insert(place);
        }
        if stands {
            for part in parts().cloned().collect::<Vec<_>>() {
                if let Some(said) = kept.get(&part) {
                    self.expected.settled[side].insert(part.clone(), said.clone());
                }
                self.expected.shaken.insert(part);
            }
        }
    }

    fn take(&mut self, who: &Who, from: &Values) {
        for part in std::iter::once(who).chain(self.oracle.children(who)) {
            if let Some(said) = from.get(part) {
                for settled in &mut self.expected.settled {
                    settled.insert(part.clone(), said.clone());
                }
            }
        }
    }

    fn keys(&mut self, who: &Who, was: &Said, ours: &Said, theirs: &Said) {
        let notes = counted(&was.notes, &ours.notes, &theirs.notes);
        let mut settled = [0, 1].map(|_| Said {
            keys: BTreeMap::new(),
            notes: notes.clone(),
        });
        let all = [was, ours, theirs];
        let paths: BTreeSet<&String> = all.into_iter().flat_map(|said| said.keys.keys()).collect();
        for path in paths {
            let [b, o, t] = all.map(|said| said.keys.get(path));
            let first = path.split('.').next().unwrap_or_default();
            let place = (who.clone(), Some(first.to_owned()));
            let both = |given: Option<&Given>| [given.cloned(), given.cloned()];
            let sides = if o == t || t == b {
                both(o)
            } else if o == b {
                both(t)
            } else {
                match (b, o, t) {
                    (_, Some(Given::One(o)), Some(Given::One(t))) if path == "checked" => {
                        both(Some(&Given::One(o.max(t).clone())))
                    }
                    _ if [b, o, t]
                        .iter()
                        .flatten()
                        .all(|given| matches!(given, Given::Set(_))) =>
                    {
                        // Took one side the whole list away, that is a conflict as well.
                        let may = o.is_none() || t.is_none();
                        if may {
                            self.expected.may.insert(place.clone());
                        }
                        if may && self.reported.contains(&place) {
                            [o.cloned(), t.cloned()]
                        } else {
                            both(united(b, o, t).as_ref())
                        }
                    }
                    _ => {
                        self.expected.must.insert(place);
                        [o.cloned(), t.cloned()]
                    }
                }
            };
            for (said, given) in settled.iter_mut().zip(sides) {
                if let Some(given) = given {
                    said.keys.insert(path.clone(), given);
                }
            }
        }
        for (values, said) in self.expected.settled.iter_mut().zip(settled) {
            values.insert(who.clone(), said);
        }
    }

    /// Finds what names something that is not there any more.
    fn dangling(&mut self) {
        let Expected {
            settled,
            dangling,
            shaken,
            ..
        } = &mut self.expected;
        let mut references: Vec<(&Who, &str)> = Vec::new();
        for (who, said) in settled.iter().flatten() {
            let given = said.keys.values().flat_map(|given| match given {
                Given::One(text) => vec![text.as_str()],
                Given::Set(items) => items.iter().map(String::as_str).collect(),
            });
            let to = given.filter_map(|text| text.strip_prefix('@'));
            references.extend(to.map(|to| (who, to)));
            for note in said.notes.keys() {
                let by = note
                    .split("\"@")
                    .nth(1)
                    .and_then(|rest| rest.split('"').next());
                references.extend(by.map(|by| (who, by)));
            }
        }
        for (who, to) in &references {
            if !settled.iter().any(|settled| settled.contains_key(*to)) {
                dangling.insert((*who).clone());
            }
        }
        // A milestone is in its key result.
        let parents = &self.oracle.parents;
        loop {
            let count = shaken.len();
            for (who, to) in &references {
                if shaken.contains(*to) || dangling.contains(*to) {
                    shaken.insert((*who).clone());
                }
            }
            for (child, parent) in parents {
                if shaken.contains(parent) || dangling.contains(parent) {
                    shaken.insert(child.clone());
                }
            }
            if shaken.len() == count {
                break;
            }
        }
    }
}

/// Counts notes: what both sides did is done once, what each did by itself is all done.
fn counted(
    was: &BTreeMap<String, usize>,
    ours: &BTreeMap<String, usize>,
    theirs: &BTreeMap<String, usize>,
) -> BTreeMap<String, usize> {
    let all = [was, ours, theirs];
    let notes: BTreeSet<&String> = all.into_iter().flat_map(BTreeMap::keys).collect();
    let counts = notes.into_iter().map(|note| {
        let [b, o, t] = all.map(|side| side.get(note).copied().unwrap_or_default());
        let count = if o >= b && t >= b {
            o.max(t)
        } else if o <= b && t <= b {
            o.min(t)
        } else {
            (o + t).saturating_sub(b)
        };
        (note.clone(), count)
    });
    counts.filter(|(_, count)| *count > 0).collect()
}

/// Returns a list less what either side took out, with what either put in.
fn united(b: Option<&Given>, o: Option<&Given>, t: Option<&Given>) -> Option<Given> {
    let [b, o, t] = [b, o, t].map(|given| match given {
        Some(Given::Set(items)) => items.clone(),
        _ => BTreeSet::new(),
    });
    let kept = b
        .iter()
        .filter(|item| o.contains(*item) && t.contains(*item));
    let added = o.union(&t).filter(|item| !b.contains(*item));
    let items: BTreeSet<String> = kept.chain(added).cloned().collect();
    (!items.is_empty()).then_some(Given::Set(items))
}
