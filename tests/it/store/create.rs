//! A new plan, which never takes the place of another.

use std::fs;
use std::path::Path;
use std::thread;

use anyhow::{Result, ensure};
use loti::store::{self, SaveError};

use super::{append, names};

#[test]
fn a_plan_is_created_once() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join(store::FILE_NAME);
    store::create(&path, "first\n")?;
    let again = store::create(&path, "second\n");
    assert!(matches!(again, Err(SaveError::Exists { .. })));
    assert_eq!(store::read(&path)?, "first\n");
    assert_eq!(names(folder.path())?, [store::FILE_NAME]);
    Ok(())
}

#[test]
fn of_many_that_create_one_succeeds() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join(store::FILE_NAME);
    let results: Vec<_> = thread::scope(|scope| {
        let creators: Vec<_> = (0..20)
            .map(|number: u32| {
                let path = &path;
                scope.spawn(move || {
                    let made = store::create(path, &format!("{number}\n"));
                    // The first edit sweeps, while others still create.
                    let edited = append(path, "edited");
                    (made, edited)
                })
            })
            .collect();
        creators
            .into_iter()
            .map(thread::ScopedJoinHandle::join)
            .collect()
    });
    let mut created = 0;
    for result in results {
        let (made, edited) = result.map_err(|_| anyhow::anyhow!("panicked"))?;
        match made {
            Ok(()) => created += 1,
            Err(error) => ensure!(matches!(error, SaveError::Exists { .. }), "{error:?}"),
        }
        edited?;
    }
    assert_eq!(created, 1);
    assert_eq!(store::read(&path)?.lines().count(), 21);
    assert_eq!(names(folder.path())?, [store::FILE_NAME]);
    Ok(())
}

#[test]
fn a_plan_is_not_created_in_a_missing_folder() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let missing = folder.path().join("missing");
    let failed = store::create(&missing.join(store::FILE_NAME), "new\n");
    assert!(matches!(
        failed,
        Err(SaveError::NoFolder { folder }) if folder == missing
    ));
    Ok(())
}

#[cfg(unix)]
#[test]
fn a_new_plan_has_the_mode_of_any_new_file() -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir()?;
    let plan = folder.path().join(store::FILE_NAME);
    let other = folder.path().join("other");
    store::create(&plan, "new\n")?;
    fs::write(&other, "")?;
    let mode = |path: &Path| anyhow::Ok(fs::metadata(path)?.permissions().mode());
    assert_eq!(mode(&plan)?, mode(&other)?);
    Ok(())
}

#[cfg(unix)]
#[test]
fn a_dangling_link_is_not_created_over() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let link = folder.path().join(store::FILE_NAME);
    std::os::unix::fs::symlink("nowhere", &link)?;
    let failed = store::create(&link, "new\n");
    assert!(matches!(failed, Err(SaveError::Exists { .. })));
    assert_eq!(names(folder.path())?, [store::FILE_NAME]);
    Ok(())
}
