//! `loti log`: who changed what, when.

use anyhow::Result;

use super::repo::{Repo, loti};
use crate::frame::frame;

const PLAN: &str = concat!(
    frame!(),
    r#"
[person.ana]
name = "Ana"
email = "ana@example.org"

[kr.12]
objective = "outreach"
title = "Open the second route"
status = "on-track"

[kr.2]
objective = "outreach"
title = "Lend 400 books"
target = 400
"#
);

fn repo() -> Result<Repo> {
    let repo = Repo::new()?;
    repo.write("okrs.toml", PLAN)?;
    repo.commit("Begin", "2024-01-02T10:00:00Z")?;
    let risk = PLAN.replace("\"on-track\"", "\"at-risk\"");
    let risk = format!(
        "{risk}\n[[kr.12.note]]\non = 2024-01-09\nby = \"ana\"\ntext = \"The bus is late.\"\n"
    );
    repo.write("okrs.toml", &risk)?;
    repo.commit("Week 1", "2024-01-09T10:00:00Z")?;
    repo.write("okrs.toml", "<<<<<<< ours\n")?;
    repo.commit("Oops", "2024-01-10T10:00:00Z")?;
    let renamed = risk
        .replace("kr.12", "kr.twelve")
        .replace("at-risk", "off-track");
    repo.write("okrs.toml", &renamed)?;
    repo.commit("Week 2", "2024-01-16T10:00:00Z")?;
    repo.write("okrs.toml", format!("# Ours.\n{renamed}"))?;
    repo.commit("A word at the top", "2024-01-17T10:00:00Z")?;
    Ok(repo)
}

fn told(repo: &Repo, words: &str) -> Result<String> {
    let output = loti(repo.root(), &format!("{words} --width 80"))?;
    assert_eq!(output.status.code(), Some(0), "{words}: {output:?}");
    let out = String::from_utf8(output.stdout)?;
    // What a commit is called depends on the machine's git no more than on its text, and says nothing.
    let names = repo.git(&["log", "--format=%H"])?;
    let shown = names
        .lines()
        .fold(out, |out, name| out.replace(&name[..8], "COMMIT"));
    Ok(shown)
}

#[test]
fn each_commit_is_told_in_plan_words_newest_first() -> Result<()> {
    let repo = repo()?;
    assert_eq!(
        told(&repo, "log")?,
        "\
17 Jan 2024 · Ana Lima · COMMIT · A word at the top
  only comments or layout

16 Jan 2024 · Ana Lima · COMMIT · Week 2
  twelve  Open the second route
      renamed: was kr.12
      status: at risk → off track

10 Jan 2024 · Ana Lima · COMMIT · Oops
  the file could not be read: line 1: a merge left its conflict markers in the
  file

9 Jan 2024 · Ana Lima · COMMIT · Week 1
  12  Open the second route
      status: on track → at risk
      note: added by Ana: \"The bus is late.\"

2 Jan 2024 · Ana Lima · COMMIT · Begin
  the plan begins: 1 theme, 1 objective and 2 key results
"
    );
    Ok(())
}

#[test]
fn a_key_result_is_followed_to_its_old_id_and_notes_say_why() -> Result<()> {
    let repo = repo()?;
    let by_field = told(&repo, "log twelve --field status")?;
    for line in [
        "at risk → off track",
        "on track → at risk",
        "The bus is late.",
    ] {
        assert!(by_field.contains(line), "{line}: {by_field}");
    }
    assert!(!by_field.contains("renamed"), "{by_field}");
    assert_eq!(told(&repo, "log 2")?.matches("COMMIT").count(), 1);
    assert_eq!(
        told(&repo, "log --until 2024-01-08")?
            .matches("COMMIT")
            .count(),
        1
    );
    assert_eq!(
        told(&repo, "log --author ana@ -n 2")?
            .matches("COMMIT")
            .count(),
        2
    );
    assert_eq!(told(&repo, "log --author ben")?, "");
    assert_eq!(
        told(&repo, "log theme.reach --since 2024-01-16")?
            .matches("COMMIT")
            .count(),
        1
    );
    Ok(())
}

#[test]
fn a_note_of_another_day_is_told_with_it() -> Result<()> {
    let repo = repo()?;
    let text = std::fs::read_to_string(repo.root().join("okrs.toml"))?;
    let note = "\n[[kr.twelve.note]]\non = 2024-01-15\ntext = \"It came.\"\n";
    repo.write("okrs.toml", format!("{text}{note}"))?;
    repo.commit("Late", "2024-01-18T10:00:00Z")?;
    let told = told(&repo, "log -n 1")?;
    assert!(
        told.contains("note: added, 15 Jan 2024: \"It came.\""),
        "{told}"
    );
    Ok(())
}

#[test]
fn what_is_added_to_a_plan_is_not_its_beginning() -> Result<()> {
    let repo = repo()?;
    let text = std::fs::read_to_string(repo.root().join("okrs.toml"))?;
    let new = "\n[kr.3]\nobjective = \"outreach\"\ntitle = \"Paint the bus\"\n";
    repo.write("okrs.toml", format!("{text}{new}"))?;
    repo.commit("Paint", "2024-01-18T10:00:00Z")?;
    assert_eq!(
        told(&repo, "log -n 1")?,
        "\
18 Jan 2024 · Ana Lima · COMMIT · Paint
  3  Paint the bus
      new: in Outreach, due 31 Mar 2024
"
    );
    let json = told(&repo, "log -n 1 --format json")?;
    assert!(json.contains("\"event\": \"changed\""), "{json}");
    Ok(())
}

