//! What no text can do: take a stack, or a thousand lines to be refused.

use super::{check, problems};

#[test]
fn depth_is_bounded_without_a_stack() {
    for depth in [81, 100_000] {
        for (open, close) in [("[", "]"), ("{a=", "}"), ("[{a=", "}]")] {
            let value = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            let found = problems(&format!("x = {value}\n"));
            let syntax = found.iter().filter(|found| found.contains("toml-syntax"));
            assert_eq!(syntax.count(), 1, "{open} {depth}\n{found:#?}");
        }
    }
    check(
        &format!("x = {}1{}\n", "[".repeat(80), "]".repeat(80)),
        &[&["unknown-key"]],
    );
    check(
        &format!("partners = {}\n", "[".repeat(1000)),
        &[&["22 toml-syntax"]],
    );
    check(
        &format!("{} = 1\n", vec!["a"; 100_000].join(".")),
        &[&["22 unknown-key"]],
    );
}

#[test]
fn a_thousand_problems_of_a_rule_are_enough() {
    let unknown: Vec<String> = (0..1500).map(|number| format!("u{number} = 1\n")).collect();
    let found = problems(&unknown.concat());
    assert_eq!(found.len(), 1000);
    assert!(
        found[999].contains("500 more of this kind"),
        "{}",
        found[999]
    );
}
