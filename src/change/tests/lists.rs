use super::{HEAD, at, check_in, note, set, text};
use crate::change::prove::prove;
use crate::change::{Change, Refusal};
use crate::document::Document;
use crate::model::{Note, Value};
use crate::text::Source;

#[test]
fn a_list_given_anew_keeps_what_stands_beside_the_items_it_keeps() {
    let kr = |list: &str| format!("[kr.1]\nobjective = \"o\"\ntitle = \"x\"\n{list}\n");
    let list = |items: &[&str]| Some(Value::List(items.iter().map(|item| text(item)).collect()));
    check_in(
        &kr("tags = [\n  \"a\", # first\n  \"b\",\n  'c', # third\n]"),
        &set("kr.1.tags", list(&["a", "c", "d"])),
        &kr("tags = [\n  \"a\", # first\n  'c', # third\n  'd',\n]"),
    );
    check_in(
        &kr("links = [{ url = \"a\", team = \"x\" }, \"b\"]"),
        &set("kr.1.links", list(&["a", "c"])),
        &kr("links = [{ url = \"a\", team = \"x\" }, \"c\"]"),
    );
    // In another order, or with nothing kept, it is another list.
    check_in(
        &kr("tags = [\"a\", \"b\"] # two"),
        &set("kr.1.tags", list(&["b", "a"])),
        &kr("tags = [\"b\", \"a\"] # two"),
    );
}

#[test]
fn what_the_format_does_not_know_in_a_note_is_held_against_the_text_before() {
    let file = |rows: &str| {
        let kr = "[kr.1]\nobjective = \"o\"\ntitle = \"x\"\n";
        let tail = "[theme.t]\nname = \"T\"\n[objective.o]\ntheme = \"t\"\nname = \"O\"\n";
        let text = format!("{HEAD}{tail}{kr}{rows}");
        Document::read(Source::new("okrs.toml", text))
    };
    let row = |day: &str, more: &str| format!("[[kr.1.note]]\non = {day}\ntext = \"n\"\n{more}");
    let (first, second) = (row("2024-02-01", "mood = 1\n"), row("2024-02-02", ""));
    let add = note("kr.1", "2024-02-02", "n");
    let remove = Change::RemoveNote {
        of: at("kr.1"),
        note: Note {
            on: "2024-02-02".parse().unwrap(),
            by: None,
            text: "n".to_owned(),
        },
    };
    let (one, both) = (file(&first), file(&format!("{first}{second}")));
    let lost = file(&format!("{}{second}", row("2024-02-01", "")));
    let other = file(&format!("{}{second}", row("2024-02-01", "mood = 2\n")));
    assert_eq!(prove(&one, &both, std::slice::from_ref(&add)), Ok(()));
    assert_eq!(prove(&both, &one, std::slice::from_ref(&remove)), Ok(()));
    for after in [lost, other] {
        let refusal = prove(&one, &after, std::slice::from_ref(&add));
        assert!(
            matches!(refusal, Err(Refusal::Unproved { .. })),
            "{refusal:?}"
        );
    }
}
