use std::collections::HashSet;

use anyhow::{anyhow, bail};
use chrono::NaiveDate;
use gix::objs::Kind;

use super::commits::Links;
use super::{Id, Repository, refusal};
use crate::text::{alternatives, nearest, shell_word};

impl Repository {
    /// Returns the commit that a revision names, as git's own commands take it: `HEAD~5`, `main`,
    /// `v1.0`, the first digits of a commit.
    pub fn resolve(&self, revision: &str) -> anyhow::Result<Id> {
        // Of all things that begin with the same digits, the only commit is meant.
        let as_commit = format!("{revision}^{{commit}}");
        let found = self.gix.rev_parse_single(revision);
        let Ok(found) = found.or_else(|_| self.gix.rev_parse_single(as_commit.as_str())) else {
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
        let ends = self.ends()?;
        let mut bytes = Vec::new();
        let mut next = Some(from);
        while let Some(id) = next {
            self.object(id, Kind::Commit, &mut bytes)?;
            let links = Links::of(id, &bytes)?;
            if links.day <= day {
                return Ok(Some(id));
            }
            if ends.as_ref().is_some_and(|ends| ends.contains(&id)) {
                let begin = links.day;
                return Err(refusal::beyond(&format!("what was before {begin} is not")));
            }
            next = links.parents.first().copied();
        }
        Ok(None)
    }

    /// Returns the commit where two lines parted; none, where they have nothing in common.
    pub fn merge_base(&self, one: Id, other: Id) -> anyhow::Result<Option<Id>> {
        let what = || {
            let [one, other] = [one, other].map(|id| id.to_hex_with_len(8).to_string());
            format!("where `{one}` and `{other}` parted is not")
        };
        let base = self.gix.merge_base(one, other);
        let base = base.map_err(|error| refusal::because(&format!("{} known", what()), &error))?;
        if base.is_none() && self.is_shallow() {
            return Err(refusal::beyond(&what()));
        }
        Ok(base.map(gix::Id::detach))
    }

    /// Returns whether this is a shallow clone, in which older commits are missing.
    pub fn is_shallow(&self) -> bool {
        matches!(self.ends(), Ok(Some(_)))
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
            return if self.is_shallow() {
                refusal::beyond(&format!("there is no `{revision}`"))
            } else {
                anyhow!("`{name}` is there, but there is no `{revision}`")
            };
        }
        let rest = if self.is_shallow() {
            format!("\nhint: this is a shallow clone; {}", refusal::UNSHALLOW)
        } else {
            String::new()
        };
        anyhow!(
            "there is no revision `{revision}`\nhint: {}{rest}",
            self.instead_of(name)
        )
    }

    /// Says what to type instead of a name that nothing has, or how to get what has it.
    fn instead_of(&self, name: &str) -> String {
        let names = self.names();
        let tail = format!("/{name}");
        let near = names.iter().find(|known| known.ends_with(&tail));
        let near = near
            .map(String::as_str)
            .or_else(|| nearest(name, names.iter().map(String::as_str)));
        if let Some(near) = near {
            return format!("did you mean `{near}`?");
        }
        let remotes = self.gix.remote_names();
        let branch = remotes.iter().find_map(|remote| {
            let remote = remote.to_string();
            let branch = name.strip_prefix(&remote)?.strip_prefix('/')?;
            Some((remote, branch))
        });
        match branch {
            Some((remote, branch)) => {
                let branches = format!("{branch}:refs/remotes/{remote}/{branch}");
                let (remote, branches) = (shell_word(&remote), shell_word(&branches));
                format!("`git fetch {remote} {branches}` fetches it, if it is there")
            }
            None => "`git log --oneline` lists commits, `git branch --all` branches".to_owned(),
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
        let is_commit = |id: &Id| {
            let header = self.gix.find_header(*id);
            header.is_ok_and(|header| header.kind() == Kind::Commit)
        };
        let mut found: Vec<String> = found
            .into_iter()
            .filter(is_commit)
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
