//! A plan that attacks whoever reads what is said of it: in a log, in a comment, in a report.

use std::collections::BTreeMap;

use loti::check::page;
use loti::render::findings;
use loti::text::{is_hidden, printable};
use serde_json::Value;

use super::formats::{sarif, written, written_against};
use super::{HEAD, findings as found, findings_against};
use crate::markdown::{ATTACKS, reference, seen};

/// Names that a file in somebody's pull request may have.
const FILES: &[&str] = &[
    "okrs.toml",
    "::error::x.toml",
    "a%0A::error::b\n::warning::c.toml",
    "##[error]x.toml",
    "dir,line=9:x/<b>@everyone|`.toml",
    "[x](javascript:y).toml",
    "]]>\"'&.toml",
    "turned\u{202e}.toml",
];

/// Returns a plan that has a text wherever a finding may quote it.
fn plan(attack: &str) -> String {
    // What JSON escapes TOML reads alike.
    let text = serde_json::to_string(attack).expect("a string");
    format!(
        "{HEAD}[kr.1]\nobjective = \"outreach\"\ntitle = {text}\nstatus = {text}\n{text} = 1\n\n\
         [kr.{text}]\nobjective = \"outreach\"\ntitle = {text}\n\n\
         [kr.2]\nobjective = {text}\ntitle = {text}\nowner = {text}\nneeds = [{text}]\n\
         allow = [{{ rule = {text}, why = {text} }}]\n\n\
         [check]\nlevels = {{ {text} = \"error\", stale = {text} }}\n"
    )
}

/// Returns every attack as a plan, short and very long, and every name of a file.
fn plans() -> impl Iterator<Item = (&'static str, String)> {
    let short = ATTACKS.iter().map(|attack| plan(attack));
    let long = ATTACKS
        .iter()
        .map(|attack| plan(&attack.repeat(3_000 / attack.len())));
    FILES.iter().copied().cycle().zip(short.chain(long))
}

#[test]
fn the_attacks_are_quoted() {
    for attack in ATTACKS {
        let quoting = found(&plan(attack))
            .iter()
            .filter(|one| one.message.contains(attack))
            .count();
        assert!(quoting >= 3, "{attack:?}: {:#?}", found(&plan(attack)));
    }
}

/// A plan before and after, of which findings quote a text that is only in the one before.
fn taken_back(attack: &str) -> (String, String) {
    let text = serde_json::to_string(attack).expect("a string");
    let kr = |title: &str, more: &str| {
        format!("[kr.1]\nobjective = \"outreach\"\ntitle = {title}\nstatus = \"on-track\"\n{more}")
    };
    let closed = |name: &str| {
        format!(
            "[cycle.last]\nname = {name}\nstart = 2023-10-01\nend = 2023-12-31\n\
             closed = 2024-01-08\n\n"
        )
    };
    let before = format!(
        "{HEAD}{}{}cycle = \"q1\"\n\n[kr.1.milestone.a]\nname = {text}\n\n\
         [[kr.1.note]]\non = 2024-01-02\nby = \"ana\"\ntext = {text}\n\n\
         [[kr.1.note]]\non = 2024-01-03\nby = {text}\ntext = \"x\"\n\n\
         [kr.2]\nobjective = \"outreach\"\ntitle = {text}\ncycle = \"q1\"\n",
        closed(&text),
        kr(&text, &format!("target = 4\nunit = {text}\n")),
    );
    let after = format!(
        "{HEAD}{}{}cycle = \"q1\"\n\n[[kr.1.note]]\non = 2024-01-03\ntext = \"x\"\n",
        closed("\"Last\""),
        kr("\"Lend\"", "target = 3\n"),
    );
    (before, after)
}

#[test]
fn what_is_quoted_of_the_plan_before_is_as_harmless() {
    for attack in ATTACKS {
        let (before, after) = taken_back(attack);
        let found = findings_against(&before, &after);
        let rules = found.iter().map(|found| found.rule.0);
        let of_change = rules.filter(|rule| page(rule).is_some_and(|it| it.before().is_some()));
        assert_eq!(of_change.count(), 8, "{before}\n{found:#?}");
        let all = written_against(&before, &after, |out, report, levels| {
            findings::json(out, report)?;
            findings::gitlab(out, report)?;
            findings::sarif(out, report)?;
            findings::junit(out, report, levels, true)
        });
        assert!(!all.contains(is_hidden), "{all}");
        let log = written_against(&before, &after, |out, report, _| {
            findings::github(out, report)
        });
        for line in log.lines() {
            let is_ours = [
                "::error file=okrs.toml,",
                "::warning file=okrs.toml,",
                "loti check: ",
            ];
            assert!(is_ours.iter().any(|ours| line.starts_with(ours)), "{log}");
        }
        let comment = written_against(&before, &after, |out, report, _| {
            findings::markdown(out, report)
        });
        // Every line is one of ours: a list of findings with what to do.
        for line in comment.lines().filter(|line| !line.is_empty()) {
            let ours = ["**okrs.toml**: ", "- **", "  - "];
            assert!(ours.iter().any(|ours| line.starts_with(ours)), "{comment}");
        }
    }
}

