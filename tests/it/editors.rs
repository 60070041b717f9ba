//! The schema as editors use it: taplo stands behind Even Better TOML, tombi behind its own
//! plugins; both read the line that the README has users add.

use std::fs;

use anyhow::Result;

use crate::schema::{bad_plans, good_plans};
use crate::tools::tool;

/// The line by which a plan names its schema.
const LINE: &str = "#:schema ./okrs.schema.json";

#[test]
fn the_readme_says_the_line() {
    let readme = include_str!("../../README.md");
    assert!(readme.contains(&format!("`{LINE}`")));
    assert!(good_plans()[0].starts_with(LINE));
}

#[test]
fn taplo_takes_good_plans_and_no_bad_ones() -> Result<()> {
    tell_apart(&["taplo", "lint", "--no-auto-config"])
}

#[test]
fn tombi_takes_good_plans_and_no_bad_ones() -> Result<()> {
    tell_apart(&["tombi", "lint", "--offline", "--error-on-warnings"])
}

/// Shows plans to a linter, each in a folder with the schema beside it.
fn tell_apart(linter: &[&str]) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let plan = folder.path().join("okrs.toml");
    let schema = include_str!("../../okrs.schema.json");
    fs::write(folder.path().join("okrs.schema.json"), schema)?;
    // As docs/ci.md has it; taplo passes it over.
    let quiet = "[lint]\nrules.tables-out-of-order = \"off\"\n";
    fs::write(folder.path().join("tombi.toml"), quiet)?;
    let check = |text: &str| -> Result<(bool, String)> {
        fs::write(&plan, format!("{LINE}\n{text}"))?;
        let output = tool(linter[0])
            .args(&linter[1..])
            .arg("okrs.toml")
            .current_dir(folder.path())
            .output()?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        Ok((output.status.success(), said))
    };
    for text in good_plans() {
        let (fits, said) = check(&text)?;
        assert!(fits, "{said}\n{text}");
    }
    let mut missed = Vec::new();
    for text in bad_plans() {
        let (fits, said) = check(&text)?;
        if fits {
            missed.push(format!("{said}\n{text}"));
        }
    }
    assert!(missed.is_empty(), "fits:\n{}", missed.join("\n---\n"));
    Ok(())
}
