//! What is no TOML, or not the TOML that every reader takes.

use super::{HEAD, check, problems};
use crate::tree::read;

#[test]
fn conflict_markers_are_told_as_such() {
    for below in [
        "<<<<<<< HEAD\nstatus = \"done\"\n=======\nstatus = \"at-risk\"\n>>>>>>> other\n",
        "<<<<<<< HEAD\r\nstatus = \"done\"\r\n||||||| base\r\n=======\r\n>>>>>>> other\r\n",
        "<<<<<<< HEAD\n[kr.3]\nobjective = \"outreach\"\ntitle = \"a\"\n=======\n[kr.3]\nobjective = \"outreach\"\ntitle = \"b\"\n>>>>>>> x\n",
        "partners = [\n<<<<<<< HEAD\n  \"a\",\n=======\n  \"b\",\n>>>>>>> other\n]\n",
    ] {
        let found = problems(below);
        assert_eq!(found.len(), 1, "{below}\n{found:#?}");
        assert!(found[0].contains("conflict-markers"), "{below}\n{found:?}");
    }
    let two = "<<<<<<< a\n=======\n>>>>>>> b\n";
    check(
        &format!("{two}{two}"),
        &[&["22 conflict"], &["25 conflict"]],
    );
    check("about = \"\"\"\n=======\n\"\"\"\n", &[]);
    // A text over several lines takes a whole conflict in, and the file is TOML all the same.
    check(
        "about = \"\"\"\n<<<<<<< a\nOne.\n=======\nTwo.\n>>>>>>> b\n\"\"\"\n",
        &[&["23 conflict", "kr.2.about"]],
    );
}

#[test]
fn toml_1_1_is_read_with_a_warning() {
    for below in [
        "links = [{ url = \"a\", }]\n",
        "links = [{ url = \"a\"\n}]\n",
        "short = \"\\e[0m\"\n",
        "short = \"\\x41\"\n",
        "about = \"\"\"\nA \\x41\"\"\"\n",
    ] {
        check(below, &[&["toml-1-1"]]);
        let document = read(&format!("{HEAD}{below}"));
        assert!(!document.is_refused(), "{below}");
    }
    check(
        "x = 07:32\n",
        &[&["22 unknown-key"], &["22 toml-1-1", "seconds"]],
    );
    check("short = \"\\\\e\"\n", &[]);
}

#[test]
fn stray_bytes_are_told_where_they_stand() {
    for below in [
        "short = \"a\0b\"\n",
        "short = \"a\"\0\n",
        "\0\n",
        "short = \"a\"\rowner = \"b\"\n",
    ] {
        let found = problems(below);
        assert_eq!(found.len(), 1, "{below:?}\n{found:#?}");
        assert!(
            found[0].starts_with("22 toml-syntax"),
            "{below:?}\n{found:?}"
        );
    }
}
