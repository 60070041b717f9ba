//! Programs from elsewhere that the tests hold loti against: those of tests/tools/requirements.txt,
//! put into target/tools by tests/tools/install.
//!
//! Plain `cargo test` needs nothing beside Rust and git; `cargo test --features tools` adds the tests
//! that need these, which fail without them.

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
