use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::PathBuf;

use anyhow::{Context as _, bail, ensure};

use crate::model::Id;
use crate::store;

/// The list of what loti wrote into a folder, by which it knows its own files again.
const LIST: &str = ".loti-site";

/// The first line of the list.
const HEAD: &str = "# What `loti export site` wrote here: these files are replaced and removed by it, and no others.";

/// A folder that a site is written into.
pub(super) struct Folder {
    path: PathBuf,
    /// How messages call it.
    shown: String,
    /// What loti wrote there before.
    own: BTreeSet<String>,
    files: Vec<(String, String)>,
}

/// What was done to a folder.
pub(super) struct Done {
    pub(super) all: usize,
    pub(super) changed: usize,
    pub(super) removed: usize,
}

impl Folder {
    /// Looks at a folder, and refuses one that belongs to somebody else.
    pub(super) fn open(path: PathBuf, shown: &str, adopt: bool) -> anyhow::Result<Self> {
        let mut folder = Self {
            path,
            shown: shown.to_owned(),
            own: BTreeSet::new(),
            files: Vec::new(),
        };
        let unreadable = || format!("`{shown}` cannot be read");
        match fs::read_to_string(folder.path.join(LIST)) {
            Ok(list) => {
                // Whoever else wrote the list: no other file is ever named by it.
                let names = list.lines().filter(|name| is_ours(name));
                folder.own = names.map(str::to_owned).collect();
                return Ok(folder);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(unreadable),
        }
        let is_empty = match fs::read_dir(&folder.path) {
            Ok(mut entries) => entries.next().is_none(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => true,
            Err(error) => return Err(error).with_context(unreadable),
        };
        ensure!(
            is_empty || adopt,
            "`{shown}` holds files that are not loti's\n\
             hint: name an empty folder, or `--adopt` this one: what is in it stays as it is"
        );
        Ok(folder)
    }

    /// Takes a file for the folder; refuses one in the place of somebody else's.
    pub(super) fn add(&mut self, name: String, bytes: Vec<u8>) -> anyhow::Result<()> {
        let there = self.path.join(&name).symlink_metadata().ok();
        let shown = &self.shown;
        match there {
            Some(_) if !self.own.contains(&name) => bail!(
                "`{shown}/{name}` is there, and loti did not write it\n\
                 hint: move it away, or name another folder"
            ),
            Some(there) if !there.is_file() => bail!("`{shown}/{name}` is no file"),
            _ => {}
        }
        self.files.push((name, String::from_utf8(bytes)?));
        Ok(())
    }

    /// Writes what changed, and removes what loti wrote there before and would not write again.
    pub(super) fn save(self) -> anyhow::Result<Done> {
        fs::create_dir_all(&self.path)
            .with_context(|| format!("the folder `{}` cannot be made", self.shown))?;
        let mut done = Done {
            all: self.files.len(),
            changed: 0,
            removed: 0,
        };
        let now: BTreeSet<&str> = self.files.iter().map(|(name, _)| &**name).collect();
        let old = self.own.iter().map(String::as_str);
        // Whatever happens on the way, nothing that loti wrote is missing from the list.
        self.list(&now.iter().copied().chain(old).collect())?;
        for (name, text) in &self.files {
            let path = self.path.join(name);
            if fs::read(&path).is_ok_and(|old| old == text.as_bytes()) {
                continue;
            }
            store::write(&path, text)?;
            done.changed += 1;
        }
        for name in self.own.iter().filter(|name| !now.contains(name.as_str())) {
            match fs::remove_file(self.path.join(name)) {
                Ok(()) => done.removed += 1,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => {
                    return Err(error)
                        .with_context(|| format!("`{}/{name}` cannot be removed", self.shown));
                }
            }
        }
        self.list(&now)?;
        Ok(done)
    }

    fn list(&self, names: &BTreeSet<&str>) -> anyhow::Result<()> {
        let mut list = format!("{HEAD}\n");
        for name in names {
            list.push_str(name);
            list.push('\n');
        }
        let path = self.path.join(LIST);
        if !fs::read(&path).is_ok_and(|old| old == list.as_bytes()) {
            store::write(&path, &list)?;
        }
        Ok(())
    }
}

/// Returns the name of a theme's file; one that is only told apart by its case gets a number, since
/// not every server and disk does that.
pub(super) fn theme_file(id: &Id, is_taken: impl Fn(&str) -> bool) -> String {
    let stem = format!("theme-{}", id.as_str().to_lowercase());
    let numbered = (2..).map(|number| format!("{stem}-{number}.html"));
    let mut names = std::iter::once(format!("{stem}.html")).chain(numbered);
    names.find(|name| !is_taken(name)).unwrap_or(stem)
}

/// Returns whether a file of this name may be one that a site has.
fn is_ours(name: &str) -> bool {
    let theme = name
        .strip_prefix("theme-")
        .and_then(|rest| rest.strip_suffix(".html"));
    let is_id = |id: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        !id.is_empty() && id.bytes().all(plain)
    };
    let known = [
        "index.html",
        "history.html",
        "feed.xml",
        "plan.ics",
        "plan.json",
    ];
    known.contains(&name) || theme.is_some_and(is_id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_other_file_is_taken_for_a_sites() {
        for (name, expected) in [
            ("index.html", true),
            ("theme-reach.html", true),
            ("theme-reach-2.html", true),
            ("theme-.html", false),
            ("theme-../x.html", false),
            ("theme-a/b.html", false),
            ("../index.html", false),
            ("/etc/passwd", false),
            (".loti-site", false),
            ("okrs.toml", false),
            ("", false),
            ("# What", false),
        ] {
            assert_eq!(is_ours(name), expected, "{name:?}");
        }
    }

    #[test]
    fn files_of_themes_are_told_apart_without_case() {
        let id = |id: &str| Id::new(id).expect("an id");
        let taken = ["theme-reach.html", "theme-reach-2.html"];
        let name = theme_file(&id("Reach"), |name| taken.contains(&name));
        assert_eq!(name, "theme-reach-3.html");
        assert_eq!(theme_file(&id("CON"), |_| false), "theme-con.html");
    }
}
