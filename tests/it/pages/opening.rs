//! `loti open`: the page is made, its path is said, and the browser that is named gets it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use anyhow::Result;
use tempfile::TempDir;

use crate::frame::frame;
use crate::git::repo::command;

const PLAN: &str = concat!(
    frame!(),
    r#"
[kr.1]
objective = "outreach"
title = "Lend 400 books a month from the bus"

[kr.2]
objective = "outreach"
title = "Hire two more drivers"
visibility = "private"
"#
);

struct Desk(TempDir);

impl Desk {
    fn new() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("okrs.toml"), PLAN)?;
        fs::create_dir(folder.path().join("temporary"))?;
        Ok(Self(folder))
    }

    /// Runs `loti open` for somebody who sees no desktop, with the browser that is named.
    fn open(&self, words: &[&str], browser: &str) -> Result<Output> {
        let mut loti = command(self.0.path(), env!("CARGO_BIN_EXE_loti"));
        loti.arg("open").args(words);
        for name in ["DISPLAY", "WAYLAND_DISPLAY"] {
            loti.env_remove(name);
        }
        loti.env("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22");
        loti.env("BROWSER", browser);
        loti.env("TMPDIR", self.0.path().join("temporary"));
        Ok(loti.output()?)
    }

    /// Makes a browser that writes down what it was given.
    fn browser(&self) -> Result<PathBuf> {
        use std::os::unix::fs::PermissionsExt as _;

        let path = self.0.path().join("browser");
        let seen = self.0.path().join("seen");
        fs::write(
            &path,
            format!("#!/bin/sh\necho \"$@\" > {}\n", seen.display()),
        )?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
        Ok(path)
    }

    fn seen(&self) -> String {
        fs::read_to_string(self.0.path().join("seen")).unwrap_or_default()
    }
}

fn page(output: &Output) -> Result<String> {
    let path = std::str::from_utf8(&output.stdout)?.trim_end();
    Ok(fs::read_to_string(Path::new(path))?)
}

#[test]
fn the_browser_that_is_named_gets_the_page() -> Result<()> {
    let desk = Desk::new()?;
    let browser = desk.browser()?;
    let opened = desk.open(&[], &browser.display().to_string())?;
    assert!(opened.status.success(), "{opened:?}");
    assert_eq!(desk.seen().as_bytes(), opened.stdout);
    assert!(page(&opened)?.contains("Lend 400 books"));
    assert!(!page(&opened)?.contains("Hire two more drivers"));

    let words = format!(
        "nowhere-to-be-found:{} --new-tab %s --quiet",
        browser.display()
    );
    let opened = desk.open(&["--internal"], &words)?;
    assert!(opened.status.success(), "{opened:?}");
    let path = String::from_utf8(opened.stdout.clone())?;
    assert_eq!(
        desk.seen(),
        format!("--new-tab {} --quiet\n", path.trim_end())
    );
    assert!(page(&opened)?.contains("Hire two more drivers"));
    Ok(())
}

#[test]
fn where_there_is_no_browser_the_path_is_said() -> Result<()> {
    let desk = Desk::new()?;
    let opened = desk.open(&[], "")?;
    assert!(opened.status.success());
    assert!(page(&opened)?.contains("Lend 400 books"));
    let said = String::from_utf8(opened.stderr)?;
    assert!(said.contains("no browser is known here"), "{said}");
    let quiet = desk.open(&["--no-browser"], "nowhere-to-be-found")?;
    assert!(quiet.status.success());
    Ok(())
}

#[test]
fn a_browser_that_fails_is_told_of_and_the_page_is_there() -> Result<()> {
    let desk = Desk::new()?;
    let opened = desk.open(&[], "false:nowhere-to-be-found")?;
    assert_eq!(opened.status.code(), Some(2));
    assert!(page(&opened)?.contains("Lend 400 books"));
    let said = String::from_utf8(opened.stderr)?;
    assert!(said.contains("`false` ended with"), "{said}");
    assert!(
        said.contains("`nowhere-to-be-found` cannot be run"),
        "{said}"
    );
    Ok(())
}

#[test]
fn nobody_else_can_read_the_page() -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;

    let desk = Desk::new()?;
    let opened = desk.open(&["--internal", "--no-browser"], "")?;
    let path = PathBuf::from(std::str::from_utf8(&opened.stdout)?.trim_end());
    let folder = path.parent().expect("a folder");
    assert_eq!(fs::metadata(folder)?.permissions().mode() & 0o077, 0);
    Ok(())
}
