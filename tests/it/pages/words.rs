//! No page holds a word that was to stay inside, whatever its past was.

use std::fs;

use anyhow::Result;

use crate::git::repo::Repo;
use crate::publication::marked;

/// A past in which all that is private today was there before, some of it under other ids and some of
/// it for everybody to see.
fn repo() -> Result<Repo> {
    let repo = Repo::new()?;
    let public = marked::PLAN
        .replace("visibility = \"private\"\n", "")
        .replace("visibility = \"outline\"\n", "")
        .replace("hush-1", "9");
    let days = [
        ("2024-01-15", public.clone()),
        (
            "2024-01-22",
            public.replace("current = 5573", "current = 5574"),
        ),
        ("2024-02-19", marked::PLAN.to_owned()),
        (
            "2024-02-20",
            marked::PLAN.replace("current = 100", "current = 200"),
        ),
    ];
    for (day, text) in days {
        repo.write("okrs.toml", text)?;
        repo.commit("hush, a commit", &format!("{day}T12:00:00+00:00"))?;
    }
    Ok(repo)
}

#[test]
fn nothing_private_is_in_any_byte_of_a_page_or_of_a_site() -> Result<()> {
    let repo = repo()?;
    for words in [
        "export html --today 2024-02-20",
        "export html --today 2024-02-20 --since 2024-01-22",
        "export html --today 2024-02-20 --at HEAD~3",
        "export html --today 2024-02-20 --at HEAD~2 --since HEAD~3",
    ] {
        let made = repo.loti(words)?;
        assert!(made.status.success(), "{words}: {made:?}");
        assert_eq!(marked::found(&made.stdout), None, "{words}");
        let shown = String::from_utf8(made.stdout)?;
        assert!(shown.contains("Lend 400 books a month"), "{words}");
        assert!(shown.contains("Left out, because it is not public"));
    }
    let made = repo.loti("export site site --today 2024-02-20")?;
    assert!(made.status.success(), "{made:?}");
    let mut names = Vec::new();
    for entry in fs::read_dir(repo.root().join("site"))? {
        let entry = entry?;
        let name = entry.file_name().into_string().expect("text");
        assert_eq!(marked::found(name.as_bytes()), None, "{name}");
        let found = marked::found(&fs::read(entry.path())?);
        assert_eq!(found, None, "{name}");
        names.push(name);
    }
    names.sort();
    let wanted = [
        ".loti-site",
        "feed.xml",
        "history.html",
        "index.html",
        "plan.ics",
        "plan.json",
        "theme-reach.html",
        "theme-sketch.html",
    ];
    assert_eq!(names, wanted);
    Ok(())
}

#[test]
fn what_is_internal_holds_all_of_it_and_says_so() -> Result<()> {
    let made = repo()?.loti("export html --internal --today 2024-02-20")?;
    let shown = String::from_utf8(made.stdout)?;
    for words in ["hush title", "hush note", "Internal.", "noindex"] {
        assert!(shown.contains(words), "{words}");
    }
    Ok(())
}

#[test]
fn a_page_shows_how_progress_came_to_where_it_is() -> Result<()> {
    let made = repo()?.loti("export html --today 2024-02-20")?;
    let shown = String::from_utf8(made.stdout)?;
    let drawn = "aria-label=\"Progress so far: 25 % on 15 Jan 2024, 50 % since 20 Feb 2024\"";
    assert!(shown.contains(drawn), "{shown}");
    assert!(shown.contains("As of 20 Feb 2024: revision "));
    Ok(())
}
