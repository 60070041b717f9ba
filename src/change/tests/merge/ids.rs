//! One set of ids, before anything is compared.

use super::{PLAN, check, merged, with};
use crate::change::merge::{Options, Side, Texts, merge};

#[test]
fn what_one_side_renamed_is_edited_under_its_new_id() {
    let renamed = PLAN.replace("kr.1", "kr.10").replace("[\"1\"]", "[\"10\"]");
    let edited = with(&[
        ("current = 3", "current = 4"),
        (
            "needs = [\"1\"]\n",
            "needs = [\"1\"]\n\n[kr.3]\nobjective = \"p\"\ntitle = \"T\"\ncontinues = \"1\"\n",
        ),
    ]);
    let both = renamed.replace("current = 3", "current = 4")
        + "\n[kr.3]\nobjective = \"p\"\ntitle = \"T\"\ncontinues = \"10\"\n";
    check(PLAN, &renamed, &edited, &both);
    check(PLAN, &edited, &renamed, &both);
}

#[test]
fn what_both_renamed_goes_by_our_id() {
    let renamed = |id: &str| PLAN.replace("kr.2", id);
    let merged = merged(
        PLAN,
        &renamed("kr.20"),
        &renamed("kr.21").replace("Read aloud\"", "Read aloud\"\nowner = \"ana\""),
    );
    assert!(merged.is_clean());
    let text = renamed("kr.20").replace("Read aloud\"", "Read aloud\"\nowner = \"ana\"");
    assert_eq!(merged.side(Side::Ours), text);
    let notices: Vec<String> = merged.notices.iter().map(ToString::to_string).collect();
    assert_eq!(
        notices,
        ["kr.2 was renamed to kr.20 here and to kr.21 there: it is kr.20"]
    );
}

#[test]
fn two_things_under_one_id_get_an_id_each() {
    let new = |id: &str, title: &str, rest: &str| {
        format!("{PLAN}\n[kr.{id}]\nobjective = \"p\"\ntitle = \"{title}\"\n{rest}")
    };
    let ours = new("3", "Ours", "");
    let theirs = new(
        "3",
        "Theirs",
        "\n[kr.4]\nobjective = \"p\"\ntitle = \"More\"\nneeds = [\"3\"]\n",
    );
    let texts = Texts {
        base: PLAN,
        ours: &ours,
        theirs: &theirs,
    };
    for (taken, id) in [(None, "5"), (Some("kr.5"), "6")] {
        let options = Options {
            taken: taken.iter().map(|at| at.parse().unwrap()).collect(),
            ..Options::default()
        };
        let merged = merge(texts, &options);
        assert!(merged.is_clean());
        let expected = format!(
            "{ours}\n[kr.{id}]\nobjective = \"p\"\ntitle = \"Theirs\"\n\n\
             [kr.4]\nobjective = \"p\"\ntitle = \"More\"\nneeds = [\"{id}\"]\n"
        );
        assert_eq!(merged.side(Side::Ours), expected);
        let notices: Vec<String> = merged.notices.iter().map(ToString::to_string).collect();
        let told = format!("both sides added kr.3: theirs is kr.{id} now, and kr.4 names it so");
        assert_eq!(notices, [told]);
    }
}

#[test]
fn an_id_that_something_new_goes_by_is_followed_to_where_it_went() {
    let second = "[kr.2]\nobjective = \"o\"\ntitle = \"Read aloud\"\n";
    let moved = format!(
        "{}\n[kr.2]\nobjective = \"p\"\ntitle = \"New\"\n",
        PLAN.replace(second, &second.replace("kr.2", "kr.20"))
    );
    let edited = with(&[("\"Read aloud\"\n", "\"Read aloud\"\ncurrent = 1\n")]);
    let both = moved.replace("\"Read aloud\"\n", "\"Read aloud\"\ncurrent = 1\n");
    check(PLAN, &moved, &edited, &both);
    check(PLAN, &edited, &moved, &both);
}
