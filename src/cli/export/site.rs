//! A folder of pages for a web server, and the care for what else is in that folder.

mod folder;

use std::path::PathBuf;

use clap::Args;

use self::folder::{Folder, theme_file};
use super::Manuscript;
use crate::cli::{Exit, Global, World, plan_file};
use crate::render::html::{self, Place, Setting};
use crate::render::{export, json};
use crate::text::count;
use crate::view::{Audience, By, Filter};

/// So many days of changes are in the feed; who comes later has the history.
const DAYS: usize = 40;

/// So many weeks are on the page of the history: ten years.
const WEEKS: usize = 520;

/// Write a folder of pages for a web server
///
/// The plan's page, one for each theme, what changed week by week, a feed of changes, a calendar and
/// the data as JSON. The same plan and day make the same bytes. Only what loti wrote there before is
/// replaced or removed; a folder with anything else in it is left alone unless `--adopt` says
/// otherwise. docs/ci/pages.yml publishes it with each push.
///
///   loti export site public
///   loti export site public --url "$URL"
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct SiteArgs {
    /// The folder; made where it is not there
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The address that the folder will have on the web, for the links of the feed
    #[arg(long, value_name = "URL", value_parser = url)]
    url: Option<String>,
    /// Write into a folder that holds other files, which stay as they are
    #[arg(long)]
    adopt: bool,
    /// Leave nothing out: for those who can read the plan file anyway
    #[arg(long)]
    internal: bool,
}

pub(super) fn run(world: &mut World, global: &Global, args: &SiteArgs) -> anyhow::Result<Exit> {
    let audience = if args.internal {
        Audience::Internal
    } else {
        Audience::Public
    };
    let path = world.folder.join(&args.folder);
    let shown = plan_file::shown(world, &path);
    let mut folder = Folder::open(path, &shown, args.adopt)?;
    let manuscript = Manuscript::read(world, global, audience, None)?;
    for (name, bytes) in files(world, &manuscript, args.url.as_deref())? {
        folder.add(name, bytes)?;
    }
    let done = folder.save()?;
    world.say(&format!(
        "written: {shown} ({}, {} changed, {} removed)",
        count(done.all, "file"),
        done.changed,
        done.removed
    ));
    Ok(Exit::Fine)
}

/// Makes all files of a site, by name.
fn files(
    world: &mut World,
    manuscript: &Manuscript,
    url: Option<&str>,
) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let page = manuscript.page(world)?;
    let weeks = manuscript.chronicle(By::Week, WEEKS)?;
    let days = manuscript.chronicle(By::Day, DAYS)?;
    let board = &page.report.board;
    let mut themes: Vec<(String, &crate::view::ThemeGroup<'_>)> = Vec::new();
    for group in &board.themes {
        let taken = |name: &str| themes.iter().any(|(known, _)| known == name);
        themes.push((theme_file(group.id, taken), group));
    }
    let has_past = weeks.is_some();
    let places = |here: &str| -> Vec<Place> {
        let place = |href: &str, words: &str| Place {
            href: href.to_owned(),
            words: words.to_owned(),
            is_here: href == here,
        };
        let mut places = vec![place("index.html", "The plan")];
        let named = themes.iter();
        places.extend(named.map(|(file, group)| {
            let theme = group.theme;
            place(file, theme.short.as_deref().unwrap_or(&theme.name))
        }));
        if has_past {
            places.push(place("history.html", "History"));
            places.push(place("feed.xml", "Feed"));
        }
        places.push(place("plan.ics", "Calendar"));
        places.push(place("plan.json", "Data"));
        places
    };
    let setting = |here: &str| Setting {
        theme: None,
        places: places(here),
        has_feed: has_past,
    };
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let mut make = |name: &str, make: &dyn Fn(&mut Vec<u8>) -> std::io::Result<()>| {
        let mut bytes = Vec::new();
        make(&mut bytes)?;
        files.push((name.to_owned(), bytes));
        Ok::<_, std::io::Error>(())
    };
    make("index.html", &|out| {
        html::page(out, &page, setting("index.html"))
    })?;
    for (file, group) in &themes {
        make(file, &|out| {
            let setting = Setting {
                theme: Some(group.id),
                ..setting(file)
            };
            html::page(out, &page, setting)
        })?;
    }
    if let (Some(weeks), Some(days)) = (&weeks, &days) {
        make("history.html", &|out| {
            html::history(out, &page, weeks, setting("history.html"))
        })?;
        make("feed.xml", &|out| html::feed(out, &page, days, url))?;
    }
    let everything = Filter::default();
    let edition = manuscript.prepared.edition(world, &everything);
    make("plan.json", &|out| json::export(out, &edition))?;
    make("plan.ics", &|out| export::icalendar(out, &edition, &[]))?;
    Ok(files)
}

/// Reads the address of a folder on the web, which ends with a slash.
fn url(word: &str) -> Result<String, String> {
    let is_web = word.starts_with("https://") || word.starts_with("http://");
    let is_plain = word.chars().all(|character| character.is_ascii_graphic());
    if !is_web || !is_plain || word.contains(['#', '?', '"', '<', '>']) {
        return Err("expected an address such as https://okrs.example.org/".to_owned());
    }
    Ok(format!("{}/", word.trim_end_matches('/')))
}
