//! The command as somebody would use it: each file in `tests/sessions` is read as a document and
//! run as a test.
//!
//! `TRYCMD=overwrite cargo test --test it sessions` writes what the commands say now.

use std::time::Duration;

use trycmd::TestCases;

#[test]
fn every_session_goes_as_it_is_written_down() {
    let cases = TestCases::new();
    cases.default_bin_name("loti");
    cases.timeout(Duration::from_mins(1));
    // Nothing of the machine comes in: one day, one look, nobody's configuration.
    for (name, value) in [
        ("LOTI_TODAY", "2021-09-20"),
        ("LOTI_FILE", ""),
        ("LC_ALL", "C.UTF-8"),
        ("TERM", "dumb"),
        ("NO_COLOR", "1"),
        ("CLICOLOR_FORCE", ""),
        ("COLUMNS", ""),
        // VISUAL wins over it: a session names one where it needs an editor.
        ("EDITOR", ""),
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ("GIT_CONFIG_NOSYSTEM", "1"),
    ] {
        cases.env(name, value);
    }
    cases.case("tests/sessions/*.md");
    cases.case("tests/sessions/*.toml");
    cases.run();
}
