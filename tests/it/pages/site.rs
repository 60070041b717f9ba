//! The folder of a site: the same for the same plan, and careful with what else is there.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;

use anyhow::Result;

use crate::frame::frame;
use crate::git::repo::Repo;

const PLAN: &str = concat!(
    frame!(),
    r#"
[kr.1]
objective = "outreach"
title = "Lend 400 books a month from the bus"
target = 400
"#
);

/// A plan with a past: begun, changed twice in a week, and once in another.
fn repo() -> Result<Repo> {
    let repo = Repo::new()?;
    for (day, text) in [
        ("2024-01-08", PLAN.to_owned()),
        ("2024-01-15", format!("{PLAN}current = 100\n")),
        ("2024-01-17", format!("{PLAN}current = 200\n")),
        (
            "2024-02-05",
            format!("{PLAN}current = 200\nstatus = \"at-risk\"\n"),
        ),
    ] {
        repo.write("okrs.toml", text)?;
        repo.commit(day, &format!("{day}T12:00:00+00:00"))?;
    }
    Ok(repo)
}

fn site(repo: &Repo, words: &str) -> Result<Output> {
    repo.loti(&format!("export site --today 2024-02-10 {words}"))
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().into_string().expect("text");
        files.insert(name, fs::read(entry.path())?);
    }
    Ok(files)
}

#[test]
fn the_same_plan_and_day_make_the_same_bytes() -> Result<()> {
    let repo = repo()?;
    for folder in ["one", "other"] {
        assert!(site(&repo, folder)?.status.success());
    }
    let one = files(&repo.root().join("one"))?;
    assert_eq!(one, files(&repo.root().join("other"))?);
    let again = site(&repo, "one")?;
    assert_eq!(
        said(&again),
        "written: one (6 files, 0 changed, 0 removed)\n"
    );
    assert_eq!(one, files(&repo.root().join("one"))?);
    Ok(())
}

#[test]
fn the_history_goes_by_weeks_and_the_feed_by_days() -> Result<()> {
    let repo = repo()?;
    site(&repo, "site --url https://example.org/plan")?;
    let read = |name: &str| fs::read_to_string(repo.root().join("site").join(name));
    let history = read("history.html")?;
    for words in [
        "5 Feb – 11 Feb 2024",
        "status: not started → at risk",
        "15 Jan – 21 Jan 2024",
        "current: none → 200 (progress 0 % → 50 %)",
        "8 Jan – 14 Jan 2024",
        "The plan began.",
        "href=\"index.html#kr-1\"",
    ] {
        assert!(history.contains(words), "{words}");
    }
    let feed = read("feed.xml")?;
    assert_eq!(feed.matches("<entry>").count(), 4);
    for words in [
        "<id>https://example.org/plan/feed.xml</id>",
        "<updated>2024-02-05T12:00:00+00:00</updated>",
        "17 Jan 2024: 1 thing changed",
        "current: 100 → 200",
        "https://example.org/plan/index.html#kr-1",
    ] {
        assert!(feed.contains(words), "{words}");
    }
    let ids = feed
        .lines()
        .filter(|line| line.starts_with("<id>urn:uuid:"));
    let mut ids: Vec<_> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 4);
    Ok(())
}

#[test]
fn what_is_no_longer_made_goes_and_what_is_somebodys_stays() -> Result<()> {
    let repo = repo()?;
    site(&repo, "site")?;
    let at = |name: &str| repo.root().join("site").join(name);
    fs::write(at("notes.txt"), "mine")?;
    fs::write(at("theme-mine.html"), "mine")?;
    let plan = fs::read_to_string(repo.root().join("okrs.toml"))?;
    let renamed = plan.replace("theme.reach", "theme.town");
    let renamed = renamed.replace("theme = \"reach\"", "theme = \"town\"");
    repo.write("okrs.toml", renamed)?;
    let done = site(&repo, "site")?;
    assert!(said(&done).contains("1 removed)"), "{}", said(&done));
    assert!(at("theme-town.html").exists() && !at("theme-reach.html").exists());
    assert_eq!(fs::read_to_string(at("notes.txt"))?, "mine");
    assert_eq!(fs::read_to_string(at("theme-mine.html"))?, "mine");
    Ok(())
}

#[test]
fn a_list_that_somebody_else_wrote_leads_to_no_other_file() -> Result<()> {
    let repo = repo()?;
    site(&repo, "site")?;
    let list = repo.root().join("site/.loti-site");
    let names = fs::read_to_string(&list)?;
    fs::write(
        &list,
        format!("{names}../okrs.toml\n/etc/hostname\nnotes.txt\n"),
    )?;
    fs::write(repo.root().join("site/notes.txt"), "mine")?;
    assert!(site(&repo, "site")?.status.success());
    assert!(repo.root().join("okrs.toml").exists());
    assert!(repo.root().join("site/notes.txt").exists());
    Ok(())
}

#[test]
fn a_folder_that_is_somebodys_is_left_alone_unless_it_is_adopted() -> Result<()> {
    let repo = repo()?;
    repo.write("public/about.html", "mine")?;
    let refused = site(&repo, "public")?;
    assert_eq!(refused.status.code(), Some(2));
    let words = "error: `public` holds files that are not loti's\n\
                 hint: name an empty folder, or `--adopt` this one: what is in it stays as it is\n";
    assert_eq!(said(&refused), words);
    assert_eq!(files(&repo.root().join("public"))?.len(), 1);
    assert!(site(&repo, "public --adopt")?.status.success());
    assert_eq!(
        fs::read_to_string(repo.root().join("public/about.html"))?,
        "mine"
    );
    assert!(
        site(&repo, "public")?.status.success(),
        "it is known from then on"
    );

    repo.write("other/index.html", "mine")?;
    let refused = site(&repo, "other --adopt")?;
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("`other/index.html` is there, and loti did not write it"));
    assert_eq!(files(&repo.root().join("other"))?.len(), 1);
    Ok(())
}

#[test]
fn a_plan_without_a_past_has_a_site_without_a_history() -> Result<()> {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("okrs.toml"), PLAN)?;
    let made = crate::git::repo::loti(folder.path(), "export site site --today 2024-02-10")?;
    assert!(made.status.success(), "{}", said(&made));
    let names: Vec<_> = files(&folder.path().join("site"))?.into_keys().collect();
    let wanted = [
        ".loti-site",
        "index.html",
        "plan.ics",
        "plan.json",
        "theme-reach.html",
    ];
    assert_eq!(names, wanted);
    Ok(())
}

#[test]
fn themes_told_apart_by_case_alone_have_files_of_their_own() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let plan = format!("{PLAN}\n[theme.Reach]\nname = \"Reach again\"\n");
    fs::write(folder.path().join("okrs.toml"), plan)?;
    crate::git::repo::loti(folder.path(), "export site site --today 2024-02-10")?;
    let files = files(&folder.path().join("site"))?;
    assert!(files.contains_key("theme-reach.html") && files.contains_key("theme-reach-2.html"));
    Ok(())
}
