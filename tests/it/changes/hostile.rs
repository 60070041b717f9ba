//! A plan whose texts attack whoever reads what changed in it.

use loti::document::Document;
use loti::render::changes::{github, human, markdown, stat, stat_markdown};
use loti::render::{Look, json};
use loti::text::{is_hidden, width};
use loti::view::Comparison;
use serde_json::Value;

use super::{changes, compare, document};
use crate::check::hostile::command;
use crate::markdown::{ATTACKS, reference, seen};

const FILE: &str = "dir,line=9:x/<b>@everyone|`::.toml";

/// Returns two versions of a plan that have a text wherever what changed may quote it.
fn versions(attack: &str) -> [Document; 2] {
    let text = serde_json::to_string(attack).expect("a string");
    let cycle = "[cycle.y]\nname = \"Year\"\nstart = 2024-01-01\nend = 2024-12-31\n";
    let before = format!(
        "[plan]\nname = \"Plan\"\nowner = {text}\n{cycle}\
         [theme.t]\nname = \"Theme\"\n[objective.o]\ntheme = \"t\"\nname = \"Objective\"\n\
         [kr.1]\nobjective = \"o\"\ntitle = \"Title\"\ncurrent = 1\ntarget = 3\nunit = {text}\n\
         [kr.1.milestone.m]\nname = {text}\n[[kr.1.note]]\non = 2024-01-01\ntext = {text}\n\
         [kr.2]\nobjective = \"o\"\ntitle = {text}\n"
    );
    let after = format!(
        "{text} = 1 # {comment}\n[plan]\nname = {text}\naim = {text}\n{cycle}\
         [theme.t]\nname = {text}\n[objective.o]\ntheme = \"t\"\nname = {text}\nabout = {text}\n\
         [objective.p]\ntheme = \"t\"\nname = {text}\n\
         [kr.1]\nobjective = \"p\"\ntitle = {text}\ncurrent = 2\ntarget = 2\nunit = {text}\n\
         owner = {text}\nask = {text}\ntags = [{text}]\nlinks = [{text}]\nstatus = \"done\"\n\
         allow = [{{ rule = {text}, why = {text} }}]\n{text} = 2\n\
         [kr.1.milestone.m]\nname = {text}\ndue = 2024-02-01\ndone = true\n\
         [[kr.1.note]]\non = 2024-02-01\nby = {text}\ntext = {text}\n\
         [kr.3]\nobjective = \"p\"\ntitle = {text}\nneeds = [\"1\"]\n\
         [person.x]\nname = {text}\n[person.y]\nname = \"Other\"\n\
         [check]\nlevels = {{ {text} = \"error\" }}\n",
        comment = attack.replace(|c: char| c.is_control(), " "),
    );
    let after = Document::read(loti::text::Source::new(FILE, after));
    [document(FILE, &before), after]
}

/// Returns every attack, short and very long.
fn attacks() -> impl Iterator<Item = String> {
    let long = ATTACKS
        .iter()
        .map(|attack| attack.repeat(2_000 / attack.len()));
    ATTACKS
        .iter()
        .map(|attack| (*attack).to_owned())
        .chain(long)
}

fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("writing to memory");
    String::from_utf8(out).expect("text")
}

fn for_each(check: impl Fn(&Comparison<'_>, &Document)) {
    for attack in attacks() {
        let [before, after] = versions(&attack);
        let changes = changes(&before, &after);
        assert!(changes.told().count() > 15, "{attack:?}");
        check(&compare(FILE, changes), &after);
    }
}

#[test]
fn nothing_becomes_more_than_text_in_a_comment() {
    for_each(|comparison, _| {
        for markdown in [
            written(|out| markdown(out, comparison)),
            written(|out| stat_markdown(out, comparison)),
        ] {
            let seen = seen(&markdown);
            assert!(seen.kinds.is_empty(), "{:?}: {markdown}", seen.kinds);
            assert_eq!(reference(&seen.text), None, "{markdown}");
            assert!(markdown.len() < 65_000 && !markdown.contains(is_hidden));
        }
    });
}

#[test]
fn no_text_starts_a_command_of_a_workflow() {
    for_each(|comparison, after| {
        let log = written(|out| github(out, comparison, Some(after)));
        assert!(!log.contains('\r') && !log.contains(is_hidden), "{log:?}");
        for line in log.lines() {
            if line.starts_with("loti diff: ") || line.starts_with("Also changed: ") {
                assert!(!line.contains("##[") && !line.contains("::"), "{line}");
                continue;
            }
            let (name, properties, message) = command(line).expect("a command");
            assert_eq!(name, "notice");
            assert_eq!(properties["file"], FILE);
            let known = ["file", "line", "title"];
            assert!(
                properties.keys().all(|name| known.contains(&&**name)),
                "{line}"
            );
            assert!((5..10_000).contains(&message.len()), "{line}");
        }
    });
}

#[test]
fn a_terminal_is_shown_lines_that_fit_and_do_nothing() {
    for ascii in [false, true] {
        let look = Look {
            width: Some(80),
            color: false,
            ascii,
        };
        for_each(|comparison, _| {
            for text in [
                written(|out| human(out, comparison, look)),
                written(|out| stat(out, comparison, look)),
            ] {
                assert!(!text.contains(is_hidden), "{text:?}");
                for line in text.lines() {
                    assert!(width(line) <= 80, "{line}");
                }
            }
        });
    }
}

#[test]
fn programs_get_the_text_as_it_is() {
    for attack in attacks() {
        let [before, after] = versions(&attack);
        let comparison = compare(FILE, changes(&before, &after));
        let text = written(|out| json::changes(out, &comparison, false));
        assert!(!text.contains(is_hidden), "{text}");
        let json: Value = serde_json::from_str(&text).expect("JSON");
        let groups = json["groups"].as_array().expect("groups");
        let all = groups
            .iter()
            .flat_map(|group| group["changes"].as_array().expect("changes"));
        let note = all
            .clone()
            .find(|one| one["kind"] == "note-added")
            .expect("a note");
        assert_eq!(note["note"]["text"], *attack);
        assert!(all.clone().any(|one| one["new"] == *attack), "{attack:?}");
    }
}
