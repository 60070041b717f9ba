//! A plan written to attack whoever reads what is published of it.

use std::collections::BTreeSet;

use loti::model::Id;
use loti::render::{List, ListColumn, csv, export, json};
use loti::text::is_hidden;
use loti::view::{Audience, CycleLine, Edition, Filter, Publication, Sort, list};

use super::plan;
use crate::markdown::{ATTACKS, reference, seen};

/// Returns a plan that has a text wherever what is published may quote it.
fn hostile(attack: &str) -> String {
    let text = serde_json::to_string(attack).expect("a string");
    format!(
        "[plan]\nname = {text}\naim = {text}\nabout = {text}\npublish = [\"notes\", \"people\"]\n\
         [cycle.q]\nname = {text}\nstart = 2024-01-01\nend = 2024-03-31\n\
         [theme.t]\nname = {text}\naim = {text}\n\
         [objective.o]\ntheme = \"t\"\nname = {text}\naim = {text}\npartners = [{text}]\n\
         supports = [\"kr.1\"]\n\
         [kr.1]\nobjective = \"o\"\ntitle = {text}\ncurrent = 1\ntarget = 3\nunit = {text}\n\
         owner = {text}\nask = {text}\ntags = [{text}]\npartners = [{text}]\nneeds = [\"2\"]\n\
         [kr.1.milestone.m]\nname = {text}\ndue = 2024-02-20\n\
         [[kr.1.note]]\non = 2024-01-02\nby = {text}\ntext = {text}\n\
         [kr.2]\nobjective = \"o\"\ntitle = {text}\nvisibility = \"outline\"\ndue = 2024-02-01\n\
         [kr.3]\nobjective = \"o\"\ntitle = {text}\nstatus = \"done\"\n"
    )
}

