//! Which commits changed a file, as `git log` has it.

use std::fmt::Write as _;

use anyhow::Result;
use loti::git::WalkOptions;
use loti::history::Past as _;
use proptest::prelude::*;

use super::repo::Repo;

const LINES: &str = "[plan]\nname = \"Harbour Library\"\nowner = \"team\"\n";

fn day(number: usize) -> String {
    format!("2021-07-{number:02}T10:00:00+02:00")
}

#[test]
fn only_commits_that_changed_the_file_are_told() -> Result<()> {
    let repo = Repo::new()?;
    repo.write("readme", "Hello")?;
    repo.commit("Before", &day(1))?;
    repo.write("team/okrs.toml", LINES)?;
    repo.commit("Begin", &day(2))?;
    repo.write("team/other.txt", "x")?;
    repo.commit("Beside", &day(3))?;
    repo.write("team/okrs.toml", format!("{LINES}# on\n"))?;
    repo.commit("Go on", &day(4))?;
    repo.git(&["rm", "-q", "team/okrs.toml"])?;
    repo.commit("Away", &day(5))?;
    repo.write("team/okrs.toml", LINES)?;
    repo.commit("Again", &day(6))?;
    assert_eq!(
        repo.told("team/okrs.toml", WalkOptions::default())?,
        ["Again", "Away, gone", "Go on", "Begin"]
    );
    Ok(())
}

#[test]
fn a_file_is_followed_through_its_names() -> Result<()> {
    let repo = Repo::new()?;
    repo.write("plan.toml", LINES)?;
    repo.write("package.toml", "[package]\nname = \"x\"\n")?;
    repo.commit("Begin", &day(1))?;
    repo.git(&["mv", "plan.toml", "okrs.toml"])?;
    repo.commit("Rename", &day(2))?;
    repo.write("okrs.toml", format!("{LINES}# on\n"))?;
    repo.commit("Go on", &day(3))?;
    repo.git(&["rm", "-q", "okrs.toml", "package.toml"])?;
    repo.write("team/okrs.toml", format!("{LINES}# on and on\n"))?;
    repo.commit("Move", &day(4))?;
    assert_eq!(
        repo.told("team/okrs.toml", WalkOptions::default())?,
        [
            "Move, was okrs.toml",
            "Go on",
            "Rename, was plan.toml",
            "Begin"
        ]
    );
    Ok(())
}

#[test]
fn of_a_merge_the_side_that_it_agrees_with_is_followed() -> Result<()> {
    let repo = Repo::new()?;
    repo.write("okrs.toml", LINES)?;
    repo.commit("Begin", &day(1))?;
    for (branch, from) in [("one", 2), ("two", 3), ("three", 4)] {
        repo.git(&["checkout", "-q", "-b", branch, "main"])?;
        repo.write(branch, branch)?;
        if branch == "one" {
            repo.write("okrs.toml", format!("{LINES}# one\n"))?;
        }
        repo.commit(branch, &day(from))?;
    }
    repo.git(&["checkout", "-q", "main"])?;
    repo.merge(&["one", "two", "three"], &day(5))?;
    let first_parent = WalkOptions { first_parent: true };
    assert_eq!(
        repo.told("okrs.toml", WalkOptions::default())?,
        ["one", "Begin"]
    );
    assert_eq!(
        repo.told("okrs.toml", first_parent)?,
        ["Merge one and two and three", "Begin"]
    );

    repo.git(&["checkout", "-q", "-b", "four"])?;
    repo.write("okrs.toml", format!("# four\n{LINES}# one\n"))?;
    repo.commit("four", &day(6))?;
    repo.git(&["checkout", "-q", "main"])?;
    repo.write("okrs.toml", format!("{LINES}# one\n# and\n"))?;
    repo.commit("main", &day(7))?;
    repo.merge(&["four"], &day(8))?;
    assert_eq!(
        repo.told("okrs.toml", WalkOptions::default())?,
        ["Merge four, 2 before", "main", "four", "one", "Begin"]
    );
    Ok(())
}

