//! `loti add` in a repository: an id that is free on every branch, and was never another's.

use anyhow::Result;

use super::repo::{Repo, loti};
use crate::frame::frame;

const KEY_RESULT: &str = "objective = \"outreach\"\ntitle = \"T\"\n";

fn plan(ids: &[&str]) -> String {
    let all = ids.iter().map(|id| format!("\n[kr.{id}]\n{KEY_RESULT}"));
    [frame!().to_owned()].into_iter().chain(all).collect()
}

fn added(repo: &Repo, words: &str) -> Result<(String, String)> {
    let words = format!("add kr outreach New {words}");
    let output = loti(repo.root(), words.trim_end())?;
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let said = String::from_utf8(output.stderr)?;
    Ok((String::from_utf8(output.stdout)?, said))
}

#[test]
fn the_next_id_is_free_on_every_branch() -> Result<()> {
    let repo = Repo::new()?;
    repo.write("okrs.toml", plan(&["1", "2"]))?;
    repo.commit("Begin", "2024-01-02T10:00:00Z")?;
    repo.git(&["checkout", "-q", "-b", "side"])?;
    repo.write("okrs.toml", plan(&["1", "2", "3"]))?;
    repo.commit("Three", "2024-01-03T10:00:00Z")?;
    // One that was fetched, and that cannot be read in full.
    repo.write("okrs.toml", plan(&["1", "2", "4"]) + "oops\n")?;
    repo.commit("Four", "2024-01-04T10:00:00Z")?;
    repo.git(&["update-ref", "refs/remotes/origin/ben", "HEAD"])?;
    repo.git(&["reset", "-q", "--hard", "HEAD~1"])?;
    repo.git(&["checkout", "-q", "main"])?;
    let (out, err) = added(&repo, "")?;
    assert!(out.contains("kr.5"), "{out}");
    assert_eq!(
        err,
        "note: 5 is the next free id: there is 3 on branch `side` and 4 on branch `origin/ben`\n"
    );
    Ok(())
}

#[test]
fn an_id_that_was_taken_out_is_not_given_again() -> Result<()> {
    let repo = Repo::new()?;
    repo.write("okrs.toml", plan(&["1", "2", "3"]))?;
    repo.commit("Begin", "2024-01-02T10:00:00Z")?;
    repo.write("okrs.toml", plan(&["1", "2"]))?;
    let removed = repo.commit("Take 3 out", "2024-01-03T10:00:00Z")?;
    let (out, err) = added(&repo, "")?;
    assert!(out.contains("kr.4"), "{out}");
    let by = &removed[..8];
    assert_eq!(
        err,
        format!("note: 4 is the next free id: there is 3 removed in commit {by}\n")
    );
    let (_, err) = added(&repo, "--id 3")?;
    assert!(
        err.starts_with("warning: there is a key result `3` removed in commit"),
        "{err}"
    );
    Ok(())
}

#[test]
fn without_a_repository_the_file_decides() -> Result<()> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("okrs.toml"), plan(&["1", "7"]))?;
    let output = loti(folder.path(), "add kr outreach New")?;
    assert!(String::from_utf8(output.stdout)?.contains("kr.8"));
    assert_eq!(String::from_utf8(output.stderr)?, "");
    Ok(())
}
