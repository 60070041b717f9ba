//! Line endings, the byte order mark and the last newline.

use super::{PLAN, merged, with};
use crate::change::merge::{Marks, Side};

#[test]
fn what_one_side_changed_of_the_style_is_the_style_of_all() {
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let bom = |text: &str| format!("\u{feff}{text}");
    let open = |text: &str| text.trim_end_matches('\n').to_owned();
    let edited = with(&[("current = 3", "current = 4")]);
    let other = with(&[("\"on-track\"", "\"at-risk\"")]);
    let both = with(&[
        ("current = 3", "current = 4"),
        ("\"on-track\"", "\"at-risk\""),
    ]);
    for style in [&crlf as &dyn Fn(&str) -> String, &bom, &open] {
        for (base, ours, theirs, expected) in [
            (PLAN.to_owned(), style(&edited), other.clone(), style(&both)),
            (PLAN.to_owned(), edited.clone(), style(&other), style(&both)),
            (style(PLAN), style(&edited), other.clone(), both.clone()),
            (PLAN.to_owned(), style(PLAN), other.clone(), style(&other)),
        ] {
            let merged = merged(&base, &ours, &theirs);
            assert!(merged.is_clean());
            assert_eq!(merged.side(Side::Theirs), expected);
        }
    }
}

#[test]
fn markers_stand_on_lines_of_their_own() {
    let [base, ours, theirs] =
        ["x", "y", "z"].map(|name| format!("\u{feff}plan.name = \"{name}\""));
    assert_eq!(
        merged(&base, &ours, &theirs).text(&Marks::default()),
        "<<<<<<< ours · plan.name\n\u{feff}plan.name = \"y\"\n=======\n\
         \u{feff}plan.name = \"z\"\n>>>>>>> theirs · plan.name\n"
    );
}