#[test]
fn a_merge_is_not_told_twice() -> Result<()> {
    let repo = repo()?;
    repo.git(&["checkout", "-q", "-b", "side"])?;
    let text = std::fs::read_to_string(repo.root().join("okrs.toml"))?;
    repo.write("okrs.toml", text.replace("target = 400", "target = 500"))?;
    repo.commit("More books", "2024-01-18T10:00:00Z")?;
    repo.git(&["checkout", "-q", "main"])?;
    repo.write("okrs.toml", text.replace("off-track", "at-risk"))?;
    repo.commit("A little better", "2024-01-19T10:00:00Z")?;
    repo.merge(&["side"], "2024-01-20T10:00:00Z")?;
    let all = told(&repo, "log --since 2024-01-18")?;
    assert_eq!(all.matches("COMMIT").count(), 2, "{all}");
    assert_eq!(all.matches("400 → 500").count(), 1, "{all}");
    // On the line that was merged into, the merge is what brought it.
    let line = told(&repo, "log --since 2024-01-18 --first-parent")?;
    assert!(
        line.starts_with("20 Jan 2024 · Ana Lima · COMMIT · Merge side"),
        "{line}"
    );
    Ok(())
}

#[test]
fn what_an_octopus_joins_is_told_where_it_was_made() -> Result<()> {
    let repo = Repo::new()?;
    let line = |id: u8, status: &str| {
        let around = "# A line that no neighbour touches.\n".repeat(4);
        format!(
            "\n[kr.{id}]\nobjective = \"outreach\"\ntitle = \"Route {id}\"\n\
             status = \"{status}\"\n{around}"
        )
    };
    let plan = |statuses: [&str; 3]| {
        let lines = (1..).zip(statuses).map(|(id, status)| line(id, status));
        format!("{}{}", frame!(), lines.collect::<String>())
    };
    repo.write("okrs.toml", plan(["on-track"; 3]))?;
    repo.commit("Begin", "2024-01-02T10:00:00Z")?;
    for (at, branch) in ["one", "two", "three"].into_iter().enumerate() {
        repo.git(&["checkout", "-q", "-b", branch, "main"])?;
        let mut statuses = ["on-track"; 3];
        statuses[at] = "at-risk";
        repo.write("okrs.toml", plan(statuses))?;
        repo.commit(branch, &format!("2024-01-0{}T10:00:00Z", 3 + at))?;
    }
    repo.git(&["checkout", "-q", "main"])?;
    repo.merge(&["one", "two", "three"], "2024-01-09T10:00:00Z")?;
    let all = told(&repo, "log")?;
    assert_eq!(all.matches("COMMIT").count(), 4, "{all}");
    assert_eq!(all.matches("on track → at risk").count(), 3, "{all}");
    let line = told(&repo, "log --first-parent")?;
    assert_eq!(line.matches("COMMIT").count(), 2, "{line}");
    assert_eq!(line.matches("on track → at risk").count(), 3, "{line}");
    Ok(())
}

#[test]
fn who_is_asked_for_goes_by_the_mailmap_and_what_by_the_filters() -> Result<()> {
    let repo = repo()?;
    repo.write(
        ".mailmap",
        "Anna Lima <anna@example.org> <ana@example.org>\n",
    )?;
    let all = told(&repo, "log")?;
    assert_eq!(all.matches(" · Anna Lima · ").count(), 5, "{all}");
    assert_eq!(
        told(&repo, "log --author anna@ -n 1")?
            .matches("COMMIT")
            .count(),
        1
    );
    assert_eq!(told(&repo, "log --author ana@")?, "");
    // Filters choose key results as they are now.
    let of_status = told(&repo, "log --status off-track --field status")?;
    assert!(
        of_status.contains("twelve  Open the second route"),
        "{of_status}"
    );
    assert!(!of_status.contains("Lend 400 books"), "{of_status}");
    let of_theme = told(&repo, "log --theme reach --until 2024-01-09")?;
    assert_eq!(of_theme.matches("COMMIT").count(), 2, "{of_theme}");
    Ok(())
}

#[test]
fn programs_get_every_change_with_its_values() -> Result<()> {
    let repo = repo()?;
    let json = loti(repo.root(), "log --format json")?.stdout;
    let json: serde_json::Value = serde_json::from_slice(&json)?;
    let entries = json["entries"].as_array().expect("entries");
    let events: Vec<_> = entries
        .iter()
        .map(|entry| entry["event"].as_str())
        .collect();
    assert_eq!(
        events,
        ["layout", "changed", "unreadable", "changed", "begun"].map(Some)
    );
    assert_eq!(entries[0]["author"]["person"], "ana");
    let change = &entries[3]["changes"][0];
    assert_eq!(
        (&change["old"], &change["new"]),
        (&"on-track".into(), &"at-risk".into())
    );
    let csv = String::from_utf8(loti(repo.root(), "log 2 --format csv")?.stdout)?;
    assert_eq!(csv.lines().count(), 2, "{csv}");
    Ok(())
}

#[test]
fn a_shallow_clone_says_where_it_ends() -> Result<()> {
    let repo = repo()?;
    let from = format!("file://{}", repo.root().display());
    let clone = Repo::with(&["clone", "-q", "--depth", "2", &from, "."])?;
    let all = told(&clone, "log")?;
    assert!(
        all.ends_with(
            "a shallow clone ends here: `git fetch --unshallow` fetches what was before\n"
        ) || all.contains("shallow clone ends here"),
        "{all}"
    );
    Ok(())
}

#[test]
fn what_never_was_is_answered_with_what_is() -> Result<()> {
    let repo = repo()?;
    let output = loti(repo.root(), "log twelv")?;
    let err = String::from_utf8(output.stderr)?;
    assert!(err.contains("did you mean `kr.twelve`?"), "{err}");
    let output = loti(repo.root(), "log --field statsu")?;
    assert_eq!(output.status.code(), Some(2));
    Ok(())
}
