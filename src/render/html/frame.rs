use chrono::NaiveDate;

use super::beside::Beside;
use crate::model::Status;
use crate::render::dates::date;
use crate::render::look::status_words;
use crate::view::{Audience, Publication, Revision};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// What a page may do: be styled by the style that stands in it and run the script that stands in it,
/// each known by its hash, and nothing else.
const POLICY: &str = include_str!("policy.txt");

/// What is around the content of a page.
pub(super) struct Frame<'a> {
    pub(super) policy: &'static str,
    pub(super) style: &'static str,
    pub(super) script: &'static str,
    pub(super) version: &'static str,
    pub(super) has_script: bool,
    pub(super) is_internal: bool,
    pub(super) has_feed: bool,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) eyebrow: String,
    pub(super) heading: &'a str,
    pub(super) aim: Option<&'a str>,
    pub(super) about: Option<&'a str>,
    pub(super) beside: Beside<'a>,
    pub(super) skip_to: &'static str,
    pub(super) skip_words: &'static str,
    pub(super) places: Vec<Place>,
    /// Each status: its class, its words, its meaning.
    pub(super) legend: Vec<(&'static str, String, String)>,
    pub(super) colophon: Vec<String>,
}

/// Another page of the same site, or this one.
#[derive(Debug, Clone)]
pub struct Place {
    /// Where it is found from here.
    pub href: String,
    /// What it is called.
    pub words: String,
    /// Whether it is this one.
    pub is_here: bool,
}

impl<'a> Frame<'a> {
    /// Takes what every page of a plan has.
    pub(super) fn new(heading: &'a str, publication: &Publication) -> Self {
        let legend = Status::ALL.iter().zip(Status::WORDS);
        Self {
            policy: POLICY.trim_ascii_end(),
            style: STYLE,
            script: SCRIPT,
            version: env!("CARGO_PKG_VERSION"),
            has_script: false,
            is_internal: publication.audience == Audience::Internal,
            has_feed: false,
            title: String::new(),
            description: String::new(),
            eyebrow: String::new(),
            heading,
            aim: None,
            about: None,
            beside: Beside::default(),
            skip_to: "content",
            skip_words: "the content",
            places: Vec::new(),
            legend: legend
                .map(|(status, word)| {
                    let meaning = word.meaning.split(';').next().unwrap_or_default();
                    (status.word(), status_words(*status), meaning.to_owned())
                })
                .collect(),
            colophon: Vec::new(),
        }
    }
}

/// Says of which day a page is, what it was made from, and what is not on it.
pub(super) fn colophon(
    publication: &Publication,
    today: NaiveDate,
    revision: Option<&Revision>,
) -> Vec<String> {
    let mut lines = vec![as_of(today, revision)];
    if let Some(left_out) = publication.left_out.describe() {
        lines.push(format!(
            "Left out, because it is not public: {left_out}. It is in no count and no percentage here."
        ));
    }
    lines.push(
        "Made with loti from one file that the team keeps with its work. Nothing on this page is \
         fetched from elsewhere, and nobody is told that you read it."
            .to_owned(),
    );
    lines
}

fn as_of(today: NaiveDate, revision: Option<&Revision>) -> String {
    let day = date(today);
    match revision {
        None => format!("As of {day}."),
        Some(revision) => {
            let changed = if revision.is_changed {
                ", with changes that are not committed yet"
            } else {
                ""
            };
            let made = date(revision.day);
            let short = &revision.short;
            format!("As of {day}: revision {short} of {made}{changed}.")
        }
    }
}
