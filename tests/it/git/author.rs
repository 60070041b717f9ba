//! Who types: the person of the plan whose mail address git would sign with.

use anyhow::Result;

use super::repo::{Repo, command};
use crate::frame::frame;

const PLAN: &str = concat!(
    frame!(),
    r#"
[person.ana]
name = "Ana Lima"
email = "Ana@example.org"

[person.ben]
name = "Ben Okoro"

[kr.1]
objective = "outreach"
title = "Open the second route"
owner = "ana"

[kr.2]
objective = "outreach"
title = "Lend 400 books"
owner = "ben"
"#
);

fn repo(email: Option<&str>) -> Result<Repo> {
    let repo = Repo::new()?;
    repo.write("okrs.toml", PLAN)?;
    if let Some(email) = email {
        repo.git(&["config", "user.email", email])?;
    }
    Ok(repo)
}

/// Runs loti as git's configuration has it, and returns what it answers, then says.
fn loti(repo: &Repo, words: &[&str]) -> Result<(String, String)> {
    let mut command = command(repo.root(), env!("CARGO_BIN_EXE_loti"));
    for name in ["GIT_AUTHOR_EMAIL", "GIT_AUTHOR_NAME", "EMAIL"] {
        command.env_remove(name);
    }
    let output = command.args(words).output()?;
    let said = String::from_utf8(output.stderr)?;
    Ok((String::from_utf8(output.stdout)?, said))
}

fn plan(repo: &Repo) -> Result<String> {
    Ok(std::fs::read_to_string(repo.root().join("okrs.toml"))?)
}

#[test]
fn notes_are_signed_by_whom_git_knows() -> Result<()> {
    let repo = repo(Some("ana@example.org"))?;
    loti(&repo, &["set", "1", "at-risk", "-m", "The bus is late."])?;
    loti(&repo, &["note", "2", "Forty more."])?;
    assert_eq!(plan(&repo)?.matches("by = \"ana\"").count(), 2);
    loti(&repo, &["note", "2", "Fifty.", "--by", "ben"])?;
    assert_eq!(plan(&repo)?.matches("by = \"ben\"").count(), 1);
    Ok(())
}

#[test]
fn whom_the_plan_does_not_know_signs_nothing() -> Result<()> {
    for email in [None, Some("somebody@example.org")] {
        let repo = repo(email)?;
        loti(&repo, &["note", "2", "Forty more."])?;
        assert!(!plan(&repo)?.contains("by ="), "{email:?}");
    }
    Ok(())
}

#[test]
fn mine_is_what_the_same_person_answers_for() -> Result<()> {
    let known = repo(Some("ana@example.org"))?;
    let (out, _) = loti(&known, &["list", "--mine", "--format", "csv"])?;
    assert_eq!(out.lines().count(), 2, "{out}");
    assert!(out.contains("\n1,"), "{out}");
    let (_, err) = loti(&repo(None)?, &["list", "--mine"])?;
    assert!(err.contains("git config user.email"), "{err}");
    Ok(())
}

#[test]
fn whom_the_plan_does_not_know_is_told_how_to_be_known() -> Result<()> {
    let unknown = repo(Some("somebody@example.org"))?;
    for (name, likely) in [("Somebody", "person.ID"), ("Ana Lima", "person.ana")] {
        unknown.git(&["config", "user.name", name])?;
        let (_, err) = loti(&unknown, &["list", "--mine"])?;
        assert_eq!(
            err,
            format!(
                "error: no person of the plan has git's mail address, somebody@example.org\n\
                 hint: `loti set {likely} email=somebody@example.org` says who that is; \
                 or name yourself: `--owner ID`\n"
            )
        );
    }
    Ok(())
}
