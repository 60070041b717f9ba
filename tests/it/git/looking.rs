//! Which commit is meant, and what the file was there.

use anyhow::Result;
use chrono::NaiveDate;
use loti::git::{Id, Repository};

use super::repo::{Repo, text};

fn text_of(repository: &Repository, repo: &Repo, revision: &str) -> Result<Option<String>> {
    let path = repository.place(&repo.root().join("okrs.toml"))?;
    text(repository, repository.resolve(revision)?, &path)
}

fn refusal(repository: &Repository, revision: &str) -> String {
    let Err(error) = repository.resolve(revision) else {
        panic!("`{revision}` is there");
    };
    format!("{error:#}")
}

#[test]
fn a_revision_leads_to_the_file_as_it_was() -> Result<()> {
    let repo = Repo::new()?;
    repo.commit("Nothing yet", "2021-07-01T10:00:00+02:00")?;
    repo.write("okrs.toml", "1")?;
    repo.commit("One", "2021-07-02T10:00:00+02:00")?;
    repo.git(&["tag", "-m", "The first", "v1"])?;
    repo.write("okrs.toml", "2")?;
    let two = repo.commit("Two", "2021-07-03T10:00:00+02:00")?;
    let repository = repo.open()?;
    assert_eq!(
        repository.head()?.map(|id| id.to_string()),
        Some(two.clone())
    );
    for (revision, expected) in [
        ("HEAD", Some("2")),
        ("main", Some("2")),
        (&two[..7], Some("2")),
        ("HEAD~1", Some("1")),
        ("v1", Some("1")),
        ("v1^{}", Some("1")),
        ("@^^", None),
    ] {
        let text = text_of(&repository, &repo, revision)?;
        assert_eq!(text.as_deref(), expected, "{revision}");
    }
    Ok(())
}

#[test]
fn a_revision_that_leads_nowhere_is_answered_with_what_was_meant() -> Result<()> {
    let repo = Repo::new()?;
    assert!(refusal(&repo.open()?, "HEAD").contains("nothing was committed"));
    repo.write("okrs.toml", "1")?;
    let head = repo.commit("One", "2021-07-02T10:00:00+02:00")?;
    repo.git(&["tag", "quarter-1"])?;
    repo.git(&["update-ref", "refs/remotes/origin/release", &head])?;
    let repository = repo.open()?;
    for (revision, expected) in [
        ("quartr-1", "did you mean `quarter-1`?"),
        ("release", "did you mean `origin/release`?"),
        ("HEAD~5", "`HEAD` is there, but there is no `HEAD~5`"),
        ("main..quarter-1", "expected one"),
        ("HEAD^{tree}", "is a tree; expected a commit"),
        ("HEAD:okrs.toml", "is a blob; expected a commit"),
        ("0000", "there is no revision `0000`"),
        ("", "there is no revision ``"),
    ] {
        let refusal = refusal(&repository, revision);
        assert!(refusal.contains(expected), "{revision}: {refusal}");
    }
    Ok(())
}

#[test]
fn the_beginning_of_several_commits_is_told_as_that() -> Result<()> {
    // Of so many commits two begin with the same four digits, and which is always the same.
    let stream: Vec<String> = (0..600)
        .map(|time| {
            format!("commit refs/heads/c{time}\ncommitter A <a@example.org> {time} +0000\ndata 0\n")
        })
        .collect();
    let repo = Repo::new()?;
    repo.import(&stream.join("\n"))?;
    let listed = repo.git(&["for-each-ref", "--format=%(objectname)"])?;
    let mut ids: Vec<&str> = listed.lines().collect();
    ids.sort_unstable();
    let two = ids.windows(2).find(|two| two[0][..4] == two[1][..4]);
    let [one, other] = two.expect("as many as that") else {
        panic!("two");
    };
    let refusal = refusal(&repo.open()?, &one[..4]);
    let expected = format!(
        "could be the beginning of `{}` or `{}`",
        &one[..8],
        &other[..8]
    );
    assert!(refusal.contains(&expected), "{refusal}");
    Ok(())
}

