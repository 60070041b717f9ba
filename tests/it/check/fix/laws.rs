//! What holds of mending, whatever the plan: spelling comes back, and nothing else moves.

use loti::check::Fixed;
use loti::document::rules::{CONFLICT_MARKERS, TOML_SYNTAX};
use loti::model::{TableName, Type};
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, prop_assume};
use proptest::proptest;

use super::super::HEAD;
use super::{fixed, key_result, text};
use crate::layouts::{Choices, choices, plan, render};
use crate::tree::read;

/// Misspells a plan's text here and there so that one answer is left, and returns how often.
fn misspell(text: &mut String, choices: &mut Choices) -> usize {
    let mut count = 0;
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    for line in &mut lines {
        let swap = |line: &str, from: &str, to: &str| line.replacen(from, to, 1);
        let broken = match choices.below(8) {
            0 => swap(line, "status = \"on-track\"", "status = \"On track\""),
            1 => swap(line, "status = \"done\"", "status = \"doen\""),
            2 => swap(line, "kind = \"committed\"", "kind = \"comitted\""),
            3 => swap(line, "due = 2024-05-15", "due = \"2024-05-15\""),
            4 => swap(line, "start = 2024-01-15", "start = '2024-01-15'"),
            5 => swap(line, "target = 1", "target = \"1\""),
            6 => swap(line, "ongoing = true", "ongoing = \"true\""),
            _ => swap(line, "reviewer = \"plain\"", "revewer = \"plain\""),
        };
        count += usize::from(broken != *line);
        *line = broken;
    }
    *text = lines.concat();
    count
}

fn same_lines(before: &str, fixed: &Fixed) -> bool {
    let after = text(fixed);
    let pieces = fixed.mended.iter().flat_map(|mended| &mended.pieces);
    let changed: Vec<u32> = pieces.map(|piece| piece.line).collect();
    let lines = before.split('\n').zip(after.split('\n')).zip(1..);
    before.split('\n').count() == after.split('\n').count()
        && lines
            .into_iter()
            .all(|((old, new), line)| old == new || changed.contains(&line))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Spelling that was broken comes back, byte for byte, and with it the plan.
    #[test]
    fn broken_spelling_is_mended_to_what_it_was(mut choices in choices()) {
        let plan = plan(&mut choices);
        let sound = render(&plan, &mut choices);
        let mut broken = sound.clone();
        misspell(&mut broken, &mut choices);
        let fixed = fixed(&broken);
        prop_assert_eq!(text(&fixed), &sound);
        prop_assert_eq!(&fixed.document.plan, &plan);
    }

    /// A sound plan is left as it is.
    #[test]
    fn what_is_sound_stays(mut choices in choices()) {
        let plan = plan(&mut choices);
        let sound = render(&plan, &mut choices);
        let fixed = fixed(&sound);
        prop_assert_eq!(text(&fixed), &sound);
        prop_assert!(fixed.mended.is_empty());
    }

    /// Whatever happened to a text: mended twice is mended once, no other line changes, and where
    /// all of it could be read there are fewer problems then.
    #[test]
    fn mending_is_final_and_keeps_to_its_lines(
        mut choices in choices(),
        damage in proptest::collection::vec((any::<u16>(), 0_usize..12), 0..12),
    ) {
        let plan = plan(&mut choices);
        let mut broken = render(&plan, &mut choices);
        for (at, kind) in damage {
            let at = broken.floor_char_boundary(usize::from(at) % (broken.len() + 1));
            let piece = ["\"", "'", "[", "]", "\n", "\u{200b}", "a", "-", "= ", "}", "#", "\"\"\""][kind];
            if kind % 2 == 0 && at < broken.len() {
                broken.remove(at);
            }
            broken.insert_str(at, piece);
        }
        let once = fixed(&broken);
        prop_assert!(same_lines(&broken, &once), "{}\n=====\n{}\n{:#?}", broken, text(&once), once.mended);
        let twice = fixed(text(&once));
        prop_assert_eq!(text(&twice), text(&once));
        prop_assert!(twice.mended.is_empty(), "{:#?}", twice.mended);
        let problems = read(&broken).problems;
        let torn = [TOML_SYNTAX, CONFLICT_MARKERS];
        if !problems.iter().any(|problem| torn.contains(&problem.rule)) {
            prop_assert!(once.document.problems.len() <= problems.len());
        }
    }

    /// A key with a letter too many comes back or is left alone.
    #[test]
    fn a_slip_in_a_key_becomes_no_other_key(choice in any::<u16>(), slip in any::<u16>()) {
        let keys = TableName::KeyResult.keys();
        let key = &keys[usize::from(choice) % keys.len()];
        let value = match key.takes {
            Type::Date => "2024-02-01",
            Type::Number { .. } => "5",
            Type::Bool => "true",
            Type::Text => "\"x\"",
            Type::Texts => "[\"x\"]",
            _ => return Ok(()),
        };
        prop_assume!(key.name != "title");
        let (at, letter) = (usize::from(slip) % key.name.len(), b'a' + (slip / 64 % 26) as u8);
        let mut name = key.name.to_owned();
        name.insert(at + 1, letter.into());
        let line = |name: &str| format!("{HEAD}{}", key_result(&format!("{name} = {value}")));
        let fixed = fixed(&line(&name));
        let outcomes = [line(&name), line(key.name)];
        prop_assert!(outcomes.iter().any(|outcome| outcome == text(&fixed)), "{}", text(&fixed));
    }
}
