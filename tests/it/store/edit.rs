//! What an edit gives back, and what it leaves alone.

use std::convert::Infallible;
use std::fs;
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::Result;
use loti::store::{self, EditError, ReadError, SaveError};

use super::{append, names, plan, put};

#[test]
fn an_edit_gives_back_what_it_made() -> Result<()> {
    let (folder, path) = plan("one\n")?;
    let seen = store::edit(&path, |old| {
        Ok::<_, Infallible>((format!("{old}two\n"), old.len()))
    })?;
    assert_eq!(seen, 4);
    assert_eq!(store::read(&path)?, "one\ntwo\n");
    assert_eq!(names(folder.path())?, [store::FILE_NAME]);
    Ok(())
}

#[test]
fn an_edit_that_fails_changes_nothing_and_lets_go_of_the_lock() -> Result<()> {
    let (folder, path) = plan("one\n")?;
    let failed = store::edit(&path, |_| Err::<(String, ()), _>("no such objective"));
    assert!(matches!(failed, Err(EditError::Make("no such objective"))));
    assert_eq!(store::read(&path)?, "one\n");
    assert_eq!(names(folder.path())?, [store::FILE_NAME]);
    put(&path, "two\n")?;
    Ok(())
}

#[test]
fn an_edit_that_changes_nothing_leaves_the_file_alone() -> Result<()> {
    let (_folder, path) = plan("same\n")?;
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    fs::File::options()
        .append(true)
        .open(&path)?
        .set_modified(long_ago)?;
    put(&path, "same\n")?;
    assert_eq!(fs::metadata(&path)?.modified()?, long_ago);
    Ok(())
}

#[test]
fn an_edit_waits_for_the_one_before_it() -> Result<()> {
    let (_folder, path) = plan("")?;
    thread::scope(|scope| {
        let (inside, is_inside) = std::sync::mpsc::channel();
        let first = {
            let path = &path;
            scope.spawn(move || {
                store::edit(path, |old| {
                    let _ = inside.send(());
                    thread::sleep(Duration::from_millis(60));
                    Ok::<_, Infallible>((format!("{old}first\n"), ()))
                })
            })
        };
        is_inside.recv()?;
        append(&path, "second")?;
        first.join().map_err(|_| anyhow::anyhow!("panicked"))??;
        anyhow::Ok(())
    })?;
    assert_eq!(store::read(&path)?, "first\nsecond\n");
    Ok(())
}

#[test]
fn a_write_sweeps_the_drafts_of_its_own_plan_only() -> Result<()> {
    let (folder, path) = plan("old\n")?;
    let neighbours = [
        ".okrs.toml.backup.aB3xYz.loti-tmp",
        ".okrs.toml.toolong7.loti-tmp",
        ".other.toml.aB3xYz.loti-tmp",
        "okrs.toml.aB3xYz.loti-tmp",
    ];
    let stray = folder.path().join(".okrs.toml.aB3xYz.loti-tmp");
    fs::write(&stray, "half a te")?;
    for name in neighbours {
        fs::write(folder.path().join(name), "")?;
    }
    put(&path, "old\n")?;
    assert!(stray.exists(), "swept though nothing was written");
    put(&path, "new\n")?;
    assert!(!stray.exists());
    for name in neighbours {
        assert!(folder.path().join(name).exists(), "{name}");
    }
    Ok(())
}

#[test]
fn a_plan_that_is_not_there_is_not_edited() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let missing = put(&folder.path().join("okrs.toml"), "new\n");
    assert!(matches!(
        missing,
        Err(EditError::Save(SaveError::Read(ReadError::Missing { .. })))
    ));
    let directory = put(folder.path(), "new\n");
    assert!(matches!(
        directory,
        Err(EditError::Save(SaveError::Read(
            ReadError::Directory { .. }
        )))
    ));
    assert!(names(folder.path())?.is_empty());
    Ok(())
}
