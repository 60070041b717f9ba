use std::cell::{OnceCell, RefCell};
use std::path::Path;

use gix::discover::upwards;
use gix::objs::{Data, Find as _, Kind};
use gix::sec::{Trust, trust};

use super::packs::Packs;
use super::{Id, refusal};

/// A git repository, to read from.
///
/// Nothing around it has a say in what is read: neither the environment nor the configuration of the
/// user or the system.
pub struct Repository {
    pub(super) gix: gix::Repository,
    pub(super) mailmap: OnceCell<gix::mailmap::Snapshot>,
    /// What many objects are read from, once many are wanted.
    packs: RefCell<Option<Packs>>,
}

impl Repository {
    /// Opens the repository that a folder is in: a work tree, linked or not, a submodule, or a bare
    /// repository.
    pub fn around(folder: &Path) -> anyhow::Result<Self> {
        let options = gix::open::Options::isolated()
            // Each version of a plan is stored as its difference from the next: with those at hand
            // that were read last, none is put together twice.
            .config_overrides(["core.deltaBaseCacheLimit=32m"])
            // Whose repository it is matters to programs that run what it says.
            .filter_config_section(|_| true);
        let discovery = upwards::Options {
            trust: upwards::TrustPolicy::Assume(Trust::Full),
            ..upwards::Options::default()
        };
        let options = trust::Mapping {
            full: options.clone(),
            reduced: options,
        };
        let opened = gix::ThreadSafeRepository::discover_opts(folder, discovery, options)
            .map_err(|error| refusal::not_opened(folder, &error))?;
        let gix = gix::Repository::from(opened);
        refusal::of_format(&gix)?;
        Ok(Self {
            gix,
            mailmap: OnceCell::new(),
            packs: RefCell::new(None),
        })
    }

    /// Returns the top of its work tree, if it has one.
    pub fn top(&self) -> Option<&Path> {
        self.gix.workdir()
    }

    /// Returns the commit that is checked out; none, where nothing was committed yet.
    pub fn head(&self) -> anyhow::Result<Option<Id>> {
        let unreadable = |error| refusal::because("`HEAD` cannot be read", &error);
        let mut head = self.gix.head().map_err(unreadable)?;
        let id = head.try_peel_to_id().map_err(unreadable)?;
        Ok(id.map(gix::Id::detach))
    }

    /// Returns the commits whose parents a shallow clone left out, if it is one.
    pub(super) fn ends(&self) -> anyhow::Result<Option<gix::shallow::Commits>> {
        let ends = self.gix.shallow_commits();
        ends.map_err(|error| refusal::because("where this shallow clone ends is not known", &error))
    }

    /// From here on, many objects are read, one after the other.
    pub(super) fn expect_many(&self) {
        let mut packs = self.packs.borrow_mut();
        packs.get_or_insert_with(|| Packs::of(self));
    }

    /// Reads an object of a kind where that is quick; `None` where it is not to be had this way.
    pub(super) fn quickly(&self, id: Id, kind: Kind, bytes: &mut Vec<u8>) -> Option<()> {
        self.packs.borrow_mut().as_mut()?.read(id, kind, bytes)
    }

    /// Reads an object of a kind, in place of what the buffer held.
    pub(super) fn object(&self, id: Id, kind: Kind, bytes: &mut Vec<u8>) -> anyhow::Result<()> {
        if self.quickly(id, kind, bytes).is_some() {
            return Ok(());
        }
        match self.gix.objects.try_find(&id, bytes) {
            Ok(Some(Data { kind: found, .. })) if found == kind => Ok(()),
            Ok(Some(Data { kind: found, .. })) => {
                anyhow::bail!("expected a {kind}, but `{id}` is a {found}")
            }
            Ok(None) => Err(refusal::missing(self, id, kind)),
            Err(error) => Err(refusal::damaged(id, kind, &error)),
        }
    }
}
