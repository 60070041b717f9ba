use std::borrow::Cow;
use std::collections::HashSet;

use crate::model::{Address, Link, Plan};

/// A place to go to; mere words, where a reader cannot go there or should not.
pub(super) struct LinkSheet<'a> {
    pub(super) href: Option<&'a str>,
    pub(super) words: &'a str,
}

impl<'a> LinkSheet<'a> {
    pub(super) fn of(link: &'a Link) -> Self {
        let own = Self::to(&link.url);
        Self {
            words: link.name.as_deref().unwrap_or(own.words),
            ..own
        }
    }

    /// Takes an address on the web, or a path.
    pub(super) fn to(url: &'a str) -> Self {
        let href = is_safe(url).then_some(url);
        let bare = url.trim_start_matches("https://");
        let words = bare.strip_prefix("mailto:").unwrap_or(bare);
        Self { href, words }
    }
}

/// Returns whether an address leads to a web page or a mail, and to nothing that would run.
fn is_safe(url: &str) -> bool {
    let scheme = url.split_once(':').map(|(scheme, _)| scheme);
    let is_known = scheme.is_some_and(|scheme| {
        let known = ["http", "https", "mailto"];
        known.iter().any(|known| known.eq_ignore_ascii_case(scheme))
    });
    is_known && !url.contains(|character: char| character.is_control())
}

/// Where the parts of a plan are found: on the page itself, or on another.
pub(super) struct Places {
    here: HashSet<Address>,
    /// What the whole has.
    there: Option<HashSet<Address>>,
    /// The page that has all that is shown, where this one has not.
    whole: Option<&'static str>,
}

impl Places {
    pub(super) fn new(here: HashSet<Address>, whole: Option<&'static str>) -> Self {
        Self {
            here,
            there: None,
            whole,
        }
    }

    /// Says what the page of the whole has, where that is not everything.
    pub(super) fn with(mut self, there: HashSet<Address>) -> Self {
        self.there = Some(there);
        self
    }

    /// Returns whether a part is found on the page itself.
    pub(super) fn has(&self, at: &Address) -> bool {
        self.here.contains(&*owner(at))
    }

    /// Returns where a part is found, where it is on a page.
    pub(super) fn href(&self, at: &Address) -> Option<String> {
        let anchor = anchor(at)?;
        // A milestone is shown with its key result.
        let owner = match at {
            Address::Milestone(id, _) => &Address::KeyResult(id.clone()),
            other => other,
        };
        let page = match self.whole {
            _ if self.here.contains(owner) => "",
            Some(whole)
                if self
                    .there
                    .as_ref()
                    .is_none_or(|there| there.contains(owner)) =>
            {
                whole
            }
            _ => return None,
        };
        Some(format!("{page}#{anchor}"))
    }
}

/// Returns what a part is shown with: a milestone with its key result.
fn owner(at: &Address) -> Cow<'_, Address> {
    match at {
        Address::Milestone(id, _) => Cow::Owned(Address::KeyResult(id.clone())),
        other => Cow::Borrowed(other),
    }
}

/// Returns the name that a part goes by on its page.
pub(super) fn anchor(at: &Address) -> Option<String> {
    match at {
        Address::KeyResult(id) | Address::Milestone(id, _) => Some(format!("kr-{id}")),
        Address::Objective(id) => Some(format!("objective-{id}")),
        Address::Theme(id) => Some(format!("theme-{id}")),
        Address::Note(of, _) => anchor(of),
        _ => None,
    }
}

/// Returns what something is called, as others name it.
pub(super) fn called(plan: &Plan, at: &Address) -> String {
    match (at, plan.title(at)) {
        (Address::KeyResult(id), Some(title)) => format!("{id} {title}"),
        (_, Some(title)) => title.to_owned(),
        (_, None) => at.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_is_led_to_pages_and_mails_alone() {
        for (url, is_link) in [
            ("https://example.org/a?b=c#d", true),
            ("HTTP://example.org", true),
            ("mailto:ana@example.org", true),
            ("javascript:alert(1)", false),
            ("JavaScript:alert(1)", false),
            (" javascript:alert(1)", false),
            ("java\nscript:alert(1)", false),
            ("https:\u{1}//example.org", false),
            ("data:text/html,<script>", false),
            ("vbscript:x", false),
            ("file:///etc/passwd", false),
            ("//example.org", false),
            ("docs/report.md", false),
            ("", false),
        ] {
            assert_eq!(LinkSheet::to(url).href.is_some(), is_link, "{url:?}");
        }
    }
}
