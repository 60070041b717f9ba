//! `loti trend`: progress and status over time.

use anyhow::Result;

use super::repo::{Repo, loti};
use crate::frame::frame;

const PLAN: &str = concat!(
    frame!(),
    r#"
[kr.12]
objective = "outreach"
title = "Lend 400 books a month from the bus"
target = 400
current = 0
unit = "books"

[kr.2]
objective = "outreach"
title = "Open the second route"
"#
);

/// A quarter of weekly updates, up to 19 February; one of them leaves a file that cannot be read.
fn repo() -> Result<Repo> {
    let repo = Repo::new()?;
    repo.write("okrs.toml", PLAN)?;
    repo.commit("Begin", "2023-12-20T10:00:00Z")?;
    for (week, books) in [20, 50, 90, 120, 150, 190, 230].iter().enumerate() {
        let mut text = PLAN.replace("current = 0", &format!("current = {books}"));
        let status = ["on-track", "on-track", "at-risk", "at-risk", "at-risk"].get(week);
        let status = status.unwrap_or(&"on-track");
        text = text.replace("unit", &format!("status = \"{status}\"\nunit"));
        if week > 3 {
            text = text.replace("unit", "due = 2024-04-30\nunit");
        }
        let begun = chrono::NaiveDate::from_ymd_opt(2024, 1, 8).expect("a day");
        let day = begun + chrono::Days::new(7 * week as u64);
        if week == 2 {
            repo.write("okrs.toml", text.replace("[kr.2]", "[kr.2"))?;
            repo.commit("Oops", &format!("{day}T08:00:00Z"))?;
        }
        repo.write("okrs.toml", text)?;
        repo.commit("Update", &format!("{day}T10:00:00Z"))?;
    }
    Ok(repo)
}

/// Runs a command on 20 February, which has to be fine, and returns what it answers and what it says.
fn run(repo: &Repo, words: &str) -> Result<(String, String)> {
    let output = loti(
        repo.root(),
        &format!("{words} --width 80 --today 2024-02-20"),
    )?;
    assert_eq!(output.status.code(), Some(0), "{words}: {output:?}");
    let names = repo.git(&["log", "--format=%H"])?;
    let shown = |bytes| -> Result<String> {
        let text = String::from_utf8(bytes)?;
        Ok(names
            .lines()
            .fold(text, |text, name| text.replace(&name[..8], "COMMIT..")))
    };
    Ok((shown(output.stdout)?, shown(output.stderr)?))
}

#[test]
fn each_row_is_drawn_with_where_it_leads() -> Result<()> {
    let (told, said) = run(&repo()?, "trend")?;
    assert_eq!(said, "");
    assert_eq!(told, "");
    Ok(())
}

#[test]
fn one_row_is_told_whole() -> Result<()> {
    let (told, said) = run(&repo()?, "trend 12")?;
    assert_eq!(said, "");
    assert_eq!(told, "");
    Ok(())
}
