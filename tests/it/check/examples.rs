use loti::check::{Family, Level, pages};
use loti::render::rules_reference;

use super::{findings_as, whole};
use crate::schema::is_up_to_date;

#[test]
fn every_bad_example_gives_exactly_its_finding_and_no_good_one_any() {
    let mut wrong = Vec::new();
    for page in pages() {
        let found = findings_as(page, &whole(page.bad));
        let rules: Vec<_> = found.iter().map(|problem| problem.rule).collect();
        if rules != [page.rule] || found[0].fix.is_some() != page.fix.is_some() {
            wrong.push(format!("bad {}: {found:#?}", page.rule));
        }
        let found = findings_as(page, &whole(page.good));
        if !found.is_empty() {
            wrong.push(format!("good {}: {found:#?}", page.rule));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_finding_says_what_to_do() {
    for page in pages() {
        for found in findings_as(page, &whole(page.bad)) {
            assert!(!found.help.is_empty(), "{}: {found:#?}", page.rule);
            for help in found.help {
                assert!(!help.contains("  "), "{help}");
            }
        }
    }
}

#[test]
fn the_page_of_rules_in_the_repository_is_the_one_generated() {
    is_up_to_date("docs/rules.md", &rules_reference(), |text| {
        Some(text.to_owned())
    });
}

#[test]
fn every_page_is_complete() {
    let mut seen = std::collections::HashSet::new();
    for page in pages() {
        let name = page.rule.0;
        assert!(seen.insert(name), "{name} twice");
        assert!(
            name.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-' || byte.is_ascii_digit()),
            "{name}"
        );
        for text in [page.summary, page.why] {
            assert!(text.ends_with('.'), "{name}: {text}");
            assert!(!text.contains("  "), "{name}: {text}");
        }
        assert!(
            page.level != Level::Off || page.why.contains("Off unless"),
            "{name}"
        );
    }
    for family in Family::ALL {
        assert!(pages().any(|page| page.family == family));
    }
}
