//! A team over four weeks: three clones and a repository they share, each updating the plan, and coming
//! together in every order.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::repo::{Repo, command, git, loti, said};

const PLAN: &str = include_str!("../../sessions/week.in/okrs.toml");
const TIME: &str = "2021-07-15T10:00:00+02:00";

/// The three, each with a key result of their own.
const TEAM: [(&str, &str); 3] = [("ana", "1"), ("ben", "2"), ("cleo", "3")];

/// Every order in which three can come.
const ORDERS: [[usize; 3]; 6] = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
];

/// Makes the shared repository, and a clone of it for each.
fn team(repo: &Repo) -> Result<Vec<PathBuf>> {
    repo.write("okrs.toml", PLAN)?;
    repo.loti("merge install")?;
    repo.commit("Begin", TIME)?;
    let shared = repo.beside("shared.git");
    let name = shared.to_str().expect("text");
    repo.git(&["clone", "-q", "--bare", ".", name])?;
    let clones = TEAM.map(|(who, _)| {
        let clone = repo.beside(who);
        repo.git(&["clone", "-q", name, clone.to_str().expect("text")])?;
        run(&clone, "merge install")?;
        Ok(clone)
    });
    clones.into_iter().collect()
}

fn run(folder: &Path, words: &str) -> Result<()> {
    let (code, told) = said(&loti(folder, words)?);
    assert_eq!(code, Some(0), "{words}: {told}");
    Ok(())
}

/// Brings in what the others pushed, and pushes.
fn come_together(clone: &Path, rebases: bool) -> Result<()> {
    let how = if rebases { "--rebase" } else { "--no-rebase" };
    let words = ["pull", "-q", how, "--no-edit", "origin", "main"];
    let output = command(clone, "git").args(words).output()?;
    let (code, told) = said(&output);
    let diff = git(clone, &["diff"])?;
    assert_eq!(code, Some(0), "{}: {told}\n{diff}", clone.display());
    git(clone, &["push", "-q", "origin", "main"])?;
    Ok(())
}

#[test]
fn every_note_that_was_written_is_there_at_the_end() -> Result<()> {
    for (number, order) in ORDERS.iter().enumerate() {
        let repo = Repo::new()?;
        let clones = team(&repo)?;
        let mut notes = Vec::new();
        let mut titles = Vec::new();
        for week in 1..=4 {
            for ((who, own), clone) in TEAM.iter().zip(&clones) {
                // One's own, one that all write to, and from time to time something new.
                for (at, what) in [(*own, "own"), ("1", "shared")] {
                    let note = format!("{who}-{what}-{week}");
                    run(clone, &format!("note {at} {note}"))?;
                    notes.push(note);
                }
                run(clone, &format!("set {own} confidence=0.{week}"))?;
                if week % 2 == 1 {
                    let title = format!("New-{who}-{week}");
                    run(clone, &format!("add kr outreach {title}"))?;
                    titles.push(title);
                }
                git(
                    clone,
                    &["commit", "-q", "-am", &format!("{who}, week {week}")],
                )?;
            }
            for at in 0..3 {
                let one = order[(at + week) % 3];
                come_together(&clones[one], (week + number) % 2 == 0)?;
            }
        }
        for one in order {
            come_together(&clones[*one], false)?;
        }
        // The last to come has it all, and the others fetch it.
        for clone in &clones {
            git(clone, &["pull", "-q", "--ff-only", "origin", "main"])?;
            run(clone, "check")?;
        }
        let plan = std::fs::read_to_string(clones[0].join("okrs.toml"))?;
        for note in &notes {
            let line = format!("text = \"{note}\"");
            assert_eq!(plan.matches(&line).count(), 1, "{order:?}: {note}\n{plan}");
        }
        for title in &titles {
            let line = format!("title = \"{title}\"");
            assert_eq!(plan.matches(&line).count(), 1, "{order:?}: {title}\n{plan}");
        }
    }
    Ok(())
}
