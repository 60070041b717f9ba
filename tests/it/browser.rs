//! Pages in a real browser: Debian's chromium, driven by what tests/tools/install fetched. What is
//! asked of them stands in tests/browser.

use std::path::Path;
use std::process::Command;

#[test]
fn pages_hold_in_a_browser() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let tests = ["page.test.mjs", "hostile.test.mjs"];
    let ran = Command::new("node")
        .arg("--test")
        .args(tests.map(|name| folder.join(name)))
        .env("LOTI", env!("CARGO_BIN_EXE_loti"))
        .output()
        .expect("node is there: .ci/run installs it");
    assert!(
        ran.status.success(),
        "{}\n{}",
        String::from_utf8_lossy(&ran.stdout),
        String::from_utf8_lossy(&ran.stderr)
    );
}
