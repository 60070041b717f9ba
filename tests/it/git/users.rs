//! Who is at the keyboard, as git has it.

use std::env;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use loti::git::{Signing, user};

use super::repo::{Repo, command, git};

/// Asks in a process of its own, for the user's configuration is found through the environment.
///
/// What it says of the author itself is the caller's to pass on, so that it makes no difference here.
fn asked(folder: &Path, environment: &[(&str, &str)]) -> Result<String> {
    let this = env::current_exe()?;
    let mut command = command(folder, this.to_str().context("text")?);
    if environment.iter().any(|(name, _)| *name == "HOME") {
        command.env_remove("GIT_CONFIG_GLOBAL");
    }
    let output = command
        .args(["--exact", "git::users::tells_who"])
        .args(["--ignored", "--nocapture"])
        .envs(environment.iter().copied())
        .output()?;
    let said = String::from_utf8(output.stdout)?;
    let told = said.lines().find_map(|line| line.split_once("who: "));
    Ok(told.context(said.clone())?.1.to_owned())
}

#[test]
#[ignore = "is run by the others, each in an environment of its own"]
fn tells_who() -> Result<()> {
    let who = user(&env::current_dir()?, &Signing::default());
    // A line of its own, whatever the test runner wrote before.
    println!(
        "\nwho: {}",
        who.map_or_else(
            || "nobody".to_owned(),
            |who| format!("{} <{}>", who.name, who.email)
        )
    );
    Ok(())
}

#[test]
fn the_nearest_configuration_says_who() -> Result<()> {
    let repo = Repo::new()?;
    let global = repo.beside("global");
    let global = ("GIT_CONFIG_GLOBAL", global.to_str().context("text")?);
    assert_eq!(asked(repo.root(), &[global])?, "nobody");

    fs::write(
        repo.beside("included"),
        "[user]\n\tname = Ana Lima\n\temail = ana@example.org\n",
    )?;
    fs::write(global.1, "[include]\n\tpath = included\n")?;
    let ana = "Ana Lima <ana@example.org>";
    assert_eq!(asked(repo.root(), &[global])?, ana);
    let outside = repo.beside("outside");
    fs::create_dir(&outside)?;
    assert_eq!(asked(&outside, &[global])?, ana);

    repo.git(&["config", "user.email", "ana@home.example"])?;
    assert_eq!(
        asked(repo.root(), &[global])?,
        "Ana Lima <ana@home.example>"
    );
    let linked = repo.beside("linked");
    repo.commit("One", "2021-07-15T10:00:00+02:00")?;
    repo.git(&["worktree", "add", "-q", linked.to_str().context("text")?])?;
    assert_eq!(asked(&linked, &[global])?, "Ana Lima <ana@home.example>");

    repo.git(&["config", "author.email", "author@example.org"])?;
    assert_eq!(
        asked(repo.root(), &[global])?,
        "Ana Lima <author@example.org>"
    );
    Ok(())
}

#[test]
fn the_home_folder_is_looked_into_as_git_does() -> Result<()> {
    let folder = tempfile::tempdir()?;
    fs::write(
        folder.path().join(".gitconfig"),
        "[user]\n\tname = Ben\n\temail = ben@example.org\n",
    )?;
    let home = folder.path().to_str().context("text")?;
    let environment = [("HOME", home), ("USERPROFILE", home)];
    assert_eq!(asked(folder.path(), &environment)?, "Ben <ben@example.org>");
    Ok(())
}

#[test]
fn the_environment_counts_before_what_is_configured() -> Result<()> {
    let repo = Repo::new()?;
    git(repo.root(), &["config", "user.email", "ana@example.org"])?;
    git(repo.root(), &["config", "user.name", "Ana Lima"])?;
    let email = |signing: &Signing| user(repo.root(), signing).map(|who| who.email);
    let mut signing = Signing {
        email: Some("mail@example.org".to_owned()),
        ..Signing::default()
    };
    assert_eq!(email(&signing).as_deref(), Some("ana@example.org"));
    signing.author_email = Some(String::new());
    assert_eq!(email(&signing).as_deref(), Some("ana@example.org"));
    signing.author_email = Some("author@example.org".to_owned());
    assert_eq!(email(&signing).as_deref(), Some("author@example.org"));
    Ok(())
}