#[test]
fn a_day_means_its_last_commit_where_it_was_made() -> Result<()> {
    let repo = Repo::new()?;
    let mut made = Vec::new();
    for time in [
        "2021-07-15T10:00:00+02:00",
        // Already the next day where the first was made.
        "2021-07-15T23:30:00-05:00",
        "2021-07-16T08:00:00+02:00",
        // The clock of this machine was behind.
        "2021-07-14T08:00:00+02:00",
        "2021-07-20T08:00:00+02:00",
    ] {
        made.push(repo.commit("On", time)?);
    }
    let repository = repo.open()?;
    let head = repository.head()?.expect("a commit");
    for (day, expected) in [
        ("2021-07-13", None),
        ("2021-07-14", Some(3)),
        ("2021-07-15", Some(3)),
        ("2021-07-19", Some(3)),
        ("2021-07-20", Some(4)),
        ("2022-01-01", Some(4)),
    ] {
        let found = repository.on_day(day.parse()?, head)?;
        let expected: Option<&String> = expected.map(|at: usize| &made[at]);
        assert_eq!(found.map(|id| id.to_string()).as_ref(), expected, "{day}");
    }
    let second = repository.resolve(&made[1])?;
    let day: NaiveDate = "2021-07-15".parse()?;
    assert_eq!(repository.on_day(day, second)?, Some(second));
    Ok(())
}

#[test]
fn a_day_goes_by_the_line_that_was_merged_into() -> Result<()> {
    let repo = Repo::new()?;
    let main = repo.commit("Begin", "2021-07-01T10:00:00+02:00")?;
    repo.git(&["checkout", "-q", "-b", "side"])?;
    let side = repo.commit("Side", "2021-07-02T10:00:00+02:00")?;
    repo.git(&["checkout", "-q", "main"])?;
    repo.merge(&["side"], "2021-07-03T10:00:00+02:00")?;
    let repository = repo.open()?;
    let head = repository.head()?.expect("a commit");
    let day = "2021-07-02".parse()?;
    assert_eq!(
        repository.on_day(day, head)?,
        Some(repository.resolve(&main)?)
    );
    let (main, side) = (repository.resolve(&main)?, repository.resolve(&side)?);
    assert_eq!(repository.merge_base(side, head)?, Some(side));
    assert_eq!(repository.merge_base(side, main)?, Some(main));
    repo.git(&["checkout", "-q", "--orphan", "other"])?;
    let other = repo.commit("Another beginning", "2021-07-04T10:00:00+02:00")?;
    let other: Id = repository.resolve(&other)?;
    assert_eq!(repository.merge_base(side, other)?, None);
    Ok(())
}

#[test]
fn a_file_is_found_under_the_name_it_had() -> Result<()> {
    let repo = Repo::new()?;
    repo.write("plan.toml", "1")?;
    repo.commit("One", "2021-07-01T10:00:00+02:00")?;
    repo.git(&["mv", "plan.toml", "okrs.toml"])?;
    repo.commit("Two", "2021-07-02T10:00:00+02:00")?;
    let repository = repo.open()?;
    let head = repository.head()?.expect("a commit");
    let path = repository.place(&repo.root().join("okrs.toml"))?;
    let before = repository.resolve("HEAD~1")?;
    assert_eq!(repository.file(before, &path)?, None);
    let (name, file) = repository
        .file_followed(before, &path, head)?
        .expect("a file");
    assert_eq!(name.to_string(), "plan.toml");
    assert_eq!(repository.file(head, &path)?, Some(file));
    let elsewhere = repository.place(&repo.root().join("other.toml"))?;
    assert_eq!(repository.file_followed(before, &elsewhere, head)?, None);
    Ok(())
}

#[test]
fn who_made_a_commit_is_told_as_the_mailmap_has_it() -> Result<()> {
    let repo = Repo::new()?;
    repo.write(
        ".mailmap",
        "Ana Maria Lima <ana.lima@example.org> <ana@example.org>\n",
    )?;
    let time = "2021-07-15T23:30:00-05:00";
    let id = repo.commit("Weekly update\nof the plan\n\nMore.", time)?;
    let repository = repo.open()?;
    let commit = repository.commit(repository.resolve(&id)?)?;
    assert_eq!(commit.id, id);
    assert_eq!(commit.author.name, "Ana Maria Lima");
    assert_eq!(commit.author.email, "ana.lima@example.org");
    assert_eq!(commit.subject, "Weekly update of the plan");
    assert_eq!(commit.authored.to_rfc3339(), time);
    assert_eq!(commit.day().to_string(), "2021-07-15");
    Ok(())
}