#[derive(Debug, Clone)]
struct Made {
    /// Which of the commits made before are its parents, counted back from it.
    parents: Vec<usize>,
    /// What the file says; nothing, where it is not there.
    text: Option<u8>,
    /// How many hours after the commit made before; clocks may be wrong.
    hours: i64,
}

fn history() -> impl Strategy<Value = Vec<Made>> {
    let made = (
        prop::collection::vec(1_usize..5, 0..4),
        prop::option::weighted(0.8, 0_u8..3),
        -1_i64..3,
    );
    let made = made.prop_map(|(parents, text, hours)| Made {
        parents,
        text,
        hours,
    });
    prop::collection::vec(made, 1..24)
}

/// Writes commits for `git fast-import`; the last one is what is checked out.
fn imported(history: &[Made]) -> String {
    let mut stream = String::new();
    let mut time = 1_626_350_400_i64;
    for (at, made) in history.iter().enumerate() {
        time += made.hours * 3600;
        let mut parents: Vec<usize> = Vec::new();
        for back in &made.parents {
            if let Some(parent) = at.checked_sub(*back)
                && !parents.contains(&parent)
            {
                parents.push(parent);
            }
        }
        let _ = writeln!(stream, "commit refs/heads/c{at}\nmark :{}", at + 1);
        let _ = writeln!(stream, "committer Ana Lima <ana@example.org> {time} +0200");
        let _ = writeln!(stream, "data 0\n");
        for (number, parent) in parents.iter().enumerate() {
            let word = if number == 0 { "from" } else { "merge" };
            let _ = writeln!(stream, "{word} :{}", parent + 1);
        }
        let _ = writeln!(stream, "deleteall");
        let _ = writeln!(stream, "M 644 inline beside\ndata 1\nx");
        if let Some(text) = made.text {
            let _ = writeln!(stream, "M 644 inline team/okrs.toml\ndata 1\n{text}");
        }
    }
    let _ = writeln!(stream, "reset refs/heads/main\nfrom :{}", history.len());
    stream
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_walk_goes_as_git_log_does(history in history()) {
        let repo = Repo::new().expect("a repository");
        repo.import(&imported(&history)).expect("an import");
        let repository = repo.open().expect("a repository");
        let head = repository.head().expect("a head").expect("a commit");
        let file = repo.root().join("team/okrs.toml");
        let path = repository.place(&file).expect("a path");
        for first_parent in [false, true] {
            let mut words = vec!["log", "--format=%H"];
            if first_parent {
                words.push("--first-parent");
            }
            words.extend(["HEAD", "--", "team/okrs.toml"]);
            let expected = repo.git(&words).expect("a log");
            let options = WalkOptions { first_parent };
            let mut walk = repository.walk(head, &path, options).expect("a walk");
            let mut walked = Vec::new();
            while let Some(step) = walk.next_step().expect("a step") {
                walked.push(step.commit.id);
            }
            prop_assert_eq!(walked.join("\n"), expected);
        }
    }
}

