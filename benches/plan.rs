//! The plan that is measured: as many key results as wanted, each of about 380 bytes with two
//! notes, the same text at every run.

use std::fmt::Write as _;

/// The day from which the plan is looked at, in the middle of its only cycle.
pub(crate) const TODAY: &str = "2021-09-20";

const HEAD: &str = r#"[plan]
name = "A big plan"
owner = "ada"

[cycle.q3]
name = "Quarter 3"
start = 2021-07-15
end = 2021-10-15

[person.ada]
name = "Ada Byron"

[person.ben]
name = "Ben Adeyemi"
"#;

/// How many key results an objective has, and how many objectives a theme.
const TO_EACH: usize = 25;

/// Writes the text of a plan.
pub(crate) fn text(key_results: usize) -> String {
    let mut text = String::with_capacity(HEAD.len() + 400 * key_results);
    text.push_str(HEAD);
    for number in 0..key_results {
        let objective = number / TO_EACH;
        if number % (TO_EACH * TO_EACH) == 0 {
            let theme = objective / TO_EACH;
            write!(text, "\n[theme.t{theme}]\nname = \"Theme {theme}\"\n")
                .expect("a String takes all");
        }
        if number % TO_EACH == 0 {
            let theme = objective / TO_EACH;
            write!(
                text,
                "\n[objective.o{objective}]\ntheme = \"t{theme}\"\nname = \"Objective {objective}\"\n"
            )
            .expect("a String takes all");
        }
        key_result(&mut text, number, objective).expect("a String takes all");
    }
    text
}

fn key_result(text: &mut String, number: usize, objective: usize) -> std::fmt::Result {
    let id = number + 1;
    let status = ["on-track", "on-track", "at-risk", "done", "not-started"][number % 5];
    let day = 10 + number % 20;
    write!(
        text,
        r#"
[kr.{id}]
objective = "o{objective}"
title = "Publish what borough {id} learned about its open data"
status = "{status}"
"#
    )?;
    // Every way to measure comes up.
    match number % 3 {
        0 => writeln!(
            text,
            "target = 400\ncurrent = {}\nunit = \"books\"",
            number % 400
        )?,
        1 => writeln!(
            text,
            "owner = \"ben\"\ndue = 2021-10-{day} # before the end"
        )?,
        _ => writeln!(text, "progress = {}", number % 100)?,
    }
    write!(
        text,
        r#"
[[kr.{id}.note]]
on = 2021-08-{day}
by = "ada"
text = "The first talks went well; we wait for figures."

[[kr.{id}.note]]
on = 2021-09-{day}
by = "ben"
text = "The figures are here and are being checked."
"#
    )
}