#[test]
fn a_file_is_found_under_the_name_it_got_on_another_branch() -> Result<()> {
    let text = "# a line\n".repeat(20);
    let repo = Repo::new()?;
    repo.write("plan.toml", &text)?;
    repo.commit("One", "2021-07-01T10:00:00+02:00")?;
    repo.git(&["mv", "plan.toml", "okrs.toml"])?;
    repo.commit("Two", "2021-07-02T10:00:00+02:00")?;
    repo.git(&["checkout", "-q", "-b", "next"])?;
    repo.git(&["rm", "-q", "okrs.toml"])?;
    repo.write("team/goals.toml", format!("{text}# next\n"))?;
    repo.commit("Next", "2021-07-03T10:00:00+02:00")?;
    repo.git(&["checkout", "-q", "main"])?;
    repo.write("other.txt", "")?;
    repo.commit("Three", "2021-07-04T10:00:00+02:00")?;
    let repository = repo.open()?;
    let head = repository.head()?.expect("a commit");
    let path = repository.place(&repo.root().join("okrs.toml"))?;
    let next = repository.resolve("next")?;
    let (name, file) = repository
        .file_followed(next, &path, head)?
        .expect("a file");
    assert_eq!(name.to_string(), "team/goals.toml");
    assert_eq!(repository.file(next, &name)?, Some(file));

    // Where the branches parted it had yet another name.
    repo.git(&["checkout", "-q", "-b", "old", "HEAD~2"])?;
    repo.git(&["mv", "plan.toml", "old.toml"])?;
    repo.commit("Old", "2021-07-05T10:00:00+02:00")?;
    let old = repository.resolve("old")?;
    let found = repository.file_followed(old, &path, head)?;
    let name = found.map(|(name, _)| name.to_string());
    assert_eq!(name.as_deref(), Some("old.toml"));
    Ok(())
}

#[test]
fn text_that_is_not_utf_8_is_read_as_the_commit_says() -> Result<()> {
    let repo = Repo::new()?;
    let file = repo.beside("message");
    std::fs::write(&file, b"Gr\xfc\xdfe\n")?;
    let message = file.to_str().expect("text");
    let mut made = Vec::new();
    for encoding in ["ISO-8859-1", "KOI8-R"] {
        let setting = format!("i18n.commitEncoding={encoding}");
        let words = [
            "-c",
            &setting,
            "commit",
            "-q",
            "--allow-empty",
            "-F",
            message,
        ];
        repo.git_at("2021-07-01T10:00:00+02:00", &words)?;
        made.push(repo.open()?.resolve("HEAD")?);
    }
    let repository = repo.open()?;
    assert_eq!(repository.commit(made[0])?.subject, "Grüße");
    assert_eq!(repository.commit(made[1])?.subject, "Gr\u{fffd}\u{fffd}e");
    Ok(())
}

#[test]
fn a_time_that_no_calendar_holds_is_the_beginning_of_time() -> Result<()> {
    let repo = Repo::new()?;
    let name = repo.commit("One", "2021-07-01T10:00:00+02:00")?;
    let raw = repo.git(&["cat-file", "commit", &name])?;
    for (time, expected) in [
        ("1625126400 +0200", "2021-07-01T10:00:00+02:00"),
        ("9223372036854775807 +0000", "1970-01-01T00:00:00+00:00"),
        ("-99999999999999 +0000", "1970-01-01T00:00:00+00:00"),
        ("1625126400 +9999", "2021-07-01T08:00:00+00:00"),
        ("", "1970-01-01T00:00:00+00:00"),
    ] {
        let text = raw.replace("1625126400 +0200", time);
        repo.write("commit", format!("{text}\n"))?;
        let words = ["hash-object", "-t", "commit", "-w", "--literally", "commit"];
        let id = repo.git(&words)?;
        let repository = repo.open()?;
        let commit = repository.commit(repository.resolve(&id)?)?;
        assert_eq!(commit.committed.to_rfc3339(), expected, "{time}");
    }
    repo.write("commit", raw.replace("1625126400 +0200", "never"))?;
    let words = ["hash-object", "-t", "commit", "-w", "--literally", "commit"];
    let id = repo.git(&words)?;
    let repository = repo.open()?;
    let refused = repository.commit(repository.resolve(&id)?);
    let said = refused.expect_err("no time").to_string();
    assert!(said.contains("is damaged\nhint: `git fsck`"), "{said}");
    Ok(())
}
