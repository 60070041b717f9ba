//! Every version of a file is read as git has it, however it is stored.

use std::path::Path;

use anyhow::Result;
use loti::git::{Repository, WalkOptions};
use loti::history::Past as _;

use super::repo::{Repo, git};

/// Makes a history of a plan of which each version is much like the last, written for import.
fn history(versions: usize) -> String {
    let text = |version: usize| {
        let lines = (0..200).map(|line| {
            let changed = (version * 37) % 200 == line;
            format!(
                "# line {line} of a plan, {}\n",
                if changed { version } else { 0 }
            )
        });
        lines.collect::<String>()
    };
    let commits = (0..versions).map(|version| {
        let text = text(version);
        format!(
            "commit refs/heads/main\ncommitter A <a@example.org> {} +0000\ndata 0\n\n\
             M 644 inline okrs.toml\ndata {}\n{text}\n",
            1_626_350_400 + version * 3600,
            text.len()
        )
    });
    commits.collect()
}

/// Reads every version by a walk, and compares each with what git has; says how many there are.
fn compared(root: &Path) -> Result<usize> {
    let (repository, path) = Repository::holding(&root.join("okrs.toml"))?;
    let head = repository.resolve("HEAD")?;
    let mut walk = repository.walk(head, &path, WalkOptions::default())?;
    let (mut bytes, mut read) = (Vec::new(), 0);
    while let Some(step) = walk.next_step()? {
        walk.read(step.now.file.expect("a file"), &mut bytes)?;
        let shown = git(root, &["show", &format!("{}:okrs.toml", step.commit.id)])?;
        assert_eq!(String::from_utf8(bytes.clone())?.trim_end(), shown);
        read += 1;
    }
    Ok(read)
}

#[test]
fn versions_are_read_loose_and_packed() -> Result<()> {
    for format in ["--object-format=sha1", "--object-format=sha256"] {
        let repo = Repo::with(&["init", "-q", "-b", "main", format, "."])?;
        repo.import(&history(70))?;
        repo.git(&["reset", "-q", "--hard"])?;
        repo.git(&["repack", "-adfq"])?;
        assert_eq!(compared(repo.root())?, 70, "one pack, {format}");

        repo.write("okrs.toml", "# loose\n")?;
        repo.commit("Loose", "2021-09-01T10:00:00Z")?;
        assert_eq!(compared(repo.root())?, 71, "beside the pack, {format}");
        repo.git(&["repack", "-dq"])?;
        repo.git(&["multi-pack-index", "write"])?;
        assert_eq!(compared(repo.root())?, 71, "two packs, {format}");

        let clone = repo.beside("shared");
        let name = clone.to_str().expect("text");
        repo.git(&["clone", "-q", "--shared", ".", name])?;
        assert_eq!(compared(&clone)?, 71, "in another's folder, {format}");
    }
    Ok(())
}

#[test]
fn versions_are_read_on_where_packs_are_mapped_anew() -> Result<()> {
    let repo = Repo::new()?;
    repo.import(&history(40))?;
    repo.git(&["reset", "-q", "--hard"])?;
    repo.git(&["repack", "-adfq"])?;
    let (repository, path) = Repository::holding(&repo.root().join("okrs.toml"))?;
    let head = repository.resolve("HEAD")?;
    let mut walk = repository.walk(head, &path, WalkOptions::default())?;
    let mut versions = Vec::new();
    while let Some(step) = walk.next_step()? {
        let file = step.now.file.expect("a file");
        let text = repo.git(&["cat-file", "blob", &file.to_string()])?;
        versions.push((file, text));
    }
    let mut bytes = Vec::new();
    let mut read = |(file, text): &(_, String)| -> Result<()> {
        walk.read(*file, &mut bytes)?;
        assert_eq!(String::from_utf8(bytes.clone())?.trim_end(), text);
        Ok(())
    };
    for _ in 0..250 {
        versions.iter().try_for_each(&mut read)?;
    }
    // Somebody else packs anew meanwhile: what is gone is still read as it was.
    repo.write("okrs.toml", "# loose\n")?;
    repo.commit("Loose", "2021-09-01T10:00:00Z")?;
    repo.git(&["repack", "-adfq", "--depth=3"])?;
    for _ in 0..250 {
        versions.iter().try_for_each(&mut read)?;
    }
    Ok(())
}

#[test]
fn what_stands_for_a_version_is_read_in_its_place() -> Result<()> {
    let repo = Repo::new()?;
    repo.import(&history(5))?;
    repo.git(&["reset", "-q", "--hard"])?;
    repo.git(&["repack", "-adfq"])?;
    repo.write("other", "# in its place\n")?;
    let other = repo.git(&["hash-object", "-w", "other"])?;
    let was = repo.git(&["rev-parse", "HEAD~2:okrs.toml"])?;
    repo.git(&["replace", &was, &other])?;
    assert_eq!(compared(repo.root())?, 5);
    Ok(())
}

#[test]
fn a_damaged_pack_gives_an_error_and_no_other_text() -> Result<()> {
    let repo = Repo::new()?;
    repo.import(&history(20))?;
    repo.git(&["reset", "-q", "--hard"])?;
    repo.git(&["repack", "-adfq"])?;
    let folder = repo.root().join(".git/objects/pack");
    let packs = std::fs::read_dir(folder)?
        .flatten()
        .map(|entry| entry.path());
    let pack = packs
        .into_iter()
        .find(|path| path.extension().is_some_and(|end| end == "pack"));
    let pack = pack.expect("a pack");
    let whole = std::fs::read(&pack)?;
    let mut refused = 0;
    for at in (12..whole.len()).step_by(whole.len() / 120) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        std::fs::remove_file(&pack)?;
        std::fs::write(&pack, bytes)?;
        let (repository, path) = Repository::holding(&repo.root().join("okrs.toml"))?;
        let read = || {
            let head = repository.resolve("HEAD")?;
            let mut walk = repository.walk(head, &path, WalkOptions::default())?;
            let mut bytes = Vec::new();
            while let Some(step) = walk.next_step()? {
                if let Some(file) = step.now.file {
                    walk.read(file, &mut bytes)?;
                }
            }
            anyhow::Ok(())
        };
        refused += usize::from(read().is_err());
    }
    assert!(refused > 50, "{refused}");
    Ok(())
}
