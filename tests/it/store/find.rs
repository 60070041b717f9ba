//! Which plan is meant where none is named.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use loti::store::{self, FindError};

use super::plan;

#[test]
fn the_nearest_plan_is_found() -> Result<()> {
    let (folder, outer) = plan("outer\n")?;
    let inner = folder.path().join("a/b");
    fs::create_dir_all(inner.join("c/d"))?;
    let found = |from: &Path| anyhow::Ok(fs::canonicalize(store::find(None, from)?)?);
    let outer = fs::canonicalize(outer)?;

    assert_eq!(found(folder.path())?, outer);
    assert_eq!(found(&inner.join("c/d"))?, outer);

    let inner = inner.join(store::FILE_NAME);
    fs::write(&inner, "inner\n")?;
    assert_eq!(
        found(&folder.path().join("a/b/c/d"))?,
        fs::canonicalize(&inner)?
    );
    // Up from `a`, not from `b`, by way of `..`.
    assert_eq!(found(&folder.path().join("a/b/.."))?, outer);
    Ok(())
}

#[test]
fn a_path_that_was_given_wins() -> Result<()> {
    let (folder, _) = plan("")?;
    let given = Path::new("elsewhere/plan.toml");
    assert_eq!(store::find(Some(given), folder.path())?, given);
    Ok(())
}

#[test]
fn a_search_without_a_find_says_where_it_began() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let missing = folder.path().join("missing");
    assert!(matches!(
        store::find(None, &missing),
        Err(FindError::Folder { .. })
    ));
    let error = store::find(None, folder.path())
        .err()
        .context("found a plan above the temporary folder")?;
    assert_eq!(
        error.to_string(),
        format!(
            "no `okrs.toml` in `{}` or any folder above it; make one with `loti init`",
            folder.path().display()
        )
    );
    Ok(())
}
