//! Whether links lead where a reader may follow.

use super::super::catalogue::{Family, Find, Page};
use super::super::context::Context;
use super::super::levels::Level;
use crate::diagnostic::{Diagnostic, Rule};
use crate::model::{Address, Link};

const UNSAFE_LINK: Rule = Rule("unsafe-link");

/// What a link begins with that any reader may follow.
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

pub(super) const PAGES: &[Page] = &[Page {
    rule: UNSAFE_LINK,
    family: Family::Sense,
    level: Level::Warning,
    summary: "A link that is none to a web page or a mail address, or evidence outside the \
              repository.",
    why: "Exports make links of these. A file on somebody's own computer opens for nobody else, \
          and an address that begins with `javascript:` would run what it says.",
    bad: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
links = [\"file:///home/ana/route.pdf\"]
",
    good: "\
[kr.1]
objective = \"outreach\"
title = \"Open the second route of the bus\"
links = [\"https://example.org/route.pdf\"]
",
    fix: None,
    find: Find::Plan(unsafe_link),
}];

fn unsafe_link(context: &mut Context<'_>) {
    let plan = context.plan;
    links(context, &plan.links, || Address::Plan);
    for (id, own) in &plan.themes {
        links(context, &own.links, || Address::Theme(id.clone()));
    }
    for (id, own) in &plan.objectives {
        links(context, &own.links, || Address::Objective(id.clone()));
    }
    for (id, own) in &plan.key_results {
        let at = || Address::KeyResult(id.clone());
        links(context, &own.links, at);
        for (item, evidence) in own.evidence.iter().enumerate() {
            let (message, help) = match fault_of_evidence(evidence) {
                None => continue,
                Some(Fault::Scheme) => (
                    "this evidence is no address on the web and no path in the repository",
                    "write an address that begins with https://, or a path such as docs/report.md",
                ),
                Some(Fault::Outside) => (
                    "this path leads out of the repository, where nobody else has the file",
                    "put the file into the repository, and write its path from there",
                ),
            };
            let at = at();
            context.add(UNSAFE_LINK, &at, |context| {
                let place = context.item(&at, "evidence", item, None);
                Diagnostic::error(UNSAFE_LINK, place, message).help(help)
            });
        }
    }
}

fn links(context: &mut Context<'_>, links: &[Link], at: impl Fn() -> Address) {
    for (item, link) in links.iter().enumerate() {
        let scheme = scheme(&link.url);
        // One that is missing is told of in its own right.
        if link.url.is_empty() || scheme.is_some_and(is_known) {
            continue;
        }
        let at = at();
        context.add(UNSAFE_LINK, &at, |context| {
            let place = context.item(&at, "links", item, Some("url"));
            let (message, help) = match scheme {
                Some(scheme) => (
                    format!("a link cannot begin with `{scheme}:`"),
                    "write an address that begins with https://, http:// or mailto:",
                ),
                None => (
                    "this link does not say what it leads to".to_owned(),
                    "begin it with https://; a path in the repository goes into `evidence`",
                ),
            };
            Diagnostic::error(UNSAFE_LINK, place, message).help(help)
        });
    }
}

/// What keeps a piece of evidence from being found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// It is an address of a kind that not every reader may follow.
    Scheme,
    /// It is a path out of the repository.
    Outside,
}

fn fault_of_evidence(evidence: &str) -> Option<Fault> {
    match scheme(evidence) {
        Some(scheme) if is_known(scheme) => return None,
        // A letter alone is a drive of Windows.
        Some(scheme) if scheme.len() > 1 => return Some(Fault::Scheme),
        Some(_) => return Some(Fault::Outside),
        None => {}
    }
    if evidence.starts_with(['/', '\\', '~']) {
        return Some(Fault::Outside);
    }
    let mut depth = 0_usize;
    for name in evidence.split(['/', '\\']) {
        match name {
            "" | "." => {}
            ".." => match depth.checked_sub(1) {
                Some(above) => depth = above,
                None => return Some(Fault::Outside),
            },
            _ => depth += 1,
        }
    }
    None
}

fn is_known(scheme: &str) -> bool {
    SCHEMES
        .iter()
        .any(|known| known.eq_ignore_ascii_case(scheme))
}

/// Returns what stands before the colon of an address: `https`.
fn scheme(url: &str) -> Option<&str> {
    let (scheme, _) = url.split_once(':')?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    (is_scheme && scheme.bytes().all(is_plain)).then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_is_an_address_on_the_web_or_a_path_within() {
        use Fault::{Outside, Scheme};

        for (evidence, fault) in [
            ("https://example.org/a", None),
            ("HTTPS://example.org/a", None),
            ("mailto:ana@example.org", None),
            ("docs/report.md", None),
            ("docs/../report.md", None),
            ("docs/2024: the report.md", None),
            ("Minutes of 5 March", None),
            ("../report.md", Some(Outside)),
            ("docs/../../report.md", Some(Outside)),
            ("/home/ana/report.md", Some(Outside)),
            ("~/report.md", Some(Outside)),
            ("C:\\report.md", Some(Outside)),
            ("\\\\server\\report.md", Some(Outside)),
            ("javascript:alert(1)", Some(Scheme)),
            ("file:///report.md", Some(Scheme)),
        ] {
            assert_eq!(fault_of_evidence(evidence), fault, "{evidence}");
        }
    }
}
