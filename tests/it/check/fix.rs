//! What `--fix` mends, and that it touches nothing else.

mod laws;

use loti::check::{Fixed, Levels, Mended, Piece, Wish, check, fix};
use loti::diagnostic::Rule;

use super::{HEAD, day};
use crate::tree::read;

fn fixed(text: &str) -> Fixed {
    fixed_as(text, &Wish::default())
}

fn fixed_as(text: &str, wish: &Wish) -> Fixed {
    fix(read(text), wish, day())
}

fn text(fixed: &Fixed) -> &str {
    fixed.document.source.text()
}

/// Checks that a text is mended to another, in every way the rest of the file may be written, and
/// that its outcome stays as it is.
#[track_caller]
fn mends(before: &str, after: &str) {
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let bom = |text: &str| format!("\u{feff}{text}");
    let open = |text: &str| text.trim_end().to_owned();
    for write in [
        &str::to_owned as &dyn Fn(&str) -> String,
        &crlf,
        &bom,
        &open,
    ] {
        let whole = |text: &str| write(&format!("{HEAD}{text}"));
        let fixed = fixed(&whole(before));
        assert_eq!(text(&fixed), whole(after), "{before}");
        assert_eq!(
            fixed.mended.is_empty(),
            before == after,
            "{before}\n{:#?}",
            fixed.mended
        );
    }
    if before != after {
        mends(after, after);
    }
}

/// Checks that a text is left as it is.
#[track_caller]
fn leaves(text: &str) {
    mends(text, text);
}

/// A key result to which a line is added.
fn key_result(line: &str) -> String {
    format!("[kr.1]\nobjective = \"outreach\"\ntitle = \"Lend books\"\n{line}\n")
}

#[track_caller]
fn mends_line(before: &str, after: &str) {
    mends(&key_result(before), &key_result(after));
}

#[track_caller]
fn leaves_line(line: &str) {
    leaves(&key_result(line));
}

#[test]
fn closed_words_get_the_only_near_spelling() {
    mends_line("status = \"on_track\"", "status = \"on-track\"");
    mends_line(
        "status = \"On track\" # fine",
        "status = \"on-track\" # fine",
    );
    mends_line("status = 'droped'", "status = 'dropped'");
    mends_line("status = \"\"\"doen\"\"\"", "status = \"\"\"done\"\"\"");
    mends_line("status = '''doen'''", "status = '''done'''");
    mends_line("kind = \"commited\"", "kind = \"committed\"");
    mends_line("cadence = \"Weekly\"", "cadence = \"weekly\"");
    mends_line("visibility = \"privat\"", "visibility = \"private\"");
    mends_line("status = \"d\\u006Fen\"", "status = \"done\"");
    // What may mean another thing is left to a person.
    leaves_line("status = \"undone\"");
    leaves_line("status = \"o-track\"");
    leaves_line("status = \"finished\"");
    leaves_line("kind = \"completed\"");
    leaves_line("cadence = \"biweekly\"");
    leaves_line("status = \"\"\"\ndoen\"\"\"");
}

#[test]
fn each_word_of_a_list_is_mended_or_none() {
    let list = |words: &str| HEAD.replace("[plan]\n", &format!("[plan]\npublish = {words}\n"));
    let mended = |words: &str| text(&fixed(&list(words))).to_owned();
    assert_eq!(
        mended("[\"Notes\", 'peple']"),
        list("[\"notes\", 'people']")
    );
    assert_eq!(
        mended("[\n  \"notes\", # all\n  \"peple\",\n]"),
        list("[\n  \"notes\", # all\n  \"people\",\n]")
    );
    assert_eq!(mended("[\"Notes\", \"all\"]"), list("[\"Notes\", \"all\"]"));
}

#[test]
fn what_stands_in_quotes_and_should_not_loses_them() {
    mends_line("due = \"2024-02-01\"", "due = 2024-02-01");
    mends_line("due = '2024-02-01' # soon", "due = 2024-02-01 # soon");
    mends_line(
        "current = \"260\"\ntarget = '4_00'",
        "current = 260\ntarget = 4_00",
    );
    mends_line("current = \"-2.5\"", "current = -2.5");
    mends_line("ongoing = \"true\"", "ongoing = true");
    mends_line(
        "milestone.route = { name = \"x\", due = \"2024-02-01\", done = \"false\" }",
        "milestone.route = { name = \"x\", due = 2024-02-01, done = false }",
    );
    mends_line(
        "note = [{ on = \"2024-02-01\", text = \"2024-02-01\" }]",
        "note = [{ on = 2024-02-01, text = \"2024-02-01\" }]",
    );
    mends_line(
        "[[kr.1.note]]\non = \"2024-02-01\"\ntext = \"x\"",
        "[[kr.1.note]]\non = 2024-02-01\ntext = \"x\"",
    );
    for line in [
        "due = \"2024-02-30\"",
        "due = \"1 February 2024\"",
        "due = \" 2024-02-01\"",
        "due = \"2024-02-01T08:00:00\"",
        "due = \"\"\"\n2024-02-01\"\"\"",
        "current = \"260 books\"",
        "current = \"1,000\"",
        "current = \"007\"",
        "current = \"inf\"",
        "current = \"true\"",
        "current = \"2024-02-01\"",
        "current = \"5 # five\"",
        "current = \"5\\ntarget = 6\"",
        "current = \"\"",
        "ongoing = \"yes\"",
        "ongoing = \"True\"",
        "ongoing = \"1\"",
    ] {
        leaves_line(line);
    }
}

