//! Comments and layouts through a merge, by example.

use super::{check, check_with, merged, with};
use crate::change::merge::{Marks, Side};

#[test]
fn comments_and_layout_of_both_sides_stay() {
    check_with(
        &[
            ("# The plan of the library.", "# The plan of our library."),
            ("[kr.1]\n", "# Ours, of it\n[kr.1] # here\n"),
            ("status = \"on-track\"", "status   = 'on-track'"),
        ],
        &[
            ("# Whom we reach", "# == Reach ==\n\n# Whom we reach"),
            ("[kr.1]\n", "# Theirs, of it\n[kr.1]\n"),
            ("status = \"on-track\"", "status = \"at-risk\" # since May"),
        ],
        &[
            ("# The plan of the library.", "# The plan of our library."),
            ("# Whom we reach", "# == Reach ==\n\n# Whom we reach"),
            (
                "[kr.1]\n",
                "# Ours, of it\n# Theirs, of it\n[kr.1] # here\n",
            ),
            (
                "status = \"on-track\"",
                "status   = \"at-risk\" # since May",
            ),
        ],
    );
}

#[test]
fn a_comment_that_both_sides_moved_stands_once() {
    let apart = "# == Reach ==\n\n";
    let above = |header: &str| {
        let apart = format!("{apart}{header}");
        with(&[(header, &apart)])
    };
    let (base, ours) = (above("[objective.o]"), above("[objective.p]"));
    let merged = merged(&base, &ours, &above("[kr.1]"));
    assert!(merged.is_clean());
    assert_eq!(merged.side(Side::Ours), ours);
}

#[test]
fn a_comment_whose_place_is_written_otherwise_stands_at_the_end() {
    let tail = "\n[theme.t]\nname = \"T\"\n\n[objective.o]\ntheme = \"t\"\nname = \"O\"\n";
    let kr = "kr.1.objective = \"o\"\nkr.1.title = \"x\"\n";
    let inline = "kr.1.note = [{ on = 2025-03-01, text = \"a\" }";
    let row = "\n# as told by Ana\n[[kr.1.note]]\non = 2025-09-01\ntext = \"b\"\n";
    let merged = merged(
        &format!("{kr}{tail}"),
        &format!("{kr}{inline}] # at the fair\n{tail}"),
        &format!("{kr}{tail}{row}"),
    );
    let note = ", { on = 2025-09-01, text = \"b\" }] # at the fair\n";
    assert_eq!(
        merged.text(&Marks::default()),
        format!("{kr}{inline}{note}{tail}\n# as told by Ana\n")
    );
    assert_eq!(
        merged.notices[0].to_string(),
        "1 comment found no place: at the end of the file now"
    );
}

#[test]
fn what_the_format_does_not_know_is_merged_by_key() {
    check_with(
        &[
            ("current = 3\n", "current = 3\njira = \"L-3\"\n"),
            ("[kr.2]", "[tool.x]\na = 1\nb = 2\n\n[kr.2]"),
        ],
        &[("current = 3\n", "current = 4\nteam = { a = 1 }\n")],
        &[
            (
                "current = 3\n",
                "current = 4\njira = \"L-3\"\nteam = { a = 1 }\n",
            ),
            ("[kr.2]", "[tool.x]\na = 1\nb = 2\n\n[kr.2]"),
        ],
    );
}

#[test]
fn other_layouts_merge_by_key_too() {
    let tail = "[theme.t]\nname = \"T\"\n[objective.o]\ntheme = \"t\"\nname = \"O\"\n[cycle.c]\n\
                name = \"C\"\nstart = 2024-01-01\nend = 2024-12-31\n[plan]\nname = \"P\"\n";
    for (base, ours, theirs, expected) in [
        (
            "kr.1.objective = \"o\"\nkr.1.title = \"x\"\nkr.1.current = 1\n",
            "kr.1.objective = \"o\"\nkr.1.title = \"y\"\nkr.1.current = 1\n",
            "kr.1.objective = \"o\"\nkr.1.title = \"x\"\nkr.1.current = 2\n",
            "kr.1.objective = \"o\"\nkr.1.title = \"y\"\nkr.1.current = 2\n",
        ),
        (
            "[kr]\n1 = { objective = \"o\", title = \"x\", current = 1 }\n",
            "[kr]\n1 = { objective = \"o\", title = \"y\", current = 1 }\n",
            "[kr]\n1 = { objective = \"o\", title = \"x\", current = 2, due = 2024-05-01 } # c\n",
            "[kr]\n1 = { objective = \"o\", title = \"y\", current = 2, due = 2024-05-01 } # c\n",
        ),
        (
            "[kr.1]\nobjective = \"o\"\ntitle = \"x\"\nnote = [{ on = 2024-01-01, text = \"a\" }]\n",
            "[kr.1]\nobjective = \"o\"\ntitle = \"x\"\nnote = [{ on = 2024-01-01, text = \"a\" }, { on = 2024-01-02, text = \"b\" }]\n",
            "[kr.1]\nobjective = \"o\"\ntitle = \"x\"\nnote = [{ on = 2024-01-01, text = \"a\" }, { on = 2024-01-03, text = \"c\" }]\n",
            "[kr.1]\nobjective = \"o\"\ntitle = \"x\"\nnote = [{ on = 2024-01-01, text = \"a\" }, { on = 2024-01-02, text = \"b\" }, { on = 2024-01-03, text = \"c\" }]\n",
        ),
        (
            // Notes inline here, under headers there.
            "kr.1.objective = \"o\"\nkr.1.title = \"x\"\n[person.a]\n",
            "kr.1.objective = \"o\"\nkr.1.title = \"x\"\nkr.1.note = [{ on = 2024-01-01, text = \"a\" }]\n[person.a]\n",
            "kr.1.objective = \"o\"\nkr.1.title = \"x\"\n[person.a]\n[[kr.1.note]]\non = 2024-01-02\ntext = \"b\"\n",
            "kr.1.objective = \"o\"\nkr.1.title = \"x\"\nkr.1.note = [{ on = 2024-01-01, text = \"a\" }, { on = 2024-01-02, text = \"b\" }]\n[person.a]\n",
        ),
        (
            // One side laid the file out anew.
            "[kr.1]\nobjective = \"o\"\ntitle = \"x\"\ncurrent = 1\n",
            "[kr]\n1 = { objective = \"o\", title = \"x\", current = 1 }\n",
            "[kr.1]\nobjective = \"o\"\ntitle = \"x\"\ncurrent = 2\n",
            "[kr]\n1 = { objective = \"o\", title = \"x\", current = 2 }\n",
        ),
        (
            "[kr.1]\nobjective = \"o\"\ntitle = \"x\"\ncurrent = 1\n",
            "[kr.1]\nobjective = \"o\"\ntitle = \"x\"\ncurrent = 2\n",
            "# laid out anew\n[kr]\n1 = { objective = \"o\", title = \"x\", current = 1 }\n",
            "# laid out anew\n[kr]\n1 = { objective = \"o\", title = \"x\", current = 2 }\n",
        ),
    ] {
        let whole = |text: &str| format!("{text}{tail}");
        check(&whole(base), &whole(ours), &whole(theirs), &whole(expected));
    }
}
