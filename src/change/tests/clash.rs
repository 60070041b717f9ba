use super::{HEAD, at, check};
use crate::change::Change;
use crate::model::Id;

#[test]
fn one_of_two_tables_of_an_id_is_renamed() {
    let file = |first: &str, second: &str| {
        format!(
            "{HEAD}[theme.t]\nname = \"T\"\n[objective.o]\ntheme = \"t\"\nname = \"O\"\n[kr.{first}]\n\
             objective = \"o\"\ntitle = \"x\"\n[kr.{second}]\nobjective = \"o\"\ntitle = \"y\"\n"
        )
    };
    for (line, after) in [(12, file("9", "1")), (14, file("1", "9"))] {
        let change = Change::Rename {
            from: at("kr.1"),
            to: Id::new("9").unwrap(),
            line: Some(line),
        };
        check(&file("1", "1"), &change, &after);
    }
}

#[test]
fn one_of_two_tables_of_an_id_is_renamed_without_a_header_too() {
    let inline = |first: &str, second: &str| {
        format!(
            "{HEAD}[kr]\n{first} = {{ objective = \"o\", title = \"x\" }}\n\
             {second} = {{ objective = \"o\", title = \"y\" }}\n\
             [theme.t]\nname = \"T\"\n[objective.o]\ntheme = \"t\"\nname = \"O\"\n"
        )
    };
    let dotted = |first: &str, second: &str| {
        format!(
            "{HEAD}[theme.t]\nname = \"T\"\n[objective.o]\ntheme = \"t\"\nname = \"O\"\n[kr]\n\
             {first}.objective = \"o\"\n{first}.title = \"x\"\n\
             {second}.objective = \"o\"\n{second}.title = \"y\"\n"
        )
    };
    let mixed = |first: &str, second: &str| {
        format!(
            "kr.{first} = {{ objective = \"o\", title = \"x\" }}\n{HEAD}[theme.t]\nname = \"T\"\n\
             [objective.o]\ntheme = \"t\"\nname = \"O\"\n[kr.{second}]\nobjective = \"o\"\ntitle = \"y\"\n"
        )
    };
    for (line, before, after) in [
        (7, inline("1", "1"), inline("9", "1")),
        (8, inline("1", "\"1\""), inline("1", "\"9\"")),
        (12, dotted("1", "1"), dotted("9", "1")),
        (15, dotted("1", "1"), dotted("1", "9")),
        (1, mixed("1", "1"), mixed("9", "1")),
        (13, mixed("1", "1"), mixed("1", "9")),
    ] {
        let change = Change::Rename {
            from: at("kr.1"),
            to: Id::new("9").unwrap(),
            line: Some(line),
        };
        check(&before, &change, &after);
    }
}
