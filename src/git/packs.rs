use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;

use gix::objs::Kind;
use gix::odb::pack::data::entry::Header;
use gix::odb::pack::{data, index};
use gix::zlib::Inflate;

use super::delta::apply;
use super::{Id, Repository};
use crate::store::MAX_BYTES;

/// The largest version that is read, in bytes.
pub(super) const LARGEST: usize = MAX_BYTES as usize;

/// Reads many objects, one after the other: commits, trees, and the versions of a file.
///
/// In a pack nearly every version is described by what it has in common with another. gix puts each
/// together by itself and takes four copies of the whole file for it; to keep the versions that others
/// are described by, and to make each from them in one copy, is six times as fast for a large plan.
/// What is not found here, such as a version outside of the packs, is gix's to read.
///
/// What was read of a pack stays in memory while the pack is mapped, and gix maps it for good: a long
/// history would end up there whole. Here packs are mapped anew every so often.
#[derive(Default)]
pub(super) struct Packs {
    all: Vec<Pack>,
    bases: Bases,
    inflate: Inflate,
    delta: Vec<u8>,
    /// How many objects were asked for since the packs were mapped.
    asked: usize,
}

struct Pack {
    /// Where its index is.
    path: PathBuf,
    index: index::File,
    data: data::File,
}

impl Packs {
    /// Opens the packs of a repository.
    pub(super) fn of(repository: &Repository) -> Self {
        let mut packs = Self::default();
        let gix = &repository.gix;
        // What stands in for something else, gix knows.
        let mut replaced = gix.references().ok().into_iter();
        let is_replaced = replaced.any(|references| {
            let mut all = references.prefixed("refs/replace/").into_iter().flatten();
            all.next().is_some()
        });
        if is_replaced {
            return packs;
        }
        let store = gix.objects.store_ref();
        let mut folders = store.alternate_db_paths().unwrap_or_default();
        folders.insert(0, store.path().to_owned());
        for folder in folders {
            let entries = fs::read_dir(folder.join("pack")).into_iter().flatten();
            for entry in entries.flatten() {
                let path = entry.path();
                if path.extension().is_none_or(|end| end != "idx") {
                    continue;
                }
                packs.all.extend(Pack::open(path, gix.object_hash()));
            }
        }
        packs
    }

    /// Reads an object of a kind, in place of what the buffer held; `None` where it is not to be had
    /// this way.
    pub(super) fn read(&mut self, id: Id, kind: Kind, bytes: &mut Vec<u8>) -> Option<()> {
        self.let_go();
        let (number, offset) = self.find(id)?;
        let data = &self.all[number].data;
        let mut ahead = Vec::new();
        let mut at = offset;
        // From the version back, to the nearest that is at hand or is written down whole.
        while !self.bases.holds((number, at)) {
            let entry = data.entry(at).ok()?;
            match entry.header {
                Header::OfsDelta { base_distance } => {
                    let base = entry.checked_base_pack_offset(base_distance)?;
                    ahead.push(entry);
                    at = base;
                }
                header if header.as_kind() == Some(kind) => {
                    if ahead.is_empty() && kind != Kind::Blob {
                        // Others are rarely described by it, and then it is soon read again.
                        return inflate(&mut self.inflate, data, &entry, bytes);
                    }
                    let mut whole = Vec::new();
                    inflate(&mut self.inflate, data, &entry, &mut whole)?;
                    self.bases.keep((number, at), whole);
                    break;
                }
                _ => return None,
            }
        }
        // And forth again.
        while let Some(entry) = ahead.pop() {
            inflate(&mut self.inflate, data, &entry, &mut self.delta)?;
            let base = self.bases.get((number, at))?;
            if ahead.is_empty() {
                return apply(base, &self.delta, bytes);
            }
            let mut next = Vec::new();
            apply(base, &self.delta, &mut next)?;
            at = entry.pack_offset();
            self.bases.keep((number, at), next);
        }
        bytes.clear();
        bytes.extend_from_slice(self.bases.get((number, at))?);
        Some(())
    }

    /// Maps the packs anew once much was read, so that what was read long ago leaves the memory.
    fn let_go(&mut self) {
        /// In a long history they lie close together: a few hundred kilobytes, as a rule.
        const MOST: usize = 1024;

        self.asked += 1;
        if self.asked <= MOST {
            return;
        }
        self.asked = 0;
        for pack in &mut self.all {
            // What is no longer there, or is another by now, is still read as it was.
            if let Some(anew) = pack.anew() {
                *pack = anew;
            }
        }
    }

    /// Returns the pack that an object is in, and where.
    fn find(&mut self, id: Id) -> Option<(usize, u64)> {
        self.all.iter().enumerate().find_map(|(number, pack)| {
            let at = pack.index.lookup(id)?;
            Some((number, pack.index.pack_offset_at_index(at)))
        })
    }
}

impl Pack {
    fn open(path: PathBuf, hash: gix::hash::Kind) -> Option<Self> {
        let index = index::File::at(&path, hash).ok()?;
        let data = data::File::at(path.with_extension("pack"), hash).ok()?;
        Some(Self { path, index, data })
    }

    /// Maps it anew; `None` where that would be another pack.
    fn anew(&self) -> Option<Self> {
        let anew = Self::open(self.path.clone(), self.index.object_hash())?;
        let is_same = anew.data.checksum() == self.data.checksum()
            && anew.index.index_checksum() == self.index.index_checksum();
        is_same.then_some(anew)
    }
}

/// Unpacks an entry, in place of what the buffer held.
fn inflate(
    inflate: &mut Inflate,
    data: &data::File,
    entry: &data::Entry,
    bytes: &mut Vec<u8>,
) -> Option<()> {
    let size = usize::try_from(entry.decompressed_size).ok()?;
    if size > LARGEST {
        return None;
    }
    bytes.clear();
    bytes.resize(size, 0);
    data.decompress_entry(entry, inflate, bytes).ok()?;
    Some(())
}

/// Versions that others are described by: those that were needed last.
#[derive(Default)]
struct Bases {
    young: HashMap<(usize, u64), Vec<u8>>,
    /// What was young before, and goes when there is more.
    old: HashMap<(usize, u64), Vec<u8>>,
    size: usize,
}

impl Bases {
    /// The bytes of those that are young, at the most.
    const MOST: usize = 16 << 20;

    fn holds(&self, at: (usize, u64)) -> bool {
        self.young.contains_key(&at) || self.old.contains_key(&at)
    }

    fn get(&mut self, at: (usize, u64)) -> Option<&[u8]> {
        if let Some(again) = self.old.remove(&at) {
            self.keep(at, again);
        }
        self.young.get(&at).map(Vec::as_slice)
    }

    fn keep(&mut self, at: (usize, u64), version: Vec<u8>) {
        if self.size + version.len() > Self::MOST {
            self.old = std::mem::take(&mut self.young);
            self.size = 0;
        }
        self.size += version.len();
        self.young.insert(at, version);
    }
}