#[test]
fn no_character_acts_on_who_reads() {
    for (file, text) in plans() {
        let all = written(file, &text, |out, report, levels| {
            findings::json(out, report)?;
            findings::github(out, report)?;
            findings::gitlab(out, report)?;
            findings::sarif(out, report)?;
            findings::junit(out, report, levels, true)?;
            findings::markdown(out, report)
        });
        assert!(!all.contains(is_hidden), "{all}");
    }
}

#[test]
fn no_text_starts_a_command_of_a_workflow() {
    for (file, text) in plans() {
        let log = written(file, &text, |out, report, _| findings::github(out, report));
        let count = log.lines().count();
        assert!(count > 3 && !log.contains('\r'), "{log}");
        for (at, line) in log.lines().enumerate() {
            if at + 1 == count {
                assert!(line.starts_with("loti check: "), "{line}");
                assert!(!line.contains("##[") && !line.contains("::"), "{line}");
                continue;
            }
            let (name, properties, message) = command(line).expect("a command");
            assert!(["error", "warning", "notice"].contains(&&*name), "{line}");
            let names: Vec<&str> = properties.keys().map(|name| &**name).collect();
            assert_eq!(
                names,
                ["col", "endColumn", "endLine", "file", "line", "title"],
                "{line}"
            );
            assert_eq!(properties["file"], printable(file).replace('\n', " "));
            assert!(properties["title"].starts_with("loti "), "{line}");
            assert!((10..10_000).contains(&message.len()), "{}", message.len());
        }
    }
}

/// Reads a line of a log as the runner of GitHub does.
pub(crate) fn command(line: &str) -> Option<(String, BTreeMap<String, String>, String)> {
    let (head, data) = line.trim_start().strip_prefix("::")?.split_once("::")?;
    let unescape = |text: &str, pairs: &[(&str, &str)]| {
        let pairs = pairs.iter();
        pairs.fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
    };
    let of_data = [("%0D", "\r"), ("%0A", "\n"), ("%25", "%")];
    let of_property = [
        ("%0D", "\r"),
        ("%0A", "\n"),
        ("%3A", ":"),
        ("%2C", ","),
        ("%25", "%"),
    ];
    let (name, properties) = head.split_once(' ')?;
    let properties = properties.trim().split(',').map(|property| {
        let (name, value) = property.split_once('=').expect("a value");
        (name.to_owned(), unescape(value, &of_property))
    });
    Some((
        name.to_owned(),
        properties.collect(),
        unescape(data, &of_data),
    ))
}

#[test]
fn no_text_breaks_out_of_a_report_of_tests() {
    let tags = [
        "?xml ",
        "testsuites ",
        "/testsuites>",
        "testsuite ",
        "/testsuite>",
        "testcase ",
        "/testcase>",
        "failure ",
        "/failure>",
        "system-out>",
        "/system-out>",
    ];
    let entities = ["amp;", "lt;", "gt;", "quot;", "apos;"];
    for (file, text) in plans() {
        let xml = written(file, &text, |out, report, levels| {
            findings::junit(out, report, levels, false)
        });
        for piece in xml.split('<').skip(1) {
            assert!(tags.iter().any(|tag| piece.starts_with(tag)), "<{piece}");
            let (tag, text) = piece.split_once('>').expect("the end of a tag");
            assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
            assert!(!text.contains(['>', '"', '\'']), "{text}");
        }
        for piece in xml.split('&').skip(1) {
            assert!(
                entities.iter().any(|name| piece.starts_with(name)),
                "&{piece}"
            );
        }
        let legal = |c: char| matches!(c, '\n' | ' '..='\u{fffd}' | '\u{10000}'..);
        assert!(xml.chars().all(legal), "{xml}");
    }
}

#[test]
fn no_text_becomes_more_than_text_in_a_comment() {
    for (file, text) in plans() {
        let markdown = written(file, &text, |out, report, _| {
            findings::markdown(out, report)
        });
        let seen = seen(&markdown);
        assert!(seen.kinds.is_empty(), "{:?}: {markdown}", seen.kinds);
        assert_eq!(reference(&seen.text), None, "{markdown}");
        assert!(markdown.len() < 65_000);
    }
}

#[test]
fn no_message_of_a_scan_is_a_link() {
    for (file, text) in plans() {
        let log = sarif(file, &text);
        let run = &log["runs"][0];
        for result in run["results"].as_array().expect("results") {
            let message = result["message"]["text"].as_str().expect("a text");
            for (at, _) in message.match_indices("](") {
                assert!(message[..at].ends_with('\\'), "{message}");
            }
            let place = &result["locations"][0]["physicalLocation"];
            let uri = place["artifactLocation"]["uri"].as_str().expect("a URI");
            assert!(!uri.contains([':', '<', '"', '#', '[']), "{uri}");
        }
    }
}

#[test]
fn programs_get_the_text_as_it_is() {
    for attack in ATTACKS {
        let text = plan(attack);
        let json = written(FILES[2], &text, |out, report, _| {
            findings::json(out, report)
        });
        let json: Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(json["file"], FILES[2]);
        let messages: Vec<&str> = json["findings"]
            .as_array()
            .expect("findings")
            .iter()
            .map(|one| one["message"].as_str().expect("a message"))
            .collect();
        let wanted = found(&text);
        let wanted: Vec<&str> = wanted.iter().map(|one| &*one.message).collect();
        assert_eq!(messages, wanted);
    }
}