/// Makes each form of a plan that has a text everywhere.
fn made(attack: &str, form: impl Fn(&mut Vec<u8>, &Edition<'_>)) -> String {
    let cycle = Id::new("q").expect("an id");
    let publication = Publication::new(&plan(&hostile(attack)), Audience::Public, &cycle);
    let today = chrono::NaiveDate::from_ymd_opt(2024, 2, 12).expect("a day");
    let edition = Edition::new(&publication, &cycle, &Filter::default(), today);
    let mut out = Vec::new();
    form(&mut out, &edition);
    let text = String::from_utf8(out).expect("text");
    let hidden = text.chars().find(|c| is_hidden(*c) && *c != '\r');
    assert_eq!(hidden, None, "{attack:?}: {text}");
    text
}

/// Every attack, short and very long, and what makes a spreadsheet reckon.
fn attacks() -> impl Iterator<Item = String> {
    let all = ATTACKS.iter().copied();
    let all = all.chain([
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "</style>",
        "\"];n0->n1;x[label=\"",
        "%%{init: {}}%%",
        "```",
    ]);
    all.flat_map(|attack| [attack.to_owned(), attack.repeat(1 + 2_000 / attack.len())])
}

#[test]
fn markdown_has_the_same_parts_whatever_the_text() {
    let markdown = |attack: &str| {
        made(attack, |out, edition| {
            export::markdown(out, edition, 2).expect("writing to memory");
        })
    };
    let kinds = |text: &str| seen(text).kinds;
    let wanted = kinds(&markdown("plain"));
    let known = ["heading", "table", "table_row", "table_cell"];
    assert!(wanted.iter().all(|kind| known.contains(kind)), "{wanted:?}");
    for attack in attacks() {
        let text = markdown(&attack);
        assert_eq!(kinds(&text), wanted, "{attack:?}: {text}");
        let seen = seen(&text);
        assert_eq!(reference(&seen.text), None, "{attack:?}: {text}");
        assert!(!text.contains("<!-- loti"), "{attack:?}");
    }
}

#[test]
fn a_picture_has_the_same_elements_whatever_the_text() {
    let pictures = |attack: &str| {
        let summary = made(attack, |out, edition| {
            export::summary(out, edition).expect("writing to memory");
        });
        let badge = made(attack, |out, edition| {
            export::badge(out, edition, attack).expect("writing to memory");
        });
        summary + &badge
    };
    let elements = |text: &str| -> Vec<String> {
        let tags = text.split('<').skip(1);
        let names = tags.map(|tag| tag.split([' ', '>']).next().unwrap_or_default().to_owned());
        names.collect()
    };
    let wanted = elements(&pictures("plain"));
    for attack in attacks() {
        let text = pictures(&attack);
        assert_eq!(elements(&text), wanted, "{attack:?}: {text}");
        assert_eq!(text.matches('>').count(), wanted.len(), "{attack:?}");
    }
}

#[test]
fn a_calendar_has_the_same_properties_whatever_the_text() {
    let calendar = |attack: &str| {
        made(attack, |out, edition| {
            export::icalendar(out, edition, &[7]).expect("writing to memory");
        })
    };
    let properties = |text: &str| -> Vec<String> {
        assert!(
            text.split("\r\n")
                .all(|line| line.len() <= 75 && !line.contains('\n'))
        );
        let unfolded = text.replace("\r\n ", "");
        let lines = unfolded.split("\r\n");
        let names = lines.map(|line| line.split([':', ';']).next().unwrap_or_default().to_owned());
        names.collect()
    };
    let wanted = properties(&calendar("plain"));
    let known: BTreeSet<_> = wanted.iter().map(String::as_str).collect();
    assert!(
        known.contains("BEGIN") && known.contains("TRIGGER"),
        "{known:?}"
    );
    for attack in attacks() {
        assert_eq!(properties(&calendar(&attack)), wanted, "{attack:?}");
    }
}

#[test]
fn a_graph_has_the_same_lines_whatever_the_text() {
    for form in [export::dot, export::mermaid] {
        let graph = |attack: &str| {
            made(attack, |out, edition| {
                form(out, edition).expect("writing to memory");
            })
        };
        let shape = |text: &str| -> Vec<String> {
            // What stands in quotes is a label.
            let text = text.replace("\\\\", "").replace("\\\"", "");
            let lines = text.lines();
            lines
                .map(|line| line.split('"').step_by(2).collect())
                .collect()
        };
        let wanted = shape(&graph("plain"));
        for attack in attacks() {
            assert_eq!(shape(&graph(&attack)), wanted, "{attack:?}");
        }
    }
}

#[test]
fn no_cell_is_a_formula() {
    for attack in attacks() {
        let cycle = Id::new("q").expect("an id");
        let publication = Publication::new(&plan(&hostile(&attack)), Audience::Public, &cycle);
        let today = chrono::NaiveDate::from_ymd_opt(2024, 2, 12).expect("a day");
        let plan = &publication.plan;
        let rows = list(plan, &cycle, &Filter::default(), Sort::File, today);
        let shown = List {
            plan,
            cycle: CycleLine::new(plan, &cycle, today),
            rows: &rows,
            columns: ListColumn::ALL,
            by: &[],
            today,
        };
        let mut out = Vec::new();
        csv::export(&mut out, &shown, true).expect("writing to memory");
        let mut table = ::csv::Reader::from_reader(&out[..]);
        let lines: Vec<_> = table.records().map(|line| line.expect("a line")).collect();
        assert_eq!(lines.len(), 3, "{attack:?}");
        for cell in lines.iter().flatten() {
            let is_number = cell.parse::<i64>().is_ok();
            assert!(
                is_number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                "{cell}"
            );
        }
    }
}

#[test]
fn json_reads_back_as_the_text() {
    for attack in attacks() {
        let text = made(&attack, |out, edition| {
            json::export(out, edition).expect("writing to memory");
        });
        let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(value["name"], attack);
        assert_eq!(
            value["themes"][0]["objectives"][0]["key-results"][1]["title"],
            attack
        );
    }
}
