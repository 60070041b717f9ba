//! The layouts in which the same plan may be written.

use super::HEAD;
use crate::tree::read;

#[test]
fn a_plan_is_the_same_in_every_layout() {
    let plan = read(HEAD).plan;
    let dotted = r#"plan.name = "Plan"
cycle.q1.name = "Quarter 1"
cycle.q1.start = 2024-01-01
cycle.q1.end = 2024-03-31
theme.reach.name = "Reach"
objective.outreach = { theme = "reach", name = "Outreach" }
kr.1.objective = "outreach"
kr.1.title = "First"
kr.2.objective = "outreach"
kr.2.title = "Second"
"#;
    let inline = r#"plan = { name = "Plan" }
cycle = { q1 = { name = "Quarter 1", start = 2024-01-01, end = 2024-03-31 } }
theme.reach = { name = 'Reach' }
objective.outreach = { theme = "reach", name = "Outreach" }
[kr]
1 = { objective = "outreach", title = "First" }
2 = { objective = "outreach", title = "Second" }
"#;
    let notes = "[[kr.2.note]]\non = 2024-02-01\ntext = \"x\"\n[[kr.2.note]]\non = 2024-02-02\ntext = \"y\"\n";
    let rows = "note = [{ on = 2024-02-01, text = \"x\" }, { on = 2024-02-02, text = \"y\" }]\n";
    for text in [
        dotted.to_owned(),
        inline.to_owned(),
        HEAD.replace('\n', "\r\n"),
        format!("\u{feff}{HEAD}"),
        HEAD.replace("[kr.", "[\"kr\".").replace("title", "'title'"),
        HEAD.replace("[kr.2]", "  [ kr . \"2\" ] # second"),
        HEAD.trim_end().to_owned(),
    ] {
        let document = read(&text);
        assert_eq!(document.problems, [], "{text}");
        assert_eq!(document.plan, plan, "{text}");
    }
    let with_notes = read(&format!("{HEAD}{notes}"));
    assert_eq!(with_notes.problems, []);
    assert_eq!(with_notes.plan, read(&format!("{HEAD}{rows}")).plan);
    assert_eq!(with_notes.plan.key_results["2"].note.len(), 2);
}
