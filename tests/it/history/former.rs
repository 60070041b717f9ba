//! What things were called that are gone.

use loti::history::former_titles;
use loti::model::Address;

use super::past::Line;

fn version(lines: &str) -> Vec<u8> {
    let head = "[plan]\nname = \"x\"\n[cycle.q]\nname = \"q\"\nstart = 2024-01-01\nend = 2024-03-31\n\
                [theme.t]\nname = \"t\"\n[objective.o]\ntheme = \"t\"\nname = \"o\"\n";
    format!("{head}{lines}").into_bytes()
}

fn key_result(id: u8, title: &str) -> String {
    format!("[kr.{id}]\nobjective = \"o\"\ntitle = \"{title}\"\n")
}

#[test]
fn the_latest_title_of_each_is_found() {
    let versions = vec![
        Some(version(&key_result(1, "First"))),
        Some(version(&(key_result(1, "Second") + &key_result(2, "Two")))),
        Some(b"oh".to_vec()),
        Some(version(&key_result(2, "Two"))),
        None,
        Some(version("")),
    ];
    let wanted = ["kr.1", "kr.2", "kr.3", "theme.t", "theme.u"];
    let wanted = wanted.map(|at| at.parse::<Address>().expect("an address"));
    let Ok(titles) = former_titles(Line::new(versions), &wanted);
    let found = wanted
        .each_ref()
        .map(|at| titles.get(at).map(String::as_str));
    assert_eq!(found, [Some("Second"), Some("Two"), None, Some("t"), None]);
}
