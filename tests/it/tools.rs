//! Programs from elsewhere that the tests hold loti against: those of tests/tools/requirements.txt,
//! put into target/tools by tests/tools/install.
//!
//! Tests that need them are ignored, and `cargo test` says why; `cargo test -- --include-ignored`
//! runs them, and fails without the tools.

use std::path::Path;
use std::process::Command;

/// Makes a command of one of the tools, without the network as far as it knows how.
pub(crate) fn tool(name: &str) -> Command {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/bin");
    let path = folder.join(name);
    assert!(
        path.exists(),
        "{} is not there: run tests/tools/install",
        path.display()
    );
    Command::new(path)
}