#[test]
fn a_number_that_stands_for_an_id_gets_quotes() {
    let two = |id: &str| {
        let first = key_result("");
        format!("{first}[kr.2]\nobjective = \"outreach\"\ntitle = \"b\"\ncontinues = {id}\n")
    };
    mends(&two("1"), &two("\"1\""));
    // There is no such key result.
    leaves(&two("3"));
    leaves(&two("1.5"));
}

#[test]
fn misspelt_keys_get_the_only_near_name_if_that_is_free() {
    mends_line("staus = \"done\"", "status = \"done\"");
    mends_line("\"staus\" = \"done\"", "\"status\" = \"done\"");
    mends_line("'staus' = \"done\"", "'status' = \"done\"");
    mends_line("Due = 2024-02-01", "due = 2024-02-01");
    mends_line("At_Least = 5", "at-least = 5");
    mends_line(
        "note = [{ on = 2024-02-01, txt = \"x\" }]",
        "note = [{ on = 2024-02-01, text = \"x\" }]",
    );
    mends_line("milestone.a.nmae = \"x\"", "milestone.a.name = \"x\"");
    mends_line("milestons.a.name = \"x\"", "milestone.a.name = \"x\"");
    mends_line(
        "milestons.a = { name = \"x\" }",
        "milestone.a = { name = \"x\" }",
    );
    mends_line(
        "[[kr.1.notes]]\non = 2024-02-01\ntext = \"x\"",
        "[[kr.1.note]]\non = 2024-02-01\ntext = \"x\"",
    );
    for line in [
        // The name is taken, above or below, or wanted twice.
        "staus = \"done\"\nstatus = \"done\"",
        "status = \"done\"\nstaus = \"done\"",
        "staus = \"done\"\nstatuss = \"done\"",
        "staus = \"done\"\nstatuss = \"done\"\nsttus = \"done\"",
        // Another word, or as near to a second name.
        "task = \"Ring the council\"",
        "at-lest = 5",
        "x-unknown = 5",
        // It cannot take what stands there.
        "currency = \"EUR\"",
        "staus = \"finished\"",
        "comment = \"5\"",
        "staus.a = 1",
        // What it switches off should be seen by somebody.
        "alow = [{ rule = \"no-owner\", why = \"x\" }]",
    ] {
        leaves_line(line);
    }
    leaves("[check]\nlevls = { stale = \"off\" }\n");
    leaves("[chek]\nlevels = { stale = \"off\" }\n");
}

#[test]
fn misspelt_tables_get_the_only_near_name() {
    mends(
        "[objectiv.bus]\ntheme = \"reach\"\nname = \"Bus\"\n\n[objectiv.van]\ntheme = \"reach\"\nname = \"Van\"\n",
        "[objective.bus]\ntheme = \"reach\"\nname = \"Bus\"\n\n[objective.van]\ntheme = \"reach\"\nname = \"Van\"\n",
    );
    mends(
        "[peson]\nlibrary-team.name = \"Team\"\n",
        "[person]\nlibrary-team.name = \"Team\"\n",
    );
    // Its quotes are open.
    leaves("['objectiv\ne'.bus]\ntheme = \"reach\"\nname = \"Bus\"\n");
    // The id is taken.
    leaves("[objectiv.outreach]\ntheme = \"reach\"\nname = \"Bus\"\n");
}

#[test]
fn the_same_is_mended_in_every_layout() {
    for (before, after) in [
        (
            "kr.1 = { objective = \"outreach\", titel = 'x', due = '2024-02-01' }\n",
            "kr.1 = { objective = \"outreach\", title = 'x', due = 2024-02-01 }\n",
        ),
        (
            "kr.1.objective = \"outreach\"\nkr . 1 . titel = \"x\"\nkr.1.status = \"Done\"\n",
            "kr.1.objective = \"outreach\"\nkr . 1 . title = \"x\"\nkr.1.status = \"done\"\n",
        ),
        (
            "[kr]\n\"1\".objective = \"outreach\"\n\"1\".\"titel\" = \"x\"\n",
            "[kr]\n\"1\".objective = \"outreach\"\n\"1\".\"title\" = \"x\"\n",
        ),
        (
            "[ kr . '1' ]\n\tobjective=\"outreach\"\n\ttitel=\"x\"\t# x\n",
            "[ kr . '1' ]\n\tobjective=\"outreach\"\n\ttitle=\"x\"\t# x\n",
        ),
    ] {
        // Dotted keys at the top of the file stand above its first header.
        let is_top = before.starts_with("kr");
        let whole = |text: &str| {
            if is_top {
                format!("{text}{HEAD}")
            } else {
                format!("{HEAD}{text}")
            }
        };
        let fixed = fixed(&whole(before));
        assert_eq!(text(&fixed), whole(after));
        assert!(
            !fixed.document.is_refused(),
            "{:#?}",
            fixed.document.problems
        );
    }
}

