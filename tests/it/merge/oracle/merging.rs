//! What becomes of each table, key by key.

use std::collections::{BTreeMap, BTreeSet};

use super::super::values::{Given, Said, Values, Who};
use super::{Expected, Oracle, Place};

pub(super) struct Merging<'a> {
    pub(super) oracle: &'a Oracle,
    pub(super) reported: &'a BTreeSet<Place>,
    pub(super) expected: Expected,
}

impl Merging<'_> {
    /// Merges a table with all below it.
    pub(super) fn one(&mut self, who: &Who) {
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
    pub(super) fn dangling(&mut self) {
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
