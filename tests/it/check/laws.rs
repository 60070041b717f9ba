//! What holds for the check of any text.

use loti::check::{Levels, Wish, check, pages};
use proptest::prelude::*;
use proptest::sample::Index;

use super::{DAY, whole};
use crate::tree::read;

/// A way to spoil a text.
#[derive(Debug, Clone)]
enum Slip {
    /// Take out what lies between two places.
    Cut(Index, Index),
    /// Put something in.
    Insert(Index, String),
    /// Let two lines change places.
    Swap(Index, Index),
    /// Say a line again elsewhere.
    Repeat(Index, Index),
}

fn slip() -> impl Strategy<Value = Slip> {
    let index = any::<Index>;
    let piece = prop_oneof![
        "[\\[\\]{}\"'=.,#\n é\u{200b}0-9a-z-]{1,6}",
        proptest::sample::select(vec![
            "[kr.1]\n",
            "[[kr.1.note]]\n",
            "[cycle.q1]\n",
            "status = \"done\"\n",
            "end = 0001-01-01\n",
            "due = 9999-12-31\n",
            "target = 9223372036854775807\n",
            "progress = -1e308\n",
            "at-least = inf\n",
            "<<<<<<< a\n",
            "\"\"\"",
            "kr.1.title = \"x\"\n",
            "needs = [\"kr.1\", \"kr.2\"]\n",
            "allow = [{ rule = \"stale\", why = \"\" }]\n",
        ])
        .prop_map(str::to_owned),
    ];
    prop_oneof![
        (index(), index()).prop_map(|(from, to)| Slip::Cut(from, to)),
        (index(), piece).prop_map(|(at, piece)| Slip::Insert(at, piece)),
        (index(), index()).prop_map(|(one, other)| Slip::Swap(one, other)),
        (index(), index()).prop_map(|(line, to)| Slip::Repeat(line, to)),
    ]
}

fn spoil(text: &str, slip: &Slip) -> String {
    let at = |index: &Index| text.floor_char_boundary(index.index(text.len() + 1));
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    match slip {
        Slip::Cut(from, to) => {
            let (from, to) = (at(from), at(to));
            let (from, to) = (from.min(to), from.max(to));
            // A long cut leaves little to look at.
            let to = text.floor_char_boundary(to.min(from + 60)).max(from);
            format!("{}{}", &text[..from], &text[to..])
        }
        Slip::Insert(place, piece) => {
            let (before, after) = text.split_at(at(place));
            format!("{before}{piece}{after}")
        }
        _ if lines.is_empty() => String::new(),
        Slip::Swap(one, other) => {
            let (one, other) = (one.index(lines.len()), other.index(lines.len()));
            lines.swap(one, other);
            lines.concat()
        }
        Slip::Repeat(line, to) => {
            let line = lines[line.index(lines.len())];
            lines.insert(to.index(lines.len()), line);
            lines.concat()
        }
    }
}

/// The plan of the repository, or an example of a rule.
fn sound() -> impl Strategy<Value = String> {
    let examples = pages().flat_map(|page| [page.bad, page.good]);
    let examples: Vec<String> = examples.map(whole).collect();
    prop_oneof![
        1 => Just(include_str!("../../../okrs.toml").to_owned()),
        8 => proptest::sample::select(examples),
    ]
}

/// Checks a text, and that all that is said of it lies within it.
fn holds(text: &str) -> Result<(), TestCaseError> {
    let document = read(text);
    let levels = Levels::new(&document.plan, &Wish::default());
    let report = check(&document, &levels, DAY.parse().expect("a day"));
    for found in &report.findings {
        prop_assert!(!found.labels.is_empty() && !found.message.is_empty());
        let labels = found.labels.iter().map(|label| label.span);
        let edits = found.fix.iter().flat_map(|fix| &fix.edits);
        for span in labels.chain(edits.map(|edit| edit.span)) {
            prop_assert!(text.get(span.range()).is_some(), "{text}\n{found:#?}");
        }
    }
    let counted = report.errors + report.warnings;
    prop_assert!(counted <= report.findings.len());
    Ok(())
}

proptest! {
    #[test]
    fn any_spoilt_plan_is_checked(
        text in sound(),
        slips in proptest::collection::vec(slip(), 1..6),
    ) {
        let text = slips.iter().fold(text, |text, slip| spoil(&text, slip));
        holds(&text)?;
    }

    #[test]
    fn any_bytes_are_checked(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        holds(&String::from_utf8_lossy(&bytes))?;
    }
}