#[test]
fn unseen_characters_are_taken_out() {
    mends_line(
        "about = \"a\u{200b}b\u{202e}c\"\nask = 'd\u{2060}'",
        "about = \"abc\"\nask = 'd'",
    );
    // The key can be read again.
    mends_line("sta\u{200b}tus = \"done\"", "status = \"done\"");
    // Two mistakes at one place.
    mends_line("status = \"on\u{200b}_track\"", "status = \"on-track\"");
    // It would be the id of another.
    let both = format!(
        "{}[kr.\"1\u{200b}\"]\nobjective = \"outreach\"\ntitle = \"b\"\n",
        key_result("")
    );
    leaves(&both);
}

#[test]
fn what_cannot_be_read_elsewhere_is_no_hindrance() {
    mends_line("x y\nstatus = \"doen\"", "x y\nstatus = \"done\"");
    mends_line(
        "about = \"open\nstatus = \"doen\"",
        "about = \"open\nstatus = \"done\"",
    );
    // Behind an open bracket nothing is known.
    leaves_line("tags = [\nstatus = \"doen\"");
    mends(
        "<<<<<<< ours\n[kr.1]\nobjective = \"outreach\"\ntitle = \"a\"\nstatus = \"doen\"\n=======\n>>>>>>> theirs\n",
        "<<<<<<< ours\n[kr.1]\nobjective = \"outreach\"\ntitle = \"a\"\nstatus = \"done\"\n=======\n>>>>>>> theirs\n",
    );
}

#[test]
fn a_fix_that_does_harm_is_left_out_and_the_others_are_made() {
    let before = format!(
        "{}[objectiv.outreach]\nname = \"Again\"\n\n[kr.2]\nobjective = \"outreach\"\ntitel = \"b\"\n",
        key_result("status = \"doen\"")
    );
    let after = before.replace("doen", "done").replace("titel", "title");
    mends(&before, &after);
}

#[test]
fn only_rules_that_are_on_are_mended() {
    let before = format!(
        "{HEAD}{}",
        key_result("status = \"doen\"\nabout = \"a\u{200b}b\"")
    );
    let rule = |name: &'static str| Rule(name);
    let except = Wish {
        except: vec![rule("hidden-characters")],
        ..Wish::default()
    };
    let after = before.replace("doen", "done");
    assert_eq!(text(&fixed_as(&before, &except)), after);
    // Allowed for the whole file.
    let allow = "[check]\nallow = [{ rule = \"hidden-characters\", why = \"x\" }]\n";
    let allowed = format!("{before}{allow}");
    assert_eq!(text(&fixed(&allowed)), format!("{after}{allow}"));
}

#[test]
fn what_was_mended_is_told_with_its_line() {
    let fixed = fixed(&format!(
        "{HEAD}{}",
        key_result("staus = \"done\"\ndue = '2024-02-01'")
    ));
    let line = HEAD.lines().count() as u32 + 4;
    let told = fixed.mended.iter().map(|mended| {
        let Mended { problem, pieces } = mended;
        let pieces = pieces
            .iter()
            .map(|Piece { line, was, is }| (*line, &**was, &**is));
        (problem.rule.0, pieces.collect::<Vec<_>>())
    });
    let told: Vec<_> = told.collect();
    assert_eq!(
        told,
        [
            ("unknown-key", vec![(line, "staus", "status")]),
            ("wrong-type", vec![(line + 1, "'2024-02-01'", "2024-02-01")]),
        ]
    );
}

#[test]
fn every_fix_is_told_in_the_help_of_its_finding() {
    let text = format!(
        "{HEAD}{}",
        key_result("staus = \"done\"\ndue = '2024-02-01'\nkind = \"commited\"\ncontinues = 7")
    );
    let document = read(&text);
    let levels = Levels::new(&document.plan, &Wish::default());
    let report = check(&document, &levels, day());
    let fixable: Vec<_> = report
        .findings
        .iter()
        .filter(|found| found.fix.is_some())
        .collect();
    assert_eq!(fixable.len(), 4, "{fixable:#?}");
    assert_eq!(report.fixable, 4);
    for found in fixable {
        assert!(found.help[0].starts_with("did you mean"), "{found:#?}");
    }
}

#[test]
fn thousands_of_mistakes_are_mended_in_a_few_rounds() {
    let late = "status = \"Done\"\ndue = \"2024-02-01\"\n";
    let all =
        (0..3000).map(|id| format!("[kr.{id}]\nobjective = \"outreach\"\ntitle = \"x\"\n{late}"));
    let before = format!("{HEAD}{}", all.collect::<String>());
    let after = before
        .replace("Done", "done")
        .replace("\"2024-02-01\"", "2024-02-01");
    let fixed = fixed(&before);
    assert_eq!(text(&fixed), after);
    assert_eq!(fixed.mended.len(), 6000);
}
