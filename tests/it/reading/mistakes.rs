//! What a slip of the pen costs, and what loti says of it.

use super::{HEAD, PLAN, check, shown};
use crate::tree::read;

#[test]
fn a_mistake_loses_nothing_but_itself() {
    let title = "title = \"Complete the Data Capacity Discovery\"";
    let line = PLAN.lines().position(|line| line == title).expect("KR 3") + 1;
    for (broken, message) in [
        ("title \"Complete\"", "expected `=`"),
        ("title = \"Complete", "quote"),
        ("title = Complete", "quoted"),
        ("partners = [\"a\"", "unclosed array"),
        ("links = { url = \"a\"", "unclosed inline table"),
        ("title = \"\"\"Complete", "unclosed multi-line text"),
        (r#"title = """Complete\""""#, "unclosed multi-line text"),
        ("title = '''Complete", "unclosed multi-line text"),
    ] {
        let text = PLAN.replace(title, broken);
        let document = read(&text);
        let found = shown(&text);
        assert_eq!(found.len(), 1, "{broken}\n{found:#?}");
        assert!(found[0].contains("toml-syntax"), "{broken}\n{found:?}");
        assert!(found[0].contains(message), "{broken}\n{found:?}");
        assert!(
            found[0].starts_with(&line.to_string()),
            "{broken}\n{found:?}"
        );
        let mut sound = read(PLAN).plan.key_results;
        let mut left = document.plan.key_results;
        assert_eq!(left.len(), 25, "{broken}");
        sound.shift_remove("3");
        left.shift_remove("3");
        assert_eq!(left, sound, "{broken}");
    }
}

#[test]
fn a_bracket_or_text_that_another_table_closes_takes_no_table_with_it() {
    let broken = |open: &str, close: &str| {
        format!(
            "{open}\n[kr.3]\nobjective = \"outreach\"\ntitle = \"Third\"\n\n\
             [kr.4]\nobjective = \"outreach\"\ntitle = \"Fourth\"\n{close}\n\n\
             [[kr.4.note]]\non = 2024-02-01\ntext = \"x\"\n\n\
             [kr.5]\nobjective = \"outreach\"\ntitle = \"Fifth\"\n"
        )
    };
    for (open, close) in [
        ("needs = [", "tags = [\"a\"]]"),
        ("needs = [\n  \"kr.1\",", "]"),
        ("links = [{ url = \"a\",", "}]"),
        ("about = \"\"\"a", "about = \"\"\"b"),
        ("about = '''a", "about = '''b"),
    ] {
        let below = broken(open, close);
        check(&below, &[&["22 toml-syntax unclosed"], &["toml-syntax"]]);
        let plan = read(&format!("{HEAD}{below}")).plan;
        assert_eq!(plan.key_results.len(), 5, "{below}");
        assert_eq!(plan.key_results["3"].title, "Third", "{below}");
        assert_eq!(plan.key_results["4"].note.len(), 1, "{below}");
        assert_eq!(plan.key_results["5"].title, "Fifth", "{below}");
    }
    // What is meant as a text stays one.
    check("about = \"\"\"\n[kr.3]\n\"\"\"\n", &[]);
    check("partners = [\"\"\"\n[kr.3]\n\"\"\", \"b\"]\n", &[]);
}

#[test]
fn names_given_twice_show_both_places() {
    check(
        "[kr.1]\ntitle = \"Again\"\n",
        &[&["22+15 duplicate-id the id `1` is given twice", "rename"]],
    );
    check(
        "owner = \"a\"\nowner = \"b\"\n",
        &[&["23+22 duplicate-id `owner` is given twice"]],
    );
    check(
        "ask = \"a\"\nask.b = 1\n",
        &[&["23+22 duplicate-id `ask` already has a value"]],
    );
    check(
        "links = [{ url = \"a\", url = \"b\" }]\n",
        &[&["22+22 duplicate-id `url` is given twice"]],
    );
    check("[kr.2.title]\n", &[&["22+21 duplicate-id `title`"]]);
    check(
        "x = 1\nx = 2\n",
        &[&["22 unknown-key"], &["23+22 duplicate-id"]],
    );
}

#[test]
fn a_key_below_a_note_is_told_where_it_belongs() {
    check(
        "[[kr.2.note]]\non = 2024-02-01\ntext = \"x\"\nstatus = \"done\"\n",
        &[&[
            "25 unknown-key a note has no key `status`",
            "move the line up",
        ]],
    );
}

#[test]
fn misspelt_words_get_the_nearest() {
    check(
        "staus = \"done\"\n",
        &[&[
            "22 unknown-key a key result has no key `staus`",
            "did you mean `status`?",
        ]],
    );
    check(
        "status = \"doen\"\n",
        &[&[
            "22 unknown-status `status` cannot be `doen`",
            "did you mean `done`?",
        ]],
    );
    check(
        "[objectve.x]\nname = \"x\"\n",
        &[&[
            "22 unknown-key loti knows no table `objectve`",
            "did you mean `objective`?",
        ]],
    );
    check(
        "needs = [\"kr.11\"]\n",
        &[&[
            "22 unknown-reference there is no key result `11`",
            "did you mean `1`?",
        ]],
    );
    check(
        "[kr.3]\nobjective = \"outreech\"\ntitle = \"x\"\n",
        &[&[
            "23 unknown-reference there is no objective `outreech`",
            "did you mean `outreach`?",
        ]],
    );
    check(
        "[objective.x]\nnme = \"x\"\ntheme = \"reach\"\n",
        &[
            &["22 missing-key this objective has no `name`"],
            &[
                "23 unknown-key an objective has no key `nme`",
                "did you mean `name`?",
            ],
        ],
    );
}
