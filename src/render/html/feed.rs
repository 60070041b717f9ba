use std::collections::HashSet;
use std::io;

use askama::Template;

use super::changes::{ChangeSheet, changes};
use super::link::Places;
use super::page::{WHOLE, here};
use crate::render::dates::date;
use crate::text::count;
use crate::view::{Chronicle, Page};

/// Writes what changed, day by day, for programs that tell of news; `url` is the address that the
/// folder will have on the web, where that is known.
pub fn feed(
    out: &mut dyn io::Write,
    page: &Page<'_>,
    days: &Chronicle,
    url: Option<&str>,
) -> io::Result<()> {
    let board = &page.report.board;
    let plan = board.plan;
    let there = here(&board.themes);
    let places = Places::new(HashSet::new(), Some(WHOLE)).with(there);
    let entries = days.entries.iter().map(|entry| {
        let things = entry.changes.groups.iter().map(|group| group.changed.len());
        let title = if entry.is_first {
            format!("{}: the plan began", date(entry.day))
        } else {
            format!(
                "{}: {} changed",
                date(entry.day),
                count(things.sum(), "thing")
            )
        };
        EntrySheet {
            id: urn(&entry.first),
            title,
            updated: entry.committed.to_rfc3339(),
            page: if entry.is_first {
                WHOLE
            } else {
                "history.html"
            },
            is_first: entry.is_first,
            changed: changes(&entry.changes, plan, &places),
        }
    });
    let entries: Vec<_> = entries.collect();
    let own = url.map(|url| format!("{url}feed.xml"));
    let sheet = FeedSheet {
        id: match (&own, &days.began) {
            (Some(own), _) => own.clone(),
            (None, began) => {
                // The feed and its first entry are two things: another part of the commit's name.
                let began = began.as_deref().unwrap_or_default();
                urn(began.get(8..).unwrap_or(began))
            }
        },
        title: format!("{}: what changed", plan.name),
        name: &plan.name,
        updated: entries.first().map_or_else(
            || format!("{}T00:00:00Z", page.today),
            |entry| entry.updated.clone(),
        ),
        version: env!("CARGO_PKG_VERSION"),
        own,
        base: url.unwrap_or_default(),
        entries,
    };
    sheet.write_into(&mut &mut *out)
}

#[derive(Template)]
#[template(path = "feed.xml")]
struct FeedSheet<'a> {
    id: String,
    title: String,
    name: &'a str,
    updated: String,
    version: &'static str,
    own: Option<String>,
    base: &'a str,
    entries: Vec<EntrySheet>,
}

struct EntrySheet {
    id: String,
    title: String,
    updated: String,
    page: &'static str,
    is_first: bool,
    changed: Vec<ChangeSheet>,
}

/// Returns a name for all time, of the kind that says nothing but what was made of it: a commit's.
fn urn(commit: &str) -> String {
    let digits = commit.chars().filter(char::is_ascii_hexdigit);
    let mut digits: Vec<char> = digits.chain(std::iter::repeat('0')).take(32).collect();
    (digits[12], digits[16]) = ('8', '8');
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32];
    let parts = parts.map(|part| digits[part].iter().collect::<String>());
    format!("urn:uuid:{}", parts.join("-"))
}
