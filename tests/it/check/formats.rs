//! What each form of the findings promises to who reads it.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::io;
use std::sync::OnceLock;

use jsonschema::{Draft, Validator};
use loti::check::{Base, Family, Levels, Report, Wish, check, check_against, page, pages};
use loti::document::Document;
use loti::render::findings;
use loti::text::Source;
use serde_json::Value;

use super::{FORMER, HEAD, day, whole};

/// Writes what is found in a text under the name of a file, in some form.
pub(super) fn written(
    file: &str,
    text: &str,
    write: impl FnOnce(&mut dyn io::Write, &mut Report<'_>, &Levels) -> io::Result<()>,
) -> String {
    written_as(file, text, &Wish::default(), write)
}

/// Writes what is found where that is wished for.
fn written_as(
    file: &str,
    text: &str,
    wish: &Wish,
    write: impl FnOnce(&mut dyn io::Write, &mut Report<'_>, &Levels) -> io::Result<()>,
) -> String {
    let document = Document::read(Source::new(file, text));
    let levels = Levels::new(&document.plan, wish);
    let mut report = check(&document, &levels, day());
    let mut out = Vec::new();
    write(&mut out, &mut report, &levels).expect("writing to memory");
    String::from_utf8(out).expect("text")
}

/// Writes what is found in a text that is held against what it was, in some form.
pub(super) fn written_against(
    before: &str,
    text: &str,
    write: impl FnOnce(&mut dyn io::Write, &mut Report<'_>, &Levels) -> io::Result<()>,
) -> String {
    let before = Document::read(Source::new("1a2b3c4d:okrs.toml", before));
    let document = Document::read(Source::new("okrs.toml", text));
    let former = HashMap::from(FORMER.map(|(at, was)| (at.parse().expect(at), was.to_owned())));
    let base = Base {
        document: &before,
        revision: "1a2b3c4d",
        former: &former,
    };
    let levels = Levels::against(&before.plan, &document.plan, &Wish::default());
    let mut report = check_against(&document, &base, &levels, day());
    let mut out = Vec::new();
    write(&mut out, &mut report, &levels).expect("writing to memory");
    String::from_utf8(out).expect("text")
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

pub(super) fn sarif(file: &str, text: &str) -> Value {
    valid(&written(file, text, |out, report, _| {
        findings::sarif(out, report)
    }))
}

/// Reads a log that fits the schema.
fn valid(log: &str) -> Value {
    let log = parsed(log);
    let errors: Vec<String> = validator()
        .iter_errors(&log)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    log
}

fn validator() -> &'static Validator {
    static VALIDATOR: OnceLock<Validator> = OnceLock::new();
    VALIDATOR.get_or_init(|| {
        let schema = include_str!("../../data/sarif-schema-2.1.0.json");
        // A bracket of the schema that was never opened; no reader of patterns has to take it.
        let schema = schema.replace("-[a-zA-Z]{2}]?$", "-[a-zA-Z]{2}$");
        jsonschema::options()
            .with_draft(Draft::Draft7)
            .should_validate_formats(true)
            .build(&parsed(&schema))
            .expect("a valid schema")
    })
}

fn gitlab(text: &str) -> Vec<Value> {
    let json = written("okrs.toml", text, |out, report, _| {
        findings::gitlab(out, report)
    });
    parsed(&json).as_array().expect("a list").clone()
}

/// Returns a plan in which so many key results have a status that is none, and one is twice there.
fn broken(number: usize) -> String {
    let mut text = HEAD.to_owned();
    for id in 1..=number {
        let _ = write!(
            text,
            "[kr.{id}]\nobjective = \"outreach\"\ntitle = \"Title {id}\"\nstatus = \"on trak\"\n\n"
        );
    }
    text
}

#[test]
fn sarif_fits_its_schema_whatever_was_found() {
    for page in pages() {
        let log = match page.before() {
            Some(before) => {
                let write = |out: &mut dyn io::Write, report: &mut Report<'_>, _: &Levels| {
                    findings::sarif(out, report)
                };
                valid(&written_against(&whole(before), &whole(page.bad), write))
            }
            // What it finds is not in the text.
            None if page.is_of_clone() => continue,
            None if page.family == Family::Coaching => {
                let wish = Wish {
                    only: vec![page.rule],
                    ..Wish::default()
                };
                let write = |out: &mut dyn io::Write, report: &mut Report<'_>, _: &Levels| {
                    findings::sarif(out, report)
                };
                valid(&written_as("okrs.toml", &whole(page.bad), &wish, write))
            }
            None => sarif("plans/okrs.toml", &whole(page.bad)),
        };
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
        let results = run["results"].as_array().expect("results");
        assert_eq!(results.len(), 1, "{}", page.rule);
        let index = results[0]["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(rules[index]["id"], page.rule.0);
        assert_eq!(results[0]["ruleId"], page.rule.0);
    }
    let sound = whole(page("overdue").expect("a rule").good);
    assert_eq!(
        sarif("okrs.toml", &sound)["runs"][0]["results"],
        Value::Array(Vec::new())
    );
}

#[test]
fn what_was_before_is_told_in_every_form() {
    type Write = fn(&mut dyn io::Write, &mut Report<'_>, &Levels) -> io::Result<()>;

    let kr = "[kr.1]\nobjective = \"outreach\"\ntitle = \"Lend\"\n";
    let before = whole(&format!("{kr}target = 400\n"));
    let after = whole(&format!("{kr}target = 300\n"));
    let forms: [Write; 6] = [
        |out, report, _| findings::json(out, report),
        |out, report, _| findings::github(out, report),
        |out, report, _| findings::gitlab(out, report),
        |out, report, _| findings::sarif(out, report),
        |out, report, levels| findings::junit(out, report, levels, false),
        |out, report, _| findings::markdown(out, report),
    ];
    for write in forms {
        let text = written_against(&before, &after, write);
        assert!(text.contains("goalpost") && text.contains("400"), "{text}");
    }
    let junit = written_against(&before, &after, forms[4]);
    let other = "<testcase classname=\"loti.change\" name=\"kr-removed\"/>";
    assert!(junit.contains(other), "{junit}");
    // What was not looked at did not pass.
    let alone = written("okrs.toml", &after, forms[4]);
    assert!(!alone.contains("loti.change"), "{alone}");
}

#[test]
fn sarif_marks_what_it_speaks_of() {
    let text =
        whole("[kr.1]\nobjective = \"outreach\"\ntitle = \"東京 x\"\nstatus = \"on trak\"\n");
    let log = sarif("a b/#1:ü.toml", &text);
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20b/%231%3A%C3%BC.toml");
    let region = &place["region"];
    let start = region["byteOffset"].as_u64().expect("a place") as usize;
    let length = region["byteLength"].as_u64().expect("a length") as usize;
    assert_eq!(&text[start..start + length], "\"on trak\"");
    let line = text
        .lines()
        .nth(region["startLine"].as_u64().expect("a line") as usize - 1);
    let columns = region["startColumn"].as_u64().expect("a column") as usize - 1
        ..region["endColumn"].as_u64().expect("a column") as usize - 1;
    assert_eq!(line.and_then(|line| line.get(columns)), Some("\"on trak\""));
}

#[test]
fn a_full_path_is_no_path_of_the_repository() {
    let text = broken(1);
    let uri = |file| {
        let log = sarif(file, &text);
        let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        place["artifactLocation"]["uri"]
            .as_str()
            .expect("a URI")
            .to_owned()
    };
    assert_eq!(uri("/srv/okrs.toml"), "file:///srv/okrs.toml");
    assert_eq!(uri("./okrs.toml"), "okrs.toml");
    assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
}

#[test]
fn a_fix_is_told_by_its_pieces() {
    let text = whole("[kr.1]\nobjective = \"outreach\"\ntitle = \"Open\u{200b} it\"\n");
    let log = sarif("okrs.toml", &text);
    let change = &log["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0];
    let piece = &change["replacements"][0];
    assert_eq!(piece["insertedContent"]["text"], "");
    assert_eq!(piece["deletedRegion"]["byteLength"], 3);
    let json = written("okrs.toml", &text, |out, report, _| {
        findings::json(out, report)
    });
    let edit = &parsed(&json)["findings"][0]["fix"]["edits"][0];
    let start = edit["start"]["byte"].as_u64().expect("a place") as usize;
    let end = edit["end"]["byte"].as_u64().expect("a place") as usize;
    assert_eq!(&text[start..end], "\u{200b}");
}

#[test]
fn a_fingerprint_stays_when_lines_move_and_days_pass() {
    let names = |text: &str| -> Vec<String> {
        let violations = gitlab(text);
        let names = violations
            .iter()
            .map(|one| one["fingerprint"].as_str().expect("a name"));
        names.map(str::to_owned).collect()
    };
    let text = broken(3);
    let before = names(&text);
    assert_eq!(before.len(), 3);
    let moved = names(&text.replace("[kr.1]", "# A comment.\n\n[kr.1]"));
    assert_eq!(moved, before);
    // What is mended goes, and takes no other name along.
    let mended = names(&text.replacen("on trak", "on-track", 1));
    assert_eq!(mended, before[1..]);
    // The same thing twice under one header.
    let twice = names(&whole(
        "[kr.1]\nobjective = \"outreach\"\ntitle = \"x\"\nneeds = [\"9\", \"9\"]\n",
    ));
    assert_eq!(twice.iter().collect::<BTreeSet<_>>().len(), 2, "{twice:?}");
}

#[test]
fn github_is_given_what_it_shows_and_told_of_the_rest() {
    let text = written("okrs.toml", &broken(13), |out, report, _| {
        findings::github(out, report)
    });
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 11, "{text}");
    assert!(
        lines[..10]
            .iter()
            .all(|line| line.starts_with("::error file=okrs.toml,line="))
    );
    let last = "loti check: 13 errors; 3 findings not marked here, `loti check` lists them all";
    assert_eq!(lines[10], last);
    let few = written("okrs.toml", &broken(13), |out, report, _| {
        report.shorten(2);
        findings::github(out, report)
    });
    assert_eq!(few.lines().count(), 3, "{few}");
    assert!(
        few.ends_with("11 findings not marked here, `loti check` lists them all\n"),
        "{few}"
    );
}

#[test]
fn a_comment_stays_within_what_a_host_takes() {
    let text = written("okrs.toml", &broken(900), |out, report, _| {
        findings::markdown(out, report)
    });
    assert!(text.len() < 65_000, "{}", text.len());
    assert!(text.starts_with("**okrs.toml**: 900 errors\n"), "{text}");
    assert!(text.contains(" findings not listed here"), "{text}");
}

#[test]
fn a_test_report_names_every_rule_once_and_claims_no_more_than_is_known() {
    let text = broken(2);
    let all = written("okrs.toml", &text, |out, report, levels| {
        findings::junit(out, report, levels, false)
    });
    assert!(
        all.contains("<testcase classname=\"loti.habit\" name=\"overdue\"/>"),
        "{all}"
    );
    assert!(!all.contains("done-without-evidence"), "it is off: {all}");
    assert_eq!(all.matches("name=\"unknown-status\"").count(), 1, "{all}");
    assert_eq!(all.matches("<failure ").count(), 1, "{all}");
    let few = written("okrs.toml", &text, |out, report, levels| {
        report.shorten(1);
        findings::junit(out, report, levels, false)
    });
    assert!(!few.contains("name=\"overdue\"/>"), "{few}");

    let stale = whole("[kr.1]\nobjective = \"outreach\"\ntitle = \"x\"\nstatus = \"at-risk\"\n");
    for (strict, failures) in [(false, 0), (true, 1)] {
        let text = written("okrs.toml", &stale, |out, report, levels| {
            findings::junit(out, report, levels, strict)
        });
        assert_eq!(text.matches("<failure ").count(), failures, "{text}");
    }
}
