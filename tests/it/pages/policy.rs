//! The policy names the style and the script that stand in a page by their hashes.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest as _, Sha256};

use crate::schema::is_up_to_date;

#[test]
fn the_policy_lets_the_own_style_and_script_run_and_nothing_else() {
    let hash = |name: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render/html");
        let text = fs::read_to_string(folder.join(name)).expect(name);
        // Line ends are one in a page, whatever they are on disk.
        let digest = Sha256::digest(text.replace("\r\n", "\n"));
        format!("'sha256-{}'", BASE64_STANDARD.encode(digest))
    };
    let policy = format!(
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src {}; \
         script-src {}; require-trusted-types-for 'script'\n",
        hash("page.css"),
        hash("page.js"),
    );
    is_up_to_date("src/render/html/policy.txt", &policy, |text| {
        Some(text.to_owned())
    });
}
