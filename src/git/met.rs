use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use super::Id;

/// The commits that a walk has met, each with the number of the file's name there.
///
/// A walk may meet every commit there is, so that each is kept in no more than its name for git and
/// some ten bytes.
#[derive(Default)]
pub(super) struct Met {
    /// The commits' ids one after the other, all equally long.
    ids: Vec<u8>,
    names: Vec<u32>,
    /// Where each is among them.
    numbers: HashTable<u32>,
}

impl Met {
    /// Returns how many there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// Adds a commit; says whether it was not met before.
    pub(super) fn insert(&mut self, id: Id, name: u32) -> bool {
        let ids = &self.ids;
        let is_own = |number: &u32| id_at(ids, *number, id) == id.as_slice();
        let hash_of = |number: &u32| hash(id_at(ids, *number, id));
        let number = self.names.len() as u32;
        match self.numbers.entry(hash(id.as_slice()), is_own, hash_of) {
            Entry::Occupied(_) => return false,
            Entry::Vacant(vacant) => vacant.insert(number),
        };
        self.ids.extend_from_slice(id.as_slice());
        self.names.push(name);
        true
    }

    /// Returns the number of the file's name in a commit that was met.
    pub(super) fn name(&self, id: Id) -> Option<u32> {
        let is_own = |number: &u32| id_at(&self.ids, *number, id) == id.as_slice();
        let number = self.numbers.find(hash(id.as_slice()), is_own)?;
        self.names.get(*number as usize).copied()
    }
}

/// Returns one of the ids, which are as long as that of another commit of the same repository.
fn id_at(ids: &[u8], number: u32, like: Id) -> &[u8] {
    let length = like.as_slice().len();
    let at = number as usize * length;
    &ids[at..at + length]
}

/// An id is a hash already: some bytes of it do.
fn hash(id: &[u8]) -> u64 {
    id.first_chunk().copied().map_or(0, u64::from_ne_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_commit_is_met_once_under_its_name() {
        for kind in [gix::hash::Kind::Sha1, gix::hash::Kind::Sha256] {
            // Ids that begin alike are told apart all the same.
            let id = |number: u32| {
                let mut bytes = vec![0x5a; kind.len_in_bytes()];
                let at = bytes.len() - 4;
                bytes[at..].copy_from_slice(&number.to_be_bytes());
                Id::from_bytes_or_panic(&bytes)
            };
            let mut met = Met::default();
            for number in 0..1000 {
                assert_eq!(met.name(id(number)), None);
                assert!(met.insert(id(number), number % 7));
                assert!(!met.insert(id(number), 9));
            }
            assert_eq!(met.len(), 1000);
            assert!((0..1000).all(|number| met.name(id(number)) == Some(number % 7)));
        }
    }
}
