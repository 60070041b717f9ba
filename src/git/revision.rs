use std::collections::HashSet;

use anyhow::{Context as _, anyhow, bail};
use chrono::NaiveDate;
use gix::objs::Kind;

use super::commits::Links;
use super::{Id, Repository};
use crate::text::{alternatives, nearest};

impl Repository {
    /// Returns the commit that a revision names, as git's own commands take it: `HEAD~5`, `main`,
    /// `v1.0`, the first digits of a commit.
    pub fn resolve(&self, revision: &str) -> anyhow::Result<Id> {
        let Ok(found) = self.gix.rev_parse_single(revision) else {
            return Err(self.unknown(revision));
        };
        let Ok(object) = found.object() else {
            return Err(self.unknown(revision));
        };
        let kind = object.kind;
        match object.peel_to_commit() {
            Ok(commit) => Ok(commit.id),
            Err(_) => bail!("`{revision}` is a {kind}; expected a commit, or what leads to one"),
        }
    }

    /// Returns the last commit on the line of first parents, from a commit back, that was part of the
    /// history by the end of a day, as days are counted where it was made.
    pub fn on_day(&self, day: NaiveDate, from: Id) -> anyhow::Result<Option<Id>> {
        let ends = self.gix.shallow_commits()?;
        let mut bytes = Vec::new();
        let mut next = Some(from);
        while let Some(id) = next {
            self.object(id, Kind::Commit, &mut bytes)?;
            let links = Links::of(id, &bytes)?;
            if links.day <= day {
                return Ok(Some(id));
            }
            let is_cut = ends.as_ref().is_some_and(|ends| ends.contains(&id));
            next = links.parents.first().copied().filter(|_| !is_cut);
        }
        Ok(None)
    }

    /// Returns the commit where two lines parted; none, where they have nothing in common.
    pub fn merge_base(&self, one: Id, other: Id) -> anyhow::Result<Option<Id>> {
        let base = self.gix.merge_base(one, other);
        let base =
            base.with_context(|| format!("where `{one}` and `{other}` parted is not known"))?;
        Ok(base.map(gix::Id::detach))
    }

    /// Returns whether this is a shallow clone, in which older commits are missing.
    pub fn is_shallow(&self) -> bool {
        self.gix.is_shallow().unwrap_or_default()
    }

    /// Says why a revision names no commit.
    fn unknown(&self, revision: &str) -> anyhow::Error {
        if let Ok(None) = self.head()
            && self.names().is_empty()
        {
            return anyhow!(
                "there is no `{revision}`: nothing was committed in this repository yet\n\
                 hint: `git add` and `git commit` begin its history"
            );
        }
        if revision.contains("..") {
            return anyhow!("`{revision}` names several commits; expected one");
        }
        let name = revision
            .split(['~', '^', '@', ':'])
            .next()
            .unwrap_or(revision);
        if let Some(candidates) = self.beginning_with(name) {
            return anyhow!(
                "`{name}` could be the beginning of {}\nhint: a digit more tells them apart",
                alternatives(candidates)
            );
        }
        if name != revision && self.gix.rev_parse_single(name).is_ok() {
            let end = self.if_shallow();
            return anyhow!("`{name}` is there, but there is no `{revision}`{end}");
        }
        let names = self.names();
        let tail = format!("/{name}");
        let near = names.iter().find(|known| known.ends_with(&tail));
        let near = near
            .map(String::as_str)
            .or_else(|| nearest(name, names.iter().map(String::as_str)));
        let hint = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`git log --oneline` lists commits, `git branch --all` branches".to_owned(),
        };
        let end = self.if_shallow();
        anyhow!("there is no revision `{revision}`\nhint: {hint}{end}")
    }

    /// Returns where the rest may be had, if this is not all there is.
    fn if_shallow(&self) -> &'static str {
        if self.is_shallow() {
            "\nhint: this is a shallow clone; `git fetch --unshallow` fetches the rest, and in a \
             workflow `fetch-depth: 0` does"
        } else {
            ""
        }
    }

    /// Returns the commits that begin with these digits, shortened, where there are several.
    fn beginning_with(&self, digits: &str) -> Option<Vec<String>> {
        let prefix = gix::hash::Prefix::from_hex(digits).ok()?;
        let mut found = HashSet::new();
        let outcome = self.gix.objects.lookup_prefix(prefix, Some(&mut found));
        if !matches!(outcome, Ok(Some(Err(())))) {
            return None;
        }
        let mut found: Vec<String> = found
            .into_iter()
            .map(|id| format!("`{}`", id.to_hex_with_len(digits.len() + 4)))
            .collect();
        found.sort();
        Some(found)
    }

    /// Returns the names of branches and tags, as people type them.
    fn names(&self) -> Vec<String> {
        let Ok(references) = self.gix.references() else {
            return Vec::new();
        };
        let Ok(all) = references.all() else {
            return Vec::new();
        };
        all.filter_map(Result::ok)
            .map(|reference| reference.name().shorten().to_string())
            .collect()
    }
}
