use super::HEAD;
use crate::change::{Change, diff};
use crate::document::Document;
use crate::model::Plan;
use crate::text::Source;

const PLAN: &str = "\
[theme.t]
name = \"Reach\"

[objective.o]
theme = \"t\"
name = \"Outreach\"

[objective.p]
theme = \"t\"
name = \"Rooms\"

[kr.1]
objective = \"o\"
title = \"Lend books\"
status = \"on-track\"

[kr.1.milestone.m]
name = \"Second route\"

[kr.2]
objective = \"o\"
title = \"Read aloud\"
needs = [\"kr.1\"]

[kr.3]
objective = \"p\"
title = \"Quiet rooms\"
";

fn plan(text: &str) -> Plan {
    let document = Document::read(Source::new("okrs.toml", format!("{HEAD}{text}")));
    assert!(!document.is_refused(), "{:?}", document.problems);
    document.plan
}

/// Returns in short what makes the one of the other.
fn told(after: &str) -> Vec<String> {
    let mut before = plan(PLAN);
    let changes = diff(&before, &plan(after));
    let words = changes.iter().map(|change| {
        let words = change.describe(&before);
        super::super::apply(&mut before, change).unwrap();
        words
    });
    words.collect()
}

#[test]
fn what_stands_under_a_new_id_unchanged_is_renamed_and_what_names_it_follows() {
    for (old, new, words) in [
        ("kr.1", "kr.10", "renamed kr.1 to kr.10"),
        (
            ".m]",
            ".route]",
            "renamed kr.1.milestone.m to kr.1.milestone.route",
        ),
    ] {
        assert_eq!(told(&PLAN.replace(old, new)), [words]);
    }
    let themes = PLAN.replace("[theme.t]", "[theme.reach]");
    let themes = themes.replace("theme = \"t\"", "theme = \"reach\"");
    assert_eq!(told(&themes), ["renamed theme.t to theme.reach"]);
}

#[test]
fn what_names_each_other_is_renamed_together() {
    let after = PLAN.replace("kr.1", "kr.10").replace("kr.2", "kr.20");
    let after = after.replace("[objective.o]", "[objective.out]");
    let after = after.replace("\"o\"", "\"out\"").replace(".m]", ".route]");
    assert_eq!(
        told(&after),
        [
            "renamed objective.o to objective.out",
            "renamed kr.2 to kr.20",
            "renamed kr.1 to kr.10",
            "renamed kr.10.milestone.m to kr.10.milestone.route",
        ]
    );
}

#[test]
fn what_changed_as_well_is_known_by_its_title_and_its_parent() {
    let renamed = PLAN.replace("kr.1", "kr.10");
    assert_eq!(
        told(&renamed.replace("on-track", "at-risk")),
        ["renamed kr.1 to kr.10", "kr.10 status: on-track → at-risk"]
    );
    // With another title it is another key result.
    let after = renamed
        .replace("Lend books", "Lend films")
        .replace("on-track", "at-risk");
    let words = told(&after);
    assert_eq!(words.first().unwrap(), "added kr.10 “Lend films”");
    assert_eq!(words.last().unwrap(), "removed kr.1 “Lend books”");
    // So it is below another parent, unless all else is the same.
    let moved = PLAN.replace("kr.3", "kr.30").replace("\"p\"", "\"o\"");
    assert_eq!(
        told(&moved),
        ["added kr.30 “Quiet rooms”", "removed kr.3 “Quiet rooms”"]
    );
}

#[test]
fn where_several_could_be_meant_none_is() {
    let copy = "[kr.11]\nobjective = \"o\"\ntitle = \"Lend books\"\n";
    let after = PLAN.replace("kr.1", "kr.10").replace("on-track", "done");
    let words = told(&format!("{after}{copy}"));
    assert!(
        !words.iter().any(|words| words.starts_with("renamed")),
        "{words:?}"
    );
}

#[test]
fn many_renames_at_once_are_found_in_good_time() {
    let text = |prefix: &str| -> String {
        let key_results = (0..3000).map(|id| {
            format!(
                "[kr.{prefix}{id}]\nobjective = \"o\"\ntitle = \"same\"\nneeds = [\"{prefix}x\"]\n"
            )
        });
        let head = format!(
            "[theme.t]\nname = \"T\"\n[objective.o]\ntheme = \"t\"\nname = \"O\"\n[kr.{prefix}x]\nobjective = \"o\"\ntitle = \"other\"\n"
        );
        head + &key_results.collect::<String>()
    };
    let begun = std::time::Instant::now();
    let changes = diff(&plan(&text("a")), &plan(&text("b")));
    assert_eq!(changes.len(), 3001);
    assert!(
        changes
            .iter()
            .all(|change| matches!(change, Change::Rename { .. }))
    );
    // Looking each up among all would take minutes.
    assert!(begun.elapsed().as_secs() < 20);
}
