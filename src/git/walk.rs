use std::cmp::Reverse;
use std::collections::BinaryHeap;

use gix::hashtable::HashMap;
use gix::objs::Kind;

use super::commits::Links;
use super::files::Trail;
use super::met::Met;
use super::{Id, Repository, TreePath};
use crate::history::{Past, Step, Version};

/// How the commits that changed a file are looked for.
#[derive(Debug, Default, Clone, Copy)]
pub struct WalkOptions {
    /// Whether of a merge only the first parent counts: the line that was merged into.
    pub first_parent: bool,
}

/// The commits that changed a file, newest first by the day they became part of the history, through
/// all the names that the file has had.
pub struct Walk<'a> {
    repository: &'a Repository,
    options: WalkOptions,
    /// The file's names; the first is the one it has where the walk begins.
    names: Vec<TreePath>,
    /// The commits met, each with the number of the file's name there.
    met: Met,
    /// The same of commits that were only looked back to.
    aside: HashMap<Id, u32>,
    /// Those of them still to be looked at.
    ahead: BinaryHeap<Place>,
    /// The commits whose parents a shallow clone left out.
    ends: Option<gix::shallow::Commits>,
    /// Buffers to be used again.
    spare: Vec<Vec<u8>>,
    tree: Vec<u8>,
}

/// A commit on the way.
struct Place {
    /// How many were met before it.
    order: usize,
    id: Id,
    name: u32,
    links: Links,
    trail: Trail,
    bytes: Vec<u8>,
}

impl Repository {
    /// Begins a walk through the commits that changed a file, from a commit back.
    pub fn walk(
        &self,
        from: Id,
        path: &TreePath,
        options: WalkOptions,
    ) -> anyhow::Result<Walk<'_>> {
        self.expect_many();
        let mut walk = Walk {
            repository: self,
            options,
            names: vec![path.clone()],
            met: Met::default(),
            aside: HashMap::default(),
            ahead: BinaryHeap::new(),
            ends: self.ends()?,
            spare: Vec::new(),
            tree: Vec::new(),
        };
        let first = walk.place(from, 0, None)?;
        walk.queue(first);
        Ok(walk)
    }
}

impl Walk<'_> {
    /// Returns the name that was found last.
    pub(super) fn latest_name(&self) -> Option<TreePath> {
        self.names.last().cloned()
    }

    /// Looks a commit up, and the file in it; `like` is a commit beside it with the same name of the
    /// file.
    fn place(&mut self, id: Id, name: u32, like: Option<&Trail>) -> anyhow::Result<Place> {
        let mut bytes = self.spare.pop().unwrap_or_default();
        self.repository.object(id, Kind::Commit, &mut bytes)?;
        let mut links = Links::of(id, &bytes)?;
        if self.is_cut(id) {
            links.parents.clear();
        }
        if self.options.first_parent {
            links.parents.truncate(1);
        }
        let path = &self.names[name as usize];
        let trail = self
            .repository
            .trail(links.tree, path, like, &mut self.tree)?;
        Ok(Place {
            order: 0,
            id,
            name,
            links,
            trail,
            bytes,
        })
    }

    fn is_cut(&self, id: Id) -> bool {
        let ends = self.ends.as_ref();
        ends.is_some_and(|ends| ends.binary_search(&id).is_ok())
    }

    /// Puts a commit where its turn comes, unless it was met before.
    fn queue(&mut self, mut place: Place) {
        place.order = self.met.len();
        if self.met.insert(place.id, place.name) {
            self.ahead.push(place);
        } else {
            self.spare.push(place.bytes);
        }
    }

    /// Finds the file in the commit before under another name, where it came to its name in this one.
    /// Says whether it did.
    fn rename(&mut self, before: &mut Place, after: &Place) -> anyhow::Result<bool> {
        let (None, Some(file)) = (before.trail.file, after.trail.file) else {
            return Ok(false);
        };
        let name = &self.names[after.name as usize];
        let trees = (before.links.tree, after.links.tree);
        let Some(old) = self.repository.formerly(trees.0, trees.1, name, file)? else {
            return Ok(false);
        };
        before.trail = self.repository.trail(trees.0, &old, None, &mut self.tree)?;
        before.name = self.number(old);
        Ok(true)
    }

    /// Returns a name's number.
    fn number(&mut self, name: TreePath) -> u32 {
        let known = self.names.iter().position(|known| *known == name);
        let number = known.unwrap_or_else(|| {
            self.names.push(name);
            self.names.len() - 1
        });
        number as u32
    }
}

impl Past for Walk<'_> {
    type Id = Id;
    type Error = anyhow::Error;

    fn next_step(&mut self) -> anyhow::Result<Option<Step<Id>>> {
        'commits: while let Some(place) = self.ahead.pop() {
            let mut parents = Vec::with_capacity(place.links.parents.len());
            for id in &place.links.parents {
                let parent = self.place(*id, place.name, Some(&place.trail))?;
                if parent.trail.file == place.trail.file {
                    // It came as it is from here, whatever the others had.
                    self.queue(parent);
                    self.spare.push(place.bytes);
                    continue 'commits;
                }
                parents.push(parent);
            }
            if parents.is_empty() && place.trail.file.is_none() {
                self.spare.push(place.bytes);
                continue;
            }
            let mut renamed = 0;
            for parent in &mut parents {
                renamed += usize::from(self.rename(parent, &place)?);
            }
            let was_called = match parents.first() {
                Some(first) if renamed == parents.len() => Some(&self.names[first.name as usize]),
                _ => None,
            };
            let step = Step {
                commit: self.repository.told(place.id, &place.bytes)?,
                now: place.version(),
                before: parents.iter().map(Place::version).collect(),
                was_called: was_called.map(ToString::to_string),
                is_cut: self.is_cut(place.id),
            };
            self.spare.push(place.bytes);
            for parent in parents {
                self.queue(parent);
            }
            return Ok(Some(step));
        }
        Ok(None)
    }

    fn read(&mut self, file: Id, bytes: &mut Vec<u8>) -> anyhow::Result<()> {
        match self.repository.quickly(file, Kind::Blob, bytes) {
            Some(()) => Ok(()),
            None => self.repository.read(file, bytes),
        }
    }

    fn earlier(&mut self, commit: Id) -> anyhow::Result<Option<Version<Id>>> {
        let known = self.met.name(commit);
        let known = known.or_else(|| self.aside.get(&commit).copied());
        let mut place = self.place(commit, known.unwrap_or(0), None)?;
        while let Some(first) = place.links.parents.first().copied() {
            let mut parent = self.place(first, place.name, Some(&place.trail))?;
            self.rename(&mut parent, &place)?;
            if parent.trail.file != place.trail.file {
                // It may be asked for in turn, and is then to be found under its name there.
                self.aside.insert(parent.id, parent.name);
                return Ok(Some(parent.version()));
            }
            self.spare.push(place.bytes);
            place = parent;
        }
        Ok(None)
    }
}

impl Place {
    /// Returns when its turn is: the newest first, of equally new ones the first met.
    fn rank(&self) -> (i64, Reverse<usize>) {
        (self.links.time, Reverse(self.order))
    }

    fn version(&self) -> Version<Id> {
        Version {
            commit: self.id,
            file: self.trail.file,
        }
    }
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        self.rank() == other.rank()
    }
}

impl Eq for Place {}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Place {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.rank().cmp(&other.rank())
    }
}
