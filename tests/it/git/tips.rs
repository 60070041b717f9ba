//! The branches that git knows.

use std::fs;

use anyhow::Result;

use super::repo::{Repo, git};

fn names(repo: &Repo) -> Result<Vec<String>> {
    let tips = repo.open()?.tips()?;
    Ok(tips.into_iter().map(|tip| tip.name).collect())
}

#[test]
fn every_branch_is_known_where_it_ends() -> Result<()> {
    let repo = Repo::new()?;
    assert!(names(&repo)?.is_empty());
    repo.write("okrs.toml", "1")?;
    let main = repo.commit("One", "2021-07-15T10:00:00+02:00")?;
    repo.git(&["branch", "team/next"])?;
    repo.git(&["tag", "v1"])?;
    let clone = repo.beside("clone");
    repo.git(&["clone", "-q", ".", clone.to_str().expect("text")])?;
    git(&clone, &["checkout", "-q", "--detach"])?;
    assert_eq!(names(&repo)?, ["main", "team/next"]);

    let repository = loti::git::Repository::around(&clone)?;
    let tips = repository.tips()?;
    let names: Vec<&str> = tips.iter().map(|tip| &*tip.name).collect();
    assert_eq!(names, ["HEAD", "main", "origin/main", "origin/team/next"]);
    let commits: Vec<String> = tips.iter().map(|tip| tip.commit.to_string()).collect();
    assert_eq!(commits, vec![main; 4]);
    Ok(())
}

#[test]
fn packed_branches_are_known_and_damaged_ones_passed_over() -> Result<()> {
    let repo = Repo::new()?;
    repo.commit("One", "2021-07-15T10:00:00+02:00")?;
    repo.git(&["branch", "packed"])?;
    repo.git(&["pack-refs", "--all"])?;
    repo.git(&["branch", "loose"])?;
    fs::write(repo.root().join(".git/refs/heads/broken"), "nothing\n")?;
    assert_eq!(names(&repo)?, ["loose", "main", "packed"]);
    Ok(())
}