/// Returns what there is on the line of first parents behind a commit that is not as in it.
fn looked_for(history: &[Made], at: usize) -> Option<(usize, Option<u8>)> {
    let mut before = at;
    loop {
        let parents = &history[before].parents;
        before = parents.iter().find_map(|back| before.checked_sub(*back))?;
        if history[before].text != history[at].text {
            return Some((before, history[before].text));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_was_earlier_is_on_the_line_of_first_parents(history in history()) {
        let repo = Repo::new().expect("a repository");
        repo.import(&imported(&history)).expect("an import");
        let repository = repo.open().expect("a repository");
        let path = repository.place(&repo.root().join("team/okrs.toml")).expect("a path");
        let id = |at: usize| repository.resolve(&format!("c{at}")).expect("a commit");
        let last = history.len() - 1;
        let mut walk = repository.walk(id(last), &path, WalkOptions::default()).expect("a walk");
        for at in (0..history.len()).rev() {
            let found = walk.earlier(id(at)).expect("an answer");
            let expected = looked_for(&history, at).map(|(before, text)| {
                let commit = id(before);
                let file = text.map(|_| repository.file(commit, &path).ok().flatten());
                (commit, file.flatten())
            });
            prop_assert_eq!(found.map(|found| (found.commit, found.file)), expected);
        }
    }
}

#[test]
fn what_was_earlier_is_found_under_its_name() -> Result<()> {
    let repo = Repo::new()?;
    repo.write("plan.toml", LINES)?;
    let one = repo.commit("One", &day(1))?;
    repo.write("plan.toml", format!("{LINES}# two\n"))?;
    let two = repo.commit("Two", &day(2))?;
    repo.git(&["mv", "plan.toml", "okrs.toml"])?;
    repo.commit("Rename", &day(3))?;
    repo.write("okrs.toml", format!("{LINES}# two\n# four\n"))?;
    repo.commit("Four", &day(4))?;
    let repository = repo.open()?;
    let head = repository.head()?.expect("a commit");
    let path = repository.place(&repo.root().join("okrs.toml"))?;
    // Nothing has been walked yet: the names are found on the way.
    let mut walk = repository.walk(head, &path, WalkOptions::default())?;
    let mut earlier = Vec::new();
    let mut commit = head;
    while let Some(version) = walk.earlier(commit)? {
        assert!(version.file.is_some());
        commit = version.commit;
        earlier.push(commit.to_string());
    }
    // The third only gave it another name.
    let three = repository.resolve("HEAD~1")?.to_string();
    assert_eq!(earlier, [three, one]);
    assert_ne!(earlier[0], two);
    Ok(())
}

#[test]
fn a_rebased_line_is_told_once_by_when_it_became_history() -> Result<()> {
    let repo = Repo::new()?;
    repo.write("okrs.toml", LINES)?;
    repo.commit("Begin", &day(1))?;
    repo.git(&["checkout", "-q", "-b", "side"])?;
    repo.write("okrs.toml", format!("# one\n{LINES}"))?;
    repo.commit("One", &day(2))?;
    repo.write("okrs.toml", format!("# one\n# two\n{LINES}"))?;
    repo.commit("Two", &day(3))?;
    repo.git(&["checkout", "-q", "main"])?;
    repo.write("okrs.toml", format!("{LINES}# main\n"))?;
    repo.commit("Main", &day(4))?;
    repo.git(&["checkout", "-q", "side"])?;
    repo.git_at(&day(5), &["rebase", "-q", "main"])?;
    assert_eq!(
        repo.told("okrs.toml", WalkOptions::default())?,
        ["Two", "One", "Main", "Begin"]
    );
    let repository = repo.open()?;
    let commit = repository.commit(repository.resolve("side~1")?)?;
    assert_eq!(commit.authored.to_rfc3339(), day(2));
    assert_eq!(commit.committed.to_rfc3339(), day(5));
    Ok(())
}

#[test]
fn a_name_given_on_one_side_is_followed_into_the_other() -> Result<()> {
    let repo = Repo::new()?;
    let long = "# a line\n".repeat(20);
    repo.write("plan.toml", format!("{LINES}{long}"))?;
    repo.commit("Begin", &day(1))?;
    repo.git(&["checkout", "-q", "-b", "side"])?;
    repo.git(&["mv", "plan.toml", "okrs.toml"])?;
    repo.write("okrs.toml", format!("# side\n{LINES}{long}"))?;
    repo.commit("Rename", &day(2))?;
    repo.git(&["checkout", "-q", "main"])?;
    repo.write("plan.toml", format!("{LINES}{long}# main\n"))?;
    repo.commit("Main", &day(3))?;
    repo.merge(&["side"], &day(4))?;
    assert_eq!(
        repo.told("okrs.toml", WalkOptions::default())?,
        [
            "Merge side, 2 before",
            "Main",
            "Rename, was plan.toml",
            "Begin"
        ]
    );
    // Of the line that was merged into, the merge gave the name.
    assert_eq!(
        repo.told("okrs.toml", WalkOptions { first_parent: true })?,
        ["Merge side, was plan.toml", "Main", "Begin"]
    );
    Ok(())
}
